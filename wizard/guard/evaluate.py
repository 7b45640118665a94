"""Evaluating guards: total, without side effects. A guard is compiled once and read often."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from wizard.guard.arithmetic import (
    Facts,
    Range,
    Uncomputable,
    in_range_unit,
    is_known,
    numeric,
)
from wizard.guard.nodes import (
    Always,
    And,
    Compare,
    Expr,
    Has,
    In,
    IsAbsent,
    IsKnown,
    Name,
    Not,
    Or,
    names_in,
)
from wizard.guard.truth import Truth
from wizard.guard.values import Absent, Choice, Interval, Multi, Value

Test = Callable[[Facts], Truth]


@dataclass(frozen=True)
class Compiled:
    """A guard ready to be read again and again.

    `truth` never raises: what cannot be compared is unknown. `support` gives the names whose
    values matter for the present truth: for a true `or` the names of its true parts, for a false
    `and` those of its false parts, for an unknown guard those of its unknown parts, else all.
    """

    truth: Test
    support: Callable[[Facts], frozenset[str]]


def compiled(expr: Expr) -> Compiled:
    """A checked guard, compiled."""
    match expr:
        case And(parts):
            return _joined(parts, Truth.TRUE, lambda a, b: a.and_(b), Truth.FALSE)
        case Or(parts):
            return _joined(parts, Truth.FALSE, lambda a, b: a.or_(b), Truth.TRUE)
        case Not(of):
            inner = compiled(of)
            return Compiled(lambda facts: inner.truth(facts).not_(), inner.support)
    names = names_in(expr)
    return Compiled(_simple(expr), lambda facts: names)


def evaluate(expr: Expr, facts: Facts) -> Truth:
    """The truth of a guard that is read once."""
    return compiled(expr).truth(facts)


def _joined(
    parts: Iterable[Expr],
    start: Truth,
    join: Callable[[Truth, Truth], Truth],
    decided: Truth,
) -> Compiled:
    inner = tuple(map(compiled, parts))
    tests = tuple(part.truth for part in inner)

    def truth(facts: Facts) -> Truth:
        found = start
        for test in tests:
            found = join(found, test(facts))
            if found is decided:
                break
        return found

    def support(facts: Facts) -> frozenset[str]:
        found = truth(facts)
        wanted = (found,) if found in (decided, Truth.UNKNOWN) else tuple(Truth)
        chosen = [part for part in inner if part.truth(facts) in wanted]
        return frozenset().union(*(part.support(facts) for part in chosen))

    return Compiled(truth, support)


def _simple(expr: Expr) -> Test:
    """A guard that is not made of guards."""
    match expr:
        case Always():
            return lambda facts: Truth.TRUE
        case Name(name):
            return lambda facts: _finding(facts(name))
        case In(name, options):
            named = frozenset(option.name for option in options)
            return lambda facts: _one_of(facts(name), named)
        case Has(name, option):
            return lambda facts: _has(facts(name), option.name)
        case IsKnown(name):
            return lambda facts: Truth.of(is_known(facts(name)))
        case IsAbsent(name, reason):
            return lambda facts: Truth.of(
                isinstance(value := facts(name), Absent) and value.reason is reason
            )
        case Compare(op, left, right):
            return _comparison(op, left, right)
    return lambda facts: Truth.UNKNOWN


def _finding(value: Value | Truth) -> Truth:
    return value if isinstance(value, Truth) else Truth.UNKNOWN


def _one_of(value: Value | Truth, options: frozenset[str]) -> Truth:
    return Truth.of(value.option in options) if isinstance(value, Choice) else Truth.UNKNOWN


def _has(value: Value | Truth, option: str) -> Truth:
    if isinstance(value, Multi):
        if option in value.present:
            return Truth.TRUE
        if option in value.absent:
            return Truth.FALSE
    return Truth.UNKNOWN


def _comparison(op: str, left: Expr, right: Expr) -> Test:
    of_numbers = _of_numbers(op, left, right)
    if not isinstance(left, Name):
        return of_numbers
    name, option = left.name, right.name if isinstance(right, Name) else None

    def test(facts: Facts) -> Truth:
        value = facts(name)
        if isinstance(value, Absent):
            return Truth.UNKNOWN
        if not isinstance(value, Choice):
            return of_numbers(facts)
        if option is None or op not in ("=", "!="):
            return Truth.UNKNOWN
        return Truth.of((value.option == option) is (op == "="))

    return test


def _of_numbers(op: str, left: Expr, right: Expr) -> Test:
    of_left, of_right = numeric(left), numeric(right)

    def test(facts: Facts) -> Truth:
        try:
            a = of_left(facts)
            b = None if a is None else of_right(facts)
        except Uncomputable:
            return Truth.UNKNOWN
        if a is None or b is None:
            return Truth.UNKNOWN
        b = in_range_unit(b, a.unit)
        return Truth.UNKNOWN if b is None else _ordered(op, a, b)

    return test


def _ordered(op: str, a: Range, b: Range) -> Truth:
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


def points(
    terms: Iterable[tuple[str, Mapping[str, int]] | tuple[Compiled, int]], facts: Facts
) -> Interval:
    """The sum of a points score; an unknown input counts as its lowest and its highest points."""
    low = high = 0
    for what, worth in terms:
        if isinstance(what, str) and isinstance(worth, Mapping):
            value = facts(what)
            known = worth.get(value.option) if isinstance(value, Choice) else None
            low += min(worth.values()) if known is None else known
            high += max(worth.values()) if known is None else known
        elif isinstance(what, Compiled) and isinstance(worth, int):
            truth = what.truth(facts)
            sure = worth if truth is Truth.TRUE else 0
            may = worth if truth is not Truth.FALSE else 0
            low += min(sure, may)
            high += max(sure, may)
    return Interval(Decimal(low), Decimal(high))
