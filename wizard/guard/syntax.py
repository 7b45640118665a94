"""The grammar of guards and formulas: from text to a syntax tree with places.

docs/semantics.md, section 2. Total and bounded: at most 2,000 characters, 50 levels deep.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

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
    Invariant,
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
from wizard.guard.tokens import GuardError, Token, tokens_of
from wizard.guard.values import Absence

DEEPEST = 50
MOST_EXPONENT = 10


def parse(text: str) -> Expr:
    """The syntax tree of a guard or formula. Raises GuardError."""
    parser = _Parser(text)
    found = parser.guard()
    parser.at_end()
    return found


def parse_invariant(text: str) -> Invariant:
    """The two guards of `A when B`. Raises GuardError."""
    parser = _Parser(text)
    never = parser.guard()
    parser.need("when", "an invariant reads: recommends(ADVICE) when GUARD")
    when = parser.guard()
    parser.at_end()
    return Invariant(never, when)


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        if token.kind != "end":
            self._at += 1
        return token

    def _took(self, kind: str) -> bool:
        if self._next.kind == kind:
            self._at += 1
            return True
        return False

    def _fail(self, message: str, mend: str, token: Token | None = None) -> GuardError:
        span = (token or self._next).span
        return GuardError(message, span.start, max(span.end, span.start + 1), mend)

    def _shown(self) -> str:
        return f"`{self._next.text}`" if self._next.text else "the end"

    def need(self, kind: str, mend: str) -> Token:
        """Takes a token of this kind or fails with the mend."""
        if self._next.kind != kind:
            raise self._fail(
                f"{self._shown()} where `{kind}` was expected",
                f"{mend[0].upper()}{mend[1:]}.",
            )
        return self._take()

    def at_end(self) -> None:
        """Fails unless everything was read."""
        if self._next.kind == "end":
            return
        if self._next.kind in ("=", "!=", "<", "<=", ">", ">="):
            raise self._fail("a chained comparison", "Write two comparisons joined by `and`.")
        before = self._tokens[self._at - 1].kind if self._at else ""
        if self._next.kind == "word" and self._next.text.lower() in ("and", "or"):
            raise self._fail(f"{self._shown()} in capitals", f"Write `{self._next.text.lower()}`.")
        if self._next.kind == "word" and before == "number":
            raise self._fail(
                f"{self._shown()} is not a unit that is used here",
                "docs/pathway-format.md lists the units, such as mm, weeks and mmol/L.",
            )
        if self._next.kind == "," and before == "number":
            raise self._fail("a comma in a number", "Write a decimal point.")
        if self._next.kind == "word":
            raise self._fail(
                f"`{self._next.text}` is neither a unit nor a joining word",
                "Join conditions with `and` or `or`; docs/pathway-format.md lists the units.",
            )
        raise self._fail(f"{self._shown()} is left over", "Join conditions with `and` or `or`.")

    def guard(self) -> Expr:
        """or, the loosest."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fail(f"more than {DEEPEST} levels", "Name parts of it as findings.")
        found = self._joined("or", lambda: self._joined("and", self._negation, And), Or)
        self._depth -= 1
        return found

    def _joined(self, word: str, part: Callable[[], Expr], make: type[And] | type[Or]) -> Expr:
        parts = [part()]
        while self._took(word):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return make(tuple(parts), span=Span(parts[0].span.start, parts[-1].span.end))

    def _negation(self) -> Expr:
        start = self._next.span.start
        nots = 0
        while self._took("not"):
            nots += 1
            if nots > DEEPEST:
                raise self._fail(f"more than {DEEPEST} levels", "Take away pairs of `not`.")
        found = self._comparison()
        for _ in range(nots):
            found = Not(found, span=Span(start, found.span.end))
        return found

    def _comparison(self) -> Expr:
        left = self._sum()
        token = self._next
        start = left.span.start
        if token.kind in ("=", "!=", "<", "<=", ">", ">="):
            self._take()
            right = self._sum()
            return Compare(token.kind, left, right, span=Span(start, right.span.end))
        if token.kind in ("in", "has", "is"):
            if not isinstance(left, Name):
                raise self._fail(
                    f"`{token.kind}` needs the name of a data item on its left",
                    "Write a name.",
                )
            self._take()
            return {"in": self._in, "has": self._has, "is": self._is}[token.kind](left)
        return left

    def _option(self) -> Name:
        token = self._next
        if token.kind not in (
            "word",
            "known",
            "absent",
            "of",
            "as",
            "when",
            "count",
            "in",
            "is",
        ):
            raise self._fail(f"{self._shown()} where an option was expected", "Write an option.")
        self._take()
        return Name(token.text, span=token.span)

    def _in(self, left: Name) -> Expr:
        self.need("(", "write `in (a, b)`")
        options = [self._option()]
        while self._took(","):
            options.append(self._option())
        end = self.need(")", "close the list with `)`")
        return In(left.name, tuple(options), span=Span(left.span.start, end.span.end))

    def _has(self, left: Name) -> Expr:
        option = self._option()
        return Has(left.name, option, span=Span(left.span.start, option.span.end))

    def _is(self, left: Name) -> Expr:
        if self._next.kind == "not":
            raise self._fail("`is not`", f"Write `not {left.name} is known`.")
        start = left.span.start
        if self._next.kind == "known":
            return IsKnown(left.name, span=Span(start, self._take().span.end))
        if self._next.kind == "word":
            raise self._fail("`is` before an option", f"Write `{left.name} = {self._next.text}`.")
        self.need("absent", "write `is known` or `is absent because REASON`")
        self.need("because", "write `is absent because REASON`")
        token = self._take()
        if token.text not in list(Absence):
            reasons = ", ".join(Absence)
            raise self._fail(
                f"`{token.text}` is not an absence reason",
                f"Write one of: {reasons}.",
                token,
            )
        return IsAbsent(left.name, Absence(token.text), span=Span(start, token.span.end))

    def _sum(self) -> Expr:
        return self._arithmetic(("+", "-"), lambda: self._arithmetic(("*", "/"), self._power))

    def _arithmetic(self, signs: tuple[str, ...], part: Callable[[], Expr]) -> Expr:
        found = part()
        while self._next.kind in signs:
            op = self._take().kind
            right = part()
            found = Arithmetic(op, found, right, span=Span(found.span.start, right.span.end))
            self._bound(found)
        return found

    def _bound(self, found: Arithmetic) -> None:
        depth, node = 0, found
        while isinstance(node.left, Arithmetic):
            depth, node = depth + 1, node.left
        if depth > DEEPEST:
            raise self._fail(f"more than {DEEPEST} terms", "Split it into derived values.")

    def _power(self) -> Expr:
        base = self._unary()
        if not self._took("^"):
            return base
        if self._next.kind not in ("number", "-"):
            return self._constant_to_a_power(base)
        negative = self._took("-")
        token = self.need("number", "the exponent is a constant number")
        exponent = Decimal(token.text) * (-1 if negative else 1)
        if abs(exponent) > MOST_EXPONENT:
            raise self._fail("too large an exponent", f"At most {MOST_EXPONENT}.", token)
        return Arithmetic(
            "^",
            base,
            Literal(exponent, span=token.span),
            span=Span(base.span.start, token.span.end),
        )

    def _constant_to_a_power(self, base: Expr) -> Expr:
        """`0.9938 ^ age as years`: an exponent that varies needs a constant base above zero."""
        if not isinstance(base, Literal) or base.unit is not None or base.value <= 0:
            raise self._fail(
                "the exponent is a constant number, or the base is one above zero",
                "Write `NAME ^ 2` or `0.9938 ^ (age as years)`.",
            )
        exponent = self._unary()
        return Arithmetic("^", base, exponent, span=Span(base.span.start, exponent.span.end))

    def _unary(self) -> Expr:
        start = self._next.span.start
        if self._took("-"):
            of = self._primary()
            return Negative(of, span=Span(start, of.span.end))
        return self._primary()

    def _primary(self) -> Expr:
        token = self._take()
        start = token.span.start
        if token.kind == "number":
            if len(token.text) > 18:
                raise self._fail("too long a number", "At most 18 digits.", token)
            if self._next.kind == "unit":
                unit = self._take()
                return Literal(Decimal(token.text), unit.text, span=Span(start, unit.span.end))
            return Literal(Decimal(token.text), span=token.span)
        if token.kind == "word":
            if self._next.kind == "(":
                raise self._fail(
                    f"`{token.text}` is not a function",
                    "The functions are min and max.",
                    token,
                )
            if self._took("as"):
                unit = self._unit_token()
                return As(token.text, unit.text, span=Span(start, unit.span.end))
            return Name(token.text, span=token.span)
        if token.kind == "count":
            self.need("of", "write `count of NAME`")
            name = self.need("word", "write `count of NAME`")
            return CountOf(name.text, span=Span(start, name.span.end))
        if token.kind in ("min", "max"):
            return self._least(token)
        if token.kind == "always":
            return Always(span=token.span)
        if token.kind == "recommends":
            self.need("(", "write `recommends(ADVICE)`")
            name = self.need("word", "write `recommends(ADVICE)`")
            end = self.need(")", "write `recommends(ADVICE)`")
            return Recommends(name.text, span=Span(start, end.span.end))
        if token.kind == "(":
            found = self.guard()
            self.need(")", "close the parenthesis with `)`")
            return found
        shown = f"`{token.text}`" if token.text else "the end"
        raise self._fail(
            f"{shown} where a name or a number was expected",
            "A condition reads: NAME, then = != < <= > >= in has or is, then a value.",
            token,
        )

    def _unit_token(self) -> Token:
        if self._next.kind != "unit":
            raise self._fail(
                f"{self._shown()} is not a known unit",
                "Write `NAME as UNIT`, such as `age as years`.",
            )
        return self._take()

    def _least(self, function: Token) -> Expr:
        self.need("(", f"write `{function.text}(a, b)`")
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fail(f"more than {DEEPEST} levels", "Split it into derived values.")
        parts = [self._sum()]
        while self._took(","):
            parts.append(self._sum())
        self._depth -= 1
        end = self.need(")", f"close `{function.text}(` with `)`")
        return Least(function.text, tuple(parts), span=Span(function.span.start, end.span.end))
