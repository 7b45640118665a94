"""A decision that a changed fact reopens says in both faces how it stood then and stands now."""

from __future__ import annotations

from tests.case.test_compare import opened
from tests.vignettes.test_vignettes import FILES
from wizard.case.keys import KEYS
from wizard.case.open_case import OpenCase
from wizard.case.page import Page as Lines
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.engine.situation import DecisionState
from wizard.guard import Choice
from wizard.line import blocks
from wizard.tui import case_pages
from wizard.tui.paint import Page


def reopened(case: OpenCase) -> DecisionState:
    """The first decision that one other answer to a question reopens, after that answer."""
    for place in case.situation.places:
        for name, item in case.asked(place):
            for option in item.options if item.type == "choice" else ():
                fact = Fact(Choice(option), case.state.as_of)
                if case.preview({name: fact}, place).reopened:
                    case.answer(name, fact, place)
                    return next(d for d in case.situation.reopened if d.worse)
    raise AssertionError("no answer reopens a decision")


def test_then_and_now_in_both_faces(library: Library) -> None:
    """The same words, with the status as it was stored and as it is."""
    file = next(f for f in FILES if "renal-sprain" in str(f) and f.name == "5-treatment.yaml")
    case = opened(file, library)
    state = reopened(case)
    made = state.commitment
    assert made is not None
    full, plain = Page(78), Lines(72)
    case_pages.decision(case, state, None, 0, KEYS, full)
    blocks.decision(case, state, KEYS, plain)
    for page in (full, plain):
        said = " ".join(" ".join(line.text for line in page.lines).split())
        assert "REOPENED" in said
        for advice in state.candidates:
            if advice.id in state.worse:
                title = advice.recommendation.title
                then = made.statuses[advice.id]
                assert f"{title}: then {then}, now {advice.status_words}." in said
