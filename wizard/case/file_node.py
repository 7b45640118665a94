"""One place in a file of answers: typed reading that reports every fault where it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wizard.definition.diagnostics import Problem
from wizard.definition.yaml import Positions
from wizard.errors import BadInput
from wizard.guard import nearest
from wizard.text import one_line, parse_date

CODE = "case-file"
SEE = "See docs/case-format.md."


@dataclass(frozen=True)
class Node:
    """The data at a path; what is read with a fault is None or left out, and reported."""

    data: Any
    path: tuple[str | int, ...]
    positions: Positions
    problems: list[Problem]

    def fault(self, what: str, mend: str, *, key: bool = False) -> None:
        """Reports a fault here, or at the key of this place."""
        at_key = key and bool(self.path)
        span = self.positions.key(self.path) if at_key else self.positions.at(self.path).value
        self.problems.append(Problem(CODE, span, what, mend))

    def _below(self, part: str | int, data: Any) -> Node:
        return Node(data, (*self.path, part), self.positions, self.problems)

    def entries(self) -> dict[str, Node]:
        """The entries of a mapping with free keys; nothing where it is left out."""
        if self.data is None:
            return {}
        if not isinstance(self.data, dict):
            self.fault("a mapping was expected", SEE)
            return {}
        return {key: self._below(key, value) for key, value in self.data.items()}

    def mapping(self, *known: str) -> Mapping[str, Node]:
        """The entries of a mapping with these keys; others are reported."""
        entries = self.entries()
        for key, node in entries.items():
            if key not in known:
                near = nearest(key, known)
                hint = f"Did you mean `{near}`? " if near else ""
                what = f"the key `{key}` is not known here"
                node.fault(what, f"{hint}Known keys: {', '.join(known)}.", key=True)
        return {key: entries.get(key, self._below(key, None)) for key in known}

    def elements(self) -> list[Node]:
        """The elements of a list; nothing where it is left out."""
        if self.data is None:
            return []
        if not isinstance(self.data, list):
            self.fault("a list was expected", SEE)
            return []
        return [self._below(number, value) for number, value in enumerate(self.data)]

    def words(self) -> str | None:
        """A text on one line; None where it is left out."""
        if self.data is None:
            return None
        if isinstance(self.data, dict | list | bool):
            self.fault("a text was expected", "Write words, in quotes where they hold a colon.")
            return None
        return one_line(str(self.data))

    def whole_number(self, default: int, most: int) -> int | None:
        """A whole number from 1."""
        if self.data is None:
            return default
        if not isinstance(self.data, int) or isinstance(self.data, bool):
            self.fault("a whole number was expected", f"Write 1 to {most}.")
            return None
        if not 1 <= self.data <= most:
            self.fault(f"{self.data} is not between 1 and {most}", f"Write 1 to {most}.")
            return None
        return self.data

    def day(self, default: date | None, *, latest: date | None = None) -> date | None:
        """A date, `default` where it is left out; none after `latest`."""
        if self.data is None:
            if default is None:
                self.fault("the date is missing", "Write it as 2026-11-22.", key=True)
            return default
        try:
            found = parse_date(str(self.data))
        except BadInput as error:
            self.fault(error.what, error.mend or "")
            return None
        if latest is not None and found > latest:
            self.fault("the date lies after `as_of`", "Correct one of the two.")
            return None
        return found

    def one_of(self, kind: str, known: Collection[str]) -> str | None:
        """One of some words; None where it is left out or another."""
        found = self.words()
        if found is None or found in known:
            return found
        near = nearest(found, known)
        hint = f"Did you mean `{near}`? " if near else ""
        self.fault(f"`{found}` is not {kind}", f"{hint}Known: {', '.join(known)}.")
        return None

    def some_of(self, kind: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of some words."""
        found = [element.one_of(kind, known) for element in self.elements()]
        return tuple(name for name in found if name is not None)
