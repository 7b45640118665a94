"""A line of text with a cursor, edited by keys in the order in which they were typed.

Textual's Input has a queue of its own: keys typed right behind Enter reach it before the focus has
moved on (docs/decisions/line-editor.md). Here the screen that asks handles every key itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from wizard.text import safe, unit_behind

MOST = 2_000


@dataclass
class LineEditor:
    """Text and cursor; the unit stands behind a bare number.

    What is `selected` is replaced by what is typed or pasted first.
    """

    text: str = ""
    cursor: int = -1
    unit: str = ""
    selected: bool = False

    def __post_init__(self) -> None:
        if self.cursor < 0:
            self.cursor = len(self.text)
        self.selected = self.selected and bool(self.text)

    @property
    def _shown_unit(self) -> str:
        bare = not any(ch.isalpha() or ch == "%" for ch in self.text)
        return f" {unit_behind(self.text, self.unit)}" if self.unit and bare else ""

    def press(self, key: str, character: str | None) -> bool:
        """Takes a key; False where it means nothing in a line."""
        if self.selected and key in ("backspace", "ctrl+h", "delete"):
            self.text, self.cursor = "", 0
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        typed = character is not None and character.isprintable()
        self.selected = self.selected and typed
        match key:
            case "backspace" | "ctrl+h":
                self._set(before[:-1], after)
            case "delete":
                self._set(before, after[1:])
            case "ctrl+u":
                self._set("", after)
            case "ctrl+k":
                self._set(before, "")
            case "left":
                self.cursor = max(0, self.cursor - 1)
            case "right":
                self.cursor = min(len(self.text), self.cursor + 1)
            case "home" | "ctrl+a":
                self.cursor = 0
            case "end" | "ctrl+e":
                self.cursor = len(self.text)
            case _:
                if character is None or not typed:
                    return False
                self.insert(character)
        return True

    def insert(self, words: str) -> None:
        """Puts text at the cursor, or in place of what is selected, up to the greatest length."""
        if self.selected:
            self.text, self.cursor, self.selected = "", 0, False
        room = MOST - len(self.text)
        words = words[:room]
        self._set(self.text[: self.cursor] + words, self.text[self.cursor :])

    def paste(self, text: str) -> bool:
        """Takes pasted text of one line; False where it has several: none may be dropped."""
        pasted = one_line_paste(text)
        if pasted is not None:
            self.insert(safe(pasted))
        return pasted is not None

    def _set(self, before: str, after: str) -> None:
        self.text, self.cursor = before + after, len(before)

    def column(self, label: str = "") -> int:
        """The cell of the cursor in the line, behind its label."""
        return cell_len(f"{label}{self.text[: self.cursor]}")

    def content(self, label: str = "") -> Content:
        """The line with its cursor."""
        if self.selected:
            return Content(label) + Content.styled(self.text, "reverse")
        at = self.text[self.cursor : self.cursor + 1]
        unit = self._shown_unit
        return Content("").join(
            [
                Content(f"{label}{self.text[: self.cursor]}"),
                Content.styled(at or " ", "reverse"),
                Content(self.text[self.cursor + 1 :]),
                Content.styled(unit if at else unit.lstrip(), "dim"),
            ]
        )


def one_line_paste(text: str) -> str | None:
    """The pasted text, None where it has several lines: none of them may be dropped."""
    stripped = text.strip("\r\n")
    return None if "\n" in stripped or "\r" in stripped else stripped
