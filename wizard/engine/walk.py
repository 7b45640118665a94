"""The pure walk: library, case and `as_of` in, situation out (docs/semantics.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from wizard.definition.computed import Finding
from wizard.definition.library import Library, Pathway
from wizard.definition.models import Exit, Step
from wizard.engine.advice import advise, weigh
from wizard.engine.alerts import alert_states
from wizard.engine.facts import CaseFacts, Place
from wizard.engine.reading import Reading
from wizard.engine.readings import Readings
from wizard.engine.situation import (
    Advice,
    AlertState,
    FindingState,
    Situation,
    Stop,
    Trail,
)
from wizard.guard import Absence, Absent, Truth

MOST_VISITS = 50
"""A bound for cycles without a declared loop, so that the walk is total for any definition."""


def walk(
    library: Library,
    pathway_id: str,
    case: CaseFacts,
    as_of: date,
    before: Situation | None = None,
) -> Situation:
    """Where a case stands.

    Total: for any facts it returns a situation and raises nothing but KeyError for a pathway
    that the library does not hold. `before`, any other situation of the case, changes nothing in
    what comes out: what rests on facts that are the same is taken over from it.
    """
    readings = Readings(library, case, as_of, before.readings if before is not None else None)
    own = readings.of(library[pathway_id].id)
    alerts = alert_states(own)
    alert_trails = _alert_trails(readings, alerts, own.pathway, before)
    with_own_trail = frozenset(t.pathway for t in alert_trails)
    known = None
    if before is not None and with_own_trail == frozenset(t.pathway for t in before.alert_trails):
        known = before.main
    main = _Walker(readings, with_own_trail).trail(own.pathway, _beginning(known, before, readings))
    trails = (*alert_trails, main)
    places = dict.fromkeys(p for t in trails for p in t.places)
    used = [readings.of(name) for name in dict.fromkeys([own.pathway.id, *(p[0] for p in places)])]
    return Situation(
        as_of=as_of,
        pathways=tuple(reading.pathway for reading in used),
        main=main,
        alert_trails=alert_trails,
        current=_current(alert_trails, main, alerts),
        alerts=alerts,
        advice=_advice(used),
        decisions=tuple(
            weigh(place, _at_its_visit(place, readings), case.commitments.get(place))
            for place in places
            if place.step in library[place.pathway].decisions
        ),
        findings=_findings(used),
        stopped_applying=_stopped_applying(used),
        set_aside_commitments={
            place: commitment
            for place, commitment in case.commitments.items()
            if place not in places
        },
        readings=readings,
    )


def _alert_trails(
    readings: Readings, alerts: tuple[AlertState, ...], own: Pathway, before: Situation | None
) -> tuple[Trail, ...]:
    known = {} if before is None else {t.pathway: t for t in before.alert_trails}
    trails: dict[str, Trail] = {}
    for state in alerts:
        name = state.alert.trail
        if state.truth is not Truth.TRUE or name is None or name == own.id or name in trails:
            continue
        beginning = _beginning(known.get(name), before, readings)
        walker = _Walker(readings, frozenset())
        trails[name] = walker.trail(readings.library[name], beginning, state.id)
    return tuple(trails.values())


def _current(alert_trails: tuple[Trail, ...], main: Trail, alerts: tuple[AlertState, ...]) -> Trail:
    going_on = {s.alert.trail for s in alerts if s.truth is Truth.TRUE and not s.continued}
    for trail in alert_trails:
        if not trail.finished and trail.pathway in going_on:
            return trail
    return main


class _Walker:
    """Walks one trail; remembers which steps it has met and which detours it has been through."""

    def __init__(self, readings: Readings, with_own_trail: frozenset[str]) -> None:
        self._readings = readings
        self._entered = set(with_own_trail)
        self._places: list[Place] = []
        self._met: dict[tuple[str, str], int] = {}

    def trail(
        self, pathway: Pathway, beginning: tuple[Place, ...] = (), alert: str | None = None
    ) -> Trail:
        """The trail through a pathway, from the last place of its beginning on."""
        *walked, last = beginning or (Place(pathway.id, pathway.header.start),)
        self._places += walked
        self._entered.update(place.pathway for place in walked)
        self._met.update(((place.pathway, place.step), place.visit) for place in walked)
        stop = self._through(pathway, last.step)
        return Trail(pathway.id, tuple(self._places), stop, alert)

    def _through(self, pathway: Pathway, target: str) -> Stop:
        """Walk on from a step until something stops the trail or an endpoint is reached."""
        self._entered.add(pathway.id)
        name, steps, endpoints = pathway.id, pathway.steps, pathway.endpoints
        commitments = self._readings.case.commitments
        reading = self._readings.of(name)
        place = Place(name, target)
        while target not in endpoints:
            step = steps.get(target)
            visit = self._met.get((name, target), 0) + 1
            if step is None or visit > MOST_VISITS:
                return Stop("ends", place)
            self._met[name, target] = visit
            if step.loop is not None and visit > step.loop.visits:
                target = step.loop.then
                continue
            place = Place(name, target, visit)
            self._places.append(place)
            pins = pinned(step, visit)
            here = reading if pins is None else self._readings.of(name, pins)
            enquiry = here.once(("enquiry", target), step.asks, _enquiry, step)
            if enquiry.unanswered:
                return Stop("asks", place, enquiry.unanswered)
            if enquiry.awaited:
                return Stop("waits", place, enquiry.awaited)
            if step.decision is not None and place not in commitments:
                return Stop("decides", place)
            taken = self._leave(here.once(("exits", target), _guards(step), _targets, step))
            if isinstance(taken, Stop):
                return taken
            if taken is None:
                return Stop("ends", place)
            target = taken
        return Stop("ends", place, endpoint=target)

    def _leave(self, targets: Iterable[str]) -> str | Stop | None:
        """The target of the exit that is taken; the stop of a detour that is not finished; None
        where no exit is found."""
        library = self._readings.library
        for target in targets:
            if target not in library.pathways:
                return target
            if target not in self._entered:
                stop = self._through(library[target], library[target].header.start)
                if stop.kind != "ends" or stop.endpoint is None:
                    return stop
        return None


def _beginning(
    known: Trail | None, before: Situation | None, readings: Readings
) -> tuple[Place, ...]:
    """The places of a trail of the walk before that are walked again in any case.

    It ends with the first at which something has changed; inside a detour, with the step that led
    into it.
    """
    if known is None or before is None or readings.changed is None:
        return ()
    library, now, then = readings.library, readings.case, before.readings.case
    touched = {
        (pathway, key[1])
        for pathway in {place.pathway for place in known.places}
        for item in readings.changed
        for key in library[pathway].resting_on(item)
        if isinstance(key, tuple) and key[0] in ("enquiry", "exits")
    }
    places = now.commitments.keys() | then.commitments.keys()
    decided = {p for p in places if now.commitments.get(p) != then.commitments.get(p)}
    last = len(known.places) - 1
    for number, place in enumerate(known.places):
        if (place.pathway, place.step) in touched or place in decided:
            last = number
            break
    while last and known.places[last].pathway != known.pathway:
        last -= 1
    return known.places[: last + 1]


def _targets(reading: Reading, step: Step) -> tuple[str, ...]:
    return tuple(exit_.target for exit_ in open_exits(step, reading))


def _guards(step: Step) -> Iterator[str]:
    return (exit_.if_ for exit_ in step.exits if exit_.if_ is not None)


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


def pinned(step: Step, visit: int) -> Mapping[str, int] | None:
    """The items that are keyed by visit at a step, with the visit they are read at."""
    return None if step.loop is None else dict.fromkeys(step.loop.ask_again, visit)


class _Enquiry(NamedTuple):
    """The items of a step that are unanswered, and those that it cannot go on without."""

    unanswered: tuple[str, ...]
    awaited: tuple[str, ...]


def _enquiry(reading: Reading, step: Step) -> _Enquiry:
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
    return _Enquiry(tuple(unanswered), tuple(awaited))


def at_its_visit(place: Place, reading: Reading) -> Reading:
    """What a decision inside a loop reads: of items asked anew, no visit later than its own."""
    return reading.at(visits_until(place, reading.pathway, reading.case))


def _at_its_visit(place: Place, readings: Readings) -> Reading:
    pathway = readings.library[place.pathway]
    return readings.of(pathway.id, visits_until(place, pathway, readings.case))


def visits_until(place: Place, pathway: Pathway, case: CaseFacts) -> Mapping[str, int]:
    """The latest visit, up to that of a place, at which each item that is asked anew has a fact."""
    visits: dict[str, int] = {}
    for name in pathway.looped_items(place.step):
        known = [v for v in case.facts.get(name, {}) if v <= place.visit]
        if known:
            visits[name] = max(known)
    return visits


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
                key = ("finding", name)
                found[name] = reading.once(key, (finding.if_,), _finding, name, finding)
    return tuple(found.values())


def _finding(reading: Reading, name: str, finding: Finding) -> FindingState:
    return FindingState(name, finding, reading.truth(finding.if_), reading.deciding(finding.if_))


def _stopped_applying(readings: list[Reading]) -> tuple[str, ...]:
    """Items with an entered value whose `applies_if` has become false."""
    return tuple(
        dict.fromkeys(
            name
            for reading in readings
            for name in reading.pathway.conditional_items
            if reading.applies(name) is Truth.FALSE
            and (fact := reading.fact(name)) is not None
            and not isinstance(fact.value, Absent)
        )
    )
