"""What can be looked up in the pathways, and the page of each: never a text that is not in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wizard.case.page import Page
from wizard.case.pages import evidence
from wizard.case.review import ANSWER
from wizard.case.search import Index, Subject, words_of
from wizard.case.wording import claim_marks, note_words, reference_words
from wizard.definition.evidence import Claim
from wizard.definition.library import Library, Pathway
from wizard.definition.models import CommonFile, PathwayFile
from wizard.report.entries import Entries
from wizard.report.entry import Entry, said
from wizard.report.number_entries import derived_entry, score_entry, table_entry
from wizard.report.sources import CHECKED, claim_entry, reference_entry
from wizard.text import listed

KINDS = (
    ANSWER,
    "claim",
    "glossary",
    "emergency",
    "score",
    "derived value",
    "table",
    "question",
    "step",
    "candidate",
    "recommendation",
    "note",
    "disagreement",
    "finding",
    "pathway",
    "end",
    "reference",
)
NOT_REVIEWED = "Content not clinically reviewed."
UNVERIFIED = "UNVERIFIED"
WIDTH = 78


@dataclass(frozen=True)
class _Source:
    """A definition: the pathway in whose words it is said, and the claims behind it."""

    entry: Entry
    pathway: Pathway
    claims: tuple[str, ...]


class Lookup:
    """Everything of a library that can be looked up, with the index over it."""

    def __init__(self, library: Library) -> None:
        self._sources: dict[Subject, _Source] = {}
        self._common = next(iter(library.pathways.values()))
        self._add("", Entries(self._common), _shared)
        for name, pathway in library.pathways.items():
            self._add(name, Entries(pathway), _own)
        self.index = Index(self._sources, KINDS)

    def _add(
        self, owner: str, entries: Entries, write: Callable[[Entries], Iterator[Entry]]
    ) -> None:
        """Takes every entry as it is written, with the claims that it cites."""
        pathway = entries.pathway
        for entry in write(entries):
            claims = tuple(entries.cited)
            entries.cited.clear()
            subject = _subject(entry, owner, pathway.claims, claims)
            self._sources[subject] = _Source(entry, pathway, claims)

    def found(self, words: str, pathway: str = "", answers: Index | None = None) -> list[Subject]:
        """What has all of these words, best first, with the answers of a case among it.

        Those of `pathway` come before those of other pathways that match alike.
        """
        ranked = self.index.found(words, pathway)
        ranked += answers.found(words) if answers is not None else []
        return [subject for _, subject in sorted(ranked, key=lambda pair: pair[0])]

    def line(self, subject: Subject) -> str:
        """A subject in a list: what it is, what it says; a claim with its certainty and sources."""
        if subject.kind != "claim":
            return f"{subject.head}: {subject.title}"
        claim = self._common.claims[subject.name]
        keys = listed(claim.references, "no reference")
        return f"{subject.head}: {claim.text} ({claim.certainty}; {keys})"

    def explained(self, text: str) -> list[Subject]:
        """The words of the glossary that a text uses, by the alphabet."""
        read = f" {' '.join(words_of(text))}"
        terms = [s for s in self.index.subjects if s.kind == "glossary"]
        used = (s for s in terms if any(f" {form}" in read for form in _forms(s.title)))
        return sorted(used, key=lambda subject: subject.title.casefold())

    def fill(self, subject: Subject, page: Page) -> None:
        """The page of a subject: what it says, then every claim behind it with its references."""
        source = self._sources[subject]
        entry = source.entry
        if subject.kind == "claim":
            checked = self._common.claims[subject.name].checked
            page.add(f"claim, {CHECKED[checked]}", "dim")
            evidence(source.pathway, (subject.name,), page)
            self._cited_by(subject.name, page)
            return
        page.add(entry.title, "bold")
        within = f" of {subject.pathway}" if subject.pathway else ""
        page.add(f"{subject.kind}{within}, named {subject.name}", "dim")
        page.add()
        for label, words in entry.aspects:
            page.add(words, "", f"{label}: ", "  ")
        page.add()
        if subject.kind == "reference":
            self._resting_on(subject.name, page)
        elif source.claims:
            page.add("EVIDENCE", "bold")
            evidence(source.pathway, source.claims, page)

    def _cited_by(self, claim: str, page: Page) -> None:
        citing = [s for s, source in self._sources.items() if claim in source.claims]
        page.add("Cited by" if citing else "Nothing in the pathways cites it.", "dim")
        for subject in citing:
            page.add(f"{subject.head}: {subject.title}", "dim", "  ", "    ")

    def _resting_on(self, reference: str, page: Page) -> None:
        known = self._common.claims
        claims = [name for name, claim in known.items() if reference in claim.references]
        page.add("Claims that rest on it" if claims else "No claim rests on it.", "bold")
        for name in claims:
            marks = " ".join(claim_marks(known[name]))
            page.add(f"{known[name].text} {marks}", "", f"{name}  ", "  ")

    def as_data(self, subject: Subject) -> dict[str, Any]:
        """A subject for JSON: its aspects, and the claims behind it with their references."""
        source = self._sources[subject]
        names = (subject.name,) if subject.kind == "claim" else source.claims
        return {
            "kind": subject.kind,
            "name": subject.name,
            "title": subject.title,
            "pathway": subject.pathway or None,
            "unverified": subject.mark or None,
            "says": [{"label": label, "words": words} for label, words in source.entry.aspects],
            "claims": {name: self._claim_data(name) for name in names},
        }

    def _claim_data(self, name: str) -> dict[str, Any]:
        claim, references = self._common.claims[name], self._common.common.references
        return {
            "text": claim.text,
            "certainty": claim.certainty,
            "checked": claim.checked,
            "unverified": _mark(claim) or None,
            "references": {key: reference_words(references[key]) for key in claim.references},
        }


@dataclass(frozen=True)
class Found:
    """What a search found, best first: at most `most` of it is shown, the exact names in full."""

    lookup: Lookup
    words: str
    subjects: tuple[Subject, ...]
    most: int

    @property
    def _shown(self) -> tuple[Subject, ...]:
        return self.subjects[: self.most]

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "words": self.words,
            "content": NOT_REVIEWED,
            "found": len(self.subjects),
            "nothing": None if self.subjects else self.lookup.index.nothing_words(self.words),
            "results": [self.lookup.as_data(subject) for subject in self._shown],
        }

    def as_text(self) -> str:
        """For a terminal: what has exactly this name, or is alone, in full; the rest in a list."""
        page = Page(WIDTH)
        if not self.subjects:
            page.add(self.lookup.index.nothing_words(self.words))
        named = "".join(words_of(self.words))
        opened = [s for s in self._shown if "".join(words_of(s.name)) == named]
        opened = opened or [*self._shown][: len(self.subjects) == 1]
        for subject in opened:
            self.lookup.fill(subject, page)
            page.add()
        for subject in self._shown:
            if subject not in opened:
                page.add(self.lookup.line(subject), "", "", "  ")
        left = len(self.subjects) - len(self._shown)
        if left:
            page.add(f"{left} more: --most {len(self.subjects)} shows all, more words find fewer.")
        page.add(NOT_REVIEWED)
        return "\n".join(line.text for line in page.lines)


def search(library: Library, words: str, most: int) -> Found:
    """Everything in a library that has all of these words."""
    lookup = Lookup(library)
    return Found(lookup, words, tuple(lookup.found(words)), most)


def _shared(entries: Entries) -> Iterator[Entry]:
    """What the pathways share, in the words of any of them."""
    pathway = entries.pathway
    common = pathway.common
    yield from (claim_entry(n, claim) for n, claim in common.claims.items())
    yield from (reference_entry(n, reference) for n, reference in common.references.items())
    for name, term in common.glossary.items():
        meaning = ("meaning", note_words(pathway, term))
        yield Entry(
            "glossary", name, term.term, said(meaning, ("claims", entries.marks(term.claims)))
        )
    yield from (entries.note(n, note) for n, note in common.teaching.items())
    yield from (table_entry(entries, n, table) for n, table in common.tables.items())
    for name, advice in common.candidates.items():
        yield entries.advice("candidate", name, advice)
    yield from _either(entries, common)


def _own(entries: Entries) -> Iterator[Entry]:
    """What a pathway says by itself."""
    pathway = entries.pathway
    yield entries.header(pathway.header)
    for name, step in pathway.steps.items():
        yield entries.step(name, step)
        for candidate, advice in step.decision.candidates.items() if step.decision else ():
            if pathway.common.candidates.get(candidate) != advice:
                yield entries.advice("candidate", candidate, advice, name)
    yield from (entries.endpoint(n, end) for n, end in pathway.endpoints.items())
    yield from _either(entries, pathway.content)


def _either(entries: Entries, content: PathwayFile | CommonFile) -> Iterator[Entry]:
    """What the common ground and a pathway may both hold."""
    yield from (entries.item(n, item) for n, item in content.items.items())
    yield from (derived_entry(entries, n, value) for n, value in content.derived.items())
    yield from (score_entry(entries, n, score) for n, score in content.scores.items())
    yield from (entries.finding(n, finding) for n, finding in content.findings.items())
    yield from (entries.conflict(n, conflict) for n, conflict in content.conflicts.items())
    yield from (entries.alert(n, alert) for n, alert in content.alerts.items())
    for name, advice in content.recommendations.items():
        yield entries.advice("recommendation", name, advice)


def _subject(
    entry: Entry, owner: str, known: Mapping[str, Claim], claims: Iterable[str]
) -> Subject:
    """How an entry is found and listed."""
    text = " ".join(words for _, words in entry.aspects)
    if entry.kind == "claim":
        claim = known[entry.name]
        return Subject("claim", entry.name, claim.text, text, owner, _mark(claim), headed=False)
    unread = entry.kind in ("glossary", "note") and any(_mark(known[name]) for name in claims)
    headed = entry.kind != "reference"
    mark = UNVERIFIED if unread else ""
    return Subject(entry.kind, entry.name, entry.title, text, owner, mark, headed)


def _mark(claim: Claim) -> str:
    if claim.checked == "recalled":
        return UNVERIFIED
    return f"{UNVERIFIED} in part" if claim.recalled_part else ""


def _forms(term: str) -> list[str]:
    """The words for which a term of the glossary stands: `Lytic, blastic`, `Cancer (CUP)`."""
    return [" ".join(words_of(form)) for form in re.split(r"[,()]", term) if form.strip()]
