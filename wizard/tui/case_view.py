"""What a case shows: one page at a time, drawn again after every command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from wizard.case.api import (
    Absence,
    Advice,
    DecisionState,
    Fact,
    Item,
    OpenCase,
    Place,
    Value,
)
from wizard.errors import PathwizardError
from wizard.tui import pages
from wizard.tui.dialogs import Armed
from wizard.tui.keys import footer_words
from wizard.tui.line_editor import LineEditor
from wizard.tui.paint import Page, Painted, content_of

WIDE = 110


class CaseView(Screen[None], Armed):
    """The page in view, the line being typed, and the message below it.

    `render` makes a report of the case in one of the formats, `save` writes it to a new file and
    gives its path, `suggest` names a file that is not there yet.
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
        self._still_holds: dict[str, Fact] = {}
        self._asked_about: Value | None = None
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

    def _stands_here(self) -> bool:
        """Whether the case rests at the enquiry in view."""
        stop = self._case.situation.current.stop
        return stop.place == self._place and stop.kind in ("asks", "waits")

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
            page.add(f"About this step: {step.teaching}")

    def _guarded(self, command: Callable[[], object], done: str = "") -> None:
        """Runs a command and says `done`; what it refuses is said instead, and nothing is lost."""
        try:
            command()
            self._message = done or self._message
        except PathwizardError as error:
            self._message = error.message()
        self._show()
