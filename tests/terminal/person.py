"""A person at the terminal: answers a case file by keys only, as the screens ask."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.tmux import Terminal
from wizard.case.answers_file import AnswersFile
from wizard.case.api import Fact, OpenCase, Place, begin
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.guard import Absence, Absent, Choice, Multi, Number, Quantity

ABSENCE_KEYS = {
    Absence.NOT_KNOWN: "u",
    Absence.NOT_DONE: "n",
    Absence.DECLINED: "d",
    Absence.NOT_APPLICABLE: "i",
}


class Person:
    """Knows the answers of a file and what a person can see; presses keys and nothing else.

    `case` is the person's own copy of the case, from which the next question is known.
    """

    def __init__(self, terminal: Terminal, library: Library, answers: AnswersFile) -> None:
        self.terminal = terminal
        self.answers = answers
        self.case: OpenCase = begin(
            library, answers.pathway.id, "a-copy", answers.as_of, lambda _: None
        )
        self._taken: set[Place] = set()
        self._cursor = 0

    def see(self, fragment: str) -> None:
        """Waits for words on the screen."""
        self.terminal.wait(fragment)

    def page_turned(self) -> None:
        """Waits for the page on which the case rests."""
        stop = self.case.situation.current.stop
        if stop.kind == "ends":
            self.see(self.case.situation.end_words(self.case.situation.current)[:40])
        else:
            self.see(f"- {self._title(stop.place)}"[:60])
            self._cursor = self._first_open(stop.place) if stop.kind != "decides" else 0
        self.terminal.armed()

    def _first_open(self, place: Place) -> int:
        """The item on which the screen opens a page: the first that is open."""
        for number, (name, _) in enumerate(self._items(place)):
            if name in self.case.situation.current.stop.items:
                return number
        return 0

    def _title(self, place: Place) -> str:
        decision = self.case.situation.decision(place)
        return decision.decision.question if decision else self.case.situation.step(place).title

    def walk(self) -> None:
        """Answers and decides until the case ends or waits."""
        self.page_turned()
        while True:
            stop = self.case.situation.current.stop
            if stop.kind == "ends" or (stop.kind == "waits" and not self._back(stop.items[0])):
                return
            if stop.kind in ("asks", "waits"):
                if not self._enquiry(stop.place):
                    return
            elif not self._decide(stop.place):
                return

    def _back(self, name: str) -> bool:
        """Whether an awaited result is in the file by now."""
        return (
            self._fact(name, self.case.situation.current.stop.place).absence is not Absence.AWAITED
        )

    def _items(self, place: Place) -> list[tuple[str, Item]]:
        return self.case.asked(place)

    def _enquiry(self, place: Place) -> bool:
        """Answers every open item of a step, then goes on; False where it must wait."""
        while True:
            stop = self.case.situation.current.stop
            if stop.place != place or stop.kind not in ("asks", "waits"):
                break
            if stop.kind == "waits" and not self._back(stop.items[0]):
                return False
            names = [name for name, _ in self._items(place)]
            wanted = names.index(stop.items[0])
            for _ in range(abs(wanted - self._cursor)):
                self.terminal.press("Down" if wanted > self._cursor else "Up")
            self._cursor = wanted
            name, item = self._items(place)[wanted]
            self.see(f"> {item.ask.clinician}"[:50])
            self._answer(name, item, place)
        self.terminal.press("Enter")
        self.page_turned()
        return True

    def _fact(self, name: str, place: Place) -> Fact:
        visit = self.case.visit_for(name, place)
        return self.answers.facts[name][visit]

    def _answer(self, name: str, item: Item, place: Place) -> None:
        fact = self._fact(name, place)
        value = fact.value
        if isinstance(value, Absent) and value.reason is Absence.AWAITED:
            self._await(item, fact)
        elif isinstance(value, Absent):
            self.terminal.press(ABSENCE_KEYS[value.reason])
        elif isinstance(value, Choice):
            self.terminal.press(str(list(item.options).index(value.option) + 1))
        elif isinstance(value, Multi):
            for number, option in enumerate(item.options, start=1):
                if option in value.present:
                    self.terminal.press(str(number))
                elif option in value.absent:
                    self.terminal.press(str(number), str(number))
            self._take(name, fact, place)
            return
        elif isinstance(value, Quantity | Number):
            self._type_number(item, value)
        self._take(name, fact, place)
        self._cards()

    def _take(self, name: str, fact: Fact, place: Place) -> None:
        """Notes an answer; where questions came or went, waits until that is painted."""
        before = [n for n, _ in self._items(place)]
        self.case.answer(name, fact, place)
        stop = self.case.situation.current.stop
        names = [n for n, _ in self._items(place)]
        at = names.index(name)
        wanted = stop.items if stop.place == place else ()
        later = [n for n, other in enumerate(names) if other in wanted]
        if not isinstance(fact.value, Multi):
            self._cursor = next((n for n in later if n > at), next(iter(later), at))
        if names != before:
            self.see("any more:" if len(names) < len(before) else "as well:")
            self.terminal.armed()

    def _type_number(self, item: Item, value: Quantity | Number) -> None:
        digits = f"{value.value:f}"
        self.terminal.press(digits[0])
        self.terminal.until(lambda: f"{item.label}: {digits[0]}" in self.terminal.screen(), 1)
        self.terminal.type(digits[1:]) if digits[1:] else None
        if isinstance(value, Quantity) and value.unit != item.unit:
            self.terminal.press("C-k")
            self.terminal.type(f" {value.unit}")
        self.terminal.press("Enter")
        limits = item.limits
        if (
            limits is not None
            and limits.soft is not None
            and not limits.soft[0] <= value.value <= limits.soft[1]
        ):
            self.see("Unusual")
            self.terminal.press("Enter")

    def _await(self, item: Item, fact: Fact) -> None:
        self.terminal.act("a", "Awaited from whom?")
        self.terminal.armed()
        due = fact.due.isoformat() if fact.due else ""
        for text in (fact.awaited_from or "", due, fact.chased_by or ""):
            self.terminal.type(text)
            self.terminal.press("Enter")
        self.terminal.until(lambda: "Awaited from whom?" not in self.terminal.screen())
        self.terminal.armed()

    def _cards(self) -> None:
        """Answers every emergency card as the file says."""
        while True:
            speaking = [s for s in self.case.situation.alerts if s.speaks]
            if not speaking:
                return
            state = speaking[0]
            episode = next(e for e in self.answers.episodes if e.alert == state.id)
            assert episode.in_hand is not None
            self.see(state.title[:40])
            self.see("known and in hand")
            self.terminal.act("k", "Who has it in hand?")
            self.terminal.armed()
            for text in (episode.in_hand.who, episode.in_hand.since):
                self.terminal.type(text)
                self.terminal.press("Enter")
            self.terminal.until(lambda: "Since when?" not in self.terminal.screen())
            self.terminal.armed()
            self.case.take_in_hand(state.id, episode.in_hand.who, episode.in_hand.since)

    def _decide(self, place: Place) -> bool:
        """Marks and commits what the file committed; False where it committed nothing."""
        made = next((c for p, c, _ in self.answers.commitments if p == place), None)
        if made is None:
            return False
        state = self.case.situation.decision(place)
        assert state is not None
        names = [a.id for a in state.candidates]
        for name in made.candidates:
            self.terminal.press(str(names.index(name) + 1))
        if not made.candidates:
            self.terminal.press("0")
        needs = self.case.needs_reason(place, made.candidates)
        self.terminal.press("Enter")
        if needs:
            assert made.reason is not None
            self.see("Why another choice")
            self.terminal.armed()
            reasons = list(self.case.pathway.common.reasons)
            self.terminal.dismiss(str(reasons.index(made.reason) + 1), "Why another choice")
        self.case.commit(place, made.candidates, made.reason if needs else None)
        self.page_turned()
        return True

    def report(self, name: str) -> Path:
        """Writes the report by keys to a new file and gives its path."""
        self.terminal.act("p", "s save to a file")
        self.terminal.act("s", "Save the report")
        self.terminal.armed()
        self.terminal.press("C-u")
        self.terminal.type(name)
        self.terminal.press("Enter")
        path = self.terminal.folder / name
        self.see("Report written")
        return path

    def leave(self) -> int:
        """Leaves the case and the program."""
        self.terminal.act("q", "Leave: everything is saved, the program ends")
        self.terminal.dismiss("1", "Leave: everything")
        return self.terminal.exit_code()
