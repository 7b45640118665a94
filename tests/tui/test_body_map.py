"""The body map through Pilot: walking, filtering, clicking, taking, changing, undoing, the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.conftest import NOW, TODAY
from tests.tui.conftest import Start
from tests.tui.test_case_screen import keep, press, settle, shown, stored
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.guard import Choice
from wizard.store.store import Store
from wizard.tui.app import Wizard
from wizard.tui.body_map_screen import NOTHING, BodyMapScreen
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import ChooseScreen

SIZE = (80, 24)
RING = {
    "affected_region": "hand",
    "side": "right",
    "bone_hand": "middle_phalanx",
    "finger_name": "ring",
}


def kept(library: Library, folder: Path, **options: str) -> Wizard:
    """An app with a case that has these choices."""
    store = Store(folder / "kept", lambda: NOW)
    desk = Desk(library, store, {}, TODAY, lambda: NOW)
    app = Wizard(desk, lambda app: app.resume_case("amber-heron"))
    keep(app, **options)
    return app


def answered(app: Wizard) -> dict[str, str]:
    """The choices on the disk."""
    facts = stored(app).state.facts.facts
    found = {name: visits[max(visits)].value for name, visits in facts.items()}
    return {name: value.option for name, value in found.items() if isinstance(value, Choice)}


def drawn(app: Wizard) -> list[str]:
    """The lines of the drawing."""
    return str(app.screen.query_one("#drawing", Static).content).split("\n")


def beside(app: Wizard) -> str:
    """What is said about the target in view."""
    return " ".join(str(app.screen.query_one("#chosen", Static).content).split())


async def words(pilot: Pilot[None], text: str) -> None:
    """Types a filter."""
    await press(pilot, "slash")
    await pilot.press(*("space" if ch == " " else ch for ch in text))
    await pilot.pause()


async def test_walking_to_a_bone_and_taking_it(start: Start) -> None:
    """Region first; what Enter would answer is in view before; then it is on the disk."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        assert isinstance(app.screen, BodyMapScreen)
        assert NOTHING.format("/") in shown(app)
        assert "Region: Long bone of arm or leg" in shown(app)
        await press(pilot, "right", "right")
        assert "> RIGHT hand <" in drawn(app)[1]
        await press(pilot, "enter")
        assert drawn(app)[0].strip() == "RIGHT hand, dorsal view"
        assert NOTHING.format("/") in shown(app)
        await press(pilot, "right", "right", "right", "right", "up")
        assert beside(app).startswith("RIGHT ring finger, middle phalanx Answers:")
        for said in (
            "Region: Hand or wrist",
            "Side: RIGHT",
            "Bone of the hand: Middle phalanx",
            "Digit of the hand: Ring finger",
        ):
            assert said in beside(app)
        assert answered(app) == {}
        await press(pilot, "enter")
        assert isinstance(app.screen, CaseScreen)
        assert answered(app) == RING
        assert "middle phalanx of the RIGHT ring finger" in shown(app)
        assert "Digit of the hand: ring finger. Saved." in shown(app)


async def test_nothing_is_taken_that_was_not_marked(start: Start) -> None:
    """Enter at once says so, at the regions and at the bones."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g", "enter")
        assert str(app.screen.query_one("#filter", Static).content) == NOTHING.format("/")
        await press(pilot, "down", "enter", "enter")
        assert isinstance(app.screen, BodyMapScreen)
        assert str(app.screen.query_one("#filter", Static).content) == NOTHING.format("/")
        assert answered(app) == {}


async def test_a_filter_marks_and_enter_shows_before_it_takes(start: Start) -> None:
    """Words of any region; those found are marked with a sign; the second Enter takes."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        await words(pilot, "right ring")
        assert "1 of 4 found" in beside(app)
        await press(pilot, "down")
        assert "> RIGHT ring finger, middle phalanx" in beside(app)
        await press(pilot, "enter")
        assert answered(app) == {}
        assert drawn(app)[0].strip() == "RIGHT hand, dorsal view"
        assert sum(line.count("#") for line in drawn(app)) == 4
        await press(pilot, "enter")
        assert answered(app) == RING


async def test_a_filter_inside_a_region_stays_in_it(library: Library, tmp_path: Path) -> None:
    """What is found is drawn with colons; nothing found leaves nothing marked; Esc shows all."""
    app = kept(library, tmp_path, affected_region="hand", side="left")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        assert "> LEFT hand <" not in shown(app)
        await words(pilot, "meta")
        assert "1 of 5 found" in beside(app)
        assert "LEFT thumb, metacarpal Answers:" in beside(app)
        text = "\n".join(drawn(app))
        assert text.count("#") == 12
        assert text.count(":") > 40
        await pilot.press("x")
        await pilot.pause()
        assert "Nothing found." in beside(app)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, BodyMapScreen)
        assert set(answered(app)) == {"affected_region", "side"}


async def test_a_click_marks_and_does_not_take(start: Start) -> None:
    """On a region, then on a bone; beside everything it does nothing."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        await settle(pilot)
        foot = drawn(app)[1].index("RIGHT foot") + 4
        await pilot.click("#drawing", offset=(foot, 6))
        assert "> RIGHT foot <" in drawn(app)[1]
        await press(pilot, "enter")
        await settle(pilot)
        await pilot.click("#drawing", offset=(4, 4))
        assert beside(app).startswith("RIGHT great toe, phalanx Answers:")
        await pilot.click("#drawing", offset=(36, 18))
        assert beside(app).startswith("RIGHT great toe, phalanx Answers:")
        assert answered(app) == {}
        await press(pilot, "enter")
        assert answered(app) == {
            "affected_region": "foot",
            "side": "right",
            "bone_foot": "toe",
            "toe_name": "great",
        }


async def test_what_is_taken_is_undone_one_by_one(start: Start) -> None:
    """As four answers from the list would be."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        await words(pilot, "right ring finger, middle")
        await press(pilot, "enter", "enter")
        names = list(RING)
        for left in (3, 2, 1, 0):
            await press(pilot, "z")
            assert list(answered(app)) == names[:left]


async def test_the_list_gives_equal_answers(start: Start) -> None:
    """The same facts, whether drawn or listed."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        await words(pilot, "right ring finger, middle")
        await press(pilot, "enter", "enter")
        from_the_map = stored(app).state.facts
        await press(pilot, *"zzzz")
        assert answered(app) == {}
        await press(pilot, "1", "1", "2", "4")
        assert stored(app).state.facts == from_the_map


async def test_what_another_bone_changes_is_shown_before(library: Library, tmp_path: Path) -> None:
    """What is answered now stands beside the new answer; one question for all of them together."""
    app = kept(library, tmp_path, **RING)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        assert "RIGHT ring finger, middle phalanx" in beside(app), "opens on what is answered"
        await press(pilot, "escape")
        await words(pilot, "left great phal")
        await press(pilot, "enter")
        assert "Region: Foot (now: hand or wrist)" in beside(app)
        assert "Side: LEFT (now: RIGHT)" in beside(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ChooseScreen)
        assert "No longer applies: Bone of the hand; Digit of the hand" in shown(app)
        assert answered(app) == RING
        await press(pilot, "2")
        assert answered(app) == RING
        await press(pilot, "g", "escape")
        await words(pilot, "left great phal")
        await press(pilot, "enter", "enter", "1")
        found = answered(app)
        assert (found["affected_region"], found["side"]) == ("foot", "left")
        assert (found["bone_foot"], found["toe_name"]) == ("toe", "great")
        assert "This no longer applies" in shown(app)


async def test_the_list_is_one_key_away(start: Start) -> None:
    """g from the bones, Esc twice; nothing is answered; where no part is asked, no map."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g", "down", "enter", "down", "g")
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "g", "down", "enter", "escape")
        assert isinstance(app.screen, BodyMapScreen)
        assert "> LEFT hand <" in drawn(app)[1]
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)
        assert answered(app) == {}


async def test_where_no_part_is_asked_there_is_no_map(start: Start) -> None:
    """And that is said."""
    app = start("sitting-1")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "g")
        assert isinstance(app.screen, CaseScreen)
        assert "there is no body map at this question" in shown(app)


async def test_the_question_says_that_there_is_a_map(start: Start) -> None:
    """At the items of the part, and at no other."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "g body map" not in shown(app)
        await press(pilot, "5", "3", "enter", "2")
        assert "g body map" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=str)
async def test_the_whole_drawing_fits(size: tuple[int, int], start: Start) -> None:
    """Every region, drawing and words beside it, without scrolling; and still there when narrow."""
    app = start(None)
    async with app.run_test(size=size) as pilot:
        for region in ("left thumb", "right toe"):
            await press(pilot, "g")
            await words(pilot, region)
            await press(pilot, "enter")
            await settle(pilot)
            for part in ("#sheet", "#beside"):
                scroll = app.screen.query_one(part)
                assert scroll.max_scroll_y == scroll.max_scroll_x == 0, (region, part)
            await press(pilot, "g")
        await press(pilot, "g")
        await words(pilot, "right wrist")
        await press(pilot, "enter")
        await pilot.resize_terminal(60, 16)
        await settle(pilot)
        assert "RIGHT wrist, carpal bone" in beside(app)
        sheet = app.screen.query_one("#sheet")
        marked = next(n for n, line in enumerate(drawn(app)) if "#" in line)
        assert sheet.scroll_offset.y <= marked < sheet.scroll_offset.y + sheet.size.height


@pytest.mark.parametrize("region", ["hand", "foot"])
def test_snapshot_of_the_map(region: str, start: Start, snap_compare: Callable[..., bool]) -> None:
    """A bone that is marked, at 80 by 24."""

    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "g")
        await words(pilot, "right ring finger, middle" if region == "hand" else "left talus")
        await press(pilot, "enter")
        await settle(pilot)

    assert snap_compare(start(None), terminal_size=SIZE, run_before=go)
