"""The ways through a pathway as a graph without circles, loops unrolled up to their bounds."""

from __future__ import annotations

from dataclasses import dataclass, field

import z3

from wizard.check.encoding import Encoding, Pins
from wizard.check.formulas import FALSE, TRUE, Z3, Pair
from wizard.definition.library import Library, Pathway
from wizard.definition.models import Step

MOST_STATES = 20_000


@dataclass(frozen=True)
class State:
    """A step, or an endpoint, and how often each loop has been met on the way to it."""

    name: str
    met: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Way:
    """An exit that is taken: from, its number among the exits of the step, to."""

    start: State
    exit: int
    end: State


@dataclass
class Ways:
    """All states and ways of one pathway. `complete` is false where there are too many."""

    states: list[State] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    complete: bool = True


def ways_through(library: Library, pathway: Pathway) -> Ways:
    """Every state that exits lead to, in the order met; detours are passed through."""
    found = Ways()
    start = _entered(pathway, pathway.header.start, ())
    seen = {start}
    waiting = [start]
    while waiting:
        state = waiting.pop(0)
        found.states.append(state)
        if len(found.states) > MOST_STATES:
            found.complete = False
            break
        step = pathway.steps.get(state.name)
        for number, exit_ in enumerate(step.exits if step is not None else ()):
            if exit_.target in library.pathways:
                continue
            end = _entered(pathway, exit_.target, state.met)
            found.ways.append(Way(state, number, end))
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return found


def _entered(pathway: Pathway, name: str, met: tuple[tuple[str, int], ...]) -> State:
    """Where an exit ends: a loop that has been met often enough leads on to its `then`."""
    counts = dict(met)
    while (step := pathway.steps.get(name)) is not None and step.loop is not None:
        if counts.get(name, 0) < step.loop.visits:
            counts[name] = counts.get(name, 0) + 1
            break
        name = step.loop.then
    return State(name, tuple(sorted(counts.items())))


def pins_of(step: Step, state: State) -> Pins:
    """The items of a loop with the visit at which its step reads them."""
    if step.loop is None:
        return ()
    visit = dict(state.met).get(state.name, 1)
    return tuple((name, visit) for name in step.loop.ask_again)


def pins_of_decision(pathway: Pathway, state: State) -> Pins:
    """The items of loops with the visit at which a decision inside them reads them."""
    looped = pathway.looped_items(state.name)
    return tuple(
        (item, visit)
        for name, visit in state.met
        if (loop := pathway.steps[name].loop) is not None
        for item in loop.ask_again
        if item in looped
    )


def finished(encoding: Encoding, step: Step, state: State) -> Z3:
    """When the enquiry of a step holds the walk up no longer."""
    pins = dict(pins_of(step, state))
    parts = []
    for name in step.asks:
        may_await = name in step.may_await
        visits = [pins[name]] if name in pins else range(1, encoding.visits(name) + 1)
        parts.append(z3.Or([encoding.answered(name, v, may_await=may_await) for v in visits]))
    return z3.And(parts) if parts else TRUE


def taken(library: Library, encoding: Encoding, step: Step, state: State) -> list[Z3]:
    """For each exit of a step when it is the one that is taken, the step being finished."""
    pins = pins_of(step, state)
    passed: Z3 = TRUE
    stopped: Z3 = FALSE
    found: list[Z3] = []
    for exit_ in step.exits:
        if exit_.unknown is not None:
            found.append(stopped)
            continue
        pair = Pair(TRUE, FALSE) if exit_.if_ is None else encoding.guard(exit_.if_, pins)
        found.append(z3.And(passed, pair.true))
        stopped = z3.Or(stopped, z3.And(passed, pair.unknown))
        detour = exit_.target in library.pathways
        passed = z3.And(passed, z3.Not(pair.unknown) if detour else pair.false)
    return found


def reached(
    library: Library, encoding: Encoding, ways: Ways
) -> tuple[dict[State, Z3], dict[State, list[Z3]]]:
    """When the walk comes to each state, and when it leaves it by each of its exits.

    Asserts what ties the states together.
    """
    steps = encoding.pathway.steps
    reach = {s: z3.Bool(f"reach {n}") for n, s in enumerate(ways.states)}
    into: dict[State, list[Z3]] = {state: [] for state in ways.states}
    leaving: dict[State, list[Z3]] = {}
    for way in ways.ways:
        if way.start not in leaving:
            step = steps[way.start.name]
            here = z3.And(reach[way.start], finished(encoding, step, way.start))
            leaving[way.start] = [
                z3.And(here, c) for c in taken(library, encoding, step, way.start)
            ]
        if way.end in into:
            into[way.end].append(leaving[way.start][way.exit])
    first = ways.states[0]
    for state, conditions in into.items():
        encoding.constraints.append(
            reach[state] == (TRUE if state == first else z3.Or(conditions) if conditions else FALSE)
        )
    return reach, leaving
