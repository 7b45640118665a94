"""What is said on the telephone: situation, background, assessment, request (SBAR)."""

from __future__ import annotations

from wizard.case.wording import fact_words, who_words
from wizard.engine.facts import Status
from wizard.guard import Truth
from wizard.report.course import trail_words
from wizard.report.emergencies import alert_words
from wizard.report.material import Material
from wizard.report.model import CallSheet
from wizard.report.tasks import Tasks
from wizard.text import listed

FINDINGS, TASKS = 3, 4
"""What is said on the telephone where there is no emergency; the report has them all."""


def call_sheet(material: Material, tasks: Tasks) -> CallSheet:
    """With an emergency it is about that alone, and nothing is said twice."""
    situation = material.situation
    present = [s for s in situation.alerts if s.truth is Truth.TRUE]
    missing = [s.alert.short for s in situation.alerts if s.truth is Truth.UNKNOWN]
    trail = situation.current
    at = situation.end_words(trail) if trail.finished else trail_words(material, trail)
    emergencies = [f"EMERGENCY {alert_words(material, state)}" for state in present]
    true = () if present else situation.findings
    findings = [f.finding.text for f in true if f.truth is Truth.TRUE]
    excluded = [f"Not yet excluded: {listed(missing)}."] if missing else []
    return CallSheet(
        situation=tuple(emergencies or [at]),
        background=_background(material),
        assessment=(*excluded, *findings[-FINDINGS:]),
        request=_call(material) if present else _tasks(tasks),
    )


def _call(material: Material) -> tuple[str, ...]:
    """Whom to call for each emergency present, and what to do now."""
    asks = []
    for state in material.situation.alerts:
        if state.truth is Truth.TRUE:
            contact = f"site:{state.alert.contact}"
            who = who_words(contact, material.case.pathway, material.contacts)
            asks += [f"Call {who}", *(f"{a.do}, {a.by}" for a in state.alert.now)]
    return tuple(asks)


def _tasks(tasks: Tasks) -> tuple[str, ...]:
    advised = [a.recommendation for a in tasks.all if a.status is Status.RECOMMENDED]
    asks = [f"{task.title}, {task.by}" for task in advised[:TASKS]]
    if len(advised) > TASKS:
        asks[-1] += f" - and {len(advised) - TASKS} more in the report"
    return tuple(asks) or ("none yet",)


def _background(material: Material) -> tuple[str, ...]:
    """What was entered, first what the findings rest on; what is said elsewhere is left out."""
    situation = material.situation
    echoed = {n for p in situation.pathways for n, item in p.items.items() if item.echo}
    present = [s for s in situation.alerts if s.truth is Truth.TRUE]
    said = echoed.union(*(state.deciding for state in present))
    true = [f for f in situation.findings if f.truth is Truth.TRUE]
    first = {name for finding in true for name in finding.deciding}
    ordered = sorted(material.answers(), key=lambda entry: entry[0] not in first)
    return tuple(f"{i.label}: {fact_words(i, f[-1])}" for n, i, f in ordered if n not in said)
