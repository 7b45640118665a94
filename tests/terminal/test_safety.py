"""What a terminal with tmux shows and a headless test does not: size, escape codes, Ctrl+C."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.sequences import refused
from tests.terminal.tmux import Terminal
from wizard.errors import ExitCode

pytestmark = pytest.mark.terminal


def answered(terminal: Terminal) -> None:
    """A new case with age 53 on the screen."""
    terminal.start("run", "acrometastasis", "--as-of", "2026-11-22", "--label", "amber-heron")
    terminal.wait("> Age?")
    terminal.armed()
    terminal.press("5", "3", "Enter")
    terminal.wait("> Sex?")


@pytest.mark.hazard("HZ-68")
def test_a_terminal_that_is_too_small_is_told(tmp_path: Path) -> None:
    """The self-test says what the full screen needs."""
    terminal = Terminal(tmp_path, columns=70, lines=12)
    try:
        terminal.start("self-test")
        assert terminal.exit_code() == ExitCode.FAILED
        assert "70 columns and 12 lines" in terminal.screen()
    finally:
        terminal.close()


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
    assert refused(data) == []


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
