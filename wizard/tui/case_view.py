"""What a case shows: one page at a time, drawn again after every command."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Static

from wizard.case import choices, inspection, pages
from wizard.case.api import OpenCase, Place, Value
from wizard.case.cursor import Cursor
from wizard.case.interruptions import Interruptions
from wizard.desk import Desk
from wizard.errors import PathwizardError
from wizard.tui import case_pages, inspector
from wizard.tui.dialogs import Armed
from wizard.tui.keys import footer_words, typing_words
from wizard.tui.line_editor import LineEditor
from wizard.tui.paint import Lines, Page, Painted
from wizard.tui.real_cursor import at

WIDE = 110
"""From so many columns on the inspector stands beside the question."""
WIDEST = 150
"""From so many columns on the trail stands there as well."""


class CaseView(Screen[None], Armed):
    """The page in view, the line being typed, and the message below it."""

    AUTO_FOCUS = ""

    def __init__(self, case: OpenCase, desk: Desk, *, ends_program: bool) -> None:
        super().__init__()
        self._ends_program = ends_program
        self._case = case
        self._desk = desk
        self._cursor = Cursor(case, desk.keys)
        self._drawn: object = None
        self._message = desk.other_day(case)
        self._reader = desk.reader
        self._tab = "why"
        self._interruptions = Interruptions(case)
        self._asked_about: Value | None = None
        self._line: LineEditor | None = None
        self._marked_line = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="header")
        yield Lines(id="rail")
        yield Lines(id="alarm")
        yield Lines(id="echo")
        with Horizontal(id="body"):
            with VerticalScroll(id="trail", can_focus=False):
                yield Lines(id="steps", fills=True)
            with VerticalScroll(id="main", can_focus=False):
                yield Lines(id="page", fills=True)
            with Vertical(id="inspector"):
                yield Lines(id="tabs")
                with VerticalScroll(id="shown", can_focus=False):
                    yield Lines(id="tab", fills=True)
        with Vertical(id="said"):
            yield Static(id="value")
            yield Lines(id="message")
        yield Lines(id="footer")

    def on_resize(self) -> None:
        """Draws again for the new size."""
        self._show()

    def watch_what_is_below(self) -> None:
        """The footer says that there is more below as soon as the layout knows it."""
        main = self.query_one("#main", VerticalScroll)
        for known in ("show_vertical_scrollbar", "scroll_y"):
            self.watch(main, known, self._set_footer, init=False)

    def on_screen_suspend(self) -> None:
        """Under a dialog no key of the case works, so that none is named."""
        self._set_footer()

    def on_screen_resume(self) -> None:
        """Names the keys again."""
        self._set_footer()

    @property
    def label(self) -> str:
        """The label of the case."""
        return self._case.state.label

    @property
    def heading(self) -> str:
        """What every dialog above this screen says as well; empty for a case that is kept."""
        return self._case.heading

    # What is in view

    def show_place(self, place: Place) -> None:
        """Another step, on its first open item."""
        self._cursor.turn_to(place)
        self._show()

    def _note_changes(self) -> None:
        """On another page, and where questions came or went, keys wait until that is painted."""
        drawn = (self._cursor.place, self._cursor.at_end, self._cursor.is_beside)
        news = self._cursor.news()
        if drawn != self._drawn:
            self._line = None
        if drawn != self._drawn or news:
            self.disarm()
        self._drawn = drawn
        self._message = f"{self._message} {news}".strip()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        self._cursor.follow()
        self._note_changes()
        cursor = self._cursor
        parts = _columns(self.size.width)
        for selector, columns in parts.items():
            part = self.query_one(selector)
            part.display = columns > 0
            part.styles.width = columns
        page = Page(max(20, parts["#main"] - 4))
        if cursor.at_end:
            case_pages.ended(self._case, self.case_keys, page)
        elif cursor.decision is not None:
            case_pages.decision(
                self._case, cursor.decision, cursor.marked, cursor.at, self.case_keys, page
            )
        else:
            case_pages.enquiry(cursor, self._reader, self.case_keys, page)
        alarm, style = pages.alarm(self._case.situation, self.case_keys)
        self._set("#header", [Painted(pages.header(self._case))])
        self._set("#rail", [Painted(case_pages.rail(self._case, cursor.place))])
        self._set("#alarm", [Painted(alarm, style)])
        self._set("#echo", [Painted(pages.so_far(self._case), "bold")])
        self.query_one("#page", Lines).put(page.lines)
        self._marked_line = page.current
        value = self.query_one("#value", Static)
        value.display = self._line is not None
        if self._line is not None and cursor.item is not None:
            value.update(self._line.content(self._line_label))
        self._set("#message", [Painted(self._message, "bold")])
        self.query_one("#message").display = bool(self._message) or not value.display
        self._keep_in_view("#main", page)
        self.call_after_refresh(self._set_footer)
        if self.inspects:
            self._show_beside("#shown", "#tab", parts["#inspector"], self._fill_tab)
            self._set("#tabs", inspector.heads(self._tab, self.case_keys))
        if parts["#trail"]:
            self._show_beside("#trail", "#steps", parts["#trail"], self._fill_trail)

    @property
    def _line_label(self) -> str:
        """What stands before the line that is typed."""
        item = self._cursor.item
        return "" if item is None else f"{item[1].label}: "

    def cursor_at(self) -> Offset:
        """In the line that is typed, else on the marked question or candidate."""
        if self._line is not None:
            return at(self.query_one("#value"), 0, self._line.column(self._line_label))
        return at(self.query_one("#page"), self._marked_line)

    def read_on(self, pages: int) -> None:
        """So many pages down the question, up where negative."""
        main = self.query_one("#main", VerticalScroll)
        main.scroll_relative(y=pages * max(1, main.size.height - 2), animate=False)
        self.call_after_refresh(self._set_footer)

    def _set_footer(self) -> None:
        main = self.query_one("#main", VerticalScroll)
        more = main.scroll_offset.y < main.max_scroll_y
        if self.app.screen is not self:
            words = ""
        elif self._line is not None:
            words = typing_words()
        else:
            words = footer_words(self.case_keys, more=more)
        self._set("#footer", [Painted(words, "dim")])

    @property
    def inspects(self) -> bool:
        """Whether the inspector stands beside the question."""
        return self.size.width >= WIDE

    def _show_beside(
        self, scroll: str, static: str, columns: int, fill: Callable[[Page], None]
    ) -> None:
        page = Page(max(20, columns - 4))
        fill(page)
        self.query_one(static, Lines).put(page.lines)
        self._keep_in_view(scroll, page)

    def _keep_in_view(self, scroll: str, page: Page) -> None:
        """Scrolls a page once it is laid out, no further than what is kept in view asks for."""
        part = self.query_one(scroll)

        def keep() -> None:
            last = max(page.end, page.current + 1) - part.size.height
            part.scroll_to(y=max(0, min(last, page.current)), animate=False)

        self.call_after_refresh(keep)

    def _fill_tab(self, page: Page) -> None:
        inspector.fill(self._tab, self._case, self._view(), page)

    def _fill_trail(self, page: Page) -> None:
        page.add(f"Trail ({self.case_keys.letter('trail')} jumps)", "bold")
        for place, words in choices.steps(self._case):
            here = place == self._cursor.place and not self._cursor.at_end
            if here:
                page.here()
            page.add(words, "bold" if here else "dim", "> " if here else "  ", "    ")

    def _set(self, selector: str, lines: list[Painted]) -> None:
        page = Page(max(20, self.size.width))
        for line in lines:
            page.add(line.text, line.style)
        self.query_one(selector, Lines).put(page.lines)

    def _view(self) -> inspection.View:
        return self._cursor.view(self._reader, self._cursor.candidate)

    def _guarded(self, command: Callable[[], object], done: str = "") -> None:
        """Runs a command and says `done`; what it refuses is said instead, and nothing is lost."""
        try:
            command()
            self._message = done or self._message
        except PathwizardError as error:
            self._message = error.said()
        self._show()


def _columns(width: int) -> dict[str, int]:
    """The columns of trail, question and inspector; 0 for what is not shown."""
    if width < WIDE:
        return {"#trail": 0, "#main": width, "#inspector": 0}
    trail = width // 5 if width >= WIDEST else 0
    beside = (width - trail) * 2 // 5
    return {"#trail": trail, "#main": width - trail - beside, "#inspector": beside}
