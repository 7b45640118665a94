"""What every translation of a peer's test uses: a guard with the facts it reads, and an outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Context,
    Symbol,
    Truth,
    Value,
    check,
    evaluate,
    parse,
)

Kind = Literal["passed", "failed", "not applicable", "differs as documented"]
NULL = Absent(Absence.NOT_KNOWN)
EXPECTED = {"true": Truth.TRUE, "false": Truth.FALSE, "null": Truth.UNKNOWN}


class NotApplicable(Exception):
    """The test speaks of something that our language does not have; the reason is the message."""


class Differs(Exception):
    """Our semantics says otherwise, on purpose: the message names the rule. Shown before raised."""


class Refused(Exception):
    """The type check refuses the guard; the message is its first problem."""


@dataclass(frozen=True)
class Outcome:
    """What became of one test of a peer."""

    suite: str
    test: str
    kind: Kind
    words: str = ""


class Sentence:
    """A guard in the making: items with their values, named as they come."""

    def __init__(self) -> None:
        self._symbols: dict[str, Symbol] = {}
        self._values: dict[str, Value] = {}

    def item(self, symbol: Symbol, value: Value) -> str:
        """Adds an item under the symbol's name and gives that name."""
        self._symbols[symbol.name] = symbol
        self._values[symbol.name] = value
        return symbol.name

    def condition(self, word: str) -> str:
        """`true`, `false` or `null` as a condition: a yes-or-no item that is yes, no or unknown."""
        return f"{self.yes_no(word)} = yes"

    def yes_no(self, word: str) -> str:
        """The name of such an item."""
        value: Value = {"true": Choice("yes"), "false": Choice("no")}.get(word, NULL)
        return self.choice(("yes", "no"), value)

    def choice(self, options: tuple[str, ...], value: Value) -> str:
        """The name of a new choice item."""
        return self.item(Symbol(self._fresh(), "choice", options), value)

    def unknown_number(self, unit: str | None = None) -> str:
        """The name of a number or quantity that nobody knows."""
        kind: Literal["quantity", "number"] = "quantity" if unit else "number"
        return self.item(Symbol(self._fresh(), kind, unit=unit), NULL)

    def truth(self, guard: str, context: Context = Context.CLINICAL) -> Truth:
        """The truth of a guard as the program works it out: parsed, checked, evaluated.

        Raises Refused where the check finds a problem.
        """
        tree = parse(guard)
        problems = check(tree, self, context)
        if problems:
            raise Refused(problems[0].message)
        return evaluate(tree, self._values.__getitem__)

    def symbol(self, name: str) -> Symbol | None:
        """See `wizard.guard.Names`."""
        return self._symbols.get(name)

    def names(self) -> Iterable[str]:
        """See `wizard.guard.Names`."""
        return self._symbols

    def advice(self) -> Iterable[str]:
        """See `wizard.guard.Names`."""
        return ()

    def _fresh(self) -> str:
        return f"x{len(self._symbols) + 1}"


def outcome(suite: str, test: str, expected: Truth, found: Callable[[], Truth]) -> Outcome:
    """Runs one test."""
    try:
        truth = found()
    except NotApplicable as error:
        return Outcome(suite, test, "not applicable", str(error))
    except Differs as error:
        return Outcome(suite, test, "differs as documented", str(error))
    if truth is expected:
        return Outcome(suite, test, "passed")
    return Outcome(suite, test, "failed", f"{truth.value} where {expected.value} was expected")
