"""Two cases, or one case under two versions of the pathways, side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.vignettes.test_vignettes import FILES, IDS, ROOT
from wizard.case.answers_file import read_answers
from wizard.case.compare import compare
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.definition.loading import load_library


def opened(file: Path, library: Library) -> OpenCase:
    """The case of a file."""
    return replay(read_answers(file.read_text("utf-8"), file.name, library), library)


@pytest.mark.parametrize("number", range(0, len(FILES) - 1, 3), ids=IDS[:-1:3])
def test_there_and_back(number: int, library: Library) -> None:
    """What is gained one way is lost the other way; a case does not differ from itself."""
    one, two = opened(FILES[number], library), opened(FILES[number + 1], library)
    there, back = compare(one, two), compare(two, one)
    assert compare(one, one).none
    assert compare(one, one).as_text() == "Nothing differs."
    assert there.none is (one.state.facts == two.state.facts)
    assert {c.title for c in there.advice_gained} == {c.title for c in back.advice_lost}
    assert {c.title for c in there.advice_changed} == {c.title for c in back.advice_changed}
    assert sorted(there.steps_gained) == sorted(back.steps_lost)
    assert {(d.name, d.before, d.after) for d in there.facts} == {
        (d.name, d.after, d.before) for d in back.facts
    }
    assert max(map(len, there.as_text().splitlines())) <= 72


@pytest.mark.hazard("HZ-67")
def test_another_version_of_the_pathways(library: Library, tmp_path: Path) -> None:
    """One threshold moved: the version, the advice that depends on it, and nothing else."""
    folder = tmp_path / "pathways"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("cases"))
    file = folder / "common" / "recommendations-presentation.yaml"
    text = file.read_text("utf-8")
    assert "working_label = infection" in text
    file.write_text(text.replace(" or working_label = infection", ""), encoding="utf-8")
    case = ROOT / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/1-presentation.yaml"
    answers = case.read_text("utf-8").replace(
        'infection_over_bone: "yes"', 'infection_over_bone: "no"'
    )
    assert answers != case.read_text("utf-8")

    def walked(pathways: Library) -> OpenCase:
        return replay(read_answers(answers, "case", pathways), pathways)

    found = compare(walked(library), walked(load_library(folder)))
    assert "acrometastasis" in [d.name for d in found.versions]
    assert found.facts == ()
    assert "Examine for infection; a real one is treated at once" in {
        c.title for c in (*found.advice_lost, *found.advice_changed)
    }
