"""Reading names in guards: from a case's facts to values, derived values, scores and findings.

docs/semantics.md, sections 1 and 2. A `Reading` is made for one pathway, one set of facts and one
`as_of`; it remembers what it has worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any, Concatenate, ParamSpec, TypeVar

from wizard.definition.computed import Derived, Score
from wizard.definition.item import Item
from wizard.definition.library import Pathway
from wizard.engine.facts import CaseFacts, Fact
from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Compiled,
    Interval,
    Multi,
    Number,
    Quantity,
    Truth,
    Value,
    compute,
    names_in,
    points,
)
from wizard.text import listed

NOT_ASKED = Absent(Absence.NOT_ASKED)
T = TypeVar("T")
P = ParamSpec("P")
MOST_DIGITS = 24
"""A derived value with more digits before the point is not computed."""


class Reading:
    """The values of all names for one pathway and one set of facts.

    `visit_of` pins items of a loop to one visit (exits of the loop read the visit they stand in);
    every other item reads its latest visit with a value.
    """

    def __init__(
        self,
        pathway: Pathway,
        case: CaseFacts,
        as_of: date,
        visit_of: Mapping[str, int] | None = None,
    ) -> None:
        self.pathway = pathway
        self.case = case
        self.as_of = as_of
        self._visit_of = visit_of or {}
        self._known: dict[str, Value | Truth] = {}
        self._guards: dict[str, Truth] = {}
        self._deciding: dict[str, tuple[str, ...]] = {}
        self._kept: dict[Hashable, Any] = {}

    def __call__(self, name: str) -> Value | Truth:
        """The value of an item, derived value or score, or the truth of a finding."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._read(name)
        return found

    def value(self, name: str) -> Value:
        """As a call, for names that are not findings."""
        found = self(name)
        return Absent(Absence.NOT_COMPUTABLE, "a finding") if isinstance(found, Truth) else found

    def truth(self, guard: str) -> Truth:
        """The truth of a guard of this pathway."""
        found = self._guards.get(guard)
        if found is None:
            self.pathway.note_resting(guard, (guard,))
            found = self._guards[guard] = self.pathway.compiled(guard).truth(self)
        return found

    def once(
        self,
        key: Hashable,
        guards: Iterable[str],
        make: Callable[Concatenate[Reading, P], T],
        *given: P.args,
        **named: P.kwargs,
    ) -> T:
        """What `make` gives for this reading, worked out once.

        It may rest on nothing but guards, what is given and what the pathway says; a key stands
        for the same of these always.
        """
        if key not in self._kept:
            self.pathway.note_resting(key, guards)
            self._kept[key] = make(self, *given, **named)
        found: T = self._kept[key]
        return found

    def after(self, case: CaseFacts, changed: Iterable[str]) -> Reading:
        """The reading of other facts on the same day: what no changed item is behind is kept."""
        other = Reading(self.pathway, case, self.as_of, self._visit_of)
        other._known = dict(self._known)
        other._guards = dict(self._guards)
        other._deciding = dict(self._deciding)
        other._kept = dict(self._kept)
        for item in changed:
            for key in self.pathway.resting_on(item):
                other._kept.pop(key, None)
                if isinstance(key, str):
                    other._known.pop(key, None)
                    other._guards.pop(key, None)
                    other._deciding.pop(key, None)
        return other

    def at(self, visit_of: Mapping[str, int] | None) -> Reading:
        """The same facts with some items pinned to a visit."""
        return Reading(self.pathway, self.case, self.as_of, visit_of) if visit_of else self

    def supposing(self, values: Mapping[str, Value]) -> Reading:
        """The same facts, but with these values of items, derived values or scores."""
        other = Reading(self.pathway, self.case, self.as_of, self._visit_of)
        other._known.update(values)
        return other

    def fact(self, name: str) -> Fact | None:
        """The fact that counts for an item: of the pinned visit, else the latest with a value."""
        visits = self.case.facts.get(name)
        if not visits:
            return None
        if name in self._visit_of:
            return visits.get(self._visit_of[name])
        with_value = [v for v, fact in visits.items() if fact.absence is None and fact.is_answer]
        return visits[max(with_value or visits)]

    def applies(self, name: str) -> Truth:
        """Whether an item applies; true where it has no `applies_if`."""
        item = self.pathway.items[name]
        return Truth.TRUE if item.applies_if is None else self.truth(item.applies_if)

    def out_of_date(self, name: str) -> bool:
        """Whether the fact of an item is past its shelf life at `as_of`."""
        item, fact = self.pathway.items[name], self.fact(name)
        return (
            item.shelf_life_days is not None
            and fact is not None
            and fact.absence is None
            and (self.as_of - fact.on).days > item.shelf_life_days
        )

    def inputs(self, name: str) -> tuple[str, ...]:
        """The items that a score or derived value is worked out from, in the pathway's order."""
        return self.items_behind([name], Truth.TRUE)

    def deciding(self, guard: str) -> tuple[str, ...]:
        """The items whose values matter for the present truth of a guard, in the pathway's order.

        For an unknown guard these are the items it is *blocked by*.
        """
        found = self._deciding.get(guard)
        if found is None:
            truth = self.truth(guard)
            found = self._deciding[guard] = self.items_behind(self._support(guard), truth)
        return found

    def items_behind(self, names: Iterable[str], truth: Truth) -> tuple[str, ...]:
        """Items that stand behind names, through findings, derived values, scores and
        `applies_if`; for an unknown truth only those that are themselves unknown."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.pathway.items:
                behind = self._behind_applies(name)
                waiting.extend(behind)
                if truth is not Truth.UNKNOWN or (_is_open(self(name)) and not behind):
                    found.add(name)
                continue
            waiting.extend(self._inputs(name, truth))
        return tuple(sorted(found, key=self.pathway.order_of_items.__getitem__))

    def _behind_applies(self, name: str) -> frozenset[str]:
        """What keeps an item without a value from applying, or open whether it does where that
        would settle it: nobody looks for a second sample before it is known whether one is due."""
        fact, item = self.fact(name), self.pathway.items[name]
        has_value = fact is not None and fact.absence is None
        if item.applies_if is None or has_value:
            return frozenset()
        applies = self.truth(item.applies_if)
        settles = applies is Truth.UNKNOWN and item.otherwise is not None and fact is None
        return self._support(item.applies_if) if applies is Truth.FALSE or settles else frozenset()

    def _inputs(self, name: str, truth: Truth) -> Iterable[str]:
        if name in self.pathway.findings:
            return self._support(self.pathway.findings[name].if_)
        if name in self.pathway.scores:
            score = self.pathway.scores[name]
            if truth is Truth.UNKNOWN and self.truth(score.valid_if) is Truth.FALSE:
                return self._support(score.valid_if)
            by_item = {term.item for term in score.terms if term.item}
            by_guard = {n for t in score.terms if t.if_ for n in self._names(t.if_)}
            return {*by_item, *by_guard, *self._names(score.valid_if)}
        if name in self.pathway.derived:
            derived = self.pathway.derived[name]
            formula = self._formula(derived)
            if formula is None:
                texts = [t for case in derived.cases for t in (case.if_, case.formula)]
                return frozenset().union(*map(self._names, [*texts, derived.valid_if]))
            cases = [name for case in derived.cases for name in self._names(case.if_)]
            return {*cases, *self._names(formula), *self._names(derived.valid_if)}
        return ()

    def _support(self, guard: str) -> frozenset[str]:
        return self.pathway.compiled(guard).support(self)

    def _names(self, guard: str | None) -> frozenset[str]:
        return names_in(self.pathway.guard(guard)) if guard else frozenset()

    def _read(self, name: str) -> Value | Truth:
        if name in self.pathway.items:
            return self._item(name, self.pathway.items[name])
        if name in self.pathway.findings:
            return self.truth(self.pathway.findings[name].if_)
        if name in self.pathway.derived:
            return self._derived(self.pathway.derived[name])
        if name in self.pathway.scores:
            return self._score(self.pathway.scores[name])
        return NOT_ASKED

    def _item(self, name: str, item: Item) -> Value:
        fact = self.fact(name)
        if fact is not None and fact.absence is None:
            if self.out_of_date(name):
                life = f"past its shelf life of {item.shelf_life_days} days"
                return Absent(Absence.OUT_OF_DATE, life)
            return _for_guards(fact.value, item)
        if self.applies(name) is Truth.FALSE:
            if item.otherwise is not None:
                return Choice(item.otherwise)
            return Absent(Absence.NOT_APPLICABLE)
        return NOT_ASKED if fact is None else fact.value

    def outside(self, valid_if: str | None, says: str | None) -> Absent | None:
        """Why a score, derived value or table has no value here; None where it is valid."""
        if valid_if is None:
            return None
        valid = self.truth(valid_if)
        if valid is Truth.FALSE:
            return Absent(Absence.NOT_APPLICABLE, says or "outside its validity")
        if valid is Truth.UNKNOWN:
            open_items = self.why_open(self.deciding(valid_if))
            return Absent(Absence.NOT_COMPUTABLE, f"whether it applies is open; {open_items}")
        return None

    def why_open(self, items: Iterable[str]) -> str:
        """Items without a full value, by the reason of each: `not asked: A, B; not known: C`."""
        by_reason: dict[Absence, list[str]] = {}
        for name in dict.fromkeys(items):
            value = self(name)
            reason = value.reason if isinstance(value, Absent) else Absence.NOT_ASKED
            by_reason.setdefault(reason, []).append(self.pathway.items[name].label)
        found = ((r.words, by_reason[r]) for r in Absence if r in by_reason)
        return "; ".join(f"{words}: {listed(labels)}" for words, labels in found)

    def _derived(self, derived: Derived) -> Value:
        outside = self.outside(derived.valid_if, derived.otherwise_says)
        if outside is not None:
            return outside
        formula = self._formula(derived)
        if formula is None:
            items = [item for case in derived.cases for item in self.deciding(case.if_)]
            return Absent(Absence.NOT_COMPUTABLE, self.why_open(items))
        computed = compute(self.pathway.guard(formula), self)
        if isinstance(computed, Absent):
            missing = self.items_behind(self._names(formula), Truth.UNKNOWN)
            if missing:
                return Absent(Absence.NOT_COMPUTABLE, self.why_open(missing))
            return computed
        if isinstance(computed, Interval):
            return computed
        if computed.value.adjusted() > MOST_DIGITS:
            return Absent(Absence.NOT_COMPUTABLE, "too large a number")
        rounded = _rounded(computed.value, derived)
        return Quantity(rounded, derived.unit) if derived.unit else Number(rounded)

    def _formula(self, derived: Derived) -> str | None:
        """The formula that applies; None while it is unknown which, or where none does."""
        if derived.formula is not None:
            return derived.formula
        for case in derived.cases:
            truth = self.truth(case.if_)
            if truth is not Truth.FALSE:
                return case.formula if truth is Truth.TRUE else None
        return None

    def _score(self, score: Score) -> Value:
        outside = self.outside(score.valid_if, score.otherwise_says)
        if outside is not None:
            return outside
        terms: list[tuple[str, Mapping[str, int]] | tuple[Compiled, int]] = []
        for term in score.terms:
            if term.item is not None:
                terms.append((term.item, term.points))
            elif term.if_ is not None and term.adds is not None:
                terms.append((self.pathway.compiled(term.if_), term.adds))
        return points(terms, self)


def _for_guards(value: Value, item: Item) -> Value:
    """An entered value as guards read it: open options filled in, analyte units made canonical."""
    if isinstance(value, Multi):
        settled = value.present | value.absent
        return Multi(value.present, value.absent, frozenset(item.options) - settled)
    if isinstance(value, Quantity) and value.unit in item.accepts and item.unit is not None:
        scaled = Fraction(value.value) * item.accepts[value.unit]
        return Quantity(Decimal(scaled.numerator) / Decimal(scaled.denominator), item.unit)
    return value


def _rounded(value: Decimal, derived: Derived) -> Decimal:
    with localcontext() as context:
        context.prec = 2 * MOST_DIGITS
        return value.quantize(
            Decimal(1).scaleb(-derived.decimals),
            rounding=ROUND_FLOOR if derived.rounding == "down" else ROUND_HALF_UP,
        )


def _is_open(value: Value | Truth) -> bool:
    return isinstance(value, Absent) or (isinstance(value, Multi) and bool(value.open))
