"""Windows of every size: whatever is said stands whole, can be reached, and nothing ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle, shown
from wizard.engine.facts import Status
from wizard.terminal import LEAST_COLUMNS, LEAST_LINES
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.small import SmallScreen

WIDTHS, HEIGHTS = range(60, 201), range(16, 81)
FEW = [(60, 16), (61, 80), (110, 24), (150, 40), (80, 24)]
MANY = [(w, 16 + w % 65) for w in WIDTHS] + [(60 + h % 60, h) for h in HEIGHTS]
UNIT = "years?|weeks?|days?|hours?|months?|mm|cm|mg|g|Gy|mL/min|mmol/L|umol/L|%|minutes?"
PARTED = re.compile(rf"(?<![\w.-])\d+(?:\.\d+)?\s*\n\s*(?:{UNIT})\b")
PAGES: dict[str, tuple[str | None, Sequence[str]]] = {
    "home": (None, ("q", "1")),
    "question": (None, ()),
    "typing": (None, ("5",)),
    "decision": ("2-imaging", ()),
    "waiting": ("sitting-1", ()),
    "end": ("5-treatment", ()),
    "all advice": ("5-treatment", ("v",)),
    "why": ("2-imaging", ("w",)),
    "evidence": ("2-imaging", ("e",)),
    "changes": ("2-imaging", ("h",)),
    "map": ("2-imaging", ("m",)),
    "check": ("5-treatment", ("c",)),
    "trail": ("5-treatment", ("t",)),
    "emergencies": ("2-imaging", ("x",)),
    "report": ("5-treatment", ("p",)),
    "search": ("2-imaging", ("slash", *"pain")),
    "respond": ("5-treatment", ("o",)),
    "body map": (None, (*"53", "enter", "2", "g")),
    "what if": ("2-imaging", ("y",)),
    "keys": (None, ("question_mark",)),
}
"""Each kind of screen: the stage of a case, and the keys that lead to it."""


def words(app: Wizard) -> str:
    """What the screen says, without what only paints: bars, drawings, line ends."""
    return re.sub(r"[^\w.,:;()%/<>=+-]+", "", shown(app))


def clinical(app: Wizard) -> list[str]:
    """What must stand whole on the page of a case, from the case and not from the screen."""
    screen = app.screen
    if not isinstance(screen, CaseScreen) or screen._cursor.at_end:
        return []
    cursor = screen._cursor
    if cursor.decision is not None:
        advice = cursor.decision.candidates[cursor.at]
        titles = [a.recommendation.title for a in cursor.decision.candidates]
        shows = advice.status is not Status.NOT_INDICATED
        action = [advice.recommendation.action] if shows else []
        return [cursor.decision.decision.question, *titles, *action]
    assert cursor.item is not None
    item = cursor.item[1]
    return [item.ask.clinician, *(option.label for option in item.options.values())]


def says_more(app: Wizard) -> bool:
    """Whether what lies below the window is said: in the footer, or by a bar beside it."""
    scrolls = [s for s in app.screen.query(VerticalScroll) if s.display and s.max_scroll_y > 0]
    if isinstance(app.screen, CaseScreen):
        main = app.screen.query_one("#main", VerticalScroll)
        below = main.scroll_offset.y < main.max_scroll_y
        if app.screen._line is not None:
            return main.show_vertical_scrollbar == (main.max_scroll_y > 0)
        return below == ("PageDown more" in str(app.screen.query_one("#footer", Static).render()))
    return all(scroll.show_vertical_scrollbar for scroll in scrolls)


async def resized(pilot: Pilot[None], size: tuple[int, int]) -> None:
    """The window at another size, painted."""
    await pilot.resize_terminal(*size)
    await settle(pilot)
    await pilot.pause()


@pytest.mark.parametrize(
    "sizes", [FEW, pytest.param(MANY, marks=pytest.mark.full)], ids=["few", "many"]
)
@pytest.mark.parametrize("kind", PAGES)
async def test_any_size(kind: str, sizes: list[tuple[int, int]], start: Start) -> None:
    """The page opened at 80 by 24 and resized; at each size whole, with a mark where it goes on."""
    stage, keys = PAGES[kind]
    app = start(stage, decided=stage != "2-imaging")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        await settle(pilot)
        for size in sizes:
            await resized(pilot, size)
            said = words(app)
            for text in clinical(app):
                assert re.sub(r"[^\w.,:;()%/<>=+-]+", "", text) in said, (size, text)
            assert says_more(app), size
            for part in app.screen.query(".foot, #footer, #header, #rail"):
                seen = app.screen.find_widget(part).visible_region
                assert seen.height == part.size.height, (size, part.id)
                lines = str(part.render()).splitlines() if isinstance(part, Static) else []
                assert len(lines) <= part.size.height, (size, lines)
            if isinstance(app.screen, CaseScreen | HomeScreen):
                page = str(app.screen.query_one("#page", Static).render())
                assert not PARTED.search(page), (size, PARTED.findall(page))
                columns = max(map(len, page.splitlines()))
                assert columns <= app.screen.query_one("#page").size.width, size


async def test_a_window_that_is_too_small_loses_nothing(start: Start) -> None:
    """What was typed is there again, and no key answered meanwhile."""
    app = start(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5")
        for size in ((59, 24), (80, 15), (20, 5), (4, 2), (1, 1)):
            await resized(pilot, size)
            assert isinstance(app.screen, SmallScreen)
            await press(pilot, "9", "enter")
        await resized(pilot, (LEAST_COLUMNS, LEAST_LINES))
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "3", "enter")
        await settle(pilot)
        assert "Age: 53 years" in shown(app)


async def test_a_small_window_can_be_left(start: Start) -> None:
    """By the letter that it names."""
    app = start(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await resized(pilot, (40, 10))
        assert "at least 60 by 16" in shown(app)
        await press(pilot, "q")
    assert not app.is_running
