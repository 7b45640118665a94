"""The cursor of the terminal is visible and stands on what is marked, on every page of the full screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.terminal.tmux import Terminal
from tests.tui.conftest import VIGNETTE
from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.store.store import Store

DECIDES = VIGNETTE / "2-imaging.yaml"
pytestmark = pytest.mark.terminal


def stands(terminal: Terminal, words: str, column: int | None = None) -> None:
    """Waits until the cursor is visible and stands where the words begin, or on a column of their line."""

    def there() -> bool:
        x, y, visible = terminal.cursor()
        line = terminal.screen().splitlines()[y]
        return visible and words in line and x == (line.index(words) if column is None else column)

    terminal.until(there, 3)


def test_the_cursor_stands_on_what_is_marked(tmp_path: Path) -> None:
    """Home, lists, questions, a typed line, dialogs, body map, search, pages; after Up, Down and digits."""
    terminal = Terminal(tmp_path)

    def press(words: str, *keys: str, column: int | None = None) -> None:
        """Presses keys on a page that is armed; the cursor then stands on the words."""
        terminal.armed()
        terminal.press(*keys)
        stands(terminal, words, column)

    try:
        terminal.start()
        stands(terminal, "1  Start a case")
        press("> 1  Acrometastasis", "1")
        press("> 2  ", "Down")
        press("> 1  ", "Up")
        press("> Age?", "Enter")
        press("> Sex?", "Down")
        press("> Age?", "Up")
        press("Age: 5", "5", column=len("Age: 5"))
        press("Age: 53", "3", "Left", column=len("Age: 5"))
        press("> Sex?", "Enter")
        press("> Which region holds", "2")
        press("Nothing is marked", "g")
        press("#", "Right")
        press("Nothing is marked", "Enter")
        press("#", "Right")
        press("/ ", "/", column=3)
        press("#", "Escape")
        press("#", "Escape")
        press("> Which region holds", "Escape")
        press("Search: ", "/", column=9)
        press("Search: lung", *"lung", column=13)
        press("> ", "Down")
        press("> Which region holds", "Escape")
        press("Region", "w")
        press("> Which region holds", "Escape")
        press("> 1  ", "t")
        press("> Which region holds", "Escape")
        press("pathwizard  ", "p")
        terminal.armed()
        terminal.press("s")
        terminal.wait(".txt")
        x, y, visible = terminal.cursor()
        assert visible
        assert terminal.screen().splitlines()[y][:x].endswith(".txt")
    finally:
        terminal.close()


def test_the_cursor_stands_on_the_marked_candidate(library: Library, tmp_path: Path) -> None:
    """A decision: the first candidate, the next, and the one that a digit marks."""
    answers = read_answers(DECIDES.read_text("utf-8"), str(DECIDES), library)
    undecided = replace(answers, label="amber-heron", commitments=[])
    terminal = Terminal(tmp_path)
    store = Store(terminal.state, lambda: NOW)
    store.append("amber-heron", replay(undecided, library).events, 0)
    try:
        terminal.start("resume", "--as-of", "2026-11-22")
        stands(terminal, "> 1  ")
        terminal.armed()
        terminal.press("Down")
        stands(terminal, "> 2  ")
        terminal.press("1")
        stands(terminal, "> 1  [x]")
    finally:
        terminal.close()
