"""Where a case rests, in one line."""

from __future__ import annotations

from datetime import date

from wizard.case.open_case import OpenCase
from wizard.case.wording import labels, statement
from wizard.guard import Absence
from wizard.text import format_date


def overdue(case: OpenCase, today: date | None = None) -> tuple[str, ...]:
    """The items that a case waits for whose day has passed, by default at its own day."""
    stop = case.situation.current.stop
    day = today or case.situation.as_of
    facts = {n: case.fact(n, stop.place) for n in stop.items} if stop.kind == "waits" else {}
    return tuple(n for n, fact in facts.items() if fact and fact.due and fact.due < day)


def resting_words(case: OpenCase, today: date | None = None) -> str:
    """What a case waits for, overdue where its day has passed `today`, or where it has ended."""
    trail = case.situation.current
    if trail.finished:
        return f"ended: {case.situation.end_words(trail)}"
    pathway = case.situation.pathway_of(trail.stop.place)
    step = case.situation.step(trail.stop.place)
    if trail.stop.kind == "waits":
        awaited, late = [], overdue(case, today)
        for name in trail.stop.items:
            fact = case.fact(name, trail.stop.place)
            words = labels(pathway, (name,))
            if fact is not None:
                words += f" since {format_date(fact.on)}"
                words += f", due {format_date(fact.due)}" if fact.due else ""
                words += ", overdue" if name in late else ""
            awaited.append(words)
        return f"waits for {'; '.join(awaited)}"
    verb = "asks" if trail.stop.kind == "asks" else "decides"
    return f"{verb}: {step.title}"


def awaited_lines(case: OpenCase, today: date) -> list[str]:
    """Every result still awaited, wherever the case stands: from whom, due when, overdue."""
    found = []
    for pathway in case.situation.pathways:
        for name, item in pathway.items.items():
            by_visit = case.state.facts.facts.get(name, {})
            fact = by_visit[max(by_visit)] if by_visit else None
            if fact is not None and fact.absence is Absence.AWAITED:
                late = ", overdue" if fact.due and fact.due < today else ""
                found.append(f"{statement(item, fact)}{late}.")
    return list(dict.fromkeys(found))


def missing_words(case: OpenCase) -> str | None:
    """The missing answer that stops the walk, or None at an endpoint or a waiting point."""
    trail = case.situation.current
    if trail.stop.kind not in ("asks", "decides"):
        return None
    place = trail.stop.place
    where = f"{place.pathway}/{place.step}" + (f", visit {place.visit}" if place.visit > 1 else "")
    if trail.stop.kind == "decides":
        return f"Stopped at {where}: its decision is not committed."
    return f"Stopped at {where}: no answer for {', '.join(trail.stop.items)}."
