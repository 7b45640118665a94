"""Checking a guard against the names it may use: types, units, options, places."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Literal as OneOf
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
    Least,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    Recommends,
    Span,
)
from wizard.guard.units import canonical, factor

Kind = OneOf["choice", "multi", "number", "quantity", "score", "truth", "date", "text"]
_Type = OneOf["truth", "number", "other"]


class Context(Enum):
    """Where a guard stands, which decides what it may say (docs/semantics.md, section 2)."""

    FLOW = "an exit or applies_if"
    CLINICAL = "advice, an alert, a finding or a score"
    INVARIANT = "an invariant"
    FORMULA = "a derived value"


@dataclass(frozen=True)
class Symbol:
    """What a name stands for. `accepted` holds analyte-specific factors to `unit`."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    unit: str | None = None
    accepted: Mapping[str, Fraction] = field(default_factory=dict)


class Names(Protocol):
    """The names that a guard may use."""

    def symbol(self, name: str) -> Symbol | None:
        """What a name stands for, or None."""

    def names(self) -> Iterable[str]:
        """All names."""

    def advice(self) -> Iterable[str]:
        """All recommendations and candidates."""


@dataclass(frozen=True)
class GuardProblem:
    """One thing wrong in a guard: message, offsets, what to write."""

    message: str
    start: int
    end: int
    mend: str


def check(expr: Expr, names: Names, context: Context) -> list[GuardProblem]:
    """Every problem of a tree, in the order of the text."""
    checker = _Checker(names, context)
    if context is Context.FORMULA:
        checker.number(expr)
    else:
        checker.truth(expr)
    return sorted(checker.problems, key=lambda problem: problem.start)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like a mistyped one, or the first that has it as a part."""
    words = list(known)
    parts = [w for w in words if word in w.split("_")]
    same = [w for w in words if w.lower() == word.lower()]
    found = same or difflib.get_close_matches(word, words, n=1, cutoff=0.6) or parts
    return found[0] if found else None


@dataclass(frozen=True)
class _Num:
    """The type of a number: its unit, None for a plain number."""

    unit: str | None
    accepted: Mapping[str, Fraction] = field(default_factory=dict)
    literal: bool = False


class _Checker:
    def __init__(self, names: Names, context: Context) -> None:
        self._names = names
        self._context = context
        self.problems: list[GuardProblem] = []

    def _wrong(self, span: Span, message: str, mend: str) -> None:
        self.problems.append(GuardProblem(message, span.start, span.end, mend))

    def _symbol(self, name: str, span: Span) -> Symbol | None:
        found = self._names.symbol(name)
        if found is None:
            near = nearest(name, self._names.names())
            self._wrong(
                Span(span.start, span.start + len(name)),
                f"no data item, finding, score or derived value is called `{name}`",
                f"Did you mean `{near}`?" if near else "Define it or correct the name.",
            )
        return found

    def _of_kind(self, kind: Kind, name: str, span: Span, needs: str) -> Symbol | None:
        """The symbol of a name where it is of the kind that is needed."""
        found = self._symbol(name, span)
        if found is None or found.kind == kind:
            return found
        self._wrong(span, f"{needs}, `{name}` is {found.kind}", _how_to_compare(found))
        return None

    def truth(self, expr: Expr) -> None:
        """The tree must be a condition."""
        match expr:
            case And(parts) | Or(parts):
                for part in parts:
                    self.truth(part)
            case Not(of):
                self.truth(of)
            case Always():
                pass
            case Name(name):
                found = self._symbol(name, expr.span)
                if found is not None and found.kind != "truth":
                    self._wrong(
                        expr.span,
                        f"`{name}` is a {found.kind} item, not a condition",
                        _how_to_compare(found),
                    )
            case Compare():
                self._compare(expr)
            case In(name, options):
                found = self._of_kind("choice", name, expr.span, "`in` needs a choice item")
                if found is not None:
                    for option in options:
                        self._option(option, found)
            case Has(name, option):
                found = self._of_kind("multi", name, expr.span, "`has` needs a multi-choice item")
                if found is not None:
                    self._option(option, found)
            case IsKnown(name) | IsAbsent(name, _):
                if self._context not in (Context.FLOW, Context.INVARIANT):
                    self._wrong(
                        expr.span,
                        f"`is known` and `is absent because` are refused in {self._context.value}",
                        "Ask for the value itself: a missing value must stay unknown here.",
                    )
                found = self._symbol(name, expr.span)
                if found is not None and found.kind == "truth":
                    self._wrong(
                        expr.span,
                        f"`{name}` is a finding, which is never absent",
                        "Name a data item.",
                    )
            case Recommends(name):
                self._recommends(name, expr.span)
            case _:
                self._wrong(
                    expr.span,
                    "a number where a condition was expected",
                    "Compare it with something.",
                )

    def _recommends(self, name: str, span: Span) -> None:
        if self._context is not Context.INVARIANT:
            self._wrong(span, "`recommends` outside an invariant", "Use a finding or an item.")
        elif name not in set(self._names.advice()):
            near = nearest(name, self._names.advice())
            self._wrong(
                span,
                f"no recommendation or candidate is called `{name}`",
                f"Did you mean `{near}`?" if near else "Define it or correct the name.",
            )

    def _option(self, option: Name, symbol: Symbol) -> None:
        if option.name in symbol.options:
            return
        near = nearest(option.name, symbol.options)
        hint = f"Did you mean `{near}`? " if near else ""
        self._wrong(
            option.span,
            f"`{option.name}` is not an option of `{symbol.name}`",
            f"{hint}Options: {', '.join(symbol.options)}.",
        )

    def _compare(self, expr: Compare) -> None:
        left, right = expr.left, expr.right
        if isinstance(left, Name):
            symbol = self._symbol(left.name, left.span)
            if symbol is None:
                return
            if symbol.kind == "choice":
                if expr.op not in ("=", "!="):
                    self._wrong(
                        expr.span,
                        f"`{expr.op}` between options",
                        "Use = or !=, or `in`.",
                    )
                elif isinstance(right, Name):
                    self._option(right, symbol)
                else:
                    self._wrong(
                        right.span,
                        "an option was expected",
                        f"Options: {', '.join(symbol.options)}.",
                    )
                return
            if symbol.kind in ("multi", "truth", "date", "text"):
                self._wrong(
                    expr.span,
                    f"`{left.name}` is {_a(symbol.kind)} and cannot be compared",
                    _how_to_compare(symbol, right),
                )
                return
        if expr.op in ("=", "!=") and isinstance(right, Name):
            self._wrong(
                right.span,
                "a name to the right of a number",
                "Write a number, or use >= and <=.",
            )
            return
        a, b = self.number(left), self.number(right)
        if a is not None and b is not None:
            self._agree(a, b, expr.span, right.span)

    def _agree(self, a: _Num, b: _Num, whole: Span, right: Span) -> None:
        if a.unit is None and b.unit is None:
            return
        if a.unit is None or b.unit is None:
            unit = a.unit or b.unit
            self._wrong(
                right,
                f"bare number compared with a quantity in {unit}",
                f"Write the unit: {unit}.",
            )
        elif factor(b.unit, a.unit) is None:
            self._wrong(
                whole,
                f"units do not agree: {a.unit} and {b.unit}",
                f"Write it in {a.unit}.",
            )

    def number(self, expr: Expr) -> _Num | None:
        """The tree must be a number; None where a problem was found."""
        match expr:
            case Literal(_, unit):
                return _Num(canonical(unit) if unit else None, literal=True)
            case Name(name):
                found = self._symbol(name, expr.span)
                if found is None:
                    return None
                if found.kind in ("quantity", "number", "score"):
                    return _Num(found.unit, found.accepted)
                self._wrong(
                    expr.span,
                    f"`{name}` is {_a(found.kind)}, not a number",
                    _how_to_compare(found),
                )
                return None
            case CountOf(name):
                found = self._symbol(name, expr.span)
                if found is not None and found.kind != "multi":
                    self._wrong(
                        expr.span,
                        f"`count of` needs a multi-choice item, `{name}` is {found.kind}",
                        "Name a multi-choice item.",
                    )
                return _Num(None)
            case As(name, unit):
                return self._as(name, unit, expr.span)
            case Negative(of):
                return self.number(of)
            case Arithmetic():
                return self._arithmetic(expr)
            case Least(_, parts):
                types = [self.number(part) for part in parts]
                for part, found_type in zip(parts[1:], types[1:], strict=True):
                    if types[0] is not None and found_type is not None:
                        self._agree(types[0], found_type, expr.span, part.span)
                return types[0]
        self._wrong(expr.span, "a condition where a number was expected", "Write a formula.")
        return None

    def _as(self, name: str, unit: str, span: Span) -> _Num | None:
        found = self._symbol(name, span)
        if found is None:
            return None
        if found.kind != "quantity" or found.unit is None:
            self._wrong(
                span,
                f"`as` needs a quantity, `{name}` is {found.kind}",
                f"Write `{name}`.",
            )
            return None
        if factor(found.unit, unit) is None:
            self._wrong(
                span,
                f"units do not agree: {found.unit} and {unit}",
                f"Write `{name} as {found.unit}`.",
            )
            return None
        return _Num(None)

    def _arithmetic(self, expr: Arithmetic) -> _Num | None:
        a, b = self.number(expr.left), self.number(expr.right)
        if a is None or b is None:
            return None
        if expr.op in ("+", "-"):
            before = len(self.problems)
            self._agree(a, b, expr.span, expr.right.span)
            return a if len(self.problems) == before else None
        plain = a.unit is None and b.unit is None
        scaled = expr.op == "*" and (a.unit is None or b.unit is None)
        if plain or scaled or (expr.op == "/" and b.unit is None):
            return a if a.unit is not None else b if expr.op == "*" else a
        self._wrong(
            expr.span,
            f"`{expr.op}` between two quantities",
            "Turn them into plain numbers: `NAME as UNIT`.",
        )
        return None


def _a(kind: str) -> str:
    return {
        "truth": "a finding",
        "multi": "a multi-choice item",
        "choice": "a choice item",
        "date": "a date",
        "text": "free text",
    }.get(kind, f"a {kind}")


def _how_to_compare(symbol: Symbol, meant: Expr | None = None) -> str:
    first = symbol.options[0] if symbol.options else "OPTION"
    if isinstance(meant, Name) and meant.name in symbol.options:
        first = meant.name
    return {
        "choice": f"Write `{symbol.name} = {first}`.",
        "multi": f"Write `{symbol.name} has {first}`.",
        "quantity": f"Write `{symbol.name} >= NUMBER {symbol.unit}`.",
        "number": f"Write `{symbol.name} >= NUMBER`.",
        "score": f"Write `{symbol.name} >= NUMBER`.",
        "truth": f"Write `{symbol.name}` alone.",
    }.get(symbol.kind, "Guards do not read dates and free text.")
