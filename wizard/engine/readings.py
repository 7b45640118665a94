"""The readings of one walk, which take over from the walk before what has not changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wizard.definition.library import Library
from wizard.engine.facts import CaseFacts
from wizard.engine.reading import Reading


class Readings:
    """A reading for each pathway and each choice of visits, all of the same facts.

    With those of a walk `before`, only what rests on a fact that differs is worked out anew.
    """

    def __init__(
        self, library: Library, case: CaseFacts, as_of: date, before: Readings | None = None
    ) -> None:
        self.library = library
        self.case = case
        self.as_of = as_of
        self._made: dict[tuple[str, frozenset[tuple[str, int]]], Reading] = {}
        if before is not None and before.library is library and before.as_of == as_of:
            changed = _changed(before.case, case)
            for key, reading in before._made.items():
                self._made[key] = reading.after(case, changed)

    def of(self, pathway: str, visit_of: Mapping[str, int] | None = None) -> Reading:
        """The reading of a pathway, with some items pinned to a visit."""
        key = (pathway, frozenset(visit_of.items() if visit_of else ()))
        found = self._made.get(key)
        if found is None:
            own = self.library[pathway]
            found = self._made[key] = Reading(own, self.case, self.as_of, visit_of)
        return found


def _changed(before: CaseFacts, after: CaseFacts) -> list[str]:
    """The items whose facts differ."""
    return [
        name
        for name in before.facts.keys() | after.facts.keys()
        if before.facts.get(name) != after.facts.get(name)
    ]
