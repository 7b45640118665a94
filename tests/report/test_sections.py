"""Sections and forms of a written report: prognosis, information given, identifiers, pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.report.test_questions import written
from tests.report.test_reports import CASES, GENERATED, THUMB, opened, summary
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.guard import Choice, Multi
from wizard.report.render import FORMATS, PAGE, WIDTH, Generated

FIRST = CASES / "acro-thumb-fingertip-lung-antibiotics" / "1-presentation.yaml"
KNOWN = replace(GENERATED, patient=("SMITH, Jane", "999 000 0018"))


def test_prognosis_shows_ranges_with_their_people(library: Library) -> None:
    """Published figures stand once the advice does, each with claims, none of them one number."""
    prognosis = " ".join(written(opened(THUMB, library))["PROGNOSIS"].split())
    published = re.findall(
        r"Published, (Hand|Foot|By primary|Exceptions) (.*?) \[([A-Z0-9, -]+)\]", prognosis
    )
    assert {"Hand", "Foot", "By primary"} <= {label for label, _, _ in published}
    for label, words, claims in published:
        assert re.findall(r"[A-Z]{2,3}-[A-Z]{2,3}-\d+", claims)
        if label != "Exceptions":
            assert len(re.findall(r"\d+", words)) > 2, words
    early = written(opened(FIRST, library))
    assert "Published, " not in early["PROGNOSIS"]
    assert "median 18 months" not in " ".join(early["OTHER ADVICE"].split())


def test_an_estimate_stands_with_the_prognosis(library: Library) -> None:
    """What the clinician expects, with its day; until then the reason why there is none."""
    case = opened(THUMB, library)
    before = " ".join(written(case)["PROGNOSIS"].split())
    assert re.search(r"Expected survival of 4 weeks or more not known \(Q\d+\)", before)
    case.answer("survival_over_4_weeks", Fact(Choice("yes"), case.state.as_of))
    after = " ".join(written(case)["PROGNOSIS"].split())
    assert "Expected survival of 4 weeks or more yes (22-Nov-2026)" in after


def test_what_the_patient_was_told(library: Library) -> None:
    """As recorded, with its day; else *not recorded*, never empty."""
    title = "INFORMATION GIVEN TO THE PATIENT"
    case = opened(THUMB, library)
    assert written(case)[title].split("\n")[1].strip() == "Told to the patient  not recorded"
    told = Multi(frozenset({"suspicion", "when_to_call"}), frozenset({"outlook"}))
    case.answer("told_patient", Fact(told, case.state.as_of))
    said = " ".join(written(case)[title].split())
    assert "what is suspected or proven, when to call at once; not: the outlook" in said
    assert "(22-Nov-2026)" in said


@pytest.mark.parametrize("format", ["text", "ascii", "markdown", "html", "print"])
def test_identifiers_are_blank_or_those_given(format: str, library: Library) -> None:
    """Labelled blanks to fill in by hand; given for a report they stand in it."""
    made = summary(THUMB, library)
    blank = FORMATS[format](made, GENERATED).replace("\\", "")
    assert re.search(r"Patient _{10,} +Number _{10,}", blank)
    known = FORMATS[format](made, KNOWN)
    assert re.search(r"Patient SMITH, Jane +Number 999 000 0018", known)
    assert "____" not in known.replace("\\", "")


def test_identifiers_never_reach_the_case(library: Library) -> None:
    """The file of answers, which is the case, has none; JSON says null where none was given."""
    made = summary(THUMB, library)
    assert "SMITH" not in FORMATS["answers"](made, KNOWN)
    assert json.loads(FORMATS["json"](made, GENERATED))["patient"] is None
    assert json.loads(FORMATS["json"](made, KNOWN))["patient"] == ["SMITH, Jane", "999 000 0018"]


@pytest.mark.parametrize("use", [GENERATED, KNOWN], ids=["blank", "identified"])
def test_pages_have_their_number_and_identifiers(use: Generated, library: Library) -> None:
    """Every page says n of m with two identifiers, fits, and ends with no heading."""
    made = summary(THUMB, library)
    pages = FORMATS["print"](made, use).split("\f")
    assert len(pages) > 3
    body: list[str] = []
    for number, page in enumerate(pages, start=1):
        lines = page.rstrip("\n").split("\n")
        assert lines[0].endswith(f"page {number} of {len(pages)}")
        assert lines[0].startswith("Patient ")
        assert "Number " in lines[0]
        assert len(lines) <= PAGE
        assert max(map(len, lines)) <= WIDTH
        assert "-" * WIDTH not in lines[-1:]
        body += lines[2:]
    whole = FORMATS["text"](made, use).rstrip("\n").split("\n")
    body = [line for line in body if line and "continued on page" not in line]
    assert body == [line for line in whole if line]


def test_a_band_of_one_number_is_one_number(library: Library) -> None:
    """A Mirels score of 8 reads 8, not 8 to 8; a wider band keeps both ends."""
    folder = CASES.parent.parent / "fracture-risk" / "cases" / "constructed"
    said = " ".join(
        written(opened(folder / "score-eight.yaml", library))["SCORES AND DERIVED VALUES"].split()
    )
    assert re.search(r"Mirels score: 8 8: ", said)
    assert "8 to 8" not in said
    said = " ".join(
        written(opened(folder / "score-nine-and-fit.yaml", library))[
            "SCORES AND DERIVED VALUES"
        ].split()
    )
    assert re.search(r"Mirels score: 9 9 to 12: ", said)


def test_claims_and_publications_stand_once(library: Library) -> None:
    """A claim with what it says; a publication that was entered by two authors under one name."""
    sections = written(opened(THUMB, library))
    basis = " ".join(sections["BASIS"].split())
    claim = library["acrometastasis"].claims["DX-BX-03"]
    assert basis.count(" ".join(f"DX-BX-03 {claim.text}".split())) == 1
    references = library["acrometastasis"].common.references
    for found in ("doi", "pmid"):
        marks = [getattr(r, found) for r in references.values() if getattr(r, found)]
        assert len(marks) == len({mark.lower() for mark in marks})
