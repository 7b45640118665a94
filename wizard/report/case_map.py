"""The map of a pathway for a case: the outline of its ways, with the walked path marked."""

from __future__ import annotations

from wizard.case.open_case import OpenCase
from wizard.engine.facts import Place
from wizard.report.graph import outline
from wizard.text import GLUE

HERE = "YOU ARE HERE"
"""Stands on one line, however narrow the map is."""


def case_map(case: OpenCase, place: Place, width: int) -> str:
    """The outline of the pathway of a place; its steps say *walked*, `HERE` or nothing."""
    situation = case.situation
    pathway = situation.pathway_of(place)
    walked = [p.step for p in situation.places if p.pathway == pathway.id]
    marks = {step: f"walked, visit {walked.count(step)}" for step in walked}
    marks = {s: w.removesuffix(", visit 1") for s, w in marks.items()}
    rests = situation.current.stop.place
    if rests.pathway == pathway.id and not situation.current.finished:
        marks[rests.step] = "THE CASE RESTS HERE"
    marks[place.step] = HERE.replace(" ", GLUE)
    ended = situation.current.finished and rests.pathway == pathway.id
    end = f"\nEnded: {situation.end_words(situation.current)}\n" if ended else ""
    return f"{pathway.header.title} {pathway.header.version}\n{outline(pathway, width, marks)}{end}"
