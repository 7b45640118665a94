"""Evaluating guards and formulas: total, without side effects, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from wizard.guard.nodes import (
    Always,
    And,
    Arithmetic,
    As,
    Compare,
    CountOf,
    Expr,
    Has,
    In,
    IsAbsent,
    IsKnown,
    Least,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    names_in,
)
from wizard.guard.truth import Truth
from wizard.guard.units import factor, to_decimal
from wizard.guard.values import (
    Absence,
    Absent,
    Choice,
    Interval,
    Multi,
    Number,
    Quantity,
    Value,
)

Facts = Callable[[str], Value | Truth]
"""What a name stands for in a case. Quantities come in any unit of their item's dimension."""


@dataclass(frozen=True)
class _Range:
    """A number that is known to lie between two bounds, and its unit."""

    low: Fraction
    high: Fraction
    unit: str | None = None


def evaluate(expr: Expr, facts: Facts) -> Truth:
    """The truth of a checked guard. Never raises: what cannot be compared is unknown."""
    match expr:
        case And(parts):
            found = Truth.TRUE
            for part in parts:
                found = found.and_(evaluate(part, facts))
            return found
        case Or(parts):
            found = Truth.FALSE
            for part in parts:
                found = found.or_(evaluate(part, facts))
            return found
        case Not(of):
            return evaluate(of, facts).not_()
        case Always():
            return Truth.TRUE
        case Name(name):
            value = facts(name)
            return value if isinstance(value, Truth) else Truth.UNKNOWN
        case In(name, options):
            value = facts(name)
            if isinstance(value, Choice):
                return Truth.of(value.option in {option.name for option in options})
            return Truth.UNKNOWN
        case Has(name, option):
            return _has(facts(name), option.name)
        case IsKnown(name):
            return Truth.of(is_known(facts(name)))
        case IsAbsent(name, reason):
            value = facts(name)
            return Truth.of(isinstance(value, Absent) and value.reason is reason)
        case Compare(op, left, right):
            return _compare(op, left, right, facts)
    return Truth.UNKNOWN


def is_known(value: Value | Truth) -> bool:
    """Whether there is a value: a multi-choice value with no open option, a complete score."""
    if isinstance(value, Interval):
        return value.low == value.high
    if isinstance(value, Multi):
        return not value.open
    return not isinstance(value, Absent | Truth)


def _has(value: Value | Truth, option: str) -> Truth:
    if isinstance(value, Multi):
        if option in value.present:
            return Truth.TRUE
        if option in value.absent:
            return Truth.FALSE
    return Truth.UNKNOWN


def _compare(op: str, left: Expr, right: Expr, facts: Facts) -> Truth:
    if isinstance(left, Name):
        value = facts(left.name)
        if isinstance(value, Choice):
            if not isinstance(right, Name):
                return Truth.UNKNOWN
            same = Truth.of(value.option == right.name)
            return same if op == "=" else same.not_() if op == "!=" else Truth.UNKNOWN
    try:
        a = _number(left, facts)
        b = None if a is None else _number(right, facts)
    except _Uncomputable:
        return Truth.UNKNOWN
    if a is None or b is None:
        return Truth.UNKNOWN
    if a.unit is not None and b.unit is not None:
        scale = factor(b.unit, a.unit)
        if scale is None:
            return Truth.UNKNOWN
        b = _Range(b.low * scale, b.high * scale, a.unit)
    return _ordered(op, a, b)


def _ordered(op: str, a: _Range, b: _Range) -> Truth:
    if op in ("=", "!="):
        if a.low == a.high == b.low == b.high:
            equal = Truth.TRUE
        else:
            apart = a.high < b.low or b.high < a.low
            equal = Truth.FALSE if apart else Truth.UNKNOWN
        return equal if op == "=" else equal.not_()
    if op in (">", ">="):
        return _ordered("<=" if op == ">" else "<", a, b).not_()
    surely = a.high < b.low if op == "<" else a.high <= b.low
    never = a.low >= b.high if op == "<" else a.low > b.high
    return Truth.TRUE if surely else Truth.FALSE if never else Truth.UNKNOWN


def compute(expr: Expr, facts: Facts) -> Number | Quantity | Interval | Absent:
    """The number of a checked formula, or *not computable* where an input is unknown."""
    try:
        found = _number(expr, facts)
    except _Uncomputable as error:
        return Absent(Absence.NOT_COMPUTABLE, str(error))
    if found is None:
        missing = sorted(n for n in names_in(expr) if not is_known(facts(n)))
        return Absent(Absence.NOT_COMPUTABLE, f"not known: {', '.join(missing)}")
    if found.low != found.high:
        return Interval(to_decimal(found.low), to_decimal(found.high))
    value = to_decimal(found.low)
    return Quantity(value, found.unit) if found.unit else Number(value)


class _Uncomputable(Exception):
    """A formula has no value for these numbers."""


def _number(expr: Expr, facts: Facts) -> _Range | None:
    """The number of an expression, None where it is unknown."""
    match expr:
        case Literal(number, unit):
            return _Range(Fraction(number), Fraction(number), unit)
        case Name(name):
            return _of_value(facts(name))
        case CountOf(name):
            value = facts(name)
            if isinstance(value, Multi):
                low = len(value.present)
                return _Range(Fraction(low), Fraction(low + len(value.open)))
            return None
        case As(name, unit):
            value = facts(name)
            if not isinstance(value, Quantity):
                return None
            scale = factor(value.unit, unit)
            return None if scale is None else _point(Fraction(value.value) * scale)
        case Negative(of):
            found = _number(of, facts)
            return None if found is None else _Range(-found.high, -found.low, found.unit)
        case Arithmetic(op, left, right):
            a, b = _number(left, facts), _number(right, facts)
            return None if a is None or b is None else _calculate(op, a, b)
        case Least(function, parts):
            numbers = [_number(part, facts) for part in parts]
            return _least(function, numbers)
    return None


def _point(value: Fraction) -> _Range:
    return _Range(value, value)


def _of_value(value: Value | Truth) -> _Range | None:
    match value:
        case Number(number):
            return _point(Fraction(number))
        case Quantity(number, unit):
            return _Range(Fraction(number), Fraction(number), unit)
        case Interval(low, high):
            return _Range(Fraction(low), Fraction(high))
    return None


def _least(function: str, numbers: list[_Range | None]) -> _Range | None:
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return None
    unit = known[0].unit
    scaled = [_in_unit(number, unit) for number in known]
    if any(number is None for number in scaled):
        return None
    pick = min if function == "min" else max
    present = [number for number in scaled if number is not None]
    return _Range(pick(n.low for n in present), pick(n.high for n in present), unit)


def _in_unit(number: _Range, unit: str | None) -> _Range | None:
    if number.unit is None or unit is None or number.unit == unit:
        return number
    scale = factor(number.unit, unit)
    return None if scale is None else _Range(number.low * scale, number.high * scale, unit)


def _calculate(op: str, a: _Range, b: _Range) -> _Range | None:
    if op == "^":
        return _power(a, b.low)
    if op in ("+", "-"):
        other = _in_unit(b, a.unit)
        if other is None:
            return None
        if op == "+":
            return _Range(a.low + other.low, a.high + other.high, a.unit)
        return _Range(a.low - other.high, a.high - other.low, a.unit)
    if op == "/":
        if b.low <= 0 <= b.high:
            raise _Uncomputable("division by zero")
        b = _Range(1 / b.high, 1 / b.low, b.unit)
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _Range(min(corners), max(corners), a.unit or b.unit)


def _power(base: _Range, exponent: Fraction) -> _Range:
    if base.low != base.high:
        raise _Uncomputable("the power of a range")
    if base.low == 0 and exponent < 0:
        raise _Uncomputable("division by zero")
    if exponent.denominator == 1:
        return _point(base.low ** int(exponent))
    if base.low < 0:
        raise _Uncomputable("the root of a negative number")
    with localcontext() as context:
        context.prec = 28
        return _point(Fraction(to_decimal(base.low) ** to_decimal(exponent)))


def points(
    terms: Iterable[tuple[str, Mapping[str, int]] | tuple[Expr, int]], facts: Facts
) -> Interval:
    """The sum of a points score; an unknown input counts as its lowest and its highest points."""
    low = high = 0
    for what, worth in terms:
        if isinstance(what, str) and isinstance(worth, Mapping):
            value = facts(what)
            known = worth.get(value.option) if isinstance(value, Choice) else None
            low += min(worth.values()) if known is None else known
            high += max(worth.values()) if known is None else known
        elif not isinstance(what, str) and isinstance(worth, int):
            truth = evaluate(what, facts)
            sure = worth if truth is Truth.TRUE else 0
            may = worth if truth is not Truth.FALSE else 0
            low += min(sure, may)
            high += max(sure, may)
    return Interval(Decimal(low), Decimal(high))


def support(expr: Expr, facts: Facts) -> frozenset[str]:
    """The names whose values matter for the present truth of a guard.

    For a true `or` the names of its true parts, for a false `and` those of its false parts, for
    an unknown guard those of its unknown parts; else of all parts.
    """
    match expr:
        case And(parts) | Or(parts):
            truth = evaluate(expr, facts)
            decided = Truth.TRUE if isinstance(expr, Or) else Truth.FALSE
            wanted = {truth} if truth in (decided, Truth.UNKNOWN) else set(Truth)
            chosen = [part for part in parts if evaluate(part, facts) in wanted]
            return frozenset().union(*(support(part, facts) for part in chosen))
        case Not(of):
            return support(of, facts)
    return names_in(expr)


def in_unit(quantity: Quantity, unit: str) -> Fraction | None:
    """The magnitude of a quantity in another unit of its dimension."""
    scale = factor(quantity.unit, unit)
    return None if scale is None else Fraction(quantity.value) * scale
