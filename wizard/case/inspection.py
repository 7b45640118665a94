"""What can be read about what is in view: why, the evidence, what would change. No widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.case.changes import Changes
from wizard.case.open_case import OpenCase
from wizard.case.page import Page
from wizard.case.pages import all_advice, evidence, first_of, in_short, pathway_of
from wizard.case.wording import (
    facts_line,
    labels,
    note_words,
    topic_words,
    why_open,
)
from wizard.definition.item import Item
from wizard.engine.facts import Place
from wizard.engine.situation import Advice, AlertState
from wizard.guard import Truth
from wizard.text import listed

if TYPE_CHECKING:
    from wizard.case.explanation import Explanation


@dataclass(frozen=True)
class View:
    """What a person looks at: the item or the candidate in view at a place, or the end."""

    place: Place
    item: str | None
    candidate: Advice | None
    reader: str
    ended: bool


def why_here(case: OpenCase, view: View, page: Page) -> None:
    """Why what is in view is asked or stands as it does; for trainees about the step too."""
    if view.item is not None:
        item = case.item(view.item)
        why_item(case, view.item, item, view.reader, page)
    elif view.candidate is not None:
        why_advice(case, view.candidate, page)
    else:
        all_advice(case, page)
    step = case.situation.step(view.place)
    if view.reader == "trainee" and step.teaching and not view.ended:
        page.add()
        page.add(f"About this step: {step.teaching}")


def why_in_full(case: OpenCase, view: View, page: Page) -> None:
    """`why_here`, and the guards: what would change a candidate, or the way on from a step."""
    why_here(case, view, page)
    found = _explained(case, view)
    if found is not None:
        page.add()
        if view.candidate is None:
            page.add(f"{found.subject}: {found.state}", "bold")
        questioned(found, page)


def _explained(case: OpenCase, view: View) -> Explanation | None:
    """The candidate in view questioned, or the way on from a step that is done."""
    from wizard.case.explanation import explain_advice, explain_exits

    if view.candidate is not None:
        return explain_advice(case, view.candidate)
    stop = case.situation.current.stop
    stands_here = stop.place == view.place and stop.kind in ("asks", "waits")
    if view.ended or stands_here or not case.situation.step(view.place).exits:
        return None
    return explain_exits(case, view.place)


def would_change(case: OpenCase, view: View, page: Page) -> None:
    """What each answer to the question in view would change, or what would change a candidate or
    the way on."""
    if view.item is not None:
        _each_answer(case, view.item, view.place, page)
    found = _explained(case, view)
    if found is not None:
        page.add(f"{found.subject}: {found.state}", "bold")
        _changing(found, page)


def _each_answer(case: OpenCase, name: str, place: Place, page: Page) -> None:
    from wizard.case.consequences import consequences

    tried = consequences(case, name, place)
    page.add(case.situation.pathway_of(place).items[name].label, "bold")
    if not tried:
        page.add("A calculation takes it, or words that no guard reads: nothing is tried here.")
    alike: dict[Changes, list[str]] = {}
    for consequence in tried:
        alike.setdefault(consequence.changes, []).append(consequence.answer)
    for changes, answers in alike.items():
        page.add("; ".join(answers), "bold", "- ", "  ")
        if changes.none:
            page.add("changes nothing else", "dim", "  ")
        else:
            in_short(changes, page)
    page.add()


def evidence_here(case: OpenCase, view: View, page: Page) -> None:
    """The claims behind what is in view, and the conflicts that it touches."""
    if view.candidate is not None:
        recommendation = view.candidate.recommendation
        conflicts(case, view.candidate, page)
        claims = [*recommendation.claims]
        claims += [c for a in recommendation.arguments for c in a.claims]
        claims += [c for n in recommendation.notes for c in n.claims]
    else:
        item = case.item(view.item) if view.item is not None else None
        claims = [*(item.claims if item is not None else ())]
        claims += case.situation.step(view.place).claims
    evidence(case.pathway, tuple(dict.fromkeys(claims)), page)


def words_in_view(case: OpenCase, view: View) -> str:
    """Everything that is read in what is in view: the question, its answers, why it is asked."""
    step = case.situation.step(view.place)
    words = [step.title, step.text or ""]
    if view.item is not None:
        item = case.item(view.item)
        words += [item.label, item.ask.clinician, item.ask.trainee or "", item.why]
        words += [option.label for option in item.options.values()]
    elif view.candidate is not None and step.decision is not None:
        words.append(step.decision.question)
        words += [c.title for c in step.decision.candidates.values()]
        words += [view.candidate.recommendation.why, view.candidate.status_words]
    return "\n".join(words)


def why_item(case: OpenCase, name: str, item: Item, reader: str, page: Page) -> None:
    """Why an item is asked, with the teaching note for trainees."""
    page.add(item.label, "bold")
    page.add(f"Why asked: {item.why}")
    if item.claims:
        page.add(listed(item.claims), "dim")
    if reader == "trainee" and item.teaching:
        page.add()
        page.add(f"Teaching note: {item.teaching}")
    if reader == "trainee":
        for note in case.pathway.teaching(name):
            page.add()
            page.add(f"{note.title} ({note.topic}): {note_words(case.pathway, note)}")
    emergencies = [s.short for s in case.situation.alerts if name in s.deciding]
    advice = [
        a.recommendation.title for a in case.situation.advice if name in (*a.because, *a.blocked_by)
    ]
    if emergencies or advice:
        page.add()
    if emergencies:
        page.add(f"Emergencies that hang on it: {listed(emergencies)}")
    if advice:
        page.add(f"Bears on: {first_of(advice)}")


def why_advice(case: OpenCase, advice: Advice, page: Page) -> None:
    """Why a piece of advice stands as it does, in the words of its guard."""
    recommendation = advice.recommendation
    pathway = pathway_of(case, advice)
    page.add(f"{recommendation.title}: {advice.status_words}", "bold")
    page.add(recommendation.action)
    page.add(f"Why: {recommendation.why}")
    if advice.because:
        page.add(f"Now: {facts_line(case.situation, advice.because)}.")
    if advice.blocked_by:
        page.add(f"Blocked by: {labels(pathway, advice.blocked_by)}.")
    for concern in advice.concerns:
        state = "holds"
        if concern.truth is not Truth.TRUE:
            state = why_open(case.situation, advice.pathway, concern.items)
        page.add(f"Against it: {concern.because} ({state})")
    page.add(f"Strength: {recommendation.strength}; {recommendation.certainty}", "dim")


def why_alert(case: OpenCase, state: AlertState, page: Page) -> None:
    """Why an alert is present, not yet excluded or excluded."""
    from wizard.case.explanation import explain_alert

    questioned(explain_alert(case, state), page)


def questioned(found: Explanation, page: Page) -> None:
    """The tree of guards, what would change it, and whether it is robust."""
    for line in found.why:
        depth = len(line) - len(line.lstrip())
        page.add(line.strip(), "", " " * depth, " " * (depth + 2))
    page.add()
    _changing(found, page)


def _changing(found: Explanation, page: Page) -> None:
    page.add("What would change this", "bold")
    for line in found.would_change or ("No one or two changed values would change this.",):
        page.add(line, "", "  ", "    ")
    page.add(found.robust)


def conflicts(case: OpenCase, advice: Advice, page: Page) -> None:
    """Both positions of every conflict that a piece of advice touches."""
    pathway = pathway_of(case, advice)
    for name in advice.recommendation.conflicts:
        conflict = pathway.conflicts[name]
        page.add(f"Sources differ: {topic_words(conflict)}", "bold")
        for position in conflict.positions:
            page.add(f"{position.text}  {listed(position.claims)}", "", "  - ", "    ")
        page.add()


ABOUT_THE_VIEW: Mapping[str, Callable[[OpenCase, View, Page], None]] = {
    "why": why_in_full,
    "evidence": evidence_here,
    "change": would_change,
}
"""What can be read about what is in view, by action."""
