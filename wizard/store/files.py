"""Reading and writing of files that a person names: created, never overwritten."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from wizard.errors import StorageError

MOST_BYTES = 4 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a file. Raises StorageError where it is missing, unreadable or too large."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(
            f"the file cannot be read: {error.strerror}",
            where=str(path),
            mend="Check its name and rights.",
        ) from error
    if len(data) > MOST_BYTES:
        raise StorageError(
            "the file is larger than 4 MiB", where=str(path), mend="Name another file."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StorageError(
            f"byte {error.start + 1} is not UTF-8", where=str(path), mend="Save it as UTF-8."
        ) from error


def create(path: Path, text: str) -> Path:
    """Writes a new file of text; see `create_bytes`."""
    return create_bytes(path, text.encode("utf-8"))


def create_bytes(path: Path, data: bytes) -> Path:
    """Writes a new file, whole or not at all; never overwrites.

    The data goes to a temporary file beside it, to the disk, and then gets its name. Raises
    StorageError where the name is taken or the file cannot be written.
    """
    if not path.name:
        raise StorageError(
            "the name of the file is empty or a folder", where=str(path), mend="Name a file."
        )
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise StorageError(
            "the file exists and is not overwritten", where=str(path), mend="Choose another name."
        ) from error
    except OSError as error:
        raise StorageError(
            f"the file cannot be written: {error.strerror}",
            where=str(path),
            mend="Choose another folder, or free some space; the case itself is saved.",
        ) from error
    return path


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """A name that is not taken: STEM.ENDING, then STEM-2.ENDING and so on."""
    path = folder / f"{stem}.{ending}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}.{ending}"
        number += 1
    return path


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def create_all(texts: Mapping[Path, str]) -> list[Path]:
    """Writes new files with their folders; none where one of the names is taken.

    Raises StorageError as `create` does.
    """
    for path in texts:
        if path.exists():
            raise StorageError(
                "the file exists and is not overwritten",
                where=str(path),
                mend="Choose another name.",
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"the folder cannot be made: {error.strerror}",
                where=str(path.parent),
                mend="Choose another folder.",
            ) from error
    return [create(path, text) for path, text in texts.items()]
