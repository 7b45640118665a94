"""What a pseudo-terminal shows and a headless test does not: signals, faults, size, escape codes."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.terminal.tmux import ROOT, Terminal
from wizard.errors import ExitCode
from wizard.store.store import Store

pytestmark = pytest.mark.terminal


def answered(terminal: Terminal) -> None:
    """A new case with age 53 on the screen."""
    terminal.start("run", "acrometastasis", "--as-of", "2026-11-22", "--label", "amber-heron")
    terminal.wait("> Age?")
    terminal.armed()
    terminal.press("5", "3", "Enter")
    terminal.wait("> Sex?")


@pytest.mark.hazard("HZ-55", "HZ-64")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_termination_leaves_a_clean_terminal(number: signal.Signals, tmp_path: Path) -> None:
    """The exit code says the signal, the alternate screen is left, the answer is kept."""
    terminal = Terminal(tmp_path)
    try:
        answered(terminal)
        os.kill(terminal.pid(), number)
        assert terminal.exit_code() == 128 + number
        assert terminal._tmux("display-message", "-p", "-t", "t", "#{alternate_on}").strip() == "0"
        kept = Store(terminal.state, lambda: NOW).read("amber-heron").events
        assert any(getattr(event, "item", "") == "age" for event in kept)
    finally:
        terminal.close()


@pytest.mark.hazard("HZ-53")
def test_a_fault_shows_no_answer(tmp_path: Path) -> None:
    """No traceback, no local variables, exit code 70; the case can be resumed."""
    script = tmp_path / "faulty.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from wizard.case import inspection\n"
        "def fault(*_):\n    secret = 'CANARY-53'\n    raise ValueError(secret)\n"
        "inspection.why_item = fault\n"
        "import cli\ncli.main(['run', 'acrometastasis', '--as-of', '2026-11-22', '--label', 'amber-heron'])\n"
    )
    terminal = Terminal(tmp_path)
    try:
        line = (
            f"env PATHWIZARD_STATE={terminal.state} TERM=xterm-256color {sys.executable} {script}; "
            f"echo $? > {terminal.exit_file}; sleep 600"
        )
        terminal._tmux(
            "-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "24", "-s", "t", line
        )
        terminal.wait("> Age?")
        terminal.armed()
        terminal.press("5", "3", "Enter")
        terminal.wait("> Sex?")
        terminal.press("w")
        assert terminal.exit_code() == ExitCode.FAULT
        screen = terminal.screen()
        assert "Internal fault" in screen
        assert "CANARY" not in screen
        assert "Traceback" not in screen
        assert Store(terminal.state, lambda: NOW).read("amber-heron").events
    finally:
        terminal.close()


@pytest.mark.hazard("HZ-44", "HZ-68")
def test_too_small_and_dumb_terminals_are_told(tmp_path: Path) -> None:
    """One message and exit code 7."""
    terminal = Terminal(tmp_path, columns=70, lines=20)
    try:
        terminal.start("run", "acrometastasis")
        assert terminal.exit_code() == ExitCode.TERMINAL
        assert "70 columns and 20 lines" in terminal.screen()
    finally:
        terminal.close()


ALLOWED = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[[0-9;]*[HJKABCDGfdXLMPr]|\x1b\[\?[0-9;]+[hl]|\x1b\[[>=<?]?[0-9;]*[uqcnpt]"
    rb"|\x1b\]22;[a-z-]*\x07|\x1b\[\?[0-9;]+\$p|\x1b\[>[0-9;]*m|\x1b[78=>]|\x1b\([AB0]|\x1b\[ q|\x1b\[[0-9]* q"
)


@pytest.mark.hazard("HZ-54", "HZ-55", "HZ-56", "HZ-57")
def test_only_allowed_sequences_reach_the_terminal(tmp_path: Path) -> None:
    """A hostile sender and paste: no OSC 52, no title, no link, nothing unknown."""
    log = tmp_path / "bytes"
    terminal = Terminal(tmp_path)
    try:
        answered(terminal)
        terminal._tmux("pipe-pane", "-t", "t", f"cat > {log}")
        for key in ("2", "1", "2", "1", "1", "Enter"):
            terminal.armed()
            terminal.press(key)
        terminal.wait("Red-flag screen")
        terminal.armed()
        terminal.press("2", "2", "2", "2", "2", "2", "2", "2", "Enter")
        terminal.wait("- History")
        terminal.armed()
        terminal.press("Down")
        terminal.act("a", "Awaited from whom?")
        terminal.armed()
        terminal._tmux("set-buffer", "-b", "x", "lab\x1b]52;c;eA==\x07\x1b[2J[/b]")
        terminal._tmux("paste-buffer", "-p", "-b", "x", "-t", "t")
        terminal.press("Enter", "Enter", "Enter")
        terminal.wait("Known cancer: awaited from")
        terminal.press("q")
        terminal.wait("Leave")
    finally:
        terminal.close()
    data = log.read_bytes()
    left = ALLOWED.sub(b"", data)
    assert b"\x1b" not in left, left[max(0, left.index(b"\x1b") - 40) : left.index(b"\x1b") + 40]
    assert b"\x1b]52" not in data


@pytest.mark.hazard("HZ-72")
def test_ctrl_c_leaves_by_asking(tmp_path: Path) -> None:
    """On a case it asks and says where one lands; at home it ends with 130."""
    terminal = Terminal(tmp_path)
    try:
        terminal.start()
        terminal.wait("Start a case")
        terminal.act("1", "Start a case of which pathway?")
        terminal.act("1", "> Age?")
        terminal.act("C-c", "Leave: everything is saved, back to the start page")
        terminal.act("1", "Start a case")
        terminal.armed()
        terminal.press("C-c")
        assert terminal.exit_code() == ExitCode.INTERRUPTED
    finally:
        terminal.close()
