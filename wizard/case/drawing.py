"""Drawings in text with cells that can be pointed at: which is where, what is beside what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Direction = Literal["left", "right", "up", "down"]
NEAR = 2
"""How far, in columns or half lines, a click may lie beside what it means."""
MARKED, FOUND = "#", ":"
"""What the cells of the target in view, and of those that a filter has found, are drawn with."""
_TURNED = str.maketrans("/\\()[]{}<>", "\\/)(][}{><")


@dataclass(frozen=True)
class Drawing:
    """Lines of text, and for each target, by its number from 0, its cells as (line, column)."""

    lines: tuple[str, ...]
    cells: tuple[frozenset[tuple[int, int]], ...]

    @property
    def width(self) -> int:
        """The columns of the longest line."""
        return max(map(len, self.lines), default=0)

    def at(self, line: int, column: int) -> int | None:
        """The target at a place, or the nearest one beside it."""

        def distance(number: int) -> int:
            return min(max(abs(c - column), 2 * abs(r - line)) for r, c in self.cells[number])

        nearest = min(range(len(self.cells)), key=distance, default=None)
        return nearest if nearest is not None and distance(nearest) <= NEAR else None

    def beside(self, number: int, direction: Direction) -> int:
        """The neighbour of a target in a direction; itself where there is none."""
        ahead = {
            other: way
            for other in range(len(self.cells))
            if other != number and (way := self._way(number, other, direction)) is not None
        }
        return min(ahead, key=lambda other: ahead[other], default=number)

    def _way(self, number: int, other: int, direction: Direction) -> tuple[float, float] | None:
        """How far another target is in a direction and off it; None where it is not that way.

        A line counts as two columns. What lies further off the direction than along it is not that
        way, and what lies straight ahead comes first.
        """
        a, b = _box(self.cells[number]), _box(self.cells[other])
        if direction in ("up", "down"):
            a, b = _turned(a), _turned(b)
        if direction in ("left", "up"):
            a, b = _reversed(a), _reversed(b)
        ahead = b.first - a.last
        apart = max(0.0, b.low - a.high, a.low - b.high)
        if not 0 < ahead >= apart:
            return None
        middle = abs((b.low + b.high) - (a.low + a.high)) / 2
        return ahead + 3 * apart, middle

    def painted(
        self, marked: int | None, found: Collection[int]
    ) -> Iterator[list[tuple[str, bool]]]:
        """Each line as pieces, each with whether it belongs to the target in view."""
        signs = {cell: FOUND for number in found for cell in self.cells[number]}
        here = self.cells[marked] if marked is not None else frozenset()
        for row, line in enumerate(self.lines):
            pieces: list[tuple[str, bool]] = []
            for column, drawn in enumerate(line):
                inside = (row, column) in here
                sign = MARKED if inside else signs.get((row, column), drawn)
                if pieces and pieces[-1][1] == inside:
                    sign = pieces.pop()[0] + sign
                pieces.append((sign, inside))
            yield pieces


@dataclass(frozen=True)
class _Box:
    """The extent along a direction, and across it."""

    first: float
    last: float
    low: float
    high: float


def _box(cells: Collection[tuple[int, int]]) -> _Box:
    rows, columns = [2 * row for row, _ in cells], [column for _, column in cells]
    return _Box(min(columns), max(columns), min(rows), max(rows))


def _turned(box: _Box) -> _Box:
    return _Box(box.low, box.high, box.first, box.last)


def _reversed(box: _Box) -> _Box:
    return _Box(-box.last, -box.first, box.low, box.high)


def drawing_of(text: str, marks: Sequence[str], *, mirrored: bool = False) -> Drawing:
    """A drawing whose capital letters are the cells of targets, which it gives blank."""
    lines = text.splitlines()
    width = max(map(len, lines), default=0)
    lines = [_mirrored(line.ljust(width)) if mirrored else line.ljust(width) for line in lines]
    cells: dict[str, set[tuple[int, int]]] = {mark: set() for mark in marks}
    for row, line in enumerate(lines):
        for column, drawn in enumerate(line):
            if drawn in cells:
                cells[drawn].add((row, column))
    blank = tuple(re.sub("[A-Z]", " ", line) for line in lines)
    return Drawing(blank, tuple(frozenset(cells[mark]) for mark in marks))


def _mirrored(line: str) -> str:
    """A line the other way round; its words stay readable."""
    turned = line[::-1].translate(_TURNED)
    return re.sub("[a-z]+", lambda word: word[0][::-1], turned)


def side_by_side(drawings: Sequence[tuple[str, Drawing]], columns: int) -> Drawing:
    """Drawings of one target each with a title above, as many in a row as fit."""
    width = max(max(len(title) + 2, drawn.width) for title, drawn in drawings) + 2
    in_row = max(1, columns // width)
    if in_row < len(drawings):
        in_row = max(1, in_row // 2 * 2)
    lines: list[str] = []
    cells: list[frozenset[tuple[int, int]]] = []
    for first in range(0, len(drawings), in_row):
        row = drawings[first : first + in_row]
        top = len(lines)
        height = max(len(drawn.lines) for _, drawn in row)
        heads = (title.center(width) for title, _ in row)
        lines.append("".join(heads))
        below = [""] * height
        for place, (_, drawn) in enumerate(row):
            left = place * width + (width - drawn.width) // 2
            for number in range(height):
                part = drawn.lines[number] if number < len(drawn.lines) else ""
                below[number] = below[number].ljust(left) + part
            cells.append(frozenset((top + 1 + r, left + c) for r, c in drawn.cells[0]))
        lines += below
    return Drawing(tuple(line.rstrip() for line in lines), tuple(cells))
