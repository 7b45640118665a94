"""The syntax tree of guards and formulas, and what can be asked of it without values."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from wizard.guard.values import Absence


@dataclass(frozen=True)
class Span:
    """Offsets into the text, end excluded."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True)
class _Node:
    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True)
class Literal(_Node):
    """A number, with its unit where it has one."""

    value: Decimal
    unit: str | None = None


@dataclass(frozen=True)
class Name(_Node):
    """A name; to the right of `=` beside a choice item it is one of its options."""

    name: str


@dataclass(frozen=True)
class CountOf(_Node):
    """How many options of a multi-choice item are present."""

    name: str


@dataclass(frozen=True)
class As(_Node):
    """A quantity as a plain number of a unit."""

    name: str
    unit: str


@dataclass(frozen=True)
class Negative(_Node):
    """Minus a number."""

    of: Expr


@dataclass(frozen=True)
class Arithmetic(_Node):
    """One of + - * / ^."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Least(_Node):
    """min( , ) or max( , )."""

    function: str
    of: tuple[Expr, ...]


@dataclass(frozen=True)
class Compare(_Node):
    """One of = != < <= > >=."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class In(_Node):
    """The item has one of these options."""

    name: str
    options: tuple[Name, ...]


@dataclass(frozen=True)
class Has(_Node):
    """The multi-choice item has this option present."""

    name: str
    option: Name


@dataclass(frozen=True)
class IsKnown(_Node):
    """The item has a value; always true or false."""

    name: str


@dataclass(frozen=True)
class IsAbsent(_Node):
    """The item is absent for this reason; always true or false."""

    name: str
    reason: Absence


@dataclass(frozen=True)
class Recommends(_Node):
    """The advice has the status *recommended*; in invariants only."""

    name: str


@dataclass(frozen=True)
class Always(_Node):
    """Constantly true."""


@dataclass(frozen=True)
class Not(_Node):
    """Negation."""

    of: Expr


@dataclass(frozen=True)
class And(_Node):
    """Conjunction of two or more."""

    of: tuple[Expr, ...]


@dataclass(frozen=True)
class Or(_Node):
    """Disjunction of two or more."""

    of: tuple[Expr, ...]


Expr = (
    Literal | Name | CountOf | As | Negative | Arithmetic | Least | Compare | In | Has
    | IsKnown | IsAbsent | Recommends | Always | Not | And | Or
)  # fmt: skip


@dataclass(frozen=True)
class Invariant:
    """What must never be, unless `when` is false."""

    never: Expr
    when: Expr


def names_in(expr: Expr) -> frozenset[str]:
    """Every name that a tree reads; options and advice are not among them.

    To the right of `=` and `!=` a bare word is an option (`check` refuses anything else there).
    """
    match expr:
        case Name(name) | CountOf(name) | As(name, _) | In(name, _) | Has(name, _):
            return frozenset({name})
        case IsKnown(name) | IsAbsent(name, _):
            return frozenset({name})
    return frozenset().union(*(names_in(part) for part in parts_of(expr)))


def parts_of(expr: Expr) -> tuple[Expr, ...]:
    """The expressions that one is made of; options are none."""
    match expr:
        case Compare("=" | "!=", Name() as left, Name()):
            return (left,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return left, right
        case Not(of) | Negative(of):
            return (of,)
        case And(parts) | Or(parts) | Least(_, parts):
            return parts
    return ()


def names_recommended(expr: Expr) -> frozenset[str]:
    """The advice that an invariant speaks of."""
    if isinstance(expr, Recommends):
        return frozenset({expr.name})
    return frozenset().union(*(names_recommended(part) for part in parts_of(expr)))


def is_settled(expr: Expr) -> bool:
    """Whether a guard is true or false whatever is unknown."""
    match expr:
        case IsKnown() | IsAbsent() | Always():
            return True
        case Not(of):
            return is_settled(of)
        case And(parts) | Or(parts):
            return all(is_settled(part) for part in parts)
    return False
