"""The search in the full screen: finding, opening, coming back with everything where it was."""

from __future__ import annotations

import pytest
from textual import events

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle, shown
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.reading import PageScreen
from wizard.tui.search_screen import SearchScreen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_a_claim_opens_and_everything_is_kept_on_the_way_back(
    start: Start, size: tuple[int, int]
) -> None:
    """A half-typed value, then the words and the mark of the search."""
    app = start(None)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "5", "f3")
        await settle(pilot)
        await pilot.press(*"dx-mim-04", "down", "up")
        await pilot.pause()
        assert "claim DX-MIM-04: Felon, paronychia" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PageScreen)
        assert "claim, read in the source" in shown(app)
        assert "Gawley B and others" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, SearchScreen)
        assert "Search: dx-mim-04" in shown(app)
        assert "1 of " in shown(app)
        await press(pilot, "down", "enter", "escape")
        assert "2 of " in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)
        assert "Age: 5 years" in shown(app)
        await pilot.press("3", "enter")
        await pilot.pause()
        assert "> Sex?" in shown(app)


async def test_what_was_recalled_is_marked(start: Start) -> None:
    """In the list and on the page."""
    app = start(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash")
        await settle(pilot)
        await pilot.press(*"DX-BX-10")
        await pilot.pause()
        assert "claim DX-BX-10, UNVERIFIED:" in shown(app)
        await press(pilot, "enter")
        assert "UNVERIFIED: recalled, not read in a source" in shown(app)


async def test_nothing_found_is_said_with_near_words(start: Start) -> None:
    """And Enter then does nothing; a paste of several lines is refused."""
    app = start(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash")
        await settle(pilot)
        await pilot.press(*"metastassis", "enter", "down")
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)
        assert "Nothing found. Near words: metastasis" in shown(app)
        app.screen.post_message(events.Paste("two\nlines"))
        await pilot.pause()
        assert "Several lines were pasted and refused" in shown(app)
        assert "Search: metastassis" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)


async def test_home_searches_without_a_case(start: Start) -> None:
    """The score with its validity."""
    app = start(None)
    app = Wizard(app.desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash")
        await settle(pilot)
        await pilot.press(*"mirels score")
        await press(pilot, "enter")
        assert "valid where: Region is long bone" in shown(app)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_words_of_the_question_are_explained(start: Start) -> None:
    """Without a word typed; where the question uses none, how to search is said."""
    app = start(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash")
        assert "Type words:" in shown(app)
        await press(pilot, "escape", "5", "3", "enter", "2", "1", "2", "1", "1", "enter", "slash")
        assert "Words of this question, explained" in shown(app)
        assert "> glossary:" in shown(app)
        await press(pilot, "enter")
        assert "meaning:" in shown(app)
