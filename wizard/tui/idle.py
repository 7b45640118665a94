"""What happens while nobody presses a key: the screen goes blank, then the program ends."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from wizard.tui.paint import Painted, content_of
from wizard.tui.real_cursor import RealCursor

BLANK = "pathwizard. Everything is saved. Any key shows which case is open."


class BlankScreen(ModalScreen[bool], RealCursor):
    """Nothing of a patient; any key names the case, then Enter goes on and a letter ends it."""

    CSS_PATH = None

    def __init__(self, label: str, leave: str) -> None:
        """`leave` is the letter that ends the program."""
        super().__init__()
        self._label, self._leave = label, leave
        self._named = False

    def compose(self) -> ComposeResult:
        yield Static(content_of([Painted(BLANK)]), id="blank")

    def on_key(self, event: events.Key) -> None:
        """Names the case first; only then is anything decided."""
        event.stop()
        if not self._named:
            self._named = True
            case = self._label or "No case"
            words = f"{case} is open. Enter goes on with it, {self._leave} ends the program."
            self.query_one("#blank", Static).update(content_of([Painted(words, "bold")]))
        elif event.key == "enter":
            self.dismiss(True)
        elif event.key == "ctrl+c" or event.character == self._leave:
            self.dismiss(False)
