"""Values of names in guards (docs/semantics.md, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Absence(StrEnum):
    """Why there is no value. The last two are computed, never entered."""

    NOT_ASKED = "not_asked"
    NOT_KNOWN = "not_known"
    AWAITED = "awaited"
    NOT_DONE = "not_done"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    OUT_OF_DATE = "out_of_date"
    NOT_COMPUTABLE = "not_computable"

    @property
    def words(self) -> str:
        """The reason as people read it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Absent:
    """No value, and why; `why` says more for computed reasons."""

    reason: Absence
    why: str = ""


@dataclass(frozen=True)
class Choice:
    """One option of a choice item."""

    option: str


@dataclass(frozen=True)
class Multi:
    """A multi-choice value: options present and absent.

    `open` are the options in neither, which are unknown; who reads a value for guards fills it in
    from the item, and a stored value leaves it empty.
    """

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Number:
    """A number without a unit."""

    value: Decimal


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, both as entered."""

    value: Decimal
    unit: str


@dataclass(frozen=True)
class Interval:
    """A points score: from `low` to `high`, equal when nothing is missing."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Day:
    """A calendar day."""

    value: date


@dataclass(frozen=True)
class Text:
    """Free text; no guard reads it."""

    value: str


Value = Absent | Choice | Multi | Number | Quantity | Interval | Day | Text
