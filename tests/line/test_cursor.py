"""Where an answer lands and where the cursor goes from it: the same in both faces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual import events

from tests.conftest import NOW, TODAY
from tests.line.conftest import LABEL, Plain
from tests.line.test_talk import squeezed
from tests.small import HEADER, item, load
from tests.tui.test_case_screen import press, settle, shown, stored
from wizard.case.open_case import OpenCase
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.guard import Absence, Choice, Multi, Quantity
from wizard.store.store import Store
from wizard.tui import dialogs
from wizard.tui.app import Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import AskScreen, ChooseScreen

SIZE = (80, 24)
TEXT = (
    HEADER.format(id="small", start="first")
    + """steps:
  first:
    stage: presentation
    title: First things
    asks: [kind, place, signs, time, film, last]
    exits: [{if: signs has hot, to: second}, {unknown: end}, {otherwise: end}]
  second:
    stage: imaging
    title: Second things
    asks: [more]
    exits: [{otherwise: end}]
endpoints:
  end: {title: Done, text: Nothing more.}
items:
"""
    + item("kind", "one", "two", "three")
    + item("place", "here", "there", more="    applies_if: kind = one\n")
    + item("signs", "red", "hot", "sore").replace("type: choice", "type: multi")
    + "  time:\n    type: quantity\n    label: Time since it began\n    ask: {clinician: how long?}\n"
    + "    why: For tests.\n    unit: years\n    limits: {hard: [0, 90]}\n"
    + item("film", "normal", "not_normal", more="    absence: [awaited, not_known, not_done]\n")
    + item("last", "yes", "no", more="    absence: [not_known, not_done]\n")
    + item("more", "yes", "no")
)
"""Six questions: the second applies with one answer to the first, the last leads on to another."""


@pytest.fixture
def small(tmp_path: Path) -> Library:
    """The pathway of this module."""
    return load(tmp_path / "small", {"small": TEXT})


@pytest.fixture
def app(small: Library, tmp_path: Path) -> Wizard:
    """The full screen on a new case."""
    store = Store(tmp_path / "full", lambda: NOW)
    return Wizard(
        Desk(small, store, {}, TODAY, lambda: NOW), lambda a: a.start_case("small", LABEL)
    )


@pytest.fixture
def lines(plain: Plain, small: Library) -> Plain:
    """The plain lines with this pathway."""
    plain.desk = replace(plain.desk, library=small)
    return plain


def answers(case: OpenCase) -> dict[str, object]:
    """The stored value of every item."""
    return {name: visits[1].value for name, visits in case.state.facts.facts.items()}


@pytest.mark.hazard("HZ-07")
async def test_a_key_typed_while_the_questions_change_answers_none_of_them(
    app: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digit for a question that has gone does not answer the next one, and the change is said."""
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "> kind?" in shown(app)
        monkeypatch.setattr(dialogs, "ARMING_SECONDS", 60)
        await pilot.press("2", "1")
        await pilot.pause()
        assert answers(stored(app)) == {"kind": Choice("two")}
        assert "Kind: two. Saved. Not asked any more: Place. A key typed meanwhile" in shown(app)
        assert "> signs?" in shown(app)


async def test_after_a_changed_answer_the_next_open_question_is_marked(app: Wizard) -> None:
    """The next digit answers what is marked; what comes and goes is said, after the dialog too."""
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "up", "1", "1")
        assert "Asked now as well: Place." in shown(app)
        assert "> place?" in shown(app)
        await press(pilot, "1", "up", "up", "up", "up", "2")
        assert isinstance(app.screen, ChooseScreen)
        assert "No longer applies: Place" in shown(app)
        await press(pilot, "1")
        assert "This no longer applies" in shown(app)
        await press(pilot, "1")
        assert isinstance(app.screen, CaseScreen)
        assert "> signs?" in shown(app)
        await press(pilot, "1")
        assert answers(stored(app)) == {
            "kind": Choice("two"),
            "signs": Multi(frozenset({"red"}), frozenset()),
        }


async def test_the_open_question_comes_before_the_awaited_one(app: Wizard) -> None:
    """On the way through the step, by Enter, and when the case is resumed."""
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "0", "3", "enter", "a")
        await settle(pilot)
        await pilot.press(*"lab", "enter", "enter", "enter")
        await pilot.pause()
        assert "> last?" in shown(app)
        await press(pilot, "up", "enter")
        assert "1 not answered yet" in shown(app)
        assert "> last?" in shown(app)
    again = Wizard(app.desk, lambda a: a.resume_case("amber-heron"))
    async with again.run_test(size=SIZE) as pilot:
        assert "> last?" in shown(again)
        await press(pilot, "1")
        assert "WAITING POINT" in shown(again)
        assert "> film?" in shown(again)


def test_the_open_question_comes_before_the_awaited_one_in_lines(lines: Plain) -> None:
    """The same case in lines."""
    said = squeezed(lines.run(["2", "0", "3", "a", "lab", "", "", "b", "", "q"], pathway="small"))
    assert "Question 5 of 5: last?" in said
    assert "1 not answered yet; u says not known. Question 5 of 5: last?" in said
    assert said.count("Question 4 of 5: film?") == 2


async def test_an_expected_day_is_not_past(app: Wizard) -> None:
    """The example is after today; a day that is refused keeps the cursor and its text."""
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "down", "down", "a")
        assert isinstance(app.screen, AskScreen)
        assert "such as 29-Nov-2026" in shown(app)
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "This is needed." in shown(app)
        await pilot.press(*"lab", "enter", *"21-Nov-2026", "enter")
        await pilot.pause()
        assert "> By when?" in shown(app)
        assert "21-Nov-2026 is past" in shown(app)
        assert "such as 29-Nov-2026." in shown(app)
        await pilot.press("home", "delete", "delete", *"22", "enter", *"me", "enter")
        await pilot.pause()
        fact = stored(app).state.facts.facts["film"][1]
        assert fact.absence is Absence.AWAITED
        assert (fact.due, fact.chased_by) == (date(2026, 11, 22), "me")


def test_an_expected_day_is_not_past_in_lines(lines: Plain) -> None:
    """It is asked again, with an example after today."""
    typed = ["2", "0", "3", "a", "lab", "21-Nov-2026", "31-Feb-2027", "2026-11-22", "", "q"]
    said = squeezed(lines.run(typed, pathway="small"))
    assert said.count("By when? (such as 29-Nov-2026, or empty: not known)") == 3
    assert "Error: 21-Nov-2026 is past" in said
    assert "is not a day of the calendar. Write it as 29-Nov-2026." in said
    assert lines.stored().state.facts.facts["film"][1].due == date(2026, 11, 22)


@pytest.mark.hazard("HZ-02", "HZ-03")
@pytest.mark.invariant("ALWAYS-04")
async def test_a_bare_number_is_in_the_unit_of_its_item(app: Wizard, lines: Plain) -> None:
    """Said back with it, in the singular where it is one; other units are named by the message."""
    said = squeezed(
        lines.run(["2", "0", "1", "b", "24 months", "1", "b", "3 weeks", "q"], pathway="small")
    )
    assert "a number in years, or with its own unit: months" in said
    assert "Time since it began: 1 year. Saved." in said
    assert "Time since it began: 24 months (2 years). Saved." in said
    wrong = "'weeks' is not a unit of Time since it began. Write it in years (or in months)."
    assert f"Error: {wrong}" in said
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "down", "3")
        await pilot.press(*" weeks", "enter")
        await pilot.pause()
        assert wrong in shown(app)
        assert "time:" not in shown(app)
        await pilot.press("ctrl+u", "1")
        await pilot.pause()
        assert "Time since it began: 1 year" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Time since it began: 1 year. Saved." in shown(app)
        assert answers(stored(app))["time"] == Quantity(Decimal(1), "years")
        await press(pilot, "up", "2")
        await pilot.press(*"4 months", "enter")
        await pilot.pause()
        assert "Time since it began: 1 year -> 24 months (2 years) Nothing else." in shown(app)
        await press(pilot, "1")
        assert "Time since it began: 24 months (2 years). Saved." in shown(app)


@pytest.mark.hazard("HZ-08")
async def test_what_no_answer_takes_is_said(app: Wizard) -> None:
    """Words pasted or typed at a list of answers are not lost in silence."""
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.screen.post_message(events.Paste("one or two"))
        await pilot.pause()
        assert "'one or two' was not pasted: Kind takes a digit from 1 to 3" in shown(app)
        await press(pilot, "full_stop")
        assert "'.' is not taken by Kind. It takes a digit from 1 to 3." in shown(app)
        await press(pilot, "7")
        assert "there is no answer 7. Type a number from 1 to 3" in shown(app)
        assert answers(stored(app)) == {}


async def test_n_says_not_done_in_both_faces(app: Wizard, lines: Plain) -> None:
    """At a question with yes and no too; it is said back."""
    typed = ["2", "0", "3", "1", "n", "q"]
    assert "Last: not done. Saved." in squeezed(lines.run(typed, pathway="small"))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "0", "3", "enter", "1", "n")
        assert "Last: not done. Saved." in shown(app)
    assert answers(stored(app)) == answers(lines.stored())


async def test_marking_several_is_one_answer_and_changing_them_is_shown(app: Wizard) -> None:
    """No dialog while they are marked; coming back, a change that changes more is shown first."""
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "1", "1", "3")
        assert isinstance(app.screen, CaseScreen)
        assert answers(stored(app))["signs"] == Multi(frozenset({"sore"}), frozenset({"red"}))
        await press(pilot, "enter")
        assert "> how long?" in shown(app)
        await press(pilot, "3", "enter", "1", "1", "up", "up", "up", "2")
        assert isinstance(app.screen, ChooseScreen)
        assert "New on the way: Second things" in shown(app)
        await press(pilot, "1")
        assert answers(stored(app))["signs"] == Multi(
            frozenset({"hot", "sore"}), frozenset({"red"})
        )


async def test_the_name_of_the_report_is_replaced_by_typing(
    app: Wizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The suggested name is selected: the first letter takes its place."""
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p", "s")
        assert "amber-heron-2026-11-22.txt" in shown(app)
        await settle(pilot)
        await pilot.press(*"mine.md", "enter")
        await pilot.pause()
        assert "Report written:" in shown(app)
    assert "WORKING COPY" in Path("mine.md").read_text("utf-8")
