"""Open questions in a written report: listed once by their reason, elsewhere by their number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.report.test_reports import CASES, GENERATED, STAGES, opened
from wizard.case.answers_file import read_answers
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.case.wording import advice_reason
from wizard.definition.library import Library
from wizard.engine.facts import Status
from wizard.guard import Absent
from wizard.report.render import FORMATS
from wizard.report.summary import summarise

SPARSE = """\
format: 1
pathway: {id: acrometastasis}
as_of: 2026-11-22
facts:
  age: 53 years
  affected_region: hand
  calcium_total: {absent: awaited, from: laboratory, by: 2026-11-23}
  albumin: {absent: not_known}
  sepsis_signs: {absent: declined}
"""


def written(case: OpenCase) -> dict[str, str]:
    """The sections of a report as written in plain text, by their headings without numbers."""
    text = FORMATS["text"](summarise(case, {}, "0.1.0"), GENERATED)
    parts = re.split(r"^\d+ +([A-Z][^\n]*)\n-{72}$", text, flags=re.MULTILINE)
    titles = [re.split(r" {2,}| \(\d", title)[0] for title in parts[1::2]]
    return dict(zip(titles, parts[2::2], strict=True))


def listed_questions(section: str) -> dict[str, tuple[str, str]]:
    """Number: label and reason, of the section that lists them."""
    found: dict[str, tuple[str, str]] = {}
    for entry in re.split(r"\n {3}(?=\S)", section):
        words = " ".join(entry.split())
        reason = re.split(r" ?Q\d", words)[0]
        for number, label in re.findall(r"(Q\d+) (.*?)(?=; Q\d|$)", words):
            assert number not in found
            found[number] = (label, reason)
    return found


@pytest.mark.parametrize("file", STAGES[::4], ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_numbers_lead_to_what_advice_waits_for(file: Path, library: Library) -> None:
    """Read back through the list, the numbers beside advice are the items that it is blocked by."""
    case = opened(file, library)
    sections = written(case)
    questions = listed_questions(sections["NOT KNOWN OR NOT ASKED"])
    elsewhere = {n for s in sections.values() for n in re.findall(r"\bQ\d+\b", s)}
    assert elsewhere <= set(questions)
    advice = " ".join(sections["OTHER ADVICE"].split())
    options = {a.id for d in case.situation.decisions for a in d.candidates}
    pending = [a for a in case.situation.listed if a.status is Status.PENDING]
    for one in pending:
        if one.id in options:
            continue
        said = advice.split(f"{one.recommendation.title}: waits for ")[1]
        numbers = re.match(r"Q\d+(, Q\d+)*", said)
        assert numbers is not None
        labels = {questions[n][0].split(" (")[0] for n in numbers[0].split(", ")}
        items = case.situation.pathways[0].items
        assert labels == {items[name].label.split(" (")[0] for name in one.blocked_by}


@pytest.fixture(scope="module")
def sparse(library: Library) -> OpenCase:
    """A case of which little has been asked."""
    return replay(read_answers(SPARSE, "sparse.yaml", library), library)


def test_each_question_is_listed_once_with_its_reason(sparse: OpenCase) -> None:
    """Not asked, not known, awaited and declined are told apart as they were entered."""
    questions = listed_questions(written(sparse)["NOT KNOWN OR NOT ASKED"])
    reasons = dict(questions.values())
    assert len(reasons) == len(questions)
    assert reasons["Albumin"] == "not known"
    assert reasons["Total calcium"] == "awaited"
    assert reasons["Sepsis or fever after chemotherapy"] == "declined"
    assert reasons["Neurological signs"] == "not asked"
    entered = {"Albumin", "Total calcium", "Sepsis or fever after chemotherapy"}
    assert {label for label, reason in reasons.items() if reason != "not asked"} == entered


def test_what_was_never_asked_is_nowhere_not_known(sparse: OpenCase) -> None:
    """On the screen and in the report: only albumin was said to be unknown."""
    sections = written(sparse)
    for title in ("EMERGENCIES", "SCORES AND DERIVED VALUES"):
        said = " ".join(sections[title].split())
        for found in re.findall(r"([^:;.]*): not known|not known: ([^;.]*)", said):
            assert "Albumin" in "".join(found)
    pending = [a for a in sparse.situation.advice if a.status is Status.PENDING]
    assert pending
    for advice in pending:
        reason = advice_reason(sparse.situation, advice)
        values = [sparse.situation.values[name] for name in advice.blocked_by]
        wanted = {value.reason.words for value in values if isinstance(value, Absent)}
        assert set(re.findall(r"(?:^|; )([a-z ]+): ", reason)) == wanted


def test_a_number_says_why_it_is_not_computable(library: Library) -> None:
    """Its missing inputs by number, where the list has them; else by name and reason."""
    case = opened(CASES / "acro-thumb-fingertip-lung-antibiotics" / "5-treatment.yaml", library)
    sections = written(case)
    questions = listed_questions(sections["NOT KNOWN OR NOT ASKED"])
    scores = " ".join(sections["SCORES AND DERIVED VALUES"].split())
    numbers = scores.split("Albumin-adjusted calcium: not computable: waits for ")[1]
    found = numbers.split(" Coefficient")[0].split(", ")
    assert {questions[n][0] for n in found} == {"Total calcium", "Albumin"}
    assert "whether it applies is open; not asked: MRI of the whole spine" in scores
