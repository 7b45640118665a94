"""Every guard of the shipped pathways as a condition of a statechart, evaluated by Python itself."""

from __future__ import annotations

import pytest

from tests.conformance.cases import Cases
from tests.conformance.statechart import as_read
from tests.conftest import TODAY
from wizard.definition.library import Pathway
from wizard.definition.loading import load_library
from wizard.engine.reading import Reading
from wizard.guard import Expr, Truth, names_in
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
    assert len(exported) > 4 * len(computed)
    assert all(reads_computed(own, guard) for guard in computed)
