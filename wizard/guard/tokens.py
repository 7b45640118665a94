"""From the text of a guard to its tokens with places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wizard.guard.nodes import Span
from wizard.guard.units import LONGEST_FIRST

MOST_CHARACTERS = 2_000


class GuardError(Exception):
    """Text that is not a guard: what is wrong, where in it, and what to write."""

    def __init__(self, message: str, start: int, end: int, mend: str) -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.mend = message, start, end, mend


@dataclass(frozen=True)
class Token:
    """A word, number, unit or sign; `kind` is the sign or reserved word itself where it is one."""

    kind: str
    text: str
    span: Span


_WORDS = frozenset(
    "and or not in has is known absent because as count of min max always recommends when".split()
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SIGN = re.compile(r"<=|>=|!=|[=<>+\-*/^(),]")
_FOREIGN = {
    "==": "Write a single `=`.",
    "&&": "Write `and`.",
    "||": "Write `or`.",
    "<>": "Write `!=`.",
    "=>": "Write `>=`.",
    "=<": "Write `<=`.",
}


def tokens_of(text: str) -> list[Token]:
    """All tokens with an end behind them. Raises GuardError."""
    if len(text) > MOST_CHARACTERS:
        raise GuardError(
            f"a guard of {len(text):,} characters", 0, len(text),
            f"Write at most {MOST_CHARACTERS:,} characters; name parts of it as findings.",
        )  # fmt: skip
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        for foreign, mend in _FOREIGN.items():
            if text.startswith(foreign, at):
                raise GuardError(f"`{foreign}` is not a sign of guards", at, at + 2, mend)
        if text[at] in "'\"":
            raise GuardError("a quotation mark", at, at + 1, "Write options without quotes.")
        for kind, pattern in (("number", _NUMBER), ("word", _NAME), ("sign", _SIGN)):
            match = pattern.match(text, at)
            if match:
                found = match.group()
                if kind == "word" and found in _WORDS:
                    kind = found
                tokens.append(Token(found if kind == "sign" else kind, found, _span(match)))
                at = match.end()
                if kind == "number" or kind == "as":
                    at = _unit(text, at, tokens)
                break
        else:
            raise GuardError(
                f"`{text[at]}` is not a sign of guards", at, at + 1,
                "Use names, numbers with units, = != < <= > >= + - * / ^ ( ) , and words.",
            )  # fmt: skip
    tokens.append(Token("end", "", Span(len(text), len(text))))
    return tokens


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _unit(text: str, at: int, tokens: list[Token]) -> int:
    """Reads the unit behind a number or `as`, longest match first."""
    start = at
    while start < len(text) and text[start] == " ":
        start += 1
    for unit in LONGEST_FIRST:
        end = start + len(unit)
        follows = text[end : end + 1]
        if text.startswith(unit, start) and not (follows.isalnum() or follows == "_"):
            tokens.append(Token("unit", unit, Span(start, end)))
            return end
    return at
