"""The hazards and the invariants in short words, as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Hazard:
    """What can go wrong and what is done about it; `open` says what is missing."""

    id: str
    hazard: str
    control: str
    open: str = ""


@dataclass(frozen=True)
class Invariant:
    """What must hold. `checks` are codes of `check`, `proofs` kinds of `check --prove`."""

    id: str
    text: str
    checks: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    open: str = ""


def read_hazards() -> tuple[Hazard, ...]:
    """The hazards in the order of their ids."""
    rows = yaml.safe_load((HERE / "hazards.yaml").read_text(encoding="utf-8"))
    return tuple(Hazard(**row) for row in rows)


def read_invariants() -> tuple[Invariant, ...]:
    """The invariants in the order of the dossiers."""
    rows = yaml.safe_load((HERE / "invariants.yaml").read_text(encoding="utf-8"))
    return tuple(
        Invariant(
            **{
                **row,
                "checks": tuple(row.get("checks", ())),
                "proofs": tuple(row.get("proofs", ())),
            }
        )
        for row in rows
    )
