"""Checks over loaded pathways that need more than one definition at a time.

docs/checks.md lists every code. What stands wrong by itself is found while loading
(`wizard.definition`); here everything is loaded and sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Literal

from wizard.check.places import Path, PlacedGuard, advice, guards, sentences
from wizard.check.readable import TO_THE_PATIENT, frame_faults, patient_faults, patient_words
from wizard.check.wording import Fault, faults, strength_faults
from wizard.definition.diagnostics import Problem, Span
from wizard.definition.library import Library, Pathway
from wizard.definition.yaml import Positions
from wizard.engine.facts import CaseFacts
from wizard.engine.reading import Reading
from wizard.engine.regions import Regions
from wizard.guard import Absence, Absent, Truth, names_in
from wizard.text import format_date

MOST_COMBINATIONS = 4_096
"""Above this number of regions a guard is left to the proofs."""
COMMON = "common"


def lint(
    library: Library, places: Mapping[str, Positions], as_of: date, only: str | None = None
) -> list[Problem]:
    """Every problem of every pathway, or of one, and of the common ground, in order of place."""
    found: list[Problem] = []
    for name, pathway in library.pathways.items():
        if only in (None, name):
            found += _Linter(library, pathway, places).problems(as_of)
    common = library.common
    for text, path in sentences(common):
        if path[0] not in ("claims", "references"):
            found += _worded(places[COMMON], path, faults(text))
    frame = common.patient_note
    for words, path in patient_words(common):
        found += _worded(places[COMMON], (*path, "says"), patient_faults(words, frame))
    for name in TO_THE_PATIENT if frame is not None else ():
        found += _worded(
            places[COMMON], ("patient_note", name), frame_faults(getattr(frame, name), frame)
        )
    unique = {(p.code, p.span, p.what): p for p in found}
    return sorted(unique.values(), key=lambda p: (p.span, p.code))


def _worded(positions: Positions, path: Path, found: Iterator[Fault]) -> Iterator[Problem]:
    for fault in found:
        yield Problem(fault.code, positions.at(path).value, fault.what, fault.mend, "warning")


@dataclass
class _Linter:
    library: Library
    pathway: Pathway
    places: Mapping[str, Positions]

    def problems(self, as_of: date) -> Iterator[Problem]:
        yield from self._unread_and_unasked()
        yield from self._ends_for_want_of_data()
        for guard in guards(self.pathway):
            yield from self._constant(guard)
            yield from self._outside_validity(guard)
        for text, path in sentences(self.pathway.content):
            yield from _worded(self.places[self.pathway.id], path, faults(text))
        for words, path in patient_words(self.pathway.content):
            found = patient_faults(words, self.library.common.patient_note)
            yield from _worded(self.places[self.pathway.id], (*path, "says"), found)
        for name, recommendation, path in advice(self.pathway):
            positions = self._positions(path)
            yield from _worded(positions, (*path, "action"), strength_faults(recommendation))
            stated = recommendation.strength != "not stated by source"
            checked = {self.pathway.claims[c].checked for c in recommendation.claims}
            if stated and checked == {"recalled"}:
                what = f"`{name}` states a strength and rests on claims from memory alone"
                mend = "Cite a claim that has been read, or say `not stated by source`."
                yield self._problem("recalled-only", (*path, "claims"), what, mend)
        due = self.pathway.header.review_due
        if due < as_of:
            yield self._problem(
                "review-overdue",
                ("pathway", "review_due"),
                f"the content was due for review on {format_date(due)}",
                "Check the evidence again and set a new date.",
            )

    def _positions(self, path: Path) -> Positions:
        """The file in which something of this pathway stands: its own, else the common ground."""
        own = self.places[self.pathway.id]
        here = own
        for part in path[:2]:
            if part not in here.children:
                return self.places[COMMON]
            here = here.children[part]
        return own

    def _problem(
        self,
        code: str,
        path: Path,
        what: str,
        mend: str,
        severity: Literal["error", "warning"] = "warning",
    ) -> Problem:
        span: Span = self._positions(path).at(path).value
        return Problem(code, span, what, mend, severity)

    def _reading(self) -> Reading:
        return Reading(self.pathway, CaseFacts(), date.min)

    def _unread_and_unasked(self) -> Iterator[Problem]:
        p = self.pathway
        texts = [guard.guard for guard in guards(p)]
        texts += [p.header.population_if]
        named = frozenset().union(*(names_in(p.guard(text)) for text in texts))
        read = p.names_behind(named) & set(p.items)
        asked_here = p.asks
        asked = frozenset().union(*(q.asks for q in self.library.pathways.values()))
        for name in sorted(read - asked):
            what = f"guards read `{name}`, and no step asks it"
            mend = "Ask it at a step, or take it out of the guards."
            yield self._problem("never-asked", ("items", name), what, mend)
        kept = {name for step in p.steps.values() for name in step.for_the_record}
        used = read | kept | p.names_behind((*p.scores, *p.derived))
        for name in sorted(asked_here - used):
            if not p.items[name].echo:
                what = f"{p.id} asks `{name}`, and no guard, score or derived value of it reads it"
                mend = "Let something depend on it, list it in `for_the_record`, or do not ask it."
                yield self._problem("never-read", ("items", name), what, mend)

    def _ends_for_want_of_data(self) -> Iterator[Problem]:
        """A way out for missing data that ends the case as if a guard had been true."""
        for name, step in self.pathway.steps.items():
            as_known = {exit_.target for exit_ in step.exits if exit_.if_ is not None}
            for number, exit_ in enumerate(step.exits):
                end = self.pathway.endpoints.get(exit_.unknown or "")
                if end is not None and not end.outside and exit_.unknown in as_known:
                    what = (
                        f"missing data at `{name}` ends the case as if known, at `{exit_.unknown}`"
                    )
                    mend = "Let `unknown` lead to a step that finds out or goes on without."
                    at = ("steps", name, "exits", number, "unknown")
                    yield self._problem("missing-data-ends", at, what, mend)

    def _constant(self, placed: PlacedGuard) -> Iterator[Problem]:
        """A guard that comes out the same whatever the facts are."""
        if placed.guard == "always":
            return
        regions = Regions(self.pathway, [placed.guard])
        choices = {name: regions.of(name) for name in regions.atoms}
        sizes = [len(found) for found in choices.values() if found is not None]
        if len(sizes) < len(choices) or prod(sizes) > MOST_COMBINATIONS:
            return
        reading = self._reading()
        values = [
            [*(r.value for r in found or ()), Absent(Absence.NOT_KNOWN)]
            for found in choices.values()
        ]
        truths: set[Truth] = set()
        for chosen in product(*values):
            other = reading.supposing(dict(zip(choices, chosen, strict=True)))
            truths.add(other.truth(placed.guard))
            if {Truth.TRUE, Truth.FALSE} <= truths:
                return
        if Truth.TRUE not in truths:
            what = f"{placed.what}: its guard can never be true"
            mend = "Correct the guard, or take out what it belongs to."
            yield self._problem("never-true", placed.path, what, mend, "error")
        else:
            what = f"{placed.what}: its guard can never be false"
            mend = "Write `always` if that is meant, else correct the guard."
            yield self._problem("never-false", placed.path, what, mend)

    def _outside_validity(self, placed: PlacedGuard) -> Iterator[Problem]:
        """A score or derived value that a guard reads where it does not apply.

        There it is unknown for good, so that the guard can stay unknown although everything has
        been asked.
        """
        p = self.pathway
        names = names_in(p.guard(placed.guard))
        for name in sorted(names & {*p.scores, *p.derived}):
            valid_if = p.scores[name].valid_if if name in p.scores else p.derived[name].valid_if
            if valid_if is None:
                continue
            regions = Regions(p, [valid_if, placed.guard])
            others = [n for n in regions.atoms if n != name]
            choices = [regions.of(n) for n in others]
            if any(c is None for c in choices) or prod(len(c or ()) for c in choices) > (
                MOST_COMBINATIONS
            ):
                continue
            reading = self._reading()
            for chosen in product(*([r.value for r in c or ()] for c in choices)):
                suppose = dict(zip(others, chosen, strict=True))
                other = reading.supposing({**suppose, name: Absent(Absence.NOT_APPLICABLE)})
                if (
                    other.truth(valid_if) is Truth.FALSE
                    and other.truth(placed.guard) is Truth.UNKNOWN
                ):
                    what = f"{placed.what} reads `{name}` where it does not apply"
                    mend = f"Join the guard with `{valid_if}`, so that it is false there."
                    yield self._problem("outside-validity", placed.path, what, mend)
                    break
