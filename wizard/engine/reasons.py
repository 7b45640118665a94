"""Why a guard has the truth that it has: its tree with the truth of every part."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.engine.reading import Reading
from wizard.guard import Expr, Truth, evaluate, names_in
from wizard.guard.nodes import And, Name, Not, Or


@dataclass(frozen=True)
class Reason:
    """A part of a guard, its truth, the parts it is made of, and the atoms it compares.

    A finding is opened up: its one part is the reason of its own guard.
    """

    expr: Expr
    truth: Truth
    parts: tuple[Reason, ...] = ()
    atoms: tuple[str, ...] = ()


def reason(reading: Reading, guard: str) -> Reason:
    """The reason of a guard of the reading's pathway."""
    return _reason(reading, reading.pathway.guard(guard))


def _reason(reading: Reading, expr: Expr) -> Reason:
    truth = evaluate(expr, reading)
    match expr:
        case And(parts) | Or(parts):
            return Reason(expr, truth, tuple(_reason(reading, part) for part in parts))
        case Not(of):
            return Reason(expr, truth, (_reason(reading, of),))
        case Name(name) if name in reading.pathway.findings:
            finding = reading.pathway.findings[name]
            return Reason(expr, truth, (reason(reading, finding.if_),))
    return Reason(expr, truth, atoms=tuple(sorted(names_in(expr))))
