"""Compiled pathways, kept from one start to the next: parsing is most of what a start costs."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from wizard import __version__
from wizard.definition.compiled import compiled_text, library_from
from wizard.definition.folders import digest_of, shipped_pathways
from wizard.definition.library import Library
from wizard.errors import StorageError
from wizard.store.files import create

MOST_KEPT = 4


def cache_folder() -> Path:
    """Where compiled pathways are kept: the user's cache directory; nothing in it is of a case."""
    from platformdirs import user_cache_path

    return user_cache_path("pathwizard", appauthor=False)


def load_compiled(folder: Path, root: Traversable | Path | None = None) -> Library:
    """The library of `root`, by default the pathways that come with the program.

    It is compiled once for each content of its files and each version of the program, and kept
    in `folder`; a compiled library that is damaged is made again, one that cannot be kept is not.
    Raises what `load_library` raises.
    """
    root = shipped_pathways() if root is None else root
    kept = folder / f"{__version__}-{digest_of(root)}.json"
    found = _read(kept)
    if found is not None:
        return found
    from wizard.definition.loading import load_library

    library = load_library(root)
    _keep(kept, compiled_text(library))
    return library


def _read(kept: Path) -> Library | None:
    try:
        digest, _, text = kept.read_text("utf-8").partition("\n")
        if digest == hashlib.sha256(text.encode()).hexdigest():
            return library_from(text)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _keep(kept: Path, text: str) -> None:
    with suppress(OSError, StorageError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.unlink(missing_ok=True)
        create(kept, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
        others = sorted(kept.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
