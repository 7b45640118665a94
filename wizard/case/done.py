"""What was done in a case, in words: for undo and redo."""

from __future__ import annotations

from wizard.case.events import (
    Answered,
    Checked,
    Committed,
    Continued,
    Event,
    Responded,
    SetAside,
    TakenInHand,
)
from wizard.case.open_case import OpenCase


def done_words(case: OpenCase, event: Event) -> str:
    """What an event did, and to what, by its title."""
    match event:
        case Answered(item):
            return f"the answer to {_label(case, item)}"
        case SetAside(item):
            return f"setting aside {_label(case, item)}"
        case Committed(place):
            pathway = case.library.pathways.get(place.pathway)
            step = pathway.steps.get(place.step) if pathway is not None else None
            return f"the decision at {step.title if step is not None else place.step}"
        case Responded(advice):
            titles = {a.id: a.recommendation.title for a in case.situation.advice}
            return f"the response to {titles.get(advice, advice)}"
        case TakenInHand(alert) | Continued(alert):
            titles = {s.id: s.title for s in case.situation.alerts}
            return f"what was said to {titles.get(alert, alert)}"
        case Checked():
            return "the check of the answers"
    return "the last thing done"


def _label(case: OpenCase, item: str) -> str:
    pathways = case.library.pathways.values()
    return next((p.items[item].label for p in pathways if item in p.items), item)
