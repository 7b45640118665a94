"""What each answer would change is what it does change."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.tui.conftest import VIGNETTE
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.changes import changes
from wizard.case.consequences import consequences
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.guard import Choice, Multi


def case_of(stage: str, library: Library) -> OpenCase:
    """The vignette as it stands at a stage."""
    file = VIGNETTE / f"{stage}.yaml"
    return replay(read_answers(file.read_text("utf-8"), file.name, library), library)


@pytest.mark.parametrize("stage", ["1-presentation", "3-biopsy", "5-treatment"])
def test_every_option_is_tried(stage: str, library: Library) -> None:
    """Each against the case with that answer kept."""
    case = case_of(stage, library)
    tried = 0
    for place in case.situation.places:
        for name, item in case.asked(place):
            if item.type != "choice":
                continue
            found = consequences(case, name, place)
            assert [c.answer for c in found] == [o.label for o in item.options.values()]
            for option, consequence in zip(item.options, found, strict=True):
                other = case_of(stage, library)
                other.answer(name, Fact(Choice(option), case.state.as_of), place)
                assert consequence.changes == changes(case.situation, other.situation)
                tried += 1
            break
    assert tried > 10


def test_the_ranges_of_a_number_are_those_at_which_advice_changes(library: Library) -> None:
    """An age in each range has the changes that were said, and neighbours differ."""
    case = case_of("1-presentation", library)
    place = next(p for p in case.situation.places if p.step == "scope")
    found = consequences(case, "age", place)
    assert len(found) > 2
    assert found[0].answer == "Age below 18 years"
    assert "under 18" in str(found[0].changes).casefold() or found[0].changes.steps_lost
    for before, after in pairwise(found):
        assert before.changes != after.changes
    kept = [c for c in found if c.changes.none]
    assert len(kept) == 1, "the age of the patient lies in one of the ranges"


def test_of_several_each_is_added_to_what_is_known(library: Library) -> None:
    """The options that are settled stay as they are."""
    file = ROOT / "hypercalcaemia" / "cases" / "constructed" / "measured-alone.yaml"
    case = replay(read_answers(file.read_text("utf-8"), file.name, library), library)
    place, name, item = next(
        (p, n, i) for p in case.situation.places for n, i in case.asked(p) if i.type == "multi"
    )
    found = consequences(case, name, place)
    assert len(found) == len(item.options)
    held = case.fact(name, place)
    assert held is not None
    assert isinstance(held.value, Multi)
    labels = {item.options[o].label for o in held.value.present}
    assert labels or held.value.absent, "something is settled"
    assert all(c.changes.none for c in found if c.answer in labels)
