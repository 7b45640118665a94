"""Checks of phrases: guards, and that the items in their braces exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from wizard.definition.fields import Phrase
from wizard.definition.item import Item
from wizard.guard import Context

if TYPE_CHECKING:
    from wizard.definition.checker import Checker, Path

PART = "part"
"""Where it is, as the items that are echoed as part say it; for sentences only."""


def check_phrases(
    checker: Checker, phrases: Iterable[Phrase], path: Path, names: Iterable[str]
) -> None:
    """Phrases at a path, which may name these."""
    known = tuple(names)
    for number, phrase in enumerate(phrases):
        place = (*path, number)
        if phrase.if_ is not None:
            checker.guard(phrase.if_, (*place, "if"), Context.FLOW)
        for name in phrase.names:
            if name not in known:
                checker.unknown((*place, "says"), "data item", name, known)
        if len(phrase.names) != phrase.says.count("{") or phrase.says.count("}") != len(
            phrase.names
        ):
            what, mend = "a brace has no partner", "Write items as {name}."
            checker.wrong("phrase-braces", (*place, "says"), what, mend, key=False)


def check_items(checker: Checker, own: Mapping[str, Item], every: Mapping[str, Item]) -> None:
    """The phrases of a file's own items, which may name every item of its ground."""
    for name, item in own.items():
        check_phrases(checker, item.with_others, ("items", name, "with_others"), every)
