"""Regions of values between which no guard can tell: the finite side of what could be otherwise.

An *atom* is what a guard compares in the end: a data item, a derived value or a score; findings are
opened up to their guards. All values of one region give every guard that was looked at the same
truth, so one representative stands for the region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from wizard.definition.library import Pathway
from wizard.guard import Choice, Expr, Interval, Multi, Number, Quantity, Value
from wizard.guard.nodes import (
    And,
    Arithmetic,
    As,
    Compare,
    CountOf,
    Has,
    Least,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    names_in,
)
from wizard.guard.units import factor, to_decimal

MOST_OPTIONS = 10
"""Of a multi-choice item with more options that guards tell apart no regions are made."""


@dataclass(frozen=True)
class Region:
    """One point (`low` equals `high`), the values between two points, or one option.

    `value` is the representative. `low` is None where nothing smaller can be told apart, `high`
    where nothing greater; for options both are.
    """

    value: Value
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass
class _Tests:
    """What the guards ask of one atom."""

    thresholds: set[Fraction] = field(default_factory=set)
    options: set[str] = field(default_factory=set)
    counted: bool = False
    calculated: bool = False


class Regions:
    """The atoms of some guards of a pathway, each with its regions."""

    def __init__(self, pathway: Pathway, guards: Iterable[str], names: Iterable[str] = ()) -> None:
        self._pathway = pathway
        self._tests: dict[str, _Tests] = {name: _Tests() for name in names}
        self._opened: set[str] = set()
        for guard in guards:
            self._look(pathway.guard(guard))

    @property
    def atoms(self) -> tuple[str, ...]:
        """Items, then derived values, then scores, each in the pathway's order."""
        p = self._pathway
        return tuple(n for n in (*p.items, *p.derived, *p.scores) if n in self._tests)

    def of(self, name: str) -> tuple[Region, ...] | None:
        """The regions of an atom, lowest first; None where guards calculate with it."""
        tests, p = self._tests[name], self._pathway
        if tests.calculated:
            return None
        if name in p.scores:
            bounds = [(b.from_, b.to) for b in p.scores[name].bands]
            low, high = min(b[0] for b in bounds), max(b[1] for b in bounds)
            points = range(int(low), int(high) + 1)
            return tuple(
                Region(Interval(Decimal(n), Decimal(n)), Fraction(n), Fraction(n)) for n in points
            )
        if name in p.derived:
            return _numeric(tests.thresholds, p.derived[name].unit, None)
        item = p.items[name]
        if item.type == "choice":
            return tuple(Region(Choice(option)) for option in item.options)
        if item.type == "multi":
            return _sets(tuple(item.options), tests)
        if item.type in ("number", "quantity"):
            limits = item.limits.hard if item.limits is not None else None
            return _numeric(tests.thresholds, item.unit, limits)
        return None

    def _look(self, expr: Expr) -> None:
        match expr:
            case And(parts) | Or(parts):
                for part in parts:
                    self._look(part)
            case Not(of):
                self._look(of)
            case Has(name, option):
                self._of(name).options.add(option.name)
            case Compare(_, left, right):
                self._look_at_comparison(left, right)
            case Arithmetic() | Negative() | Least() | As():
                for name in names_in(expr):
                    self._of(name).calculated = True
            case _:
                for name in names_in(expr):
                    self._open(name)

    def _look_at_comparison(self, left: Expr, right: Expr) -> None:
        if isinstance(right, Name) and isinstance(left, Name) and self._is_choice(left.name):
            self._of(left.name)
        elif isinstance(right, Literal) and isinstance(left, Name | As):
            self._of(left.name).thresholds.add(self._in_own_unit(left, right))
        elif isinstance(left, Literal) and isinstance(right, Name | As):
            self._look_at_comparison(right, left)
        elif isinstance(right, Literal) and isinstance(left, CountOf):
            self._of(left.name).counted = True
        else:
            for name in names_in(left) | names_in(right):
                self._of(name).calculated = True

    def _is_choice(self, name: str) -> bool:
        return name in self._pathway.items and self._pathway.items[name].type == "choice"

    def _in_own_unit(self, of: Name | As, literal: Literal) -> Fraction:
        own = self._unit(of.name)
        unit = of.unit if isinstance(of, As) else literal.unit
        item = self._pathway.items.get(of.name)
        accepted: Mapping[str, Fraction] = item.accepts if item is not None else {}
        scale = factor(unit, own, accepted) if unit and own else Fraction(1)
        return Fraction(literal.value) * (scale or 1)

    def _unit(self, name: str) -> str | None:
        p = self._pathway
        return p.items[name].unit if name in p.items else getattr(p.derived.get(name), "unit", None)

    def _of(self, name: str) -> _Tests:
        return self._tests.setdefault(name, _Tests())

    def _open(self, name: str) -> None:
        if name in self._pathway.findings:
            if name not in self._opened:
                self._opened.add(name)
                self._look(self._pathway.guard(self._pathway.findings[name].if_))
        elif self._pathway.symbol(name) is not None:
            self._of(name)


def _numeric(
    thresholds: set[Fraction], unit: str | None, limits: tuple[Decimal, Decimal] | None
) -> tuple[Region, ...]:
    """Each threshold by itself, and what lies below, between and above, within hard limits."""
    least = Fraction(limits[0]) if limits is not None else None
    most = Fraction(limits[1]) if limits is not None else None
    inside = sorted(
        t for t in thresholds if (least is None or t >= least) and (most is None or t <= most)
    )

    def region(value: Fraction, low: Fraction | None, high: Fraction | None) -> Region:
        number = to_decimal(value)
        return Region(Quantity(number, unit) if unit else Number(number), low, high)

    if not inside:
        middle = (least + most) / 2 if least is not None and most is not None else Fraction(1)
        return (region(middle, None, None),)
    found = []
    if least is None or least < inside[0]:
        found.append(region(inside[0] - 1 if least is None else least, None, inside[0]))
    for number, here in enumerate(inside):
        found.append(region(here, here, here))
        if number + 1 < len(inside):
            following = inside[number + 1]
            found.append(region((here + following) / 2, here, following))
    if most is None or most > inside[-1]:
        found.append(region(inside[-1] + 1 if most is None else most, inside[-1], None))
    return tuple(found)


def _sets(options: tuple[str, ...], tests: _Tests) -> tuple[Region, ...] | None:
    """Sets of options that guards can tell apart: of those named, or where they are counted of
    all; None where there are too many."""
    named = [o for o in options if tests.counted or o in tests.options]
    if len(named) > MOST_OPTIONS:
        return None
    sets = [
        tuple(o for bit, o in enumerate(named) if mask >> bit & 1)
        for mask in range(1 << len(named))
    ]
    return tuple(Region(Multi(frozenset(s), frozenset(options) - frozenset(s))) for s in sets)
