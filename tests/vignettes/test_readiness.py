"""What makes advice not ready: one fact unknown or against it, and it is no longer recommended."""

from __future__ import annotations

import pytest

from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.entry import value_from_text
from wizard.definition.library import Library
from wizard.engine.advice import advise
from wizard.engine.facts import CaseFacts, Fact, Place, Status
from wizard.engine.reading import Reading

READY = "bone-metastasis/cases/constructed/pelvis-ready.yaml"
FEMUR = "fracture-risk/cases/constructed/score-nine-and-fit.yaml"
NOT_KNOWN = "not known"


def status(library: Library, file: str, advice: str, **texts: str) -> Status:
    """Of a piece of advice or a candidate, with the facts of a vignette and other answers typed."""
    answers = read_answers((ROOT / file).read_text("utf-8"), file, library)
    pathway = library[answers.pathway.id]
    facts = dict(answers.facts)
    for name, text in texts.items():
        value = value_from_text(name, pathway.items[name], text)
        facts[name] = {1: Fact(value, answers.as_of)}
    reading = Reading(pathway, CaseFacts(facts=facts), answers.as_of)
    if advice in pathway.candidates:
        step, candidate = pathway.candidates[advice]
        return advise(advice, candidate, reading, Place(pathway.id, step)).status
    return advise(advice, pathway.recommendations[advice], reading).status


UNSAMPLED = {"tissue_result": "not_taken"}


BIOPSIES = {
    "core_biopsy": UNSAMPLED,
    "open_biopsy": {"tissue_result": "indeterminate"},
    "safer_target_biopsy": {**UNSAMPLED, "safer_target": "yes", "lesion_count": "multiple"},
}


@pytest.mark.hazard("HZ-09", "HZ-19", "HZ-80")
@pytest.mark.invariant("SI-21")
@pytest.mark.parametrize(
    ("item", "against"),
    [
        ("antithrombotics", "no_plan"),
        ("platelets", "19 x10^9/L"),
        ("platelets", "49 x10^9/L"),
        ("inr", "1.9"),
        ("side_digit_confirmed", "no"),
        ("consent_capacity", "not_yet"),
        ("consent_capacity", "refused"),
    ],
)
@pytest.mark.parametrize("biopsy", BIOPSIES)
def test_biopsy_is_ready_only_when_all_is_known(
    biopsy: str, item: str, against: str, library: Library
) -> None:
    """The checklist of each way to tissue: each entry unknown, and each against it."""
    facts = BIOPSIES[biopsy]
    assert status(library, READY, biopsy, **facts) is Status.RECOMMENDED
    found = status(library, READY, biopsy, **facts, **{item: NOT_KNOWN})
    assert found is Status.CHECK_FIRST
    assert status(library, READY, biopsy, **facts, **{item: against}) is Status.BLOCKED


@pytest.mark.hazard("HZ-19")
@pytest.mark.invariant("SI-21")
@pytest.mark.parametrize("biopsy", BIOPSIES)
def test_no_biopsy_while_the_vascularity_is_unknown(biopsy: str, library: Library) -> None:
    """What may bleed and has not been asked about keeps every way to tissue pending."""
    facts = {**BIOPSIES[biopsy], "vascular_primary_suspected": NOT_KNOWN}
    assert status(library, READY, biopsy, **facts) is Status.PENDING


OPERATIONS = {
    "resect_solitary_bone": {
        "tissue_result": "metastasis",
        "visceral_disease": "none_found",
        "primary_now": "kidney",
        "fit_for_surgery": "yes",
    },
    "ablation_or_cement": {"tissue_result": "metastasis", "functional_pain": "yes"},
}


@pytest.mark.invariant("SI-21")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_operation_before_it_is_discussed(operation: str, library: Library) -> None:
    """What the person wants: open, it stands; unknown, check first; not discussed, blocked."""
    facts = OPERATIONS[operation]
    assert status(library, READY, operation, **facts) is Status.RECOMMENDED
    found = status(library, READY, operation, **facts, wishes=NOT_KNOWN)
    assert found is Status.CHECK_FIRST
    assert status(library, READY, operation, **facts, wishes="not_discussed") is Status.BLOCKED


@pytest.mark.hazard("HZ-19")
@pytest.mark.invariant("SI-21")
def test_biopsy_waits_for_the_vascularity(library: Library) -> None:
    """Unknown is not ready; a vascular target needs the higher limits."""
    biopsy, item = "core_biopsy", "vascular_primary_suspected"
    arm = {**UNSAMPLED, "affected_region": "long_bone", "platelets": "30 x10^9/L"}
    assert status(library, READY, biopsy, **arm, **{item: "no"}) is Status.RECOMMENDED
    assert status(library, READY, biopsy, **arm, **{item: "yes"}) is Status.BLOCKED
    assert status(library, READY, biopsy, **arm, **{item: NOT_KNOWN}) is not Status.RECOMMENDED


@pytest.mark.hazard("HZ-18")
@pytest.mark.invariant("SI-05")
@pytest.mark.parametrize(
    "facts",
    [
        {"primary_tumour_features": "yes"},
        {"age": "39 years", "known_cancer": "none"},
        {"known_cancer": "none", "ct_cap": "clear"},
    ],
    ids=["reported", "under 40", "clear staging"],
)
def test_a_possible_sarcoma_goes_to_the_centre(facts: dict[str, str], library: Library) -> None:
    """No local biopsy and no treatment; the centre is told."""
    facts = {**UNSAMPLED, **facts}
    assert status(library, READY, "core_biopsy", **facts) is Status.BLOCKED
    assert status(library, READY, "sarcoma_centre_biopsy", **facts) is Status.RECOMMENDED
    for treatment in ("single_fraction", "several_fractions"):
        assert status(library, READY, treatment, **facts) is not Status.RECOMMENDED


@pytest.mark.hazard("HZ-20")
@pytest.mark.invariant("SI-17")
@pytest.mark.parametrize("study", ["pet_ct", "bone_scan", "ct_part"])
@pytest.mark.parametrize("answer", ["pregnant", "untested", NOT_KNOWN])
def test_no_radiation_in_possible_pregnancy(study: str, answer: str, library: Library) -> None:
    """Each study is suitable in a woman who cannot be pregnant, and not otherwise."""
    facts = {
        "sex": "female",
        "age": "45 years",
        "pet_ct_result": "not_done",
        "lesion_type": "mixed",
    }
    facts |= {"ct_local_result": "not_done"}
    if study == "bone_scan":
        facts["lesion_type"] = "blastic"
    clear = status(library, READY, study, pregnancy_possible="not_possible", **facts)
    assert clear is Status.RECOMMENDED
    found = status(library, READY, study, pregnancy_possible=answer, **facts)
    assert found in (Status.BLOCKED, Status.CHECK_FIRST)


@pytest.mark.hazard("HZ-20")
@pytest.mark.invariant("SI-17")
@pytest.mark.parametrize("answer", ["unchecked", "unsafe", NOT_KNOWN])
def test_no_mri_with_an_unchecked_device(answer: str, library: Library) -> None:
    """Suitable without metal; unknown is not suitable."""
    facts = {"mri_result": "not_done"}
    clear = status(library, READY, "mri_part", device_or_metal="none", **facts)
    assert clear is Status.RECOMMENDED
    found = status(library, READY, "mri_part", device_or_metal=answer, **facts)
    assert found in (Status.BLOCKED, Status.CHECK_FIRST)


AGENT = {
    "tissue_result": "metastasis",
    "calcium_class": "within",
    "vitamin_d": "sufficient",
    "dental_check": "done",
    "on_bone_agent": "no",
    "aki_or_dialysis": "no",
    "creatinine": "80 micromol/L",
    "weight": "75 kg",
    "lateral_cortex_line": "no",
}
BOTH = ("zoledronic_acid", "denosumab")


@pytest.mark.hazard("HZ-21")
@pytest.mark.invariant("NEVER-04", "NEVER-06", "ALWAYS-02", "ALWAYS-03")
@pytest.mark.parametrize(
    ("item", "against"),
    [
        ("calcium_class", "low"),
        ("dental_check", "work_open"),
        ("on_bone_agent", "yes"),
        ("vitamin_d", "deficient"),
    ],
)
@pytest.mark.parametrize("agent", BOTH)
def test_a_bone_agent_waits_for_its_checks(
    agent: str, item: str, against: str, library: Library
) -> None:
    """Calcium, teeth, another agent, vitamin D: unknown or against it, and it is not recommended."""
    assert status(library, READY, agent, **AGENT) is Status.RECOMMENDED
    for answer in (against, NOT_KNOWN):
        found = status(library, READY, agent, **{**AGENT, item: answer})
        assert found is not Status.RECOMMENDED, answer


@pytest.mark.hazard("HZ-21")
@pytest.mark.invariant("NEVER-01", "NEVER-02", "ALWAYS-02")
def test_zoledronic_acid_goes_by_the_clearance(library: Library) -> None:
    """Below 30 mL/min, unknown, or with an eGFR alone it is not recommended."""
    agent = "zoledronic_acid"
    assert status(library, READY, agent, **AGENT) is Status.RECOMMENDED
    low = {**AGENT, "creatinine": "260 micromol/L"}
    assert status(library, READY, agent, **low) is Status.NOT_INDICATED
    alone = {**AGENT, "weight": NOT_KNOWN, "egfr": "90 mL/min/1.73 m2"}
    assert status(library, READY, agent, **alone) is Status.PENDING


@pytest.mark.hazard("HZ-79")
@pytest.mark.invariant("SI-04", "NEVER-07")
@pytest.mark.parametrize("tissue", ["not_taken", "indeterminate", NOT_KNOWN])
@pytest.mark.parametrize("count", ["solitary", NOT_KNOWN])
def test_no_local_treatment_before_tissue(tissue: str, count: str, library: Library) -> None:
    """Radiotherapy, resection and implants of a solitary lesion wait for tissue or a waiver."""
    facts = {"tissue_result": tissue, "lesion_count": count}
    for advice in ("single_fraction", "several_fractions", "resect_solitary_bone"):
        assert status(library, READY, advice, **facts) is not Status.RECOMMENDED
    implants = ("preventive_stabilisation", "stabilise_fracture", "stabilise_for_nursing")
    for advice in (*implants, "radiotherapy_protected"):
        assert status(library, FEMUR, advice, **facts) is not Status.RECOMMENDED
    assert status(library, FEMUR, "preventive_stabilisation") is Status.RECOMMENDED
    assert status(library, READY, "single_fraction", tissue_result="metastasis") is (
        Status.RECOMMENDED
    )


@pytest.mark.hazard("HZ-25")
@pytest.mark.invariant("NEVER-08")
@pytest.mark.parametrize("region", ["hand", "foot", "spine", "pelvis"])
def test_no_score_outside_long_bones(region: str, library: Library) -> None:
    """The way of the fracture score is closed to other bones, to a broken one and to an atypical one."""
    advice = "preventive_stabilisation"
    assert status(library, FEMUR, advice) is Status.RECOMMENDED
    assert status(library, FEMUR, advice, affected_region=region) is not Status.RECOMMENDED
    assert status(library, FEMUR, advice, bone_broken="yes") is not Status.RECOMMENDED
    atypical = {"on_bone_agent": "yes", "lateral_cortex_line": "yes"}
    assert status(library, FEMUR, advice, **atypical) is not Status.RECOMMENDED


SPINE = "cord-compression/cases/constructed/lymphoma-with-signs.yaml"


@pytest.mark.hazard("HZ-23")
def test_blood_is_asked_about_before_the_steroid(library: Library) -> None:
    """With signs haematology is rung and the steroid stands; without signs tissue comes first."""
    rung, held = "haematology_before_steroid", "no_steroid_before_tissue"
    assert status(library, SPINE, rung) is Status.RECOMMENDED
    assert status(library, SPINE, "dexamethasone") is Status.RECOMMENDED
    assert status(library, SPINE, rung, lymphoid_likely=NOT_KNOWN) is Status.PENDING
    assert status(library, SPINE, held, neuro_signs="no") is Status.RECOMMENDED
    assert status(library, SPINE, "dexamethasone", neuro_signs="no") is not Status.RECOMMENDED


@pytest.mark.hazard("HZ-24")
@pytest.mark.invariant("SI-22")
@pytest.mark.parametrize("answer", ["17 years", NOT_KNOWN])
@pytest.mark.parametrize("pathway", ["acrometastasis", "bone-metastasis", "fracture-risk"])
def test_nobody_under_18_gets_adult_advice(pathway: str, answer: str, library: Library) -> None:
    """No piece of advice is recommended, whatever else is known; at 18 some is."""
    file = {
        "acrometastasis": "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml",
        "bone-metastasis": READY,
        "fracture-risk": FEMUR,
    }[pathway]
    named = library[pathway].recommendations
    assert any(status(library, file, n, age="18 years") is Status.RECOMMENDED for n in named)
    assert [n for n in named if status(library, file, n, age=answer) is Status.RECOMMENDED] == []


@pytest.mark.invariant("NEVER-10")
@pytest.mark.parametrize(
    ("item", "answer"),
    [("renal_impairment", "yes"), ("liver_impairment", "yes"), ("egfr", "29 mL/min/1.73 m2"),
     ("renal_impairment", NOT_KNOWN), ("liver_impairment", NOT_KNOWN)],
)  # fmt: skip
def test_no_standard_opioid_start_with_impaired_kidney_or_liver(
    item: str, answer: str, library: Library
) -> None:
    """Impaired or unknown: a specialist starts."""
    file = "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
    facts = {"pain_severity": "severe", "renal_impairment": "no", "liver_impairment": "no"}
    facts["aki_or_dialysis"] = "no"
    facts["egfr"] = "80 mL/min/1.73 m2"
    start = "opioid_standard_start"
    assert status(library, file, start, **facts) is Status.RECOMMENDED
    found = status(library, file, start, **{**facts, item: answer})
    assert found is not Status.RECOMMENDED
