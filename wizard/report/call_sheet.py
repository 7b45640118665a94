"""What is said on the telephone: situation, background, assessment, request (SBAR)."""

from __future__ import annotations

from wizard.case.wording import fact_words, who_words
from wizard.definition.item import Item
from wizard.engine.facts import Fact, Status
from wizard.guard import Truth
from wizard.report.course import trail_words
from wizard.report.emergencies import alert_words
from wizard.report.material import Material
from wizard.report.model import CallSheet
from wizard.report.tasks import Tasks
from wizard.text import format_date, listed

FINDINGS, TASKS = 3, 4
"""What is said on the telephone where there is no emergency; the report has them all."""


def call_sheet(material: Material, tasks: Tasks) -> CallSheet:
    """With an emergency it is about that alone, and nothing is said twice."""
    situation = material.situation
    present = [s for s in situation.alerts if s.truth is Truth.TRUE]
    missing = [s.short for s in situation.alerts if s.truth is Truth.UNKNOWN]
    trail = situation.current
    at = situation.end_words(trail) if trail.finished else trail_words(material, trail)
    emergencies = [f"EMERGENCY {alert_words(material, state)}" for state in present]
    true = () if present else situation.findings
    findings = [f.finding.text for f in true if f.truth is Truth.TRUE]
    excluded = [f"Not yet excluded: {listed(missing)}."] if missing else []
    return CallSheet(
        situation=tuple(emergencies or [at]),
        background=_background(material),
        assessment=(*excluded, *_overdue(material), *findings[-FINDINGS:]),
        request=_call(material, tasks) if present else _tasks(tasks),
    )


def _overdue(material: Material) -> tuple[str, ...]:
    """The results that should be back."""
    late = [
        f"{item.label}, due {format_date(fact.due)}, from {fact.awaited_from or 'sender not said'}"
        for _, item, fact in material.facts()
        if fact.due is not None and material.overdue(fact)
    ]
    return (f"Overdue: {listed(late)}.",) if late else ()


def _call(material: Material, tasks: Tasks) -> tuple[str, ...]:
    """Whom to call for each emergency present, and what to do now; where none of them has anything
    left to do at once, the tasks."""
    asks = []
    present = [s for s in material.situation.alerts if s.truth is Truth.TRUE]
    for state in present:
        who = who_words(f"site:{state.alert.contact}", material.case.pathway, material.contacts)
        asks += [f"Call {who}", *(f"{a.do}, {a.by}" for a in state.now)]
    return tuple(asks) if any(s.now for s in present) else (*asks, *_tasks(tasks))


def _tasks(tasks: Tasks) -> tuple[str, ...]:
    advised = [a.recommendation for a in tasks.all if a.status is Status.RECOMMENDED]
    asks = [f"{task.title}, {task.by}" for task in advised[:TASKS]]
    if len(advised) > TASKS:
        asks[-1] += f" - and {len(advised) - TASKS} more in the report"
    return tuple(asks) or ("none yet",)


def _background(material: Material) -> tuple[str, ...]:
    """What was entered: what the emergencies or the current step are about before the rest, in each
    first what was measured, then what the findings rest on; what is said elsewhere is left out."""
    situation = material.situation
    echoed = {n for p in situation.pathways for n, item in p.items.items() if item.echo}
    present = [s for s in situation.alerts if s.truth is Truth.TRUE]
    said = echoed.union(*(state.facts for state in present))
    about = _about(material)
    true = [f for f in situation.findings if f.truth is Truth.TRUE]
    found = {name for finding in true for name in finding.deciding}

    def rank(entry: tuple[str, Item, list[Fact]]) -> tuple[bool, bool, bool]:
        name, item, _ = entry
        return name not in about, item.unit is None, name not in found

    ordered = sorted(material.answers(), key=rank)
    return tuple(f"{i.label}: {fact_words(i, f[-1])}" for n, i, f in ordered if n not in said)


def _about(material: Material) -> frozenset[str]:
    """What the emergencies present ask about, else what the current step asks and weighs."""
    situation = material.situation
    trails = [t for t in situation.alert_trails if t.alert is not None]
    if trails:
        pathways = [p for t in trails for p in situation.pathways if p.id == t.pathway]
        return frozenset().union(*(pathway.asks for pathway in pathways))
    place = situation.current.stop.place
    decision = situation.decision(place)
    weighed = [a for d in filter(None, [decision]) for a in d.candidates]
    names = {name for advice in weighed for name in advice.because}
    names |= {name for advice in weighed for c in advice.concerns for name in c.items}
    return frozenset(names) | {*situation.step(place).asks}
