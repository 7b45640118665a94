"""Proofs over all facts of a pathway, unknowns included (docs/checks.md, Proofs).

z3 is imported here and in what is imported from here, and nowhere else. Every counter-example and
every witness is replayed through the engine before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

import z3

from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase
from wizard.check.encoding import Z3, Encoding
from wizard.check.patients import facts_of, smallest, walked, words_of
from wizard.check.places import guards
from wizard.check.proof import Proof, Verdict
from wizard.check.ways import (
    Ways,
    finished,
    pins_of_decision,
    reached,
    taken,
    ways_through,
)
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import Status
from wizard.engine.reading import Reading
from wizard.guard import Truth, names_recommended, parse_invariant

STEPS = 20_000_000
"""Solver steps after which a question is given up; never a clock."""


def prove(library: Library, pathway: Pathway, as_of: date) -> Iterator[Proof]:
    """Every proof of one pathway, in the order of docs/checks.md."""
    prover = _Prover(library, pathway, as_of)
    yield from prover.total()
    yield from prover.possible()
    yield from prover.invariants()
    yield from prover.unknown_never_reassures()
    yield from prover.no_contradiction()


class _Prover:
    def __init__(self, library: Library, pathway: Pathway, as_of: date) -> None:
        self._library = library
        self._pathway = pathway
        self._as_of = as_of
        self._encoding = Encoding(pathway)
        self._ways: Ways = ways_through(library, pathway)
        self._reach = reached(library, self._encoding, self._ways)
        self._solver: Any = None
        self._asserted = 0

    def _ask(self, question: Z3) -> tuple[Any, Any]:
        """The solver's answer, and the solver with the question pushed, for its model."""
        if self._solver is None:
            self._solver = z3.Solver()
            self._solver.set("rlimit", STEPS)
        new = self._encoding.constraints[self._asserted :]
        self._asserted = len(self._encoding.constraints)
        self._solver.add(new)
        self._solver.push()
        self._solver.add(question)
        return self._solver.check(), self._solver

    def _done(self) -> None:
        self._solver.pop(self._solver.num_scopes())

    def _find(
        self, question: Z3, confirm: Callable[[OpenCase], bool], *, small: bool
    ) -> tuple[OpenCase | None, tuple[str, ...], bool]:
        """A patient to whom a question applies, walked; the words; whether the engine agrees.

        Raises _NotDecided where the solver gives up.
        """
        answer, solver = self._ask(question)
        try:
            if answer == z3.unknown:
                raise _NotDecided
            if answer == z3.unsat:
                return None, (), True
            model = smallest(solver, self._encoding) if small else solver.model()
            facts = facts_of(model, self._encoding, self._as_of)
        finally:
            self._done()
        case = walked(self._library, self._pathway, facts, self._as_of)
        return case, words_of(case), confirm(case)

    def _never(
        self, kind: str, subject: str, question: Z3, confirm: Callable[[OpenCase], bool]
    ) -> Proof:
        """Proved where no patient can be found to whom the question applies."""
        try:
            case, words, agreed = self._find(question, confirm, small=True)
        except _NotDecided:
            return Proof(kind, subject, "not decided", f"given up after {STEPS:,} solver steps")
        if case is None:
            return Proof(kind, subject, "proved")
        if not agreed:
            note = "the solver's patient does not bear it out in the engine"
            return Proof(kind, subject, "not decided", note, words, "", False)
        return Proof(kind, subject, "refuted", "", words, write_answers(case.state))

    def _can(
        self, kind: str, subject: str, question: Z3, confirm: Callable[[OpenCase], bool]
    ) -> Proof:
        """Proved where a patient is found and the engine agrees."""
        try:
            case, words, agreed = self._find(question, confirm, small=False)
        except _NotDecided:
            return Proof(kind, subject, "not decided", f"given up after {STEPS:,} solver steps")
        if case is None:
            return Proof(kind, subject, "refuted", "no patient can bring it about")
        if not agreed:
            note = "the solver's patient does not bear it out in the engine"
            return Proof(kind, subject, "not decided", note, words, "", False)
        return Proof(kind, subject, "proved", "", words, write_answers(case.state))

    def total(self) -> Iterator[Proof]:
        """(a) No step is finished without a way out, so that every walk ends or waits."""
        asked: set[str] = set()
        for state in self._ways.states:
            step = self._pathway.steps.get(state.name)
            if step is None or state.name in asked:
                continue
            asked.add(state.name)
            done = finished(self._encoding, step, state)
            ways = z3.Or(taken(self._library, self._encoding, step, state))
            stuck = z3.And(self._reach[state], done, z3.Not(ways))
            name = state.name
            yield self._never(
                "way-out",
                f"the step `{name}` always has a way out",
                stuck,
                partial(_stuck, name),
            )
        verdict: Verdict = "proved" if self._ways.complete else "not decided"
        note = f"{len(self._ways.states):,} states, loops unrolled up to their bounds"
        yield Proof("way-out", "every walk comes to an end or waits", verdict, note)

    def possible(self) -> Iterator[Proof]:
        """(b) Every exit, endpoint, alert and recommendation can happen."""
        by_exit: dict[tuple[str, int], list[Z3]] = {}
        for way in self._ways.ways:
            step = self._pathway.steps[way.start.name]
            done = finished(self._encoding, step, way.start)
            leaving = taken(self._library, self._encoding, step, way.start)[way.exit]
            here = z3.And(self._reach[way.start], done, leaving)
            by_exit.setdefault((way.start.name, way.exit), []).append(here)
        for (name, number), conditions in by_exit.items():
            target = self._pathway.steps[name].exits[number].target
            yield self._can(
                "can-happen",
                f"exit {number + 1} of `{name}`, to `{target}`",
                z3.Or(conditions),
                partial(_goes, name, target),
            )
        ends: dict[str, list[Z3]] = {}
        for state in self._ways.states:
            if state.name in self._pathway.endpoints:
                ends.setdefault(state.name, []).append(self._reach[state])
        for name in self._pathway.endpoints:
            yield self._can(
                "can-happen",
                f"the end `{name}`",
                z3.Or(ends.get(name, [z3.BoolVal(False)])),
                partial(_ends, name),
            )
        for name, alert in self._pathway.alerts.items():
            yield self._can(
                "can-happen",
                f"the alert `{name}`",
                self._encoding.guard(alert.if_).true,
                partial(_present, name),
            )
        for name, question in self._recommended().items():
            yield self._can(
                "can-happen",
                f"the advice `{name}` recommended",
                question,
                partial(_is_recommended, name),
            )

    def _recommended(self) -> dict[str, Z3]:
        """For each piece of advice when it is recommended; a candidate where its step is met."""
        found = {
            name: self._encoding.recommended(recommendation)
            for name, recommendation in self._pathway.recommendations.items()
        }
        for name, (step, candidate) in self._pathway.candidates.items():
            found[name] = z3.Or(
                *(
                    z3.And(
                        self._reach[state],
                        self._encoding.recommended(
                            candidate, pins_of_decision(self._pathway, state)
                        ),
                    )
                    for state in self._ways.states
                    if state.name == step
                ),
                z3.BoolVal(False),
            )
        return found

    def invariants(self) -> Iterator[Proof]:
        """(c) No invariant is violated; one is, unless its `when` is false."""
        recommended = self._recommended()
        for name, invariant in self._pathway.invariants.items():
            parsed = parse_invariant(invariant.never)
            when = self._encoding.expression(parsed.when)
            named = names_recommended(parsed.never)
            candidates = [recommended[n] for n in named if n in self._pathway.candidates]
            never = [self._encoding.expression(parsed.never).true]
            yield self._never(
                "invariant",
                f"`{name}`: {invariant.text}",
                z3.And(*(candidates or never), z3.Not(when.false)),
                partial(_violates, invariant.never),
            )

    def unknown_never_reassures(self) -> Iterator[Proof]:
        """(d) Making any values unknown never turns a clinical guard to true or to false.

        A value entered for an item that does not apply counts as set aside.
        """
        full, less = Encoding(self._pathway, " before"), Encoding(self._pathway, " after")
        clinical = {g.guard: g.what for g in guards(self._pathway) if not g.flow}
        pairs = {text: (full.guard(text), less.guard(text)) for text in clinical}
        weaker = weakened(full, less)
        solver = z3.Solver()
        solver.set("rlimit", STEPS)
        applying = [
            z3.Implies(full.of(name, visit).has, z3.Not(full.applies(name).false))
            for name, visit in list(full.entered)
        ]
        solver.add(full.constraints + less.constraints + weaker + applying)
        broken = [
            z3.Or(
                z3.And(after.true, z3.Not(before.true)), z3.And(after.false, z3.Not(before.false))
            )
            for before, after in pairs.values()
        ]
        subject = f"unknown never reassures: {len(broken)} guards of alerts, findings and advice"
        for (text, what), question in zip(clinical.items(), broken, strict=True):
            solver.push()
            solver.add(question)
            answer = solver.check()
            solver.pop()
            if answer != z3.unsat:
                verdict: Verdict = "refuted" if answer == z3.sat else "not decided"
                note = f"a value made unknown settles it: {text}"
                yield Proof("unknown-reassures", what, verdict, note)
                subject = ""
        if subject:
            yield Proof("unknown-reassures", subject, "proved")

    def no_contradiction(self) -> Iterator[Proof]:
        """(e) Advice about one action is never recommended here and forbidden there."""
        about: dict[str, list[str]] = {}
        advice = {
            **self._pathway.recommendations,
            **{name: c for name, (_, c) in self._pathway.candidates.items()},
        }
        for name, recommendation in advice.items():
            if recommendation.about is not None:
                about.setdefault(recommendation.about, []).append(name)
        recommended = self._recommended()
        for action, names in about.items():
            for one in names:
                for other in names:
                    if one == other:
                        continue
                    _, against = self._encoding.advice(advice[other])
                    yield self._never(
                        "contradiction",
                        f"`{one}` is not recommended where `{other}` is forbidden ({action})",
                        z3.And(recommended[one], against.true),
                        partial(_contradicts, one, other),
                    )


class _NotDecided(Exception):
    """The solver has given up."""


def weakened(full: Encoding, less: Encoding) -> list[Z3]:
    """That one set of facts is the other with some values made unknown.

    An item that is asked at several visits is made unknown at all of them: guards read the latest
    visit with a value, so that an earlier one would stand in for the last.
    """
    found = []
    lost: dict[str, list[Z3]] = {}
    for name, visit in {**full.entered, **less.entered}:
        before, after = full.of(name, visit), less.of(name, visit)
        found.append(z3.Implies(after.has, before.has))
        lost.setdefault(name, []).append(z3.And(before.has, z3.Not(after.has)))
        if before.value is not None:
            found.append(z3.Implies(after.has, after.value == before.value))
        for options in ("present", "absent"):
            pairs = zip(getattr(after, options), getattr(before, options), strict=True)
            found += [z3.Implies(now, then) for now, then in pairs]
    for name, visit in list(less.entered):
        found.append(z3.Implies(z3.Or(lost[name]), z3.Not(less.of(name, visit).has)))
    return found + less.computed_alike(full)


def _status(case: OpenCase, name: str) -> Status | None:
    candidates = [c for d in case.situation.decisions for c in d.candidates]
    found = [a.status for a in (*case.situation.advice, *candidates) if a.id == name]
    return min(found, key=lambda status: status.rank) if found else None


def _is_recommended(name: str, case: OpenCase) -> bool:
    return _status(case, name) is Status.RECOMMENDED


def _present(name: str, case: OpenCase) -> bool:
    return any(s.id == name and s.truth is Truth.TRUE for s in case.situation.alerts)


def _ends(name: str, case: OpenCase) -> bool:
    return case.situation.main.stop.endpoint == name


def _stuck(name: str, case: OpenCase) -> bool:
    """Whether the walk ends at a step without an exit: a gap of the definition."""
    trail = case.situation.main
    return trail.finished and trail.stop.endpoint is None and trail.places[-1].step == name


def _goes(step: str, target: str, case: OpenCase) -> bool:
    """Whether the main trail leaves a step for a target, directly or through a detour."""
    trail = case.situation.main
    names = [p.step for p in trail.places if p.pathway == trail.pathway]
    ways = set(pairwise([*names, trail.stop.endpoint or ""]))
    loop = case.pathway.steps[target].loop if target in case.pathway.steps else None
    return (step, target) in ways or (loop is not None and (step, loop.then) in ways)


def _violates(text: str, case: OpenCase) -> bool:
    """Whether the walked case has the advice that an invariant forbids in its situation."""
    pathway = case.pathway
    reading = Reading(pathway, case.state.facts, case.state.as_of)
    named = names_recommended(parse_invariant(text).never)
    recommended = all(_is_recommended(name, case) for name in named)
    return recommended and reading.truth(text.split(" when ", 1)[1]) is not Truth.FALSE


def _contradicts(one: str, other: str, case: OpenCase) -> bool:
    pieces = {a.id: a for d in case.situation.decisions for a in d.candidates}
    pieces.update({a.id: a for a in case.situation.advice})
    forbidden = other in pieces and any(c.truth is Truth.TRUE for c in pieces[other].concerns)
    return _is_recommended(one, case) and forbidden
