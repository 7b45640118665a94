"""The store: durable order, private files, a broken chain is found, two writers do not mix."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from wizard.case.open_case import OpenCase, begin
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import BadInput, StorageError, UnknownCase
from wizard.guard import Choice
from wizard.store.files import create, free_name
from wizard.store.labels import check_label, new_label
from wizard.store.site import load_contacts
from wizard.store.store import FILE, Store


def opened(library: Library, folder: Path) -> tuple[Store, OpenCase]:
    """A case in a new store, with one answer."""
    store = Store(folder, lambda: NOW)
    case = begin(library, "acrometastasis", "amber-heron", TODAY, store.writer("amber-heron"))
    case.answer("sex", Fact(Choice("male"), TODAY))
    return store, case


@pytest.mark.hazard("HZ-51", "HZ-61")
def test_what_was_written_is_read(library: Library, tmp_path: Path) -> None:
    """Events come back in order; the folder and the file are private."""
    store, case = opened(library, tmp_path / "state")
    assert store.read("amber-heron").events == case.events
    assert store.labels() == ("amber-heron",)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "state" / FILE).stat().st_mode) == 0o600
    with pytest.raises(UnknownCase):
        store.read("no-case")


@pytest.mark.hazard("HZ-66")
def test_settings_of_the_database(library: Library, tmp_path: Path) -> None:
    """Rollback journal; no journal is left."""
    opened(library, tmp_path)
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


@pytest.mark.hazard("HZ-60")
def test_damage_is_found(library: Library, tmp_path: Path) -> None:
    """A changed event breaks the chain."""
    store, _ = opened(library, tmp_path)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE events SET body = replace(body, 'male', 'female')")
    with pytest.raises(StorageError, match="damaged after 1 events"):
        store.read("amber-heron")


@pytest.mark.hazard("HZ-13")
def test_a_second_writer_is_refused(library: Library, tmp_path: Path) -> None:
    """Two programs on one case: the later one is told, nothing is mixed."""
    store, case = opened(library, tmp_path)
    events = store.read("amber-heron").events
    other = OpenCase(library, events, store.writer("amber-heron", len(events)))
    other.answer("smoker", Fact(Choice("yes"), TODAY))
    with pytest.raises(StorageError, match="changed by another program"):
        case.answer("smoker", Fact(Choice("no"), TODAY))
    assert store.read("amber-heron").events == other.events


@pytest.mark.hazard("HZ-39", "HZ-61")
def test_files_are_created_never_overwritten(tmp_path: Path) -> None:
    """And nothing temporary stays behind."""
    path = create(tmp_path / "a.txt", "one")
    with pytest.raises(StorageError, match="not overwritten"):
        create(path, "two")
    assert path.read_text() == "one"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert free_name(tmp_path, "a", "txt").name == "a-2.txt"
    with pytest.raises(StorageError, match="cannot be written"):
        create(tmp_path / "none" / "b.txt", "x")


@pytest.mark.hazard("HZ-61")
def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    """Neither of the name nor of the temporary one; what it points to keeps its bytes."""
    victim = tmp_path / "victim"
    victim.write_text("kept")
    for name in ("a.txt", f".a.txt.{os.getpid()}.part"):
        link = tmp_path / name
        link.symlink_to(victim)
        with pytest.raises(StorageError, match="not overwritten"):
            create(tmp_path / "a.txt", "one")
        assert victim.read_text() == "kept"
        link.unlink(missing_ok=True)


@pytest.mark.hazard("HZ-51", "HZ-55")
def test_labels() -> None:
    """Two words; never one that is taken."""
    assert "-" in new_label([])
    check_label("amber-heron")
    for bad in ("John Smith", "a", "x-1", "../../etc"):
        with pytest.raises(BadInput):
            check_label(bad)


@pytest.mark.hazard("HZ-37", "HZ-56")
def test_site_file(library: Library, tmp_path: Path) -> None:
    """Contacts by name; a misspelt one is refused; none is no fault."""
    known = library["acrometastasis"].common.contacts
    file = tmp_path / "site.toml"
    assert load_contacts(known, file) == {}
    file.write_text('[contacts]\nhand_surgeon = "extension\x1b[2J 22"\n'.replace("\x1b", "\\u001b"))
    assert load_contacts(known, file) == {"hand_surgeon": "extension<U+001B>[2J 22"}
    file.write_text('[contacts]\nhand_surgeonn = "22"\n')
    with pytest.raises(BadInput, match="no contact is called"):
        load_contacts(known, file)
    file.write_text("[contacts\n")
    with pytest.raises(BadInput, match="not a TOML file"):
        load_contacts(known, file)
