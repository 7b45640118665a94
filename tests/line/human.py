"""One person, two faces: the same answers as keys for the full screen and as typed lines."""

from __future__ import annotations

from wizard.case.answers_file import AnswersFile
from wizard.case.api import Fact, OpenCase, Place, begin, is_unusual
from wizard.case.choices import emergencies, reason_asked
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Status
from wizard.guard import Absence, Absent, Choice, Day, Multi, Number, Quantity, Text, Truth

LETTERS = {
    Absence.NOT_KNOWN: "u",
    Absence.NOT_DONE: "n",
    Absence.DECLINED: "d",
    Absence.NOT_APPLICABLE: "i",
}


class Human:
    """Knows the answers of a file and walks a copy of the case, to know what is asked next.

    `keys` are pressed in the full-screen wizard, `lines` typed in the plain one; each is what a
    person would do there to say the same.
    """

    def __init__(self, library: Library, answers: AnswersFile) -> None:
        self.answers = answers
        self.case: OpenCase = begin(
            library, answers.pathway.id, "a-copy", answers.as_of, lambda _: None
        )
        self.keys: list[str] = []
        self.lines: list[str] = []
        self._cursor = self._at = 0
        self._turned = False
        self._still_holds: set[str] = set()
        self._spoken: set[str] = set()

    def walk(self) -> None:
        """Answers and decides until the case ends, or rests where the file says no more.

        With an emergency that is in hand it goes on as far as the file does, and then with the
        work-up beside it.
        """
        while True:
            stop = self.case.situation.current.stop
            if stop.kind == "ends":
                return
            said = self._decide if stop.kind == "decides" else self._step
            if not said(stop.place) and not self._continue():
                return

    def _step(self, place: Place) -> bool:
        """Answers what a step asks and goes on; False where the file says no more."""
        self._cursor = self._at = self._next_open(place, -1)
        self._turned = False
        while (said := self._to_say(place)) is not None:
            name, fact = said
            self._move_to(name, place)
            self._answer(name, dict(self.case.asked(place))[name], fact, place)
        if self.case.situation.current.stop.place == place:
            return False
        if not self._turned:
            self.keys.append("enter")
        return True

    def _to_say(self, place: Place) -> tuple[str, Fact] | None:
        """The first open item of a step that the file answers; None where it is left."""
        stop = self.case.situation.current.stop
        if stop.place != place or stop.kind not in ("asks", "waits"):
            return None
        for name in stop.items:
            fact = self.answers.facts.get(name, {}).get(self.case.visit_for(name, place))
            if fact is not None and not (stop.kind == "waits" and fact.absence is Absence.AWAITED):
                return name, fact
        return None

    def _move_to(self, name: str, place: Place) -> None:
        names = [n for n, _ in self.case.asked(place)]
        wanted = names.index(name)
        by = wanted - self._cursor
        self.keys += ["down" if by > 0 else "up"] * abs(by)
        by = wanted - self._at
        self.lines += ["" if by > 0 else "b"] * abs(by)
        self._cursor = self._at = wanted

    def _answer(self, name: str, item: Item, fact: Fact, place: Place) -> None:
        self._say(item, fact)
        self.case.answer(name, fact, place)
        names = [n for n, _ in self.case.asked(place)]
        at = names.index(name)
        self._at = self._next_open(place, at)
        self._cursor = at if isinstance(fact.value, Multi) else self._at
        self._cards(place)
        self._asides()

    def _next_open(self, place: Place, at: int) -> int:
        """Where the cursor goes from an item: the next open one, else the first, else nowhere."""
        stop = self.case.situation.current.stop
        wanted = stop.items if stop.place == place else ()
        found = [n for n, (name, _) in enumerate(self.case.asked(place)) if name in wanted]
        return next((n for n in found if n > at), next(iter(found), max(at, 0)))

    def _say(self, item: Item, fact: Fact) -> None:
        options = list(item.options)
        match fact.value:
            case Absent(Absence.AWAITED):
                due = fact.due.isoformat() if fact.due else ""
                words = [fact.awaited_from or "", due, fact.chased_by or ""]
                self._both("a")
                self._fill(*words)
            case Absent(reason):
                self._both(LETTERS[reason])
            case Choice(option):
                self._both(str(options.index(option) + 1))
            case Multi(present, absent):
                numbers = [str(n) for n, o in enumerate(options, 1) if o in present]
                others = [str(n) for n, o in enumerate(options, 1) if o in absent]
                self.keys += [*numbers, *(key for n in others for key in (n, n))]
                no = ["not", *others] if others else []
                self.lines.append(" ".join([*numbers, *no]))
            case Quantity(number, unit):
                self._type(item, fact, f"{number:f} {unit}")
            case Number(number):
                self._type(item, fact, f"{number:f}")
            case Day(day):
                self._type(item, fact, day.isoformat())
            case Text(text):
                self._type(item, fact, text)
            case _:
                raise AssertionError(fact)

    def _type(self, item: Item, fact: Fact, words: str) -> None:
        self.lines.append(words)
        self.keys += [*words, "enter"]
        if is_unusual(item, fact.value):
            self.keys.append("enter")
            self.lines.append("1")

    def _both(self, letter: str) -> None:
        self.keys.append(letter)
        self.lines.append(letter)

    def _fill(self, *words: str) -> None:
        for text in words:
            self.keys += [*text, "enter"]
            self.lines.append(text)

    def _cards(self, place: Place) -> None:
        """Answers every emergency card as the file says; goes on with one of which it says nothing."""
        while due := self._due():
            name = due[0]
            self._spoken.add(name)
            episode = next((e for e in self.answers.episodes if e.alert == name), None)
            if episode is None:
                self._both("g")
                self._turned = self.case.situation.current.stop.place != place
                self._cursor = self._at = self._next_open(place, -1)
            elif episode.in_hand is not None:
                self._both("k")
                self._fill(episode.in_hand.who, episode.in_hand.since)
                self.case.take_in_hand(name, episode.in_hand.who, episode.in_hand.since)
            else:
                self._both("c")
                self.case.continue_work_up(name)

    def _due(self) -> list[str]:
        """The emergencies whose card is due: each once while it speaks."""
        speaking = [s.id for s in self.case.situation.alerts if s.speaks]
        self._spoken &= set(speaking)
        return [name for name in speaking if name not in self._spoken]

    def _continue(self) -> bool:
        """Goes on with the work-up beside an emergency that is in hand, where the file does."""
        for episode in self.answers.episodes:
            state = next(s for s in self.case.situation.alerts if s.id == episode.alert)
            if episode.continued is not None and state.truth is Truth.TRUE and not state.continued:
                self._both("x")
                self._pick([s.id for s, _ in emergencies(self.case)].index(state.id))
                self._both("c")
                self.keys.append("enter")
                self.case.continue_work_up(state.id)
                return True
        return False

    def _asides(self) -> None:
        """Says that what applies no longer still holds, as the file gives it among the answers."""
        for name in self.case.situation.stopped_applying:
            if name not in self._still_holds:
                self._still_holds.add(name)
                self._pick(1)

    def _decide(self, place: Place) -> bool:
        """Chooses and commits what the file committed; False where it committed nothing."""
        made = next((c for p, c, _ in self.answers.commitments if p == place), None)
        state = self.case.situation.decision(place)
        if made is None or state is None or self.case.refusal(place, made.candidates) is not None:
            return False
        names = [a.id for a in state.candidates]
        numbers = [str(names.index(c) + 1) for c in made.candidates] or ["0"]
        self.keys += [*numbers, "enter"]
        self.lines += [" ".join(numbers), ""]
        reason = None
        if self.case.needs_reason(place, made.candidates):
            reasons = list(self.case.pathway.common.reasons)
            reason = made.reason or reasons[0]
            self._both(str(reasons.index(reason) + 1))
        self.case.commit(place, made.candidates, reason)
        return True

    def respond(self) -> None:
        """Answers the advice of the list in turn: accepted, modified, declined, deferred, done."""
        reasons = list(self.case.pathway.common.reasons)
        for number, answer in enumerate(Answer):
            listed = [a.id for a in self.case.situation.listed if a.status is not Status.BLOCKED]
            if number >= len(listed):
                return
            reason = reasons[number] if reason_asked(answer) else None
            words = f"so said the person {number}" if number % 2 else ""
            self._both("o")
            self._pick(number)
            self._pick(list(Answer).index(answer))
            if reason is not None:
                self._pick(reasons.index(reason))
                self._fill(words)
            said = words if reason is not None and words else None
            self.case.respond(listed[number], answer, reason, said)

    def _pick(self, number: int) -> None:
        """One of a list in which none is marked at first."""
        self.keys += [*["down"] * (number + 1), "enter"]
        self.lines.append(str(number + 1))

    def check(self) -> None:
        """Looks the answers and the emergency signs through, and says so, where the case has ended."""
        if self.case.situation.current.finished:
            self.keys += ["c", "enter", "1"]
            self.lines += ["c", "1", "1"]
            self.case.mark_checked()

    def report(self, keys_file: str, lines_file: str) -> None:
        """Writes the report in both faces."""
        self.keys += ["p", "s", "ctrl+u", *keys_file, "enter"]
        self.lines += ["p", "2", lines_file]
