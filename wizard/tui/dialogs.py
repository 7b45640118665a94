"""Screens that ask one thing and give back one result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual import events
from textual._time import get_time
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from wizard.tui.paint import Page, Painted, content_of

T = TypeVar("T")
ARMING_SECONDS = 0.15
"""Keys typed before a page was painted, and for this long after it, are dropped."""


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


class ValueInput(Input):
    """A one-line input that refuses a paste of several lines instead of dropping lines."""

    def _on_paste(self, event: events.Paste) -> None:
        if "\n" in event.text.strip("\r\n"):
            event.stop()
            event.prevent_default()
            self.app.bell()
            self.placeholder = "Several lines were pasted and refused: paste one line."
            return
        super()._on_paste(event)


class _Dialog(ModalScreen[T], Armed):
    CSS_PATH = None

    def on_mount(self) -> None:
        self.disarm()


class PageScreen(_Dialog[None]):
    """A page to read, with up, down and page keys; `save` is called by the key s."""

    def __init__(self, title: str, page: Page, save: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._title = title
        self._page = page
        self._save = save

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            with VerticalScroll(can_focus=False):
                yield Static(self._page.content())
            save = "s save to a file   " if self._save else ""
            hint = f"{save}Up Down PageUp PageDown scroll   Esc back"
            yield Static(content_of([Painted(hint, "dim")]), classes="foot")

    def on_key(self, event: events.Key) -> None:
        """Scrolls, saves or closes."""
        event.stop()
        scroll = self.query_one(VerticalScroll)
        if event.key in ("escape", "q", "enter", "ctrl+c"):
            self.dismiss(None)
        elif event.key == "s" and self._save is not None:
            self._save()
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
    """One of several by digit, or by arrows and Enter; Esc chooses nothing."""

    def __init__(
        self, title: str, options: Sequence[tuple[str, str]], text: Page | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._options = list(options)
        self._text = text
        self._cursor = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            with VerticalScroll(can_focus=False):
                if self._text is not None:
                    yield Static(self._text.content())
                yield Static(id="options")
            yield Static(
                content_of([Painted("digit or Enter chooses   Esc cancel", "dim")]), classes="foot"
            )

    def on_mount(self) -> None:
        """Shows the options."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        page = Page(max(30, min(self.size.width, 100) - 8))
        for number, (_, label) in enumerate(self._options):
            here = number == self._cursor
            digit = str(number + 1) if number < 9 else " "
            page.add(label, "bold" if here else "", f"{'>' if here else ' '} {digit}  ", "     ")
        self.query_one("#options", Static).update(page.content())

    def on_key(self, event: events.Key) -> None:
        """Moves, chooses or cancels."""
        event.stop()
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif event.key in ("down", "j", "tab"):
            self._cursor = min(self._cursor + 1, len(self._options) - 1)
            self._show()
        elif event.key in ("up", "k", "shift+tab"):
            self._cursor = max(self._cursor - 1, 0)
            self._show()
        elif event.key == "enter" and self._options:
            self.dismiss(self._options[self._cursor][0])
        elif event.character and event.character.isdigit() and event.character != "0":
            number = int(event.character) - 1
            if number < len(self._options):
                self.dismiss(self._options[number][0])


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
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            for number, field in enumerate(self._fields):
                yield Static(content_of([Painted(field.label)]))
                yield ValueInput(value=field.value, id=f"field{number}", compact=True)
            yield Static(id="wrong")
            hint = "Enter next, then takes it   Shift+Tab back   Esc cancel"
            yield Static(content_of([Painted(hint, "dim")]), classes="foot")

    def on_mount(self) -> None:
        """Puts the cursor into the first line."""
        super().on_mount()
        self.query_one("#field0", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Goes to the next line, or takes them all."""
        event.stop()
        number = int((event.input.id or "field0").removeprefix("field"))
        if number + 1 < len(self._fields):
            self.query_one(f"#field{number + 1}", Input).focus()
            return
        values = tuple(self.query_one(f"#field{n}", Input).value for n in range(len(self._fields)))
        wrong = self._check(values)
        if wrong is None:
            self.dismiss(values)
        else:
            page = Page(max(30, min(self.size.width, 100) - 8))
            page.add(wrong, "bold")
            self.query_one("#wrong", Static).update(page.content())

    def on_key(self, event: events.Key) -> None:
        """Cancels."""
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            self.dismiss(None)


class CardScreen(_Dialog[str]):
    """The emergency card: go on with it, in hand, or continue the work-up beside it."""

    CHOICES = (
        ("g", "go on with this emergency"),
        ("k", "known and in hand (who, since when)"),
        ("c", "continue the work-up beside it"),
    )

    def __init__(self, page: Page, more: int) -> None:
        super().__init__()
        self._page = page
        self._more = more

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog card"):
            more = f" ({self._more} more behind it)" if self._more else ""
            yield Static(content_of([Painted(f"EMERGENCY{more}", "bold reverse")]), classes="head")
            with VerticalScroll(can_focus=False):
                yield Static(self._page.content())
            lines = [Painted(f"{key}  {words}", "bold") for key, words in self.CHOICES]
            yield Static(content_of(lines), classes="foot")

    def on_key(self, event: events.Key) -> None:
        """Only its own keys and scrolling do anything."""
        event.stop()
        if event.key in [key for key, _ in self.CHOICES]:
            self.dismiss(event.key)
        elif event.key == "down":
            self.query_one(VerticalScroll).scroll_down(animate=False)
        elif event.key == "up":
            self.query_one(VerticalScroll).scroll_up(animate=False)
