"""A data item: what is asked about the patient, and which answers are taken."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from wizard.definition.fields import (
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


class Option(Model):
    """One answer to a choice or multi-choice item."""

    label: Words
    says: Words | None = Field(default=None, description="The short statement used in reports.")


class Limits(Model):
    """In the item's canonical unit: outside `hard` is refused, outside `soft` is asked again."""

    hard: tuple[Decimal, Decimal]
    soft: tuple[Decimal, Decimal] | None = None


class Item(Model):
    """A data item: something known about the patient."""

    type: Literal["choice", "multi", "number", "quantity", "date", "text"]
    label: Words = Field(description="Its name in lists, reports and explanations.")
    ask: Wording = Field(description="The question as the reader meets it.")
    why: Words = Field(description="Why it is asked.")
    patient: PatientWords | None = Field(
        default=None, description="How its result is named to the patient while it is awaited."
    )
    claims: tuple[ClaimId, ...] = ()
    teaching: Words | None = Field(default=None, description="Shown with trainee wording only.")
    echo: Literal["person", "part"] | None = Field(
        default=None,
        description="Shown on every page, as of the person or as of the part, such as the digit.",
    )
    section: Section | None = Field(
        default=None, description="The section of the report in which it stands by itself."
    )
    with_others: tuple[Phrase, ...] = Field(
        default=(),
        description="How it is said together with other items; the first phrase that fits.",
    )
    options: dict[Name, Option] = Field(default_factory=dict)
    none_of_the_others: Words | None = Field(
        default=None,
        description="Multi-choice: the label of the key that settles the rest as absent.",
    )
    worse: Literal["down the list", "up the list", "higher", "lower"] | None = Field(
        default=None, description="The direction in which a value is clinically worse."
    )
    unit: str | None = None
    accepts: dict[str, Factor] = Field(
        default_factory=dict,
        description="Further units of this analyte, with the factor to the canonical unit.",
    )
    limits: Limits | None = None
    levels: dict[int, Words] = Field(
        default_factory=dict, description="Numbers: the only values allowed, and what each means."
    )
    ucum: str | None = Field(default=None, description="The unit as UCUM writes it.")
    absence: tuple[EnteredAbsence, ...] = (
        "not_known",
        "awaited",
        "not_done",
        "declined",
    )
    shelf_life_days: int | None = Field(default=None, ge=1)
    applies_if: Guard | None = None
    otherwise: str | None = Field(default=None, description="The value where it does not apply.")

    @model_validator(mode="before")
    @classmethod
    def _yes_no(cls, data: object) -> object:
        """`yes_no` is short for a choice of `yes` and `no`."""
        if isinstance(data, dict) and data.get("type") == "yes_no" and "options" not in data:
            options = {"yes": {"label": "Yes"}, "no": {"label": "No"}}
            return {**data, "type": "choice", "options": options}
        return data

    @model_validator(mode="after")
    def _fits_its_type(self) -> Item:
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
        return self
