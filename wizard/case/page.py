"""Lines of a page to read, the same for every face: wrapped, safe for terminals, with emphasis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from wizard.text import safe, wrap


@dataclass(frozen=True)
class Painted:
    """One line and its emphasis: `bold`, `dim` or none. The words say everything without it."""

    text: str
    style: str = ""


@dataclass
class Page:
    """Lines wrapped to a width; remembers which of them are to be kept in view."""

    width: int
    lines: list[Painted] = field(default_factory=list)
    current: int = 0
    end: int = 0
    _said: list[tuple[int, int, tuple[str, str, str, str | None]]] = field(default_factory=list)
    """Each paragraph with its first line and the one behind it, so that it can be wrapped again."""

    def add(
        self, text: str = "", style: str = "", first: str = "", rest: str | None = None
    ) -> None:
        """Adds a paragraph."""
        begin = len(self.lines)
        for line in wrap(safe(text), self.width, first, rest) if text else [""]:
            self.lines.append(Painted(line, style))
        self._said.append((begin, len(self.lines), (text, style, first, rest)))

    def here(self) -> None:
        """The next line added is the first to keep in view."""
        self.current = self.end = len(self.lines)

    def up_to_here(self) -> None:
        """The line added last is the last to keep in view."""
        self.end = len(self.lines)

    def at_width(self, width: int) -> Self:
        """The same page at another width, without what is to be kept in view.

        Paragraphs are wrapped again. Lines that were put in whole stay as they are; what is too
        long goes on below its beginning.
        """
        page, done = type(self)(width), 0
        for begin, behind, said in [*self._said, (len(self.lines), len(self.lines), None)]:
            for line in self.lines[done:begin]:
                page._put(line)
            if said is not None:
                page.add(*said)
            done = behind
        return page

    def _put(self, line: Painted) -> None:
        if len(line.text) <= self.width:
            self.lines.append(line)
            return
        words = line.text.lstrip()
        indent = " " * min(len(line.text) - len(words), self.width // 2)
        self.add(words, line.style, indent, f"{indent}  ")
