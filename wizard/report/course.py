"""Where a case stands, and how it came there."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from wizard.case.wording import STAGES, fact_words, labels
from wizard.definition.models import Item
from wizard.engine.facts import Fact
from wizard.engine.situation import Trail
from wizard.guard import Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import format_date


def where(material: Material) -> Section:
    """Where each trail stands, and the findings that hold."""
    situation = material.situation
    lines = []
    for trail in situation.trails:
        lead = "Emergency trail" if trail.alert else "Work-up"
        lines.append(Line(trail_words(material, trail), lead=lead))
    true = [f for f in situation.findings if f.truth is Truth.TRUE]
    lines += [
        Line(f.finding.text, lead="Finding", claims=material.evidence.cite(f.finding.claims))
        for f in true
    ]
    return Section("SITUATION", tuple(lines))


def trail_words(material: Material, trail: Trail) -> str:
    """Where a trail stands: its end, or its step and what that step waits for."""
    situation = material.situation
    if trail.finished:
        endpoint = situation.endpoint(trail)
        text = f". {endpoint.text}" if endpoint is not None else ""
        return situation.end_words(trail) + text
    step = situation.step(trail.stop.place)
    verb = {"asks": "asks", "waits": "waits for", "decides": "is to be decided", "ends": ""}
    pathway = situation.pathway_of(trail.stop.place)
    items = labels(pathway, trail.stop.items) if trail.stop.items else ""
    stage = STAGES[step.stage]
    return f"{stage}, {step.title}: {verb[trail.stop.kind]} {items}".rstrip()


def how(material: Material) -> Section:
    """What was entered, by stage and day; values of earlier visits stand before the last one."""
    stages = _stage_of(material)
    said: dict[tuple[str, date], list[str]] = {}
    for name, item, values in material.answers():
        last = values[-1]
        changed = [f for f, after in pairwise(values) if f.value != after.value]
        words = [f"{_sourced(item, fact)} ({format_date(fact.on)})" for fact in changed]
        words.append(_sourced(item, last))
        stage = STAGES.get(stages.get(name, ""), "Other")
        said.setdefault((stage, last.on), []).append(f"{item.label}: {', then '.join(words)}")
    order = [*STAGES.values(), "Other"]
    groups = sorted(said, key=lambda group: (order.index(group[0]), group[1]))
    lines = [Line("; ".join(said[g]), lead=f"{g[0]}, {format_date(g[1])}") for g in groups]
    return Section("HOW WE CAME HERE", tuple(lines) or (Line("Nothing entered yet."),))


def _stage_of(material: Material) -> dict[str, str]:
    stages: dict[str, str] = {}
    for pathway in material.situation.pathways:
        for step in pathway.steps.values():
            for name in step.asks:
                stages.setdefault(name, step.stage)
    return stages


def _sourced(item: Item, fact: Fact) -> str:
    """A value with its source, where that is named."""
    words = fact_words(item, fact)
    return words if fact.source == "entered" else f"{words} ({fact.source})"
