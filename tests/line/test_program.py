"""The plain face as a program of its own: chosen, piped, in a terminal, killed."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.tmux import CLI
from wizard.errors import ExitCode

RUN = ["run", "acrometastasis", "--as-of", "2026-11-22", "--label", "amber-heron"]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a person: a state of its own, a terminal, UTF-8."""
    kept = {n: v for n, v in os.environ.items() if n in ("PATH", "HOME", "PYTHONPATH")}
    return {**kept, "PATHWIZARD_STATE": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8", **more}


def piped(
    folder: Path, typed: str, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """The program with its input from a pipe."""
    return subprocess.run(
        [*CLI, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(folder, **more),
    )


def in_terminal(
    folder: Path, typed: str, *arguments: str, columns: int = 80, lines: int = 24, **more: str
) -> tuple[bytes, int, int]:
    """The program in a pseudo-terminal: what it writes until its prompt, then the typed text.

    Gives the bytes, the process, and the terminal's descriptor.
    """
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(CLI[0], [*CLI, *arguments], environment(folder, COLUMNS="", **more))
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    seen = until(terminal, b": ")
    os.write(terminal, typed.encode())
    return seen, process, terminal


def until(terminal: int, ending: bytes, seconds: float = 60) -> bytes:
    """Reads until the last line ends so and nothing more comes, or the program has gone."""
    seen, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.3)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
        elif seen.endswith(ending):
            break
    return seen


def gone(process: int, terminal: int) -> tuple[bytes, int]:
    """The rest of what is written, and the exit code."""
    rest = until(terminal, b"\0")
    return rest, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def test_a_pipe_is_deterministic_and_names_what_is_missing(tmp_path: Path) -> None:
    """Twice the same bytes; the exit code says that an answer is missing."""
    done = [piped(tmp_path / n, "53 years\n2\n", *RUN, "--plain") for n in ("a", "b")]
    assert done[0].stdout == done[1].stdout
    assert done[0].returncode == ExitCode.INCOMPLETE
    assert done[0].stderr == ""
    assert "no answer for affected_region" in " ".join(done[0].stdout.split())


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_ascii_where_the_locale_is_not_utf_8(tmp_path: Path, locale: str) -> None:
    """No byte above 126."""
    done = piped(tmp_path, "w\ne\nm\n?\nq\n", *RUN, "--plain", LC_ALL=locale)
    assert done.returncode == ExitCode.OK
    assert all(32 <= ord(ch) < 127 or ch == "\n" for ch in done.stdout)


def test_without_plain_a_pipe_is_refused(tmp_path: Path) -> None:
    """And the message says what helps."""
    done = piped(tmp_path, "", *RUN)
    assert done.returncode == ExitCode.TERMINAL
    assert "--plain" in done.stderr


def test_the_environment_asks(tmp_path: Path) -> None:
    """PATHWIZARD_PLAIN and ACCESSIBLE, set and not empty."""
    for name in ("PATHWIZARD_PLAIN", "ACCESSIBLE"):
        done = piped(tmp_path / name, "q\n", *RUN, **{name: "1"})
        assert "Question 1" in done.stdout
    assert piped(tmp_path, "", *RUN, ACCESSIBLE="").returncode == ExitCode.TERMINAL


@pytest.mark.hazard("HZ-44", "HZ-68")
@pytest.mark.parametrize(
    ("kind", "locale", "columns", "lines"),
    [
        ("dumb", "C", 80, 24),
        ("xterm", "C.UTF-8", 50, 24),
        ("linux", "de_DE.ISO-8859-1", 40, 10),
        ("screen", "C", 200, 15),
    ],
)
def test_by_itself_in_a_dumb_and_in_a_small_terminal(
    tmp_path: Path, kind: str, locale: str, columns: int, lines: int
) -> None:
    """Lines no longer than the window, nothing but text, and what is typed is said back."""
    seen, process, terminal = in_terminal(
        tmp_path, "53 years\n", *RUN, columns=columns, lines=lines, TERM=kind, LC_ALL=locale
    )
    seen += until(terminal, b": ")
    os.write(terminal, b"q\n")
    rest, code = gone(process, terminal)
    text = (seen + rest).decode("utf-8" if locale == "C.UTF-8" else "ascii").replace("\r\n", "\n")
    assert all(ch.isprintable() or ch == "\n" for ch in text)
    assert max(map(len, text.splitlines())) <= columns
    assert "Age: 53 years. Saved." in text
    assert code == ExitCode.OK


@pytest.mark.hazard("HZ-08")
def test_several_pasted_lines_are_refused_aloud(tmp_path: Path) -> None:
    """At a number, a list, a menu and a text: no line of them is an answer, and one line then is."""
    _, process, terminal = in_terminal(tmp_path, "53 years\n2\n1\n1\n", *RUN, "--plain")

    def said(typed: str) -> str:
        os.write(terminal, typed.encode())
        return " ".join(until(terminal, b" ").decode().split())

    refused = "Several lines were pasted and refused, the first as well. Type one line."
    assert refused in " ".join(until(terminal, b": ").decode().split())
    assert "Age: 53 years. Saved." in said("53 years\n")
    assert refused in said("2\n1\n1\n")
    assert "Sex: man. Saved." in said("2\n")
    assert "Write it to a new file" in said("p\n")
    assert refused in said("2\n2\n")
    assert "Name of the new file?" in said("2\n")
    assert refused in said("one.txt\ntwo.txt\n")
    os.write(terminal, b"\x03")
    rest, code = gone(process, terminal)
    assert code == ExitCode.INTERRUPTED
    assert b"Everything that was answered is saved" in rest
    assert not [name for name in ("one.txt", "two.txt") if Path(name).exists()]


def test_lines_typed_before_a_question_are_not_its_answer(tmp_path: Path) -> None:
    """What was typed while the program was busy is thrown away aloud."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(CLI[0], [*CLI, *RUN, "--plain"], environment(tmp_path))
    os.write(terminal, b"53 years\n")
    seen = until(terminal, b": ").decode()
    assert "was typed or pasted before this question is not used" in " ".join(seen.split())
    assert "Saved." not in seen
    os.write(terminal, b"\x03")
    assert gone(process, terminal)[1] == ExitCode.INTERRUPTED


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_killed_at_a_question_nothing_is_lost(tmp_path: Path, number: signal.Signals) -> None:
    """Every answer that was said back is there when the case is resumed."""
    _, process, terminal = in_terminal(tmp_path, "53 years\n", *RUN, "--plain")
    assert b"Saved." in until(terminal, b": ")
    os.kill(process, number)
    assert gone(process, terminal)[1] == -number
    done = piped(tmp_path, "b\nq\n", "resume", "amber-heron", "--plain", "--as-of", "2026-11-22")
    assert "Answered: 53 years." in done.stdout


def test_textual_is_not_imported(tmp_path: Path) -> None:
    """Neither for the case nor for its report."""
    script = (
        "import sys, cli\n"
        f"try: cli.main({[*RUN, '--plain']!r})\n"
        "except SystemExit as end: code = end.code\n"
        "loaded = [n for n in sys.modules if n.split('.')[0] in ('textual', 'rich')]\n"
        "print('LOADED', code, loaded)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="p\n1\nm\nq\n",
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(tmp_path),
    )
    assert re.search(r"LOADED 0 \[\]", done.stdout), done.stdout[-300:] + done.stderr
