"""How the items of a step are asked, and what an answer needs before it is kept."""

from __future__ import annotations

from dataclasses import replace

from wizard.case.actions import ACTIONS, REASONS_OF_ABSENCE, Action
from wizard.case.open_case import OpenCase
from wizard.definition.item import Item
from wizard.engine.facts import Fact, Place
from wizard.errors import BadInput
from wizard.guard import Absence, Multi


def question(item: Item, reader: str) -> str:
    """The question in the wording of the reader."""
    return item.ask.trainee if reader == "trainee" and item.ask.trainee else item.ask.clinician


def absences(item: Item) -> list[tuple[Action, Absence]]:
    """The absence reasons that an item allows, each with the action that gives it."""
    actions = {action.id: action for action in ACTIONS}
    return [(actions[n], r) for n, r in REASONS_OF_ABSENCE.items() if r.value in item.absence]


def check_awaited(item: Item) -> None:
    """Raises BadInput where the answer of an item cannot be awaited."""
    if Absence.AWAITED.value not in item.absence:
        raise BadInput(
            f"{item.label} cannot be awaited", mend="Answer it, or say that it is not known."
        )


def held_multi(case: OpenCase, name: str, place: Place) -> Multi:
    """What is settled of a multi-choice item so far."""
    fact = case.fact(name, place)
    return fact.value if fact is not None and isinstance(fact.value, Multi) else Multi()


def same_as_before(case: OpenCase, name: str, place: Place) -> Fact:
    """The answer of the visit before, given today. Raises BadInput where there is none."""
    if place.visit < 2:
        raise BadInput("there is no visit before this one", mend="Answer the question.")
    before = case.fact(name, place._replace(visit=place.visit - 1))
    if before is None:
        raise BadInput("it was not answered at the visit before", mend="Answer the question.")
    return replace(before, on=case.state.as_of)
