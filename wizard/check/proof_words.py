"""Proofs as an author reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.check.proof import Proof
from wizard.text import wrap

WIDTH = 100
KINDS = {
    "way-out": "every walk ends at a named end or waits for something named",
    "can-happen": "every exit, end, alert and recommendation can happen (each replayed)",
    "asked": "no end comes before the emergencies have been asked about",
    "invariant": "invariants hold in every situation, unknowns included",
    "unknown-reassures": "unknown never reassures",
    "contradiction": "no advice is given here and forbidden there",
}


def proof_lines(proofs: Sequence[Proof]) -> Iterator[str]:
    """One line for each kind with its count; every one that does not hold in full."""
    for kind, words in KINDS.items():
        of_kind = [proof for proof in proofs if proof.kind == kind]
        if of_kind:
            held = sum(proof.holds for proof in of_kind)
            yield f"  {held} of {len(of_kind)} proved: {words}"
        for proof in of_kind:
            if not proof.holds:
                yield from _failed(proof)


def _failed(proof: Proof) -> Iterator[str]:
    note = f" ({proof.note})" if proof.note else ""
    yield from wrap(f"{proof.verdict}: {proof.subject}{note}", WIDTH, "    ", "      ")
    if proof.patient:
        head = "a patient:" if proof.replayed else "the solver's patient, not borne out:"
        yield from wrap(f"{head} {'; '.join(proof.patient)}", WIDTH, "      ", "        ")
