"""Runs an exported statechart in python-statemachine, which shares no code with our engine."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from statemachine import State
from statemachine.io import load

from wizard.definition.item import Item
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import CaseFacts, Fact, Place
from wizard.engine.situation import Trail
from wizard.guard import Absence, Choice, Multi, Number, Quantity
from wizard.report.scxml import scxml

MOST_VISITS, MOST_LOOPED = 50, 12


class Chart:
    """One pathway's chart, compiled once and run for many cases."""

    def __init__(self, library: Library, pathway_id: str) -> None:
        text = scxml(library, pathway_id)
        self._items = {n: i for p in library.pathways.values() for n, i in p.items.items()}
        self._steps = {f"{p.id}.{s}": (p.id, s) for p in library.pathways.values() for s in p.steps}
        machine = load(text, format="scxml")
        # An error in an expression would else be an event that nobody reads.
        machine.catch_errors_as_events = False
        self._entered = _Entered()
        self._machine = machine(listeners=[self._entered])
        given = Xml.fromstring(text).find(".//{*}transition[@event='facts']")
        assert given is not None
        asked = [a for a in given if a.get("expr", "").startswith("_event.data.")]
        self._given = [a.get("location", "") for a in asked]

    def run(self, case: CaseFacts, as_of: date) -> tuple[tuple[Place, ...], str]:
        """The trail of a case and the name of the state in which it rests."""
        entered = self._entered
        entered.names.clear()
        self._machine.send("facts", **self._data(case, as_of))
        places, met = [], Counter[str]()
        for name in entered.names:
            if name in self._steps:
                met[name] += 1
                places.append(Place(*self._steps[name], met[name]))
        return tuple(places), entered.names[-1]

    def _data(self, case: CaseFacts, as_of: date) -> dict[str, Any]:
        data: dict[str, Any] = {}
        committed = {(f"committed_{_word(p.pathway)}_{p.step}", p.visit) for p in case.commitments}
        for location in self._given:
            looped = location.startswith("visits_")
            kind, _, name = location.removeprefix("visits_").partition("_")
            if kind == "committed":
                data[location] = [(location, v) in committed for v in range(1, MOST_VISITS + 1)]
                continue
            visits = case.facts.get(name, {})
            part = 0 if kind == "item" else 1
            if looped:
                each = [visits.get(v) for v in range(1, MOST_LOOPED + 1)]
                read: Any = [as_read(self._items[name], fact, as_of)[part] for fact in each]
            else:
                read = as_read(self._items[name], _latest(visits), as_of)[part]
            data[f"{kind}_{name}"] = read
        return data


def as_read(item: Item, fact: Fact | None, as_of: date) -> tuple[Any, str | None]:
    """A fact as charts read it: value and reason."""
    if fact is None:
        return None, None
    if fact.absence is not None:
        return None, fact.absence.value
    life = item.shelf_life_days
    if life is not None and (as_of - fact.on).days > life:
        return None, Absence.OUT_OF_DATE.value
    match fact.value:
        case Choice(option):
            return option, None
        case Multi(present, absent):
            settled = {**dict.fromkeys(present, True), **dict.fromkeys(absent, False)}
            return {option: settled.get(option) for option in item.options}, None
        case Number(number):
            return Fraction(number), None
        case Quantity(number, unit):
            return Fraction(number) * item.accepts.get(unit, Fraction(1)), None
    return "given", None


class _Entered:
    """Hears of every state that is entered."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def on_enter_state(self, state: State) -> None:
        self.names.append(state.id)


def _word(pathway_id: str) -> str:
    return pathway_id.replace("-", "_")


def _latest(visits: Mapping[int, Fact]) -> Fact | None:
    """Of an item that the chart's own pathway does not ask again."""
    with_value = [v for v, fact in visits.items() if fact.absence is None]
    return visits[max(with_value or visits)] if visits else None


def resting(pathway: Pathway, trail: Trail) -> str:
    """The name of the chart's state in which a trail of ours rests."""
    stop = trail.stop
    if stop.kind == "ends":
        return f"{pathway.id}.{stop.endpoint}"
    ending = {"asks": "", "waits": ".waits", "decides": ".decides"}[stop.kind]
    return f"{stop.place.pathway}.{stop.place.step}{ending}"
