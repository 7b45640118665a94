"""Problems in what an author wrote: place, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from wizard.errors import BadPathway


@dataclass(frozen=True, order=True)
class Span:
    """A place in a file: lines and columns from 1, columns in code points, end excluded."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One fault of a definition. `code` is stable and short."""

    code: str
    span: Span
    what: str
    mend: str
    severity: Literal["error", "warning"] = "error"

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def render(self) -> str:
        """One line: file:line:column: severity: what. mend [code]."""
        return f"{self.span}: {self.severity}: {self.what}. {self.mend} [{self.code}]"


class ProblemsFound(BadPathway):
    """Definitions with errors; `problems` holds all of one run, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.span, p.code))
        errors = [p for p in self.problems if p.severity == "error"]
        super().__init__(
            f"{len(errors)} {'error' if len(errors) == 1 else 'errors'} in the pathway definitions",
            mend="Run `pathwizard check` for the list.",
        )

    def message(self) -> str:
        """Every problem on a line of its own, then the count."""
        return "\n".join([*(p.render() for p in self.problems), super().message()])
