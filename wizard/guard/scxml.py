"""Guards as conditions of a statechart: strong Kleene logic in the two-valued expressions of SCXML.

A guard becomes two conditions, when it is true and when it is false; what is neither is unknown
(docs/semantics.md, section 2). The expressions use `and`, `or`, `not`, comparisons, whole numbers
with `+`, `-`, `*` and `//`, strings and subscripts, which every data model of the Python family
evaluates alike; a derived value stands in them as its formula. They read two variables for a data
item: `item_NAME` (an option, a number in the item's own unit, for multi-choice True, False or None
by option; None without a value) and `reason_NAME` (why there is no value).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

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
    Literal,
    Name,
    Negative,
    Not,
    Or,
)
from wizard.guard.types import Symbol
from wizard.guard.units import factor
from wizard.guard.values import Absence

_TRUE, _FALSE = "True", "False"
_OPERATIONS = ("+", "-", "*")
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class NotExportable(Exception):
    """A guard reads what a statechart does not work out: a score, or a formula beyond + - *."""


@dataclass(frozen=True)
class DerivedValue:
    """What a derived value is computed from, and how it is rounded: to `decimals`, halves up."""

    formula: Expr
    valid_if: Expr | None
    unit: str | None
    decimals: int
    down: bool


class Meanings(Protocol):
    """What the names in guards stand for."""

    def entered(self, name: str) -> Symbol | None:
        """Type, options and unit of a data item; None for what is computed."""

    def derived(self, name: str) -> DerivedValue | None:
        """How a derived value is computed; None for what is not one, or has several formulas."""

    def finding(self, name: str) -> Expr:
        """The guard of a finding."""

    def applies(self, name: str) -> tuple[Expr, str | None] | None:
        """When an item applies, and its value otherwise; None where it always does."""


@dataclass(frozen=True)
class Condition:
    """When a guard is true and when it is false; never both."""

    true: str
    false: str

    def not_(self) -> Condition:
        """Negation."""
        return Condition(self.false, self.true)


ALWAYS = Condition(_TRUE, _FALSE)


def all_of(parts: list[str]) -> str:
    """A conjunction of expressions, constants folded."""
    if _FALSE in parts:
        return _FALSE
    left = list(dict.fromkeys(part for part in parts if part != _TRUE))
    return " and ".join(map(_closed, left)) if left else _TRUE


def any_of(parts: list[str]) -> str:
    """A disjunction of expressions, constants folded."""
    if _TRUE in parts:
        return _TRUE
    left = list(dict.fromkeys(part for part in parts if part != _FALSE))
    return " or ".join(map(_closed, left)) if left else _FALSE


def none_of(parts: list[str]) -> str:
    """That no expression holds."""
    found = any_of(parts)
    return {_TRUE: _FALSE, _FALSE: _TRUE}.get(found, f"not ({found})")


def _closed(expression: str) -> str:
    return f"({expression})" if " and " in expression or " or " in expression else expression


def condition(expr: Expr, names: Meanings) -> Condition:
    """The two conditions of a checked guard. Raises NotExportable."""
    match expr:
        case And(parts):
            pairs = [condition(part, names) for part in parts]
            return Condition(all_of([p.true for p in pairs]), any_of([p.false for p in pairs]))
        case Or(parts):
            pairs = [condition(part, names) for part in parts]
            return Condition(any_of([p.true for p in pairs]), all_of([p.false for p in pairs]))
        case Not(of):
            return condition(of, names).not_()
        case Always():
            return ALWAYS
        case Name(name):
            return condition(names.finding(name), names)
        case In(name, options):
            return _one_of(name, {option.name for option in options}, names)
        case Has(name, option):
            _entered(name, names)
            read = f"item_{name}[{option.name!r}]"
            held = f"item_{name} != None"
            return Condition(all_of([held, f"{read} == True"]), all_of([held, f"{read} == False"]))
        case IsKnown(name):
            known = _known(name, names)
            return Condition(known, none_of([known]))
        case IsAbsent(name, reason):
            absent = _absent(name, reason, names)
            return Condition(absent, none_of([absent]))
        case Compare(op, Name(name), Name(option)) if _is_choice(name, names):
            found = _one_of(name, {option}, names)
            return found if op == "=" else found.not_()
        case Compare(op, left, right):
            return _compare(op, left, right, names)
    raise NotExportable(f"not a condition: {type(expr).__name__}")


def applies(name: str, names: Meanings) -> Condition:
    """Whether an item applies."""
    found = names.applies(name)
    return ALWAYS if found is None else condition(found[0], names)


def has_value(name: str, names: Meanings, variable: str | None = None) -> str:
    """That a value was entered; of a multi-choice item, that one option is settled."""
    read = variable or f"item_{name}"
    held = f"{read} != None"
    symbol = _entered(name, names)
    if symbol.kind != "multi":
        return held
    return all_of([held, any_of([f"{read}[{o!r}] != None" for o in symbol.options])])


def _is_choice(name: str, names: Meanings) -> bool:
    symbol = names.entered(name)
    return symbol is not None and symbol.kind == "choice"


def _entered(name: str, names: Meanings) -> Symbol:
    symbol = names.entered(name)
    if symbol is None:
        raise NotExportable(f"`{name}` is computed in a way that a statechart does not know")
    if {"true", "false", "null"} & set(symbol.options):
        raise NotExportable(f"an option of `{name}` is a reserved word of SCXML")
    return symbol


def _outside(name: str, names: Meanings) -> str:
    """That an item without an entered value does not apply."""
    current = f"reason_{name} != {Absence.OUT_OF_DATE.value!r}"
    return all_of([f"item_{name} == None", current, applies(name, names).false])


def _one_of(name: str, options: set[str], names: Meanings) -> Condition:
    listed = [o for o in _entered(name, names).options if o in options]
    inside = any_of([f"item_{name} == {option!r}" for option in listed])
    true = [inside]
    false = [all_of([f"item_{name} != None", none_of([inside])])]
    found = names.applies(name)
    if found is not None and found[1] is not None:
        (true if found[1] in options else false).append(_outside(name, names))
    return Condition(any_of(true), any_of(false))


def _known(name: str, names: Meanings) -> str:
    if names.derived(name) is not None:
        return _number(Name(name), names).known
    symbol = _entered(name, names)
    if symbol.kind == "multi":
        settled = [f"item_{name}[{o!r}] != None" for o in symbol.options]
        return all_of([f"item_{name} != None", *settled])
    found = names.applies(name)
    held = [f"item_{name} != None"]
    if found is not None and found[1] is not None:
        held.append(_outside(name, names))
    return any_of(held)


def _absent(name: str, reason: Absence, names: Meanings) -> str:
    _entered(name, names)
    said = all_of([f"item_{name} == None", f"reason_{name} == {reason.value!r}"])
    if reason is Absence.NOT_ASKED:
        unsaid = all_of([f"item_{name} == None", f"reason_{name} == None"])
        said = any_of([said, unsaid])
    found = names.applies(name)
    if found is None:
        return said
    inside = all_of([said, none_of([applies(name, names).false])])
    if reason is Absence.NOT_APPLICABLE and found[1] is None:
        return any_of([inside, _outside(name, names)])
    return inside


@dataclass(frozen=True)
class _Number:
    """What lies from `low` to `high`, both over `below`: fractions stay exact in whole numbers."""

    known: str
    low: str
    high: str
    below: int = 1
    unit: str | None = None


def _compare(op: str, left: Expr, right: Expr, names: Meanings) -> Condition:
    a, b = _number(left, names), _number(right, names)
    up = down = 1
    if a.unit and b.unit and a.unit != b.unit:
        scale = factor(b.unit, a.unit) or Fraction(1)
        up, down = scale.numerator, scale.denominator
    left_times, right_times = b.below * down, a.below * up
    a_low, a_high = _times(a.low, left_times), _times(a.high, left_times)
    b_low, b_high = _times(b.low, right_times), _times(b.high, right_times)
    known = [a.known, b.known]
    if op in ("=", "!="):
        same = [f"{a_low} == {b_low}"]
        same += [f"{low} == {high}" for low, high in ((a_low, a_high), (b_low, b_high))
                 if low != high]  # fmt: skip
        apart = any_of([f"{a_high} < {b_low}", f"{b_high} < {a_low}"])
        found = Condition(all_of([*known, *same]), all_of([*known, apart]))
        return found if op == "=" else found.not_()
    upward = op in ("<", "<=")
    surely = (a_high, b_low) if upward else (a_low, b_high)
    never = (a_low, b_high) if upward else (a_high, b_low)
    return Condition(
        all_of([*known, f"{surely[0]} {op} {surely[1]}"]),
        all_of([*known, f"{never[0]} {_OPPOSITE[op]} {never[1]}"]),
    )


def _times(expression: str, by: int) -> str:
    return expression if by == 1 else f"{expression} * {by}"


def _number(expr: Expr, names: Meanings) -> _Number:
    match expr:
        case Literal(value, unit):
            return _exact(Fraction(value), unit)
        case Negative(Literal(value, unit)):
            return _exact(-Fraction(value), unit)
        case Name(name):
            derived = names.derived(name)
            if derived is not None:
                return _rounded(derived, names)
            symbol = _entered(name, names)
            read = f"item_{name}"
            return _Number(f"{read} != None", read, read, unit=symbol.unit)
        case As(name, unit):
            found = _number(Name(name), names)
            scale = Fraction(1) if found.unit == unit else factor(found.unit or unit, unit)
            if scale is None:
                raise NotExportable(f"`{name} as {unit}` hangs on what is measured")
            scaled = _times(found.low, scale.numerator)
            return _Number(found.known, scaled, scaled, found.below * scale.denominator)
        case Arithmetic(op, left, right) if op in _OPERATIONS:
            return _calculated(op, _number(left, names), _number(right, names))
        case CountOf(name):
            options = _entered(name, names).options
            low = " + ".join(f"(item_{name}[{o!r}] == True)" for o in options)
            high = " + ".join(f"(item_{name}[{o!r}] != False)" for o in options)
            return _Number(f"item_{name} != None", f"({low})", f"({high})")
    raise NotExportable("a statechart computes sums, differences and products only")


def _calculated(op: str, a: _Number, b: _Number) -> _Number:
    if a.low != a.high or b.low != b.high or (a.unit and b.unit and a.unit != b.unit):
        raise NotExportable("a statechart computes with single values of one unit only")
    below = a.below * b.below
    left, right = (a.low, b.low) if op == "*" else (_times(a.low, b.below), _times(b.low, a.below))
    value = f"({left} {op} {right})"
    return _Number(all_of([a.known, b.known]), value, value, below, a.unit or b.unit)


def _rounded(derived: DerivedValue, names: Meanings) -> _Number:
    """A derived value as a whole number of its last decimal."""
    found = _number(derived.formula, names)
    many = 10**derived.decimals
    parts = _times(found.low, many)
    if derived.down:
        value = f"({parts} // {found.below})"
    else:
        up = f"(2 * {parts} + {found.below}) // {2 * found.below}"
        down = f"({found.below} - 2 * {parts}) // {2 * found.below}"
        value = f"(({parts} >= 0) * ({up}) - ({parts} < 0) * ({down}))"
    valid = _TRUE if derived.valid_if is None else condition(derived.valid_if, names).true
    return _Number(all_of([valid, found.known]), value, value, many, derived.unit)


def _exact(value: Fraction, unit: str | None) -> _Number:
    number = str(value.numerator)
    return _Number(_TRUE, number, number, value.denominator, unit)
