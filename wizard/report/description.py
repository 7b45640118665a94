"""Everything that a pathway says, as entries in reading order: what a reviewer must judge."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.case.wording import STAGES
from wizard.definition.library import Pathway
from wizard.report.entries import Entries
from wizard.report.entry import Entry
from wizard.report.number_entries import derived_entry, score_entry, table_entry
from wizard.report.sources import claim_entry, reference_entry

Group = tuple[str, tuple[Entry, ...]]
"""A heading, or the name of a stage, with what stands below it."""


def describe(pathway: Pathway, by_name: bool = False) -> tuple[Group, ...]:
    """All groups that are not empty: the stages first, then what they name.

    A question stands below the first step that asks it; what the common ground holds stands here
    as far as the pathway names it. `by_name`: see `Naming`.
    """
    entries = Entries(pathway, by_name)
    asked = {name for step in pathway.steps.values() for name in step.asks}
    groups: list[tuple[str, list[Entry]]] = [
        ("PATHWAY", [entries.header(pathway.header)]),
        ("EMERGENCIES", list(_alerts(pathway, entries))),
        *((words.upper(), list(_stage(pathway, entries, s))) for s, words in STAGES.items()),
        ("ENDS", [entries.endpoint(n, e) for n, e in pathway.endpoints.items() if not e.stage]),
        ("ADVICE AT ANY STAGE", list(_advice(pathway, entries, None))),
        (
            "WHAT MUST NEVER HAPPEN",
            [entries.invariant(n, i) for n, i in pathway.invariants.items()],
        ),
    ]
    notes = {n: note for n, note in pathway.common.teaching.items() if asked & {*note.items}}
    groups += [
        ("TABLES", [table_entry(entries, n, pathway.tables[n]) for n in entries.tables]),
        ("NOTES FOR TRAINEES", [entries.note(n, note) for n, note in notes.items()]),
    ]
    frame = pathway.common.patient_note
    if frame is not None:
        groups.append(("DRAFT NOTE FOR THE PATIENT", [entries.note_frame(frame)]))
    groups += _named(pathway, entries, asked)
    own = dict.fromkeys(pathway.content.conflicts)
    disputed = {**own, **entries.disputed}
    conflicts = [entries.conflict(n, pathway.conflicts[n]) for n in disputed]
    groups.append(("WHERE SOURCES DISAGREE", conflicts))
    groups += _site(pathway, entries)
    claims = [claim_entry(n, pathway.claims[n]) for n in sorted(entries.cited)]
    groups.append(("CLAIMS", claims))
    keys = sorted({key for n in entries.cited for key in pathway.claims[n].references})
    references = [reference_entry(k, pathway.common.references[k]) for k in keys]
    groups.append(("REFERENCES", references))
    return tuple((title, tuple(found)) for title, found in groups if found)


def _alerts(pathway: Pathway, entries: Entries) -> Iterator[Entry]:
    yield from (entries.alert(name, alert) for name, alert in pathway.alerts.items())
    if pathway.alerts:
        named = pathway.alerts.items()
        order = tuple(("in order", n if entries.by_name else a.title) for n, a in named)
        yield Entry("order", "emergencies", "Rank of the emergencies", order)


def _stage(pathway: Pathway, entries: Entries, stage: str) -> Iterator[Entry]:
    met: set[str] = set()
    for name, step in pathway.steps.items():
        new = [item for item in step.asks if item not in met]
        met.update(new)
        if step.stage != stage:
            continue
        yield entries.step(name, step)
        yield from (entries.item(item, pathway.items[item]) for item in new)
        for candidate, advice in step.decision.candidates.items() if step.decision else ():
            yield entries.advice("candidate", candidate, advice, name)
    yield from _advice(pathway, entries, stage)
    for name, end in pathway.endpoints.items():
        if end.stage == stage:
            yield entries.endpoint(name, end)


def _advice(pathway: Pathway, entries: Entries, stage: str | None) -> Iterator[Entry]:
    for name, advice in pathway.recommendations.items():
        if advice.stage == stage:
            yield entries.advice("advice", name, advice)


def _named(
    pathway: Pathway, entries: Entries, asked: set[str]
) -> Iterator[tuple[str, list[Entry]]]:
    """What guards name, and what that rests on, until nothing new is named."""
    own = pathway.content
    entries.named.update(dict.fromkeys((*own.findings, *own.derived, *own.scores, *own.items)))
    findings, values, items = list[Entry](), list[Entry](), list[Entry]()
    met: set[str] = set()
    while new := [name for name in entries.named if name not in met]:
        for name in new:
            met.add(name)
            if name in pathway.findings:
                findings.append(entries.finding(name, pathway.findings[name]))
            elif name in pathway.derived:
                values.append(derived_entry(entries, name, pathway.derived[name]))
            elif name in pathway.scores:
                values.append(score_entry(entries, name, pathway.scores[name]))
            elif name in pathway.items and name not in asked:
                items.append(entries.item(name, pathway.items[name]))
    yield "QUESTIONS THAT NO STEP ASKS", items
    yield "FINDINGS", findings
    yield "DERIVED VALUES AND SCORES", values


def _site(pathway: Pathway, entries: Entries) -> Iterator[tuple[str, list[Entry]]]:
    contacts, reasons = pathway.common.contacts, pathway.common.reasons
    yield (
        "WHOM TO CALL",
        [Entry("contact", n, contacts[n], ()) for n in contacts if n in entries.contacts],
    )
    yield (
        "REASONS FOR ANOTHER CHOICE",
        [Entry("reason", name, words, ()) for name, words in reasons.items()],
    )
