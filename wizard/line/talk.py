"""Saying and asking in plain lines: no cursor movement, no colour, nothing that repaints."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Sequence
from typing import TextIO, TypeVar

from wizard.case.page import Page
from wizard.case.typed import named
from wizard.errors import PathwizardError
from wizard.text import safe, to_ascii, wrap

T = TypeVar("T")
WIDTH, LEAST = 72, 20
BEHIND = 0.02
"""Seconds within which a second line belongs to the same paste: nobody types so fast."""
ECHOED = 40
"""Characters of a refused line that are said again."""
LONG = 12
"""Lists of more options can be narrowed by words."""


class EndOfInput(Exception):
    """Nothing more can be read: the pipe has ended, or Ctrl+D was typed."""


class Called(Exception):
    """An action that was called in the middle of a question; what was begun there is left."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class Talk:
    """One person on the other side of two streams.

    On a terminal, whole lines that were typed before a question was asked are not taken as its
    answer, nor is any line of a paste of several, and that is said; a pipe is read in its order.
    """

    def __init__(self, source: TextIO, out: TextIO, *, unicode: bool) -> None:
        self._source = source
        self._out = out
        self._unicode = unicode
        self._terminal = source.isatty()
        self.mark = ""
        """Stands before every question."""
        self.commands: Callable[[str], bool] | None = None
        """Does what a line calls at every prompt, and says whether it was such a line."""

    @property
    def width(self) -> int:
        """The columns of a line: 72, less in a narrower window."""
        if not self._out.isatty():
            return WIDTH
        return max(LEAST, min(WIDTH, os.get_terminal_size(self._out.fileno()).columns - 1))

    @property
    def on_terminal(self) -> bool:
        """Whether a person reads and types at a terminal."""
        return self._terminal and self._out.isatty()

    def hand_over(self, sequence: str) -> None:
        """Something for the terminal itself, which is not text: for its clipboard, nothing else."""
        self._out.write(sequence)

    def page(self) -> Page:
        """An empty page of the right width."""
        return Page(self.width)

    def say(self, words: str = "", first: str = "", rest: str | None = None) -> None:
        """A paragraph; an empty one is an empty line."""
        page = self.page()
        page.add(words, "", first, rest)
        self.read_out(page)

    def read_out(self, page: Page) -> None:
        """All lines of a page."""
        for line in page.lines:
            self._put(f"{line.text}\n")

    def read_lines(self, text: str) -> None:
        """A text that has its lines already; one that is too long for the window is wrapped."""
        for line in safe(text).splitlines():
            indent = " " * (len(line) - len(line.lstrip()))
            fits = len(line) <= self.width
            for part in [line] if fits else wrap(line.strip(), self.width, indent, f"{indent}  "):
                self._put(f"{part}\n")

    def error(self, error: PathwizardError) -> None:
        """What cannot be taken, and how to mend it; where it is, the question says."""
        self.wrong(error.said())

    def wrong(self, words: str) -> None:
        """One clear message about an answer that cannot be taken."""
        self.say(f"Error: {words}")

    def ask(self, prompt: str) -> str:
        """One line that the person types, unless it is a command that every prompt takes.

        Raises EndOfInput where there is none, and Called.
        """
        while True:
            typed = self.ask_any(prompt)
            if self.commands is None or not self.commands(typed):
                return typed

    def ask_any(self, prompt: str) -> str:
        """One line that the person types, whatever it is. Raises EndOfInput where there is none."""
        if self._waiting(0):
            self.say("What was typed or pasted before this question is not used. Type one line.")
        while True:
            *above, last = wrap(f"{self.mark}{prompt}", self.width - 1)
            for words in above:
                self._put(f"{words}\n")
            self._put(f"{last} ")
            self._out.flush()
            line = self._source.readline()
            if not self._terminal or not line:
                self._put("\n")
            if not line:
                raise EndOfInput
            if not self._waiting(BEHIND):
                return safe(line.strip().replace("\t", " "))
            self.say("Several lines were pasted and refused, the first as well. Type one line.")

    def choose(
        self, title: str, options: Sequence[tuple[T, str]], none: str | None = "none of these"
    ) -> T | None:
        """One of several by its number; None for Enter where `none` says what that is.

        A slash with words lists those that have the words, numbered anew; a slash alone lists all.
        """
        self.say()
        self.say(title)
        if len(options) > LONG:
            self.say(f"{len(options)} to choose from. A slash and words, such as /pain, narrows.")
        self._options(options)
        enter = f", or Enter: {none}" if none is not None else ""
        shown = options
        while True:
            typed = self.ask(f"Number 1 to {len(shown)}{enter}:" if shown else f"Enter: {none}")
            if not typed and none is not None:
                return None
            if typed.startswith("/"):
                shown = self._narrowed(options, typed[1:]) or shown
                continue
            numbered = typed.isascii() and typed.isdigit()
            at = int(typed[:6]) - 1 if numbered else named(typed, [words for _, words in shown])
            if at is not None and 0 <= at < len(shown):
                chosen, words = shown[at]
                self.say(f"{words}.")
                return chosen
            if typed:
                said = f"'{shortened(typed)}' is none of the numbers"
                self.wrong(f"{said}. Type 1 to {len(shown)}{enter}.")
            else:
                self.wrong(f"Enter alone chooses nothing here. Type 1 to {len(shown)}.")

    def _narrowed(self, options: Sequence[tuple[T, str]], wanted: str) -> list[tuple[T, str]]:
        """The options that have the wanted words, said under numbers of their own."""
        parts = wanted.casefold().split()
        found = [o for o in options if all(part in o[1].casefold() for part in parts)]
        if not found:
            self.say(f"Nothing found with {shortened(wanted)}; the list stays as it was.")
        elif parts:
            self.say(f"{len(found)} of {len(options)}, numbered anew; / alone lists all.")
        self._options(found)
        return found

    def _options(self, options: Sequence[tuple[T, str]]) -> None:
        for number, (_, words) in enumerate(options, start=1):
            self.say(words, f"  {number}  ", "     ")

    def _waiting(self, seconds: float) -> bool:
        """Whether lines wait in a terminal, or come so soon; they are thrown away."""
        if not self._terminal:
            return False
        descriptor = self._source.fileno()
        if not select.select([descriptor], [], [], seconds)[0]:
            return False
        try:
            import termios

            termios.tcflush(descriptor, termios.TCIFLUSH)
        except (ImportError, OSError):
            return False
        return True

    def _put(self, words: str) -> None:
        plain = "".join(" " if ch.isspace() and ch != "\n" else ch for ch in words)
        self._out.write(plain if self._unicode else to_ascii(plain))


def shortened(typed: str) -> str:
    """What was typed as a message repeats it: the beginning of a long line."""
    return typed if len(typed) <= ECHOED else f"{typed[:ECHOED]}..."


def streams() -> tuple[TextIO, TextIO]:
    """Standard input and output; bytes that are no text are shown as such, never a fault."""
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    return sys.stdin, sys.stdout
