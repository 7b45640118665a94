"""Worked examples of scores, derived values and tables: each is computed and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from wizard.case.scoring import compute_score
from wizard.definition.computed import Derived, Score, Table
from wizard.definition.diagnostics import Problem
from wizard.definition.library import Library
from wizard.definition.yaml import Positions
from wizard.errors import BadInput

SECTIONS = ("derived", "scores", "tables")


def example_problems(
    library: Library, places: Mapping[str, Positions], only: str | None = None
) -> Iterator[Problem]:
    """Every worked example that comes out otherwise, and every number without an example."""
    for place, positions in places.items():
        if only not in (None, place) and place != "common":
            continue
        for section, name, defined in _defined(library, place):
            path = (section, name)
            if not defined.examples:
                yield Problem(
                    "no-example",
                    positions.key(path),
                    f"`{name}` has no worked example",
                    "Add `examples:` with `given` and `gives`, from the source or by hand.",
                    "warning",
                )
            for number, example in enumerate(defined.examples):
                given = [f"{item}={value}" for item, value in example.given.items()]
                try:
                    found = compute_score(library, name, given, date.min).words
                except BadInput as error:
                    found = f"{error.what} {error.mend}"
                if found != example.gives:
                    at = positions.at((*path, "examples", number)).value
                    yield Problem(
                        "example-fails",
                        at,
                        f"the example of `{name}` gives: {found}",
                        f"The source says: {example.gives}. Correct one of them.",
                    )


def _defined(library: Library, place: str) -> Iterator[tuple[str, str, Derived | Score | Table]]:
    """Everything with examples that stands in one folder."""
    content = library.common if place == "common" else library[place].content
    for section in SECTIONS:
        for name, defined in getattr(content, section, {}).items():
            yield section, name, defined
