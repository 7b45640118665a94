"""Traps of Textual with consequences for a clinical tool: each with its control, and without it."""

from __future__ import annotations

import os
import re
import signal
from base64 import b64decode
from pathlib import Path

import pytest

from tests.terminal.control import RUN, answer_age, program, with_and_without
from wizard.errors import ExitCode

COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
UNCHECKED = """
import wizard.terminal
wizard.terminal.check_terminal = lambda: None
"""


@pytest.mark.finding("TF-01")
@pytest.mark.hazard("HZ-57")
@with_and_without
def test_a_stray_bracket_ends_nothing(control: bool, tmp_path: Path) -> None:
    """Text that a parser of markup would stumble over is text."""
    off = """
from wizard.tui.line_editor import LineEditor
LineEditor.content = lambda self, label="": label + self.text
"""
    with program(tmp_path, *RUN, control=control, off=off) as terminal:
        terminal.wait("> Age?")
        terminal.press("5")
        terminal.wait("Age: 5")
        terminal.paste(" HR [bpm] [/b]")
        fault = not terminal.sees("5 HR [bpm] [/b]")
        ended = terminal.wait_code(0.5) is not None
    assert fault is not control
    assert ended is not control


@pytest.mark.finding("TF-05")
@pytest.mark.hazard("HZ-72")
@with_and_without
def test_ctrl_c_leaves(control: bool, tmp_path: Path) -> None:
    """By the key and by the signal: exit code 130, and no advice to press another key."""
    off = """
import wizard.tui.app as app
app.HomeScreen.on_key = lambda self, event: None
from asyncio.unix_events import _UnixSelectorEventLoop
def none(*_):
    raise NotImplementedError
_UnixSelectorEventLoop.add_signal_handler = none
"""
    with program(tmp_path, control=control, off=off) as terminal:
        terminal.wait("1 Start a case")
        terminal.press("C-c")
        code = terminal.wait_code(1)
        advised = "ctrl+q" in terminal.new
    with program(tmp_path, control=control, off=off) as terminal:
        terminal.wait("1 Start a case")
        os.kill(terminal.pid, signal.SIGINT)
        signalled = terminal.wait_code()
    assert advised is not control
    assert code == (ExitCode.INTERRUPTED if control else None)
    assert (signalled == ExitCode.INTERRUPTED) is control


@pytest.mark.finding("TF-06")
@with_and_without
def test_no_color_is_no_colour(control: bool, tmp_path: Path) -> None:
    """Not even grey, with a dialog and an alarm in view."""
    off = """
import wizard.tui.app as app
app.colourless = lambda: False
"""
    with program(
        tmp_path, *RUN, control=control, off=off, NO_COLOR="1", COLORTERM="truecolor"
    ) as terminal:
        answer_age(terminal)
        terminal.press("x")
        terminal.wait("Emergency now: which?")
        fault = COLOUR.search(bytes(terminal.data)) is not None
    assert fault is not control


@pytest.mark.finding("TF-07")
@pytest.mark.hazard("HZ-68")
@with_and_without
def test_input_that_is_no_terminal_is_told(control: bool, tmp_path: Path) -> None:
    """Before anything is painted that would then hear no key."""
    no_input = {0: Path(os.devnull)}
    with program(tmp_path, *RUN, control=control, off=UNCHECKED, redirect=no_input) as terminal:
        code = terminal.wait_code(8)
        fault = b"\x1b[?1049h" in terminal.data
        if control:
            assert "the wizard needs a terminal for input and screen" in terminal.new
    assert (code == ExitCode.TERMINAL) is control
    assert fault is not control


@pytest.mark.finding("TF-08")
@pytest.mark.hazard("HZ-68")
@with_and_without
def test_the_screen_is_never_in_a_file(control: bool, tmp_path: Path) -> None:
    """Standard error elsewhere is told there; an invisible wizard does not start."""
    file = tmp_path / "errors"
    with program(tmp_path, *RUN, control=control, off=UNCHECKED, redirect={2: file}) as terminal:
        code = terminal.wait_code(8)
    written = file.read_bytes()
    assert (b"\x1b[?1049h" in written) is not control
    assert (code == ExitCode.TERMINAL) is control
    assert (b"the wizard needs a terminal" in written) is control


@pytest.mark.finding("TF-08")
def test_standard_output_stays_free(tmp_path: Path) -> None:
    """The wizard can be used with its output in a file, into which no screen goes."""
    file = tmp_path / "output"
    with program(tmp_path, *RUN, redirect={1: file}) as terminal:
        answer_age(terminal)
        terminal.press("q")
        terminal.wait("Leave: everything is saved")
        terminal.press("1")
        assert terminal.wait_code() == ExitCode.OK
    assert file.read_bytes() == b""


@pytest.mark.finding("TF-09")
@with_and_without
def test_help_is_seen_at_80_columns(control: bool, tmp_path: Path) -> None:
    """The foot of the page shows the keys that matter, whole, help among them."""
    off = """
from wizard.tui import case_view
from wizard.tui.keys import CASE_KEYS
words = "   ".join(key.words for key in CASE_KEYS)
case_view.footer_words = lambda *_, **__: words
"""
    with program(tmp_path, *RUN, control=control, off=off) as terminal:
        terminal.wait("> Age?")
        fault = not terminal.sees("? keys")
    assert fault is not control


@pytest.mark.finding("TF-10")
@with_and_without
def test_a_tiny_window_is_no_fault(control: bool, tmp_path: Path) -> None:
    """Made tiny and large again, the same page takes keys; started tiny, plain lines come."""
    off = """
import wizard.tui.app as app
from textual.widgets import OptionList, Static
def compose(self):
    yield Static(id="header")
    yield Static(id="page")
    yield OptionList("Start a case")
    yield Static(id="footer")
app.HomeScreen.compose = compose
"""
    with program(tmp_path, control=control, off=off) as terminal:
        terminal.wait("Start a case")
        terminal.resize(4, 3)
        terminal.quiet(0.4)
        if control:
            terminal.resize(80, 24)
            terminal.quiet(0.4)
            terminal.press("1")
            terminal.wait("Start a case of which pathway?")
        fault = terminal.wait_code(0.6) is not None
    assert fault is not control
    if control:
        with program(tmp_path, *RUN, columns=5, lines=3) as terminal:
            terminal.until("Age?")


@pytest.mark.finding("TF-12")
@pytest.mark.hazard("HZ-54")
@pytest.mark.parametrize("plain", [False, True], ids=["full screen", "plain"])
@with_and_without
def test_the_clipboard_is_asked_wrapped_and_limited(
    control: bool, plain: bool, tmp_path: Path
) -> None:
    """Over SSH and in tmux: said before, sent once in an envelope, said afterwards."""
    off = """
import wizard.terminal as terminal
from base64 import b64encode
terminal.for_clipboard = lambda text: "\\x1b]52;c;" + b64encode(text.encode() * 20).decode() + "\\a"
"""
    with program(
        tmp_path, *RUN, *(["--plain"] if plain else []), control=control, off=off, clipboard=True,
        SSH_CONNECTION="x", TMUX="/tmp/tmux",
    ) as terminal:  # fmt: skip
        if plain:
            terminal.wait("Answer:")
            terminal.press("p\r")
            terminal.wait("Copy it to the clipboard")
            terminal.press("4\r")
        else:
            terminal.wait("> Age?")
            terminal.press("p")
            terminal.wait("c copy")
            terminal.press("c")
        terminal.wait("1 Copy it to the clipboard of the computer in front of you")
        assert "over SSH: the text goes to the clipboard of the computer in front" in terminal.new
        assert b"]52;" not in terminal.data
        terminal.press("1\r" if plain else "1")
        terminal.wait("Whether it arrived is not known")
        assert "Sent to the clipboard of the computer in front of you" in terminal.new
    sent = re.findall(rb"(\x1bPtmux;\x1b)?\x1b]52;c;([A-Za-z0-9+/=]*)\x07", terminal.data)
    assert len(sent) == 1
    assert (sent[0][0] == b"") is not control
    assert (len(sent[0][1]) > 100_000) is not control
    if control:
        assert "WORKING COPY" in b64decode(sent[0][1]).decode()


@pytest.mark.finding("TF-11")
@with_and_without
def test_a_key_works_while_a_line_is_typed(control: bool, tmp_path: Path) -> None:
    """What is no text calls its action in an open line as well: F9 makes the report."""
    off = """
from wizard.tui.case_screen import CaseScreen
def edit(self, line, event):
    line.press(event.key, event.character)
    self._show()
CaseScreen._edit = edit
"""
    with program(tmp_path, *RUN, control=control, off=off) as terminal:
        terminal.wait("> Age?")
        terminal.press("5")
        terminal.wait("Age: 5")
        terminal.press("F9")
        fault = not terminal.sees("WORKING COPY")
    assert fault is not control
