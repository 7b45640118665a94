"""An emergency that no step reached so far asks about is settled from the list of emergencies."""

from __future__ import annotations

import pytest

from tests.line.conftest import LABEL, Plain
from tests.tui.test_case_screen import press, settle, shown
from wizard.case.open_case import OpenCase
from wizard.case.pages import BESIDE
from wizard.guard import Truth
from wizard.tui.app import Wizard
from wizard.tui.reading import CardScreen

pytestmark = pytest.mark.hazard("HZ-34")


def number_of(case: OpenCase, alert: str) -> str:
    """The number of an emergency in the list while none is present."""
    return str([s.id for s in case.situation.alerts].index(alert) + 1)


def truth(case: OpenCase, alert: str) -> Truth:
    """Whether an emergency is present."""
    return next(s.truth for s in case.situation.alerts if s.id == alert)


async def test_settled_in_both_faces(plain: Plain) -> None:
    """In `cord-compression`, which asks for its own signs alone."""
    plain.run(["q"], pathway="cord-compression")
    assert truth(plain.stored(), "sepsis") is Truth.UNKNOWN
    said = plain.resume(["x", number_of(plain.stored(), "sepsis"), "w", "2", "q"])
    assert BESIDE in said
    assert truth(plain.stored(), "sepsis") is Truth.FALSE
    assert said.count("Question 1 of 1: ") == 2
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", number_of(plain.stored(), "bleeding"))
        assert BESIDE.upper() in shown(app)
        await press(pilot, "1")
        await settle(pilot)
        assert isinstance(app.screen, CardScreen)
        assert truth(plain.stored(), "bleeding") is Truth.TRUE


async def test_asked_like_any_question(plain: Plain) -> None:
    """What cannot be read is typed again, results are awaited, a change is confirmed; then on."""
    plain.run(["q"], pathway="cord-compression")
    number = number_of(plain.stored(), "hypercalcaemia")
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", number)
        assert "Albumin: -" in shown(app)
        await press(pilot, *"2.4", "enter")
        await settle(pilot)
        assert "2.4 mmol/L" in shown(app)
        assert "> Albumin" in shown(app)
    said = plain.resume(["x", number, "much", "a", "the lab", "", "", "u", "", "q"])
    assert "Error: " in said
    held = plain.stored().fact("albumin")
    assert held is not None
    assert held.awaited_from == "the lab"
    assert said.count(BESIDE) == 1
    asked = number_of(plain.stored(), "sepsis")
    said = plain.resume(["x", asked, "2", "x", asked, "1", "2", "q"])
    assert "no -> yes" in said
    assert truth(plain.stored(), "sepsis") is Truth.FALSE


async def test_a_slip_is_taken_back_from_the_card(plain: Plain) -> None:
    """The undo of what was said to the card brings it up again; from there the answer goes."""
    plain.run(["q"], pathway="cord-compression")
    number = number_of(plain.stored(), "bleeding")
    said = plain.resume(["x", number, "1", "c", "z", "z", "q"])
    assert said.count("EMERGENCY") >= 2
    assert truth(plain.stored(), "bleeding") is Truth.UNKNOWN
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", number, "1")
        await settle(pilot)
        await press(pilot, "c", "z")
        await settle(pilot)
        assert isinstance(app.screen, CardScreen)
        await press(pilot, "z")
        await settle(pilot)
        assert not isinstance(app.screen, CardScreen)
        assert "Undone" in shown(app)
        assert truth(plain.stored(), "bleeding") is Truth.UNKNOWN
