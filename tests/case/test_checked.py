"""Answers are checked once the emergency signs were confirmed as they stand, until one changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.small import HEADER, item, load
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase, begin
from wizard.case.replay import replay
from wizard.case.review import emergency_signs
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Fact
from wizard.guard import Absence, Absent, Choice
from wizard.report.summary import summarise

FILE = ROOT / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
SMALL = (
    HEADER.format(id="small", start="first")
    + """steps:
  first: {stage: presentation, title: First things, asks: [cold, wet], exits: [{otherwise: end}]}
endpoints:
  end: {title: Done, text: Nothing more.}
alerts:
  flood:
    title: A flood of everything
    short: flood
    if: wet = yes or drowned
    text: Water rises.
    contact: boatman
    find_out: Look out of the window.
    claims: [DX-TST-01]
    now: [{do: Row, who: everybody, by: immediately, claims: [DX-TST-01]}]
findings:
  drowned: {if: "depth = over_the_head", text: It is deep., claims: [DX-TST-01]}
items:
"""
    + item("cold", "yes", "no", more="    absence: [not_known]\n")
    + item("wet", "yes", "no", more="    absence: [not_known, declined]\n")
    + item("depth", "ankle", "over_the_head")
)
"""A pathway whose one emergency hangs on an item that is asked and on one that is not."""


@pytest.fixture
def case(library: Library) -> OpenCase:
    """A case that has ended and was checked."""
    found = replay(read_answers(FILE.read_text("utf-8"), str(FILE), library), library)
    found.mark_checked()
    return found


@pytest.fixture
def small(tmp_path: Path) -> OpenCase:
    """A case of the small pathway."""
    library = load(tmp_path / "root", {"small": SMALL}, "contacts: {boatman: The boatman}\n")
    return begin(library, "small", "amber-heron", TODAY, lambda _: None)


@pytest.mark.hazard("HZ-01", "HZ-14", "HZ-42")
def test_the_signs_are_what_the_emergencies_of_the_pathway_hang_on(small: OpenCase) -> None:
    """An item no emergency hangs on is no sign; what is not known is said so, and never as no."""
    assert emergency_signs(small) == ["Not yet excluded: flood", "Not asked: Wet, Depth"]
    small.answer("cold", Fact(Choice("no"), TODAY))
    small.answer("wet", Fact(Absent(Absence.DECLINED), TODAY - timedelta(days=2)))
    words = ["Not yet excluded: flood", "Declined (20-Nov-2026): Wet", "Not asked: Depth"]
    assert emergency_signs(small) == words
    small.answer("wet", Fact(Choice("no"), TODAY))
    small.answer("depth", Fact(Choice("ankle"), TODAY))
    assert emergency_signs(small) == ["No (22-Nov-2026): Wet", "Ankle (22-Nov-2026): Depth"]
    small.answer("depth", Fact(Choice("over_the_head"), TODAY))
    small.take_in_hand("flood", "Noah", "Tuesday")
    assert emergency_signs(small)[0] == (
        "EMERGENCY A flood of everything: present, in hand: Noah, since Tuesday"
    )


@pytest.mark.hazard("HZ-01", "HZ-42")
def test_no_sign_of_a_shipped_pathway_is_left_out(library: Library) -> None:
    """Each item that opens an emergency stands there, and as not asked in a case just begun."""
    for pathway in library.pathways:
        found = begin(library, pathway, "amber-heron", TODAY, lambda _: None)
        *_, line = emergency_signs(found)
        asked = {name for state in found.situation.alerts for name in state.deciding}
        assert line.startswith("Not asked: ")
        assert asked
        assert all(found.pathway.items[name].label in line for name in asked)


CHANGES: dict[str, Callable[[OpenCase], object]] = {
    "a sign": lambda case: case.answer("neuro_signs", Fact(Choice("yes"), TODAY)),
    "the same answer later": lambda case: case.answer(
        "age", Fact(Absent(Absence.NOT_KNOWN), TODAY)
    ),
    "set aside": lambda case: case.set_aside("thrombosis_signs", confirmed=True),
    "a response": lambda case: case.respond(case.situation.listed[0].id, Answer.ACCEPTED),
    "another day": lambda case: case.move_as_of(case.state.as_of + timedelta(days=1)),
    "undo": OpenCase.undo,
}


@pytest.mark.hazard("HZ-11", "HZ-42")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_takes_it_back(case: OpenCase, change: Callable[[OpenCase], object]) -> None:
    """Status, the line of the report and the line of the export."""
    for checked in (True, False):
        made = summarise(case, {}, "0")
        section = next(s for s in made.sections if s.title == "EMERGENCIES")
        said = [line.text for line in section.lines if line.lead == "Confirmed once more"]
        assert said == (["as answered, on 22-Nov-2026"] if checked else [])
        assert made.status == ("FINAL" if checked else "WORKING COPY")
        assert ("\nchecked: " in write_answers(case.state)) is checked
        if checked:
            change(case)


@pytest.mark.hazard("HZ-41", "HZ-42")
def test_it_stays_in_an_export_until_an_answer_there_is_another(
    case: OpenCase, library: Library
) -> None:
    """An export is final again when it is replayed; one that was edited is a working copy."""
    text = write_answers(case.state)
    again = replay(read_answers(text, "export", library), library)
    assert again.state.checked == case.state.checked == TODAY
    assert write_answers(again.state) == text
    assert summarise(again, {}, "0") == summarise(case, {}, "0")
    named = text.replace('\nlabel: "', '\nlabel: "another-')
    assert replay(read_answers(named, "named", library), library).state.checked == TODAY
    for old, new in (
        ('neuro_signs: {"absent": "not_known"}', 'neuro_signs: "no"'),
        (f'as_of: "{TODAY}"', 'as_of: "2026-11-29"'),
    ):
        assert old in text
        edited = read_answers(text.replace(old, new), "edited", library)
        assert replay(edited, library).state.checked is None
    other = replace(read_answers(text, "export", library), checked="0123456789abcdef")
    assert replay(other, library).state.checked is None
