"""How entries say what a definition names: guards, items, claims, contacts."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.case.wording import SITE, expr_words, name_words
from wizard.definition.library import Pathway
from wizard.guard import Expr, names_in
from wizard.report.exits import target_words
from wizard.text import listed


class Naming:
    """Says what definitions name, and gathers it: names of guards, claims, conflicts, contacts,
    tables.

    With `by_name` the same aspects say guards and names as they stand in the files, so that a
    changed label does not look like a change of everything that names it.
    """

    def __init__(self, pathway: Pathway, by_name: bool = False) -> None:
        self.pathway = pathway
        self.by_name = by_name
        self.named: dict[str, None] = {}
        self.cited: dict[str, None] = {}
        self.disputed: dict[str, None] = {}
        self.contacts: dict[str, None] = {}
        self.tables: dict[str, None] = {}

    def guard(self, text: str) -> str:
        """A guard in English."""
        words = self.expr(self.pathway.guard(text))
        return " ".join(text.split()) if self.by_name else words

    def expr(self, expr: Expr) -> str:
        """A part of a guard in English."""
        self.named.update(dict.fromkeys(sorted(names_in(expr))))
        return expr_words(self.pathway, expr)

    def labels(self, items: tuple[str, ...]) -> str | None:
        """Items by their labels; None for no item."""
        if not items:
            return None
        words = (i if self.by_name else name_words(self.pathway, i) for i in items)
        return listed(words)

    def target(self, name: str) -> str:
        """Where an exit leads."""
        return name if self.by_name else target_words(self.pathway, name)

    def marked(self, words: str, claims: Iterable[str]) -> str:
        """Words with the marks of the claims behind them."""
        marks = self.marks(claims)
        return f"{words} [{marks}]" if marks else words

    def marks(self, claims: Iterable[str]) -> str:
        """Claims as a list of marks."""
        found = tuple(claims)
        self.cited.update(dict.fromkeys(found))
        return ", ".join(found)

    def who(self, who: str) -> str:
        """Who acts: a role or a contact."""
        if not who.startswith(SITE):
            return who
        return self.contact(who.removeprefix(SITE))

    def contact(self, name: str) -> str:
        """A contact of the site."""
        self.contacts[name] = None
        return name if self.by_name else f"{self.pathway.common.contacts[name]} (contact {name})"
