"""Advice: an action under a guard with its contraindications, arguments and evidence."""

from __future__ import annotations

from pydantic import Field, model_validator

from wizard.definition.fields import (
    NO_TIME,
    ClaimId,
    Guard,
    Model,
    Name,
    Section,
    Stage,
    Strength,
    Words,
)
from wizard.definition.patient import PatientWords


class Contraindication(Model):
    """What forbids an action, and why."""

    if_: Guard = Field(alias="if")
    because: Words
    claims: tuple[ClaimId, ...] = ()


class Argument(Model):
    """For or against a candidate: it explains and is never counted."""

    if_: Guard | None = Field(default=None, alias="if")
    for_: Words | None = Field(default=None, alias="for")
    against: Words | None = None
    claims: tuple[ClaimId, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_side(self) -> Argument:
        if (self.for_ is None) == (self.against is None):
            raise ValueError("an argument is either `for` or `against`")
        return self


class Note(Model):
    """A labelled sentence of a candidate, such as what a study shows or misses."""

    label: Words
    text: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Recommendation(Model):
    """An action advised under a guard; inside a decision it is a candidate."""

    title: Words = Field(description="Short name, a few words.")
    action: Words = Field(description="What to do, one sentence that starts with a verb.")
    stage: Stage | None = Field(
        default=None, description="Groups it for reading only; else that of the first step."
    )
    who: Words = Field(description="The role that does it, or `site:CONTACT` for a site contact.")
    by: Words = Field(description=f"By when; `{NO_TIME}` where none says it.")
    if_: Guard = Field(alias="if")
    contraindicated_if: tuple[Contraindication, ...] = ()
    patient: PatientWords | None = Field(
        default=None, description="What the draft note for the patient says of it."
    )
    why: Words
    strength: Strength
    certainty: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    conflicts: tuple[Name, ...] = ()
    tables: tuple[Name, ...] = Field(
        default=(), description="Tables whose row is quoted with the advice."
    )
    arguments: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    section: Section | None = Field(
        default=None, description="The section of the report in which its notes stand."
    )
    about: Name | None = Field(
        default=None,
        description="The action that it is about; advice about one action must not contradict.",
    )
    result: Name | None = Field(
        default=None,
        description="Of a candidate: the item in which the result of the action is recorded.",
    )
    until_done: bool = Field(
        default=True,
        description="False for advice that is a rule to keep, not a task to tick.",
    )
