"""An emergency that no step reached so far asks about is settled from the list of emergencies."""

from __future__ import annotations

import pytest

from tests.line.conftest import LABEL, Plain
from tests.tui.test_case_screen import press, settle, shown
from wizard.case.open_case import OpenCase
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
    said = plain.resume(["x", number_of(plain.stored(), "sepsis"), "1", "2", "q"])
    assert "not asked" in said
    assert truth(plain.stored(), "sepsis") is Truth.FALSE
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", number_of(plain.stored(), "bleeding"), "1", "1")
        await settle(pilot)
        assert isinstance(app.screen, CardScreen)
        assert truth(plain.stored(), "bleeding") is Truth.TRUE


async def test_a_value_is_typed(plain: Plain) -> None:
    """What cannot be read is typed again; what is answered is asked no more."""
    plain.run(["q"], pathway="cord-compression")
    number = number_of(plain.stored(), "hypercalcaemia")
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", number, "1")
        assert "mmol/L" in shown(app)
        await press(pilot, *"much", "enter")
        await settle(pilot)
        assert "much" in shown(app)
        assert plain.stored().fact("calcium_total") is None
        await press(pilot, "ctrl+u", *"2.4 mmol/L", "enter")
        await settle(pilot)
        assert "2.4 mmol/L" in shown(app)
    said = plain.resume(["x", number, "1", "much", "30", "q"])
    assert "Albumin: 30 g/L. Saved." in said
    assert plain.stored().fact("albumin") is not None


async def test_a_slip_is_taken_back_from_the_card(plain: Plain) -> None:
    """The undo of what was said to the card brings it up again; from there the answer goes."""
    plain.run(["q"], pathway="cord-compression")
    number = number_of(plain.stored(), "bleeding")
    said = plain.resume(["x", number, "1", "1", "c", "z", "z", "q"])
    assert said.count("EMERGENCY") >= 2
    assert truth(plain.stored(), "bleeding") is Truth.UNKNOWN
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", number, "1", "1")
        await settle(pilot)
        await press(pilot, "c", "z")
        await settle(pilot)
        assert isinstance(app.screen, CardScreen)
        await press(pilot, "z")
        await settle(pilot)
        assert not isinstance(app.screen, CardScreen)
        assert "Undone" in shown(app)
        assert truth(plain.stored(), "bleeding") is Truth.UNKNOWN
