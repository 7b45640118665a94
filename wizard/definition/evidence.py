"""Claims, what they were read in, and claims that disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from wizard.definition.fields import Check, Cited, Model, Words


@dataclass(frozen=True, kw_only=True)
class Claim(Model):
    """One statement of fact with citations."""

    text: Words
    certainty: Words
    checked: Literal["seen", "seen in a secondary copy", "recalled"]
    recalled_part: Words | None = None
    """The piece that was not read."""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reference(Model):
    """A publication."""

    title: Words
    authors: Words | None = None
    container: Words | None = None
    year: int | None = None
    kind: Words
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConflictPosition(Model):
    """One side of a conflict."""

    text: Words
    claims: Cited


@dataclass(frozen=True, kw_only=True)
class Conflict(Model):
    """Claims that disagree; both positions are shown and none is taken."""

    topic: Words
    house_decides: bool = False
    """A named clinician of the house has to choose; nobody has."""
    positions: Annotated[tuple[ConflictPosition, ...], Check(min_length=2)]
