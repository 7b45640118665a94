"""Where a case stands, and how it came there."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from wizard.case.phrases import sentence_words
from wizard.case.wording import STAGES, fact_words, labels
from wizard.definition.item import Item
from wizard.engine.facts import Fact
from wizard.engine.situation import Stop, Trail
from wizard.engine.walk import pinned
from wizard.guard import Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import format_date


def where(material: Material) -> Section:
    """The patient in one sentence, and where each trail stands; DO NOW says what comes next."""
    situation = material.situation
    sentence = sentence_words(situation)
    lines = [Line(sentence)] if sentence else []
    for trail in situation.trails:
        lead = "Emergency work-up" if trail.alert else "Work-up"
        here = trail is situation.current and not trail.finished
        words = place_words(material, trail) if here else trail_words(material, trail)
        lines.append(Line(words, lead=lead))
    return Section("SITUATION", tuple(lines))


def findings(material: Material) -> Section:
    """What the pathway is about, and the findings that hold."""
    true = [f.finding for f in material.situation.findings if f.truth is Truth.TRUE]
    lines = [Line(material.case.pathway.header.summary, lead="Pathway")]
    lines += [Line(f.text, claims=material.evidence.cite(f.claims)) for f in true]
    return Section("FINDINGS", tuple(lines))


def trail_words(material: Material, trail: Trail) -> str:
    """Where a trail stands: its end, or its step and what that step waits for."""
    situation = material.situation
    if trail.finished:
        endpoint = situation.endpoint(trail)
        text = f". {endpoint.text}" if endpoint is not None else ""
        return situation.end_words(trail) + text
    verb = {
        "asks": "; still to answer:",
        "waits": " waits for",
        "decides": " is to be decided",
        "ends": "",
    }
    pathway = situation.pathway_of(trail.stop.place)
    items = labels(pathway, asked_items(material, trail.stop)) if trail.stop.items else ""
    return f"{place_words(material, trail)}{verb[trail.stop.kind]} {items}".rstrip()


def place_words(material: Material, trail: Trail) -> str:
    """The stage and the step at which a trail stands."""
    step = material.situation.step(trail.stop.place)
    return f"{STAGES[step.stage]}, {step.title}"


def asked_items(material: Material, stop: Stop) -> tuple[str, ...]:
    """The items that a trail rests on; those left out may turn out not to apply."""
    pathway = material.situation.pathway_of(stop.place)
    reading = material.situation.readings.of(
        pathway.id, pinned(pathway.steps[stop.place.step], stop.place.visit)
    )
    sure = tuple(name for name in stop.items if reading.applies(name) is Truth.TRUE)
    return sure or stop.items


def how(material: Material) -> Section:
    """What was entered, by stage and day; values of earlier visits stand before the last one."""
    stages = _stage_of(material)
    said: dict[tuple[str, date], list[str]] = {}
    for name, item, values in material.answers():
        last = values[-1]
        changed = [f for f, after in pairwise(values) if f.value != after.value]
        words = [f"{_sourced(item, fact)} ({format_date(fact.on)})" for fact in changed]
        words.append(_corrected(material, name, item, last) + _sourced(item, last))
        stage = STAGES.get(stages.get(name, ""), "Other")
        said.setdefault((stage, last.on), []).append(f"{item.label}: {', then '.join(words)}")
    order = [*STAGES.values(), "Other"]
    groups = sorted(said, key=lambda group: (order.index(group[0]), group[1]))
    lines = [Line("; ".join(said[g]), lead=f"{g[0]}, {format_date(g[1])}") for g in groups]
    return Section("HOW WE CAME HERE", tuple(lines) or (Line(_nothing(material)),))


def _nothing(material: Material) -> str:
    """What is said where no item has a value."""
    asked = sum(fact.is_answer for _, _, fact in material.facts())
    if not asked:
        return "Nothing entered yet."
    questions = "1 question" if asked == 1 else f"{asked} questions"
    return f"No value known: {questions} answered without one."


def _corrected(material: Material, name: str, item: Item, last: Fact) -> str:
    """The values that the last one stands instead of: of an earlier day, or of the part's name."""
    before = [
        f"{fact_words(item, fact)} ({format_date(fact.on)}), corrected to "
        for fact in material.case.state.corrected.get(name, ())
        if fact.on != last.on or item.echo == "part"
    ]
    return "".join(before)


def _stage_of(material: Material) -> dict[str, str]:
    """The stage in which each item was asked first; else that of a step that asks it."""
    stages: dict[str, str] = {}
    for place in material.situation.places:
        step = material.situation.step(place)
        for name in step.asks:
            stages.setdefault(name, step.stage)
    for pathway in material.situation.pathways:
        for step in pathway.steps.values():
            for name in step.asks:
                stages.setdefault(name, step.stage)
    return stages


def _sourced(item: Item, fact: Fact) -> str:
    """A value with its source, where that is named."""
    words = fact_words(item, fact)
    return words if fact.source == "entered" else f"{words} ({fact.source})"
