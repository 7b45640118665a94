"""Everything that can be looked up is found by its name and title, and opens with its sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from wizard.case.page import Page
from wizard.case.search import Subject
from wizard.definition.library import Library
from wizard.report.lookup import KINDS, Lookup, search

TOP = 4


@pytest.fixture(scope="module")
def lookup(library: Library) -> Lookup:
    """Of the shipped pathways."""
    return Lookup(library)


def page_of(lookup: Lookup, subject: Subject, width: int = 75) -> str:
    """The page of a subject, without line breaks."""
    page = Page(width)
    lookup.fill(subject, page)
    return " ".join(" ".join(line.text for line in page.lines).split())


def of_kind(lookup: Lookup, kind: str) -> list[Subject]:
    """All subjects of a kind."""
    return [s for s in lookup.index.subjects if s.kind == kind]


def test_every_kind_is_there_in_full(lookup: Lookup, library: Library) -> None:
    """As many as the definitions hold."""
    common = library.common
    steps = sum(len(p.steps) for p in library.pathways.values())
    for kind, count in {
        "claim": len(common.claims),
        "reference": len(common.references),
        "glossary": len(common.glossary),
        "note": len(common.teaching),
        "table": len(common.tables),
        "step": steps,
        "pathway": len(library.pathways),
    }.items():
        assert len(of_kind(lookup, kind)) == count, kind
    sets: Mapping[str, Collection[str]] = {
        "question": common.items,
        "score": common.scores,
        "derived value": common.derived,
        "emergency": common.alerts,
        "disagreement": common.conflicts,
        "recommendation": common.recommendations,
        "candidate": common.candidates,
        "finding": common.findings,
        "end": (),
    }
    for kind, held in sets.items():
        assert {s.name for s in of_kind(lookup, kind)} >= set(held), kind
        assert of_kind(lookup, kind), kind
    assert {s.kind for s in lookup.index.subjects} <= set(KINDS)


def test_every_claim_and_reference_is_found_first_by_its_name(lookup: Lookup) -> None:
    """However it is typed; names that differ in case only stand side by side."""
    for subject in [*of_kind(lookup, "claim"), *of_kind(lookup, "reference")]:
        assert lookup.found(subject.name)[0] == subject
        for typed in (subject.name.lower(), subject.name.replace("-", " ")):
            first = [s for s in lookup.found(typed)[:2] if s.name.lower() == subject.name.lower()]
            assert subject in first, typed


def test_every_title_is_found_among_the_first(lookup: Lookup) -> None:
    """Questions, words of the glossary, scores, steps and the rest by their titles and names."""
    missed = []
    for subject in lookup.index.subjects:
        if subject.kind in ("claim", "reference"):
            continue
        for typed in (subject.title, subject.title.upper(), subject.name):
            found = lookup.found(typed, subject.pathway)
            if subject not in found[:TOP]:
                missed.append((typed, subject.kind, subject.name))
    assert not missed


def test_every_word_of_the_glossary_comes_first(lookup: Lookup) -> None:
    """Before a question of the same title."""
    for subject in of_kind(lookup, "glossary"):
        assert lookup.found(subject.title)[0] == subject


def test_half_a_claim_finds_it(lookup: Lookup) -> None:
    """Any words of a claim find it among what has them all."""
    for subject in of_kind(lookup, "claim"):
        words = " ".join(subject.title.split()[:6])
        assert subject in lookup.found(words), words


@pytest.mark.invariant("ALWAYS-05")
def test_a_claim_opens_with_certainty_check_and_references(
    lookup: Lookup, library: Library
) -> None:
    """And what was recalled is never shown without its mark, in the list or on a page."""
    pathway = next(iter(library.pathways.values()))
    recalled = 0
    for subject in of_kind(lookup, "claim"):
        claim = pathway.claims[subject.name]
        shown = page_of(lookup, subject, 9999)
        assert " ".join(f"{claim.text} {claim.certainty}".split()) in shown
        assert ("read in the source" in shown) or claim.checked != "seen"
        for key in claim.references:
            assert pathway.common.references[key].title.rstrip(".") in page_of(
                lookup, subject, 9999
            )
        unread = claim.checked == "recalled"
        recalled += unread
        assert ("UNVERIFIED" in lookup.line(subject)) == (unread or claim.recalled_part is not None)
        assert ("UNVERIFIED" in shown) or not unread
        for key in claim.references:
            assert key in lookup.line(subject)
    assert recalled


def test_what_rests_on_claims_shows_them(lookup: Lookup, library: Library) -> None:
    """A step with its questions, a score with its validity, a disagreement with both positions."""
    pathway = library["acrometastasis"]
    for subject in of_kind(lookup, "step"):
        step = library[subject.pathway].steps[subject.name]
        shown = page_of(lookup, subject, 9999)
        for item in step.asks:
            assert library[subject.pathway].items[item].label in shown
        for claim in step.claims:
            assert pathway.claims[claim].text in shown
    for subject in of_kind(lookup, "score"):
        shown = page_of(lookup, subject, 9999)
        assert pathway.scores[subject.name].otherwise_says in shown
        assert "valid where:" in shown
        assert "EVIDENCE" in shown
    for subject in of_kind(lookup, "disagreement"):
        if subject.pathway:
            continue
        shown = page_of(lookup, subject, 9999)
        for position in pathway.conflicts[subject.name].positions:
            assert " ".join(position.text.split()) in shown


def test_a_reference_names_the_claims_that_rest_on_it(lookup: Lookup, library: Library) -> None:
    """All of them, in full."""
    claims = library["acrometastasis"].claims
    for subject in of_kind(lookup, "reference"):
        shown = page_of(lookup, subject, 9999)
        for name, claim in claims.items():
            if subject.name in claim.references:
                assert f"{name} {' '.join(claim.text.split())}" in shown


def test_words_of_a_question_are_explained(lookup: Lookup) -> None:
    """By a word, its plural, or the short form in brackets; part of a word is none."""
    found = [s.name for s in lookup.explained("Is MSCC or a Solitary lesion likely?")]
    assert "solitary" in found
    assert "mscc" in found
    assert lookup.explained("unsolitary") == []


def test_the_text_says_what_it_leaves_out(library: Library) -> None:
    """The count of what is not shown, and nothing found in words."""
    found = search(library, "bone", 3)
    left = len(found.subjects) - 3
    assert f"{left} more: --most {len(found.subjects)} shows all" in found.as_text()
    assert len(found.as_data()["results"]) == 3
    nothing = search(library, "qqqq", 3)
    assert nothing.as_text().startswith("Nothing found.")
    assert nothing.as_data()["nothing"] == "Nothing found."
