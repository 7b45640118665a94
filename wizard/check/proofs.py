"""Proofs over all facts of a pathway, unknowns included (docs/checks.md, Proofs).

z3 is imported here and in what is imported from here, and nowhere else. Every counter-example and
every witness is replayed through the engine before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from datetime import date
from functools import partial
from itertools import permutations
from typing import Any

import z3

from wizard.check.confirming import (
    contradicts,
    ends_at,
    ends_unasked,
    goes_on,
    is_present,
    is_recommended,
    is_stuck,
    violates,
)
from wizard.check.encoding import Encoding
from wizard.check.formulas import Z3
from wizard.check.places import guards
from wizard.check.proof import Proof, Verdict
from wizard.check.prover import STEPS, Claim, Prover, cannot_be
from wizard.check.ways import finished, taken
from wizard.definition.library import Library, Pathway
from wizard.definition.models import CommonFile, PathwayFile
from wizard.guard import names_in, names_recommended, parse_invariant

TOGETHER = 50
"""How many guards are asked about in one question; one for all would grow with its square."""


def prove(
    library: Library, pathway: Pathway, as_of: date, beside: Executor | None = None
) -> Iterator[Proof]:
    """Every proof of one pathway, in the order of docs/checks.md.

    What needs no ways through the pathway is proved `beside`, in another process, where there is
    one.
    """
    # Only the definitions are handed over: what a pathway has compiled stays in its process.
    apart = (
        beside.submit(_apart, pathway.content, pathway.common, pathway.hash, pathway.asked)
        if beside
        else None
    )
    prover = Prover(library, pathway, as_of)
    yield from _total(prover)
    yield from prover.can("can-happen", _possible(prover))
    yield from _asked(prover)
    yield from _invariants(prover)
    yield from apart.result() if apart else _unknown_never_reassures(pathway)
    yield from _no_contradiction(prover)


def _total(prover: Prover) -> Iterator[Proof]:
    """(a) No step is finished without a way out, so that every walk ends or waits."""
    pathway, encoding = prover.pathway, prover.encoding
    asked: set[str] = set()
    for state in prover.ways.states:
        step = pathway.steps.get(state.name)
        if step is None or state.name in asked:
            continue
        asked.add(state.name)
        done = finished(encoding, step, state)
        ways = z3.Or(taken(prover.library, encoding, step, state))
        stuck = z3.And(done, z3.Not(ways))
        subject = f"the step `{state.name}` always has a way out"
        if cannot_be(stuck):
            yield Proof("way-out", subject, "proved")
            continue
        there = z3.And(prover.reach[state], stuck)
        yield prover.never("way-out", subject, there, partial(is_stuck, state.name))
    verdict: Verdict = "proved" if prover.ways.complete else "not decided"
    note = f"{len(prover.ways.states):,} states, loops unrolled up to their bounds"
    yield Proof("way-out", "every walk comes to an end or waits", verdict, note)


def _possible(prover: Prover) -> Iterator[Claim]:
    """(b) Every exit, endpoint, alert and recommendation can happen.

    Ends come first: whoever comes to an end has taken many exits.
    """
    pathway = prover.pathway
    for name in pathway.endpoints:
        at_end = _reached(prover, frozenset({name}))
        yield Claim(f"the end `{name}`", at_end, partial(ends_at, name))
    by_exit: dict[tuple[str, int], list[Z3]] = {}
    for way in prover.ways.ways:
        leaving = prover.leaving[way.start][way.exit]
        by_exit.setdefault((way.start.name, way.exit), []).append(leaving)
    for (name, number), conditions in by_exit.items():
        target = pathway.steps[name].exits[number].target
        subject = f"exit {number + 1} of `{name}`, to `{target}`"
        yield Claim(subject, z3.Or(conditions), partial(goes_on, name, target))
    for name, alert in pathway.alerts.items():
        present = prover.encoding.guard(alert.if_).true
        yield Claim(f"the alert `{name}`", present, partial(is_present, name))
    for name in (*pathway.recommendations, *pathway.candidates):
        recommended = prover.recommended(name)
        yield Claim(f"the advice `{name}` recommended", recommended, partial(is_recommended, name))


def _reached(prover: Prover, ends: frozenset[str]) -> Z3:
    return z3.Or([reach for state, reach in prover.reach.items() if state.name in ends])


def _asked(prover: Prover) -> Iterator[Proof]:
    """(c) No end inside the pathway comes before each emergency has been asked about.

    Of the items that an alert reads at least one has been asked on every way, by a step of the
    pathway or by one of a detour that was taken. Where an alert leads to the pathway, cases come
    from others, which have asked about the alerts that it asks nothing about.
    """
    pathway, encoding = prover.pathway, prover.encoding
    ends = frozenset(name for name, end in pathway.endpoints.items() if not end.outside)
    detours = [
        (leaving, prover.library[target].asks)
        for state, ways_on in prover.leaving.items()
        for exit_, leaving in zip(pathway.steps[state.name].exits, ways_on, strict=True)
        if (target := exit_.target) in prover.library.pathways
    ]
    trail = any(alert.trail == pathway.id for alert in pathway.alerts.values())
    for name, alert in pathway.alerts.items():
        items = pathway.items.keys() & pathway.names_behind(names_in(pathway.guard(alert.if_)))
        if trail and not items & pathway.asks:
            continue
        unasked = [
            z3.And(z3.Not(encoding.applies(item).false), z3.Not(entered.has), entered.reason == 0)
            for item in sorted(items)
            for visit in range(1, encoding.visits(item) + 1)
            for entered in [encoding.of(item, visit)]
        ]
        asking = [leaving for leaving, asked in detours if asked & items]
        yield prover.never(
            "asked",
            f"no end comes before the alert `{name}` has been asked about",
            z3.And(_reached(prover, ends), *unasked, z3.Not(z3.Or(asking))),
            partial(ends_unasked, ends, frozenset(items)),
        )


def _invariants(prover: Prover) -> Iterator[Proof]:
    """(d) No invariant is violated; one is, unless its `when` is false."""
    pathway, encoding = prover.pathway, prover.encoding
    for name, invariant in pathway.invariants.items():
        parsed = parse_invariant(invariant.never)
        when = encoding.expression(parsed.when)
        named = names_recommended(parsed.never)
        candidates = [prover.recommended(n) for n in named if n in pathway.candidates]
        never = [encoding.expression(parsed.never).true]
        yield prover.never(
            "invariant",
            f"`{name}`: {invariant.text}",
            z3.And(*(candidates or never), z3.Not(when.false)),
            partial(violates, invariant.never),
        )


def _apart(
    content: PathwayFile, common: CommonFile, hash_: str, asked: frozenset[str]
) -> list[Proof]:
    return list(_unknown_never_reassures(Pathway(content, common, hash_, asked)))


def _unknown_never_reassures(pathway: Pathway) -> Iterator[Proof]:
    """(e) Making any values unknown never turns a clinical guard to true or to false.

    A value entered for an item that does not apply counts as set aside.
    """
    clinical = {g.guard: g.what for g in guards(pathway) if not g.flow}
    texts = tuple(clinical)
    settled: list[tuple[str, Any]] = []
    for first in range(0, len(texts), TOGETHER):
        settled += _settled_by_unknown(pathway, texts[first : first + TOGETHER])
    for text, answer in settled:
        verdict: Verdict = "refuted" if answer == z3.sat else "not decided"
        note = f"a value made unknown settles it: {text}"
        yield Proof("unknown-reassures", clinical[text], verdict, note)
    if not settled:
        subject = f"unknown never reassures: {len(texts)} guards of alerts, findings and advice"
        yield Proof("unknown-reassures", subject, "proved")


def _settled_by_unknown(pathway: Pathway, texts: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Those of some guards that a value made unknown may settle, each with the solver's answer."""
    full, less = Encoding(pathway, " before"), Encoding(pathway, " after")
    pairs = [(full.guard(text), less.guard(text)) for text in texts]
    weaker = weakened(full, less)
    solver = z3.Solver()
    solver.set("rlimit", STEPS)
    applying = [
        z3.Implies(full.of(name, visit).has, z3.Not(full.applies(name).false))
        for name, visit in list(full.entered)
    ]
    solver.add(full.constraints + less.constraints + weaker + applying)
    broken = [
        z3.Or(z3.And(after.true, z3.Not(before.true)), z3.And(after.false, z3.Not(before.false)))
        for before, after in pairs
    ]
    if solver.check(z3.Or(broken)) == z3.unsat:
        return
    for text, question in zip(texts, broken, strict=True):
        answer = solver.check(question)
        if answer != z3.unsat:
            yield text, answer


def _no_contradiction(prover: Prover) -> Iterator[Proof]:
    """(f) Advice about one action is never recommended here and forbidden there."""
    pathway = prover.pathway
    advice = {
        **pathway.recommendations,
        **{name: candidate for name, (_, candidate) in pathway.candidates.items()},
    }
    about: dict[str, list[str]] = {}
    for name, recommendation in advice.items():
        if recommendation.about is not None:
            about.setdefault(recommendation.about, []).append(name)
    for action, names in about.items():
        for one, other in permutations(names, 2):
            _, against = prover.encoding.advice(advice[other])
            yield prover.never(
                "contradiction",
                f"`{one}` is not recommended where `{other}` is forbidden ({action})",
                z3.And(prover.recommended(one), against.true),
                partial(contradicts, one, other),
            )


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
