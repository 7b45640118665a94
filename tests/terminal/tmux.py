"""A real terminal for tests: tmux with keys in and the screen out."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CLI = [sys.executable, str(ROOT / "cli.py")]


class Terminal:
    """One tmux session on a server of its own."""

    def __init__(
        self, folder: Path, columns: int = 80, lines: int = 24, program: Sequence[str] = CLI
    ) -> None:
        self.folder = folder
        self._program = program
        self.state = folder / "state"
        self._socket = f"pathwizard-{uuid.uuid4().hex[:12]}"
        self._size = ["-x", str(columns), "-y", str(lines)]

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout

    def start(self, *arguments: str) -> None:
        """Runs `pathwizard ARGUMENTS`; its exit code is written to a file when it ends."""
        environment = {
            "PATHWIZARD_STATE": str(self.state),
            "PATHWIZARD_SITE": "",
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        exports = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
        command = " ".join(map(shlex.quote, [*self._program, *arguments]))
        self.exit_file.unlink(missing_ok=True)
        line = f"cd {shlex.quote(str(self.folder))}; env {exports} {command}; echo $? > {self.exit_file}; sleep 600"
        self._tmux("-f", os.devnull, "new-session", "-d", *self._size, "-s", "t", line)

    @property
    def exit_file(self) -> Path:
        """Where the exit code is written."""
        return self.folder / "exit-code"

    def exit_code(self, seconds: float = 8) -> int:
        """The exit code, once the program has ended."""
        self.until(
            lambda: self.exit_file.exists() and self.exit_file.read_text().strip() != "", seconds
        )
        return int(self.exit_file.read_text())

    def screen(self) -> str:
        """What is to be seen."""
        return self._tmux("capture-pane", "-p", "-t", "t")

    def cursor(self) -> tuple[int, int, bool]:
        """Column and line of the cursor, and whether it is visible."""
        named = "#{cursor_x} #{cursor_y} #{cursor_flag}"
        x, y, flag = self._tmux("display-message", "-p", "-t", "t", named).split()
        return int(x), int(y), flag == "1"

    def pid(self) -> int:
        """The process that runs in the terminal."""
        shell = self._tmux("list-panes", "-t", "t", "-F", "#{pane_pid}").strip()
        children = subprocess.run(
            ["pgrep", "-P", shell], capture_output=True, text=True, check=False
        )
        return int(children.stdout.split()[0])

    def press(self, *keys: str) -> None:
        """Keys by their tmux names."""
        for key in keys:
            self._tmux("send-keys", "-t", "t", key)

    def type(self, text: str) -> None:
        """Text as it is."""
        self._tmux("send-keys", "-t", "t", "-l", text)

    def until(self, condition: Callable[[], bool], seconds: float = 8) -> None:
        """Waits for a condition; fails with the screen."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"not met within {seconds} s; the screen:\n{self.screen()}")
            time.sleep(0.02)

    def wait(self, *texts: str, seconds: float = 8) -> None:
        """Waits until all texts are on the screen, line breaks and spaces apart."""

        def seen() -> bool:
            shown = " ".join(self.screen().split())
            return all(" ".join(text.split()) in shown for text in texts)

        self.until(seen, seconds)

    def act(self, key: str, expected: str) -> None:
        """Presses a key until its effect is seen: a page drops keys older than its painting."""
        for _ in range(6):
            self.press(key)
            try:
                self.wait(expected, seconds=1.5)
            except AssertionError:
                continue
            return
        self.wait(expected, seconds=0.1)

    def dismiss(self, key: str, shown: str) -> None:
        """Presses a key until what it answers is gone: a dialog drops keys older than its painting."""
        for _ in range(6):
            self.press(key)
            try:
                self.until(lambda: shown not in self.screen(), 2.5)
            except AssertionError:
                continue
            return
        raise AssertionError(f"{shown!r} does not go away; the screen:\n{self.screen()}")

    def armed(self) -> None:
        """Waits out the time in which keys of a new page are dropped."""
        time.sleep(0.3)

    def close(self) -> None:
        """Ends the session and whatever runs in it."""
        self._tmux("kill-server")
