"""The fields that every model of a definition is made of, and the base of all models."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""An identifier that guards can use: lower case, digits, underscore."""
PathwayId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}(-[A-Z]{2,4})?-[0-9]{1,3}$")]
_SOME_TEXT = StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
Words = Annotated[str, _SOME_TEXT]
Guard = Annotated[
    str,
    _SOME_TEXT,
    Field(
        description="A guard, such as `neuro_signs = yes and age >= 18 years`: comparisons with "
        "unit, `in (a, b)`, `has`, `and`, `or`, `not`, `always`; docs/semantics.md."
    ),
]
Formula = Annotated[
    str,
    _SOME_TEXT,
    Field(
        description="A formula of plain numbers, such as `0.02 * (40 - albumin as g/L)`: "
        "+ - * / ^, min( , ), max( , ), `ITEM as UNIT`; docs/semantics.md."
    ),
]
NO_TIME = "not set by the source"
"""What `by` says of an action for which no source sets a time."""
Stage = Literal["presentation", "imaging", "biopsy", "staging", "palliation"]
Section = Literal["prognosis", "information given"]
Strength = Literal["recommend", "consider", "good practice", "not stated by source"]
EnteredAbsence = Literal[
    "not_asked", "not_known", "awaited", "not_done", "declined", "not_applicable"
]


def _factor(given: object) -> Fraction:
    """88.4 or 1/4.008 as an exact fraction. Raises ValueError for anything else."""
    above, _, below = str(given).partition("/")
    try:
        found = Fraction(above.strip()) / Fraction(below.strip() or 1)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("a factor is a number, or one number over another: 1/4.008") from error
    if found <= 0:
        raise ValueError("a factor is greater than zero")
    return found


Factor = Annotated[Fraction, BeforeValidator(_factor)]


_UNTOLD: set[str] = set()


class Model(BaseModel):
    """Base of all definition models: immutable, unknown keys refused, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    def __getstate__(self) -> dict[Any, Any]:
        """Without which fields were written: nobody asks, and it is a third of what is kept."""
        return {**super().__getstate__(), "__pydantic_fields_set__": _UNTOLD}


class Wording(Model):
    """One wording for each reader; the trainee reads the clinician's where there is no other."""

    clinician: Words
    trainee: Words | None = None


class Phrase(Model):
    """Words about the patient, items by name in braces: `{bone_hand} of the {side} {finger_name}`.

    It fits where every item that it names has a value and its guard, if it has one, is true.
    """

    if_: Guard | None = Field(default=None, alias="if")
    says: Words

    @property
    def names(self) -> tuple[str, ...]:
        """The items that it names, in order."""
        return tuple(re.findall(r"\{([^{}]*)\}", self.says))
