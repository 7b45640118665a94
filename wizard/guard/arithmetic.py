"""Numbers in guards and formulas: exact, with units, as ranges where an input is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import localcontext
from fractions import Fraction
from functools import lru_cache

from wizard.guard.nodes import (
    Arithmetic,
    As,
    CountOf,
    Expr,
    Least,
    Literal,
    Name,
    Negative,
    names_in,
)
from wizard.guard.truth import Truth
from wizard.guard.units import factor, to_decimal
from wizard.guard.values import Absence, Absent, Interval, Multi, Number, Quantity, Value

MOST_EXPONENT = 200
"""A larger exponent, as a value gives it, is not worked out."""

Facts = Callable[[str], Value | Truth]
"""What a name stands for in a case. Quantities come in any unit of their item's dimension."""


@dataclass(frozen=True)
class Range:
    """A number that is known to lie between two bounds, and its unit."""

    low: Fraction
    high: Fraction
    unit: str | None = None


Numeric = Callable[[Facts], Range | None]
"""The number of an expression over facts, None where it is unknown; raises Uncomputable."""


class Uncomputable(Exception):
    """A formula has no value for these numbers."""


def is_known(value: Value | Truth) -> bool:
    """Whether there is a value: a multi-choice value with no open option, a complete score."""
    if isinstance(value, Interval):
        return value.low == value.high
    if isinstance(value, Multi):
        return not value.open
    return not isinstance(value, Absent | Truth)


def compute(expr: Expr, facts: Facts) -> Number | Quantity | Interval | Absent:
    """The number of a checked formula, or *not computable* where an input is unknown."""
    try:
        found = numeric(expr)(facts)
    except Uncomputable as error:
        return Absent(Absence.NOT_COMPUTABLE, str(error))
    if found is None:
        missing = sorted(n for n in names_in(expr) if not is_known(facts(n)))
        return Absent(Absence.NOT_COMPUTABLE, f"not known: {', '.join(missing)}")
    if found.low != found.high:
        return Interval(to_decimal(found.low), to_decimal(found.high))
    value = to_decimal(found.low)
    return Quantity(value, found.unit) if found.unit else Number(value)


def numeric(expr: Expr) -> Numeric:
    """An expression made ready to be worked out again and again."""
    match expr:
        case Literal(number, unit):
            constant = Range(Fraction(number), Fraction(number), unit)
            return lambda facts: constant
        case Name(name):
            return lambda facts: _range_of(facts(name))
        case CountOf(name):
            return lambda facts: _count(facts(name))
        case As(name, unit):
            return lambda facts: _plain(facts(name), unit)
        case Negative(of):
            positive = numeric(of)
            return lambda facts: _negative(positive(facts))
        case Arithmetic(op, left, right):
            a, b = numeric(left), numeric(right)
            return lambda facts: _calculate(op, a(facts), b(facts))
        case Least(function, parts):
            numbers = tuple(map(numeric, parts))
            return lambda facts: _least(function, [number(facts) for number in numbers])
    return lambda facts: None


@lru_cache(maxsize=4096)
def _range_of(value: Value | Truth) -> Range | None:
    match value:
        case Number(number):
            return _point(Fraction(number))
        case Quantity(number, unit):
            return Range(Fraction(number), Fraction(number), unit)
        case Interval(low, high):
            return Range(Fraction(low), Fraction(high))
    return None


def _point(value: Fraction) -> Range:
    return Range(value, value)


def _count(value: Value | Truth) -> Range | None:
    if not isinstance(value, Multi):
        return None
    low = len(value.present)
    return Range(Fraction(low), Fraction(low + len(value.open)))


def _plain(value: Value | Truth, unit: str) -> Range | None:
    scale = factor(value.unit, unit) if isinstance(value, Quantity) else None
    if scale is None or not isinstance(value, Quantity):
        return None
    return _point(Fraction(value.value) * scale)


def _negative(found: Range | None) -> Range | None:
    return None if found is None else Range(-found.high, -found.low, found.unit)


def _least(function: str, numbers: list[Range | None]) -> Range | None:
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return None
    unit = known[0].unit
    scaled = [number for one in known if (number := in_range_unit(one, unit)) is not None]
    if len(scaled) != len(known):
        return None
    pick = min if function == "min" else max
    return Range(pick(n.low for n in scaled), pick(n.high for n in scaled), unit)


def in_range_unit(number: Range, unit: str | None) -> Range | None:
    """A range in another unit of its dimension; as it is where one of the two has none."""
    if number.unit is None or unit is None or number.unit == unit:
        return number
    scale = factor(number.unit, unit)
    return None if scale is None else Range(number.low * scale, number.high * scale, unit)


def _calculate(op: str, a: Range | None, b: Range | None) -> Range | None:
    if a is None or b is None:
        return None
    if op == "^":
        return _power(a, b)
    if op in ("+", "-"):
        other = in_range_unit(b, a.unit)
        if other is None:
            return None
        if op == "+":
            return Range(a.low + other.low, a.high + other.high, a.unit)
        return Range(a.low - other.high, a.high - other.low, a.unit)
    if op == "/":
        if b.low <= 0 <= b.high:
            raise Uncomputable("division by zero")
        b = Range(1 / b.high, 1 / b.low, b.unit)
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Range(min(corners), max(corners), a.unit or b.unit)


def _power(base: Range, power: Range) -> Range:
    if base.low != base.high or power.low != power.high:
        raise Uncomputable("the power of a range")
    exponent = power.low
    if abs(exponent) > MOST_EXPONENT:
        raise Uncomputable("too large an exponent")
    if base.low == 0 and exponent < 0:
        raise Uncomputable("division by zero")
    if exponent.denominator == 1:
        return _point(base.low ** int(exponent))
    if base.low < 0:
        raise Uncomputable("the root of a negative number")
    with localcontext() as context:
        context.prec = 28
        return _point(Fraction(to_decimal(base.low) ** to_decimal(exponent)))


def in_unit(quantity: Quantity, unit: str) -> Fraction | None:
    """The magnitude of a quantity in another unit of its dimension."""
    scale = factor(quantity.unit, unit)
    return None if scale is None else Fraction(quantity.value) * scale
