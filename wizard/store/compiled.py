"""Compiled pathways, kept from one start to the next: parsing is most of what a start costs."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from wizard import __version__
from wizard.definition.compiled import compiled_data, form, library_from
from wizard.definition.folders import digest_of, shipped_pathways
from wizard.definition.library import Library
from wizard.errors import StorageError
from wizard.store.files import create_bytes

MOST_KEPT = 4


def cache_folder() -> Path:
    """Where compiled pathways are kept: the user's cache directory; nothing in it is of a case."""
    from platformdirs import user_cache_path

    return user_cache_path("pathwizard", appauthor=False)


def load_compiled(folder: Path, root: Traversable | Path | None = None) -> Library:
    """The library of `root`, by default the pathways that come with the program.

    It is compiled once for each content of its files and each form of what it is made of, and kept
    in `folder`; a compiled library that is damaged is made again, one that cannot be kept is not.
    Raises what `load_library` raises.
    """
    root = shipped_pathways() if root is None else root
    made_of = hashlib.sha256(digest_of(root).encode() + form()).hexdigest()
    kept = folder / f"{__version__}-{made_of}.compiled"
    found = _read(kept)
    if found is not None:
        return found
    from wizard.definition.loading import load_library

    library = load_library(root)
    _keep(kept, compiled_data(library))
    return library


def _read(kept: Path) -> Library | None:
    with suppress(OSError, ValueError):
        digest, _, data = kept.read_bytes().partition(b"\n")
        if digest == hashlib.sha256(data).hexdigest().encode():
            return library_from(data)
    return None


def _keep(kept: Path, data: bytes) -> None:
    with suppress(OSError, StorageError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.unlink(missing_ok=True)
        create_bytes(kept, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        others = sorted(kept.parent.glob("*.compiled"), key=lambda file: file.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
