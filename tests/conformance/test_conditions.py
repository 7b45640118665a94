"""Every guard of the shipped pathways as a condition of a statechart, evaluated by Python itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conformance.cases import Cases
from tests.conformance.statechart import as_read
from tests.conftest import TODAY
from tests.small import HEADER, load
from wizard.definition.library import Pathway
from wizard.definition.loading import load_library
from wizard.engine.facts import CaseFacts, Fact
from wizard.engine.reading import Reading
from wizard.guard import Expr, Number, Truth, names_in
from wizard.guard.scxml import NotExportable, condition
from wizard.report.scxml import Meanings

LIBRARY = load_library()


def truth_by_python(expr: Expr, names: Meanings, data: dict[str, object]) -> Truth:
    """What the two conditions of a guard say; they must never both hold."""
    found = condition(expr, names)
    true, false = eval(found.true, {}, data), eval(found.false, {}, data)
    assert not (true and false)
    return Truth.TRUE if true else Truth.FALSE if false else Truth.UNKNOWN


def reads_computed(pathway: Pathway, guard: str) -> bool:
    """Whether a score or derived value stands behind a guard."""
    seen: set[str] = set()
    names = set(names_in(pathway.guard(guard)))
    while names:
        name = names.pop()
        seen.add(name)
        item, finding = pathway.items.get(name), pathway.findings.get(name)
        behind = finding.if_ if finding is not None else item.applies_if if item else None
        names |= (names_in(pathway.guard(behind)) if behind else set()) - seen
    return bool(seen & {*pathway.derived, *pathway.scores})


@pytest.mark.parametrize("pathway", sorted(LIBRARY.pathways))
def test_every_guard_means_the_same(pathway: str) -> None:
    """Alerts, findings, advice, exits and `applies_if`, over 25 cases each."""
    own, names, made = LIBRARY[pathway], Meanings(LIBRARY[pathway]), Cases(LIBRARY, pathway, 0)
    guards = [own.header.population_if, *(a.if_ for a in own.alerts.values())]
    guards += [f.if_ for f in own.findings.values()]
    guards += [e.if_ for s in own.steps.values() for e in s.exits if e.if_ is not None]
    guards += [i.applies_if for i in own.items.values() if i.applies_if is not None]
    advice = [*own.recommendations.values(), *(c for _, c in own.candidates.values())]
    guards += [a.if_ for a in advice] + [c.if_ for a in advice for c in a.contraindicated_if]
    exported, computed = [], []
    for guard in dict.fromkeys(guards):
        try:
            condition(own.guard(guard), names)
        except NotExportable:
            computed.append(guard)
        else:
            exported.append(guard)
    for _ in range(25):
        case = made.another(TODAY)
        reading = Reading(own, case, TODAY)
        data: dict[str, object] = {}
        for name, item in own.items.items():
            visits = case.facts.get(name, {})
            value, reason = as_read(item, reading.fact(name) if visits else None, TODAY)
            data |= {f"item_{name}": value, f"reason_{name}": reason}
        for guard in exported:
            assert truth_by_python(own.guard(guard), names, data) is reading.truth(guard), guard
    assert len(exported) > 2 * len(computed)
    assert all(reads_computed(own, guard) for guard in computed)


ROUNDED = """items:
  a: {type: number, label: A, ask: {clinician: A?}, why: For tests., limits: {hard: [-9, 9]}}
derived:
  d: {label: D, formula: 3 - 0.5 * (1 - a), decimals: 1, rounding: ROUNDING, claims: [DX-TST-01]}
steps:
  first: {title: First, stage: presentation, asks: [a], exits: [{if: d >= 0.3, to: done}, {otherwise: done}, {unknown: done}]}
endpoints:
  done: {title: Done, text: Done.}
"""


@pytest.mark.parametrize("rounding", ["nearest", "down"])
def test_a_derived_value_is_rounded_alike(rounding: str, tmp_path: Path) -> None:
    """At ties and on both sides of them, above and below zero, and without a value."""
    text = HEADER.format(id="one", start="first") + ROUNDED.replace("ROUNDING", rounding)
    own = load(tmp_path, {"one": text})["one"]
    names = Meanings(own)
    met = set()
    for tenths in range(-15, 70):
        guard = f"d >= {Decimal(tenths) / 10}"
        for hundredths in (-11, -10, -9, -1, 0, 1, 9, 10, 11):
            a = Decimal(2 * tenths) / 10 - 5 + Decimal(hundredths) / 100
            reading = Reading(own, CaseFacts({"a": {1: Fact(Number(a), TODAY)}}), TODAY)
            read: dict[str, object] = {"item_a": Fraction(a), "reason_a": None}
            met.add(truth := reading.truth(guard))
            assert truth_by_python(own.guard(guard), names, read) is truth, (guard, a)
    assert met == {Truth.TRUE, Truth.FALSE}
    read = {"item_a": None, "reason_a": None}
    assert truth_by_python(own.guard("d >= 0.3"), names, read) is Truth.UNKNOWN
