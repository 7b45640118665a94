"""The rest of a step answered at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import TODAY
from wizard.case.cursor import Cursor
from wizard.case.open_case import begin
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Choice, Quantity


def test_the_rest_of_a_step(library: Library) -> None:
    """What an emergency hangs on stays open; each is undone by itself."""
    case = begin(library, "acrometastasis", "a-case", TODAY, lambda _: None)
    cursor = Cursor(case)
    cursor.take({"age": Fact(Quantity(Decimal(64), "years"), TODAY)})
    cursor.take({"affected_region": Fact(Choice("hand"), TODAY)})
    assert cursor.rest().startswith("Not known, ")
    assert case.situation.current.stop.place.step == "red_flags"
    with pytest.raises(BadInput, match="nothing here can be left"):
        cursor.rest()
    for name, _ in case.asked(cursor.place):
        cursor.take({name: Fact(Absent(Absence.NOT_KNOWN), TODAY)})
    cursor.turn_to_current()
    assert cursor.place.step == "history"
    asked = case.situation.current.stop.items
    said = cursor.rest()
    assert said.startswith(f"Not known, {len(asked)}: ")
    assert {case.state.facts.facts[n][1].absence for n in asked} == {Absence.NOT_KNOWN}
    assert cursor.place.step == "background"
    cursor.undo()
    assert len([n for n in asked if n in case.state.facts.facts]) == len(asked) - 1


def test_a_step_that_is_gone_is_left(library: Library) -> None:
    """The pathway of an emergency ends with the answer that raised it: changed, or set aside."""
    case = begin(library, "acrometastasis", "a-case", TODAY, lambda _: None)
    cursor = Cursor(case)
    for gone in ("changed", "set aside"):
        case.answer("neuro_signs", Fact(Choice("yes"), TODAY))
        cursor.turn_to_current()
        assert cursor.place.pathway == "cord-compression"
        if gone == "changed":
            cursor.take({"neuro_signs": Fact(Choice("no"), TODAY)})
        else:
            case.set_aside("neuro_signs", confirmed=True)
            assert cursor.follow()
        assert cursor.place == case.situation.current.stop.place
        assert cursor.item is not None
