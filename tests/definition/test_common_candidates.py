"""A candidate of `common/` in a decision: taken in its place, checked once, part of the hash."""

from __future__ import annotations

from pathlib import Path

from tests.definition.test_hashing import COMMON, ONE, TWO
from tests.small import load, write
from wizard.definition.loading import load_problems

FILM = ONE[ONE.index("        film: {") :].splitlines()[0]
WRITTEN = FILM.strip().removeprefix("film: ")
SHARED = COMMON + f"candidates:\n  film: {WRITTEN}\n"
TAKEN = ONE.replace(FILM, "        film: common")


def test_the_candidate_is_taken_in_its_place(tmp_path: Path) -> None:
    """Order and content are those of a decision that writes it out."""
    plain = load(tmp_path / "plain", {"one": ONE, "two": TWO}, COMMON)
    taken = load(tmp_path / "taken", {"one": TAKEN, "two": TWO}, SHARED)
    assert list(taken["one"].candidates) == ["film", "scan"]
    assert taken["one"].candidates == plain["one"].candidates
    assert taken["one"].hash == plain["one"].hash


def test_a_word_of_it_changes_the_hash(tmp_path: Path) -> None:
    """An approval is void when the shared candidate changes."""
    other = SHARED.replace("Film it.", "Film it twice.")
    first = load(tmp_path / "a", {"one": TAKEN, "two": TWO}, SHARED)
    second = load(tmp_path / "b", {"one": TAKEN, "two": TWO}, other)
    assert first["one"].hash != second["one"].hash


def test_an_unknown_one_is_reported_where_it_is_taken(tmp_path: Path) -> None:
    """Place, nearest name."""
    text = TAKEN.replace("film: common", "flim: common")
    problems = load_problems(write(tmp_path / "p", {"one": text, "two": TWO}, SHARED)).problems
    assert [(p.code, p.span.file, p.mend) for p in problems] == [
        ("unknown-candidate", "one/pathway.yaml", "Did you mean `film`?")
    ]
    line = text.splitlines()[problems[0].span.line - 1]
    assert line[problems[0].span.column - 1 :] == "flim: common"


def test_a_fault_in_it_is_reported_once_and_in_common(tmp_path: Path) -> None:
    """However many decisions take it."""
    broken = SHARED.replace("if: always", "if: fewer = yes")
    problems = load_problems(write(tmp_path / "p", {"one": TAKEN, "two": TWO}, broken)).problems
    assert [(p.code, p.span.file) for p in problems] == [("guard-names", "common/common.yaml")]


def test_an_unused_one_is_checked_too(tmp_path: Path) -> None:
    """A claim that does not exist is found before a pathway takes the candidate."""
    broken = SHARED.replace("claims: [DX-TST-01]}", "claims: [DX-TST-09]}")
    problems = load_problems(write(tmp_path / "p", {"one": ONE, "two": TWO}, broken)).problems
    assert {(p.code, p.span.file) for p in problems} == {("unknown-claim", "common/common.yaml")}
