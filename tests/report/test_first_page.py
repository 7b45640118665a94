"""The first page of a report: what is done now, in order, what is awaited, and what comes next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.report.test_reports import CASES, GENERATED, STAGES, opened, summary
from wizard.case.answers_file import read_answers
from wizard.case.entry import awaited
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.fields import NO_TIME
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Fact, Place, Status
from wizard.guard import Absence, Absent, Choice, Truth
from wizard.report.material import Material
from wizard.report.model import FIRST_PAGE, Section, Summary
from wizard.report.render import FORMATS, PAGE
from wizard.report.summary import summarise
from wizard.report.tasks import FURTHER, tasks_of

CHOICE = Place("acrometastasis", "imaging_choice")
SIGNS = (
    "neuro_signs sepsis_signs deep_infection_signs limb_threat_signs heavy_bleeding "
    "hypercalcaemia_symptoms fracture_signs thrombosis_signs weight_loss chest_symptoms diabetes "
    "cancer_history_recorded tb_suspected"
).split()
THUMB_TIP = """format: 1
pathway: {id: acrometastasis}
as_of: 2026-11-22
facts:
  age: 62 years
  sex: male
  affected_region: hand
  side: left
  bone_hand: distal_phalanx
  finger_name: thumb
  known_cancer: none
  spinal_pain: none
  smoker: yes
  rest_or_night_pain: yes
  symptom_duration: 6 weeks
  bony_swelling: yes
  tissue_result: not_taken
  pain_severity: moderate
  infection_over_bone: yes
  skin_state: intact
  working_label: infection
  antibiotic_courses: several
  treatment_response: failed
  bloods_recent: none
  film_result: not_done
"""
VIGNETTES = sorted(f for f in CASES.parent.parent.glob("*/cases/*-*/*.yaml"))
STUDIES = ("mri_result", "ct_local_result", "bone_scan_result", "pet_ct_result")
DONE = (Answer.ALREADY_DONE, Answer.DECLINED)
SAFE = ("aki_or_dialysis", "contrast_reaction", "thyroid_cancer_possible")


@pytest.fixture
def case(library: Library) -> OpenCase:
    """A smoker's thumb tip, swollen for six weeks, two courses of antibiotics, no image yet."""
    text = THUMB_TIP + "".join(f"  {name}: no\n" for name in SIGNS)
    return replay(read_answers(text, "thumb.yaml", library), library)


def choose(case: OpenCase, **answers: str) -> None:
    """Answers choice items where the case stands."""
    for name, option in answers.items():
        case.answer(name, Fact(Choice(option), TODAY))


def at_the_choice(case: OpenCase) -> None:
    """Goes on to the choice of the next study."""
    choose(case, **dict.fromkeys((*STUDIES, "chest_film_result"), "not_done"))
    choose(case, device_or_metal="none", **dict.fromkeys(SAFE, "no"))
    case.answer("egfr", Fact(Absent(Absence.NOT_KNOWN), TODAY))
    assert case.situation.current.stop.place == CHOICE


def section(case: OpenCase, title: str) -> Section:
    """A section of the report."""
    return next(s for s in summarise(case, {}, "0.1.0").sections if s.title == title)


def undated(case: OpenCase) -> int:
    """How many actions without a date the heading counts."""
    (number,) = re.findall(r"actions, (\d+) without a date", section(case, "DO NOW").aside)
    return int(number)


def first_page(made: Summary) -> list[str]:
    """The lines up to the words that end the first page."""
    lines = FORMATS["text"](made, GENERATED).splitlines()
    end = next(n for n, line in enumerate(lines) if line.startswith(FIRST_PAGE[:40]))
    return lines[: end + 3]


def test_one_page_can_be_handed_over(case: OpenCase) -> None:
    """About 60 lines: who, what it may be, what to do, what is open and awaited, that nobody reviewed it."""
    page = first_page(summarise(case, {}, "0.1.0"))
    said = " ".join(" ".join(page).split())
    assert len(page) <= PAGE
    for words in (
        "A man of 62 years with no cancer known has a complaint of the distal phalanx of the LEFT "
        "thumb, with symptoms for 6 weeks, so far called infection; two or more courses of "
        "antibiotics without response; no tissue has been taken.",
        "Acrometastasis",
        "AWAITED nothing",
        "NEXT Images of the part and the skeleton: answer the questions about MRI of the part",
        "OPEN",
        "EXCLUDE NOW Hypercalcaemia: Measure calcium, albumin and creatinine today.",
        "Not yet excluded hypercalcaemia",
        "No clinician has reviewed the content",
    ):
        assert words in said, words


@pytest.mark.parametrize("file", STAGES[::3], ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_no_task_is_lost(file: Path, library: Library) -> None:
    """Every task stands once with who and by when, on the first page or in the further tasks, or as
    what an emergency says to do at once."""
    case = opened(file, library)
    made = summary(file, library)
    lines = [line for s in made.sections if s.title in ("DO NOW", FURTHER) for line in s.lines]
    titles = [line.text for line in lines if line.who]
    at_once = {a.advice for s in case.situation.alerts if s.truth is Truth.TRUE for a in s.now}
    tasks = [
        advice.recommendation.title
        for advice in case.situation.advice
        if advice.status in (Status.RECOMMENDED, Status.CHECK_FIRST)
        and advice.recommendation.until_done
        and advice.id not in at_once
        and (advice.response is None or advice.response.answer not in DONE)
    ]
    assert tasks
    assert sorted(t for t in titles if t in tasks) == sorted(tasks)
    alone = [s for s in made.sections[: made.first_page] if s.title == FURTHER]
    assert not alone


@pytest.mark.hazard("HZ-17")
def test_the_film_comes_first_and_tissue_later(case: OpenCase) -> None:
    """By stage and in the order of the pathway: no stain before film and tissue, antibiotics stopped."""
    lines = section(case, "DO NOW").lines
    tasks = [line.text for line in lines if line.who]
    assert tasks[0] == "Radiograph of the part"
    assert tasks[1] == "No further antibiotics before film and tissue"
    assert "Stains matched to the likely primaries" not in tasks
    tasks += [line.text for line in section(case, FURTHER).lines]
    assert tasks.index("Strong opioid - specialist start") > tasks.index(
        "Examine for infection; a real one is treated at once"
    )
    at_the_choice(case)
    status = {a.id: str(a.status) for a in case.situation.advice}
    assert status["stains_for_the_primary"] == status["culture_and_histology"] == "blocked"
    assert status["chest_film_early"] == "recommended"


@pytest.mark.parametrize("file", VIGNETTES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_the_first_page_is_one_page_or_says_that_it_goes_on(file: Path, library: Library) -> None:
    """Of every published case at each stage and sitting; no break falls in an entry."""
    case = opened(file, library)
    made = summary(file, library)
    pages = FORMATS["print"](made, GENERATED).rstrip("\n").split("\f")
    end = [n for n, page in enumerate(pages) if FIRST_PAGE[:40] in page]
    goes_on = [n for n, page in enumerate(pages) if f"continued on page {n + 2}" in page]
    assert len(end) == 1
    assert goes_on == list(range(end[0]))
    assert end[0] == 0 or any(s.truth is Truth.TRUE for s in case.situation.alerts)
    sections = [s for s in made.sections if not s.run_on]
    for line in (line for section in sections for line in section.lines if not line.who):
        words = "".join(f"{line.lead}{line.text}".split())
        assert any(words in "".join(page.split()) for page in pages), line.text


def test_the_first_page_is_one_page_most_often(library: Library) -> None:
    """Of at least 3 in 4 published stages; the others have an emergency that takes its room."""
    said = [FORMATS["print"](summary(file, library), GENERATED) for file in STAGES]
    short = sum("continued on page" not in text.split("\f")[0] for text in said)
    assert short >= 0.75 * len(said)


def test_a_chosen_treatment_stands_on_the_first_page(library: Library) -> None:
    """With who does it; it is not only in the decisions made, behind it."""
    case = opened(CASES / "acro-first-metatarsal-renal-sprain" / "5-treatment.yaml", library)
    chosen = [line for line in section(case, "DO NOW").lines if line.lead == "CHOSEN"]
    said = [line.text for line in chosen]
    assert "Radiotherapy, single 8 Gy fraction: chosen 22-Nov-2026" in said
    assert all(line.who and line.by for line in chosen)


def test_without_failed_antibiotics_none_are_stopped(case: OpenCase) -> None:
    """The advice waits for the response, and sepsis takes its place."""
    choose(case, treatment_response="improving")
    advice = {a.id: str(a.status) for a in case.situation.advice}
    assert advice["no_blind_antibiotics"] == "not indicated"
    choose(case, treatment_response="failed", sepsis_signs="yes")
    advice = {a.id: str(a.status) for a in case.situation.advice}
    assert advice["no_blind_antibiotics"] == "blocked"


@pytest.mark.hazard("HZ-50")
def test_a_chosen_study_is_awaited(case: OpenCase) -> None:
    """Until its result, or from whom and by when, is recorded; what comes next names it alone."""
    at_the_choice(case)
    before = undated(case)
    case.commit(CHOICE, ["radiograph"])
    lines = section(case, "DO NOW").lines
    (line,) = [line for line in lines if line.lead == "AWAITED"]
    assert line.text == "Radiograph, two views: chosen 22-Nov-2026"
    assert (line.who, line.by) == ("sender not said", "no date")
    assert "not yet recorded" in line.details[0]
    assert undated(case) == before + 1
    (after,) = [line for line in lines if line.lead == "NEXT"]
    assert after.text == (
        "Images of the part and the skeleton: record the result, or from whom and by when it is "
        "awaited, of Radiograph of the part"
    )
    case.answer("film_result", awaited(TODAY, "radiology", TODAY, "the clinic nurse"))
    (line,) = [line for line in section(case, "DO NOW").lines if line.lead == "AWAITED"]
    assert (line.text, line.who) == ("Radiograph of the part", "radiology")
    assert undated(case) == before
    case.answer("film_result", awaited(TODAY, "radiology", None, None))
    assert undated(case) == before + 1
    choose(case, film_result="destruction", lesion_type="lytic")
    (line,) = [line for line in section(case, "DO NOW").lines if line.lead == "AWAITED"]
    assert line.text == "nothing"


def test_no_time_is_said_in_one_way(library: Library) -> None:
    """So that it is counted: nothing else in the pathways says that there is none."""
    times = set()
    for pathway in library.pathways.values():
        times |= {advice.by for advice in pathway.recommendations.values()}
        times |= {candidate.by for _, candidate in pathway.candidates.values()}
        times |= {action.by for alert in pathway.alerts.values() for action in alert.now}
    assert {by for by in times if re.match(r"no\b|not\b", by)} == {NO_TIME}


def test_one_word_for_a_choice(case: OpenCase) -> None:
    """Proposed while it is open; chosen once it is made, with what was proposed beside it."""
    at_the_choice(case)
    made = FORMATS["text"](summarise(case, {}, "0.1.0"), GENERATED)
    assert "Radiograph, two views (PROPOSED)" in made
    case.commit(CHOICE, ["radiograph"])
    made = FORMATS["text"](summarise(case, {}, "0.1.0"), GENERATED)
    assert "(PROPOSED)" not in made
    assert "Radiograph, two views (CHOSEN)" in made
    assert "Radiograph, two views: chosen as proposed" in made
    assert "taken" not in made.split("DECISIONS MADE")[1].split("WHERE SOURCES")[0]


@pytest.mark.hazard("HZ-10")
@pytest.mark.parametrize("bone", ["bone_hand", "finger_name"])
def test_a_thumb_has_no_middle_phalanx(bone: str, library: Library) -> None:
    """It is questioned at once, bone and digit are asked once more, and the report says so till then."""
    text = THUMB_TIP.replace("distal_phalanx", "middle_phalanx")
    found = replay(read_answers(text, "thumb.yaml", library), library)
    stop = found.situation.current.stop
    assert (stop.place.step, stop.items) == ("bone_or_digit", ("bone_or_digit_wrong",))
    assert "thumb has no middle phalanx" in found.pathway.items[stop.items[0]].ask.clinician
    assert "Bone and digit do not fit together" in " ".join(first_page(summarise(found, {}, "0")))
    said = " ".join(line.text for line in section(found, "FINDINGS").lines)
    assert "a thumb has no middle phalanx" in said
    choose(found, bone_or_digit_wrong="digit" if bone == "finger_name" else "bone")
    stop = found.situation.current.stop
    assert (stop.place.step, stop.place.visit) == ("scope", 2)
    assert stop.items == ("bone_hand", "finger_name")
    choose(found, bone_hand="middle_phalanx", finger_name="index")
    if bone == "bone_hand":
        choose(found, bone_hand="proximal_phalanx", finger_name="thumb")
    assert found.situation.current.stop.place.step == "red_flags"
    said = " ".join(line.text for line in section(found, "FINDINGS").lines)
    assert "no middle phalanx" not in said


@pytest.mark.parametrize("file", STAGES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_a_first_page_is_not_short_of_tasks(file: Path, library: Library) -> None:
    """Where one page would hold fewer than three that there are to do now, it goes on on a second."""
    case = opened(file, library)
    reached = [a.recommendation.title for a in tasks_of(Material(case, {})).reached]
    found = {line.text for line in section(case, "DO NOW").lines if line.who}
    assert len(found.intersection(reached)) >= min(3, len(reached))


def test_a_past_cancer_beside_new_disease_is_told_as_known_before(library: Library) -> None:
    """Past or localised, and disseminated now: two findings of one sentence that must not contradict."""
    file = CASES / "acro-middle-finger-old-colon-new-lung" / "5-treatment.yaml"
    said = summary(file, library).sections
    (sentence,) = [s.lines[0].text for s in said if s.title == "SITUATION"]
    assert "with past or localised cancer known before (bowel) has" in sentence
    assert "disease elsewhere: disseminated" in sentence
