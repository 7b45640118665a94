"""Stock Textual is unsafe for patient data: each finding with its control, and without it."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.terminal.control import (
    FAULT,
    RUN,
    SECRET,
    answer_age,
    answered,
    program,
    with_and_without,
)
from tests.terminal.sequences import refused
from wizard.case.events import Answered, Started
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import ExitCode
from wizard.guard import Absence, Absent
from wizard.store.store import Store

PAYLOAD = "lab\x1b[2J\x1b]52;c;eA==\x07\x1b]8;;http://x\x1b\\\x9b2J\u202ebad\u200bx\x07"
STOCK_FAULT = f"""{FAULT}
import wizard.tui.app as app
from textual.app import App
app.Wizard._fatal_error = App._fatal_error
run = app.run_wizard
app.run_wizard = lambda *a, **k: (run(*a, **k), 0)[1]
"""


@pytest.mark.finding("TF-02", "TF-03", "TF-13")
@pytest.mark.hazard("HZ-53")
@with_and_without
def test_a_fault_shows_no_answer_and_is_no_success(control: bool, tmp_path: Path) -> None:
    """No traceback, no local variable on the screen that stays; exit code 70, not 0."""
    off = FAULT if control else STOCK_FAULT
    with program(tmp_path, *RUN, control=False, off=off) as terminal:
        answer_age(terminal)
        terminal.press("w")
        code = terminal.wait_code()
    assert answered(terminal) == ["age"]
    data = bytes(terminal.data)
    shows = SECRET.encode() in data and b"Traceback" in data
    assert shows is not control
    assert (code == 0) is not control
    if control:
        assert code == ExitCode.FAULT
        assert b"Internal fault. Every answer that was shown is saved." in data
        assert refused(data) == []


@pytest.mark.finding("TF-14")
@pytest.mark.hazard("HZ-54")
@with_and_without
def test_a_selection_is_not_copied(control: bool, tmp_path: Path) -> None:
    """Dragging over the text and Ctrl+C: nothing goes to the clipboard of whoever watches."""
    off = """
import wizard.tui.app as app
from textual.app import App
app.Wizard.ALLOW_SELECT = True
app.Wizard.copy_to_clipboard = App.copy_to_clipboard
app.HomeScreen.on_key = lambda self, event: None
"""
    with program(tmp_path, control=control, off=off) as terminal:
        terminal.wait("Start a case")
        terminal.press("\x1b[<0;3;3M", "\x1b[<32;20;3M", "\x1b[<0;20;3m")
        terminal.quiet()
        terminal.press("C-c")
        terminal.quiet(0.5)
        fault = b"\x1b]52;" in terminal.data
    assert fault is not control


@pytest.mark.finding("TF-15")
@pytest.mark.hazard("HZ-55", "HZ-56")
@with_and_without
def test_what_a_terminal_obeys_is_shown_as_words(
    control: bool, library: Library, tmp_path: Path
) -> None:
    """CSI, OSC 52 and 8, C1, turned and hidden text: in a case that was tampered with, and named at the start."""
    off = """
import wizard.text
wizard.text.safe = lambda text: text
"""
    header, pin = library["acrometastasis"].header, library["acrometastasis"].hash
    asked = Fact(Absent(Absence.AWAITED), TODAY, awaited_from=PAYLOAD)
    start = Started("amber-heron", header.id, header.version, pin, TODAY)
    store = Store(tmp_path / "state", lambda: NOW)
    store.append("amber-heron", [start, Answered("age", asked)], 0)
    resume = ("resume", "amber-heron", "--as-of", "2026-11-22")
    with program(tmp_path, *resume, control=control, off=off) as terminal:
        terminal.wait("Age: awaited from lab")
        if control:
            assert "lab<U+001B>[2J<U+001B>]52;c;eA==<U+0007>" in terminal.new
        stored = refused(bytes(terminal.data))
    with program(tmp_path, "run", PAYLOAD, control=control, off=off) as terminal:
        assert terminal.wait_code() == ExitCode.BAD_INPUT
        named = refused(bytes(terminal.data))
    for found in (stored, named):
        assert bool(found) is not control


@pytest.mark.finding("TF-16")
@pytest.mark.hazard("HZ-57")
@with_and_without
def test_words_in_brackets_do_not_vanish(control: bool, tmp_path: Path) -> None:
    """Clinical words in square brackets stand as they were typed."""
    off = """
from textual.markup import escape
from wizard.tui.line_editor import LineEditor
LineEditor.content = lambda self, label="": escape(label + self.text)
"""
    with program(tmp_path, *RUN, control=control, off=off) as terminal:
        terminal.wait("> Age?")
        terminal.press("5")
        terminal.wait("Age: 5")
        terminal.paste(" [TODO] plan, HR [bpm] [IMPORTANT]")
        terminal.wait("plan")
        fault = "5 [TODO] plan, HR [bpm] [IMPORTANT]" not in terminal.new
    assert fault is not control


@pytest.mark.finding("TF-17")
@pytest.mark.hazard("HZ-07")
@with_and_without
def test_a_key_typed_ahead_answers_no_page_that_was_not_seen(control: bool, tmp_path: Path) -> None:
    """Pressed while a case is made: it does not open the line of the first question."""
    slow = """
import time
from wizard.desk import Desk
start = Desk.start
Desk.start = lambda *arguments: (time.sleep(0.6), start(*arguments))[1]
"""
    off = """
from wizard.tui.dialogs import Armed
Armed.too_early = lambda self, event: self.app.screen is not self
"""
    patch = slow if control else slow + off
    with program(tmp_path, control=False, off=patch) as terminal:
        terminal.wait("1 Start a case")
        terminal.press("1")
        terminal.wait("Acrometastasis")
        terminal.press("1")
        time.sleep(0.2)
        terminal.press("5")
        terminal.wait("> Age?")
        fault = terminal.sees("Age: 5")
    assert fault is not control
    assert not control or refused(bytes(terminal.data)) == []


@pytest.mark.finding("TF-04", "TF-18")
@pytest.mark.hazard("HZ-55", "HZ-64")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
@with_and_without
def test_termination_restores_the_terminal(
    control: bool, number: signal.Signals, tmp_path: Path
) -> None:
    """The alternate screen, the mouse and bracketed paste are left, the exit code says the signal."""
    off = """
from asyncio.unix_events import _UnixSelectorEventLoop
def none(*_):
    raise NotImplementedError
_UnixSelectorEventLoop.add_signal_handler = none
"""
    with program(tmp_path, *RUN, control=control, off=off) as terminal:
        answer_age(terminal)
        os.kill(terminal.pid, number)
        code = terminal.wait_code()
    left = all(f"\x1b[?{mode}l".encode() in terminal.data for mode in (1049, 1000, 2004))
    assert left is control
    assert code == (128 + number if control else -number)
    assert answered(terminal) == ["age"]


@pytest.mark.finding("TF-19")
@pytest.mark.hazard("HZ-08")
@with_and_without
def test_no_line_of_a_paste_is_dropped_in_silence(control: bool, tmp_path: Path) -> None:
    """Refused aloud, what was typed before it stays."""
    off = """
import wizard.tui.line_editor as editor
editor.one_line_paste = lambda text: text.splitlines()[0]
"""
    with program(tmp_path, *RUN, control=control, off=off) as terminal:
        terminal.wait("> Age?")
        terminal.press("5")
        terminal.wait("Age: 5")
        terminal.paste("back pain\rleg weakness")
        fault = not terminal.sees("Several lines were pasted") and "back pain" in terminal.new
    assert fault is not control


@pytest.mark.finding("TF-06", "TF-20")
@pytest.mark.hazard("HZ-44")
@with_and_without
def test_a_dumb_terminal_gets_plain_lines(control: bool, tmp_path: Path) -> None:
    """Nothing but text, in ASCII where the locale is not UTF-8, whole function: it asks."""
    off = """
import wizard.terminal
wizard.terminal._dumb = lambda: False
"""
    with program(tmp_path, *RUN, control=control, off=off, TERM="dumb") as terminal:
        terminal.until("Age?")
        fault = b"\x1b" in terminal.data
    assert fault is not control


@pytest.mark.finding("TF-20")
@pytest.mark.hazard("HZ-44")
@with_and_without
def test_an_ascii_locale_gets_ascii(control: bool, tmp_path: Path) -> None:
    """No byte that such a terminal would garble."""
    off = """
import wizard.terminal
wizard.terminal.takes_unicode = lambda: True
"""
    arguments = (*RUN, "--plain")
    with program(tmp_path, *arguments, control=control, off=off, LANG="C", LC_ALL="C") as terminal:
        terminal.wait("Answer:")
        terminal.press("/PAX8\r")
        terminal.wait("Found 1")
        terminal.press("1\r")
        terminal.quiet(0.5)
        fault = any(byte > 126 for byte in terminal.data)
    assert fault is not control


@pytest.mark.finding("TF-20")
@pytest.mark.hazard("HZ-44")
@with_and_without
def test_an_ascii_locale_gets_a_full_screen_of_ascii(control: bool, tmp_path: Path) -> None:
    """Boxes of plus, minus and bar; what is typed, what is quoted, and a scroll bar."""
    off = """
import wizard.terminal
wizard.terminal.takes_unicode = lambda: True
"""
    with program(tmp_path, *RUN, control=control, off=off, LANG="C", LC_ALL="C") as terminal:
        terminal.wait("> Age?")
        terminal.press("/")
        terminal.wait("Type words")
        terminal.press(*"PAX8")
        terminal.wait("1 of 1")
        terminal.press("Enter")
        terminal.wait("CK7")
        fault = any(byte > 126 for byte in terminal.data)
        if control:
            assert "Mullerian" in terminal.new
            assert b"-" * 60 in terminal.data
    assert fault is not control


@pytest.mark.finding("TF-21")
@with_and_without
def test_an_empty_no_color_is_not_set(control: bool, tmp_path: Path) -> None:
    """Colours that are more than grey are there, as without it."""
    off = """
import wizard.tui.app as app
app.colourless = lambda: False
"""
    with program(
        tmp_path, control=control, off=off, NO_COLOR="", COLORTERM="truecolor"
    ) as terminal:
        terminal.wait("1 Start a case")
        terminal.press("1")
        terminal.wait("Start a case of which pathway?")
        rgb = re.findall(rb"38;2;(\d+);(\d+);(\d+)", bytes(terminal.data))
        fault = all(len(set(colour)) == 1 for colour in rgb)
    assert rgb
    assert fault is not control


@pytest.mark.finding("TF-22")
@pytest.mark.hazard("HZ-54")
@with_and_without
def test_no_palette_and_a_cursor_that_is_seen(control: bool, tmp_path: Path) -> None:
    """Ctrl+P offers no picture of the screen; the cursor is shown, after the program was stopped as well."""
    off = """
import wizard.tui.app as app
app.SHOW = ""
app.Wizard.ENABLE_COMMAND_PALETTE = True
"""
    with program(tmp_path, control=control, off=off) as terminal:
        terminal.wait("1 Start a case")
        terminal.press("C-p")
        offered = terminal.sees("creenshot")
        os.kill(terminal.pid, signal.SIGTSTP)
        time.sleep(0.3)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.quiet(0.5)
        assert terminal.data.count(b"\x1b[?25l") == 2
        hidden = terminal.data.rfind(b"\x1b[?25l") > terminal.data.rfind(b"\x1b[?25h")
    assert offered is not control
    assert hidden is not control
