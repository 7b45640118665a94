"""What a face brings up before anything else: emergency cards, values that no longer apply."""

from __future__ import annotations

from wizard.case.open_case import OpenCase
from wizard.definition.item import Item
from wizard.engine.facts import Fact
from wizard.engine.situation import AlertState


class Interruptions:
    """Remembers what was brought up while a case is open, so that nothing is asked twice."""

    def __init__(self, case: OpenCase) -> None:
        self._case = case
        self._spoken: set[str] = set()
        self._still_holds: dict[str, Fact] = {}

    def card(self) -> tuple[AlertState, int] | None:
        """The emergency whose card is due, and how many more wait behind it; each once.

        None where nothing is kept: no patient has what is only tried, and the alarm line says it.
        """
        if not self._case.kept:
            return None
        speaking = [s for s in self._case.situation.alerts if s.speaks]
        self._spoken &= {s.id for s in speaking}
        due = [s for s in speaking if s.id not in self._spoken]
        if not due:
            return None
        self._spoken.add(due[0].id)
        return due[0], len(due) - 1

    def aside(self) -> tuple[str, Item, Fact] | None:
        """A value whose item stopped applying, to be set aside or kept."""
        facts = self._case.state.facts.facts
        for name in self._case.situation.stopped_applying:
            fact = facts[name][max(facts[name])]
            if self._still_holds.get(name) != fact:
                pathways = self._case.situation.pathways
                return name, next(p.items[name] for p in pathways if name in p.items), fact
        return None

    def still_holds(self, name: str, fact: Fact) -> None:
        """The person says that a value holds although its item applies no longer."""
        self._still_holds[name] = fact
