"""Lines of a page to read, the same for every face: wrapped, safe for terminals, with emphasis."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.text import safe, wrap


@dataclass(frozen=True)
class Painted:
    """One line and its emphasis: `bold`, `dim` or none. The words say everything without it."""

    text: str
    style: str = ""


@dataclass
class Page:
    """Lines wrapped to a width; remembers which of them are to be kept in view."""

    width: int
    lines: list[Painted] = field(default_factory=list)
    current: int = 0
    end: int = 0

    def add(
        self, text: str = "", style: str = "", first: str = "", rest: str | None = None
    ) -> None:
        """Adds a paragraph."""
        for line in wrap(safe(text), self.width, first, rest) if text else [""]:
            self.lines.append(Painted(line, style))

    def here(self) -> None:
        """The next line added is the first to keep in view."""
        self.current = self.end = len(self.lines)

    def up_to_here(self) -> None:
        """The line added last is the last to keep in view."""
        self.end = len(self.lines)
