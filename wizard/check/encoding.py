"""Facts of a case as z3 variables, and every guard as two formulas: when true, when false.

docs/semantics.md, sections 1 to 4. What is neither true nor false is unknown. Exact but for two
things, in which more is allowed than can be, so that a proof stays a proof, and a counter-example
is replayed before it is shown: a derived value lies within half of its last decimal of its
formula, unless `exact` is asked for, which rounds it too, away from ties; and a power with a
fraction in its exponent may be any number.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import z3

from wizard.check.formulas import (
    FALSE,
    REASONS,
    TRUE,
    Z3,
    Entered,
    Pair,
    Span,
    all_of,
    any_of,
    compared,
    if_each,
    least,
    pick,
    real,
)
from wizard.definition.computed import Derived, Score
from wizard.definition.library import Pathway
from wizard.definition.recommendation import Recommendation
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

Pins = tuple[tuple[str, int], ...]


class Encoding:
    """One pathway; `constraints` must be asserted beside whatever is asked.

    `suffix` tells two sets of facts of one pathway apart.
    """

    def __init__(self, pathway: Pathway, suffix: str = "") -> None:
        self.pathway = pathway
        self.constraints: list[Z3] = []
        self.entered: dict[tuple[str, int], Entered] = {}
        self.approximate = False
        self.exact = z3.Bool(f"derived values are rounded{suffix}")
        self._suffix = suffix
        self._fresh = 0
        self._guards: dict[tuple[str, Pins], Pair] = {}
        self._numbers: dict[tuple[str, Pins], Span] = {}
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

    def as_entered(self) -> list[Z3]:
        """That every number entered has at most three decimals."""
        kinds = ("number", "quantity")
        return [
            z3.IsInt(entered.value * 1000)
            for (name, _), entered in self.entered.items()
            if self.pathway.items[name].type in kinds
        ]

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
            self.constraints += [value >= real(Fraction(low)), value <= real(Fraction(high))]
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
                if_each(later.has, later.present, found.present),
                if_each(later.has, later.absent, found.absent),
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
        return compared(op, a, b)

    # Numbers

    def _number(self, expr: Expr, pins: Pins) -> Span:
        match expr:
            case Literal(value, unit):
                point = real(Fraction(value))
                return Span(TRUE, point, point, unit)
            case Name(name):
                return self._named(name, pins)
            case CountOf(name):
                entered = self._effective(name, pins)
                low = z3.ToReal(z3.Sum([z3.If(p, 1, 0) for p in entered.present]))
                open_ = [
                    z3.If(z3.Or(p, a), 0, 1)
                    for p, a in zip(entered.present, entered.absent, strict=True)
                ]
                return Span(entered.has, low, low + z3.ToReal(z3.Sum(open_)))
            case As(name, unit):
                found = self._named(name, pins)
                scaled = self._scaled(found, found.unit or unit, unit, Name(name))
                return Span(scaled.known, scaled.low, scaled.high)
            case Negative(of):
                return self._number(of, pins).negative()
            case Arithmetic(op, left, right):
                return self._calculated(op, left, right, pins)
            case Least(function, parts):
                return least(function, [self._number(part, pins) for part in parts])
        raise TypeError(f"not a number: {expr}")

    def _scaled(self, number: Span, unit: str, target: str, beside: Expr) -> Span:
        accepts: Mapping[str, Fraction] = {}
        if isinstance(beside, Name) and beside.name in self.pathway.items:
            accepts = self.pathway.items[beside.name].accepts
        scale = real(factor(unit, target, accepts) or Fraction(1))
        return Span(number.known, number.low * scale, number.high * scale, target)

    def _calculated(self, op: str, left: Expr, right: Expr, pins: Pins) -> Span:
        a = self._number(left, pins)
        if op == "^":
            return self._power(a, right, pins)
        b = self._number(right, pins)
        known, unit = z3.And(a.known, b.known), a.unit or b.unit
        if op in ("+", "-"):
            if a.unit and b.unit and a.unit != b.unit:
                b = self._scaled(b, b.unit, a.unit, left)
            b = b if op == "+" else b.negative()
            return Span(known, a.low + b.low, a.high + b.high, unit)
        # Only points are multiplied: intervals come from scores, and no formula has one.
        if op == "*":
            return Span(known, a.low * b.low, a.low * b.low, unit)
        quotient = self._new("quotient")
        self.constraints.append(z3.Implies(b.low != 0, quotient * b.low == a.low))
        return Span(z3.And(known, b.low != 0), quotient, quotient, unit)

    def _power(self, base: Span, exponent: Expr, pins: Pins) -> Span:
        value = exponent.value if isinstance(exponent, Literal) else None
        if value is not None and value == value.to_integral_value() and 0 <= value <= 4:
            product = real(Fraction(1))
            for _ in range(int(value)):
                product = product * base.low
            return Span(base.known, product, product, base.unit)
        self.approximate = True
        power = self._new("power")
        known = z3.And(base.known, self._number(exponent, pins).known)
        return Span(known, power, power, base.unit)

    def _new(self, what: str) -> Z3:
        self._fresh += 1
        return z3.Real(f"{what} {self._fresh}{self._suffix}")

    def _named(self, name: str, pins: Pins) -> Span:
        found = self._numbers.get((name, pins))
        if found is None:
            found = self._numbers[name, pins] = self._name(name, pins)
        return found

    def _name(self, name: str, pins: Pins) -> Span:
        p = self.pathway
        if name in p.items:
            entered = self._effective(name, pins)
            return Span(entered.has, entered.value, entered.value, p.items[name].unit)
        if name in p.scores:
            return self._score(p.scores[name], pins)
        return self._derived(p.derived[name], pins)

    def _score(self, score: Score, pins: Pins) -> Span:
        lows, highs = [], []
        for term in score.terms:
            if term.item is not None:
                entered = self._effective(term.item, pins)
                worth = [term.points[o] for o in self.pathway.items[term.item].options]
                value = pick(entered.value, worth)
                lows.append(z3.If(entered.has, value, min(worth)))
                highs.append(z3.If(entered.has, value, max(worth)))
            elif term.if_ is not None and term.adds is not None:
                pair = self.guard(term.if_, pins)
                sure = z3.If(pair.true, term.adds, 0)
                may = z3.If(pair.false, 0, term.adds)
                lows.append(sure if term.adds >= 0 else may)
                highs.append(may if term.adds >= 0 else sure)
        valid = TRUE if score.valid_if is None else self.guard(score.valid_if, pins).true
        return Span(valid, z3.ToReal(z3.Sum(lows)), z3.ToReal(z3.Sum(highs)))

    def _derived(self, derived: Derived, pins: Pins) -> Span:
        value = self._new("derived")
        step = Fraction(1, 10**derived.decimals)
        up = real(step / 2 if derived.rounding == "nearest" else Fraction(0))
        down = real(step / 2 if derived.rounding == "nearest" else step)
        cases = [(c.if_, c.formula) for c in derived.cases] or [("always", derived.formula or "")]
        known: list[Z3] = []
        before: list[Z3] = []
        for when, formula in cases:
            pair = Pair(TRUE, FALSE) if when == "always" else self.guard(when, pins)
            here = z3.And([*before, pair.true])
            number = self._number(self.pathway.guard(formula), pins)
            so = z3.And(here, number.known)
            near = z3.And(value - number.low <= up, number.low - value <= down)
            inside = z3.And(near, number.low - value < down)
            if derived.rounding == "nearest":
                inside = z3.And(inside, value - number.low < up)
            self.constraints.append(z3.Implies(so, near))
            self.constraints.append(z3.Implies(z3.And(so, self.exact), inside))
            known.append(so)
            before.append(pair.false)
        self.constraints.append(z3.Implies(self.exact, z3.IsInt(value / real(step))))
        valid = TRUE if derived.valid_if is None else self.guard(derived.valid_if, pins).true
        return Span(z3.And(valid, z3.Or(known)), value, value, derived.unit)
