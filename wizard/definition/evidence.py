"""Claims, what they were read in, and claims that disagree."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wizard.definition.fields import ClaimId, Model, Words


class Claim(Model):
    """One statement of fact with citations."""

    text: Words
    certainty: Words
    checked: Literal["seen", "seen in a secondary copy", "recalled"]
    recalled_part: Words | None = Field(default=None, description="The piece that was not read.")
    references: tuple[str, ...] = ()


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


class Conflict(Model):
    """Claims that disagree; both positions are shown and none is taken."""

    topic: Words
    house_decides: bool = Field(
        default=False, description="A named clinician of the house has to choose; nobody has."
    )
    positions: tuple[ConflictPosition, ...] = Field(min_length=2)


class ConflictPosition(Model):
    """One side of a conflict."""

    text: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


Conflict.model_rebuild()
