"""An emergency that no step reached so far asks about is settled from the list of emergencies."""

from __future__ import annotations

import pytest

from tests.line.conftest import LABEL, Plain
from tests.tui.test_case_screen import press, settle, shown
from wizard.case.open_case import OpenCase
from wizard.guard import Truth
from wizard.tui.app import Wizard
from wizard.tui.reading import CardScreen

pytestmark = pytest.mark.hazard("HZ-15")


def number_of(case: OpenCase, alert: str) -> str:
    """The number of an emergency in the list while none is present."""
    return str([s.id for s in case.situation.alerts].index(alert) + 1)


def truth(case: OpenCase, alert: str) -> Truth:
    """Whether an emergency is present."""
    return next(s.truth for s in case.situation.alerts if s.id == alert)


async def test_settled_in_both_faces(plain: Plain) -> None:
    """In `cord-compression`, which asks for its own signs alone."""
    plain.run(["q"], pathway="cord-compression")
    number = number_of(plain.stored(), "sepsis")
    assert truth(plain.stored(), "sepsis") is Truth.UNKNOWN
    said = plain.resume(["x", number, "1", "much", "30", "q"])
    assert "Albumin: 30 g/L. Saved." in said
    assert plain.stored().fact("albumin") is not None
