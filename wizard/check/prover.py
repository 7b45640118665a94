"""One pathway before the solver: questions, patients, and whether the engine bears them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import z3

from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase
from wizard.check.encoding import Encoding
from wizard.check.formulas import Z3
from wizard.check.patients import facts_of, smallest, walked, words_of
from wizard.check.proof import Proof, Verdict
from wizard.check.ways import Ways, pins_of_decision, reached, ways_through
from wizard.definition.library import Library, Pathway

STEPS = 20_000_000
"""Solver steps after which a question is given up; never a clock."""
MOST_CHECKS = 30
"""How often the solver is asked for a witness that bears out open claims beside its own."""
GIVEN_UP = f"given up after {STEPS:,} solver steps"
NOT_BORNE_OUT = "the solver's patient does not bear it out in the engine"


def cannot_be(question: Z3) -> bool:
    """Whether a question has no answer by itself: cheap, as nothing else is read."""
    alone = z3.Solver()
    alone.set("rlimit", STEPS)
    alone.add(question)
    return bool(alone.check() == z3.unsat)


@dataclass(frozen=True)
class Claim:
    """Something that can happen: as a question to the solver, and as one to the engine."""

    subject: str
    question: Z3
    confirm: Callable[[OpenCase], bool]


class Prover:
    """The facts and ways of one pathway as formulas, in one solver that keeps what it learns."""

    def __init__(self, library: Library, pathway: Pathway, as_of: date) -> None:
        self.library = library
        self.pathway = pathway
        self.encoding = Encoding(pathway)
        self.ways: Ways = ways_through(library, pathway)
        self.reach, self.leaving = reached(library, self.encoding, self.ways)
        self.recommended = cache(self._recommended)
        self._as_of = as_of
        self._solver: Any = z3.Solver()
        self._solver.set("rlimit", STEPS)
        self._asserted = 0
        self._applying: set[tuple[str, int]] = set()
        self._all_apply = z3.Bool("every value is of an item that applies")

    def never(
        self, kind: str, subject: str, question: Z3, confirm: Callable[[OpenCase], bool]
    ) -> Proof:
        """Proved where no patient can be found to whom the question applies."""
        return self._proof(kind, Claim(subject, question, confirm), can=False)[0]

    def can(self, kind: str, claims: Iterable[Claim]) -> Iterator[Proof]:
        """Proved where a patient is found, all of whose values apply, and the engine agrees.

        A patient is looked for to whom some of the claims still open apply too; whoever has been
        walked is a witness of every claim that the engine confirms.
        """
        claims = list(claims)
        found: dict[str, Proof] = {}
        for number, claim in enumerate(claims):
            if claim.subject in found:
                continue
            later = claims[number + 1 :]
            also = tuple(c.question for c in later if c.subject not in found)
            found[claim.subject], case = self._proof(kind, claim, also, can=True)
            if case is None:
                continue
            words, answers = words_of(case), write_answers(case.state)
            for other in claims:
                if other.subject not in found and other.confirm(case):
                    found[other.subject] = Proof(kind, other.subject, "proved", "", words, answers)
        yield from (found[claim.subject] for claim in claims)

    def _proof(
        self, kind: str, claim: Claim, also: tuple[Z3, ...] = (), *, can: bool
    ) -> tuple[Proof, OpenCase | None]:
        """The proof, and the patient who was walked: one proves what can happen, else refutes.

        A witness whom the engine does not bear out may only have waited somewhere on a detour, or
        have a number that nobody would enter, or a derived value that no rounding gives. So one of
        whom nothing else is asked, and one with as few answers as can be, all of whose numbers
        are such as are entered, are tried too.
        """
        subject, question = claim.subject, claim.question
        attempts = [(also, False), ((), False), ((), True)] if can else [((), True)]
        case: OpenCase | None = None
        for number, (others, small) in enumerate(attempts):
            if number == 2:
                question = z3.And(question, self.encoding.exact, *self.encoding.as_entered())
            answer, found = self._find(question, others, can=can, small=small)
            if found is None and case is not None:
                break
            if answer == z3.unknown:
                return Proof(kind, subject, "not decided", GIVEN_UP), None
            if found is None:
                none = Proof(kind, subject, "refuted", "no patient can bring it about")
                return none if can else Proof(kind, subject, "proved"), None
            case = found
            words = words_of(case)
            if claim.confirm(case):
                verdict: Verdict = "proved" if can else "refuted"
                return Proof(kind, subject, verdict, "", words, write_answers(case.state)), case
        return Proof(kind, subject, "not decided", NOT_BORNE_OUT, words, "", False), case

    def _find(
        self, question: Z3, also: tuple[Z3, ...], *, can: bool, small: bool
    ) -> tuple[Any, OpenCase | None]:
        """The solver's answer; a patient to whom a question applies, walked by the engine.

        Each question of `also` applies too where it can beside those before it.
        """
        if can:
            self._note_what_applies()
        new = self.encoding.constraints[self._asserted :]
        self._asserted = len(self.encoding.constraints)
        self._solver.add(new)
        self._solver.push()
        self._solver.add(question, *([self._all_apply] if can else []))
        try:
            answer = self._solver.check()
            if answer != z3.sat:
                return answer, None
            model = smallest(self._solver, self.encoding) if small else self._with(also)
            facts = facts_of(model, self.encoding, self._as_of)
        finally:
            self._solver.pop(self._solver.num_scopes())
        return answer, walked(self.library, self.pathway, facts, self._as_of)

    def _with(self, also: tuple[Z3, ...]) -> Any:
        """The model of many more questions; the solver has just said *sat*.

        All are tried at once, then halves of what cannot be together, up to a number of checks.
        """
        model = self._solver.model()
        waiting, left = [also], MOST_CHECKS
        while waiting:
            asked = waiting.pop()
            self._solver.push()
            self._solver.add(*asked)
            if all(z3.is_true(model.eval(question)) for question in asked):
                continue
            if left == 0:
                self._solver.pop()
                break
            left -= 1
            if self._solver.check() == z3.sat:
                model = self._solver.model()
                continue
            self._solver.pop()
            half = len(asked) // 2
            if half:
                waiting += [asked[half:], asked[:half]]
        return model

    def _note_what_applies(self) -> None:
        """Says of every value that may be entered that its item applies where all are said to."""
        while new := self.encoding.entered.keys() - self._applying:
            for name, visit in sorted(new):
                applies = z3.Not(self.encoding.applies(name).false)
                entered = self.encoding.of(name, visit).has
                self._solver.add(z3.Implies(z3.And(self._all_apply, entered), applies))
            self._applying |= new

    def _recommended(self, name: str) -> Z3:
        """When a piece of advice is recommended; a candidate where its step is met."""
        if name in self.pathway.recommendations:
            return self.encoding.recommended(self.pathway.recommendations[name])
        step, candidate = self.pathway.candidates[name]
        at = [state for state in self.ways.states if state.name == step]
        return z3.Or([
            z3.And(
                self.reach[state],
                self.encoding.recommended(candidate, pins_of_decision(self.pathway, state)),
            )
            for state in at
        ])  # fmt: skip
