"""Where a person stands in a case: the step and the item in view, what is chosen, what comes next.

Every face moves the same cursor. It draws nothing and reads no key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wizard.case.changes import Changes
from wizard.case.done import done_words
from wizard.case.events import Answered, Event
from wizard.case.inspection import View
from wizard.case.keys import KEYS, Keys
from wizard.case.open_case import OpenCase
from wizard.case.review import Row
from wizard.case.wording import fact_words
from wizard.definition.item import Item
from wizard.engine.facts import Fact, Place
from wizard.engine.situation import Advice, DecisionState
from wizard.errors import BadInput
from wizard.guard import Absence, Absent
from wizard.text import listed


class Cursor:
    """A place in a case with the item or candidate in view.

    The item is held by its name: it stays in view while others come and go around it.
    """

    place: Place
    at_end: bool
    chosen: tuple[str, ...] | None
    """Candidates chosen and not committed; an empty tuple where *none* was chosen, else None."""

    def __init__(self, case: OpenCase, keys: Keys = KEYS) -> None:
        self.case, self._keys = case, keys
        self._beside: tuple[str, ...] = ()
        self._seen: dict[str, str] | None = None
        self.turn_to_current()

    # What is in view

    @property
    def decision(self) -> DecisionState | None:
        """The decision in view."""
        if self.at_end or self._beside:
            return None
        return self.case.situation.decision(self.place)

    @property
    def items(self) -> list[tuple[str, Item]]:
        """The items of the step in view, or those asked beside it; none at a decision and at the
        end."""
        if self._beside:
            return [(name, self.case.item(name)) for name in self._beside]
        return [] if self.at_end or self.decision is not None else self.case.asked(self.place)

    @property
    def is_beside(self) -> bool:
        """Whether what is asked belongs to no step: an emergency waits for it."""
        return bool(self._beside)

    @property
    def at(self) -> int:
        """The number, from 0, of the item or candidate in view."""
        if self.decision is not None:
            return self._candidate
        names = self._names
        name = self._name if self._name in names else self._first_open()
        return names.index(name) if name is not None else 0

    @property
    def item(self) -> tuple[str, Item] | None:
        """The item in view."""
        items = self.items
        return items[self.at] if items else None

    @property
    def candidate(self) -> Advice | None:
        """The candidate in view."""
        state = self.decision
        return state.candidates[self.at] if state is not None else None

    @property
    def _names(self) -> list[str]:
        return [name for name, _ in self.items]

    @property
    def open(self) -> tuple[str, ...]:
        """Where the case rests at the step in view: its unanswered items, else those awaited."""
        if self._beside:
            return tuple(name for name in self._beside if not self.answered(name))
        stop = self.case.situation.current.stop
        return stop.items if stop.place == self.place and not self.at_end else ()

    @property
    def waits(self) -> bool:
        """Whether the case waits for a result at the step in view."""
        rests = bool(self.open) and not self._beside
        return rests and self.case.situation.current.stop.kind == "waits"

    def answered(self, name: str) -> bool:
        """Whether an item of the step has an answer."""
        fact = self.case.fact(name, self.place)
        return fact is not None and fact.is_answer

    def view(self, reader: str, candidate: Advice | None) -> View:
        """What is in view, for the pages to read."""
        item = self.item
        return View(self.place, item and item[0], candidate, reader, self.at_end)

    def news(self) -> str:
        """Which questions of the step have come or gone since this was last asked."""
        labels = {name: item.label for name, item in self.items}
        before, self._seen = self._seen, labels
        if before is None:
            return ""
        come = [label for name, label in labels.items() if name not in before]
        gone = [label for name, label in before.items() if name not in labels]
        words = [f"Asked now as well: {listed(come)}."] if come else []
        return " ".join([*words, *([f"Not asked any more: {listed(gone)}."] if gone else [])])

    # Moving

    def turn_to(self, place: Place, item: str | None = None) -> None:
        """To a step: on the item of this name, else on the first one that is open."""
        self.place, self.at_end, self._beside = place, False, ()
        self._forget_choice()
        self._candidate = 0
        self._seen = None
        self._on(item if item in self._names else self._first_open())

    def turn_to_current(self) -> None:
        """To where the case rests."""
        trail = self.case.situation.current
        self.turn_to(trail.stop.place)
        self.at_end = trail.finished

    def follow(self) -> bool:
        """To where the case rests, where the step in view is no longer on the way; whether so."""
        gone = self.place not in self.case.situation.places
        if gone:
            self.turn_to_current()
        return gone

    def turn_to_row(self, row: Row) -> None:
        """To an answer."""
        self.turn_to(row.place, row.item)

    def turn_to_asking(self, names: Sequence[str]) -> None:
        """To a step that asks one of these items; they are asked beside where none is reached."""
        for place in self.case.situation.places:
            asked = dict(self.case.asked(place))
            for name in names:
                if name in asked:
                    self.turn_to(place, name)
                    return
        self.turn_to(self.case.situation.current.stop.place)
        self._beside = tuple(names)
        self._on(self._first_open())

    def turn_back(self) -> bool:
        """To the step before, from the end to the last one; False at the first."""
        if self._beside:
            self.turn_to_current()
            return True
        places = self.case.situation.places
        number = places.index(self.place) if self.place in places else len(places)
        if self.at_end or number > 0:
            self.turn_to(places[-1] if self.at_end else places[number - 1])
            return True
        return False

    def move(self, by: int) -> bool:
        """So many items or candidates on, as far as there are some; whether it moved."""
        state, names, before = self.decision, self._names, self.at
        count = len(state.candidates) if state is not None else len(names)
        after = max(0, min(before + by, count - 1))
        if state is not None:
            self._candidate = after
        elif names:
            self._on(names[after])
        return after != before

    def skip(self) -> str:
        """To the next open item of a step that is not done; says what is missing there."""
        self._on(self._next(self._name))
        if self.waits:
            return (
                "Waiting for the result; type it here when it is back. "
                f"{self._letter('leave')} leaves, {self._letter('report')} is the report."
            )
        return f"{len(self.open)} not answered yet; {self._letter('unknown')} says not known."

    def _letter(self, action: str) -> str:
        return self._keys.letter(action)

    def _on(self, name: str | None) -> None:
        self._name = name
        self._begun: str | None = None

    def _first_open(self) -> str | None:
        """The first open item of the step in view, else one that is awaited, else the first."""
        names = self._names
        awaited = [n for n in names if not self.answered(n) or self._awaited(n)]
        return next(iter([*self.open, *awaited, *names]), None)

    def _awaited(self, name: str) -> bool:
        fact = self.case.fact(name, self.place)
        return fact is not None and fact.absence is Absence.AWAITED

    def _next(self, name: str | None, *, again: bool = False) -> str | None:
        """The next open item behind one, else the first open one, else that one.

        With `again`, as a step that is done is gone through once more, the next item of it.
        """
        order = self._beside or self.case.situation.step(self.place).asks
        behind = order[order.index(name) + 1 :] if name in order else ()
        wanted = self._names if again and not self.open else self.open
        everything = behind if again and not self.open else [*behind, *order]
        return next((n for n in everything if n in wanted), name)

    # Answers

    def asked(self) -> tuple[str, Item]:
        """The item in view. Raises BadInput where there is none."""
        if self.item is None:
            raise BadInput(
                "there is no question here", mend=f"Type {self._letter('keys')} for the commands."
            )
        return self.item

    def change(self, answers: Mapping[str, Fact]) -> Changes | None:
        """What has to be shown before answers are kept: what changing an earlier one changes.

        Nothing else, too: a change is always confirmed, so that the digit of habit that confirms
        one never answers the next question. None where none was answered, where it was awaited or
        is still being given, and where nothing is kept.
        """
        held = any(self._changes_held(name, fact) for name, fact in answers.items())
        if not held or not self.case.kept:
            return None
        return self.case.preview(answers, self.place)

    def replaced(self, answers: Mapping[str, Fact]) -> Iterator[str]:
        """Each answer that is changed, as it was and as it would be."""
        for name, fact in answers.items():
            held = self.case.fact(name, self.place)
            if held is not None and self._changes_held(name, fact):
                item = self.case.item(name)
                yield f"{item.label}: {fact_words(item, held)} -> {fact_words(item, fact)}"

    def _changes_held(self, name: str, fact: Fact) -> bool:
        held = self.case.fact(name, self.place)
        if held is None or not held.is_answer or held.absence is Absence.AWAITED:
            return False
        return held.value != fact.value and name != self._begun

    def take(self, answers: Mapping[str, Fact], *, more: bool = False) -> str:
        """Keeps answers one by one, goes to the next open item, and says back what was kept.

        Where a step that is done is gone through again that is the next item. With `more` of the
        same answer to come it stays. Raises the errors of answering, and BadInput for an item that
        is not asked here.
        """
        said = []
        for name, fact in answers.items():
            item = dict(self.items).get(name)
            if item is None:
                raise BadInput(f"'{name}' is not asked here", mend="Answer from the list.")
            again = self.answered(name)
            begun = more and (not again or name == self._begun)
            self.case.answer(name, fact, self.place)
            said.append(f"{item.label}: {fact_words(item, fact)}.")
            if self.follow():
                break
            self._on(name if more else self._next(name, again=again))
            self._begun = name if begun else None
        return " ".join([*said, self.case.saved])

    def rest(self) -> str:
        """Answers every open item of the step in view with *not known*, and says which.

        Where nothing is left open it goes on to where the case rests.
        What an emergency hangs on stays open, as does what cannot be *not known*: each is asked
        by itself. Raises BadInput where nothing is left to answer so.
        """
        case, labels = self.case, dict(self.items)
        left: list[str] = []
        while name := next(filter(self._may_be_left, self.open), None):
            labels |= self.items
            case.answer(name, Fact(Absent(Absence.NOT_KNOWN), case.state.as_of), self.place)
            left.append(labels[name].label)
        if not left:
            raise BadInput(
                "nothing here can be left as not known together",
                mend="What an emergency hangs on is answered by itself; Enter goes on.",
            )
        said = f"Not known, {len(left)}: {listed(left)}. {case.saved}"
        if not self.open:
            self.turn_to_current()
            return said
        self._on(self._first_open())
        return f"{said} {len(self.open)} to be answered one by one."

    def _may_be_left(self, name: str) -> bool:
        """Whether an open item may be *not known* with others, as no emergency hangs on it."""
        item = dict(self.items).get(name)
        emergencies = {i for s in self.case.situation.alerts for i in s.deciding}
        allowed = item is not None and Absence.NOT_KNOWN.value in item.absence
        return allowed and name not in emergencies and not self.answered(name)

    def undo(self) -> str:
        """Takes back the last thing done, and says what. Raises BadInput where there is nothing."""
        event = self.case.undo()
        self._settle(event)
        return f"Undone: {done_words(self.case, event)}."

    def redo(self) -> str:
        """Does again what was undone, and says what. Raises BadInput where there is nothing."""
        event = self.case.redo()
        self._settle(event)
        return f"Done again: {done_words(self.case, event)}."

    def _settle(self, event: Event) -> None:
        """To the question whose answer came or went, where the step in view asks it."""
        if self.at_end:
            self.turn_to_current()
            return
        if self.follow():
            return
        self._forget_choice()
        item = event.item if isinstance(event, Answered) else None
        self._on(item if item in self._names else self._first_open())

    # Decisions

    def numbered(self, number: int) -> Advice:
        """The candidate of a number from 1. Raises BadInput where there is none."""
        candidates = self.decision.candidates if self.decision is not None else ()
        if not 1 <= number <= len(candidates):
            mend = f"Type 1 to {len(candidates)}."
            raise BadInput(f"there is no candidate {number}", mend=mend)
        return candidates[number - 1]

    @property
    def marked(self) -> tuple[str, ...] | None:
        """Candidates that are chosen, else those that were committed; None where neither."""
        state = self.decision
        made = state.commitment if state is not None and not self._unmarked else None
        return self.chosen if self.chosen is not None or made is None else made.candidates

    def _forget_choice(self) -> None:
        self.chosen = None
        self._unmarked = False

    def mark(self, number: int) -> None:
        """Chooses a candidate, or takes that back. Raises BadInput where there is none."""
        name, state = self.numbered(number).id, self.decision
        if state is None:
            return
        marked = {*(self.marked or ())} ^ {name}
        if state.decision.most == 1:
            marked &= {name}
        self._candidate = number - 1
        self.chosen = tuple(a.id for a in state.candidates if a.id in marked) or None
        self._unmarked = self.chosen is None

    def choose_none(self) -> str:
        """Chooses none of the candidates and says so. Raises BadInput where one has to be taken."""
        state = self.decision
        if state is None or state.decision.none_label is None:
            takes = state.decision.selection if state is not None else "nothing"
            raise BadInput(f"this decision takes {takes}", mend="Choose a candidate.")
        self.chosen = ()
        return f"Chosen: {state.decision.none_label}. A reason will be asked."

    def to_commit(self) -> tuple[str, ...] | None:
        """What is to be committed; None where the decision stands as it was taken.

        Raises BadInput where nothing is chosen, or what cannot be committed, so that no reason is
        asked for what is refused.
        """
        state, marked = self.decision, self.marked
        if state is None or marked is None:
            mend = "Type the number of a candidate, then Enter."
            raise BadInput("nothing is chosen", mend=mend)
        made = state.commitment
        same = made is not None and set(made.candidates) == set(marked)
        if same and not state.reopened:
            return None
        refused = self.case.refusal(state.place, marked)
        if refused is not None:
            raise refused
        return marked
