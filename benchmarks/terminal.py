"""What a person waits for in a real pseudo-terminal, beside a minimal program and peers.

All programs are started in turn, round by round, so that a busy moment hits all of them alike.
Peers (`tl`, `posting`, `harlequin`) are measured where they are found on the PATH.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import table
from wizard.tui.dialogs import ARMING_SECONDS

ROUNDS = 9
QUIET = 0.1
"""Seconds without a byte after which a page is taken to stand."""
ROOT = Path(__file__).parents[1]
ESCAPES = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]")
HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("Hello world", markup=False)

Hello().run()
"""
TYPER = """
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

@app.command()
def run(name: str) -> None:
    "Does nothing."

@app.command()
def stop(name: str) -> None:
    "Does nothing either."

app()
"""
DOWN, UP, ENTER = "\x1b[B", "\x1b[A", "\r"
ANSWERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("5", "3", ENTER), "> Sex?"),
    (("2",), "> Which region"),
    (("1",), "> Which side"),
    (("2",), "> Which bone"),
    (("1",), "> Which digit"),
    (("1", ENTER), "> New limb weakness"),
    *((("2",), "no. Saved."),) * 4,
)
"""Keys of the flagship's first questions, and what stands once the next one is asked."""
MOVES = (DOWN, UP) * 5


@dataclass
class Run:
    """One start: milliseconds to the first page, memory in kB, milliseconds and bytes of keys."""

    first: float = 0.0
    memory: int = 0
    answers: list[tuple[float, int]] = field(default_factory=list)
    moves: list[tuple[float, int]] = field(default_factory=list)


@dataclass
class Program:
    """A program in the table; `mark` is what is read once its first page stands."""

    name: str
    command: Sequence[str]
    mark: str
    asks: bool = False
    runs: list[Run] = field(default_factory=list)

    def median(self, of: Callable[[Run], Iterable[float]]) -> float:
        """The median of a figure over all runs."""
        return statistics.median(value for run in self.runs for value in of(run))


class Watched:
    """A program in a terminal of 80 by 24."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._began = time.perf_counter()
        self._data = b""
        self._seen = 0
        environment = {
            **os.environ,
            "PATHWIZARD_STATE": tempfile.mkdtemp(dir=folder),
            "TERM": "xterm-256color",
        }
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.chdir(folder)
            os.execvpe(command[0], list(command), environment)

    def until(self, mark: str = "", seconds: float = 20) -> tuple[float, int]:
        """Milliseconds from the start or the last key until words were painted, by default any, and
        the bytes that came until the terminal was quiet."""
        at = 0.0
        while time.perf_counter() < self._began + seconds:
            if not select.select([self._terminal], [], [], QUIET)[0]:
                if at:
                    return at, len(self._data) - self._seen
                continue
            try:
                self._data += os.read(self._terminal, 65536)
            except OSError:
                break
            if not at and mark.encode() in ESCAPES.sub(b"", self._data[self._seen :]):
                at = (time.perf_counter() - self._began) * 1000
        shown = ESCAPES.sub(b" ", self._data).decode(errors="replace")
        raise SystemExit(f"{mark!r} was not painted:\n{shown[-500:]}")

    def press(self, *keys: str, mark: str = "") -> tuple[float, int]:
        """`until`, from the last of some keys."""
        for key in keys:
            if key is not keys[0]:
                self.until()
            self._seen, self._began = len(self._data), time.perf_counter()
            os.write(self._terminal, key.encode())
        return self.until(mark)

    def memory(self) -> int:
        """The most memory that was resident so far, in kB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))

    def close(self) -> None:
        """Ends it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)


def start(program: Program, folder: Path) -> None:
    """One run of a program."""
    run, watched = Run(), Watched(program.command, folder)
    try:
        run.first, _ = watched.until(program.mark)
        run.memory = watched.memory()
        if program.asks:
            for keys, mark in ANSWERS:
                time.sleep(ARMING_SECONDS)
                run.answers.append(watched.press(*keys, mark=mark))
            time.sleep(ARMING_SECONDS)
            run.moves += [watched.press(key) for key in MOVES]
    finally:
        watched.close()
    program.runs.append(run)


def to_the_end(command: Sequence[str]) -> float:
    """Milliseconds that a command takes to its end."""
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1000


def text() -> str:
    """The tables. Whatever is asked of Python here, programs are met as from their second start."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "hello.py").write_text(HELLO)
        (folder / "commands.py").write_text(TYPER)
        python, cli = sys.executable, str(ROOT / "cli.py")
        programs = [
            Program("minimal Textual program", (python, "hello.py"), "Hello world"),
            Program("pathwizard", (python, cli, "run", "acrometastasis"), "> Age?", asks=True),
            *(p for p in peers(folder) if shutil.which(p.command[0])),
        ]
        for number in range(ROUNDS + 1):
            for program in programs:
                start(program, folder)
                if number == 0:
                    program.runs.clear()
        helps = {
            "minimal Typer program": (python, str(folder / "commands.py"), "--help"),
            "pathwizard": (python, cli, "--help"),
        }
        ends = {name: [to_the_end(c) for _ in range(ROUNDS)] for name, c in helps.items()}
    return "\n".join([_first(programs), _keys(programs[1]), _helps(ends)])


def peers(folder: Path) -> Iterable[Program]:
    """The peers, each with the first words of its page."""
    log = folder / "a.log"
    log.write_text("one line\n")
    yield Program("toolong", ("tl", str(log)), "one line")
    yield Program("posting", ("posting",), "Send")
    yield Program("harlequin", ("harlequin",), "Query Editor")


def _first(programs: Sequence[Program]) -> str:
    least, memory = (programs[0].median(f) for f in (lambda r: [r.first], lambda r: [r.memory]))
    rows = []
    for p in programs:
        first, held = p.median(lambda r: [r.first]), p.median(lambda r: [r.memory])
        times = (f"{first:.0f} ms", f"{first / least:.2f}")
        rows.append((p.name, *times, f"{held / 1000:.1f} MB", f"{held / memory:.2f}"))
    return table(("until the first page", "time", "times", "peak memory", "times"), rows)


def _keys(program: Program) -> str:
    rows = []
    for name, of in (("answer to next question, kept", "answers"), ("cursor moved", "moves")):
        found = sorted(t for run in program.runs for t, _ in getattr(run, of))
        size = sorted(n for run in program.runs for _, n in getattr(run, of))
        times = (f"{statistics.median(found):.1f} ms", f"{found[len(found) * 9 // 10]:.1f} ms")
        sizes = (f"{statistics.median(size) / 1000:.1f} kB", f"{size[-1] / 1000:.1f} kB")
        rows.append((name, *times, *sizes))
    heads = ("a key", "median", "nine of ten within", "sent, median", "sent, most")
    return table(heads, rows) + f"\nKeys wait {ARMING_SECONDS * 1000:.0f} ms on a new page.\n"


def _helps(ends: Mapping[str, Sequence[float]]) -> str:
    medians = {name: statistics.median(times) for name, times in ends.items()}
    least = next(iter(medians.values()))
    rows = [(name, f"{m:.0f} ms", f"{m / least:.2f}") for name, m in medians.items()]
    return table(("`--help`", "time", "times"), rows)
