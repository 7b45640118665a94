"""The first section of a report: what to do, who does it, by when."""

from __future__ import annotations

from wizard.case.explanation import next_question_words
from wizard.case.wording import advice_reason, facts_line, labels
from wizard.engine.facts import Answer, Status
from wizard.engine.situation import Advice
from wizard.guard import Absence, Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import format_date


def do_now(material: Material) -> Section:
    """Emergencies, what is awaited, the next step, then the tasks; all with who and by when."""
    lines = [*_alert_actions(material), *_awaited_lines(material), *_next_step(material)]
    for advice in to_do(material):
        recommendation = advice.recommendation
        pathway = material.pathway(advice.pathway)
        unchecked = advice.status is Status.CHECK_FIRST
        checks = (advice_reason(material.situation, advice),) if unchecked else ()
        lines.append(
            Line(
                recommendation.title,
                details=checks,
                who=material.who(recommendation.who, pathway),
                by=recommendation.by,
            )
        )
    actions = [line for line in lines if line.who]
    undated = sum(line.by.startswith(("not set", "no date")) for line in actions)
    aside = f"{len(actions)} actions, {undated} without a date" if actions else ""
    if contacts := material.unset_contacts():
        lines.append(Line(contacts, lead="CONTACTS"))
    return Section("DO NOW", tuple(lines) or (Line("Nothing is advised yet."),), aside)


def _alert_actions(material: Material) -> list[Line]:
    lines = []
    for state in material.situation.alerts:
        if state.truth is not Truth.TRUE:
            continue
        held = "nobody has it in hand"
        if state.in_hand is not None:
            held = f"in hand: {state.in_hand.who}, since {state.in_hand.since}"
        because = f"because {facts_line(material.situation, state.deciding)}"
        claims = material.evidence.cite(state.alert.claims)
        title = Line(state.alert.title, "EMERGENCY", (held, because), claims)
        lines.append(title)
        for action in state.alert.now:
            who = material.who(action.who, material.case.pathway)
            cited = material.evidence.cite(action.claims)
            lines.append(Line(action.do, claims=cited, who=who, by=action.by))
    return lines


def _awaited_lines(material: Material) -> list[Line]:
    lines = []
    for _, item, fact in material.facts():
        if fact.absence is not Absence.AWAITED:
            continue
        due = format_date(fact.due) if fact.due else "no date"
        if fact.due and fact.due < material.situation.as_of:
            due += ", overdue"
        chaser = f"chased by {fact.chased_by}" if fact.chased_by else "nobody chases it"
        who = fact.awaited_from or "sender not said"
        lines.append(Line(item.label, "AWAITED", (chaser,), who=who, by=due))
    return lines


def _next_step(material: Material) -> list[Line]:
    trail = material.situation.current
    if trail.finished:
        return []
    step = material.situation.step(trail.stop.place)
    pathway = material.situation.pathway_of(trail.stop.place)
    what = {
        "asks": f"answer {labels(pathway, trail.stop.items)}",
        "waits": f"wait for {labels(pathway, trail.stop.items)}",
        "decides": "decide",
        "ends": "",
    }[trail.stop.kind]
    details = [f"meanwhile: {step.meanwhile}"] if step.meanwhile else []
    best = next_question_words(material.case)
    if best:
        details.append(f"would settle most: {best}")
    return [Line(f"{step.title}: {what}", lead="NEXT", details=tuple(details))]


def to_do(material: Material) -> list[Advice]:
    """Advice that is a task not yet answered: recommended first, then to be checked first."""
    done = (Answer.ALREADY_DONE, Answer.DECLINED)
    return [
        advice
        for status in (Status.RECOMMENDED, Status.CHECK_FIRST)
        for advice in material.situation.listed
        if advice.status is status
        and advice.recommendation.until_done
        and (advice.response is None or advice.response.answer not in done)
    ]
