"""Beside the question: tabs by their keys, the same pages on the whole screen, reading on."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Static

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle, shown
from wizard.tui.app import Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.reading import PageScreen


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("e", "DX-IMG-05"),
        ("h", "What would change this"),
        ("m", "YOU ARE HERE"),
    ],
)
async def test_a_key_shows_its_tab_and_again_the_whole_screen(
    key: str, words: str, start: Start
) -> None:
    """In a wide window; Esc leads back to the question."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert words not in shown_at(app, "#tab")
        await press(pilot, key)
        assert isinstance(app.screen, CaseScreen)
        assert words in shown_at(app, "#tab")
        assert f"[{key} " in shown_at(app, "#tabs")
        await press(pilot, key)
        assert isinstance(app.screen, PageScreen)
        assert words in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)


async def test_what_stands_beside_the_question_follows_the_width(start: Start) -> None:
    """80 columns: nothing; 120: the inspector; 200: the trail as well, and back again."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for size, beside in (
            ((80, 24), set()),
            ((120, 40), {"#inspector"}),
            ((200, 60), {"#inspector", "#trail"}),
            ((80, 24), set()),
        ):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            shown_parts = {n for n in ("#inspector", "#trail") if app.screen.query_one(n).display}
            assert shown_parts == beside, size
        assert "Which study next?" in shown(app)


async def test_a_page_longer_than_the_screen_is_read_on(start: Start) -> None:
    """The footer says so while there is more; PageDown and PageUp scroll, the mark stays."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=(80, 16)) as pilot:
        await settle(pilot)
        main = app.screen.query_one("#main", VerticalScroll)
        assert "PageDown more" in shown_at(app, "#footer")
        before = main.scroll_offset.y
        for _ in range(5):
            await press(pilot, "pagedown")
        assert main.scroll_offset.y == main.max_scroll_y > before
        assert "PageDown more" not in shown_at(app, "#footer")
        await press(pilot, "pageup")
        assert main.scroll_offset.y < main.max_scroll_y


def shown_at(app: Wizard, selector: str) -> str:
    """The words of a part of the screen."""
    return str(app.screen.query_one(selector, Static).content)
