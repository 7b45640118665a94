"""The case store: append-only events in SQLite, durable before `append` returns.

`journal_mode=DELETE` and `synchronous=EXTRA`, because homes lie on network file systems; the
folder is 0700 and the file 0600. Each event carries the hash of the one before it, which finds
corruption; no more is claimed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wizard.case.events import Event, event_from, event_json
from wizard.errors import StorageError, UnknownCase
from wizard.text import safe

FIRST = "0" * 64
FILE = "cases.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
  label TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (label, seq)
) STRICT
"""


@dataclass(frozen=True)
class StoredCase:
    """One case of the store: its events, when the last was written, and the head of its chain."""

    label: str
    events: tuple[Event, ...]
    last_written: datetime
    head: str


class Store:
    """Cases in one folder. `now` gives the time (UTC) of each record."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self._now = now
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / FILE).touch(mode=0o600)
        except OSError as error:
            raise _cannot(folder, error) from error
        with self._open() as database:
            database.execute(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database: sqlite3.Connection | None = None
        try:
            database = sqlite3.connect(self.folder / FILE, timeout=5, isolation_level=None)
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("PRAGMA synchronous=EXTRA")
            yield database
        except (sqlite3.Error, OSError) as error:
            raise _cannot(self.folder, error) from error
        finally:
            if database is not None:
                database.close()

    def labels(self) -> tuple[str, ...]:
        """All cases, the one written last first."""
        with self._open() as database:
            rows = database.execute(
                "SELECT label FROM events GROUP BY label ORDER BY max(at) DESC, label"
            ).fetchall()
        return tuple(row[0] for row in rows)

    def read(self, label: str) -> StoredCase:
        """A case. Raises UnknownCase, and StorageError where its chain is broken."""
        with self._open() as database:
            rows = database.execute(
                "SELECT at, body, prev, hash FROM events WHERE label = ? ORDER BY seq",
                (safe(label),),
            ).fetchall()
        if not rows:
            raise UnknownCase(f"no case is called '{label}'", mend="`pathwizard cases` lists them.")
        events: list[Event] = []
        head = FIRST
        for at, body, prev, digest in rows:
            if prev != head or _digest(prev, at, body) != digest:
                raise StorageError(
                    f"the record of the case '{label}' is damaged after {len(events)} events",
                    where=str(self.folder / FILE),
                    mend="Restore the file from a backup; nothing in it was changed.",
                )
            head = digest
            events.append(event_from(json.loads(body)))
        return StoredCase(label, tuple(events), datetime.fromisoformat(rows[-1][0]), head)

    def append(self, label: str, events: Sequence[Event], expected: int) -> None:
        """Writes events behind the `expected` ones; durable when it returns.

        Raises StorageError where another process has written to the case in between.
        """
        at = self._now().isoformat()
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                row = database.execute(
                    "SELECT seq, hash FROM events WHERE label = ? ORDER BY seq DESC LIMIT 1",
                    (label,),
                ).fetchone()
                seq, head = row if row else (0, FIRST)
                if seq != expected:
                    raise StorageError(
                        f"the case '{label}' was changed by another program",
                        mend="Leave it and resume it, to see what is new.",
                    )
                for number, event in enumerate(events, start=seq + 1):
                    body = _canonical(event_json(event))
                    digest = _digest(head, at, body)
                    database.execute(
                        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
                        (label, number, at, body, head, digest),
                    )
                    head = digest
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    def writer(self, label: str, written: int = 0) -> Callable[[Sequence[Event]], None]:
        """The `append` of an open case, which counts what it has written."""
        count = written

        def append(events: Sequence[Event]) -> None:
            nonlocal count
            self.append(label, events, count)
            count += len(events)

        return append

    def check_writable(self) -> None:
        """Raises StorageError where nothing can be written."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("CREATE TABLE self_test (n INTEGER)")
            database.execute("ROLLBACK")


def _canonical(data: dict[str, Any]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digest(prev: str, at: str, body: str) -> str:
    return hashlib.sha256(f"{prev}\n{at}\n{body}".encode()).hexdigest()


def _cannot(folder: Path, error: Exception) -> StorageError:
    what = error.strerror if isinstance(error, OSError) else str(error)
    return StorageError(
        f"the case store cannot be used: {what}",
        where=str(folder),
        mend="Check its rights and the free space, or name another folder with "
        "PATHWIZARD_STATE. Nothing that was entered before is lost.",
    )


def state_folder() -> Path:
    """Where cases are kept: PATHWIZARD_STATE, else the user's state directory."""
    named = os.environ.get("PATHWIZARD_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("pathwizard", appauthor=False)
