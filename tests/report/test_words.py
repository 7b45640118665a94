"""The glossary and the notes for trainees: printed whole, cited, and shown beside their items."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wizard.definition.library import Library
from wizard.report.words import glossary, teaching


def test_everything_is_printed_with_its_claims(library: Library) -> None:
    """Each term and note stands there once, with what it rests on."""
    pathway = library["acrometastasis"]
    words, notes = glossary(pathway), teaching(pathway)
    assert max(map(len, [*words.splitlines(), *notes.splitlines()])) <= 72
    assert len(pathway.common.glossary) >= 20
    assert {n.topic for n in pathway.common.teaching.values()} == {
        "pathophysiology",
        "epidemiology",
        "pearl",
        "pitfall",
    }
    for term in pathway.common.glossary.values():
        assert words.splitlines().count(term.term) == 1
        assert all(claim in words for claim in term.claims)
    for note in pathway.common.teaching.values():
        assert notes.splitlines().count(note.title) == 1
        assert all(claim in notes for claim in note.claims)
        for item in note.items:
            assert note in pathway.teaching(item)


def test_units_in_ucum(library: Library) -> None:
    """Every quantity of the common ground has its unit in UCUM, apart from enzyme units."""
    items = library["acrometastasis"].common.items
    without = {item.unit for item in items.values() if item.unit and item.ucum is None}
    assert without <= {"units/L"}
    assert items["creatinine"].ucum == "umol/L"
    assert items["creatinine"].accepts["mg/dL"] == Fraction("88.4")


PROGNOSIS = ("katagiri", "tokuhashi")


@pytest.mark.hazard("HZ-36")
@pytest.mark.invariant("SI-12", "NEVER-16")
def test_prognosis_is_of_groups(library: Library) -> None:
    """Each band of survival says that it is of a published group; where cohorts disagree, both stand."""
    scores = library["acrometastasis"].common.scores
    speaking = {
        name
        for name, score in scores.items()
        if any("surviv" in b.says or "alive" in b.says for b in score.bands)
    }
    assert speaking == set(PROGNOSIS)
    for name in PROGNOSIS:
        assert len(scores[name].bands) >= 3
        assert all(band.says.startswith("Published group") for band in scores[name].bands)
        assert "this person" in (scores[name].note or "")
    for band in scores["katagiri"].bands:
        assert "first cohort" in band.says
        assert "radiotherapy cohort" in band.says
