"""Guards in English, from the tree and the labels of the definitions."""

from __future__ import annotations

from collections.abc import Callable

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
)

_SIGNS = {
    "=": "is",
    "!=": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
}


def english(expr: Expr, label: Callable[[str], str], option: Callable[[str, str], str]) -> str:
    """A sentence part that can be read aloud.

    `label` gives the label of a name (for a finding its sentence), `option` that of an option.
    """

    def say(part: Expr) -> str:
        return english(part, label, option)

    match expr:
        case And(parts):
            return " and ".join(_bracket(part, say(part), Or) for part in parts)
        case Or(parts):
            return " or ".join(_bracket(part, say(part), And) for part in parts)
        case Not(of):
            return f"not ({say(of)})" if isinstance(of, And | Or) else f"not: {say(of)}"
        case Always():
            return "always"
        case Recommends(name):
            return f"{label(name)} is recommended"
        case Name(name):
            return label(name)
        case In(name, options):
            words = " or ".join(option(name, o.name) for o in options)
            return f"{label(name)} is {words}"
        case Has(name, has):
            return f"{label(name)}: {option(name, has.name)}"
        case IsKnown(name):
            return f"{label(name)} is known"
        case IsAbsent(name, reason):
            return f"{label(name)} is {reason.words}"
        case Compare(op, Name(name), Name(right)) if op in ("=", "!="):
            return f"{label(name)} {_SIGNS[op]} {option(name, right)}"
        case Compare(op, left, right):
            return f"{say(left)} {_SIGNS[op]} {say(right)}"
        case Literal(value, unit):
            return f"{value:f} {unit}" if unit else f"{value:f}"
        case CountOf(name):
            return f"the number of {label(name)}"
        case As(name, unit):
            return f"{label(name)} in {unit}"
        case Negative(of):
            return f"minus {say(of)}"
        case Arithmetic(op, left, right):
            return f"({say(left)} {op} {say(right)})"
        case Least(function, parts):
            which = "smallest" if function == "min" else "largest"
            return f"the {which} of {', '.join(say(part) for part in parts)}"


def _bracket(part: Expr, said: str, other: type[And] | type[Or]) -> str:
    return f"({said})" if isinstance(part, other) else said
