"""Lines of text with styles, and the one place where words become content of a widget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from textual.content import Content

from wizard.text import safe, wrap


@dataclass(frozen=True)
class Painted:
    """One line and its style."""

    text: str
    style: str = ""


@dataclass
class Page:
    """Lines of a page, wrapped to a width; remembers where the current line is."""

    width: int
    lines: list[Painted] = field(default_factory=list)
    current: int = 0

    def add(
        self, text: str = "", style: str = "", first: str = "", rest: str | None = None
    ) -> None:
        """Adds a paragraph."""
        for line in wrap(safe(text), self.width, first, rest) if text else [""]:
            self.lines.append(Painted(line, style))

    def here(self) -> None:
        """The next line added is the one to keep in view."""
        self.current = len(self.lines)

    def content(self) -> Content:
        """The page as widget content; nothing in it is read as markup."""
        return content_of(self.lines)


def content_of(lines: Iterable[Painted]) -> Content:
    """Lines as one content."""
    parts: list[Content] = []
    for number, line in enumerate(lines):
        if number:
            parts.append(Content("\n"))
        parts.append(Content.styled(line.text, line.style) if line.style else Content(line.text))
    return Content("").join(parts)
