"""A line half typed, a value asked about, a choice taken back: none of them lands elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import TODAY
from tests.tui.conftest import Start
from tests.tui.test_case_screen import SIZE, press, shown, stored
from wizard.case.cursor import Cursor
from wizard.case.open_case import OpenCase, begin
from wizard.case.pages import emergency_words
from wizard.case.review import Row
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import BadInput, StorageError
from wizard.guard import Absence, Absent, Choice, Quantity
from wizard.report.summary import summarise
from wizard.tui.app import Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import AskScreen
from wizard.tui.reading import PageScreen


@pytest.mark.hazard("HZ-02")
async def test_a_half_typed_value_does_not_follow_to_another_item(start: Start) -> None:
    """Somebody who goes to another question from the search types anew there."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "f3")
        place = stored(app).situation.current.stop.place
        app.screen.dismiss(Row(place, "sex", "Sex", "Sex"))
        await pilot.pause()
        assert "> Sex?" in shown(app)
        await press(pilot, "2")
        facts = stored(app).state.facts.facts
        assert "age" not in facts
        assert facts["sex"][1].value == Choice("male")


@pytest.mark.hazard("HZ-02")
async def test_what_was_asked_about_is_asked_again_in_another_line(start: Start) -> None:
    """Esc takes the question back with the value, and its words go too."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1", "6", "enter")
        assert "Unusual: 16 years" in shown(app)
        await press(pilot, "escape")
        assert "Unusual" not in shown(app)
        await press(pilot, "1", "6", "enter")
        assert "Unusual: 16 years" in shown(app)
        assert "age" not in stored(app).state.facts.facts


async def test_what_cannot_be_taken_is_not_offered(start: Start) -> None:
    """A number outside the hard limits is refused at once, and its line stays."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "6", "1", "0", "enter")
        assert "Unusual" not in shown(app)
        assert "Age must lie between 0 and 120 years" in shown(app)
        await press(pilot, "backspace")
        assert "must lie" not in shown(app)
        await press(pilot, "enter")
        assert stored(app).state.facts.facts["age"][1].value == Quantity(Decimal(61), "years")


def test_an_awaited_result_needs_its_sender(library: Library) -> None:
    """However it was entered."""
    case = begin(library, "acrometastasis", "a-case", TODAY, lambda _: None)
    with pytest.raises(BadInput, match="needs its sender"):
        case.answer("egfr", Fact(Absent(Absence.AWAITED), TODAY))


async def test_the_word_awaited_asks_from_whom(start: Start) -> None:
    """As the key does."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        case = stored(app)
        place = next(
            p for p in case.situation.places if "egfr" in [name for name, _ in case.asked(p)]
        )
        screen.show_place(place)
        screen._cursor.turn_to(place, "egfr")
        screen._start_typing("")
        await press(pilot, *"awaited", "enter")
        assert isinstance(app.screen, AskScreen)
        await press(pilot, "escape")
        assert stored(app).state.facts.facts["egfr"] == case.state.facts.facts["egfr"]


def at_the_choice(case: OpenCase) -> Cursor:
    """The cursor on a decision with the second candidate committed."""
    cursor = Cursor(case)
    state = cursor.decision
    assert state is not None
    reason = next(iter(case.pathway.common.reasons))
    name = next(a.id for a in state.candidates if not case.refusal(state.place, (a.id,)))
    case.commit(state.place, [name], reason)
    cursor.turn_to(state.place)
    return cursor


def number_of(cursor: Cursor) -> int:
    """The number of the committed candidate."""
    state = cursor.decision
    assert state is not None
    assert state.commitment is not None
    return [a.id for a in state.candidates].index(state.commitment.candidates[0]) + 1


async def test_a_committed_candidate_can_be_taken_back(start: Start) -> None:
    """Then nothing is chosen, and Enter says so; the decision stands until another is taken."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE):
        cursor = at_the_choice(app.desk.resume("amber-heron"))
        number = number_of(cursor)
        cursor.mark(number)
        assert cursor.marked is None
        with pytest.raises(BadInput, match="nothing is chosen"):
            cursor.to_commit()
        cursor.mark(number)
        assert cursor.to_commit() is None


async def test_a_refused_change_of_a_decision_is_said(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the screen stays, the choice stays marked."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE):
        cursor = at_the_choice(app.desk.resume("amber-heron"))
        kept, place = number_of(cursor), cursor.place
    again = Wizard(
        app.desk,
        lambda a: a.resume_case("amber-heron"),
    )

    def full(*_: object, **__: object) -> None:
        raise StorageError("the disk is full", mend="Free space.")

    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = again.screen
        assert isinstance(screen, CaseScreen)
        screen.show_place(place)
        cursor = screen._cursor
        state = cursor.decision
        assert state is not None
        able = [
            n for n, a in enumerate(state.candidates, 1) if not cursor.case.refusal(place, [a.id])
        ]
        other = next(n for n in able if n != kept)
        monkeypatch.setattr(OpenCase, "commit", full)
        await press(pilot, str(other), "enter")
        if again.screen is not screen:
            await press(pilot, "1")
        assert "the disk is full" in shown(again)
        assert cursor.place == place
        assert cursor.at == other - 1


async def test_the_keys_are_shown_at_home(start: Start) -> None:
    """As everywhere."""
    app = start(None)
    again = Wizard(app.desk)
    async with again.run_test(size=SIZE) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(again.screen, PageScreen)
        assert "not known" in shown(again)


@pytest.mark.hazard("HZ-17", "HZ-33")
def test_no_sign_of_infection_excludes_nothing(library: Library) -> None:
    """DX-PRE-28: the signs are incomplete in many; a threatened limb, by contrast, is excluded."""
    case = begin(library, "acrometastasis", "a-case", TODAY, lambda _: None)
    for name in ("deep_infection_signs", "limb_threat_signs"):
        case.answer(name, Fact(Choice("no"), TODAY))
    words = {s.id: emergency_words(s) for s in case.situation.alerts}
    assert "no sign reported" in words["deep_infection"]
    assert "their absence does not exclude it" in words["deep_infection"]
    assert words["limb_threat"].endswith(": excluded")
    section = next(s for s in summarise(case, {}, "0").sections if s.title == "EMERGENCIES")
    excluded = next(line.text for line in section.lines if line.lead == "Excluded")
    assert excluded == "limb threat"
    assert any("their absence does not exclude it" in line.text for line in section.lines)


def test_a_hand_has_no_midline(library: Library) -> None:
    """The report says that side and region do not fit."""
    case = begin(library, "acrometastasis", "a-case", TODAY, lambda _: None)
    for name, option in (("affected_region", "hand"), ("side", "midline")):
        case.answer(name, Fact(Choice(option), TODAY))
    lines = [line.text for s in summarise(case, {}, "0").sections for line in s.lines]
    assert any("a hand and a foot are RIGHT or LEFT" in line for line in lines)
