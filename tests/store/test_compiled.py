"""Compiled pathways: the same library, made again where it is damaged or the files differ."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.test_cli import ROOT
from wizard.check.starter import starter
from wizard.definition import models
from wizard.definition.compiled import compiled_data, form, library_from
from wizard.definition.library import Library
from wizard.store import compiled
from wizard.store.compiled import MOST_KEPT, load_compiled


@pytest.fixture
def root(tmp_path: Path, library: Library) -> Path:
    """A folder with the small pathway that `new` writes."""
    found = tmp_path / "pathways"
    for file, text in starter("small", found, library, TODAY).items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return found


def kept(folder: Path) -> list[Path]:
    """The compiled libraries of a folder."""
    return sorted(folder.glob("*.compiled"))


def test_the_same_library(library: Library) -> None:
    """What comes out of the text equals what went in, hashes included."""
    again = library_from(compiled_data(library))
    assert again == library
    assert [p.common for p in again.pathways.values()] == [
        p.common for p in library.pathways.values()
    ]


def test_compiled_once(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is compiled."""
    first = load_compiled(tmp_path / "kept", root)
    (file,) = kept(tmp_path / "kept")
    assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(compiled, "_keep", pytest.fail)
    assert load_compiled(tmp_path / "kept", root) == first


def test_of_other_classes_is_compiled_anew(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program whose classes have other fields does not read what was kept with these."""
    load_compiled(tmp_path / "kept", root)

    @dataclass(frozen=True, kw_only=True)
    class Longer(models.GlossaryTerm):
        more: str

    Longer.__module__, Longer.__name__ = models.__name__, "GlossaryTerm"
    before = form()
    monkeypatch.setattr(models, "GlossaryTerm", Longer)
    assert form() != before
    monkeypatch.setattr(compiled, "library_from", pytest.fail)
    load_compiled(tmp_path / "kept", root)
    assert len(kept(tmp_path / "kept")) == 2


def test_a_changed_file_is_compiled_anew(root: Path, tmp_path: Path) -> None:
    """One word of one claim: another library, beside the first."""
    before = load_compiled(tmp_path / "kept", root)
    file = root / "small" / "pathway.yaml"
    text = file.read_text("utf-8")
    changed = re.sub(r"title: .*", "title: Hand and foot", text, count=1)
    assert changed != text
    file.write_text(changed, "utf-8")
    after = load_compiled(tmp_path / "kept", root)
    assert after["small"].header.title == "Hand and foot"
    assert after["small"].hash != before["small"].hash
    assert len(kept(tmp_path / "kept")) == 2


def test_old_ones_are_removed(root: Path, tmp_path: Path) -> None:
    """A few are kept, for sites that use several folders."""
    file = root / "small" / "pathway.yaml"
    for number in range(MOST_KEPT + 2):
        file.write_text(file.read_text("utf-8") + f"# {number}\n", "utf-8")
        load_compiled(tmp_path / "kept", root)
    assert len(kept(tmp_path / "kept")) == MOST_KEPT


@pytest.mark.hazard("HZ-58")
@pytest.mark.parametrize("damage", ["a threshold", "cut short", "empty", "not text"])
def test_damage_is_noticed(damage: str, root: Path, tmp_path: Path) -> None:
    """A compiled library with a changed digit or a missing end is not used, and made again."""
    sound = load_compiled(tmp_path / "kept", root)
    (file,) = kept(tmp_path / "kept")
    data = file.read_bytes()
    assert b"< 18 years" in data
    file.write_bytes(
        {
            "a threshold": data.replace(b"< 18 years", b"< 88 years"),
            "cut short": data[: len(data) // 2],
            "empty": b"",
            "not text": b"\xff\xfe",
        }[damage]
    )
    assert load_compiled(tmp_path / "kept", root) == sound
    assert library_from(file.read_bytes().partition(b"\n")[2]) == sound


def test_where_nothing_can_be_kept(root: Path, tmp_path: Path) -> None:
    """A file in the place of the folder: the library loads all the same."""
    (tmp_path / "kept").write_text("not a folder", "utf-8")
    assert "small" in load_compiled(tmp_path / "kept", root).pathways


def test_a_later_start_parses_nothing(tmp_path: Path) -> None:
    """The second `list` imports neither the YAML parser nor the checks."""
    code = (
        "import sys, cli\n"
        "try:\n    cli.main(['list'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('yaml', 'pydantic', 'wizard.definition.checker') if m in sys.modules])\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert said[0][-1] != "[]"
    assert said[1][-1] == "[]"
    assert said[0][:-1] == said[1][:-1]


@pytest.mark.hazard("HZ-58")
def test_a_compiled_file_runs_no_code(root: Path, tmp_path: Path) -> None:
    """Under a right digest: what names anything but a definition's class is not made."""
    sound = load_compiled(tmp_path / "kept", root)
    (file,) = kept(tmp_path / "kept")
    canary = tmp_path / "canary"

    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(canary),)

    data = pickle.dumps(Hostile())
    pickle.loads(data)
    assert canary.exists(), "the payload works where nothing forbids it"
    canary.rmdir()
    file.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
    assert load_compiled(tmp_path / "kept", root) == sound
    assert not canary.exists()
