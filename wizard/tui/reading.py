"""Dialogs that are read: pages, and the card of an emergency."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from wizard.case.choices import CARD
from wizard.tui.dialogs import Dialog, fit
from wizard.tui.paint import Page, Painted, content_of
from wizard.tui.real_cursor import at

MORE = "PageDown more   "


class Reading(Dialog[str]):
    """What scrolls, with a foot that says so while there is more below."""

    _page: Page

    def on_mount(self) -> None:
        """The foot follows the layout and the scrolling."""
        super().on_mount()
        scroll = self.query_one(VerticalScroll)
        for known in ("show_vertical_scrollbar", "scroll_y", "virtual_size"):
            self.watch(scroll, known, self._after_layout, init=False)

    def on_resize(self) -> None:
        """Wraps the page again where it has another width."""
        fit(self.query_one("VerticalScroll > Static", Static), self._page)
        self._after_layout()

    def _after_layout(self) -> None:
        self.call_after_refresh(self._set_foot)

    @property
    def goes_on(self) -> bool:
        """Whether there is more below."""
        return any(s.scroll_offset.y < s.max_scroll_y for s in self.query(VerticalScroll))

    def cursor_at(self) -> Offset:
        """On the first line of the text that is seen."""
        return at(self.query_one("VerticalScroll > Static"))


class PageScreen(Reading):
    """A page to read, with up, down and page keys.

    Gives the key that was pressed of those of `asks`, which says what each does.
    """

    def __init__(self, title: str, page: Page, asks: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._title = title
        self._page = page
        self._asks = asks or {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(content_of([Painted(self._title, "bold")]), classes="head")
            with VerticalScroll(can_focus=False):
                yield Static(self._page.content())
            yield Static(self.foot(), classes="foot")

    def foot(self) -> Content:
        """The keys."""
        save = "".join(f"{key} {words}   " for key, words in self._asks.items())
        more, down = (MORE, "") if self.goes_on else ("", " PageDown")
        scroll = f"PageUp{down}" if save else f"Up Down PageUp{down} scroll"
        hint = f"{more}{save}{scroll}   Esc back"
        return content_of([Painted(hint, "dim")])

    def on_key(self, event: events.Key) -> None:
        """Scrolls, saves or closes."""
        event.stop()
        if self.too_early(event):
            return
        self.refuse("")
        scroll = self.query_one(VerticalScroll)
        action = self.case_keys.action(event.key, event.character)
        if event.key in self._asks:
            self.dismiss(event.key)
        elif action in ("leave", "next"):
            self.dismiss("")
        elif action == "down":
            scroll.scroll_down(animate=False)
        elif action == "up":
            scroll.scroll_up(animate=False)
        elif action == "read_on" or event.key == "space":
            scroll.scroll_page_down(animate=False)
        elif action == "read_back":
            scroll.scroll_page_up(animate=False)
        elif event.key == "home":
            scroll.scroll_home(animate=False)
        elif event.key == "end":
            scroll.scroll_end(animate=False)


class CardScreen(Reading):
    """The emergency card: go on with it, in hand, or continue the work-up beside it.

    What raised it can be taken back as anywhere else: it may have been a slip.
    """

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
            yield Static(self.foot(), classes="foot")

    def foot(self) -> Content:
        """What can be said to it."""
        scroll = MORE.strip() if self.goes_on else "Up Down  scroll"
        lines = [Painted(f"{key}  {words}", "bold") for key, words in CARD.items()]
        lines[-1] = Painted(f"{lines[-1].text}      w  why      {scroll}", "bold")
        return content_of(lines)

    def on_key(self, event: events.Key) -> None:
        """Only its own keys and scrolling do anything."""
        event.stop()
        if self.too_early(event):
            return
        self.refuse("")
        if event.key in CARD:
            self.dismiss(event.key)
        elif self.case_keys.action(event.key, event.character) == "undo":
            self.dismiss("undo")
        elif event.key == "w":
            self.app.push_screen(PageScreen("Why", self._why))
        elif event.key == "down":
            self.query_one(VerticalScroll).scroll_down(animate=False)
        elif event.key == "up":
            self.query_one(VerticalScroll).scroll_up(animate=False)
        elif event.key == "pagedown":
            self.query_one(VerticalScroll).scroll_page_down(animate=False)
        elif event.key == "pageup":
            self.query_one(VerticalScroll).scroll_page_up(animate=False)
