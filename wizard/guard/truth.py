"""Strong Kleene logic (docs/semantics.md, section 2)."""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    """True, false or unknown. It has no boolean value, so that unknown cannot pass for false."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def and_(self, other: Truth) -> Truth:
        """Conjunction."""
        if Truth.FALSE in (self, other):
            return Truth.FALSE
        return Truth.UNKNOWN if Truth.UNKNOWN in (self, other) else Truth.TRUE

    def or_(self, other: Truth) -> Truth:
        """Disjunction."""
        if Truth.TRUE in (self, other):
            return Truth.TRUE
        return Truth.UNKNOWN if Truth.UNKNOWN in (self, other) else Truth.FALSE

    def not_(self) -> Truth:
        """Negation; unknown stays unknown."""
        return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(self, Truth.UNKNOWN)

    @staticmethod
    def of(value: bool) -> Truth:
        """The truth of something that is known."""
        return Truth.TRUE if value else Truth.FALSE

    def __bool__(self) -> bool:
        raise TypeError("a truth value has three states: compare it with Truth.TRUE")
