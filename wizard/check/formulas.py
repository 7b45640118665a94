"""What guards and values are to the solver: pairs of formulas, entered values, numbers,
and what is made of them without knowing a pathway."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from wizard.guard import Absence

Z3 = Any
REASONS = (
    Absence.NOT_ASKED,
    Absence.NOT_KNOWN,
    Absence.AWAITED,
    Absence.NOT_DONE,
    Absence.DECLINED,
    Absence.NOT_APPLICABLE,
    Absence.OUT_OF_DATE,
)
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)


@dataclass(frozen=True)
class Pair:
    """When a guard is true and when it is false; never both."""

    true: Z3
    false: Z3

    @property
    def unknown(self) -> Z3:
        """When it is neither."""
        return z3.And(z3.Not(self.true), z3.Not(self.false))

    def not_(self) -> Pair:
        """Negation."""
        return Pair(self.false, self.true)


def all_of(parts: list[Pair]) -> Pair:
    """Conjunction."""
    return Pair(z3.And([p.true for p in parts]), z3.Or([p.false for p in parts]))


def any_of(parts: list[Pair]) -> Pair:
    """Disjunction."""
    return Pair(z3.Or([p.true for p in parts]), z3.And([p.false for p in parts]))


@dataclass(frozen=True)
class Entered:
    """What a person may have entered for an item at one visit.

    `value` is an option's number or a real; of a multi-choice item `present` and `absent` hold a
    Boolean for each option. Without a value there is a reason, as a number in `REASONS`.
    """

    has: Z3
    reason: Z3
    value: Z3 = None
    present: tuple[Z3, ...] = ()
    absent: tuple[Z3, ...] = ()


@dataclass(frozen=True)
class Span:
    """A number that lies from `low` to `high` where it is known."""

    known: Z3
    low: Z3
    high: Z3
    unit: str | None = None

    def negative(self) -> Span:
        """The number with the other sign."""
        return Span(self.known, -self.high, -self.low, self.unit)


def compared(op: str, a: Span, b: Span) -> Pair:
    """A comparison of two numbers of one unit."""
    known = z3.And(a.known, b.known)
    match op:
        case "=":
            same = z3.And(a.low == a.high, b.low == b.high, a.low == b.low)
            apart = z3.Or(a.high < b.low, b.high < a.low)
            return Pair(z3.And(known, same), z3.And(known, apart))
        case "<":
            return Pair(z3.And(known, a.high < b.low), z3.And(known, a.low >= b.high))
        case "<=":
            return Pair(z3.And(known, a.high <= b.low), z3.And(known, a.low > b.high))
    return compared({"!=": "=", ">": "<=", ">=": "<"}[op], a, b).not_()


def least(function: str, numbers: list[Span]) -> Span:
    """The `min` or `max` of numbers of one unit."""
    low, high = numbers[0].low, numbers[0].high
    for other in numbers[1:]:
        if function == "min":
            low = z3.If(other.low < low, other.low, low)
            high = z3.If(other.high < high, other.high, high)
        else:
            low = z3.If(other.low > low, other.low, low)
            high = z3.If(other.high > high, other.high, high)
    return Span(z3.And([n.known for n in numbers]), low, high, numbers[0].unit)


def if_each(condition: Z3, yes: tuple[Z3, ...], no: tuple[Z3, ...]) -> tuple[Z3, ...]:
    """One of two rows of formulas, each by the same condition."""
    return tuple(z3.If(condition, y, n) for y, n in zip(yes, no, strict=True))


def pick(index: Z3, values: list[int]) -> Z3:
    """The value at a place that the solver knows."""
    found = z3.IntVal(values[-1])
    for number, value in reversed(list(enumerate(values[:-1]))):
        found = z3.If(index == number, value, found)
    return found


def real(value: Fraction) -> Z3:
    """A fraction as the solver takes it."""
    return z3.Q(value.numerator, value.denominator)
