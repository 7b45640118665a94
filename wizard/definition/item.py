"""A data item: what is asked about the patient, and which answers are taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

from wizard.definition.fields import (
    Before,
    Check,
    ClaimId,
    EnteredAbsence,
    Factor,
    Guard,
    Model,
    Name,
    Phrase,
    Section,
    Wording,
    Words,
)
from wizard.definition.patient import PatientWords


@dataclass(frozen=True, kw_only=True)
class Option(Model):
    """One answer to a choice or multi-choice item."""

    label: Words
    says: Words | None = None
    """The short statement used in reports."""


@dataclass(frozen=True, kw_only=True)
class Limits(Model):
    """In the item's canonical unit: outside `hard` is refused, outside `soft` is asked again."""

    hard: tuple[Decimal, Decimal]
    soft: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, kw_only=True)
class Item(Model):
    """A data item: something known about the patient."""

    type: Literal["choice", "multi", "number", "quantity", "date", "text"]
    label: Words
    """Its name in lists, reports and explanations."""
    ask: Wording
    """The question as the reader meets it."""
    why: Words
    """Why it is asked."""
    patient: PatientWords | None = None
    """How its result is named to the patient while it is awaited."""
    claims: tuple[ClaimId, ...] = ()
    teaching: Words | None = None
    """Shown with trainee wording only."""
    echo: Literal["person", "part"] | None = None
    """Shown on every page, as of the person or as of the part, such as the digit."""
    section: Section | None = None
    """The section of the report in which it stands by itself."""
    with_others: tuple[Phrase, ...] = ()
    """How it is said together with other items; the first phrase that fits."""
    options: dict[Name, Option] = field(default_factory=dict)
    none_of_the_others: Words | None = None
    """Multi-choice: the label of the key that settles the rest as absent."""
    worse: Literal["down the list", "up the list", "higher", "lower"] | None = None
    """The direction in which a value is clinically worse."""
    unit: str | None = None
    accepts: dict[str, Factor] = field(default_factory=dict)
    """Further units of this analyte, with the factor to the canonical unit."""
    limits: Limits | None = None
    levels: dict[int, Words] = field(default_factory=dict)
    """Numbers: the only values allowed, and what each means."""
    ucum: str | None = None
    """The unit as UCUM writes it."""
    absence: tuple[EnteredAbsence, ...] = (
        "not_known",
        "awaited",
        "not_done",
        "declined",
    )
    shelf_life_days: Annotated[int, Check(ge=1)] | None = None
    applies_if: Guard | None = None
    otherwise: str | None = None
    """The value where it does not apply."""

    def __post_init__(self) -> None:
        if self.type in ("choice", "multi") and not 1 <= len(self.options) <= 9:
            raise ValueError("a choice or multi item has 1 to 9 options, one a digit")
        if self.type not in ("choice", "multi") and self.options:
            raise ValueError("only choice and multi items have options")
        if (self.type == "quantity") != (self.unit is not None):
            raise ValueError("a quantity needs a unit, and nothing else has one")
        if self.levels and self.type != "number":
            raise ValueError("`levels` belong to number items")
        if self.ucum is not None and self.unit is None:
            raise ValueError("`ucum` belongs to quantities")
        if self.otherwise is not None and self.applies_if is None:
            raise ValueError("`otherwise` needs `applies_if`")
        if self.otherwise is not None and (
            self.type != "choice" or self.otherwise not in self.options
        ):
            raise ValueError("`otherwise` must be an option of a choice item")
        if self.none_of_the_others is not None and self.type != "multi":
            raise ValueError("`none_of_the_others` belongs to multi items")


def _yes_no(data: object) -> object:
    """`yes_no` is short for a choice of `yes` and `no`."""
    if isinstance(data, dict) and data.get("type") == "yes_no" and "options" not in data:
        options = {"yes": {"label": "Yes"}, "no": {"label": "No"}}
        return {**data, "type": "choice", "options": options}
    return data


Items = dict[Name, Annotated[Item, Before(_yes_no)]]
"""Items by name, as an author writes them."""
