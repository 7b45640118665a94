"""What the vignettes of a pathway reach: steps, exits, advice, arguments and alerts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.case.open_case import OpenCase
from wizard.check.vignettes import arguments_shown
from wizard.definition.library import Pathway
from wizard.engine.facts import Place, Status
from wizard.engine.reading import Reading
from wizard.engine.situation import Trail
from wizard.engine.walk import open_exits, pinned
from wizard.guard import Truth

STANDS = (Status.RECOMMENDED, Status.CHECK_FIRST)


@dataclass(frozen=True)
class Coverage:
    """Of one kind of thing: all there are, in the order written, and those reached."""

    kind: str
    all: tuple[str, ...]
    reached: frozenset[str]

    @property
    def missed(self) -> tuple[str, ...]:
        """What no vignette reaches."""
        return tuple(name for name in self.all if name not in self.reached)


def coverage(pathway: Pathway, cases: Iterable[OpenCase]) -> tuple[Coverage, ...]:
    """What cases reach of a pathway.

    A step is reached on a trail; an exit is taken; a recommendation or candidate is recommended
    or to be checked first; an argument is shown beside a candidate that may be chosen; an alert is
    present.
    """
    kinds = {
        "step": list(pathway.steps),
        "exit": [exit_name(s, n) for s in pathway.steps for n in _numbers(pathway, s)],
        "advice": [*pathway.recommendations, *pathway.candidates],
        "argument": [f"{name} {number}" for name, number in _arguments(pathway)],
        "alert": list(pathway.alerts),
    }
    reached: dict[str, set[str]] = {kind: set() for kind in kinds}
    for case in cases:
        for kind, name in _reached(pathway, case):
            reached[kind].add(name)
    return tuple(Coverage(k, tuple(all_), frozenset(reached[k])) for k, all_ in kinds.items())


def exit_name(step: str, number: int) -> str:
    """An exit by its step and its number, from 1."""
    return f"{step} {number}"


def _numbers(pathway: Pathway, step: str) -> range:
    return range(1, len(pathway.steps[step].exits) + 1)


def _arguments(pathway: Pathway) -> Iterator[tuple[str, int]]:
    for name, (_, candidate) in pathway.candidates.items():
        for number in range(1, len(candidate.arguments) + 1):
            yield name, number


def _reached(pathway: Pathway, case: OpenCase) -> Iterator[tuple[str, str]]:
    situation = case.situation
    reading = Reading(pathway, case.state.facts, case.state.as_of)
    for trail in situation.trails:
        for place in trail.places:
            if place.pathway == pathway.id:
                yield "step", place.step
        for place, number in exits_taken(pathway, reading, trail):
            yield "exit", exit_name(place.step, number)
    for advice in situation.advice:
        if advice.status in STANDS:
            yield "advice", advice.id
    for state in situation.alerts:
        if state.truth is Truth.TRUE:
            yield "alert", state.id
    for decision in situation.decisions:
        if decision.place.pathway != pathway.id:
            continue
        for candidate in decision.candidates:
            if candidate.status in STANDS:
                yield "advice", candidate.id
    for name in arguments_shown(case):
        yield "argument", name


def exits_taken(pathway: Pathway, reading: Reading, trail: Trail) -> Iterator[tuple[Place, int]]:
    """The exits of a pathway's steps by which a trail went on, each with its number from 1."""
    for at, place in enumerate(trail.places):
        if place.pathway != pathway.id:
            continue
        after = trail.places[at + 1].pathway if at + 1 < len(trail.places) else None
        if after is None and trail.stop.place == place and not trail.finished:
            continue
        step = pathway.steps[place.step]
        numbers = {id(exit_): number for number, exit_ in enumerate(step.exits, start=1)}
        for exit_ in open_exits(step, reading.at(pinned(step, place.visit))):
            if exit_.target in pathway.steps or exit_.target in pathway.endpoints:
                yield place, numbers[id(exit_)]
                break
            if exit_.target == after:
                yield place, numbers[id(exit_)]
                if _stays_away(pathway, trail, at):
                    break


def _stays_away(pathway: Pathway, trail: Trail, at: int) -> bool:
    """Whether a trail has not come back from the detour that it took at a place."""
    back = any(place.pathway == pathway.id for place in trail.places[at + 1 :])
    return not back and trail.stop.place.pathway != pathway.id
