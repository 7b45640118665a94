"""The one screen on which a case is walked: keys, answers, decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from textual import events

from wizard.case.api import (
    Absence,
    Absent,
    Choice,
    DecisionState,
    Fact,
    Multi,
    awaited,
    fact_of,
    fact_words,
    is_unusual,
    value_from_text,
)
from wizard.errors import BadInput, PathwizardError
from wizard.text import parse_date, safe
from wizard.tui import pages
from wizard.tui.case_dialogs import CaseDialogs
from wizard.tui.dialogs import (
    AskScreen,
    ChooseScreen,
    Field,
    inner_width,
)
from wizard.tui.keys import action_of
from wizard.tui.line_editor import LineEditor, one_line_paste
from wizard.tui.paint import Page

REASONS_OF_ABSENCE = {
    "unknown": Absence.NOT_KNOWN,
    "not_done": Absence.NOT_DONE,
    "declined": Absence.DECLINED,
    "not_applicable": Absence.NOT_APPLICABLE,
}


class CaseScreen(CaseDialogs):
    """Walks a case: enquiries, decisions, waiting points, ends."""

    def on_mount(self) -> None:
        """Shows where the case rests; a result that is awaited is asked for first."""
        self.show_place(self._place)
        self._after_command()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key of the screen, in the order typed; an open line takes what is text."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            return
        if self._line is not None:
            self._edit(self._line, event)
            return
        self._message = ""
        action = action_of(event.key)
        if action is not None:
            self._guarded(lambda: self._act(action))
        elif event.character and event.character in "123456789":
            self._guarded(lambda: self._digit(int(event.character or "0")))
        elif event.character and event.is_printable:
            self._start_typing(event.character)
            self._show()

    def _edit(self, line: LineEditor, event: events.Key) -> None:
        """A key while a value is typed: Enter takes it, Esc closes, F-keys act as always."""
        if event.key == "enter":
            self._typed(line)
        elif event.key in ("escape", "shift+tab", "ctrl+c"):
            self._line = None
        elif event.key in ("f1", "f8", "f9"):
            self._line = None
            action = action_of(event.key)
            self._guarded(lambda: self._act(action or "keys"))
        else:
            line.press(event.key, event.character)
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Text goes into the open line; several lines are refused aloud."""
        event.stop()
        pasted = one_line_paste(event.text)
        if pasted is None:
            self._message = "Several lines were pasted and refused: paste one line."
        elif self._line is not None:
            self._line.insert(safe(pasted))
        else:
            self._message = "Nothing was pasted: no line is open."
        self._show()

    def _act(self, action: str) -> None:
        if action in REASONS_OF_ABSENCE:
            self._answer(Absent(REASONS_OF_ABSENCE[action]))
            return
        {
            "next": self._next,
            "back": self._back,
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "await": self._await,
            "none": self._take_none,
            "same": self._same,
            "why": self._why,
            "evidence": self._evidence,
            "advice": self._advice,
            "trail": self._trail,
            "check": self._check,
            "search": self._search,
            "emergency": self._emergency,
            "report": self._report,
            "call_sheet": self._call_sheet,
            "respond": self._respond,
            "undo": self._undo,
            "reader": self._switch_reader,
            "keys": self._keys,
            "leave": self._leave,
        }[action]()

    def _move(self, by: int) -> None:
        state = self._decision()
        count = len(state.candidates) if state is not None else len(self._items())
        self._cursor = max(0, min(self._cursor + by, count - 1))

    def _next(self) -> None:
        state = self._decision()
        if self._at_end:
            self._message = "The work-up has ended. c checks the answers, p makes the report."
        elif state is not None and (state.commitment is None or self._differs(state)):
            self._commit(state)
        elif self._current() is not None and self._stands_here():
            current = self._current()
            if current is not None and not current[1].options and not self._answered(current[0]):
                self._start_typing("")
                return
            self._cursor = self._first_open()
            stop = self._case.situation.current.stop
            self._message = (
                "Waiting for the result; it can be entered here when it is back."
                if stop.kind == "waits"
                else f"{len(stop.items)} not answered yet; u says not known."
            )
        else:
            self._turn_to_current()

    def _answered(self, name: str) -> bool:
        fact = self._case.fact(name, self._place)
        return fact is not None and fact.is_answer

    def _differs(self, state: DecisionState) -> bool:
        made = state.commitment
        if made is None:
            return True
        chosen = set() if self._none else self._marked
        return state.reopened or set(made.candidates) != chosen

    def _back(self) -> None:
        places = self._case.situation.places
        number = places.index(self._place) if self._place in places else len(places)
        if self._at_end:
            self.show_place(places[-1])
        elif number > 0:
            self.show_place(places[number - 1])
        else:
            self._message = "This is the first step."

    # Answers

    def _digit(self, digit: int) -> None:
        state = self._decision()
        if state is not None:
            self._mark(state, digit)
            return
        current = self._current()
        if current is None:
            return
        name, item = current
        if not item.options:
            self._start_typing(str(digit))
            return
        options = list(item.options)
        if digit > len(options):
            self._message = f"There are {len(options)} answers."
            return
        option = options[digit - 1]
        if item.type != "multi":
            self._answer(Choice(option))
            return
        fact = self._case.fact(name, self._place)
        held = fact.value if fact is not None and isinstance(fact.value, Multi) else Multi()
        present, absent = set(held.present), set(held.absent)
        if option in present:
            present.remove(option)
            absent.add(option)
        elif option in absent:
            absent.remove(option)
        else:
            present.add(option)
        value = Multi(frozenset(present), frozenset(absent))
        self._keep(name, fact_of(value, self._case.state.as_of), move=False)

    def _take_none(self) -> None:
        state = self._decision()
        if state is not None:
            if state.decision.none_label is None:
                self._message = f"This decision takes {state.decision.selection}."
                return
            self._none, self._marked = not self._none, set()
            return
        current = self._current()
        if current is None or current[1].type != "multi":
            return
        name, item = current
        fact = self._case.fact(name, self._place)
        present = fact.value.present if fact and isinstance(fact.value, Multi) else frozenset()
        value = Multi(present, frozenset(item.options) - present)
        self._keep(name, fact_of(value, self._case.state.as_of))

    def _answer(self, value: Absent | Choice) -> None:
        current = self._current()
        if current is not None:
            self._keep(current[0], fact_of(value, self._case.state.as_of))

    def _same(self) -> None:
        current = self._current()
        if current is None or self._place.visit < 2:
            self._message = "There is no visit before this one."
            return
        before = self._case.fact(current[0], self._place._replace(visit=self._place.visit - 1))
        if before is None:
            self._message = "It was not answered at the visit before."
            return
        self._keep(current[0], replace(before, on=self._case.state.as_of))

    def _keep(self, name: str, fact: Fact, *, move: bool = True) -> bool:
        """Takes an answer; a change of an earlier one is shown first, and then it is not kept yet.

        True where it was kept.
        """
        held = self._case.fact(name, self._place)
        changing = held is not None and held.is_answer and held.value != fact.value
        if changing and move and not self._was_awaited(held):
            found = self._case.preview(name, fact, self._place)
            if not found.none:
                page = Page(inner_width(self.size.width))
                pages.changed(found, page)
                options = [("keep", "Keep the new answer"), ("drop", "Leave it as it was")]
                screen = ChooseScreen("This would change:", options, page)
                self.app.push_screen(screen, lambda said: self._kept(said, name, fact))
                return False
        self._case.answer(name, fact, self._place)
        if move:
            self._advance(name)
        self._after_command()
        return True

    def _was_awaited(self, fact: Fact | None) -> bool:
        return fact is not None and fact.absence is Absence.AWAITED

    def _kept(self, said: str | None, name: str, fact: Fact) -> None:
        if said == "keep":
            command = partial(self._case.answer, name, fact, self._place)
            self._guarded(command, "Changed and saved.")
            self._after_command()
        self._show()

    def _advance(self, name: str) -> None:
        """Moves to the next item of the screen."""
        names = [n for n, _ in self._items()]
        if name in names and names.index(name) + 1 < len(names):
            self._cursor = names.index(name) + 1
        elif not self._stands_here():
            self._message = "Saved. Enter goes on."

    def _await(self) -> None:
        current = self._current()
        if current is None:
            return
        name, item = current
        if "awaited" not in item.absence:
            self._message = f"{item.label} cannot be awaited."
            return
        fields = [
            Field("Awaited from whom?"),
            Field("By when? (22-Nov-2026, or empty)"),
            Field("Who chases it?"),
        ]

        def check(values: tuple[str, ...]) -> str | None:
            try:
                awaited(self._case.state.as_of, values[0], _day(values[1]), values[2])
            except BadInput as error:
                return error.message()
            return None

        def take(values: tuple[str, ...] | None) -> None:
            if values is not None:
                fact = awaited(self._case.state.as_of, values[0], _day(values[1]), values[2])
                self._guarded(partial(self._keep, name, fact))

        self.app.push_screen(AskScreen(f"{item.label}: awaited", fields, check), take)

    def _start_typing(self, first: str) -> None:
        """Opens the line for a value, with the unit behind it."""
        current = self._current()
        if current is None or current[1].options:
            return
        self._line = LineEditor(first, unit=current[1].unit or "")

    def _typed(self, line: LineEditor) -> None:
        """Takes a typed value; what cannot be read stays in the line with the reason below."""
        current = self._current()
        if current is None:
            return
        name, item = current
        self._message = ""
        try:
            value = value_from_text(name, item, line.entered)
            fact = fact_of(value, self._case.state.as_of)
            if is_unusual(item, value) and self._asked_about != value:
                self._asked_about = value
                self._message = f"Unusual: {fact_words(item, fact)}. Enter again takes it."
                return
            self._asked_about = None
            if self._keep(name, fact):
                self._message = self._message or f"{item.label}: {fact_words(item, fact)}"
            self._line = None
        except PathwizardError as error:
            self._message = error.message()

    # Decisions

    def _mark(self, state: DecisionState, digit: int) -> None:
        if digit > len(state.candidates):
            self._message = f"There are {len(state.candidates)} candidates."
            return
        self._cursor = digit - 1
        name = state.candidates[digit - 1].id
        self._none = False
        if state.decision.selection in ("exactly one", "at most one"):
            self._marked = set() if name in self._marked else {name}
        else:
            self._marked ^= {name}

    def _commit(self, state: DecisionState) -> None:
        chosen = [a.id for a in state.candidates if a.id in self._marked]
        if not chosen and not self._none:
            self._message = "Nothing is marked: a digit marks, 0 says none, Enter commits."
            return
        if not self._case.needs_reason(state.place, chosen):
            self._case.commit(state.place, chosen)
            self._after_commit()
            return
        refused = self._case.refusal(state.place, chosen)
        if refused is not None:
            raise refused
        reasons = list(self._case.pathway.common.reasons.items())
        proposed = [a.recommendation.title for a in state.candidates if a.id in state.proposal]
        page = Page(inner_width(self.size.width))
        page.add(f"Proposed: {', '.join(proposed) or 'nothing; find out first what is named'}.")

        def take(reason: str | None) -> None:
            if reason is not None:
                self._guarded(lambda: self._case.commit(state.place, chosen, reason))
                self._after_commit()

        self.app.push_screen(
            ChooseScreen("Why another choice than the proposed?", reasons, page), take
        )

    def _after_commit(self) -> None:
        state = self._case.situation.decision(self._place)
        if state is not None and state.commitment is not None:
            self._turn_to_current()
        self._after_command()

    def _undo(self) -> None:
        self._case.undo()
        self._message = "The last answer is undone."
        if self._place not in self._case.situation.places:
            self._turn_to_current()
        self._after_command()

    def _switch_reader(self) -> None:
        self._reader = "trainee" if self._reader == "clinician" else "clinician"
        self._message = f"Wording for the {self._reader}."


def _day(typed: str) -> date | None:
    return parse_date(typed) if typed.strip() else None
