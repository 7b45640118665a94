"""What is worked out from answers: findings, derived values, points scores and tables."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from wizard.definition.fields import ClaimId, Formula, Guard, Model, Name, Section, Words


class Finding(Model):
    """A named condition with a guard and a sentence."""

    if_: Guard = Field(alias="if")
    text: Words
    claims: tuple[ClaimId, ...] = ()


def _typed(given: object) -> object:
    """Values of an example as they would be typed; YAML reads some of them as numbers."""
    return str(given) if isinstance(given, int | Decimal) and not isinstance(given, bool) else given


class Example(Model):
    """A worked example: what is entered, as it would be typed, and what must come out."""

    given: dict[
        Name, Annotated[Words, BeforeValidator(_typed, json_schema_input_type=str | int | float)]
    ]
    gives: Annotated[Words, BeforeValidator(_typed, json_schema_input_type=str | int | float)]


class FormulaCase(Model):
    """One formula of several, and when it is the one."""

    if_: Guard = Field(alias="if")
    formula: Formula


class Sourced(Model):
    """What a derived value and a table have in common: validity, evidence and worked examples."""

    valid_if: Guard | None = None
    otherwise_says: Words | None = Field(
        default=None, description="Why it does not apply outside its validity."
    )
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    note: Words | None = None
    examples: tuple[Example, ...] = ()


class Derived(Sourced):
    """A derived value: a formula with unit and rounding; unknown inputs make it not computable.

    Either one `formula`, or `cases` read from the top like exits.
    """

    label: Words
    formula: Formula | None = None
    cases: tuple[FormulaCase, ...] = ()
    unit: str | None = None
    decimals: int = Field(ge=0, le=6)
    rounding: Literal["nearest", "down"] = Field(
        default="nearest", description="`down` where rounding up would cross a limit of safety."
    )

    @model_validator(mode="after")
    def _one_form(self) -> Derived:
        if (self.formula is None) != bool(self.cases):
            raise ValueError("a derived value has either `formula` or `cases`")
        return self


class Term(Model):
    """One line of a points score: by options of an item, or by a guard."""

    label: Words
    item: Name | None = None
    points: dict[Name, int] = Field(default_factory=dict)
    if_: Guard | None = Field(default=None, alias="if")
    adds: int | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Term:
        by_item = self.item is not None and bool(self.points)
        by_guard = self.if_ is not None and self.adds is not None
        if by_item == by_guard:
            raise ValueError("a term is either `item` with `points`, or `if` with `adds`")
        return self


class Band(Model):
    """A range of a score, both ends included, and what the source says about it."""

    from_: int = Field(alias="from")
    to: int
    says: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Score(Model):
    """A points score with its bands and validity; partly unknown inputs give an interval."""

    label: Words
    terms: tuple[Term, ...] = Field(min_length=1)
    section: Section | None = Field(
        default=None,
        description="The section of the report in which it stands, instead of the scores.",
    )
    bands: tuple[Band, ...] = Field(min_length=1)
    valid_if: Guard
    otherwise_says: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    note: Words | None = None
    examples: tuple[Example, ...] = ()


class Row(Model):
    """A row of a table: an interval of its input, each bound exact, and the words it prints."""

    from_: Decimal | None = Field(default=None, alias="from", description="This value and more.")
    above: Decimal | None = Field(default=None, description="More than this value.")
    to: Decimal | None = Field(default=None, description="Up to and with this value.")
    below: Decimal | None = Field(default=None, description="Less than this value.")
    says: Words

    @model_validator(mode="after")
    def _an_interval(self) -> Row:
        if self.from_ is not None and self.above is not None:
            raise ValueError("a row begins with `from` or with `above`")
        if self.to is not None and self.below is not None:
            raise ValueError("a row ends with `to` or with `below`")
        low = self.from_ if self.from_ is not None else self.above
        high = self.to if self.to is not None else self.below
        if low is None and high is None:
            raise ValueError("a row needs `from`, `above`, `to` or `below`")
        closed = self.from_ is not None and self.to is not None
        if low is not None and high is not None and not (low < high or (low == high and closed)):
            raise ValueError("the row is empty")
        return self

    def holds(self, number: Fraction) -> bool:
        """Whether a number of the table's unit lies in this row."""
        return (
            (self.from_ is None or number >= Fraction(self.from_))
            and (self.above is None or number > Fraction(self.above))
            and (self.to is None or number <= Fraction(self.to))
            and (self.below is None or number < Fraction(self.below))
        )


def overlap(row: Row, other: Row) -> bool:
    """Whether some number lies in both rows."""
    lows = [
        (n, closed)
        for r in (row, other)
        for n, closed in ((r.from_, True), (r.above, False))
        if n is not None
    ]
    highs = [
        (n, closed)
        for r in (row, other)
        for n, closed in ((r.to, True), (r.below, False))
        if n is not None
    ]
    return all(
        low < high or (low == high and low_closed and high_closed)
        for low, low_closed in lows
        for high, high_closed in highs
    )


class Table(Sourced):
    """A published table that is looked up and quoted; nothing is worked out from its rows."""

    label: Words
    input: Name = Field(description="A quantity item or a derived value.")
    unit: str
    rows: tuple[Row, ...] = Field(min_length=1)
