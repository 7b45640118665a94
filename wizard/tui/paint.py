"""The one place where the lines of a page become the content of a widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Self

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from wizard.case import page
from wizard.case.page import Painted as Painted
from wizard.text import to_ascii

_signs: Callable[[str], str] = str
"""What the signs of a text become before it is shown."""


def show_ascii() -> None:
    """From now on what is shown is put into ASCII first, so that it is laid out as it is read."""
    global _signs
    _signs = to_ascii


def _shown(line: Painted) -> Painted:
    return line if line.text.isascii() else Painted(_signs(line.text), line.style)


class Page(page.Page):
    """A page that is shown in a widget."""

    def add(
        self, text: str = "", style: str = "", first: str = "", rest: str | None = None
    ) -> None:
        """Adds a paragraph."""
        super().add(text if text.isascii() else _signs(text), style, first, rest)

    def content(self) -> Content:
        """The page as widget content; nothing in it is read as markup."""
        return content_of(self.lines)


def content_of(lines: Iterable[Painted]) -> Content:
    """Lines as one content."""
    parts: list[Content] = []
    for number, line in enumerate(map(_shown, lines)):
        if number:
            parts.append(Content("\n"))
        parts.append(Content.styled(line.text, line.style) if line.style else Content(line.text))
    return Content("").join(parts)


class Lines(Static):
    """Lines of a page, each a row: only the rows that have changed are painted again.

    What is sent to the terminal, over a slow line as well, and the time that it takes then go with
    what has changed. With `fills` it is never lower than what holds it, so that pages of different
    lengths are the same to the layout.
    """

    def __init__(self, *, id: str, fills: bool = False) -> None:
        super().__init__(markup=False, id=id)
        self._fills = fills
        self._lines: list[Painted] = []
        self._changed: tuple[Region, ...] = ()

    def put(self, lines: Sequence[Painted]) -> None:
        """Shows these lines in place of those before."""
        before, self._lines = self._lines, [_shown(line) for line in lines]
        if before == self._lines:
            return
        if not self._fits(before):
            self.update(content_of(self._lines))
            return
        pairs = enumerate(zip_longest(before, self._lines))
        width = self.size.width
        self._changed = tuple(Region(0, y, width, 1) for y, (old, new) in pairs if old != new)
        self.update(content_of(self._lines), layout=False)
        self._changed = ()

    def _fits(self, before: Sequence[Painted]) -> bool:
        """Whether the lines take the same rows as those before, none of them wrapped."""
        width, height = self.size
        rows = [len(before), len(self._lines)]
        if self._fills and isinstance(self.parent, Widget):
            rows = [max(n, self.parent.size.height) for n in rows]
        wrapped = any(cell_len(line.text) > width for line in (*before, *self._lines))
        return rows == [height, height] and not wrapped

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Of an update that changes only some rows, those."""
        changed = regions or self._changed
        return super().refresh(*changed, repaint=repaint, layout=layout, recompose=recompose)
