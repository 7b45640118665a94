"""What an emergency waits for and no step reached so far asks: asked beside the work-up."""

from __future__ import annotations

from wizard.case.asking import held_multi
from wizard.case.entry import fact_of, is_unusual
from wizard.case.open_case import OpenCase
from wizard.case.typed import how_to_type, typed_value
from wizard.case.wording import fact_words
from wizard.definition.item import Item
from wizard.engine.situation import AlertState
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Choice, Value


def items_of(case: OpenCase, state: AlertState) -> list[tuple[str, str]]:
    """The items that an emergency waits for, each with what is known of it."""
    found = []
    for name in state.deciding:
        item, fact = _item(case, name), case.fact(name)
        known = fact_words(item, fact) if fact is not None else "not asked"
        found.append((name, f"{item.label}: {known}"))
    return found


class Question:
    """One such item, its answer given by number or typed."""

    def __init__(self, case: OpenCase, name: str) -> None:
        self._case, self._name = case, name
        self.item = _item(case, name)
        self._unusual: Value | None = None

    @property
    def answers(self) -> list[tuple[Value, str]]:
        """What can be chosen, *not known* among it; nothing where the answer is typed."""
        if self.item.type != "choice":
            return []
        found: list[tuple[Value, str]] = [
            (Choice(n), o.label) for n, o in self.item.options.items()
        ]
        if Absence.NOT_KNOWN.value in self.item.absence:
            found.append((Absent(Absence.NOT_KNOWN), "Not known"))
        return found

    @property
    def how(self) -> str:
        """What is typed where nothing can be chosen."""
        numbered = [f"{n} {o.label}" for n, o in enumerate(self.item.options.values(), 1)]
        answers = ", ".join(numbered) if numbered else how_to_type(self.item)
        return f"{answers}; or: not known"

    def refusal(self, typed: str) -> str:
        """Why what was typed is not taken, once for what is unusual, or nothing."""
        try:
            value = self.read(typed)
        except BadInput as error:
            return error.said()
        if is_unusual(self.item, value) and value != self._unusual:
            self._unusual = value
            words = fact_words(self.item, fact_of(value, self._case.state.as_of))
            return f"Unusual: {words}. Enter again takes it."
        return ""

    def read(self, typed: str) -> Value:
        """The value that was typed. Raises BadInput."""
        held = held_multi(self._case, self._name, self._case.situation.current.stop.place)
        return typed_value(self.item, held, typed)

    def take(self, value: Value) -> str:
        """Keeps the answer and says it back. Raises the errors of answering."""
        fact = fact_of(value, self._case.state.as_of)
        self._case.answer(self._name, fact)
        return f"{self.item.label}: {fact_words(self.item, fact)}. {self._case.saved}"


def _item(case: OpenCase, name: str) -> Item:
    return next(p.items[name] for p in case.situation.pathways if name in p.items)
