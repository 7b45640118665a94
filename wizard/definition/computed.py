"""What is worked out from answers: findings, derived values, points scores and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from wizard.definition.fields import (
    FILLED,
    Before,
    Check,
    Cited,
    ClaimId,
    Described,
    Formula,
    Guard,
    Model,
    Name,
    Section,
    Words,
)


@dataclass(frozen=True, kw_only=True)
class Finding(Model):
    """A named condition with a guard and a sentence."""

    if_: Guard
    text: Words
    claims: tuple[ClaimId, ...] = ()


def _typed(given: object) -> object:
    """Values of an example as they would be typed; YAML reads some of them as numbers."""
    return str(given) if isinstance(given, int | Decimal) and not isinstance(given, bool) else given


@dataclass(frozen=True, kw_only=True)
class Example(Model):
    """A worked example: what is entered, as it would be typed, and what must come out."""

    given: dict[Name, Annotated[Words, Before(_typed, str | int | float)]]
    gives: Annotated[Words, Before(_typed, str | int | float)]


@dataclass(frozen=True, kw_only=True)
class FormulaCase(Model):
    """One formula of several, and when it is the one."""

    if_: Guard
    formula: Formula


@dataclass(frozen=True, kw_only=True)
class Sourced(Model):
    """What a derived value and a table have in common: validity, evidence and worked examples."""

    valid_if: Guard | None = None
    otherwise_says: Annotated[
        Words | None, Described("Why it does not apply outside its validity.")
    ] = None
    claims: Cited
    note: Words | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Derived(Sourced):
    """A derived value: a formula with unit and rounding; unknown inputs make it not computable.

    Either one `formula`, or `cases` read from the top like exits.
    """

    label: Words
    formula: Formula | None = None
    cases: tuple[FormulaCase, ...] = ()
    unit: str | None = None
    decimals: Annotated[int, Check(ge=0, le=6)]
    rounding: Literal["nearest", "down"] = "nearest"
    """`down` where rounding up would cross a limit of safety."""

    def __post_init__(self) -> None:
        if (self.formula is None) != bool(self.cases):
            raise ValueError("a derived value has either `formula` or `cases`")


@dataclass(frozen=True, kw_only=True)
class Term(Model):
    """One line of a points score: by options of an item, or by a guard."""

    label: Words
    item: Name | None = None
    points: dict[Name, int] = field(default_factory=dict)
    if_: Guard | None = None
    adds: int | None = None

    def __post_init__(self) -> None:
        by_item = self.item is not None and bool(self.points)
        by_guard = self.if_ is not None and self.adds is not None
        if by_item == by_guard:
            raise ValueError("a term is either `item` with `points`, or `if` with `adds`")


@dataclass(frozen=True, kw_only=True)
class Band(Model):
    """A range of a score, both ends included, and what the source says about it."""

    from_: int
    to: int
    says: Words
    claims: Cited


@dataclass(frozen=True, kw_only=True)
class Score(Model):
    """A points score with its bands and validity; partly unknown inputs give an interval."""

    label: Words
    terms: Annotated[tuple[Term, ...], FILLED]
    section: Section | None = None
    """The section of the report in which it stands, instead of the scores."""
    bands: Annotated[tuple[Band, ...], FILLED]
    valid_if: Guard
    otherwise_says: Words
    claims: Cited
    note: Words | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row(Model):
    """A row of a table: an interval of its input, each bound exact, and the words it prints."""

    from_: Decimal | None = None
    """This value and more."""
    above: Decimal | None = None
    """More than this value."""
    to: Decimal | None = None
    """Up to and with this value."""
    below: Decimal | None = None
    """Less than this value."""
    says: Words

    def __post_init__(self) -> None:
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


@dataclass(frozen=True, kw_only=True)
class Table(Sourced):
    """A published table that is looked up and quoted; nothing is worked out from its rows."""

    label: Words
    input: Name
    """A quantity item or a derived value."""
    unit: str
    rows: Annotated[tuple[Row, ...], FILLED]
