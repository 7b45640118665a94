"""Plain lines in narrow windows: every line fits, nothing is lost, no number leaves its unit."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.line.conftest import LABEL, Plain
from tests.line.human import Human
from tests.tui.test_sizes import PARTED
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.definition.library import Library
from wizard.line.talk import Talk

FILE = ROOT / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
WIDTHS = [pytest.param(n, marks=() if n in (39, 59) else pytest.mark.full) for n in range(39, 73)]


def words(text: str) -> str:
    """Text without spaces and line ends."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_whole_case_in_a_narrow_window(
    width: int,
    unicode: bool,
    plain: Plain,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A published case to its end, why and advice read out: the words are those of 72 columns."""
    monkeypatch.chdir(tmp_path)
    answers = replace(read_answers(FILE.read_text("utf-8"), str(FILE), library), label=LABEL)
    human = Human(library, answers)
    human.walk()
    plain.desk = replace(plain.desk, today=answers.as_of)
    typed = ["w", "e", *human.lines, "v", "c", "", "q"]
    monkeypatch.setattr(Talk, "width", property(lambda self: width))
    said = plain.run(typed, pathway=answers.pathway.id, unicode=unicode)
    assert "Error:" not in said
    assert not PARTED.search(said), PARTED.findall(said)
    too_long = [line for line in said.splitlines() if len(line) > width]
    assert not [line for line in too_long if "://" not in line], too_long
    if not unicode:
        assert said.isascii()
    asked = {n: i for p in plain.stored().situation.pathways for n, i in p.items.items()}
    for name in answers.facts:
        if unicode:
            assert words(asked[name].ask.clinician) in words(said), name
