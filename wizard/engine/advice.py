"""The status of advice, the proposal of a decision, and what reopens it.

docs/semantics.md, section 4: one table, read here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from wizard.definition.models import Decision
from wizard.definition.recommendation import Recommendation
from wizard.engine.facts import Commitment, Place, Status
from wizard.engine.reading import Reading
from wizard.engine.situation import Advice, Concern, DecisionState
from wizard.guard import Truth

STATUS = {
    (Truth.TRUE, Truth.FALSE): Status.RECOMMENDED,
    (Truth.TRUE, Truth.UNKNOWN): Status.CHECK_FIRST,
    (Truth.TRUE, Truth.TRUE): Status.BLOCKED,
    (Truth.UNKNOWN, Truth.FALSE): Status.PENDING,
    (Truth.UNKNOWN, Truth.UNKNOWN): Status.PENDING,
    (Truth.UNKNOWN, Truth.TRUE): Status.BLOCKED,
    (Truth.FALSE, Truth.FALSE): Status.NOT_INDICATED,
    (Truth.FALSE, Truth.UNKNOWN): Status.NOT_INDICATED,
    (Truth.FALSE, Truth.TRUE): Status.NOT_INDICATED,
}


def advise(
    name: str,
    recommendation: Recommendation,
    reading: Reading,
    place: Place | None = None,
) -> Advice:
    """How a recommendation stands; for a candidate, `place` is where it is to be decided."""
    key = ("advice", name, place)
    guards = _guards(recommendation, reading)
    found = reading.once(key, guards, _stands, name, recommendation, place)
    response = reading.case.responses.get(name)
    return found if response is None else replace(found, response=response)


def _guards(recommendation: Recommendation, reading: Reading) -> Iterator[str]:
    yield reading.pathway.header.population_if
    yield recommendation.if_
    for contraindication in recommendation.contraindicated_if:
        yield contraindication.if_


def _stands(
    reading: Reading, name: str, recommendation: Recommendation, place: Place | None
) -> Advice:
    population = reading.pathway.header.population_if
    guard = reading.truth(population).and_(reading.truth(recommendation.if_))
    deciding = tuple(
        name
        for part in (population, recommendation.if_)
        if reading.truth(part) is guard
        for name in reading.deciding(part)
    )
    concerns = tuple(
        Concern(c.because, reading.truth(c.if_), reading.deciding(c.if_), c.claims)
        for c in recommendation.contraindicated_if
        if reading.truth(c.if_) is not Truth.FALSE
    )
    contraindicated = Truth.FALSE
    for concern in concerns:
        contraindicated = contraindicated.or_(concern.truth)
    unknown = guard is Truth.UNKNOWN
    if place is not None:
        stage = reading.pathway.steps[place.step].stage
    else:
        first = reading.pathway.steps[reading.pathway.header.start]
        stage = recommendation.stage or first.stage
    return Advice(
        id=name,
        pathway=reading.pathway.id,
        recommendation=recommendation,
        status=STATUS[guard, contraindicated],
        stage=stage,
        because=() if unknown else deciding,
        waits_for=deciding if unknown else (),
        concerns=concerns,
        place=place,
    )


def propose(
    decision: Decision, candidates: Iterable[Advice]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The proposal and what to *find out first*, both as candidate ids.

    For *exactly one* and *at most one* the first recommended candidate; for *one or more* and
    *any* every recommended one. Candidates above it that are check first or pending are named
    with it.
    """
    proposed: list[str] = []
    first: list[str] = []
    above: list[str] = []
    for advice in candidates:
        if advice.status is Status.RECOMMENDED:
            proposed.append(advice.id)
            first += above
            above = []
            if decision.most == 1:
                break
        elif advice.status in (Status.CHECK_FIRST, Status.PENDING):
            above.append(advice.id)
    return tuple(proposed), tuple(first if proposed else above)


def weigh(place: Place, reading: Reading, commitment: Commitment | None) -> DecisionState:
    """A decision with its candidates as they stand now, and whether it is reopened."""
    decision = reading.pathway.decisions[place.step]
    candidates = tuple(
        advise(name, candidate, reading, place) for name, candidate in decision.candidates.items()
    )
    proposal, first = propose(decision, candidates)
    worse: tuple[str, ...] = ()
    if commitment is not None:
        now = {advice.id: advice.status for advice in candidates}
        worse = tuple(
            name
            for name in commitment.candidates
            if now.get(name, Status.BLOCKED).rank
            > commitment.statuses.get(name, Status.RECOMMENDED).rank
        )
    return DecisionState(place, decision, candidates, proposal, first, commitment, worse)
