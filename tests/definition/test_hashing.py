"""The content hash: what changes a proposal, a rank or a word changes it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import HEADER, item, load
from tests.vignettes.test_vignettes import ROOT

ONE = (
    HEADER.format(id="one", start="first")
    + "items:\n"
    + item("fever", "yes", "no")
    + """steps:
  first:
    title: First
    stage: presentation
    asks: [fever]
    exits:
      - {if: fever = yes, to: two}
      - {otherwise: choose}
      - {unknown: choose}
  choose:
    title: Choose
    stage: imaging
    decision:
      question: Which?
      selection: at most one
      candidates:
        film: {title: Film, action: Film it., who: clinician, by: today, if: always, why: It helps., strength: recommend, certainty: series, claims: [DX-TST-01]}
        scan: {title: Scan, action: Scan it., who: clinician, by: today, if: always, why: It helps., strength: recommend, certainty: series, claims: [DX-TST-01]}
    exits: [{otherwise: done}]
endpoints:
  done: {title: Done, text: Done.}
"""
)
TWO = (
    HEADER.format(id="two", start="other")
    + """steps:
  other:
    title: Other
    stage: presentation
    exits: [{otherwise: end}]
endpoints:
  end: {title: End, text: The end.}
"""
)
COMMON = "reasons: {judgement: Clinical judgement}\n"


def hash_of(folder: Path, one: str = ONE, two: str = TWO, common: str = COMMON) -> str:
    """The hash of the first pathway."""
    return load(folder, {"one": one, "two": two}, common)["one"].hash


def swapped(text: str) -> str:
    """The candidates the other way round."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("film:"))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines) + "\n"


@pytest.mark.hazard("HZ-43", "HZ-58")
@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("the order of candidates", {"one": swapped(ONE)}),
        ("a word of the pathway it leads into", {"two": TWO.replace("The end.", "An end.")}),
        ("a coded reason", {"common": COMMON.replace("Clinical", "My")}),
        ("a word of its own", {"one": ONE.replace("Film it.", "Film it now.")}),
    ],
)
def test_what_decides_changes_the_hash(what: str, change: dict[str, str], tmp_path: Path) -> None:
    """Each of these would change what a case is told."""
    assert hash_of(tmp_path / "a", **change) != hash_of(tmp_path / "b"), what


def test_what_is_not_used_leaves_the_hash(tmp_path: Path) -> None:
    """A claim that nobody cites."""
    unused = COMMON.replace(
        "reasons:",
        "items:\n" + item("unused", "yes", "no") + "reasons:",
    )
    assert hash_of(tmp_path / "a", common=unused) == hash_of(tmp_path / "b")


def test_the_order_of_alerts_is_part_of_it(tmp_path: Path) -> None:
    """Their order is their rank."""
    import shutil

    from wizard.definition.loading import load_library

    folder = tmp_path / "pathways"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("cases"))
    file = folder / "common" / "alerts.yaml"
    text = file.read_text("utf-8")
    head, first, rest = text.partition("  cord_compression:\n")
    own, second, others = rest.partition("  sepsis:\n")
    file.write_text(head + second + others.rstrip() + "\n" + first + own, encoding="utf-8")
    changed, shipped = load_library(folder), load_library(ROOT)
    assert list(changed["acrometastasis"].alerts)[-1] == "cord_compression"
    assert changed["acrometastasis"].hash != shipped["acrometastasis"].hash
