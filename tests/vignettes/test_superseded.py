"""What has been overtaken is no longer a task: not indicated, and neither recommended nor blocked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.vignettes.test_readiness import status
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.entry import value_from_text
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.engine.facts import CaseFacts, Fact, Status
from wizard.engine.reading import Reading
from wizard.guard import Choice
from wizard.guard.truth import Truth

THUMB = "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
OVERTAKEN: dict[str, dict[str, str]] = {
    "review_date": {},
    "urgent_referral": {},
    "reread_old_images": {"older_images": "not_reread"},
    "rethink_failed_treatment": {},
    "no_blind_antibiotics": {"sepsis_signs": "no", "deep_infection_signs": "no"},
    "normal_bloods_exclude_nothing": {},
}


@pytest.mark.hazard("HZ-17")
@pytest.mark.parametrize("advice", OVERTAKEN)
def test_tissue_overtakes_what_led_to_it(advice: str, library: Library) -> None:
    """Before tissue a task; with cancer proven it is done; while tissue is unknown it stays open."""
    facts = {**OVERTAKEN[advice], "working_label": "infection", "treatment_response": "failed"}
    before = status(library, THUMB, advice, **facts, tissue_result="not_taken")
    assert before is Status.RECOMMENDED
    after = status(library, THUMB, advice, **facts, tissue_result="metastasis")
    assert after is Status.NOT_INDICATED
    unknown = status(library, THUMB, advice, **facts, tissue_result="not known")
    assert unknown is Status.PENDING


@pytest.mark.parametrize("ct", ["not_done", "not known"])
def test_a_chest_film_is_for_today_while_ct_is_open(ct: str, library: Library) -> None:
    """A breathless smoker without a film of the chest: a task, and no question first."""
    facts = {"chest_film_result": "not_done", "chest_symptoms": "yes", "smoker": "yes"}
    facts |= {"known_cancer": "none", "tissue_result": "not_taken"}
    found = status(library, THUMB, "chest_film_early", **facts, ct_cap=ct)
    assert found is Status.RECOMMENDED


CONTRADICTIONS = {
    "bloods_on_record_as_not_done": {"bloods_recent": "none", "creatinine": "80 micromol/L"},
    "courses_but_not_treated": {
        "antibiotic_courses": "several",
        "treatment_response": "not_treated",
    },
    "fasciitis_of_a_hand": {"affected_region": "hand", "working_label": "fasciitis"},
    "skeleton_without_a_study": {
        "skeleton_imaged_incl_limbs": "with_limbs",
        "bone_scan_result": "not_done",
        "pet_ct_result": "not_done",
    },
}


@pytest.mark.hazard("HZ-17")
@pytest.mark.parametrize("finding", CONTRADICTIONS)
def test_answers_that_do_not_fit_are_said(finding: str, library: Library) -> None:
    """Each answer taken away leaves the contradiction open; together they are a finding."""
    facts = CONTRADICTIONS[finding]
    assert found(library, finding, facts) is Truth.TRUE
    for item in facts:
        assert found(library, finding, {**facts, item: "not known"}) is Truth.UNKNOWN


def found(library: Library, finding: str, texts: dict[str, str]) -> Truth:
    """Whether a finding holds in the first pathway with these answers and no others."""
    pathway = library["acrometastasis"]
    today = date(2026, 11, 25)
    facts = {
        name: {1: Fact(value_from_text(name, pathway.items[name], text), today)}
        for name, text in texts.items()
    }
    return Reading(pathway, CaseFacts(facts=facts), today).truth(pathway.findings[finding].if_)


def test_a_second_sample_is_looked_for_only_once_one_is_due(library: Library) -> None:
    """Metastasis in the first: whether it fits is asked; a second is asked about where it does not."""
    file = "cord-compression/cases/bone-spine-prostate-cord-not-walking-48h/5-treatment.yaml"
    text = (ROOT / file).read_text("utf-8")
    case = replay(read_answers(text, file, library), library)
    blocked = [next(a for a in case.situation.advice if a.id == "mdt").blocked_by]
    case.answer("tissue_fits", Fact(Choice("no"), case.state.as_of))
    blocked.append(next(a for a in case.situation.advice if a.id == "mdt").blocked_by)
    assert blocked == [
        ("tissue_fits", "lesions_explained"),
        ("repeat_tissue_result", "lesions_explained"),
    ]
