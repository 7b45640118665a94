"""Sets of facts at random, unknowns of every kind among them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from wizard.definition.item import Item
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import CaseFacts, Commitment, Fact, Place
from wizard.guard import Absence, Absent, Choice, Day, Multi, Number, Quantity, Text, Value
from wizard.guard.nodes import Compare, Expr, Literal, Name

REASONS = (
    *(Absence.NOT_KNOWN, Absence.NOT_DONE, Absence.DECLINED, Absence.NOT_APPLICABLE) * 4,
    Absence.AWAITED,
    Absence.NOT_ASKED,
)
"""Reasons that stop a trail are the rarer ones, so that most trails go far."""
MOST_VISITS = 8


class Cases:
    """Makes cases of one pathway; the same seed makes the same cases."""

    def __init__(self, library: Library, pathway_id: str, seed: int) -> None:
        self._chance = Random(f"{pathway_id} {seed}")
        others = (library[pathway_id], *library.pathways.values())
        self._items = {n: i for p in reversed(others) for n, i in p.items.items()}
        self._visits = {
            name: step.loop.visits
            for step in library[pathway_id].steps.values()
            if step.loop is not None
            for name in step.loop.ask_again
        }
        self._thresholds: dict[str, list[Decimal]] = {}
        for pathway in library.pathways.values():
            for name, number in _thresholds(pathway):
                self._thresholds.setdefault(name, []).append(number)
        self._decisions = [(p.id, step) for p in library.pathways.values() for step in p.decisions]

    def another(self, today: date) -> CaseFacts:
        """Facts and commitments of one case.

        How much is left unasked, unknown and undecided differs from case to case, so that trails
        end early and late. Numbers lie at thresholds as often as elsewhere.
        """
        chance = self._chance
        unasked = chance.choice([0, 0, 0, 0.005, 0.02, 0.2])
        unknown = chance.choice([0, 0.05, 0.2, 0.5])
        undecided = chance.choice([0, 0, 0.1, 0.5])
        facts = {
            name: {
                visit: Fact(self._value(name, item, unknown), today)
                for visit in range(1, self._visits.get(name, 1) + 1)
                if chance.random() >= unasked
            }
            for name, item in self._items.items()
        }
        commitments = {
            Place(pathway, step, visit): Commitment((), today)
            for pathway, step in self._decisions
            for visit in range(1, MOST_VISITS + 1)
            if chance.random() >= undecided
        }
        return CaseFacts({name: v for name, v in facts.items() if v}, commitments=commitments)

    def _value(self, name: str, item: Item, unknown: float) -> Value:
        chance, options = self._chance, list(item.options)
        if chance.random() < unknown:
            return Absent(chance.choice(REASONS))
        if item.type == "choice":
            return Choice(chance.choice(options))
        if item.type == "multi":
            side = {option: chance.choice((True, False, None)) for option in options}
            return Multi(
                frozenset(o for o, at in side.items() if at is True),
                frozenset(o for o, at in side.items() if at is False),
            )
        if item.type == "date":
            return Day(date(2026, 11, chance.randint(1, 22)))
        if item.type == "text":
            return Text("words")
        low, high = item.limits.hard if item.limits else (Decimal(0), Decimal(100))
        number = Decimal(chance.randint(int(low * 10), int(high * 10))) / 10
        near = self._thresholds.get(name)
        if near and chance.random() < 0.5:
            tenths = Decimal(chance.choice((-1, 0, 1))) / 10
            number = min(max(chance.choice(near) + tenths, low), high)
        return Quantity(number, item.unit) if item.unit else Number(number)


def _thresholds(pathway: Pathway) -> list[tuple[str, Decimal]]:
    """The numbers with which guards of exits and findings compare an item."""
    guards = [e.if_ for s in pathway.steps.values() for e in s.exits if e.if_ is not None]
    guards += [finding.if_ for finding in pathway.findings.values()]
    return [found for guard in guards for found in _compared(pathway.guard(guard))]


def _compared(expr: Expr) -> list[tuple[str, Decimal]]:
    match expr:
        case Compare(_, Name(name), Literal(value, _)):
            return [(name, value)]
    parts = getattr(expr, "of", ())
    return [
        found
        for part in (parts if isinstance(parts, tuple) else (parts,))
        for found in _compared(part)
    ]
