"""Behind a choice only the result of what was chosen is asked anew; the other answers are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import TODAY
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.events import event_from, event_json
from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.case.review import answer_rows
from wizard.case.state import fold
from wizard.definition.library import Library
from wizard.engine.facts import Fact, Place
from wizard.guard import Choice
from wizard.report.summary import summarise

STUDIES = ("film_result", "mri_result", "ct_local_result", "bone_scan_result", "pet_ct_result")
CHOICE = Place("acrometastasis", "imaging_choice")
FILE = ROOT / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/1-presentation.yaml"
SAFE = {"device_or_metal": "none", "aki_or_dialysis": "no", "contrast_reaction": "no"}


@pytest.fixture
def case(library: Library) -> OpenCase:
    """The hot thumb tip before any image, at the choice of the first study."""
    found = replay(read_answers(FILE.read_text("utf-8"), FILE.name, library), library)
    choose(found, **dict.fromkeys((*STUDIES, "chest_film_result"), "not_done"), **SAFE)
    choose(found, thyroid_cancer_possible="no", diabetes="no")
    found.answer("egfr", Fact(found.situation.values["side"], TODAY))
    assert found.situation.current.stop.place == CHOICE
    return found


def choose(case: OpenCase, **answers: str) -> None:
    """Answers choice items where the case stands."""
    for name, option in answers.items():
        case.answer(name, Fact(Choice(option), TODAY))


def test_only_what_was_chosen_is_asked_again(case: OpenCase) -> None:
    """After the film was chosen, the film; the four others stand as they were and can be changed."""
    case.commit(CHOICE, ["radiograph"])
    stop = case.situation.current.stop
    assert (stop.place.step, stop.place.visit, stop.items[0]) == (
        "imaging_so_far",
        2,
        "film_result",
    )
    choose(case, film_result="normal")
    assert case.situation.current.stop.place == CHOICE._replace(visit=2)
    place = Place("acrometastasis", "imaging_so_far", 2)
    case.answer("mri_result", Fact(Choice("aggressive"), TODAY), place)
    assert case.state.facts.facts["mri_result"][2].value == Choice("aggressive")
    assert case.state.facts.facts["mri_result"][1].value == Choice("not_done")


def test_the_pattern_is_asked_once_there_is_an_image(case: OpenCase) -> None:
    """Not at the first visit, but behind a film that shows destruction, and then *not applicable* is no answer."""
    first = [name for name, _ in case.asked(Place("acrometastasis", "imaging_so_far"))]
    assert "lesion_type" not in first
    case.commit(CHOICE, ["radiograph"])
    choose(case, film_result="destruction")
    stop = case.situation.current.stop
    assert (stop.place.step, stop.items) == ("imaging_so_far", ("lesion_type",))
    assert "not_applicable" not in case.pathway.items["lesion_type"].absence
    choose(case, lesion_type="lytic")
    assert case.situation.current.stop.place == CHOICE._replace(visit=2)
    candidates = {a.id: str(a.status) for a in case.situation.decisions[-1].candidates}
    assert candidates["pet_ct"] == "recommended"


def test_none_is_not_asked_twice(case: OpenCase) -> None:
    """No further imaging leads on to what the images say; the report and the list have it once."""
    case.commit(CHOICE, [], "clinical_judgement")
    assert case.situation.current.stop.place.step == "lesion_reading"
    rows = [row for row in answer_rows(case) if row.place.step == "imaging_choice"]
    assert len(rows) == 1
    films = [row for row in answer_rows(case) if row.item == "film_result"]
    assert len(films) == 1
    made = next(s for s in summarise(case, {}, "0").sections if s.title == "DECISIONS MADE")
    assert len(made.lines) == 1


def test_a_kept_answer_follows_the_one_it_was_kept_from(case: OpenCase) -> None:
    """A correction of the first visit is not covered by its copy, and another choice keeps others."""
    case.commit(CHOICE, ["radiograph"])
    choose(case, film_result="destruction", lesion_type="lytic")
    case.answer(
        "pet_ct_result", Fact(Choice("several"), TODAY), Place("acrometastasis", "imaging_so_far")
    )
    assert case.state.facts.facts["pet_ct_result"][2].value == Choice("several")
    case.commit(CHOICE, ["mri_part"], "clinical_judgement")
    assert 2 not in case.state.facts.facts["mri_result"]
    assert case.state.facts.facts["ct_local_result"][2].value == Choice("not_done")


def test_undo_takes_back_what_was_kept(case: OpenCase) -> None:
    """One undo, and the record read back from its events says the same."""
    before = case.state.facts
    case.commit(CHOICE, [], "clinical_judgement")
    assert fold([event_from(event_json(event)) for event in case.events]) == case.state
    case.undo()
    assert case.state.facts == before


def test_an_exported_case_keeps_what_it_kept_under_another_version(
    case: OpenCase, library: Library
) -> None:
    """As in the store: another version, in which no candidate names its result, takes nothing away."""
    case.commit(CHOICE, ["radiograph"])
    choose(case, film_result="destruction", lesion_type="lytic")
    case.commit(CHOICE._replace(visit=2), [], "clinical_judgement")
    content = case.pathway.content
    step = content.steps["imaging_choice"]
    assert step.decision is not None
    candidates = {
        name: replace(candidate, result=None)
        for name, candidate in step.decision.candidates.items()
    }
    decision = replace(step.decision, candidates=candidates)
    steps = {**content.steps, "imaging_choice": replace(step, decision=decision)}
    changed = replace(case.pathway, content=replace(content, steps=steps))
    other = Library({**library.pathways, changed.id: changed})
    file = read_answers(write_answers(case.state), "case.yaml", other)
    again = replay(file, other)
    assert again.state.facts == case.state.facts
    assert again.state.decided == case.state.decided
    silent = replace(file, commitments=[given._replace(taken=None) for given in file.commitments])
    assert replay(silent, other).state.facts != case.state.facts


def test_an_exported_case_is_the_same_case(case: OpenCase, library: Library) -> None:
    """What was kept follows from the decision: read back, the report says the same, none once."""
    case.commit(CHOICE, ["radiograph"])
    choose(case, film_result="destruction", lesion_type="lytic")
    case.commit(CHOICE._replace(visit=2), [], "clinical_judgement")
    written = write_answers(case.state)
    assert written.count("imaging_choice") == 2
    again = replay(read_answers(written, "case.yaml", library), library)
    assert write_answers(again.state) == written
    assert again.situation.current == case.situation.current
    assert summarise(again, {}, "0").sections == summarise(case, {}, "0").sections
