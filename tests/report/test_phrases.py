"""The patient in words: where it is and the one sentence, as screens and reports write them."""

from __future__ import annotations

import pytest

from tests.report.test_questions import written
from tests.report.test_reports import CASES, GENERATED, opened
from wizard.case import pages
from wizard.case.answers_file import read_answers
from wizard.case.phrases import part_words, sentence_words
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.report.render import FORMATS
from wizard.report.summary import summarise

HEAD = "format: 1\npathway: {id: %s}\nas_of: 2026-11-22\nfacts: {age: 64 years, %s}\n"
ACRO, BONE = "acrometastasis", "bone-metastasis"


@pytest.mark.parametrize(
    ("pathway", "facts", "words"),
    [
        (ACRO, "affected_region: foot, side: left, bone_foot: toe, toe_name: second",
         "phalanx of the LEFT second toe"),
        (ACRO, "affected_region: foot, side: right, bone_foot: toe, toe_name: great",
         "phalanx of the RIGHT great toe"),
        (ACRO, "affected_region: foot, side: left, bone_foot: metatarsal, toe_name: fifth",
         "fifth metatarsal of the LEFT foot"),
        (ACRO, "affected_region: foot, side: left, bone_foot: calcaneus", "LEFT calcaneus"),
        (ACRO, "affected_region: foot, side: both, bone_foot: calcaneus", "BILATERAL, calcaneus"),
        (ACRO, "affected_region: hand, side: left, bone_hand: distal_phalanx, finger_name: thumb",
         "distal phalanx of the LEFT thumb"),
        (ACRO, "affected_region: hand, bone_hand: distal_phalanx, finger_name: thumb",
         "distal phalanx of the thumb, side not recorded"),
        (ACRO, "affected_region: hand, side: right, finger_name: ring", "RIGHT ring finger"),
        (ACRO, "affected_region: hand, side: right", "RIGHT hand or wrist"),
        (ACRO, "affected_region: hand, side: right, bone_hand: carpus",
         "carpal bone of the RIGHT wrist"),
        (ACRO, "affected_region: hand", ""),
        (BONE, "affected_region: long_bone, side: left, long_bone: distal_femur",
         "lower end of the LEFT femur"),
        (BONE, "affected_region: long_bone, long_bone: ulna", "ulna, side not recorded"),
    ],
)  # fmt: skip
def test_where_it_is(pathway: str, facts: str, words: str, library: Library) -> None:
    """As a clinician says it, on every page of the wizard and in the head of the report."""
    case = replay(read_answers(HEAD % (pathway, facts), "case.yaml", library), library)
    assert part_words(case.situation) == words
    text = FORMATS["text"](summarise(case, {}, "0.1.0"), GENERATED)
    head = " ".join(text.split("1  DO NOW")[0].split())
    assert f"64 years{f' - {words}' if words else ''} {case.pathway.header.title}" in head
    assert pages.so_far(case).startswith(words or "not entered")


@pytest.mark.parametrize("pathway", [ACRO, BONE])
def test_a_case_of_which_nothing_is_known_has_a_sentence(pathway: str, library: Library) -> None:
    """It says what is not recorded and claims nothing."""
    text = f"format: 1\npathway: {{id: {pathway}}}\nas_of: 2026-11-22\nfacts: {{}}\n"
    case = replay(read_answers(text, "case.yaml", library), library)
    assert sentence_words(case.situation) == (
        "A person, age and sex not recorded, with the cancer history not settled "
        "has a complaint whose place is not recorded."
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("acro-thumb-fingertip-lung-antibiotics/1-presentation",
         "A man of 53 years with no cancer known has a complaint of the distal phalanx of the "
         "thumb, side not recorded, so far called infection; no tissue has been taken."),
        ("acro-metacarpal-occult-renal-acute-red-hand/5-treatment",
         "A man of 70 years with no cancer known before has a lytic lesion of the metacarpal of the "
         "RIGHT index finger; CT of chest, abdomen and pelvis shows malignancy; tissue has shown metastatic cancer, primary kidney; disease "
         "elsewhere: disseminated."),
        ("mimic-thumb-epidermoid-cyst-old-injury/5-treatment",
         "A man of 43 years with no cancer known has a lytic lesion of the distal phalanx of the "
         "thumb, side not recorded; tissue: benign lesion."),
    ],
)  # fmt: skip
def test_the_situation_begins_with_the_patient(name: str, words: str, library: Library) -> None:
    """One sentence composed of the facts, before where the work-up stands."""
    situation = written(opened(CASES / f"{name}.yaml", library))["SITUATION"]
    said = " ".join(situation.split())
    assert said.startswith(f"{words} Work-up ") or said.startswith(f"{words} Emergency work-up ")


@pytest.mark.parametrize(
    ("pathway", "facts", "words"),
    [
        ("cord-compression", "",
         "A person of 64 years with the cancer history not settled has not been examined for signs "
         "of compression of the cord or cauda equina; imaging of the whole spine is not on record."),
        ("cord-compression", "sex: male, known_cancer: proven_metastatic, known_primary: prostate, "
         "neuro_signs: yes, spinal_pain: suggests_metastasis, hours_not_walking: 6 hours, "
         "cord_imaging: compression",
         "A man of 64 years with proven metastatic cancer (prostate) has signs that suggest "
         "compression of the cord or cauda equina and back pain that suggests metastasis; off the "
         "legs for 6 hours; the whole spine on imaging: compression."),
        ("fracture-risk", "",
         "A person of 64 years with the cancer history not settled has a complaint whose place is "
         "not recorded; no film is on record."),
        ("fracture-risk", "affected_region: long_bone, side: left, long_bone: femoral_shaft, "
         "known_cancer: none, bone_broken: yes, film_result: destruction, tissue_result: not_taken",
         "A person of 64 years with no cancer known has a broken bone: shaft of the LEFT femur; "
         "film: destruction or aggressive change; no tissue has been taken."),
        ("hypercalcaemia", "",
         "A person of 64 years has no calcium on record, symptoms not on record."),
        ("hypercalcaemia", "calcium_total: 3.1 mmol/L, hypercalcaemia_symptoms: yes, "
         "pth_result: not_raised",
         "A person of 64 years has a total calcium of 3.1 mmol/L, with symptoms of "
         "hypercalcaemia; PTH: not raised."),
        ("unknown-primary", "",
         "A person of 64 years with the cancer history not settled has a suspected bone "
         "metastasis."),
        ("unknown-primary", "known_cancer: none, film_result: destruction, ct_cap: not_done, "
         "tissue_result: not_taken",
         "A person of 64 years with no cancer known has a destructive bone lesion; CT of the "
         "trunk has not been done; no tissue has been taken."),
    ],
)  # fmt: skip
def test_every_pathway_says_the_patient_in_a_sentence(
    pathway: str, facts: str, words: str, library: Library
) -> None:
    """With little and with much on record, and nothing claimed that is not."""
    case = replay(read_answers(HEAD % (pathway, facts), "case.yaml", library), library)
    assert sentence_words(case.situation) == words
