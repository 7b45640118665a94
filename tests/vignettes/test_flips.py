"""One answer flipped in each of the six cases: the report changes accordingly, and only then."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.entry import value_from_text
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.report.render import Generated, text
from wizard.report.summary import summarise

NOW = Generated(datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "amber-heron", "none")

FLIPS = [
    ("acrometastasis", "acro-thumb-fingertip-lung-antibiotics", "2-imaging", "device_or_metal", "unchecked",
     "MRI of the part", "BLOCKED", "a device or metal is not cleared for MRI"),
    ("acrometastasis", "acro-first-metatarsal-renal-sprain", "3-biopsy", "primary_tumour_features", "yes",
     "Biopsy at, or as told by, the bone sarcoma centre", "RECOMMENDED", "reported as possibly a primary bone tumour"),
    ("acrometastasis", "acro-thumb-triple-negative-breast-rt", "3-biopsy", "lesion_count", "solitary",
     "A known cancer does not replace the biopsy", "RECOMMENDED", "Biopsy a first, solitary or atypical"),
    ("acrometastasis", "acro-metatarsal-endometrial-single-8gy", "5-treatment", "pregnancy_possible", "untested",
     "Radiotherapy, single 8 Gy fraction", "BLOCKED", "pregnancy is possible and untested"),
    ("acrometastasis", "mimic-little-finger-gout-melanoma-history", "4-staging", "tissue_fits", "no",
     "Discordance stops the plan", "RECOMMENDED", "tissue, images and bloods disagree"),
    ("cord-compression", "bone-spine-prostate-cord-not-walking-48h", "3-biopsy", "lymphoid_likely", "yes",
     "Haematology is rung before the steroid", "RECOMMENDED", "Ring haematology"),
]  # fmt: skip


def report(case: OpenCase) -> str:
    """The text report with a fixed generated line."""
    return text(summarise(case, {}, "test"), NOW)


def state_of(case: OpenCase, title: str) -> str:
    """The status of a piece of advice or a candidate, in capitals."""
    advice = [*case.situation.advice, *(a for d in case.situation.decisions for a in d.candidates)]
    return next(a.status_words.upper() for a in advice if a.recommendation.title == title)


@pytest.mark.hazard("HZ-18", "HZ-20", "HZ-23")
@pytest.mark.parametrize(
    ("pathway", "case_id", "stage", "item", "value", "title", "status", "words"),
    FLIPS,
    ids=[flip[1] for flip in FLIPS],
)
def test_a_flipped_answer_changes_the_report(
    pathway: str, case_id: str, stage: str, item: str, value: str, title: str, status: str, words: str,
    library: Library,
) -> None:  # fmt: skip
    """The advice has another status than before, and the report says why."""
    file: Path = ROOT / pathway / "cases" / case_id / f"{stage}.yaml"
    answers = read_answers(file.read_text("utf-8"), str(file), library)
    definition = library[pathway].items[item]
    plain, flipped = replay(answers, library), replay(answers, library)
    flipped.answer(item, Fact(value_from_text(item, definition, value), answers.as_of))
    assert state_of(flipped, title) == status
    assert state_of_or_none(plain, title) != status
    assert report(flipped) != report(plain)
    assert " ".join(words.split()) in " ".join(report(flipped).split())
    assert report(plain) == report(replay(answers, library))


def state_of_or_none(case: OpenCase, title: str) -> str | None:
    """The same, None where the candidate is not on a trail."""
    try:
        return state_of(case, title)
    except StopIteration:
        return None
