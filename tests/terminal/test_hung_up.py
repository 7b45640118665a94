"""A terminal that is gone: the program ends, and holds nothing, however the terminal went."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.terminal.control import RUN, answer_age, answered, with_and_without
from tests.terminal.pseudo import Pseudo

GONE = """
import threading
import wizard.tui.app as app
from textual.drivers._writer_thread import WriterThread
gone, write, leave = threading.Event(), WriterThread.write, app.Wizard.exit
def stuck(self, text):
    if gone.is_set():
        threading.Event().wait()
    write(self, text)
def exit(self, *arguments, **named):
    gone.set()
    leave(self, *arguments, **named)
WriterThread.write, app.Wizard.exit = stuck, exit
"""
"""From the moment at which it is to end, whatever is written waits without end."""
OFF = """
class Never:
    def __init__(self, *_): pass
    def start(self): pass
app.Timer = Never
"""


@pytest.mark.terminal
@pytest.mark.finding("TF-23")
@pytest.mark.hazard("HZ-55")
@with_and_without
def test_a_terminal_that_takes_nothing_keeps_no_program(control: bool, tmp_path: Path) -> None:
    """It ends with the code of the signal, what was answered is kept; else it would wait for ever."""
    terminal = Pseudo(tmp_path, *RUN, patch=GONE if control else GONE + OFF)
    try:
        answer_age(terminal)
        os.kill(terminal.pid, signal.SIGHUP)
        code = terminal.wait_code(5)
        waits = code is None
    finally:
        terminal.close()
    assert waits is not control
    assert code == (128 + signal.SIGHUP if control else None)
    assert answered(terminal) == ["age"]


@pytest.mark.terminal
def test_a_window_that_is_closed_ends_the_program(tmp_path: Path) -> None:
    """The terminal itself goes, as when a connection breaks or a window is closed."""
    terminal = Pseudo(tmp_path, *RUN)
    try:
        answer_age(terminal)
        terminal.hang_up()
        assert terminal.wait_code(5) is not None
    finally:
        terminal.close()
    assert answered(terminal) == ["age"]
