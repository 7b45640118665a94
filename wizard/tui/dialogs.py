"""Screens that ask one thing and give back one result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual import events
from textual._time import get_time
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from wizard.case.keys import KEYS, Keys
from wizard.tui.line_editor import LineEditor
from wizard.tui.paint import Page, Painted, content_of
from wizard.tui.real_cursor import RealCursor, at

T = TypeVar("T")
SEVERAL_LINES = "Several lines were pasted and refused: paste one line."
ARMING_SECONDS = 0.15
"""Keys typed before a page was painted, and for this long after it, are dropped."""
BURST = 4
"""So many times as long after a dropped key the next ones are dropped: half of what was typed would
say something else."""
MOST_BURSTS = 3
"""So many times as long as a burst a page that stands may go on dropping keys: who presses a key
again and again, as it does nothing, is heard."""
NOT_PASTED = "Nothing was pasted: keys are pressed here."
NOT_TAKEN = "A key typed meanwhile is not taken."


def inner_width(screen_width: int) -> int:
    """The columns inside a dialog: its share of the screen less border, padding, scrollbar."""
    return max(20, min(screen_width * 96 // 100, 112) - 5)


def fit(widget: Static, page: Page) -> int:
    """Shows a page in a dialog at the width that the dialog has now; gives how many lines it has.

    Left to the widget, lines made for another width would part numbers from their units.
    """
    width = inner_width(widget.screen.size.width)
    fitting = page if page.width == width else page.at_width(width)
    widget.update(fitting.content())
    return len(fitting.lines)


class Armed(RealCursor):
    """A screen that takes no key typed before it was painted, and knows which key calls what."""

    armed_at: float | None = None
    dropped_at = 0.0
    _heard_at = 0.0

    @property
    def case_keys(self) -> Keys:
        """The keys of the program that the screen belongs to."""
        assert isinstance(self, Screen)
        found = getattr(self.app, "case_keys", None)
        return found if isinstance(found, Keys) else KEYS

    def disarm(self) -> None:
        """Called when the page changes: keys are dropped until the new page is painted."""
        self.armed_at = None
        assert isinstance(self, Screen)
        self.call_after_refresh(self._arm)

    def _arm(self) -> None:
        burst, now = ARMING_SECONDS * BURST, get_time()
        self._heard_at = now + burst * MOST_BURSTS
        self.armed_at = max(now + ARMING_SECONDS, self.dropped_at + burst)

    def too_early(self, event: events.Key | events.Click) -> bool:
        """Whether a key was typed before this page was painted, or belongs to a page above."""
        assert isinstance(self, Screen)
        if self.app.screen is not self:
            return True
        early = self.armed_at is None or event.time < self.armed_at
        if early:
            self.dropped_at = event.time
            if self.armed_at is not None:
                after_burst = event.time + ARMING_SECONDS * BURST
                self.armed_at = max(self.armed_at, min(after_burst, self._heard_at))
        return early


class Dialog(ModalScreen[T], Armed):
    """A screen above another one."""

    CSS_PATH = None
    _refused = ""

    def on_mount(self) -> None:
        """Takes keys from the moment it is painted; over a what if it says so in its border."""
        self.disarm()
        below = (getattr(screen, "heading", "") for screen in reversed(self.app.screen_stack))
        if heading := next(filter(None, below), ""):
            self.query_one(".dialog").border_title = Content(heading)

    def on_paste(self, event: events.Paste) -> None:
        """What takes keys only refuses every paste aloud."""
        event.stop()
        self.refuse(NOT_PASTED)

    def refuse(self, words: str) -> None:
        """Says above the keys of the dialog why something is not taken, until a key is pressed."""
        if words != self._refused:
            self._refused = words
            self._set_foot()

    def _set_foot(self) -> None:
        """A dialog that has just gone has no foot left."""
        said = Content.styled(f"{self._refused}\n", "bold") if self._refused else Content()
        for foot in self.query(".foot").results(Static):
            foot.update(said + self.foot())

    def foot(self) -> Content:
        """The keys of the dialog."""
        return Content()


FEW = 4
"""Up to so many options stay in view below a long text."""
STEPS = {
    **{"down": 1, "tab": 1, "up": -1, "shift+tab": -1},
    **{"pagedown": 10, "pageup": -10, "end": 10_000, "home": -10_000},
}
"""How far a key moves among options."""


class ChooseScreen(Dialog[T | None]):
    """One of several by digit, or by arrows and Enter; / searches; Esc chooses nothing.

    Above a few options the text scrolls by itself, so that they stay in view. With `marked` false
    none is marked at first and Enter alone chooses nothing.
    """

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[T, str]],
        text: Page | None = None,
        *,
        marked: bool = True,
    ) -> None:
        super().__init__()
        self._title = title
        self._options = list(options)
        self._text = text
        self._above = len(text.lines) if text is not None else 0
        self._message = ""
        self._cursor = 0 if marked else -1
        self._line = 0
        self._search: LineEditor | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            if self._few and self._text is not None:
                with VerticalScroll(can_focus=False, classes="above"):
                    yield Static(self._text.content(), id="text")
                yield Static(id="options")
            else:
                with VerticalScroll(can_focus=False):
                    if self._text is not None:
                        yield Static(self._text.content(), id="text")
                    yield Static(id="options")
            yield Static(classes="foot")

    def on_mount(self) -> None:
        """Shows the options."""
        super().on_mount()
        self._show()

    def on_resize(self) -> None:
        """Draws again for the new size."""
        if self._text is not None:
            self._above = fit(self.query_one("#text", Static), self._text)
        self._show()

    @property
    def _found(self) -> list[tuple[T, str]]:
        """The options that have every word of the search."""
        words = self._search.text.casefold().split() if self._search is not None else []
        return [o for o in self._options if all(word in o[1].casefold() for word in words)]

    def _show(self) -> None:
        found = self._found
        self._cursor = max(min(self._cursor, 0), min(self._cursor, len(found) - 1))
        page = Page(inner_width(self.size.width))
        for number, (_, label) in enumerate(found):
            here = number == self._cursor
            if here:
                page.here()
            digit = str(number + 1) if number < 9 and self._search is None else " "
            page.add(label, "bold" if here else "", f"{'>' if here else ' '} {digit}  ", "     ")
        if not found:
            page.add("nothing found", "dim")
        self.query_one("#options", Static).update(page.content())
        self._line = page.current
        self._set_foot()
        if self._few:
            return
        at = self._above + page.current - 4 if self._cursor or self._search is not None else 0
        self.query_one(VerticalScroll).scroll_to(y=max(0, at), animate=False)

    def cursor_at(self) -> Offset:
        """On the marked option; where none is, on the first."""
        return at(self.query_one("#options"), self._line)

    def foot(self) -> Content:
        """What is searched for, or the keys and what was not taken."""
        if self._search is not None:
            hint = "\nUp Down mark   Enter chooses   Esc all"
            return self._search.content("/ ") + Content.styled(hint, "dim")
        find = self.case_keys.letter("search")
        hint = f"{self._hint}   {find} search   Esc cancel   {self._message}"
        return Content.styled(hint, "dim")

    def on_paste(self, event: events.Paste) -> None:
        """One line is searched for where the search is open; else it is refused aloud."""
        event.stop()
        if self._search is None:
            self.refuse(NOT_PASTED)
        elif not self._search.paste(event.text):
            self.refuse(SEVERAL_LINES)
        else:
            self._cursor = 0
            self._show()

    @property
    def _few(self) -> bool:
        return self._text is not None and len(self._options) <= FEW

    @property
    def _hint(self) -> str:
        return "digit chooses" if self._cursor < 0 else "digit or Enter chooses"

    def on_key(self, event: events.Key) -> None:
        """Moves, chooses, searches or cancels."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            self._message = NOT_TAKEN
            self._show()
            return
        self._message = self._refused = ""
        found = self._found
        if event.key in ("escape", "ctrl+c"):
            if self._search is None:
                self.dismiss(None)
                return
            self._search = None
        elif event.key == "enter":
            if found and self._cursor >= 0:
                self.dismiss(found[self._cursor][0])
            return
        elif event.key in STEPS:
            self._step(STEPS[event.key])
        elif self._search is not None:
            self._search.press(event.key, event.character)
            self._cursor = 0
        elif (action := self.case_keys.action(event.key, event.character)) == "search":
            self._search = LineEditor()
        elif event.character and event.character in "123456789":
            number = int(event.character) - 1
            if number < len(found):
                self.dismiss(found[number][0])
            return
        elif action in ("down", "up"):
            self._step(1 if action == "down" else -1)
        self._show()

    def _step(self, by: int) -> None:
        """So many options on; a page at a time reads on in the text above a few options."""
        if self._few and abs(by) > 1:
            self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
        else:
            self._cursor = max(0, self._cursor + by)


INDENT = "    "


@dataclass(frozen=True)
class Field:
    """One line to fill in; `check` says why what was typed is refused, or nothing.

    The last thing that it does may be what the line is for: it is called once a line is taken.
    """

    label: str
    value: str = ""
    check: Callable[[str], str] = lambda _: ""


class AskScreen(Dialog[tuple[str, ...] | None]):
    """A few lines to fill in. A line that is refused keeps the cursor and its text."""

    def __init__(self, title: str, fields: Sequence[Field]) -> None:
        super().__init__()
        self._title = title
        self._fields = list(fields)
        self._lines = [LineEditor(field.value, selected=True) for field in fields]
        self._at = 0
        self._wrong = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            yield Static(id="lines")
            yield Static(id="wrong")
            several = "Enter next line, then save   Shift+Tab back   Esc cancel"
            hint = several if len(self._fields) > 1 else "Enter saves   Esc cancel"
            yield Static(content_of([Painted(hint, "dim")]), classes="foot")

    def on_mount(self) -> None:
        """Shows the lines."""
        super().on_mount()
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """One line is taken, several are refused aloud."""
        event.stop()
        self._wrong = "" if self._editor.paste(event.text) else SEVERAL_LINES
        self._show()

    @property
    def _editor(self) -> LineEditor:
        return self._lines[self._at]

    def cursor_at(self) -> Offset:
        """In the line that is filled in."""
        return at(self.query_one("#lines"), 2 * self._at + 1, self._editor.column(INDENT))

    def _show(self) -> None:
        parts = []
        for number, (field, line) in enumerate(zip(self._fields, self._lines, strict=True)):
            parts.append(Content(f"{'>' if number == self._at else ' '} {field.label}"))
            shown = line.content(INDENT) if number == self._at else Content(f"{INDENT}{line.text}")
            parts.append(shown)
        self.query_one("#lines", Static).update(Content("\n").join(parts))
        page = Page(inner_width(self.size.width))
        page.add(self._wrong, "bold")
        self.query_one("#wrong", Static).update(page.content())

    def on_key(self, event: events.Key) -> None:
        """Edits, goes on, takes or cancels."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            return
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
            return
        if event.key in ("shift+tab", "up"):
            self._at = max(0, self._at - 1)
        elif event.key in ("enter", "tab", "down"):
            self._go_on(takes=event.key == "enter")
        else:
            self._editor.press(event.key, event.character)
        self._show()

    def _go_on(self, *, takes: bool) -> None:
        """To the next line; from the last one Enter takes them all."""
        last = self._at + 1 == len(self._lines)
        if last and not takes:
            return
        self._wrong = self._fields[self._at].check(self._editor.text)
        if self._wrong:
            return
        if last:
            self.dismiss(tuple(line.text for line in self._lines))
        else:
            self._at += 1
