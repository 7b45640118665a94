"""The pure walk: library, case and `as_of` in, situation out (docs/semantics.md, section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from wizard.definition.library import Library, Pathway
from wizard.definition.models import Exit, Step
from wizard.engine.advice import advise, weigh
from wizard.engine.alerts import alert_states
from wizard.engine.facts import CaseFacts, Place
from wizard.engine.reading import Reading
from wizard.engine.situation import (
    Advice,
    AlertState,
    FindingState,
    Situation,
    Stop,
    Trail,
)
from wizard.guard import Absence, Absent, Truth, Value

MOST_VISITS = 50
"""A bound for cycles without a declared loop, so that the walk is total for any definition."""


def walk(library: Library, pathway_id: str, case: CaseFacts, as_of: date) -> Situation:
    """Where a case stands.

    Total: for any facts it returns a situation and raises nothing but KeyError for a pathway
    that the library does not hold.
    """
    own = library[pathway_id]
    readings = {own.id: Reading(own, case, as_of)}
    alerts = alert_states(readings[own.id])
    alert_trails = _alert_trails(library, readings, alerts, case)
    with_own_trail = frozenset(t.pathway for t in alert_trails)
    main = _Walker(library, readings, case, with_own_trail).trail(own)
    trails = (*alert_trails, main)
    on_trails = dict.fromkeys([own.id, *(p.pathway for t in trails for p in t.places)])
    used = [readings[name] for name in on_trails]
    return Situation(
        as_of=as_of,
        pathways=tuple(reading.pathway for reading in used),
        main=main,
        alert_trails=alert_trails,
        current=_current(alert_trails, main, alerts),
        alerts=alerts,
        advice=_advice(used),
        decisions=tuple(
            weigh(place, at_its_visit(place, readings[place.pathway]), case.commitments.get(place))
            for place in dict.fromkeys(p for t in trails for p in t.places)
            if place.step in readings[place.pathway].pathway.decisions
        ),
        findings=_findings(used),
        values=_values(used),
        stopped_applying=_stopped_applying(used, case),
        set_aside_commitments={
            place: commitment
            for place, commitment in case.commitments.items()
            if not any(place in t.places for t in trails)
        },
    )


def _alert_trails(
    library: Library,
    readings: dict[str, Reading],
    alerts: tuple[AlertState, ...],
    case: CaseFacts,
) -> tuple[Trail, ...]:
    own = next(iter(readings))
    trails: dict[str, Trail] = {}
    for state in alerts:
        name = state.alert.trail
        if state.truth is not Truth.TRUE or name is None or name == own or name in trails:
            continue
        walker = _Walker(library, readings, case, frozenset())
        trails[name] = walker.trail(library[name], state.id)
    return tuple(trails.values())


def _current(alert_trails: tuple[Trail, ...], main: Trail, alerts: tuple[AlertState, ...]) -> Trail:
    going_on = {s.alert.trail for s in alerts if s.truth is Truth.TRUE and not s.continued}
    for trail in alert_trails:
        if not trail.finished and trail.pathway in going_on:
            return trail
    return main


class _Walker:
    """Walks one trail; remembers which steps it has met and which detours it has been through."""

    def __init__(
        self,
        library: Library,
        readings: dict[str, Reading],
        case: CaseFacts,
        with_own_trail: frozenset[str],
    ) -> None:
        self._library = library
        self._readings = readings
        self._case = case
        self._entered = set(with_own_trail)
        self._places: list[Place] = []
        self._met: Counter[tuple[str, str]] = Counter()

    def trail(self, pathway: Pathway, alert: str | None = None) -> Trail:
        """The trail through a pathway from its first step."""
        stop = self._through(pathway)
        return Trail(pathway.id, tuple(self._places), stop, alert)

    def _reading(self, pathway: Pathway) -> Reading:
        if pathway.id not in self._readings:
            some = next(iter(self._readings.values()))
            self._readings[pathway.id] = Reading(pathway, some.case, some.as_of)
        return self._readings[pathway.id]

    def _through(self, pathway: Pathway) -> Stop:
        """Walk until something stops the trail or an endpoint of this pathway is reached."""
        self._entered.add(pathway.id)
        reading = self._reading(pathway)
        target = pathway.header.start
        place = Place(pathway.id, target)
        while target not in pathway.endpoints:
            step = pathway.steps.get(target)
            if step is None:
                return Stop("ends", place)
            self._met[pathway.id, target] += 1
            visit = self._met[pathway.id, target]
            if visit > MOST_VISITS:
                return Stop("ends", place)
            if step.loop is not None and visit > step.loop.visits:
                target = step.loop.then
                continue
            place = Place(pathway.id, target, visit)
            self._places.append(place)
            here = reading.at(pinned(step, visit))
            stop = stop_at(place, step, here, self._case)
            if stop is not None:
                return stop
            taken = self._leave(pathway, step, here)
            if isinstance(taken, Stop):
                return taken
            if taken is None:
                return Stop("ends", place)
            target = taken
        return Stop("ends", place, endpoint=target)

    def _leave(self, pathway: Pathway, step: Step, here: Reading) -> str | Stop | None:
        """The target of the exit that is taken; the stop of a detour that is not finished; None
        where no exit is found."""
        for exit_ in open_exits(step, here):
            target = exit_.target
            if target not in self._library.pathways:
                return target
            if target not in self._entered:
                stop = self._through(self._library[target])
                if stop.kind != "ends" or stop.endpoint is None:
                    return stop
        return None


def open_exits(step: Step, reading: Reading) -> Iterator[Exit]:
    """The exits of a step as they are read from the top: behind a detour reading goes on.

    At the first unknown guard reading stops and the `unknown` exit is the last one.
    """
    stopped = False
    for exit_ in step.exits:
        if exit_.unknown is not None:
            if stopped:
                yield exit_
                return
        elif not stopped:
            truth = Truth.TRUE if exit_.if_ is None else reading.truth(exit_.if_)
            if truth is Truth.TRUE:
                yield exit_
            stopped = truth is Truth.UNKNOWN


def pinned(step: Step, visit: int) -> Mapping[str, int]:
    """The items that are keyed by visit at a step, with the visit they are read at."""
    return {} if step.loop is None else dict.fromkeys(step.loop.ask_again, visit)


def stop_at(place: Place, step: Step, reading: Reading, case: CaseFacts) -> Stop | None:
    """Why a trail stops at a step, or None where the step is finished.

    Unanswered items come before awaited ones, the enquiry before the decision.
    """
    unanswered, awaited = [], []
    for name in step.asks:
        if reading.applies(name) is Truth.FALSE:
            continue
        fact = reading.fact(name)
        if fact is None or not fact.is_answer:
            unanswered.append(name)
        elif name in step.needs_fresh and reading.out_of_date(name):
            unanswered.append(name)
        elif fact.absence is Absence.AWAITED and name not in step.may_await:
            awaited.append(name)
    if unanswered:
        return Stop("asks", place, tuple(unanswered))
    if awaited:
        return Stop("waits", place, tuple(awaited))
    if step.decision is not None and place not in case.commitments:
        return Stop("decides", place)
    return None


def at_its_visit(place: Place, reading: Reading) -> Reading:
    """What a decision inside a loop reads: of items asked anew, no visit later than its own."""
    visits: dict[str, int] = {}
    for name in reading.pathway.looped_items(place.step):
        known = [v for v in reading.case.facts.get(name, {}) if v <= place.visit]
        if known:
            visits[name] = max(known)
    return reading.at(visits)


def _advice(readings: list[Reading]) -> tuple[Advice, ...]:
    found: dict[str, Advice] = {}
    for reading in readings:
        for name, recommendation in reading.pathway.recommendations.items():
            if name not in found:
                found[name] = advise(name, recommendation, reading)
    return tuple(found.values())


def _findings(readings: list[Reading]) -> tuple[FindingState, ...]:
    found: dict[str, FindingState] = {}
    for reading in readings:
        for name, finding in reading.pathway.findings.items():
            if name not in found:
                truth = reading.truth(finding.if_)
                found[name] = FindingState(name, finding, truth, reading.deciding(finding.if_))
    return tuple(found.values())


def _values(readings: list[Reading]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for reading in readings:
        pathway = reading.pathway
        for name in (*pathway.items, *pathway.derived, *pathway.scores):
            if name not in found:
                found[name] = reading.value(name)
    return found


def _stopped_applying(readings: list[Reading], case: CaseFacts) -> tuple[str, ...]:
    """Items with an entered value whose `applies_if` has become false."""
    return tuple(
        dict.fromkeys(
            name
            for reading in readings
            for name, item in reading.pathway.items.items()
            if item.applies_if is not None
            and (fact := reading.fact(name)) is not None
            and not isinstance(fact.value, Absent)
            and reading.applies(name) is Truth.FALSE
        )
    )
