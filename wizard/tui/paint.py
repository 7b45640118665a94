"""The one place where the lines of a page become the content of a widget."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from wizard.case import page
from wizard.case.page import Painted as Painted


class Page(page.Page):
    """A page that is shown in a widget."""

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
