"""What every command shares: printing, the day it is, the pathways that are loaded."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from wizard.definition.library import Library

PATHWAYS = "PATHWIZARD_PATHWAYS"
"""Names another folder of pathways than the one that comes with the program."""


def say(words: str) -> None:
    """Prints to standard error."""
    from wizard.text import safe

    print(safe(words), file=sys.stderr)


def put(words: str) -> None:
    """Prints a result to standard output, in ASCII where the terminal takes no more."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        words.encode(encoding)
    except UnicodeEncodeError:
        from wizard.text import to_ascii

        words = to_ascii(words)
    print(words, end="" if words.endswith("\n") else "\n")


def put_json(data: object) -> None:
    """Prints a result as JSON."""
    from json import dumps

    put(dumps(data, ensure_ascii=False, indent=1))


class Found(Protocol):
    """A result that is printed as text or as JSON."""

    def as_data(self) -> dict[str, Any]:
        """For JSON."""

    def as_text(self) -> str:
        """For a terminal."""


def put_found(found: Found, json: bool) -> None:
    """Prints a result in one of its two forms."""
    if json:
        put_json(found.as_data())
    else:
        put(found.as_text())


def today(as_of: str | None = None) -> date:
    """The day a case is looked at; raises BadInput for what is no date."""
    from wizard.text import parse_date

    return datetime.now().date() if as_of is None else parse_date(as_of)


def pathways_root() -> Path | Traversable:
    """The folder of pathways: those that come with the program, or `PATHWIZARD_PATHWAYS`."""
    from wizard.definition.folders import shipped_pathways

    named = os.environ.get(PATHWAYS)
    return Path(named) if named else shipped_pathways()


def open_library() -> Library:
    """The pathways of `pathways_root`; another folder than the one shipped is said."""
    from wizard.store.compiled import cache_folder, load_compiled

    found = load_compiled(cache_folder(), pathways_root())
    if os.environ.get(PATHWAYS):
        say(f"Pathways of {pathways_root()} ({PATHWAYS}), not those that come with the program.")
    return found
