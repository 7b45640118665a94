"""`show --full`: nothing that a pathway says is left out, each claim stands once, on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.test_cli import run
from wizard.check.places import guards, sentences
from wizard.definition.library import Library, Pathway
from wizard.report.review import review
from wizard.report.sources import CHECKED

PATHWAYS = ("acrometastasis", "cord-compression")


def packed(words: str) -> str:
    """Words without white space, so that no line break is in the way."""
    return "".join(words.split())


@pytest.fixture(scope="module", params=PATHWAYS)
def pathway(request: pytest.FixtureRequest, library: Library) -> Pathway:
    """Each shipped pathway."""
    return library[str(request.param)]


def test_every_sentence_and_every_name(pathway: Pathway) -> None:
    """All texts of the pathway's own files, and all of the common ground that it names."""
    full = packed(review(pathway))
    texts = [text for text, _ in sentences(pathway.content)]
    for section in (pathway.alerts, pathway.recommendations):
        for shared in section.values():
            texts += [text for text, _ in sentences(shared)]
    for step in pathway.steps.values():
        for name in step.asks:
            texts += [text for text, _ in sentences(pathway.items[name])]
    tables = [pathway.tables[name] for _, a in pathway.candidates.values() for name in a.tables]
    tables += [pathway.tables[n] for a in pathway.recommendations.values() for n in a.tables]
    asked = {name for step in pathway.steps.values() for name in step.asks}
    notes = [n for n in pathway.common.teaching.values() if asked & {*n.items}]
    for more in (*tables, *notes):
        texts += [text for text, _ in sentences(more)]
    special = ("site:", "down the list", "up the list")
    texts = [text for text in texts if not text.startswith(special)]
    assert len(texts) > 200
    assert [text for text in texts if packed(text.rstrip(".")) not in full] == []
    names = [*pathway.steps, *pathway.endpoints, *pathway.advice(), *pathway.alerts]
    names += pathway.invariants
    assert [name for name in names if f"({name})" not in full] == []


def test_every_guard_in_english(pathway: Pathway) -> None:
    """The words of each guard stand there, and no guard as it is written."""
    from wizard.case.wording import guard_words

    text = review(pathway)
    full = packed(text)
    said = [guard_words(pathway, g.guard) for g in guards(pathway) if g.path[0] != "findings"]
    assert len(said) > 20
    assert [words for words in said if packed(words) not in full] == []
    assert " has (" not in text
    assert " = yes" not in text


@pytest.mark.hazard("HZ-31")
@pytest.mark.invariant("ALWAYS-05")
def test_each_claim_and_reference_once(pathway: Pathway) -> None:
    """Claims with text, certainty and how checked, addresses in full: only in the appendix."""
    text = review(pathway)
    body, _, appendix = text.partition("\nCLAIMS\n")
    claims, _, references = appendix.partition("\nREFERENCES\n")
    cited = [name for name in pathway.claims if f"\n{name}  " in claims]
    assert len(cited) > 50
    claims_packed, references_packed = packed(claims), packed(references)
    for name in cited:
        claim = pathway.claims[name]
        assert claims_packed.count(packed(f"{name}  {claim.text}".rstrip("."))) == 1
        assert name in body
        for key in claim.references:
            reference = pathway.common.references[key]
            for part in (reference.title, reference.authors, reference.url, reference.doi):
                assert packed((part or "").rstrip(".")) in references_packed, (key, part)
    assert "http" not in body
    unverified = sum(pathway.claims[name].checked == "recalled" for name in cited)
    assert claims.count("UNVERIFIED") == unverified > 0
    copies = claims_packed.count(packed(f"checked: {CHECKED['seen in a secondary copy']}"))
    assert copies == sum(pathway.claims[n].checked == "seen in a secondary copy" for n in cited)
    marked = {m for m in pathway.claims if m in body}
    assert marked <= set(cited)


@pytest.mark.hazard("HZ-28")
@pytest.mark.invariant("ALWAYS-06")
def test_both_positions_of_conflicts(pathway: Pathway) -> None:
    """Every disagreement that advice names, each side with its claims."""
    text = review(pathway)
    advice = [*pathway.recommendations.values(), *(c for _, c in pathway.candidates.values())]
    named = {name for a in advice for name in a.conflicts}
    assert named
    for name in named:
        for side in pathway.conflicts[name].positions:
            assert packed(f"position: {side.text} [{', '.join(side.claims)}]") in packed(text)


def test_seventy_two_columns_from_outside(tmp_path: Path) -> None:
    """The command prints it; a folder names a pathway as well as its name does."""
    done = run("show", "cord-compression", "--full", state=tmp_path)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 72
    assert "not clinically reviewed" in done.stdout
    folder = Path(__file__).parents[2] / "pathways" / "cord-compression"
    again: subprocess.CompletedProcess[str] = run("show", str(folder), "--full", state=tmp_path)
    assert again.stdout == done.stdout
    assert len(run("show", "cord-compression", state=tmp_path).stdout) < len(done.stdout) / 3
