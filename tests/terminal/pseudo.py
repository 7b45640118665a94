"""A pseudo-terminal without an emulator: keys in, every byte out. Lighter than tmux."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

from tests.terminal.sequences import words
from tests.terminal.tmux import ROOT

KEYS = {
    "Enter": "\r",
    "Escape": "\x1b",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "C-c": "\x03",
    "C-p": "\x10",
    "F9": "\x1b[20~",
}
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
PROGRAM = "import sys\n{patch}\nimport cli\ncli.main(sys.argv[1:])\n"


class Pseudo:
    """`pathwizard ARGUMENTS` in a terminal of its own; `patch` is run before it, to take a control away.

    `redirect` opens files in place of standard streams, by their numbers. `data` is every byte that
    came.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        patch: str = "",
        columns: int = 80,
        lines: int = 24,
        redirect: Mapping[int, Path] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.state = folder / "state"
        self.data = bytearray()
        self._since = 0
        self._code: int | None = None
        named = {
            **{n: v for n, v in os.environ.items() if n in ("PATH", "HOME", "XDG_CACHE_HOME")},
            "PYTHONPATH": str(ROOT),
            "PATHWIZARD_STATE": str(self.state),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **(environment or {}),
        }
        command = [sys.executable, "-c", PROGRAM.format(patch=patch), *arguments]
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            for number, path in (redirect or {}).items():
                flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
                os.dup2(os.open(path, flags), number)
            os.chdir(folder)
            os.execve(sys.executable, command, named)

    def resize(self, columns: int, lines: int) -> None:
        """Another size; the program is told by a signal."""
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        os.kill(self.pid, signal.SIGWINCH)

    def _read(self, seconds: float) -> bool:
        """Takes what comes within some time; False where nothing did."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        try:
            came = os.read(self._terminal, 65536)
        except OSError:
            return False
        self.data += came
        return bool(came)

    def quiet(self, seconds: float = 0.25) -> None:
        """Reads until nothing has come for some time; a page takes keys by then."""
        while self._read(seconds):
            pass

    @property
    def new(self) -> str:
        """What can be read of what was painted since the last key."""
        return words(bytes(self.data[self._since :]))

    def wait(self, text: str, seconds: float = 8) -> None:
        """Waits until words were painted, line breaks apart, and the page takes keys."""
        self.until(text, seconds)
        self.quiet()

    def until(self, text: str, seconds: float = 8) -> None:
        """Waits until words were painted. Fails with what was."""
        if not self.sees(text, seconds):
            raise AssertionError(f"{text!r} was not painted; since the last key:\n{self.new}")

    def sees(self, text: str, seconds: float = 2) -> bool:
        """Whether words are painted within some time."""
        end = time.monotonic() + seconds
        while text not in self.new and time.monotonic() < end:
            self._read(0.02)
        return text in self.new

    def press(self, *keys: str) -> None:
        """Keys by name, or as they are, in one go."""
        self.send("".join(KEYS.get(key, key) for key in keys))

    def paste(self, text: str) -> None:
        """As a terminal with bracketed paste hands it over."""
        self.send(f"{PASTE}{text}{PASTE_END}")

    def send(self, text: str) -> None:
        """Bytes to the program."""
        self._since = len(self.data)
        os.write(self._terminal, text.encode())

    def wait_code(self, seconds: float = 8) -> int | None:
        """The exit code once the program has gone, minus the signal where one ended it; None where it goes on."""
        end = time.monotonic() + seconds
        while self._code is None and time.monotonic() < end:
            self._read(0.02)
            gone, status = os.waitpid(self.pid, os.WNOHANG)
            if gone:
                self.quiet(0.05)
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def hang_up(self) -> None:
        """The terminal is gone; nothing more comes from it."""
        os.close(self._terminal)
        self._terminal, _ = os.pipe()

    def close(self) -> None:
        """Ends the program, politely at first."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._code is None:
                os.kill(self.pid, number)
                self.wait_code(3)
        os.close(self._terminal)
