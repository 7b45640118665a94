"""The draft note for the patient: readable, traced to the report, silent on what was not told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.case.test_compare import opened
from tests.line.test_reopened import reopened
from tests.report.test_reports import GENERATED
from tests.test_cli import run
from tests.vignettes.test_vignettes import CONSTRUCTED, FILES, IDS, ROOT
from wizard.case.open_case import OpenCase
from wizard.check.readable import MOST_GRADE, MOST_WORDS, grade, patient_words
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Fact
from wizard.guard import Absence, Absent, Choice, Multi
from wizard.report.model import Note, Summary
from wizard.report.render import FORMATS
from wizard.report.summary import summarise

TOLD = Multi(frozenset({"suspicion"}), frozenset())
UNTOLD = Multi(frozenset({"next_tests"}), frozenset({"suspicion"}))
THUMB = next(f for f in FILES if "thumb-fingertip" in str(f) and f.name == "5-treatment.yaml")


def told(case: OpenCase, value: Multi) -> OpenCase:
    """The same case with what the patient was told."""
    case.answer("told_patient", Fact(value, case.state.as_of))
    return case


def told_note(case: OpenCase) -> Note:
    """The note of a case whose patient was told."""
    return note_of(summarise(told(case, TOLD), {}, "0.1.0"))


def note_of(made: Summary) -> Note:
    """The note of a summary."""
    assert made.note is not None
    return made.note


def lines(note: Note) -> list[str]:
    """What is said to the patient."""
    return [line.text for _, part in note.parts for line in part]


def met(words: tuple[str, ...], text: str) -> list[str]:
    """The words that stand in a text."""
    return [w for w in words if re.search(rf"\b{re.escape(w)}", text, re.IGNORECASE)]


@pytest.mark.hazard("HZ-73")
@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_of_every_vignette(file: Path, library: Library) -> None:
    """Each line rests on an entry of the report and reads easily; nothing untold is named."""
    case = opened(file, library)
    frame = case.pathway.common.patient_note
    assert frame is not None
    said = {}
    for value in (UNTOLD, TOLD):
        made = summarise(told(case, value), {}, "0.1.0")
        note = note_of(made)
        entries = {line.text for section in made.sections for line in section.lines}
        shorts = next(
            " ".join(line.text for line in section.lines)
            for section in made.sections
            if section.title == "EMERGENCIES"
        )
        for title, part in note.parts:
            for line in part:
                assert line.source in (shorts if title == frame.call else entries), line
                assert grade(line.text) <= MOST_GRADE or _hard(library, line.text) is not None
                for sentence in re.split(r"[.?]\s", line.text):
                    assert len(sentence.split()) <= MOST_WORDS
        whole = " ".join(FORMATS["patient"](made, GENERATED).split())
        assert grade(" ".join(lines(note))) <= MOST_GRADE
        assert met(frame.never_words, whole) == []
        if value is UNTOLD:
            assert met(frame.illness_words, whole) == []
            assert frame.untold in note.for_clinician
        assert "DRAFT" in whole
        assert "not clinically reviewed" in whole
        assert "FINAL" not in whole
        said[value] = lines(note)
    assert set(said[UNTOLD]) <= set(said[TOLD])


def _hard(library: Library, text: str) -> str | None:
    """The recorded reason of words that are hard to read."""
    for place in (library.common, *(p.content for p in library.pathways.values())):
        for words, _ in patient_words(place):
            if words.says == text and words.hard is not None:
                return words.hard
    return None


@pytest.mark.hazard("HZ-73")
def test_what_is_not_recorded_was_not_told(library: Library) -> None:
    """The same as told that nothing was said; once it is told, the treatment is named."""
    case = opened(THUMB, library)
    frame = case.pathway.common.patient_note
    assert frame is not None
    unknown = note_of(summarise(case, {}, "0.1.0"))
    assert met(frame.illness_words, " ".join(lines(unknown))) == []
    assert frame.untold in unknown.for_clinician
    said = note_of(summarise(told(case, TOLD), {}, "0.1.0"))
    assert met(frame.illness_words, " ".join(lines(said))) != []
    assert frame.untold not in said.for_clinician


def test_advice_that_is_answered_otherwise_leaves_the_note(library: Library) -> None:
    """Done, declined, modified, deferred: the plain words would not be true."""
    case = opened(next(f for f in FILES if f.name == "1-presentation.yaml"), library)
    advice = next(
        a
        for a in case.situation.listed
        if a.recommendation.patient
        and a.recommendation.patient.says in lines(note_of(summarise(case, {}, "0.1.0")))
    )
    words = advice.recommendation.patient
    assert words is not None
    for answer in Answer:
        case.respond(advice.id, answer, next(iter(case.pathway.common.reasons)))
        stands = words.says in lines(note_of(summarise(case, {}, "0.1.0")))
        assert stands is (answer is Answer.ACCEPTED)


@pytest.mark.hazard("HZ-73")
@pytest.mark.parametrize("case", ["capitate-known-lung", "first-metatarsal-renal", "set aside"])
def test_a_choice_that_no_longer_stands_is_counted(case: str, library: Library) -> None:
    """Without a result yet, of a treatment, or set aside with its step: the patient does not read
    of it, and the clinician reads how many are left out."""
    stage = "4-staging.yaml" if "lung" in case else "5-treatment.yaml"
    files = (f for f in FILES if case in str(f) and f.name == stage)
    it = opened(next(files, THUMB), library)
    frame = it.pathway.common.patient_note
    assert frame is not None

    def chosen() -> list[str]:
        parts = told_note(it).parts
        return [line.text for title, part in parts if title == frame.chosen for line in part]

    before = chosen()
    words = frame.no_longer.replace("{count}", str(len(before)))
    assert before
    assert words not in told_note(it).for_clinician
    if case == "set aside":
        it.answer("pregnancy_possible", Fact(Choice("pregnant"), it.state.as_of))
    else:
        reopened(it)
    assert chosen() == []
    assert words in told_note(it).for_clinician


@pytest.mark.hazard("HZ-73")
def test_what_is_done_at_once_is_said_until_it_is_done(library: Library) -> None:
    """Of an emergency that is present, and once, though the pathway of it advises the same."""
    case = opened(THUMB, library)
    frame = case.pathway.common.patient_note
    assert frame is not None

    def said() -> dict[str, list[str]]:
        made = note_of(summarise(case, {}, "0.1.0"))
        return {title: [line.text for line in part] for title, part in made.parts}

    assert not any("whole spine" in text for text in said().get(frame.at_once, []))
    case.answer("neuro_signs", Fact(Choice("yes"), case.state.as_of))
    (scan,) = [t for t in said()[frame.at_once] if "MRI scan of the whole spine" in t]
    assert scan not in said().get(frame.planned, [])
    case.answer("cord_imaging", Fact(Choice("compression"), case.state.as_of))
    assert scan not in said()[frame.at_once]


@pytest.mark.parametrize("name", ["bone-metastasis", "cord-compression", "fracture-risk",
                                  "hypercalcaemia", "unknown-primary"])  # fmt: skip
def test_every_pathway_has_words_of_its_own(name: str, library: Library) -> None:
    """A case of each reads what no other pathway says of advice."""
    pathways = dict(library.pathways)
    own = {words.says for words, _ in patient_words(pathways.pop(name).content)}
    own -= {w.says for p in pathways.values() for w, _ in patient_words(p.content)}
    cases = [f for f in (*CONSTRUCTED, *FILES) if f.relative_to(ROOT).parts[0] == name]
    assert any(own & set(lines(told_note(opened(file, library)))) for file in cases)


@pytest.mark.hazard("HZ-73")
def test_who_sends_a_result_is_said_to_whom_it_was_told(library: Library) -> None:
    """The sender was typed, and may name the illness."""
    case = opened(THUMB, library)
    fact = Fact(Absent(Absence.AWAITED), case.state.as_of, awaited_from="the cancer centre")
    case.answer("psa", fact)
    untold = FORMATS["patient"](summarise(case, {}, "0.1.0"), GENERATED)
    assert "We wait for the result of a blood test." in untold
    assert "cancer" not in untold
    after = FORMATS["patient"](summarise(told(case, TOLD), {}, "0.1.0"), GENERATED)
    assert "It comes from the cancer centre." in " ".join(after.split())


@pytest.mark.hazard("HZ-73")
def test_off_unless_it_is_asked_for(library: Library) -> None:
    """In no other rendering."""
    made = summarise(opened(THUMB, library), {}, "0.1.0")
    title, first = note_of(made).title, lines(note_of(made))[0]
    for name, render in FORMATS.items():
        whole = " ".join(render(made, GENERATED).split())
        assert (title in whole, first in whole) == (name == "patient", name == "patient")
    assert "note" not in json.loads(FORMATS["json"](made, GENERATED))


def test_on_the_command_line(tmp_path: Path) -> None:
    """`report CASE --format patient`."""
    done = run("report", str(THUMB), "--format", "patient", state=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "DRAFT" in done.stdout
