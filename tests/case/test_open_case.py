"""Commands of a case: what they change, what they refuse, what undo gives back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.vignettes.test_vignettes import FILES, ROOT
from wizard.case.answers_file import read_answers
from wizard.case.cursor import Cursor
from wizard.case.entry import awaited, value_from_text
from wizard.case.events import (
    AlertRaised,
    AlertWithdrawn,
    Committed,
    Event,
    Redone,
    Undone,
    event_from,
    event_json,
)
from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase, begin
from wizard.case.replay import replay
from wizard.case.state import fold
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Commitment, Fact, Place, Status
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Choice, Number, Quantity
from wizard.report.summary import summarise


@pytest.fixture
def case(library: Library) -> OpenCase:
    """A new case of the flagship, kept in memory."""
    return begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)


def choose(case: OpenCase, **answers: str) -> None:
    """Answers choice items."""
    for name, option in answers.items():
        case.answer(name, Fact(Choice(option), TODAY))


@pytest.mark.hazard("HZ-65")
def test_nothing_is_visible_before_it_is_written(library: Library) -> None:
    """An append that fails leaves the case as it was."""
    written: list[Event] = []

    def append(events: Sequence[Event]) -> None:
        if written:
            raise OSError("no space")
        written.extend(events)

    case = begin(library, "acrometastasis", "amber-heron", TODAY, append)
    before = case.state
    with pytest.raises(OSError, match="no space"):
        choose(case, sex="male")
    assert case.state == before


def test_redo_gives_back_what_was_undone(case: OpenCase) -> None:
    """Step by step, in the order of doing; something new leaves nothing to redo."""
    choose(case, sex="male")
    choose(case, neuro_signs="yes")
    done = case.state.facts
    with pytest.raises(BadInput, match="nothing to redo"):
        case.redo()
    case.undo()
    case.undo()
    assert not case.state.facts.facts
    case.redo()
    assert set(case.state.facts.facts) == {"sex"}
    case.redo()
    assert case.state.facts == done
    assert case.situation.alerts[0].speaks
    case.undo()
    choose(case, sex="female")
    with pytest.raises(BadInput, match="nothing to redo"):
        case.redo()
    case.undo()
    assert case.state.facts.facts["sex"][1].value == Choice("male")
    kept = [event_from(event_json(event)) for event in case.events]
    assert fold(kept) == case.state


def test_undo_is_identity(case: OpenCase) -> None:
    """Facts, situation and emergencies are as they were; the store keeps what was done."""
    before = case.state.facts
    choose(case, neuro_signs="yes")
    assert case.situation.alerts[0].speaks
    case.undo()
    assert case.state.facts == before
    assert case.state.episodes == ()
    assert len(case.events) == 4
    with pytest.raises(BadInput, match="nothing to undo"):
        case.undo()


@pytest.mark.hazard("HZ-06", "HZ-11")
def test_a_slip_leaves_no_emergency_and_a_correction_does(case: OpenCase) -> None:
    """Undone, redone and undone again: none, one, none. Answered otherwise: raised and withdrawn."""

    def episodes() -> list[bool]:
        assert fold(case.events) == case.state
        return [e.withdrawn is None for e in case.state.episodes]

    choose(case, neuro_signs="yes")
    case.take_in_hand("cord_compression", "Dr Singh", "09:05")
    case.undo()
    case.undo()
    assert episodes() == []
    case.redo()
    case.redo()
    assert episodes() == [True]
    assert case.state.episodes[0].in_hand is not None
    choose(case, neuro_signs="no")
    assert episodes() == [False]
    case.undo()
    assert episodes() == [True]
    assert not case.situation.alerts[0].speaks
    case.redo()
    assert episodes() == [False]
    choose(case, neuro_signs="yes")
    assert episodes() == [False, True]
    case.undo()
    assert episodes() == [False]


def test_an_older_record_keeps_its_emergency(case: OpenCase) -> None:
    """A store that wrote a withdrawal behind an undo, and what was raised again behind the redo."""
    choose(case, neuro_signs="yes")
    written = [*case.events, Undone(), AlertWithdrawn("cord_compression", TODAY)]
    assert fold(written).episodes == ()
    written += [Redone(), AlertRaised("cord_compression", TODAY)]
    assert [e.withdrawn for e in fold(written).episodes] == [None]


@pytest.mark.hazard("HZ-01")
def test_a_value_that_keeps_an_alert_is_not_set_aside_unasked(case: OpenCase) -> None:
    """The command refuses until it is confirmed."""
    choose(case, neuro_signs="yes")
    with pytest.raises(BadInput, match="keeps an alert present"):
        case.set_aside("neuro_signs")
    case.set_aside("neuro_signs", confirmed=True)
    assert "neuro_signs" in case.state.facts.set_aside


def test_an_item_that_stops_applying_is_told(case: OpenCase) -> None:
    """Pregnancy in men: the entered value stays until it is set aside."""
    choose(case, sex="female", pregnancy_possible="untested")
    choose(case, sex="male")
    assert case.situation.stopped_applying == ("pregnancy_possible",)
    assert case.situation.values["pregnancy_possible"] == Choice("untested")
    case.set_aside("pregnancy_possible")
    assert case.situation.values["pregnancy_possible"] == Choice("not_possible")


@pytest.mark.hazard("HZ-03")
def test_what_does_not_fit_is_refused(case: OpenCase) -> None:
    """Wrong options, types, limits, reasons; computed reasons are never entered."""
    items = case.pathway.items
    for name, fact in (
        ("sex", Fact(Choice("other"), TODAY)),
        ("sex", Fact(Number(value_from_text("ecog", items["ecog"], "1").value), TODAY)),  # type: ignore[union-attr, arg-type]
        ("age", Fact(value_from_text("age", items["age"], "200 years"), TODAY)),
        ("age", Fact(Absent(Absence.AWAITED), TODAY)),
        ("age", Fact(Absent(Absence.OUT_OF_DATE), TODAY)),
        ("nothing", Fact(Choice("a"), TODAY)),
    ):
        with pytest.raises(BadInput):
            case.answer(name, fact)
    assert case.state.facts.facts == {}


@pytest.mark.hazard("HZ-32")
def test_blocked_cannot_be_committed(library: Library) -> None:
    """Nor the wrong number, nor another choice than the proposed without a reason."""
    file = (
        ROOT
        / "acrometastasis"
        / "cases"
        / "acro-thumb-fingertip-lung-antibiotics"
        / "3-biopsy.yaml"
    )
    case = replay(read_answers(file.read_text(), str(file), library), library)
    place = Place("acrometastasis", "biopsy_decision")
    with pytest.raises(BadInput, match="is blocked: local imaging"):
        case.commit(place, ["core_biopsy"], "clinical_judgement")
    with pytest.raises(BadInput, match="takes at most one"):
        case.commit(place, ["open_biopsy", "waive_biopsy"], "clinical_judgement")
    with pytest.raises(BadInput, match="coded reason"):
        case.commit(place, [])
    with pytest.raises(BadInput, match="not a candidate"):
        case.commit(place, ["nothing"], "clinical_judgement")
    cursor = Cursor(case)
    cursor.turn_to(place)
    assert cursor.decision is not None
    cursor.mark([advice.id for advice in cursor.decision.candidates].index("core_biopsy") + 1)
    with pytest.raises(BadInput, match="is blocked: local imaging"):
        cursor.to_commit()


def test_responses(case: OpenCase) -> None:
    """Done advice leaves the list of things to do; declining needs a coded reason."""
    choose(case, pain_severity="severe")
    case.answer("age", Fact(value_from_text("age", case.pathway.items["age"], "53 years"), TODAY))
    with pytest.raises(BadInput, match="coded reason"):
        case.respond("analgesia", Answer.DECLINED)
    assert "Adequate analgesia now" in str(summarise(case, {}, "t").sections[0])
    case.respond("analgesia", Answer.ALREADY_DONE)
    assert "Adequate analgesia now" not in str(summarise(case, {}, "t").sections[0])


@pytest.mark.hazard("HZ-49")
def test_as_of_never_moves_back(case: OpenCase) -> None:
    """It moves by an event and forwards only."""
    case.move_as_of(TODAY + timedelta(days=3))
    assert case.state.as_of == TODAY + timedelta(days=3)
    with pytest.raises(BadInput, match="is before"):
        case.move_as_of(TODAY)


def test_a_preview_changes_nothing_and_says_what_would(case: OpenCase) -> None:
    """Before an answer is kept."""
    before = case.events
    changes = case.preview({"neuro_signs": Fact(Choice("yes"), TODAY)})
    assert [c.after for c in changes.alerts] == ["present"]
    assert case.events == before


def test_awaited_needs_a_sender(library: Library) -> None:
    """From whom, by when, who chases."""
    with pytest.raises(BadInput, match="sender"):
        awaited(TODAY, " ", None, None)
    fact = awaited(TODAY, "radiology", date(2026, 11, 24), "the clerk")
    assert (fact.awaited_from, fact.due, fact.chased_by) == (
        "radiology",
        date(2026, 11, 24),
        "the clerk",
    )


@pytest.mark.hazard("HZ-56", "HZ-57")
def test_typed_text_is_made_safe(library: Library) -> None:
    """An escape sequence in a sender is shown, not obeyed."""
    assert awaited(TODAY, "x\x1b[2J", None, None).awaited_from == "x<U+001B>[2J"


@pytest.mark.parametrize("file", FILES, ids=[f"{f.parent.name}-{f.stem}" for f in FILES])
def test_export_and_events_give_the_case_back(file: Path, library: Library) -> None:
    """What is written as a file, or as events, reads back as the same case."""
    case = replay(read_answers(file.read_text("utf-8"), str(file), library), library)
    text = write_answers(case.state)
    again = replay(read_answers(text, "export", library), library)
    assert again.state.facts.facts == case.state.facts.facts
    assert again.state.facts.commitments == case.state.facts.commitments
    assert write_answers(again.state) == text
    assert fold([event_from(event_json(e)) for e in case.events]) == case.state
    assert again.situation.main == case.situation.main


@pytest.mark.hazard("HZ-62")
def test_acknowledgements_survive_export_and_replay(library: Library) -> None:
    """A lapsed one stays lapsed, and who had a withdrawn alert in hand is kept."""
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    calcium = [Fact(Quantity(Decimal(n), "mmol/L"), TODAY) for n in ("3.1", "3.6", "2.4")]
    choose(case, hypercalcaemia_symptoms="no", sepsis_signs="yes")
    case.answer("albumin", Fact(Quantity(Decimal(40), "g/L"), TODAY))
    case.answer("calcium_total", calcium[0])
    case.take_in_hand("hypercalcaemia", "Dr A", "9 am")
    case.take_in_hand("sepsis", "Dr B", "10 am")
    case.continue_work_up("sepsis")
    case.answer("calcium_total", calcium[1])

    def speaking(of: OpenCase) -> set[str]:
        return {s.id for s in of.situation.alerts if s.speaks}

    assert speaking(case) == {"hypercalcaemia"}
    again = replay(read_answers(write_answers(case.state), "export", library), library)
    assert speaking(again) == {"hypercalcaemia"}
    assert again.state.episodes == case.state.episodes
    case.answer("calcium_total", calcium[2])
    again = replay(read_answers(write_answers(case.state), "export", library), library)
    assert again.state.episodes == case.state.episodes
    held = [e.in_hand.who for e in again.state.episodes if e.in_hand is not None]
    assert sorted(held) == ["Dr A", "Dr B"]


def test_every_visit_is_set_aside_and_comes_back_in_an_export(library: Library) -> None:
    """Nothing of a looped item is lost."""
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    for visit, option in ((1, "not_done"), (2, "normal")):
        place = Place("acrometastasis", "imaging_so_far", visit)
        case.answer("film_result", Fact(Choice(option), TODAY), place)
    case.set_aside("film_result", confirmed=True)
    assert set(case.state.facts.set_aside["film_result"]) == {1, 2}
    again = replay(read_answers(write_answers(case.state), "export", library), library)
    assert again.state.facts.set_aside == case.state.facts.set_aside


@pytest.mark.hazard("HZ-67")
def test_a_report_of_a_case_whose_candidate_is_gone(library: Library) -> None:
    """Another version without a committed candidate is said, not a fault."""
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    gone = Commitment(("x_ray_of_old",), TODAY, statuses={"x_ray_of_old": Status.RECOMMENDED})
    file = ROOT / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/2-imaging.yaml"
    case = replay(read_answers(file.read_text("utf-8"), "two", library), library)
    place = next(d.place for d in case.situation.decisions)
    case.keep(Committed(place, gone))
    lines = [line for s in summarise(case, {}, "0").sections for line in s.lines]
    assert any("no longer a candidate" in line.text for line in lines)
