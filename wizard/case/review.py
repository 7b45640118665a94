"""Check your answers: every answer and decision of the trails, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.case.open_case import OpenCase
from wizard.case.pages import emergency_words, first_of
from wizard.case.questions import Questions
from wizard.case.search import Index, Subject
from wizard.case.wording import STAGES, fact_words, value_words
from wizard.engine.facts import Answer, Place
from wizard.guard import Truth, names_in
from wizard.text import capital, format_date, listed

ANSWER = "answer"


@dataclass(frozen=True)
class Row:
    """An item with its answer, or a decision with what was committed (`item` is None)."""

    place: Place
    item: str | None
    label: str
    words: str


def answer_rows(case: OpenCase) -> list[Row]:
    """Every item and decision on the trails, each once, with its answer.

    What a choice has left as it was stands at the visit at which it was given.
    """
    situation, facts = case.situation, case.state.facts
    rows: dict[tuple[str, int], Row] = {}
    for place in situation.places:
        stage = STAGES[situation.step(place).stage]
        for name, item in case.asked(place):
            fact = case.fact(name, place)
            words = fact_words(item, fact) if fact is not None else "not asked"
            visit = case.visit_for(name, place)
            if fact is not None and fact is facts.facts[name].get(visit - 1):
                continue
            words = f"{stage} - {item.label}{_again(visit)}: {words}"
            rows.setdefault((name, visit), Row(place, name, item.label, words))
        state = situation.decision(place)
        if state is not None and state.commitment is not None and not held_over(case, place):
            titles = {a.id: a.recommendation.title for a in state.candidates}
            taken = listed(titles.get(c, c) for c in state.commitment.candidates)
            question = state.decision.question
            words = f"{stage}{_again(place.visit)} - {question} {taken}"
            rows[place.step, place.visit] = Row(place, None, question, words)
    return list(rows.values())


def held_over(case: OpenCase, place: Place) -> bool:
    """Whether the commitment at a place is that of the visit before, held on to."""
    made = case.state.facts.commitments
    return place in made and made[place] is made.get(place._replace(visit=place.visit - 1))


def _again(visit: int) -> str:
    return f", visit {visit}" if visit > 1 else ""


@dataclass(frozen=True, kw_only=True)
class FoundRow(Subject):
    """A row as something that can be found; what exactly asks it goes there first."""

    row: Row


def index_of_answers(case: OpenCase) -> Index:
    """The questions and answers of a case by their words."""
    rows = answer_rows(case)
    found = (FoundRow(ANSWER, r.label, r.words, row=r) for r in rows)
    return Index(found, (ANSWER,))


def emergency_signs(case: OpenCase) -> list[str]:
    """What is confirmed once more before a report is final: emergencies and signs as answered.

    First the emergencies that are not excluded; then every sign that an emergency of the pathway
    hangs on, with its day, those with the same answer in one line.
    """
    states, pathway = case.situation.alerts, case.pathway
    reading = case.situation.readings.of(pathway.id)
    missing = [s.short for s in states if s.truth is Truth.UNKNOWN]
    lines = [f"EMERGENCY {emergency_words(s)}" for s in states if s.truth is Truth.TRUE]
    lines += [f"Not yet excluded: {listed(missing)}"] if missing else []
    lines += [
        f"{capital(s.short)}: {s.said}"
        for s in states
        if s.truth is Truth.FALSE and s.alert.proviso is not None
    ]
    guards = (names_in(pathway.guard(s.alert.if_)) for s in states)
    behind = (reading.items_behind(names, Truth.TRUE) for names in guards)
    signs: dict[str, list[str]] = {}
    for name in dict.fromkeys(name for names in behind for name in names):
        if reading.applies(name) is not Truth.FALSE:
            item, fact = pathway.items[name], reading.fact(name)
            answer = capital(value_words(item, reading.value(name)))
            day = f" ({format_date(fact.on)})" if fact is not None else ""
            signs.setdefault(f"{answer}{day}", []).append(item.label)
    return lines + [f"{answer}: {listed(labels)}" for answer, labels in signs.items()]


def open_words(case: OpenCase) -> list[str]:
    """What is not yet excluded, not known or not asked, and, where there is any, set aside and
    declined; each counted."""
    missing = [s.short for s in case.situation.alerts if s.truth is Truth.UNKNOWN]
    signless = [s.short for s in case.situation.alerts if s.word != s.state]
    asked = [question.words for question in Questions(case).open.values()]
    pathways = case.situation.pathways
    items = {name: item for p in pathways for name, item in p.items.items()}
    aside = [items[n].label for n in case.state.facts.set_aside if n in items]
    declined = [
        a.recommendation.title
        for a in case.situation.advice
        if a.response is not None and a.response.answer is Answer.DECLINED
    ]
    lines = [
        f"Not yet excluded ({len(missing)}): {listed(missing)}",
        f"Not known or not asked ({len(asked)}): {first_of(asked)}",
    ]
    without = f"No sign reported, which does not exclude ({len(signless)}): {listed(signless)}"
    lines[1:1] = [without] if signless else []
    lines += [f"Set aside ({len(aside)}): {listed(aside)}"] if aside else []
    lines += [f"Declined ({len(declined)}): {listed(declined)}"] if declined else []
    return lines
