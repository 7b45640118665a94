"""The open questions of a case, numbered: listed in one section, referred to by all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wizard.case.open_case import OpenCase
from wizard.case.wording import option_words
from wizard.definition.item import Item
from wizard.engine.situation import Situation
from wizard.guard import Absence, Absent, Multi, Truth, Value
from wizard.text import listed


@dataclass(frozen=True)
class OpenQuestion:
    """An item without a full value: its number, what it is called, why there is none."""

    number: int
    words: str
    reason: Absence


class Questions:
    """Every item on the trails, that advice or an alert is blocked by, or that was asked, as far
    as it has no full value; numbered by reason, then in the order of the items."""

    def __init__(self, case: OpenCase) -> None:
        found = list(_open_items(case))
        found.sort(key=lambda one: list(Absence).index(one[2]))
        self.open: Mapping[str, OpenQuestion] = {
            name: OpenQuestion(number, words, reason)
            for number, (name, words, reason) in enumerate(found, start=1)
        }

    def refs(self, items: Iterable[str]) -> str:
        """Items by their numbers: Q3, Q17. Those that are not open are left out."""
        numbers = sorted(self.open[name].number for name in set(items) if name in self.open)
        return ", ".join(f"Q{number}" for number in numbers)

    def named(self, items: Iterable[str]) -> str:
        """Items by name and number, in the order of the numbers."""
        found = sorted(
            (self.open[name] for name in set(items) if name in self.open),
            key=lambda question: question.number,
        )
        return listed(f"{question.words} (Q{question.number})" for question in found)


def _open_items(case: OpenCase) -> Iterable[tuple[str, str, Absence]]:
    situation = case.situation
    for name, item in _wanted(case).items():
        value = situation.values.get(name) or _latest(case, name)
        if isinstance(value, Absent):
            if value.reason is not Absence.NOT_APPLICABLE:
                yield name, item.label, value.reason
        elif isinstance(value, Multi) and value.open:
            options = (option_words(item, o) for o in item.options if o in value.open)
            yield name, f"{item.label} ({listed(options)})", Absence.NOT_ASKED


def _latest(case: OpenCase, name: str) -> Value:
    visits = case.state.facts.facts[name]
    return visits[max(visits)].value


def _wanted(case: OpenCase) -> dict[str, Item]:
    situation = case.situation
    names = {*case.state.facts.facts, *_named_open(situation)}
    for trail in situation.trails:
        for place in trail.places:
            names.update(situation.step(place).asks)
    found: dict[str, Item] = {}
    for pathway in (*situation.pathways, *case.library.pathways.values()):
        for name, item in pathway.items.items():
            if name in names:
                found.setdefault(name, item)
    return found


def _named_open(situation: Situation) -> Iterable[str]:
    """What keeps shown advice, alerts and numbers open."""
    candidates = (advice for decision in situation.decisions for advice in decision.candidates)
    for advice in (*situation.listed, *candidates):
        yield from advice.blocked_by
    for state in situation.alerts:
        if state.truth is Truth.UNKNOWN:
            yield from state.deciding
