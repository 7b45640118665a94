"""Where the files of pathways are. Layout: one folder a pathway beside `common/`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from wizard.errors import StorageError

COMMON = "common"


def shipped_pathways() -> Path:
    """The pathways that come with the program: the folder beside the package."""
    # Not files("pathways"): that would mix in any folder of this name on the import path, the
    # current one included.
    return Path(__file__).resolve().parents[2] / "pathways"


def root_of(path: Path) -> tuple[Path, str | None]:
    """The root folder and the one pathway that a path names: a pathway's folder, or a root."""
    if (path / COMMON).is_dir() or not any(True for _ in path.glob("*.yaml")):
        return path, None
    return path.resolve().parent, path.resolve().name


def pathway_folders(root: Traversable | Path) -> dict[str, Traversable | Path]:
    """Every folder of definitions below a root, `common/` among them, by name.

    Raises StorageError for a root that cannot be read or holds no pathway.
    """
    try:
        found = {
            entry.name: entry
            for entry in sorted(root.iterdir(), key=lambda entry: entry.name)
            if entry.is_dir() and any(True for _ in yaml_files(entry))
        }
    except OSError as error:
        raise StorageError(
            f"the folder cannot be read: {error.strerror}",
            where=str(root),
            mend="Name a folder that holds `common/` and one folder for each pathway.",
        ) from error
    if not set(found) - {COMMON}:
        raise StorageError(
            "no pathway in this folder",
            where=str(root),
            mend="Name a folder that holds `common/` and one folder for each pathway.",
        )
    return found


def yaml_files(folder: Traversable | Path) -> Iterator[Traversable | Path]:
    """The files of one definition, in the order of their names."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml") and entry.is_file():
            yield entry


def digest_of(root: Traversable | Path) -> str:
    """The SHA-256 (hexadecimal) of the names and bytes of every file of every definition."""
    found = hashlib.sha256()
    for name, folder in pathway_folders(root).items():
        for file in yaml_files(folder):
            data = file.read_bytes()
            found.update(f"{name}/{file.name}\n{len(data)}\n".encode())
            found.update(data)
    return found.hexdigest()
