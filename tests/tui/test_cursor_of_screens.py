"""Where Textual is told to leave the cursor, on pages that scroll and on those that are seldom seen."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Start
from tests.tui.test_case_screen import SIZE, press, settle
from wizard.tui.app import Wizard
from wizard.tui.idle import BlankScreen


def line_of_cursor(app: Wizard) -> str:
    """What is painted from the cursor on."""
    x, y = app.cursor_position
    return app.screen._compositor.render_strips()[y].text[x:]


@pytest.mark.parametrize(
    "keys", [(), ("down",) * 3, ("pagedown", "down", "down"), ("pagedown",) * 4]
)
async def test_it_follows_the_mark_of_a_list_that_scrolls(
    keys: tuple[str, ...], start: Start
) -> None:
    """However far down, the marked option is in view and the cursor on it."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c", *keys)
        await settle(pilot)
        assert line_of_cursor(app).startswith("> ")


async def test_it_stands_on_a_card_and_on_what_is_awaited(start: Start) -> None:
    """The first line of an emergency; the line of a dialog that is filled in."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "enter", "2", "1", "2", "1", "1", "enter", "1")
        await settle(pilot)
        assert "cord" in line_of_cursor(app).casefold()
        await press(pilot, "k")
        await press(pilot, *"night team")
        assert not line_of_cursor(app).strip(" \u2502\u258a\u258e")
        await press(pilot, "home")
        assert line_of_cursor(app).startswith("night team")


async def test_it_stands_in_view_on_a_page_that_was_read_on(start: Start) -> None:
    """PageDown moves the page under it; it stays on what is seen of the page."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "pagedown", "pagedown")
        main = app.screen.query_one("#main").region
        assert main.contains_point(app.cursor_position)


async def test_it_stands_on_the_words_of_the_blank_screen(start: Start) -> None:
    """Which say what any key does."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.push_screen(BlankScreen("amber-heron", "q"))
        await settle(pilot)
        assert line_of_cursor(app).startswith("pathwizard. Everything is saved.")
