"""What came of a proof; no solver is needed to read it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["proved", "refuted", "not decided"]


@dataclass(frozen=True)
class Proof:
    """One claim about a pathway, and what came of it.

    `patient` is the counter-example (or, of what can happen, the witness) in words, `answers` the
    same as a file of answers; `replayed` says that the engine does with it what was said.
    """

    kind: str
    subject: str
    verdict: Verdict
    note: str = ""
    patient: tuple[str, ...] = ()
    answers: str = ""
    replayed: bool = True

    @property
    def holds(self) -> bool:
        """Whether the claim is shown."""
        return self.verdict == "proved"

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)
