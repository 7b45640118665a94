"""From a model of the solver to a patient: facts, a case walked by the real engine, plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import z3

from wizard.case.events import Answered, Event, Started
from wizard.case.open_case import OpenCase, refusal_of
from wizard.case.wording import fact_words
from wizard.check.encoding import Encoding
from wizard.check.formulas import REASONS, Entered
from wizard.definition.item import Item
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import Fact
from wizard.engine.situation import Stop
from wizard.guard import Absence, Absent, Choice, Multi, Number, Quantity, Value

LABEL = "counter-example"
Facts = Mapping[str, Mapping[int, Fact]]


def smallest(solver: Any, encoding: Encoding) -> Any:
    """A model in which as few items as can be are answered; the solver has just said *sat*."""
    model = solver.model()
    for entered in list(encoding.entered.values()):
        if z3.is_false(model.eval(entered.has)) and str(model.eval(entered.reason)) == "0":
            solver.add(z3.Not(entered.has), entered.reason == 0)
            continue
        solver.push()
        solver.add(z3.Not(entered.has), entered.reason == 0)
        if solver.check() == z3.sat:
            model = solver.model()
            continue
        solver.pop()
    return model


def facts_of(model: Any, encoding: Encoding, on: date) -> Facts:
    """What the person of a model has been asked, by item and visit."""
    facts: dict[str, dict[int, Fact]] = {}
    for (name, visit), entered in encoding.entered.items():
        item = encoding.pathway.items[name]
        value = _value(model, item, entered)
        if not isinstance(value, Absent) or value.reason is not Absence.NOT_ASKED:
            facts.setdefault(name, {})[visit] = _fact(value, on)
    return facts


def _fact(value: Value, on: date) -> Fact:
    if isinstance(value, Absent) and value.reason is Absence.AWAITED:
        return Fact(value, on, awaited_from="somebody")
    return Fact(value, on)


def _value(model: Any, item: Item, entered: Entered) -> Value:
    def holds(formula: Any) -> bool:
        return bool(z3.is_true(model.eval(formula, model_completion=True)))

    if not holds(entered.has):
        return Absent(REASONS[model.eval(entered.reason, model_completion=True).as_long()])
    if item.type == "multi":
        options = list(item.options)
        return Multi(
            frozenset(o for o, p in zip(options, entered.present, strict=True) if holds(p)),
            frozenset(o for o, a in zip(options, entered.absent, strict=True) if holds(a)),
        )
    found = model.eval(entered.value, model_completion=True)
    if item.type == "choice":
        return Choice(list(item.options)[found.as_long()])
    if z3.is_algebraic_value(found):
        found = found.approx(20)
    exact = Decimal(found.numerator_as_long()) / Decimal(found.denominator_as_long())
    number = round(exact, 6).normalize() + 0
    return Quantity(number, item.unit) if item.unit else Number(number)


def walked(library: Library, pathway: Pathway, facts: Facts, as_of: date) -> OpenCase:
    """The case of these facts, walked by the engine.

    Decisions on the way are committed, and what a detour into another pathway asks is answered
    with *not known*, or with the first option where that is not allowed.
    """
    header = pathway.header
    events: list[Event] = [Started(LABEL, header.id, header.version, pathway.hash, as_of)]
    for name, visits in facts.items():
        events += [Answered(name, fact, visit) for visit, fact in sorted(visits.items())]
    case = OpenCase(library, events)
    own = {name for step in pathway.steps.values() for name in step.asks}
    while True:
        stop = case.situation.main.stop
        if stop.kind in ("asks", "waits") and stop.place.pathway != pathway.id:
            case = OpenCase(library, [*case.events, *_detour_answers(case, stop, own, as_of)])
        elif not _commits(case):
            return case


def _detour_answers(case: OpenCase, stop: Stop, own: set[str], on: date) -> list[Event]:
    """What the step of a detour asks or waits for, at its visit, and what else it will ask."""
    other = case.library[stop.place.pathway]
    loop = other.steps[stop.place.step].loop
    again = loop.ask_again if loop is not None else ()
    visits = {name: stop.place.visit if name in again else 1 for name in stop.items}
    kept = {*case.state.facts.facts, *own, *visits}
    rest = (name for step in other.steps.values() for name in step.asks if name not in kept)
    visits |= dict.fromkeys(rest, 1)
    return [
        Answered(name, Fact(_some_answer(other.items[name]), on), visit)
        for name, visit in visits.items()
    ]


def _some_answer(item: Item) -> Value:
    if "not_known" in item.absence or not item.options:
        return Absent(Absence.NOT_KNOWN)
    return Choice(next(iter(item.options)))


def _commits(case: OpenCase) -> bool:
    """Takes a decision at which the main trail stands; false where there is none to take."""
    stop = case.situation.main.stop
    decision = case.situation.decision(stop.place) if stop.kind == "decides" else None
    if decision is None:
        return False
    choices: list[list[str]] = [[], *([c.id] for c in decision.candidates)]
    chosen = next((c for c in choices if refusal_of(decision, tuple(c)) is None), None)
    if chosen is None:
        return False
    case.commit(stop.place, chosen, next(iter(case.pathway.common.reasons)))
    return True


def words_of(case: OpenCase) -> tuple[str, ...]:
    """The patient in plain English: what is known or has been said; all else is not asked."""
    items = {name: item for p in case.library.pathways.values() for name, item in p.items.items()}
    return tuple(
        f"{items[name].label}{f', visit {visit}' if visit > 1 else ''}: "
        f"{fact_words(items[name], fact)}"
        for name, visits in case.state.facts.facts.items()
        for visit, fact in visits.items()
    ) or ("nothing has been asked",)
