"""One definition as it reads on paper: what it is, what it is called, what it says."""

from __future__ import annotations

from dataclasses import dataclass

Aspect = tuple[str, str]
"""A label and what is said under it."""


@dataclass(frozen=True)
class Entry:
    """One definition: what it is, its name for guards and files, its title, what it says."""

    kind: str
    name: str
    title: str
    aspects: tuple[Aspect, ...]


def said(*aspects: tuple[str, str | None]) -> tuple[Aspect, ...]:
    """The aspects of which something is said."""
    return tuple((label, words) for label, words in aspects if words)
