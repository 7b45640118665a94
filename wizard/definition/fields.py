"""The fields that every model of a definition is made of, and the base of all models.

Models are plain data classes, so that a program that starts on compiled pathways loads no pydantic.
What is read into them is checked by `validation`, from the annotations here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Check:
    """What a value must keep to beside its type, in the words of pydantic's core schemas."""

    def __init__(self, **rules: object) -> None:
        self._rules = rules

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return {**handler(source), **self._rules}


class Before:
    """A function that a value goes through before it is checked, and the type that it then has.

    `written` is what an author may write there, for the JSON Schema.
    """

    def __init__(self, function: Callable[[Any], object], written: object = None) -> None:
        self._function, self._written = function, written

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core.core_schema import no_info_before_validator_function

        written = None if self._written is None else handler.generate_schema(self._written)
        return no_info_before_validator_function(
            self._function, handler(source), json_schema_input_schema=written
        )


class Described:
    """What a kind of field holds, for the JSON Schema."""

    def __init__(self, description: str) -> None:
        self._description = description

    def __get_pydantic_json_schema__(
        self, checked: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(checked), "description": self._description}


FILLED = Check(min_length=1)
"""At least one entry."""
_SOME_TEXT = Check(strip_whitespace=True, min_length=1, max_length=2000)
Name = Annotated[str, Check(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""An identifier that guards can use: lower case, digits, underscore."""
PathwayId = Annotated[str, Check(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
ClaimId = Annotated[str, Check(pattern=r"^[A-Z]{2,8}(-[A-Z]{2,4})?-[0-9]{1,3}$")]
Cited = Annotated[tuple[ClaimId, ...], FILLED]
"""The claims that bear something out, one at least."""
Words = Annotated[str, _SOME_TEXT]
Guard = Annotated[
    str,
    _SOME_TEXT,
    Described(
        "A guard, such as `neuro_signs = yes and age >= 18 years`: comparisons with "
        "unit, `in (a, b)`, `has`, `and`, `or`, `not`, `always`; docs/semantics.md."
    ),
]
Formula = Annotated[
    str,
    _SOME_TEXT,
    Described(
        "A formula of plain numbers, such as `0.02 * (40 - albumin as g/L)`: "
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


Factor = Annotated[Fraction, Before(_factor)]


def key_of(name: str) -> str:
    """How an author writes the field of a model."""
    return name.rstrip("_")


@dataclass(frozen=True, kw_only=True)
class Model:
    """Base of all definition models: immutable, unknown keys refused.

    A key that is a word of Python has an underscore behind it here, and none where it is written.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": key_of,
        "use_attribute_docstrings": True,
    }


GUARD_FIELDS = frozenset(
    {"if_", "applies_if", "valid_if", "formula", "population_if", "told_if", "until"}
)
"""The fields that hold a guard or a formula, beside those of invariants."""


def guards_in(value: object) -> Iterator[str]:
    """Every guard and formula of a model, or of a collection of them."""
    if isinstance(value, Model):
        for name, part in vars(value).items():
            if name in GUARD_FIELDS and part is not None:
                yield part
            else:
                yield from guards_in(part)
    elif isinstance(value, Mapping):
        yield from guards_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from guards_in(part)


@dataclass(frozen=True, kw_only=True)
class Wording(Model):
    """One wording for each reader; the trainee reads the clinician's where there is no other."""

    clinician: Words
    trainee: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Phrase(Model):
    """Words about the patient, items by name in braces: `{bone_hand} of the {side} {finger_name}`.

    It fits where every item that it names has a value and its guard, if it has one, is true.
    """

    if_: Guard | None = None
    says: Words

    @property
    def names(self) -> tuple[str, ...]:
        """The items that it names, in order."""
        return tuple(re.findall(r"\{([^{}]*)\}", self.says))
