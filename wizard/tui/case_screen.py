"""The one screen on which a case is walked; it is updated in place, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from wizard.case.api import (
    STAGES,
    Absence,
    Absent,
    Advice,
    AlertState,
    Answer,
    Choice,
    DecisionState,
    Fact,
    Item,
    Multi,
    OpenCase,
    Place,
    Status,
    Truth,
    awaited,
    fact_of,
    fact_words,
    is_unusual,
    value_from_text,
)
from wizard.errors import BadInput, PathwizardError
from wizard.text import parse_date, safe
from wizard.tui import pages
from wizard.tui.dialogs import (
    Armed,
    AskScreen,
    CardScreen,
    ChooseScreen,
    Field,
    PageScreen,
    inner_width,
)
from wizard.tui.keys import action_of, footer_words
from wizard.tui.line_editor import LineEditor, one_line_paste
from wizard.tui.paint import Page, Painted, content_of

WIDE = 110
REASONS_OF_ABSENCE = {
    "unknown": Absence.NOT_KNOWN,
    "not_done": Absence.NOT_DONE,
    "declined": Absence.DECLINED,
    "not_applicable": Absence.NOT_APPLICABLE,
}


class CaseScreen(Screen[None], Armed):
    """Walks a case: enquiries, decisions, waiting points, ends.

    `render` makes a report of the case in one of the formats; `save` writes it to a new file and
    gives its path; `changed` is called with the reader's wording so that it is kept.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        case: OpenCase,
        contacts: Mapping[str, str],
        render: Callable[[OpenCase, str], str],
        save: Callable[[OpenCase, str], Path],
        suggest: Callable[[OpenCase], str],
    ) -> None:
        super().__init__()
        self._case = case
        self._contacts = contacts
        self._render_report = render
        self._save_report = save
        self._suggest = suggest
        self._place: Place = case.situation.current.stop.place
        self._at_end = case.situation.current.finished
        self._cursor = 0
        self._marked: set[str] = set()
        self._none = False
        self._message = ""
        self._reader = "clinician"
        self._spoken: set[str] = set()
        self._line: LineEditor | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="header")
        yield Static(id="rail")
        yield Static(id="alarm")
        yield Static(id="echo")
        with Horizontal(id="body"):
            with VerticalScroll(id="main", can_focus=False):
                yield Static(id="page")
            with VerticalScroll(id="inspector", can_focus=False):
                yield Static(id="why")
        yield Static(id="value")
        yield Static(id="message")
        yield Static(id="footer")

    def on_mount(self) -> None:
        """Shows where the case rests; a result that is awaited is asked for first."""
        self.show_place(self._place)
        self._after_command()

    def on_resize(self) -> None:
        """Draws again for the new size."""
        self._show()

    # What is in view

    def show_place(self, place: Place | None) -> None:
        """Another page: the first unanswered item is the current one, nothing is marked."""
        self._at_end = place is None
        self._place = place or self._case.situation.current.stop.place
        self._marked, self._none, self._line = set(), False, None
        state = self._decision()
        if state is not None and state.commitment is not None:
            self._marked = set(state.commitment.candidates)
            self._none = not state.commitment.candidates
        self._cursor = 0 if state is not None else self._first_open()
        self.disarm()
        self._show()

    def _turn_to_current(self) -> None:
        trail = self._case.situation.current
        self.show_place(None if trail.finished else trail.stop.place)

    def _items(self) -> list[tuple[str, Item]]:
        return self._case.asked(self._place)

    def _decision(self) -> DecisionState | None:
        if self._at_end:
            return None
        return self._case.situation.decision(self._place)

    def _first_open(self) -> int:
        if self._at_end:
            return 0
        for number, (name, _) in enumerate(self._items()):
            fact = self._case.fact(name, self._place)
            if fact is None or not fact.is_answer or fact.absence is Absence.AWAITED:
                return number
        return 0

    def _current(self) -> tuple[str, Item] | None:
        if self._at_end or self._decision() is not None:
            return None
        items = self._items()
        return items[min(self._cursor, len(items) - 1)] if items else None

    def _candidate(self) -> Advice | None:
        state = self._decision()
        return state.candidates[min(self._cursor, len(state.candidates) - 1)] if state else None

    def _show(self) -> None:
        if not self.is_mounted:
            return
        wide = self.size.width >= WIDE
        inspector = self.query_one("#inspector")
        inspector.display = wide
        width = max(20, (self.size.width * 3 // 5 if wide else self.size.width) - 4)
        page = Page(width)
        state = self._decision()
        if self._at_end:
            pages.ended(self._case, page)
        elif state is not None:
            pages.decision(self._case, state, self._marked, self._none, self._cursor, page)
        else:
            pages.enquiry(self._case, self._place, self._cursor, self._reader, page)
        alarm, style = pages.alarm(self._case.situation)
        self._set("#header", [Painted(pages.header(self._case))])
        self._set("#rail", [Painted(pages.rail(self._case, self._place))])
        self._set("#alarm", [Painted(alarm, style)])
        self._set("#echo", [Painted(pages.so_far(self._case.situation), "bold")])
        self.query_one("#page", Static).update(page.content())
        value = self.query_one("#value", Static)
        value.display = self._line is not None
        current = self._current()
        if self._line is not None and current is not None:
            value.update(self._line.content(f"{current[1].label}: "))
        self._set("#message", [Painted(self._message, "bold")])
        self._set("#footer", [Painted(footer_words(), "dim")])
        main = self.query_one("#main", VerticalScroll)
        main.scroll_to(y=max(0, page.current - 4), animate=False)
        if wide:
            why = Page(max(20, self.size.width * 2 // 5 - 4))
            self._fill_why(why)
            self.query_one("#why", Static).update(why.content())

    def _set(self, selector: str, lines: list[Painted]) -> None:
        page = Page(max(20, self.size.width))
        for line in lines:
            page.add(line.text, line.style)
        self.query_one(selector, Static).update(content_of(page.lines))

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

    def _guarded(self, command: Callable[[], None]) -> None:
        """Runs a command; what it refuses is said, and nothing is lost."""
        try:
            command()
        except PathwizardError as error:
            self._message = error.message()
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

    def _stands_here(self) -> bool:
        """Whether the case rests at the enquiry in view."""
        stop = self._case.situation.current.stop
        return stop.place == self._place and stop.kind in ("asks", "waits")

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
        self._keep(current[0], before)

    def _keep(self, name: str, fact: Fact, *, move: bool = True) -> None:
        """Takes an answer; a change of an earlier one is shown before it is kept."""
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
                return
        self._case.answer(name, fact, self._place)
        if move:
            self._advance(name)
        self._after_command()

    def _was_awaited(self, fact: Fact | None) -> bool:
        return fact is not None and fact.absence is Absence.AWAITED

    def _kept(self, said: str | None, name: str, fact: Fact) -> None:
        if said == "keep":
            self._guarded(lambda: self._case.answer(name, fact, self._place))
            self._message = "Changed and saved."
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
                self._guarded(lambda: self._keep(name, fact))

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
        unusual = self._message.startswith("Unusual")
        self._message = ""
        try:
            value = value_from_text(name, item, line.entered)
            fact = fact_of(value, self._case.state.as_of)
            if is_unusual(item, value) and not unusual:
                self._message = f"Unusual: {fact_words(item, fact)}. Enter again takes it."
                return
            self._keep(name, fact)
            self._line = None
            self._message = self._message or f"{item.label}: {fact_words(item, fact)}"
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

    # What follows a command

    def _after_command(self) -> None:
        """Cards that are due, items that stopped applying; then the page is drawn again."""
        if self.app.screen is not self:
            return
        speaking = [s for s in self._case.situation.alerts if s.speaks]
        if speaking and speaking[0].id not in self._spoken:
            self._spoken.add(speaking[0].id)
            self._show_card(speaking[0], len(speaking) - 1)
            return
        self._spoken &= {s.id for s in speaking}
        stopped = self._case.situation.stopped_applying
        if stopped:
            self._ask_aside(stopped[0])
            return
        self._show()

    def _carded(self, alert: str, said: str | None) -> None:
        if said == "k":
            fields = [Field("Who has it in hand?"), Field("Since when?")]

            def take(values: tuple[str, ...] | None) -> None:
                if values is not None:
                    self._guarded(lambda: self._case.take_in_hand(alert, values[0], values[1]))
                self._after_command()

            self.app.push_screen(AskScreen("Known and in hand", fields, _both_given), take)
            return
        if said == "c":
            self._guarded(lambda: self._case.continue_work_up(alert))
        elif said == "g":
            self._turn_to_current()
        self._after_command()

    def _ask_aside(self, name: str) -> None:
        item = next(p.items[name] for p in self._case.situation.pathways if name in p.items)
        page = Page(inner_width(self.size.width))
        fact = self._case.state.facts.facts[name]
        page.add(f"{item.label}: {fact_words(item, fact[max(fact)])}")
        for state in self._case.alerts_resting_on(name):
            page.add(f"It keeps an emergency present: {state.alert.title}", "bold")
        options = [("aside", "Set it aside (kept, listed, not used)"), ("keep", "It still holds")]

        def take(said: str | None) -> None:
            if said == "aside":
                self._guarded(lambda: self._case.set_aside(name, confirmed=True))
                self._after_command()
            else:
                self._message = f"{item.label} is kept although it no longer applies."
                self._show()

        self.app.push_screen(ChooseScreen("This no longer applies:", options, page), take)

    # Pages to read

    def _read(self, title: str, fill: Callable[[Page], None]) -> None:
        page = Page(inner_width(self.size.width))
        fill(page)
        self.app.push_screen(PageScreen(title, page))

    def _fill_why(self, page: Page) -> None:
        current, candidate = self._current(), self._candidate()
        if current is not None:
            pages.why_item(self._case, current[0], current[1], self._reader, page)
        elif candidate is not None:
            pages.why_advice(self._case, candidate, page)
        else:
            pages.all_advice(self._case, page)
        step = self._case.situation.step(self._place)
        if self._reader == "trainee" and step.teaching and not self._at_end:
            page.add()
            page.add(f"Teaching note: {step.teaching}")

    def _why(self) -> None:
        self._read("Why", self._fill_why)

    def _evidence(self) -> None:
        current, candidate = self._current(), self._candidate()
        step = self._case.situation.step(self._place)

        def fill(page: Page) -> None:
            if candidate is not None:
                recommendation = candidate.recommendation
                pages.conflicts(self._case, candidate, page)
                claims = [*recommendation.claims]
                claims += [c for a in recommendation.arguments for c in a.claims]
                claims += [c for n in recommendation.notes for c in n.claims]
            else:
                claims = [*(current[1].claims if current is not None else ()), *step.claims]
            pages.evidence(self._case, tuple(dict.fromkeys(claims)), page)

        self._read("Evidence", fill)

    def _advice(self) -> None:
        self._read("All advice now", lambda page: pages.all_advice(self._case, page))

    def _emergency(self) -> None:
        states = sorted(self._case.situation.alerts, key=lambda s: s.truth is not Truth.TRUE)
        items = [(state.id, pages.emergency_words(state)) for state in states]

        def take(alert: str | None) -> None:
            if alert is None:
                return
            state = next(s for s in states if s.id == alert)
            if state.truth is Truth.TRUE:
                self._show_card(state)
            else:
                self._jump_to_item(state.deciding)

        self.app.push_screen(ChooseScreen("Emergency now: which?", items), take)

    def _show_card(self, state: AlertState, behind: int = 0) -> None:
        """The card of an emergency; `behind` more wait behind it."""
        page = Page(inner_width(self.size.width))
        pages.card(self._case, state, self._contacts, page)
        self.app.push_screen(CardScreen(page, behind), lambda said: self._carded(state.id, said))

    def _jump_to_item(self, items: tuple[str, ...]) -> None:
        """To the step that asks one of these items, wherever it stands on a trail."""
        for place in self._case.situation.places:
            names = [n for n, _ in self._case.asked(place)]
            for name in items:
                if name in names:
                    self.show_place(place)
                    self._cursor = names.index(name)
                    self._show()
                    return
        self._message = "The step that asks it is not reached yet."
        self._show()

    def _trail(self) -> None:
        situation = self._case.situation
        places = situation.places
        options = [
            (str(n), f"{STAGES[situation.step(p).stage]}: {situation.step(p).title}")
            for n, p in enumerate(places)
        ]

        def take(number: str | None) -> None:
            if number is not None:
                self.show_place(places[int(number)])

        self.app.push_screen(ChooseScreen("Trail: jump to a step", options), take)

    def _check(self) -> None:
        """Check your answers: every answer by stage, each a way back to its step."""
        situation = self._case.situation
        rows: list[tuple[str, str]] = []
        listed_before: set[tuple[str, int]] = set()
        for number, place in enumerate(situation.places):
            step = situation.step(place)
            state = situation.decision(place)
            for name, item in self._case.asked(place):
                if (name, place.visit) in listed_before:
                    continue
                listed_before.add((name, place.visit))
                fact = self._case.fact(name, place)
                words = fact_words(item, fact) if fact is not None else "not asked"
                rows.append((f"{number}:{name}", f"{STAGES[step.stage]} - {item.label}: {words}"))
            if state is not None and state.commitment is not None:
                titles = {a.id: a.recommendation.title for a in state.candidates}
                taken = ", ".join(titles.get(c, c) for c in state.commitment.candidates) or "none"
                rows.append(
                    (f"{number}:", f"{STAGES[step.stage]} - {state.decision.question} {taken}")
                )
        page = Page(inner_width(self.size.width))
        missing = [s.alert.title for s in situation.alerts if s.truth is Truth.UNKNOWN]
        page.add(f"Not yet excluded ({len(missing)}): {', '.join(missing) or 'none'}")
        open_items = sum(1 for _, words in rows if words.endswith((": not asked", ": not known")))
        page.add(f"Not known or not asked ({open_items})")
        page.add(f"Set aside ({len(self._case.state.facts.set_aside)})")
        page.add("Enter on a row changes it.", "dim")
        rows.insert(
            0,
            (
                "final",
                "All checked: the next report is final"
                if situation.current.finished
                else "All checked so far: back to the work-up",
            ),
        )

        def take(row: str | None) -> None:
            if row is None:
                return
            if row == "final":
                if situation.current.finished:
                    self._guarded(self._case.mark_checked)
                    self._message = "Checked. The report is now final until an answer changes."
                self._show()
                return
            number, name = row.split(":", 1)
            place = situation.places[int(number)]
            self.show_place(place)
            names = [n for n, _ in self._case.asked(place)]
            self._cursor = names.index(name) if name in names else 0
            self._show()

        self.app.push_screen(ChooseScreen("Check your answers", rows, page), take)

    def _report(self) -> None:
        page = Page(80)
        self._fill_report(page, self._render_report(self._case, "text"))
        screen = PageScreen("Report", page, can_save=True)
        self.app.push_screen(screen, lambda wanted: self._ask_file() if wanted else None)

    def _call_sheet(self) -> None:
        text = self._render_report(self._case, "call-sheet")
        self._read("Call sheet", lambda page: self._fill_report(page, text))

    def _fill_report(self, page: Page, text: str) -> None:
        for line in text.splitlines():
            page.lines.append(Painted(line))

    def _ask_file(self) -> None:
        written: list[Path] = []

        def check(values: tuple[str, ...]) -> str | None:
            try:
                written.append(self._save_report(self._case, values[0].strip()))
            except PathwizardError as error:
                return error.message()
            return None

        def done(values: tuple[str, ...] | None) -> None:
            if values is not None and written:
                self._message = f"Report written: {written[-1]}"
                self._show()

        label = "New file: .txt, .md, .html, .json, or .yaml for the answers"
        field = Field(label, self._suggest(self._case))
        self.app.push_screen(AskScreen("Save the report", [field], check), done)

    def _respond(self) -> None:
        advice = [a for a in self._case.situation.listed if a.status is not Status.BLOCKED]
        if not advice:
            self._message = "There is no advice to respond to."
            return
        titles = [(a.id, f"{a.recommendation.title} ({a.status_words})") for a in advice]

        def chosen(name: str | None) -> None:
            if name is None:
                return
            answers = [(str(a), str(a)) for a in Answer]
            self.app.push_screen(
                ChooseScreen("Response", answers), lambda said: self._responded(name, said)
            )

        self.app.push_screen(ChooseScreen("Respond to which advice?", titles), chosen)

    def _responded(self, name: str, said: str | None) -> None:
        if said is None:
            return
        answer = Answer(said)
        if answer is Answer.ACCEPTED or answer is Answer.ALREADY_DONE:
            self._guarded(lambda: self._case.respond(name, answer))
            self._message = f"Noted: {said}."
            self._show()
            return
        reasons = list(self._case.pathway.common.reasons.items())

        def take(reason: str | None) -> None:
            if reason is not None:
                self._guarded(lambda: self._case.respond(name, answer, reason))
                self._message = f"Noted: {said}."
                self._show()

        self.app.push_screen(ChooseScreen("For what reason?", reasons), take)

    def _undo(self) -> None:
        self._case.undo()
        self._message = "The last answer is undone."
        if self._place not in self._case.situation.places:
            self._turn_to_current()
        self._after_command()

    def _switch_reader(self) -> None:
        self._reader = "trainee" if self._reader == "clinician" else "clinician"
        self._message = f"Wording for the {self._reader}."

    def _keys(self) -> None:
        self._read("Keys", pages.keys)

    def _leave(self) -> None:
        options = [("leave", "Leave; everything is saved"), ("stay", "Stay")]
        title = (
            f"Leave {self._case.state.label}? Resume: pathwizard resume {self._case.state.label}"
        )

        def take(said: str | None) -> None:
            if said == "leave":
                self.dismiss(None)

        self.app.push_screen(ChooseScreen(title, options), take)


def _day(typed: str) -> date | None:
    return parse_date(typed) if typed.strip() else None


def _both_given(values: tuple[str, ...]) -> str | None:
    return None if all(value.strip() for value in values) else "Both are needed."
