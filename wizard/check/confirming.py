"""Whether the engine does with a walked case what the solver said of its facts."""

from __future__ import annotations

from itertools import pairwise

from wizard.case.open_case import OpenCase
from wizard.engine.facts import Status
from wizard.engine.reading import Reading
from wizard.guard import Truth, names_recommended, parse_invariant


def _status(case: OpenCase, name: str) -> Status | None:
    candidates = [c for d in case.situation.decisions for c in d.candidates]
    found = [a.status for a in (*case.situation.advice, *candidates) if a.id == name]
    return min(found, key=lambda status: status.rank) if found else None


def is_recommended(name: str, case: OpenCase) -> bool:
    """Whether advice stands as recommended, as a candidate or by itself."""
    return _status(case, name) is Status.RECOMMENDED


def is_present(name: str, case: OpenCase) -> bool:
    """Whether an alert is present."""
    return any(s.id == name and s.truth is Truth.TRUE for s in case.situation.alerts)


def ends_at(name: str, case: OpenCase) -> bool:
    """Whether the main trail ends at an endpoint."""
    return case.situation.main.stop.endpoint == name


def is_stuck(name: str, case: OpenCase) -> bool:
    """Whether the walk ends at a step without an exit: a gap of the definition."""
    trail = case.situation.main
    return trail.finished and trail.stop.endpoint is None and trail.places[-1].step == name


def goes_on(step: str, target: str, case: OpenCase) -> bool:
    """Whether the main trail leaves a step for a target, directly or through a detour."""
    trail = case.situation.main
    names = [p.step for p in trail.places if p.pathway == trail.pathway]
    ways = set(pairwise([*names, trail.stop.endpoint or ""]))
    loop = case.pathway.steps[target].loop if target in case.pathway.steps else None
    return (step, target) in ways or (loop is not None and (step, loop.then) in ways)


def violates(text: str, case: OpenCase) -> bool:
    """Whether the walked case has the advice that an invariant forbids in its situation."""
    pathway = case.pathway
    reading = Reading(pathway, case.state.facts, case.state.as_of)
    named = names_recommended(parse_invariant(text).never)
    recommended = all(is_recommended(name, case) for name in named)
    return recommended and reading.truth(text.split(" when ", 1)[1]) is not Truth.FALSE


def contradicts(one: str, other: str, case: OpenCase) -> bool:
    """Whether one piece of advice is recommended and the other forbidden."""
    pieces = {a.id: a for d in case.situation.decisions for a in d.candidates}
    pieces.update({a.id: a for a in case.situation.advice})
    forbidden = other in pieces and any(c.truth is Truth.TRUE for c in pieces[other].concerns)
    return is_recommended(one, case) and forbidden


def ends_unasked(ends: frozenset[str], items: frozenset[str], case: OpenCase) -> bool:
    """Whether the main trail ends at one of the endpoints and none of the items was asked."""
    at = case.situation.main.stop.endpoint
    return at in ends and not items & set(case.state.facts.facts)
