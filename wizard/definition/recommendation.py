"""Advice: an action under a guard with its contraindications, arguments and evidence."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.definition.fields import (
    Cited,
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


@dataclass(frozen=True, kw_only=True)
class Contraindication(Model):
    """What forbids an action, and why."""

    if_: Guard
    because: Words
    claims: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Argument(Model):
    """For or against a candidate: it explains and is never counted."""

    if_: Guard | None = None
    for_: Words | None = None
    against: Words | None = None
    claims: Cited

    def __post_init__(self) -> None:
        if (self.for_ is None) == (self.against is None):
            raise ValueError("an argument is either `for` or `against`")


@dataclass(frozen=True, kw_only=True)
class Note(Model):
    """A labelled sentence of a candidate, such as what a study shows or misses."""

    label: Words
    text: Words
    claims: Cited


@dataclass(frozen=True, kw_only=True)
class Recommendation(Model):
    """An action advised under a guard; inside a decision it is a candidate."""

    title: Words
    """Short name, a few words."""
    action: Words
    """What to do, one sentence that starts with a verb."""
    stage: Stage | None = None
    """Groups it for reading only; else that of the first step."""
    who: Words
    """The role that does it, or `site:CONTACT` for a site contact."""
    by: Words
    """By when; `not set by the source` where none says it."""
    if_: Guard
    contraindicated_if: tuple[Contraindication, ...] = ()
    patient: PatientWords | None = None
    """What the draft note for the patient says of it."""
    why: Words
    strength: Strength
    certainty: Words
    claims: Cited
    conflicts: tuple[Name, ...] = ()
    tables: tuple[Name, ...] = ()
    """Tables whose row is quoted with the advice."""
    arguments: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    section: Section | None = None
    """The section of the report in which its notes stand."""
    about: Name | None = None
    """The action that it is about; advice about one action must not contradict."""
    result: Name | None = None
    """Of a candidate: the item in which the result of the action is recorded."""
    until_done: bool = True
    """False for advice that is a rule to keep, not a task to tick."""
