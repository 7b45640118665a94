"""A full screen in ASCII, for a terminal whose locale takes no more: lines, signs and text."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from wizard.text import to_ascii

_DRAWN = {
    **dict.fromkeys("\u2500\u2501\u2550\u2594", "-"),
    **dict.fromkeys("\u2502\u2503\u2551\u2595", "|"),
    **dict.fromkeys(map(chr, range(0x250C, 0x254C)), "+"),
    **dict.fromkeys(map(chr, range(0x256D, 0x2571)), "+"),
    **dict.fromkeys(map(chr, range(0x2581, 0x2590)), " "),
}
"""Lines and corners of boxes, and the ends of scroll bars, whose bodies are spaces in colours."""


class AsciiFilter(LineFilter):
    """Every sign that is painted as one in ASCII of the same width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with the same styles."""
        return [
            Segment(text if text.isascii() else "".join(map(_plain, text)), style, control)
            for text, style, control in segments
        ]


def _plain(sign: str) -> str:
    width = cell_len(sign)
    plain = _DRAWN.get(sign) or to_ascii(sign)
    return plain if len(plain) == width else "?" * width
