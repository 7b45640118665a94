"""The cursor of the terminal: on the marked line, so that a braille display follows."""

from __future__ import annotations

from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

SHOW = "\x1b[?25h"
"""Textual hides the cursor when it starts."""


class RealCursor:
    """A screen that says where its mark is; without a mark, on its first line."""

    def cursor_at(self) -> Offset:
        """Where the cursor stands, in cells of the screen."""
        assert isinstance(self, Screen)
        return at(self.query("Static").first())


def at(widget: Widget, line: int = 0, column: int = 0) -> Offset:
    """A place in the text of a widget; in what is seen of it where it has scrolled out of sight."""
    text = widget.content_region
    try:
        seen = widget.screen.find_widget(widget).visible_region
    except NoWidget:
        return Offset(0, 0)
    place = text.offset + Offset(column, line)
    if not seen:
        return seen.offset
    return Offset(
        max(seen.x, min(place.x, seen.right - 1)), max(seen.y, min(place.y, seen.bottom - 1))
    )
