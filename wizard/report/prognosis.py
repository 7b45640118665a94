"""The sections that a pathway fills by name: prognosis, and what the patient has been told."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.case.wording import fact_words
from wizard.definition.fields import Section as Named
from wizard.definition.item import Item
from wizard.engine.facts import Status
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.report.numbers import number_line
from wizard.text import format_date

PROGNOSIS = "PROGNOSIS"
INFORMATION = "INFORMATION GIVEN TO THE PATIENT"


def prognosis(material: Material) -> Section:
    """What was estimated, the scores, and published ranges with the people they come from.

    Published figures stand here only while the advice that quotes them does.
    """
    lines = [
        Line(_fact(material, name, item) or _open(material, name), lead=item.label)
        for name, item in _items(material, "prognosis").items()
    ]
    scores = {
        name: score
        for pathway in material.situation.pathways
        for name, score in pathway.scores.items()
        if score.section == "prognosis" and name in pathway.numbers
    }
    lines += [number_line(material, name, score) for name, score in scores.items()]
    quoted = [
        Line(note.text, lead=f"Published, {note.label}", claims=material.evidence.cite(note.claims))
        for advice in material.situation.listed
        if advice.status in (Status.RECOMMENDED, Status.CHECK_FIRST)
        and advice.recommendation.section == "prognosis"
        for note in advice.recommendation.notes
    ]
    lines += quoted or [Line("Published figures are not quoted at this point of the work-up.")]
    return Section(PROGNOSIS, tuple(lines), "figures of groups, never of one person")


def information_given(material: Material) -> Section:
    """What the clinician recorded as told to the patient."""
    lines = [
        Line(_fact(material, name, item) or "not recorded", lead=item.label)
        for name, item in _items(material, "information given").items()
    ]
    return Section(INFORMATION, tuple(lines) or (Line("not recorded"),))


def _items(material: Material, section: Named) -> Mapping[str, Item]:
    found: dict[str, Item] = {}
    for pathway in material.situation.pathways:
        for name in (name for step in pathway.steps.values() for name in step.asks):
            if pathway.items[name].section == section:
                found.setdefault(name, pathway.items[name])
    return found


def _fact(material: Material, name: str, item: Item) -> str:
    """The value of an item with its day; empty where there is none."""
    fact = next((f for n, _, f in material.facts() if n == name), None)
    if fact is None or fact.absence is not None or not fact.is_answer:
        return ""
    return f"{fact_words(item, fact)} ({format_date(fact.on)})"


def _open(material: Material, name: str) -> str:
    question = material.questions.open.get(name)
    return f"{question.reason.words} (Q{question.number})" if question else "not asked"
