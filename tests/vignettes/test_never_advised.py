"""What no advice says, and what always stands beside other advice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vignettes.test_readiness import AGENT, NOT_KNOWN, READY, status
from tests.vignettes.test_vignettes import FILES
from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.check.vignettes import advice_of
from wizard.definition.library import Library
from wizard.engine.facts import Status


def actions(library: Library) -> Iterator[tuple[str, str]]:
    """What each piece of advice and each emergency asks for, with its name."""
    for pathway in library.pathways.values():
        candidates = {name: candidate for name, (_, candidate) in pathway.candidates.items()}
        for name, advice in {**pathway.recommendations, **candidates}.items():
            yield name, f"{advice.title}. {advice.action}"
        for name, alert in pathway.alerts.items():
            yield from ((name, action.do) for action in alert.now)


ONLY_AGAINST = {
    "codeine": "left out at a GFR below 30",
    "pethidine": "left out at a GFR below 30",
    "patch": "not for someone who has not had opioids",
    "loop diuretic": "no loop diuretic before volume",
    "radium": "",
    "methadone": "",
    "gadolinium": "use a group II agent",
}
"""Drugs that an action names only to warn of them; those with nothing behind them no action names."""


@pytest.mark.invariant("NEVER-09", "NEVER-11", "NEVER-12", "NEVER-13", "NEVER-15", "SI-01")
@pytest.mark.parametrize("drug", ONLY_AGAINST)
def test_a_drug_is_named_only_in_a_warning(drug: str, library: Library) -> None:
    """No action asks for it; where it is named, the warning stands in the same action."""
    warning = ONLY_AGAINST[drug]
    named = {words for _, words in actions(library) if drug in words.lower()}
    assert bool(named) == bool(warning)
    assert [words for words in named if warning.lower() not in words.lower()] == []


@pytest.mark.invariant("NEVER-11")
def test_an_opioid_below_30_goes_to_the_specialist(library: Library) -> None:
    """With an eGFR of 29 the specialist's start stands, which leaves codeine and pethidine out."""
    file = "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
    facts = {"pain_severity": "severe", "egfr": "29 mL/min/1.73 m2", "renal_impairment": "yes"}
    found = status(library, file, "opioid_specialist_start", **facts)
    assert found is Status.RECOMMENDED


CONTRAST = {"mri_result": "not_done", "device_or_metal": "none"}


@pytest.mark.hazard("HZ-20")
@pytest.mark.invariant("SI-01", "SI-02", "SI-03")
@pytest.mark.parametrize("kidney", [{"egfr": "29 mL/min/1.73 m2"}, {"aki_or_dialysis": "yes"}])
def test_mri_goes_on_with_low_kidney_function(kidney: dict[str, str], library: Library) -> None:
    """It stands, unenhanced first, and an argument says which contrast is out of question."""
    assert status(library, READY, "mri_part", **CONTRAST, **kidney) is Status.RECOMMENDED
    for name in ("acrometastasis", "bone-metastasis"):
        advice = library[name].candidates["mri_part"][1]
        assert "unenhanced first where renal function is low or unknown" in advice.action
        against = {a.against: a.if_ or "" for a in advice.arguments if a.against}
        (low,) = [guard for words, guard in against.items() if "no group I gadolinium" in words]
        assert "egfr < 30 mL/min/1.73 m2" in low
        assert "aki_or_dialysis = yes" in low
        (pregnant,) = [guard for words, guard in against.items() if "plain MRI only" in words]
        assert pregnant == "pregnancy_possible = pregnant"


@pytest.mark.invariant("SI-14")
@pytest.mark.parametrize("film", ["not_done", "inadequate", NOT_KNOWN])
def test_the_film_comes_before_mri(film: str, library: Library) -> None:
    """Without an adequate film MRI is not chosen and the film is, unless a scan shows the lesion."""
    facts = {**CONTRAST, "pet_ct_result": "not_done", "bone_scan_result": "not_done"}
    assert status(library, READY, "mri_part", **facts) is Status.RECOMMENDED
    found = status(library, READY, "mri_part", **facts, film_result=film)
    assert found is not Status.RECOMMENDED
    first = status(library, READY, "radiograph", **facts, film_result=film)
    assert first is (Status.PENDING if film == NOT_KNOWN else Status.RECOMMENDED)


@pytest.mark.hazard("HZ-17")
@pytest.mark.invariant("SI-16")
@pytest.mark.parametrize("possible", ["yes", NOT_KNOWN])
def test_histology_and_culture_together(possible: str, library: Library) -> None:
    """While infection is possible or unknown every sample goes both ways; excluded, it need not."""
    facts = {"tissue_result": "not_taken", "infection_possible": possible}
    found = status(library, READY, "culture_and_histology", **facts)
    assert found in (Status.RECOMMENDED, Status.CHECK_FIRST)
    facts["infection_possible"] = "no"
    assert status(library, READY, "culture_and_histology", **facts) is Status.BLOCKED


@pytest.mark.invariant("NEVER-18")
def test_pain_is_treated_beside_a_bone_agent(library: Library) -> None:
    """Where an agent stands in a person with pain, analgesia does too."""
    for pain in ("mild", "moderate", "severe"):
        facts = {**AGENT, "pain_severity": pain}
        assert status(library, READY, "denosumab", **facts) is Status.RECOMMENDED
        assert status(library, READY, "analgesia", **facts) is Status.RECOMMENDED


TREATMENT = [file for file in FILES if file.stem == "5-treatment"]


@pytest.mark.invariant("SI-19", "ALWAYS-07")
@pytest.mark.parametrize("file", TREATMENT, ids=lambda f: f.parent.name)
def test_palliative_care_and_the_team_with_every_cancer(file: Path, library: Library) -> None:
    """Whenever metastasis is proven or waived both stand; goals are asked about or on record."""
    case = replay(read_answers(file.read_text("utf-8"), file.name, library), library)
    advice = advice_of(case)
    tissue = case.fact("tissue_result")
    settled = "metastasis" in str(tissue) or "waived" in str(tissue)
    if settled:
        stands = (Status.RECOMMENDED, Status.CHECK_FIRST)
        assert advice["palliative_care"].status in stands
        assert advice["mdt"].status in stands
    assert settled or not file.parent.name.startswith("acro-")


@pytest.mark.invariant("NEVER-19")
def test_the_plan_is_the_teams(library: Library) -> None:
    """Every end at which treatment is chosen hands the options over and settles none."""
    ends = {
        name: pathway.endpoints[name].title
        for pathway in library.pathways.values()
        for name in ("plan_complete", "referred")
        if name in pathway.endpoints
    }
    assert set(ends) == {"plan_complete", "referred"}
    for title in ends.values():
        assert "team" in title


def test_local_treatment_without_cancer_drugs(library: Library) -> None:
    """Who declines drugs and accepts local treatment is offered the operation and no drug."""
    file = "acrometastasis/cases/acro-metacarpal-lung-ulcerated-bleeding/5-treatment.yaml"
    wanted = {
        "open": (Status.RECOMMENDED, Status.RECOMMENDED),
        "local_only": (Status.RECOMMENDED, Status.BLOCKED),
        "no_surgery": (Status.BLOCKED, Status.RECOMMENDED),
        "comfort_only": (Status.BLOCKED, Status.BLOCKED),
    }
    for wishes, (operation, drugs) in wanted.items():
        facts = {"wishes": wishes, "survival_over_4_weeks": "yes", "driver_result": "target"}
        assert status(library, file, "limited_surgery", **facts) is operation
        assert status(library, file, "systemic_referral", **facts) is drugs


@pytest.mark.parametrize("test", ["pet_after_discussion", "endoscopy_by_finding"])
def test_no_search_against_a_refusal(test: str, library: Library) -> None:
    """Who does not want the search to go on is offered no further test for the primary."""
    file = "unknown-primary/cases/constructed/gut.yaml"
    assert status(library, file, test, wants_investigation="yes") is Status.RECOMMENDED
    assert status(library, file, test, wants_investigation="no") is Status.BLOCKED
    assert "declined" not in library["unknown-primary"].items["wants_investigation"].absence


@pytest.mark.parametrize("bone", ["metacarpal", "carpus"])
def test_the_foot_bears_on_no_hand(bone: str, library: Library) -> None:
    """A short outlook argues against surgery of a hindfoot; of a hand nothing waits for that."""
    file = "acrometastasis/cases/acro-metacarpal-lung-ulcerated-bleeding/5-treatment.yaml"
    facts = {"bone_hand": bone, "wishes": "open", "survival_over_4_weeks": "yes"}
    facts |= {"survival_over_few_months": "no"}
    assert status(library, file, "limited_surgery", **facts) is Status.RECOMMENDED
