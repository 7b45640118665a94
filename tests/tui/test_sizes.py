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
from wizard.guard import Truth
from wizard.terminal import LEAST_COLUMNS, LEAST_LINES
from wizard.tui.app import Wizard
from wizard.tui.body_map_screen import BodyMapScreen
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import ChooseScreen
from wizard.tui.reading import CardScreen, PageScreen, Reading
from wizard.tui.search_screen import SearchScreen
from wizard.tui.small import SmallScreen

WIDTHS, HEIGHTS = range(60, 201), range(16, 81)
FEW = [(60, 16), (61, 80), (150, 40), (80, 24)]
MANY = [(w, 16 + w % 65) for w in WIDTHS] + [(60 + h % 60, h) for h in HEIGHTS]
UNIT = "years?|weeks?|days?|hours?|months?|mm|cm|mg|g|Gy|mL/min|mmol/L|umol/L|%|minutes?"
PARTED = re.compile(rf"(?<![\w.-])\d+(?:\.\d+)?\s*\n\s*(?:{UNIT})\b")
PAGES: dict[str, tuple[str | None, Sequence[str]]] = {
    "home": ("5-treatment", ()),
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
    "what if": ("2-imaging", ("*",)),
    "card": (None, (*"53", "enter", "2", "1", "2", "1", "1", "enter", "1")),
    "keys": (None, ("question_mark",)),
}
"""Each kind of screen: the stage of a case, and the keys that lead to it."""


def opened(kind: str, start: Start) -> Wizard:
    """The program with the case of a kind of screen; for home only stored."""
    stage = PAGES[kind][0]
    app = start(stage, decided=stage != "2-imaging")
    return Wizard(app.desk) if kind == "home" else app


def words(text: str) -> str:
    """Without what only paints and what only lays out: bars, drawings, spaces, line ends."""
    return re.sub(r"[^\w.,:;()%/<>=+-]+", "", text)


def clinical(kind: str, app: Wizard) -> list[str]:
    """What must stand whole on a page, from the case; of dialogs also all that they were given."""
    screen = app.screen
    if isinstance(screen, ChooseScreen):
        text = screen._text.lines if screen._text is not None else []
        return [
            *("".join(line.text for line in text).split("\n")),
            *(o[1] for o in screen._options),
        ]
    if isinstance(screen, PageScreen | CardScreen):
        case = next(s for s in app.screen_stack if isinstance(s, CaseScreen))._case
        found = ["".join(line.text for line in screen._page.lines)]
        if kind == "all advice":
            for advice in case.situation.listed:
                found += [advice.recommendation.title, advice.recommendation.why]
        if kind == "card":
            present = [s for s in case.situation.alerts if s.truth is Truth.TRUE]
            (state,) = present
            found += [state.title, state.alert.text, *(action.do for action in state.now)]
        return found
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
    if isinstance(app.screen, Reading):
        below = any(scroll.scroll_offset.y < scroll.max_scroll_y for scroll in scrolls)
        return below == ("PageDown more" in str(app.screen.query_one(".foot", Static).render()))
    return all(scroll.show_vertical_scrollbar for scroll in scrolls)


async def read_on(pilot: Pilot[None]) -> str:
    """What is painted of a page while it is read to its end by keys: PageDown, in lists Down."""
    screen = pilot.app.screen
    scrolls = [s for s in screen.query(VerticalScroll) if s.display and s.region]
    if not scrolls or isinstance(screen, SearchScreen | BodyMapScreen):
        return shown_by(pilot)
    listed = isinstance(screen, ChooseScreen) and not screen._few
    scroll, seen = scrolls[0], dict[int, str]()
    before = None
    while before != (at := (scroll.scroll_offset.y, getattr(screen, "_cursor", None))):
        part = scroll.region
        strips = screen._compositor.render_strips()[part.y : part.bottom]
        for row, strip in enumerate(strips, start=scroll.scroll_offset.y):
            seen[row] = strip.crop(part.x, part.right).text
        before = at
        await pilot.press("down" if listed else "pagedown")
        await pilot.pause()
    return "\n".join(seen[row] for row in sorted(seen))


def shown_by(pilot: Pilot[None]) -> str:
    """All that is painted."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


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
    """The page opened at 80 by 24 and resized; at each size whole, with a mark where it goes on.

    In the smallest all that matters is painted at some time while it is read on by keys.
    """
    keys = PAGES[kind][1]
    app = opened(kind, start)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        await settle(pilot)
        assert app.is_running
        for size in sizes:
            await resized(pilot, size)
            said, expected = words(shown(app)), clinical(kind, app)
            for text in expected:
                assert words(text) in said, (size, text)
            if size == sizes[0]:
                said = words(await read_on(pilot))
                for text in expected:
                    assert words(text) in said, ("read on", text)
            assert says_more(app), size
            for part in app.screen.query(".foot, #footer, #header, #rail"):
                seen = app.screen.find_widget(part).visible_region
                assert seen.height == part.size.height, (size, part.id)
                lines = str(part.render()).splitlines() if isinstance(part, Static) else []
                assert len(lines) <= part.size.height, (size, lines)
            for part in app.screen.query("#page, VerticalScroll > Static"):
                if not isinstance(part, Static) or not part.display or not part.size.width:
                    continue
                page = str(part.render())
                assert not PARTED.search(page), (size, PARTED.findall(page))
                columns = max(map(len, page.splitlines()), default=0)
                assert columns <= part.size.width, (size, part.id)


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
