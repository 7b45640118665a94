"""Facts of a case as z3 variables, and every guard as two formulas: when true, when false.

docs/semantics.md, sections 1 to 4. What is neither true nor false is unknown. Exact but for two
things, in which more is allowed than can be, so that a proof stays a proof, and a counter-example
is replayed before it is shown: a derived value lies within half of its last decimal of its
formula, and a power with a fraction in its exponent may be any number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from wizard.definition.library import Pathway
from wizard.definition.models import Derived, Recommendation, Score
from wizard.guard import Absence, Expr
from wizard.guard.nodes import (
    Always,
    And,
    Arithmetic,
    As,
    Compare,
    CountOf,
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
    Recommends,
)
from wizard.guard.units import factor

Z3 = Any
Pins = tuple[tuple[str, int], ...]
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
class _Number:
    known: Z3
    low: Z3
    high: Z3
    unit: str | None = None


class Encoding:
    """One pathway; `constraints` must be asserted beside whatever is asked.

    `suffix` tells two sets of facts of one pathway apart.
    """

    def __init__(self, pathway: Pathway, suffix: str = "") -> None:
        self.pathway = pathway
        self.constraints: list[Z3] = []
        self.entered: dict[tuple[str, int], Entered] = {}
        self.approximate = False
        self._suffix = suffix
        self._fresh = 0
        self._guards: dict[tuple[str, Pins], Pair] = {}
        self._numbers: dict[tuple[str, Pins], _Number] = {}
        self._visits = {
            name: step.loop.visits
            for step in pathway.steps.values()
            if step.loop is not None
            for name in step.loop.ask_again
        }

    def visits(self, name: str) -> int:
        """How many visits an item can have."""
        return self._visits.get(name, 1)

    def guard(self, text: str, pins: Pins = ()) -> Pair:
        """A guard of the pathway, items of loops pinned to visits."""
        found = self._guards.get((text, pins))
        if found is None:
            found = self._pair(self.pathway.guard(text), pins)
            self._guards[text, pins] = found
        return found

    def expression(self, expr: Expr, pins: Pins = ()) -> Pair:
        """A guard that has been parsed already."""
        return self._pair(expr, pins)

    def computed_alike(self, other: Encoding) -> list[Z3]:
        """That what is computed from the same values in both is the same."""
        return [
            z3.Implies(number.known, number.low == other._numbers[key].low)
            for key, number in self._numbers.items()
            if key in other._numbers and key[0] in self.pathway.derived
        ]

    def advice(self, recommendation: Recommendation, pins: Pins = ()) -> tuple[Pair, Pair]:
        """Guard and contraindication of a piece of advice, the population joined."""
        guard = all_of([
            self.guard(self.pathway.header.population_if, pins),
            self.guard(recommendation.if_, pins),
        ])  # fmt: skip
        against = [self.guard(c.if_, pins) for c in recommendation.contraindicated_if]
        return guard, any_of(against) if against else Pair(FALSE, TRUE)

    def recommended(self, recommendation: Recommendation, pins: Pins = ()) -> Z3:
        """When the status of advice is *recommended*."""
        guard, against = self.advice(recommendation, pins)
        return z3.And(guard.true, against.false)

    def of(self, name: str, visit: int = 1) -> Entered:
        """The variables of an item at a visit."""
        found = self.entered.get((name, visit))
        if found is None:
            found = self.entered[name, visit] = self._enter(name, visit)
        return found

    def answered(self, name: str, visit: int, *, may_await: bool) -> Z3:
        """When an enquiry that asks an item is content with it."""
        entered = self.of(name, visit)
        reasons = [entered.reason != REASONS.index(Absence.NOT_ASKED)]
        if not may_await:
            reasons.append(entered.reason != REASONS.index(Absence.AWAITED))
        return z3.Or(self.applies(name).false, entered.has, z3.And(reasons))

    def applies(self, name: str, pins: Pins = ()) -> Pair:
        """Whether an item applies."""
        applies_if = self.pathway.items[name].applies_if
        return Pair(TRUE, FALSE) if applies_if is None else self.guard(applies_if, pins)

    # Entered values

    def _enter(self, name: str, visit: int) -> Entered:
        item = self.pathway.items[name]
        tag = f"{name}@{visit}{self._suffix}"
        has, reason = z3.Bool(f"has {tag}"), z3.Int(f"reason {tag}")
        allowed = {Absence.NOT_ASKED.value, *item.absence}
        self.constraints.append(
            z3.Or([reason == n for n, r in enumerate(REASONS) if r.value in allowed])
        )
        if item.type == "multi":
            present = tuple(z3.Bool(f"{tag} has {o}") for o in item.options)
            absent = tuple(z3.Bool(f"{tag} lacks {o}") for o in item.options)
            self.constraints += [z3.Not(z3.And(p, a)) for p, a in zip(present, absent, strict=True)]
            some = z3.Or([*present, *absent])
            self.constraints.append(has == some)
            return Entered(has, reason, None, present, absent)
        if item.type == "choice":
            value = z3.Int(f"value {tag}")
            self.constraints += [value >= 0, value < len(item.options)]
            return Entered(has, reason, value)
        value = z3.Real(f"value {tag}")
        if item.limits is not None:
            low, high = item.limits.hard
            self.constraints += [value >= _real(Fraction(low)), value <= _real(Fraction(high))]
        return Entered(has, reason, value)

    def _effective(self, name: str, pins: Pins) -> Entered:
        """What guards read of an item: of the pinned visit, else the latest with a value."""
        pinned = dict(pins).get(name)
        visits = [pinned] if pinned is not None else list(range(1, self.visits(name) + 1))
        found = self.of(name, visits[0])
        for visit in visits[1:]:
            later = self.of(name, visit)
            found = Entered(
                z3.Or(found.has, later.has),
                z3.If(later.reason != 0, later.reason, found.reason),
                None if later.value is None else z3.If(later.has, later.value, found.value),
                _if(later.has, later.present, found.present),
                _if(later.has, later.absent, found.absent),
            )
        return self._with_otherwise(name, found, pins)

    def _with_otherwise(self, name: str, found: Entered, pins: Pins) -> Entered:
        item = self.pathway.items[name]
        if item.applies_if is None:
            return found
        outside = z3.And(z3.Not(found.has), self.applies(name, pins).false)
        reason = z3.If(outside, REASONS.index(Absence.NOT_APPLICABLE), found.reason)
        if item.otherwise is None:
            return Entered(found.has, reason, found.value, found.present, found.absent)
        value = z3.If(outside, list(item.options).index(item.otherwise), found.value)
        return Entered(z3.Or(found.has, outside), reason, value)

    # Guards

    def _pair(self, expr: Expr, pins: Pins) -> Pair:
        match expr:
            case And(parts):
                return all_of([self._pair(part, pins) for part in parts])
            case Or(parts):
                return any_of([self._pair(part, pins) for part in parts])
            case Not(of):
                return self._pair(of, pins).not_()
            case Always():
                return Pair(TRUE, FALSE)
            case Recommends(name):
                return self._recommends(name)
            case Name(name):
                return self.guard(self.pathway.findings[name].if_, pins)
            case In(name, options):
                return self._one_of(name, {option.name for option in options}, pins)
            case Has(name, option):
                entered = self._effective(name, pins)
                at = list(self.pathway.items[name].options).index(option.name)
                return Pair(entered.present[at], entered.absent[at])
            case IsKnown(name):
                known = self._known(name, pins)
                return Pair(known, z3.Not(known))
            case IsAbsent(name, reason):
                entered = self._effective(name, pins)
                so = z3.And(z3.Not(entered.has), entered.reason == REASONS.index(reason))
                return Pair(so, z3.Not(so))
            case Compare(op, Name(name), Name(option)) if self._is_choice(name):
                pair = self._one_of(name, {option}, pins)
                return pair if op == "=" else pair.not_()
            case Compare(op, left, right):
                return self._compare(op, left, right, pins)
        raise TypeError(f"not a guard: {expr}")

    def _recommends(self, name: str) -> Pair:
        if name in self.pathway.recommendations:
            so = self.recommended(self.pathway.recommendations[name])
        else:
            so = self.recommended(self.pathway.candidates[name][1])
        return Pair(so, z3.Not(so))

    def _is_choice(self, name: str) -> bool:
        return name in self.pathway.items and self.pathway.items[name].type == "choice"

    def _one_of(self, name: str, options: set[str], pins: Pins) -> Pair:
        entered = self._effective(name, pins)
        order = list(self.pathway.items[name].options)
        inside = z3.Or([entered.value == n for n, o in enumerate(order) if o in options])
        return Pair(z3.And(entered.has, inside), z3.And(entered.has, z3.Not(inside)))

    def _known(self, name: str, pins: Pins) -> Z3:
        if name in self.pathway.items:
            entered = self._effective(name, pins)
            if self.pathway.items[name].type == "multi":
                settled = zip(entered.present, entered.absent, strict=True)
                return z3.And([z3.Or(p, a) for p, a in settled])
            return entered.has
        number = self._named(name, pins)
        return z3.And(number.known, number.low == number.high)

    def _compare(self, op: str, left: Expr, right: Expr, pins: Pins) -> Pair:
        a, b = self._number(left, pins), self._number(right, pins)
        if a.unit and b.unit and a.unit != b.unit:
            b = self._scaled(b, b.unit, a.unit, left)
        known = z3.And(a.known, b.known)
        if op in ("=", "!="):
            same = z3.And(a.low == a.high, b.low == b.high, a.low == b.low)
            apart = z3.Or(a.high < b.low, b.high < a.low)
            pair = Pair(z3.And(known, same), z3.And(known, apart))
            return pair if op == "=" else pair.not_()
        if op in (">", ">="):
            return self._ordered("<=" if op == ">" else "<", a, b, known).not_()
        return self._ordered(op, a, b, known)

    def _ordered(self, op: str, a: _Number, b: _Number, known: Z3) -> Pair:
        if op == "<":
            return Pair(z3.And(known, a.high < b.low), z3.And(known, a.low >= b.high))
        return Pair(z3.And(known, a.high <= b.low), z3.And(known, a.low > b.high))

    # Numbers

    def _number(self, expr: Expr, pins: Pins) -> _Number:
        match expr:
            case Literal(value, unit):
                point = _real(Fraction(value))
                return _Number(TRUE, point, point, unit)
            case Name(name):
                return self._named(name, pins)
            case CountOf(name):
                entered = self._effective(name, pins)
                low = z3.ToReal(z3.Sum([z3.If(p, 1, 0) for p in entered.present]))
                open_ = [
                    z3.If(z3.Or(p, a), 0, 1)
                    for p, a in zip(entered.present, entered.absent, strict=True)
                ]
                return _Number(entered.has, low, low + z3.ToReal(z3.Sum(open_)))
            case As(name, unit):
                found = self._named(name, pins)
                scaled = self._scaled(found, found.unit or unit, unit, Name(name))
                return _Number(scaled.known, scaled.low, scaled.high)
            case Negative(of):
                found = self._number(of, pins)
                return _Number(found.known, -found.high, -found.low, found.unit)
            case Arithmetic(op, left, right):
                return self._calculated(op, left, right, pins)
            case Least(function, parts):
                return self._least(function, [self._number(part, pins) for part in parts])
        raise TypeError(f"not a number: {expr}")

    def _scaled(self, number: _Number, unit: str, target: str, beside: Expr) -> _Number:
        accepts: Mapping[str, Fraction] = {}
        if isinstance(beside, Name) and beside.name in self.pathway.items:
            accepts = self.pathway.items[beside.name].accepts
        scale = _real(factor(unit, target, accepts) or Fraction(1))
        return _Number(number.known, number.low * scale, number.high * scale, target)

    def _calculated(self, op: str, left: Expr, right: Expr, pins: Pins) -> _Number:
        a = self._number(left, pins)
        if op == "^":
            return self._power(a, right, pins)
        b = self._number(right, pins)
        known, unit = z3.And(a.known, b.known), a.unit or b.unit
        if op in ("+", "-"):
            if a.unit and b.unit and a.unit != b.unit:
                b = self._scaled(b, b.unit, a.unit, left)
            sign = 1 if op == "+" else -1
            low, high = (b.low, b.high) if sign > 0 else (-b.high, -b.low)
            return _Number(known, a.low + low, a.high + high, unit)
        # Only points are multiplied: intervals come from scores, and no formula has one.
        if op == "*":
            return _Number(known, a.low * b.low, a.low * b.low, unit)
        quotient = self._new("quotient")
        self.constraints.append(z3.Implies(b.low != 0, quotient * b.low == a.low))
        return _Number(z3.And(known, b.low != 0), quotient, quotient, unit)

    def _power(self, base: _Number, exponent: Expr, pins: Pins) -> _Number:
        value = exponent.value if isinstance(exponent, Literal) else None
        if value is not None and value == value.to_integral_value() and 0 <= value <= 4:
            product = _real(Fraction(1))
            for _ in range(int(value)):
                product = product * base.low
            return _Number(base.known, product, product, base.unit)
        self.approximate = True
        power = self._new("power")
        known = z3.And(base.known, self._number(exponent, pins).known)
        return _Number(known, power, power, base.unit)

    def _least(self, function: str, numbers: list[_Number]) -> _Number:
        low, high = numbers[0].low, numbers[0].high
        for other in numbers[1:]:
            if function == "min":
                low = z3.If(other.low < low, other.low, low)
                high = z3.If(other.high < high, other.high, high)
            else:
                low = z3.If(other.low > low, other.low, low)
                high = z3.If(other.high > high, other.high, high)
        return _Number(z3.And([n.known for n in numbers]), low, high, numbers[0].unit)

    def _new(self, what: str) -> Z3:
        self._fresh += 1
        return z3.Real(f"{what} {self._fresh}{self._suffix}")

    def _named(self, name: str, pins: Pins) -> _Number:
        found = self._numbers.get((name, pins))
        if found is None:
            found = self._numbers[name, pins] = self._name(name, pins)
        return found

    def _name(self, name: str, pins: Pins) -> _Number:
        p = self.pathway
        if name in p.items:
            entered = self._effective(name, pins)
            return _Number(entered.has, entered.value, entered.value, p.items[name].unit)
        if name in p.scores:
            return self._score(p.scores[name], pins)
        return self._derived(p.derived[name], pins)

    def _score(self, score: Score, pins: Pins) -> _Number:
        lows, highs = [], []
        for term in score.terms:
            if term.item is not None:
                entered = self._effective(term.item, pins)
                worth = [term.points[o] for o in self.pathway.items[term.item].options]
                value = _pick(entered.value, worth)
                lows.append(z3.If(entered.has, value, min(worth)))
                highs.append(z3.If(entered.has, value, max(worth)))
            elif term.if_ is not None and term.adds is not None:
                pair = self.guard(term.if_, pins)
                sure = z3.If(pair.true, term.adds, 0)
                may = z3.If(pair.false, 0, term.adds)
                lows.append(sure if term.adds >= 0 else may)
                highs.append(may if term.adds >= 0 else sure)
        valid = TRUE if score.valid_if is None else self.guard(score.valid_if, pins).true
        return _Number(valid, z3.ToReal(z3.Sum(lows)), z3.ToReal(z3.Sum(highs)))

    def _derived(self, derived: Derived, pins: Pins) -> _Number:
        value = self._new("derived")
        step = Fraction(1, 10**derived.decimals)
        up = _real(step / 2 if derived.rounding == "nearest" else Fraction(0))
        down = _real(step / 2 if derived.rounding == "nearest" else step)
        cases = [(c.if_, c.formula) for c in derived.cases] or [("always", derived.formula or "")]
        known: list[Z3] = []
        before: list[Z3] = []
        for when, formula in cases:
            pair = Pair(TRUE, FALSE) if when == "always" else self.guard(when, pins)
            here = z3.And([*before, pair.true])
            number = self._number(self.pathway.guard(formula), pins)
            so = z3.And(here, number.known)
            exact = z3.And(value - number.low <= up, number.low - value <= down)
            self.constraints.append(z3.Implies(so, exact))
            known.append(so)
            before.append(pair.false)
        valid = TRUE if derived.valid_if is None else self.guard(derived.valid_if, pins).true
        return _Number(z3.And(valid, z3.Or(known)), value, value, derived.unit)


def _if(condition: Z3, yes: tuple[Z3, ...], no: tuple[Z3, ...]) -> tuple[Z3, ...]:
    return tuple(z3.If(condition, y, n) for y, n in zip(yes, no, strict=True))


def _pick(index: Z3, values: list[int]) -> Z3:
    found = z3.IntVal(values[-1])
    for number, value in reversed(list(enumerate(values[:-1]))):
        found = z3.If(index == number, value, found)
    return found


def _real(value: Fraction) -> Z3:
    return z3.Q(value.numerator, value.denominator)
