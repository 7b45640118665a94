"""How strong the vignettes of a pathway are: faults, coverage, and the mutants they notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wizard.check.coverage import Coverage, coverage
from wizard.check.mutants import NOTICED, SEEN, UNSEEN, Outcome, outcomes
from wizard.check.vignettes import Vignette, faults
from wizard.definition.library import Library, Pathway
from wizard.text import wrap

WIDTH = 100


@dataclass(frozen=True)
class Strength:
    """What the vignettes of a pathway show: `failed` holds the faults of each that has any."""

    pathway: str
    vignettes: int
    failed: dict[str, list[str]]
    covered: tuple[Coverage, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def noticed(self) -> int:
        """How many mutants make a vignette fail."""
        return sum(outcome.verdict == NOTICED for outcome in self.outcomes)

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "pathway": self.pathway,
            "vignettes": self.vignettes,
            "failed": self.failed,
            "coverage": {
                c.kind: {"all": len(c.all), "reached": len(c.all) - len(c.missed), "not": c.missed}
                for c in self.covered
            },
            "mutants": {"all": len(self.outcomes), "noticed": self.noticed},
            "not_noticed": [
                {
                    "guard": outcome.mutant.guard,
                    "changed": outcome.mutant.changed,
                    "of": outcome.mutant.places,
                    "advice_changes": outcome.verdict == SEEN,
                }
                for outcome in self.outcomes
                if outcome.verdict != NOTICED
            ],
        }

    def as_text(self) -> str:
        """Counts first, then all that is missing, by name."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        held = self.vignettes - len(self.failed)
        yield f"{self.pathway}: {held} of {self.vignettes} vignettes hold"
        for name, found in self.failed.items():
            yield f"  {name}"
            for fault in found:
                yield from wrap(fault, WIDTH, "    ", "      ")
        for kind in self.covered:
            reached = len(kind.all) - len(kind.missed)
            yield f"  {kind.kind:<9} {reached} of {len(kind.all)} reached"
            if kind.missed:
                yield from wrap(f"not: {', '.join(kind.missed)}", WIDTH, "    ", "         ")
        if not self.outcomes:
            return
        share = 100 * self.noticed // len(self.outcomes)
        yield f"  mutants   {self.noticed} of {len(self.outcomes)} noticed ({share} percent)"
        for verdict, head in (
            (SEEN, "advice changes, and no `expected` says that it must not:"),
            (UNSEEN, "no vignette changes:"),
        ):
            missed = [outcome for outcome in self.outcomes if outcome.verdict == verdict]
            if missed:
                yield f"    {head}"
            for outcome in missed:
                yield from wrap(outcome.mutant.words(), WIDTH, "      ", "        ")


def strength(
    library: Library, pathway: Pathway, vignettes: Sequence[Vignette], *, mutate: bool = True
) -> Strength:
    """Runs the vignettes of a pathway, and them again for each mutant of its guards."""
    cases = [vignette.walked(library) for vignette in vignettes]
    found = {v.name: faults(v, case) for v, case in zip(vignettes, cases, strict=True)}
    return Strength(
        pathway.id,
        len(vignettes),
        {name: of_case for name, of_case in found.items() if of_case},
        coverage(pathway, cases),
        tuple(outcomes(library, pathway, vignettes)) if mutate else (),
    )
