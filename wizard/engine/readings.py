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
        self.changed: tuple[str, ...] | None = None
        """The items whose facts differ from the walk before; None where nothing is taken over."""
        if before is not None and before.library is library and before.as_of == as_of:
            self.changed = _changed(before.case, case)
            for key, reading in before._made.items():
                self._made[key] = reading.after(case, self.changed)

    def of(self, pathway: str, visit_of: Mapping[str, int] | None = None) -> Reading:
        """The reading of a pathway, with some items pinned to a visit."""
        key = (pathway, frozenset(visit_of.items() if visit_of else ()))
        found = self._made.get(key)
        if found is None:
            own = self.library[pathway]
            found = self._made[key] = Reading(own, self.case, self.as_of, visit_of)
        return found


def _changed(before: CaseFacts, after: CaseFacts) -> tuple[str, ...]:
    then = before.facts
    changed = [name for name, visits in after.facts.items() if then.get(name) != visits]
    return (*changed, *(name for name in then if name not in after.facts))
