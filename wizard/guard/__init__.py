"""The guard language: grammar, types and units, three-valued evaluation, English.

It knows no pathway. Semantics: docs/semantics.md, sections 1 and 2.
"""

from wizard.guard.arithmetic import Facts, compute, in_unit, is_known
from wizard.guard.english import english
from wizard.guard.evaluate import Compiled, compiled, evaluate, points
from wizard.guard.nodes import (
    Compare,
    Expr,
    Has,
    In,
    Invariant,
    Literal,
    Name,
    Span,
    is_settled,
    names_in,
    names_recommended,
    parts_of,
)
from wizard.guard.syntax import parse, parse_invariant
from wizard.guard.tokens import GuardError
from wizard.guard.truth import Truth
from wizard.guard.types import Context, GuardProblem, Names, Symbol, check, nearest
from wizard.guard.values import (
    Absence,
    Absent,
    Choice,
    Day,
    Interval,
    Multi,
    Number,
    Quantity,
    Text,
    Value,
)

__all__ = [
    "Absence",
    "Absent",
    "Choice",
    "Compare",
    "Compiled",
    "Context",
    "Day",
    "Expr",
    "Facts",
    "GuardError",
    "GuardProblem",
    "Has",
    "In",
    "Interval",
    "Invariant",
    "Literal",
    "Multi",
    "Name",
    "Names",
    "Number",
    "Quantity",
    "Span",
    "Symbol",
    "Text",
    "Truth",
    "Value",
    "check",
    "compiled",
    "compute",
    "english",
    "evaluate",
    "in_unit",
    "is_known",
    "is_settled",
    "names_in",
    "names_recommended",
    "nearest",
    "parse",
    "parse_invariant",
    "parts_of",
    "points",
]
