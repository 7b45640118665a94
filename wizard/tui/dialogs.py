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
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from wizard.text import safe
from wizard.tui.line_editor import LineEditor, one_line_paste
from wizard.tui.paint import Page, Painted, content_of

T = TypeVar("T")
ARMING_SECONDS = 0.15
"""Keys typed before a page was painted, and for this long after it, are dropped."""


def inner_width(screen_width: int) -> int:
    """The columns inside a dialog: its share of the screen less border, padding, scrollbar."""
    return max(20, min(screen_width * 96 // 100, 112) - 5)


class Armed:
    """A screen that takes no key typed before it was painted."""

    armed_at: float | None = None

    def disarm(self) -> None:
        """Called when the page changes: keys are dropped until the new page is painted."""
        self.armed_at = None
        assert isinstance(self, Screen)
        self.call_after_refresh(self._arm)

    def _arm(self) -> None:
        self.armed_at = get_time() + ARMING_SECONDS

    def too_early(self, event: events.Key) -> bool:
        """Whether a key was typed before this page was painted, or belongs to a page above."""
        assert isinstance(self, Screen)
        covered = self.app.screen is not self
        return covered or self.armed_at is None or event.time < self.armed_at


class _Dialog(ModalScreen[T], Armed):
    CSS_PATH = None

    def on_mount(self) -> None:
        self.disarm()


class PageScreen(_Dialog[bool]):
    """A page to read, with up, down and page keys; true where s asked to save it."""

    def __init__(self, title: str, page: Page, *, can_save: bool = False) -> None:
        super().__init__()
        self._title = title
        self._page = page
        self._can_save = can_save

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            with VerticalScroll(can_focus=False):
                yield Static(self._page.content())
            save = "s save to a file   " if self._can_save else ""
            hint = f"{save}Up Down PageUp PageDown scroll   Esc back"
            yield Static(content_of([Painted(hint, "dim")]), classes="foot")

    def on_key(self, event: events.Key) -> None:
        """Scrolls, saves or closes."""
        event.stop()
        if self.too_early(event):
            return
        scroll = self.query_one(VerticalScroll)
        if event.key in ("escape", "q", "enter", "ctrl+c"):
            self.dismiss(False)
        elif event.key == "s" and self._can_save:
            self.dismiss(True)
        elif event.key in ("down", "j"):
            scroll.scroll_down(animate=False)
        elif event.key in ("up", "k"):
            scroll.scroll_up(animate=False)
        elif event.key in ("pagedown", "space"):
            scroll.scroll_page_down(animate=False)
        elif event.key == "pageup":
            scroll.scroll_page_up(animate=False)
        elif event.key == "home":
            scroll.scroll_home(animate=False)
        elif event.key == "end":
            scroll.scroll_end(animate=False)


class ChooseScreen(_Dialog[str | None]):
    """One of several by digit, or by arrows and Enter; / searches; Esc chooses nothing."""

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str]],
        text: Page | None = None,
        *,
        searching: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._options = list(options)
        self._text = text
        self._cursor = 0
        self._search = LineEditor() if searching else None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            with VerticalScroll(can_focus=False):
                if self._text is not None:
                    yield Static(self._text.content())
                yield Static(id="options")
            yield Static(classes="foot")

    def on_mount(self) -> None:
        """Shows the options."""
        super().on_mount()
        self._show()

    @property
    def _found(self) -> list[tuple[str, str]]:
        """The options that have every word of the search."""
        words = self._search.text.casefold().split() if self._search is not None else []
        return [o for o in self._options if all(word in o[1].casefold() for word in words)]

    def _show(self) -> None:
        found = self._found
        self._cursor = max(0, min(self._cursor, len(found) - 1))
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
        foot = Content.styled("digit or Enter chooses   / search   Esc cancel", "dim")
        if self._search is not None:
            foot = self._search.content("/ ")
        self.query_one(".foot", Static).update(foot)
        above = len(self._text.lines) if self._text is not None else 0
        at = above + page.current - 4 if self._cursor or self._search is not None else 0
        self.query_one(VerticalScroll).scroll_to(y=max(0, at), animate=False)

    def on_key(self, event: events.Key) -> None:
        """Moves, chooses, searches or cancels."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            return
        found = self._found
        if event.key in ("escape", "ctrl+c"):
            if self._search is None:
                self.dismiss(None)
                return
            self._search = None
        elif event.key == "enter":
            if found:
                self.dismiss(found[self._cursor][0])
            return
        elif event.key in ("down", "tab"):
            self._cursor += 1
        elif event.key in ("up", "shift+tab"):
            self._cursor -= 1
        elif self._search is not None:
            self._search.press(event.key, event.character)
            self._cursor = 0
        elif event.key == "slash":
            self._search = LineEditor()
        elif event.character and event.character in "123456789":
            number = int(event.character) - 1
            if number < len(found):
                self.dismiss(found[number][0])
            return
        elif event.key in ("j", "k"):
            self._cursor += 1 if event.key == "j" else -1
        self._show()


@dataclass(frozen=True)
class Field:
    """One line to fill in."""

    label: str
    value: str = ""


class AskScreen(_Dialog[tuple[str, ...] | None]):
    """A few lines to fill in; `check` returns what is wrong, or None to take them."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: Callable[[tuple[str, ...]], str | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = list(fields)
        self._lines = [LineEditor(field.value) for field in fields]
        self._check = check
        self._at = 0
        self._wrong = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            yield Static(id="lines")
            yield Static(id="wrong")
            hint = "Enter next, then takes it   Shift+Tab back   Esc cancel"
            yield Static(content_of([Painted(hint, "dim")]), classes="foot")

    def on_mount(self) -> None:
        """Shows the lines."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        parts = []
        for number, (field, line) in enumerate(zip(self._fields, self._lines, strict=True)):
            parts.append(Content(f"{'>' if number == self._at else ' '} {field.label}"))
            shown = line.content("    ") if number == self._at else Content(f"    {line.text}")
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
            if self._at + 1 < len(self._lines):
                self._at += 1
            elif event.key == "enter" and self._take():
                return
        else:
            self._lines[self._at].press(event.key, event.character)
        self._show()

    def _take(self) -> bool:
        values = tuple(line.text for line in self._lines)
        self._wrong = self._check(values) or ""
        if self._wrong:
            return False
        self.dismiss(values)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """One line is taken, several are refused aloud."""
        event.stop()
        pasted = one_line_paste(event.text)
        if pasted is None:
            self._wrong = "Several lines were pasted and refused: paste one line."
        else:
            self._lines[self._at].insert(safe(pasted))
        self._show()


class CardScreen(_Dialog[str]):
    """The emergency card: go on with it, in hand, or continue the work-up beside it."""

    CHOICES = (
        ("g", "go on with this emergency"),
        ("k", "known and in hand (who, since when)"),
        ("c", "continue the work-up beside it"),
    )

    def __init__(self, page: Page, more: int, why: Page) -> None:
        super().__init__()
        self._page = page
        self._more = more
        self._why = why

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog card"):
            more = f" ({self._more} more behind it)" if self._more else ""
            yield Static(content_of([Painted(f"EMERGENCY{more}", "bold reverse")]), classes="head")
            with VerticalScroll(can_focus=False):
                yield Static(self._page.content())
            lines = [Painted(f"{key}  {words}", "bold") for key, words in self.CHOICES]
            lines[-1] = Painted(f"{lines[-1].text}      w  why", "bold")
            yield Static(content_of(lines), classes="foot")

    def on_key(self, event: events.Key) -> None:
        """Only its own keys and scrolling do anything."""
        event.stop()
        if self.too_early(event):
            return
        if event.key in [key for key, _ in self.CHOICES]:
            self.dismiss(event.key)
        elif event.key == "w":
            self.app.push_screen(PageScreen("Why", self._why))
        elif event.key == "down":
            self.query_one(VerticalScroll).scroll_down(animate=False)
        elif event.key == "up":
            self.query_one(VerticalScroll).scroll_up(animate=False)
