"""The one screen on which a case is walked: keys, answers, decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial

from textual import events

from wizard.case import body_map, choices, pages
from wizard.case.actions import REASONS_OF_ABSENCE
from wizard.case.api import (
    Absence,
    Absent,
    DecisionState,
    Fact,
    Place,
    Value,
    awaited,
    fact_of,
    fact_words,
    is_unusual,
)
from wizard.case.asking import check_awaited, held_multi, same_as_before
from wizard.case.body_map import Target
from wizard.case.choices import KEEP
from wizard.case.typed import expected_day, expected_prompt, pressed_value, typed_value
from wizard.errors import BadInput
from wizard.text import safe
from wizard.tui.case_dialogs import CaseDialogs, given
from wizard.tui.dialogs import (
    NOT_TAKEN,
    SEVERAL_LINES,
    AskScreen,
    ChooseScreen,
    Field,
    inner_width,
)
from wizard.tui.inspector import TABS
from wizard.tui.keys import READ_ON
from wizard.tui.line_editor import LineEditor, one_line_paste
from wizard.tui.paint import Page

_FUNCTION_KEY = re.compile(r"f\d{1,2}")


class CaseScreen(CaseDialogs):
    """Walks a case: enquiries, decisions, waiting points, ends."""

    def on_mount(self) -> None:
        """Shows where the case rests; a result that is awaited is asked for first."""
        self.watch_what_is_below()
        self._show()
        self._after_command()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key of the screen, in the order typed; an open line takes what is text."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            self._say_not_taken()
            return
        if self._line is not None:
            self._edit(self._line, event)
            return
        action = self.case_keys.action(event.key, event.character)
        if action in READ_ON:
            self.read_on(READ_ON[action])
            return
        self._message = ""
        if action is not None:
            self._guarded(lambda: self._act(action))
        elif event.character and event.character in "123456789":
            self._guarded(lambda: self._digit(int(event.character or "0")))
        elif event.character and event.is_printable:
            self._guarded(lambda: self._start_typing(event.character or ""))

    def _say_not_taken(self) -> None:
        if self.app.screen is self and NOT_TAKEN not in self._message:
            self._message = f"{self._message} {NOT_TAKEN}".strip()
            self._show()

    def _edit(self, line: LineEditor, event: events.Key) -> None:
        """A key while a value is typed: Enter takes it, Esc closes, F-keys act as always.

        A search leaves what was typed as it is.
        """
        if event.key == "enter":
            self._guarded(lambda: self._typed(line))
        elif event.key in ("escape", "shift+tab", "ctrl+c"):
            self._line, self._message = None, ""
        elif _FUNCTION_KEY.fullmatch(event.key):
            action = self.case_keys.action(event.key)
            if action == "search":
                self._search()
            elif action is not None and action not in READ_ON:
                self._line = None
                self._guarded(lambda: self._act(action))
        elif line.press(event.key, event.character):
            self._message = ""
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Text goes into the open line; several lines are refused aloud."""
        event.stop()
        pasted = one_line_paste(event.text)
        if pasted is None:
            self._message = SEVERAL_LINES
        elif self._line is not None:
            self._line.paste(event.text)
        else:
            self._message = f"'{safe(pasted)[:40]}' was not pasted: {self._why_no_paste()}"
        self._show()

    def _why_no_paste(self) -> str:
        current = self._cursor.item
        if current is None or not current[1].options:
            return "no line is open; Enter opens one where words or a number are asked."
        item = current[1]
        return f"{item.label} takes a digit from 1 to {len(item.options)}, pressed as a key."

    def _act(self, action: str) -> None:
        if action != "await" and action in REASONS_OF_ABSENCE:
            self._absent(REASONS_OF_ABSENCE[action])
            return
        if action in TABS:
            self._inspect(action)
            return
        {
            "next": self._next,
            "back": self._back,
            "up": lambda: self._cursor.move(-1),
            "down": lambda: self._cursor.move(1),
            "await": self._await,
            "none": self._take_none,
            "rest": self._rest,
            "same": self._same,
            "body_map": self._body_map,
            "advice": self._advice,
            "what_if": self._what_if,
            "trail": self._trail,
            "check": self._check,
            "search": self._search,
            "emergency": self._emergency,
            "report": self._report,
            "call_sheet": self._call_sheet,
            "respond": self._respond,
            "undo": self._undo,
            "redo": self._redo,
            "reader": self._switch_reader,
            "keys": self._keys,
            "leave": self._leave,
        }[action]()

    def _what_if(self) -> None:
        """A variant of the case, from the page in view on; within it, what differs."""
        from wizard.case.variant import HOW, LEFT, Variant, now_and_then

        case = self._case
        if isinstance(case, Variant):
            self._read("What if: now and then", lambda page: now_and_then(case, page))
            return

        variant = Variant(case)

        def back(_: None) -> None:
            self._message = LEFT
            self._show()
            if variant.wanted:
                self._keep_tried(variant)

        tried = CaseScreen(variant, self._desk, ends_program=False)
        tried.show_place(self._cursor.place)
        tried._message = HOW.format(key=self.case_keys.letter("what_if"))
        self.app.push_screen(tried, back)

    def _next(self) -> None:
        cursor = self._cursor
        current = cursor.item
        if cursor.at_end:
            check, report = self.case_keys.letter("check"), self.case_keys.letter("report")
            self._message = (
                f"The work-up has ended. {check} checks the answers, {report} makes the report."
            )
        elif cursor.decision is not None:
            self._commit(cursor.decision)
        elif not cursor.open:
            cursor.turn_to_current()
        elif current is not None and not current[1].options and not cursor.answered(current[0]):
            self._start_typing("")
        else:
            self._message = cursor.skip()

    def _back(self) -> None:
        if not self._cursor.turn_back():
            self._message = "This is the first step."

    # Answers

    def _digit(self, digit: int) -> None:
        if self._cursor.decision is not None:
            self._cursor.mark(digit)
            return
        name, item = self._cursor.asked()
        if item.options:
            held = held_multi(self._case, name, self._cursor.place)
            fact = self._fact(pressed_value(item, held, digit))
            self._keep({name: fact}, item.type == "multi")
        else:
            self._start_typing(str(digit))

    def _take_none(self) -> None:
        if self._cursor.decision is not None:
            self._message = self._cursor.choose_none()
            return
        name, item = self._cursor.asked()
        if item.options:
            held = held_multi(self._case, name, self._cursor.place)
            self._keep({name: self._fact(typed_value(item, held, "0"))})
        else:
            self._start_typing("0")

    def _absent(self, reason: Absence) -> None:
        self._keep({self._cursor.asked()[0]: self._fact(Absent(reason))})

    def _same(self) -> None:
        name, _ = self._cursor.asked()
        self._keep({name: same_as_before(self._case, name, self._cursor.place)})

    def _rest(self) -> None:
        self._message = self._cursor.rest()
        self._after_command()

    def _fact(self, value: Value) -> Fact:
        return fact_of(value, self._case.state.as_of)

    def _body_map(self) -> None:
        """Bones in a drawing; what is chosen there answers the items that it stands for."""
        from wizard.tui.body_map_screen import BodyMapScreen

        case, place = self._case, self._cursor.place
        self._cursor.asked()

        def take(target: Target | None) -> None:
            if target is not None:
                self._guarded(lambda: self._keep_target(target))

        shown = body_map.regions(case, place)
        self.app.push_screen(BodyMapScreen(case, place, shown), take)

    def _keep_target(self, target: Target) -> None:
        answers = body_map.facts(self._case, self._cursor.place, target)
        if answers:
            self._keep(answers)
        else:
            self._message = body_map.ANSWERED.format(target.words)

    def _keep(self, answers: Mapping[str, Fact], more: bool = False) -> None:
        """Takes answers; what a change of an earlier one changes is shown before it is kept."""
        found = self._cursor.change(answers)
        if found is None:
            self._take(answers, more)
            return
        page = Page(inner_width(self.size.width))
        pages.changed(found, page, self._cursor.replaced(answers))

        def take(kept: bool | None) -> None:
            if kept:
                self._guarded(lambda: self._take(answers, more))
            else:
                self._message = "It stays as it was."
                self._show()

        self.app.push_screen(ChooseScreen("This would change:", KEEP, page, marked=False), take)

    def _take(self, answers: Mapping[str, Fact], more: bool) -> None:
        before = self._cursor.at
        self._message = self._cursor.take(answers, more=more)
        self._line = None
        if self._cursor.at < before:
            # Nobody who types ahead expects the mark further up.
            self.disarm()
        if not self._cursor.open:
            self._message += " Enter goes on."
        self._after_command()

    def _await(self) -> None:
        name, item = self._cursor.asked()
        check_awaited(item)
        as_of = self._case.state.as_of
        fields = [
            Field("Awaited from whom?", check=given),
            Field(expected_prompt(as_of), check=lambda typed: _day_refused(typed, as_of)),
            Field("Who chases it? (or empty: nobody yet)"),
        ]

        def take(values: tuple[str, ...] | None) -> None:
            if values is not None:
                sender, due, chased_by = values
                fact = awaited(as_of, sender, expected_day(due, as_of), chased_by)
                self._guarded(partial(self._keep, {name: fact}))

        self.app.push_screen(AskScreen(f"{item.label}: awaited", fields), take)

    def _start_typing(self, first: str) -> None:
        """Opens the line for a value, with the unit behind it."""
        _, item = self._cursor.asked()
        if item.options:
            mend = f"It takes a digit from 1 to {len(item.options)}."
            raise BadInput(f"'{first}' is not taken by {item.label}", mend=mend)
        self._line = LineEditor(first, unit=item.unit or "")
        self._asked_about = None

    def _typed(self, line: LineEditor) -> None:
        """Takes a typed value; what cannot be read stays in the line with the reason below."""
        name, item = self._cursor.asked()
        value = typed_value(item, held_multi(self._case, name, self._cursor.place), line.text)
        if isinstance(value, Absent) and value.reason is Absence.AWAITED:
            self._await()
            return
        fact = self._fact(value)
        if is_unusual(item, value) and self._asked_about != value:
            self._asked_about = value
            self._message = f"Unusual: {fact_words(item, fact)}. Enter again takes it."
            return
        self._keep({name: fact})

    # Decisions

    def _commit(self, state: DecisionState) -> None:
        chosen = self._cursor.to_commit()
        if chosen is None:
            self._cursor.turn_to_current()
            return
        if not self._case.needs_reason(state.place, chosen):
            self._take_decision(state.place, chosen)
            return
        reasons = choices.reasons(self._case)
        page = Page(inner_width(self.size.width))
        page.add(pages.proposed_words(state))

        def take(reason: str | None) -> None:
            if reason is not None:
                self._guarded(lambda: self._take_decision(state.place, chosen, reason))

        self.app.push_screen(ChooseScreen(choices.WHY_ANOTHER, reasons, page, marked=False), take)

    def _take_decision(
        self, place: Place, chosen: tuple[str, ...], reason: str | None = None
    ) -> None:
        self._case.commit(place, chosen, reason)
        self._cursor.turn_to_current()
        self._after_command()

    def _undo(self) -> None:
        self._message = self._cursor.undo()
        self._after_command()

    def _redo(self) -> None:
        self._message = self._cursor.redo()
        self._after_command()

    def _switch_reader(self) -> None:
        self._reader = "trainee" if self._reader == "clinician" else "clinician"
        self._message = f"Wording for the {self._reader}."


def _day_refused(typed: str, as_of: date) -> str:
    try:
        expected_day(typed, as_of)
    except BadInput as error:
        return error.said()
    return ""
