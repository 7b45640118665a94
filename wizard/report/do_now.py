"""The first section of a report: what to do, who does it, by when."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.case.review import held_over
from wizard.case.wording import NOTHING_AT_ONCE, facts_line, labels
from wizard.definition.fields import NO_TIME
from wizard.engine.facts import Status
from wizard.engine.next_question import next_best_question
from wizard.engine.situation import Advice, Stop
from wizard.guard import Absence, Truth
from wizard.report.course import asked_items
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.report.not_known import NOT_KNOWN
from wizard.report.tasks import FURTHER, Tasks, task_line
from wizard.text import capital, format_date


def do_now(material: Material, tasks: Tasks) -> Section:
    """Emergencies present, those to be excluded, what is awaited or was chosen, the next step, then
    the tasks; actions with who and by when."""
    lines = [*_alert_actions(material), *_to_exclude(material), *_awaited_lines(material)]
    lines += [*_chosen_lines(material), *_next_step(material)]
    lines += [task_line(material, advice) for advice in tasks.first]
    actions = [line for line in lines if line.who]
    undated = sum(not line.dated for line in actions)
    aside = f"{len(actions)} actions, {undated} without a date" if actions else ""
    if left := len(tasks.further):
        lines.append(Line(f"{left} more, in {FURTHER}", lead="ALSO"))
    if number := len(material.questions.open):
        lines.append(Line(f"{number} questions, by number (Q) in {NOT_KNOWN}", lead="OPEN"))
    if contacts := material.unset_contacts():
        lines.append(Line(contacts, lead="CONTACTS"))
    return Section("DO NOW", tuple(lines), aside)


def _alert_actions(material: Material) -> list[Line]:
    lines = []
    for state in material.situation.alerts:
        if state.truth is not Truth.TRUE:
            continue
        held = "nobody has it in hand"
        if state.in_hand is not None:
            held = f"in hand: {state.in_hand.who}, since {state.in_hand.since}"
        because = f"because {facts_line(material.situation, state.facts)}"
        cited = (*state.alert.claims, *(c for action in state.now for c in action.claims))
        claims = material.evidence.cite(cited)
        said = (held, because) if state.now else (held, because, NOTHING_AT_ONCE)
        lines.append(Line(state.title, "EMERGENCY", said, claims))
        for action in state.now:
            who = material.who(action.who, material.case.pathway)
            dated = action.by != NO_TIME
            lines.append(Line(action.do, who=who, by=action.by, dated=dated))
    return lines


def _to_exclude(material: Material) -> list[Line]:
    """How each emergency that is not yet excluded is settled, the highest rank first."""
    missing = [s for s in material.situation.alerts if s.truth is Truth.UNKNOWN]
    ways = " ".join(f"{capital(s.short)}: {s.alert.find_out}" for s in missing)
    return [Line(ways, "EXCLUDE NOW")] if missing else []


def _awaited_lines(material: Material) -> list[Line]:
    lines = []
    for _, item, fact in material.facts():
        if fact.absence is not Absence.AWAITED:
            continue
        due = format_date(fact.due) if fact.due else "no date"
        if material.overdue(fact):
            due += ", overdue"
        chaser = f"chased by {fact.chased_by}" if fact.chased_by else "nobody chases it"
        who = fact.awaited_from or "sender not said"
        dated = fact.due is not None
        lines.append(Line(item.label, "AWAITED", (chaser,), who=who, by=due, dated=dated))
    lines += _without_result(material)
    return lines or [Line("nothing", "AWAITED")]


def _asking(material: Material, stop: Stop) -> str:
    """What is done with the items that a step asks: those of a choice before it are results."""
    before = stop.place.visit - 1
    results = {
        advice.recommendation.result
        for decision in material.situation.decisions
        if decision.commitment is not None
        and (decision.place.pathway, decision.place.visit) == (stop.place.pathway, before)
        for advice in decision.candidates
        if advice.id in decision.commitment.candidates
    }
    items = asked_items(material, stop)
    pathway = material.situation.pathway_of(stop.place)
    chosen = tuple(name for name in items if name in results)
    others = tuple(name for name in items if name not in results)
    record = "record the result, or from whom and by when it is awaited, of"
    parts = [f"{record} {labels(pathway, chosen)}"] if chosen else []
    parts += [f"answer the questions about {labels(pathway, others)}"] if others else []
    return "; ".join(parts)


def _chosen(material: Material) -> Iterator[tuple[Advice, str, set[str]]]:
    """Every candidate chosen, with its title and day, and the items in which its result stands."""
    for decision in material.situation.decisions:
        made = decision.commitment
        if made is None or held_over(material.case, decision.place):
            continue
        looped = material.pathway(decision.place.pathway).looped_items(decision.place.step)
        for advice in decision.candidates:
            if advice.id in made.candidates:
                result = advice.recommendation.result
                said = f"{advice.recommendation.title}: chosen {format_date(made.on)}"
                yield advice, said, {result} if result else set(looped)


def _no_result_yet(material: Material) -> Iterator[tuple[Advice, str]]:
    """What was chosen and has no result on record yet at the visit behind it, awaited or other."""
    facts = material.case.state.facts.facts
    for advice, said, results in _chosen(material):
        place = advice.place
        if place is None or not results:
            continue
        if not any(v > place.visit for name in results for v in facts.get(name, {})):
            yield advice, said


def _no_result_item(material: Material) -> Iterator[tuple[Advice, str]]:
    """What was chosen and has no item for its result, such as a treatment."""
    yield from ((advice, said) for advice, said, results in _chosen(material) if not results)


def open_choices(material: Material) -> Iterator[tuple[Advice, str]]:
    """What was chosen and has no result, with the words that it has in DO NOW."""
    yield from _no_result_yet(material)
    yield from _no_result_item(material)


def _without_result(material: Material) -> list[Line]:
    missing = ("result not yet recorded",)
    who, by = "sender not said", "no date"
    return [
        Line(said, "AWAITED", missing, who=who, by=by, dated=False)
        for advice, said in _no_result_yet(material)
        if advice.status is not Status.NOT_INDICATED
    ]


def _chosen_lines(material: Material) -> list[Line]:
    lines = []
    for advice, said in _no_result_item(material):
        recommendation = advice.recommendation
        who = material.who(recommendation.who, material.pathway(advice.pathway))
        by, dated = recommendation.by, recommendation.by != NO_TIME
        lines.append(Line(said, "CHOSEN", who=who, by=by, dated=dated))
    return lines


def _next_step(material: Material) -> list[Line]:
    trail = material.situation.current
    if trail.finished:
        return []
    step = material.situation.step(trail.stop.place)
    pathway = material.situation.pathway_of(trail.stop.place)
    what = {
        "asks": _asking(material, trail.stop),
        "waits": f"wait for {labels(pathway, asked_items(material, trail.stop))}",
        "decides": "decide",
        "ends": "",
    }[trail.stop.kind]
    details = [f"meanwhile: {step.meanwhile}"] if step.meanwhile else []
    best = next_best_question(material.situation)
    if best is not None:
        details.append(f"would settle most: {material.questions.named([best.item])}")
    return [Line(f"{step.title}: {what}", lead="NEXT", details=tuple(details))]
