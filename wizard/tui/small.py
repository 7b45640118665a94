"""What stands in a window that has become too small for the pages."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from wizard.terminal import LEAST_COLUMNS, LEAST_LINES
from wizard.tui.paint import Painted, content_of
from wizard.tui.real_cursor import RealCursor

WORDS = (
    f"Window too small: make it at least {LEAST_COLUMNS} by {LEAST_LINES}. Everything is saved; "
    "what you were typing is kept. {leave} ends the program."
)


def too_small(columns: int, lines: int) -> bool:
    """Whether a window takes no page."""
    return columns < LEAST_COLUMNS or lines < LEAST_LINES


class SmallScreen(ModalScreen[None], RealCursor):
    """Over everything else until the window grows again; only leaving is a key."""

    CSS_PATH = None

    def __init__(self, leave: str) -> None:
        """`leave` is the letter that ends the program."""
        super().__init__()
        self._leave = leave

    def compose(self) -> ComposeResult:
        yield Static(content_of([Painted(WORDS.format(leave=self._leave))]), id="small")

    def on_screen_resume(self) -> None:
        """Goes where the window grew while something else stood above: the blank screen."""
        if self.app.screen is self and not too_small(*self.app.size):
            self.app.pop_screen()

    def on_key(self, event: events.Key) -> None:
        """Ends the program or does nothing."""
        event.stop()
        if event.key == "ctrl+c" or event.character == self._leave:
            self.app.exit()
