"""The dialog of the search: words on top, what has them below, the page of one above it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from wizard.case.review import FoundRow, Row
from wizard.case.search import Index, Subject
from wizard.desk import Desk
from wizard.text import safe, wrap
from wizard.tui.dialogs import SEVERAL_LINES, Dialog, inner_width
from wizard.tui.line_editor import LineEditor
from wizard.tui.paint import Page, Painted, content_of
from wizard.tui.reading import PageScreen
from wizard.tui.real_cursor import at

AROUND = 40
"""How many results are drawn on either side of the marked one."""
SHORT = 2
"""Lines of a result that is not the marked one; what is cut ends in dots."""
SEARCH = "Search: "
KEYS = "Up Down mark   Enter opens   Esc back   not clinically reviewed"


class SearchScreen(Dialog[Row | None]):
    """Searches the library, and a case if one is open; gives back the answer to go to.

    `suggested` is listed while nothing is typed. Words, mark and place are kept while the page of
    a result is read.
    """

    def __init__(
        self,
        desk: Desk,
        suggested: Sequence[Subject] = (),
        case: tuple[str, Index] | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._suggested = list(suggested)
        self._pathway = "" if case is None else case[0]
        self._answers = None if case is None else case[1]
        self._line = LineEditor()
        self._wrong = ""
        self._cursor = self._current = 0
        self._in_list = False
        self._found: list[Subject] = self._suggested

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(id="sought", classes="head")
            yield Static(id="count", classes="head")
            with VerticalScroll(can_focus=False):
                yield Static(id="options")
            yield Static(content_of([Painted(KEYS, "dim")]), classes="foot")

    def on_mount(self) -> None:
        """Shows the empty line."""
        super().on_mount()
        self._show()

    def on_resize(self) -> None:
        """Draws again for the new size."""
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """One line is searched for, several are refused aloud."""
        event.stop()
        self._wrong = "" if self._line.paste(event.text) else SEVERAL_LINES
        self._typed()
        self._show()

    def _typed(self) -> None:
        """Searches for what stands in the line."""
        self._cursor = 0
        words = self._line.text
        found = self._desk.lookup.found(words, self._pathway, self._answers)
        self._found = found if words.strip() else self._suggested

    def _count(self) -> str:
        if self._wrong:
            return self._wrong
        if not self._line.text.strip():
            return "Words of this question, explained" if self._suggested else ""
        return f"{self._cursor + 1} of {len(self._found)}" if self._found else ""

    def _show(self) -> None:
        page = Page(inner_width(self.size.width))
        first, last = max(0, self._cursor - AROUND), self._cursor + AROUND
        if first:
            page.add(f"{first} before", "dim")
        for number, subject in enumerate(self._found[first:last], start=first):
            self._add(page, subject, marked=number == self._cursor)
        if len(self._found) > last:
            page.add(f"{len(self._found) - last} more", "dim")
        if self._line.text.strip() and not self._found:
            page.add(self._desk.lookup.index.nothing_words(self._line.text))
        elif not self._found:
            page.add(
                "Type words: a claim by its mark or what it says, a question, a step, a score, "
                "a word, an author. What is found is quoted from the pathways, with its source."
            )
        self._current = page.current
        self.query_one("#sought", Static).update(self._line.content(SEARCH))
        self.query_one("#count", Static).update(Content.styled(self._count(), "dim"))
        self.query_one("#options", Static).update(page.content())
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_to(y=max(0, page.current - scroll.size.height // 3), animate=False)

    def cursor_at(self) -> Offset:
        """In the line that is typed; on the marked result once the mark was moved."""
        if self._in_list and self._found:
            return at(self.query_one("#options"), self._current)
        return at(self.query_one("#sought"), 0, self._line.column(SEARCH))

    def _add(self, page: Page, subject: Subject, *, marked: bool) -> None:
        """A result: in whole where it is marked, else its first lines."""
        words = self._desk.lookup.line(subject)
        if marked:
            page.here()
            page.add(words, "bold", "> ", "  ")
            return
        lines = wrap(safe(words), page.width - 5, "  ")
        more = " ..." if len(lines) > SHORT else ""
        page.lines += [Painted(line) for line in lines[: SHORT - 1]]
        page.lines += [Painted(f"{line}{more}") for line in lines[SHORT - 1 : SHORT]]

    def on_key(self, event: events.Key) -> None:
        """Moves, opens, closes; everything else edits the line."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            return
        self._wrong = ""
        by = {"down": 1, "tab": 1, "up": -1, "shift+tab": -1, "pagedown": 8, "pageup": -8}
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
            return
        if event.key == "enter":
            if self._found:
                self._open(self._found[self._cursor])
            return
        self._in_list = event.key in by
        if self._in_list:
            self._cursor = max(0, min(self._cursor + by[event.key], len(self._found) - 1))
        else:
            before = self._line.text
            self._line.press(event.key, event.character)
            if self._line.text != before:
                self._typed()
        self._show()

    def _open(self, subject: Subject) -> None:
        if isinstance(subject, FoundRow):
            self.dismiss(subject.row)
            return
        page = Page(inner_width(self.size.width))
        self._desk.lookup.fill(subject, page)
        self.app.push_screen(PageScreen(subject.head, page))
