"""The walk through small pathways: detours, loops, waiting points, alerts, commitments, shelf life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.small import HEADER, item, load
from wizard.case.open_case import OpenCase, begin
from wizard.definition.library import Library
from wizard.engine.facts import CaseFacts, Commitment, Fact, Place, Status
from wizard.engine.walk import walk
from wizard.guard import Absence, Absent, Choice, Truth

ITEMS = (
    "items:\n"
    + item("first_item", "a", "b")
    + item(
        "second_item", "a", "b", more="    absence: [not_known, awaited]\n    shelf_life_days: 7\n"
    )
    + item("looped", "a", "b")
    + item("alarm", "'no'", "mild", "severe", more="    worse: down the list\n")
    + "contacts: {ward: The ward}\n"
    + "reasons: {other: Another reason}\n"
)
ALERT = (
    "alerts:\n  danger:\n    title: Danger\n    short: danger\n    if: alarm in (mild, severe)\n    text: Act.\n    trail: rescue\n"
    "    contact: ward\n    find_out: Look.\n    claims: [DX-TST-01]\n"
    "    now: [{do: Act, who: 'site:ward', by: now, claims: [DX-TST-01]}]\n"
)


def step(name: str, body: str) -> str:
    """A step of the stage presentation."""
    return f"  {name}:\n    stage: presentation\n    title: {name}\n{body}"


END = "endpoints:\n  end: {title: End, text: e}\n"
OTHER = "  other: {title: Other, text: o}\n"
RESCUE = (
    HEADER.format(id="rescue", start="save")
    + "steps:\n"
    + step("save", "    asks: [second_item]\n    exits: [{otherwise: end}]\n")
    + END
)


def facts(**values: str | Absence) -> CaseFacts:
    """Facts of visit 1."""
    return CaseFacts(
        facts={
            name: {1: Fact(Absent(v) if isinstance(v, Absence) else Choice(v), TODAY)}
            for name, v in values.items()
        }
    )


def main_library(root: Path, steps: str, common: str = ITEMS) -> Library:
    """A pathway `one` with these steps beside the pathway `rescue`."""
    one = (
        HEADER.format(id="one", start="start")
        + "steps:\n"
        + steps
        + END
        + (OTHER if "other}" in steps else "")
    )
    return load(root / "p", {"one": one, "rescue": RESCUE}, common)


DETOUR = step(
    "start",
    "    asks: [first_item]\n    exits:\n      - {if: first_item = a, to: rescue}\n"
    "      - {if: first_item = a, to: after}\n      - {otherwise: end}\n      - {unknown: other}\n",
) + step("after", "    exits: [{otherwise: end}]\n")


def test_a_detour_lies_on_the_same_trail_and_comes_back(tmp_path: Path) -> None:
    """Its steps are walked, then the exits behind it are read."""
    library = main_library(tmp_path, DETOUR)
    inside = walk(library, "one", facts(first_item="a"), TODAY).main
    assert [p.step for p in inside.places] == ["start", "save"]
    assert inside.stop.items == ("second_item",)
    back = walk(library, "one", facts(first_item="a", second_item="b"), TODAY).main
    assert [p.step for p in back.places] == ["start", "save", "after"]
    assert back.stop.endpoint == "end"


def test_a_detour_with_an_alert_trail_passes_straight_through(tmp_path: Path) -> None:
    """The alert trail is walked above; the main trail does not walk it again."""
    library = main_library(tmp_path, DETOUR, ITEMS + ALERT)
    situation = walk(library, "one", facts(first_item="a", alarm="mild"), TODAY)
    assert [t.pathway for t in situation.alert_trails] == ["rescue"]
    assert situation.current.pathway == "rescue"
    assert [p.step for p in situation.main.places] == ["start", "after"]


@pytest.mark.hazard("HZ-01")
def test_unknown_takes_the_unknown_exit(tmp_path: Path) -> None:
    """Not known never takes the way of no."""
    library = main_library(tmp_path, DETOUR)
    assert (
        walk(library, "one", facts(first_item=Absence.NOT_KNOWN), TODAY).main.stop.endpoint
        == "other"
    )


LOOP = step(
    "start",
    "    asks: [looped]\n    loop: {ask_again: [looped], visits: 2, then: other}\n    exits:\n"
    "      - {if: looped = a, to: end}\n      - {otherwise: again}\n      - {unknown: start}\n",
) + step("again", "    exits: [{otherwise: start}]\n")


@pytest.mark.hazard("HZ-30")
def test_a_loop_asks_anew_and_is_bounded(tmp_path: Path) -> None:
    """Each visit has its own value; after the last the walk goes to `then`."""
    library = main_library(tmp_path, LOOP)
    once = facts(looped="b")
    second = walk(library, "one", once, TODAY).main
    assert second.stop.place == Place("one", "start", 2)
    assert second.stop.kind == "asks"
    twice = CaseFacts(facts={"looped": {1: Fact(Choice("b"), TODAY), 2: Fact(Choice("b"), TODAY)}})
    assert walk(library, "one", twice, TODAY).main.stop.endpoint == "other"
    better = CaseFacts(facts={"looped": {1: Fact(Choice("b"), TODAY), 2: Fact(Choice("a"), TODAY)}})
    assert walk(library, "one", better, TODAY).main.stop.endpoint == "end"


WAIT = step(
    "start",
    "    asks: [second_item]\n    needs_fresh: [second_item]\n    exits:\n      - {if: second_item = a, to: end}\n"
    "      - {otherwise: other}\n      - {unknown: other}\n",
)


def test_awaited_rests_at_a_waiting_point(tmp_path: Path) -> None:
    """An awaited item at a step that cannot go on."""
    library = main_library(tmp_path, WAIT)
    stop = walk(library, "one", facts(second_item=Absence.AWAITED), TODAY).main.stop
    assert (stop.kind, stop.items) == ("waits", ("second_item",))


@pytest.mark.hazard("HZ-05")
def test_shelf_life(tmp_path: Path) -> None:
    """Past it a value is unknown in guards and asked again where a fresh one is needed."""
    library = main_library(tmp_path, WAIT)
    case = facts(second_item="a")
    assert walk(library, "one", case, TODAY + timedelta(days=7)).main.stop.endpoint == "end"
    late = walk(library, "one", case, TODAY + timedelta(days=8))
    assert late.main.stop.kind == "asks"
    assert late.values["second_item"] == Absent(
        Absence.OUT_OF_DATE, "past its shelf life of 7 days"
    )


DECIDE = step(
    "start",
    "    asks: [first_item]\n    exits: [{otherwise: choose}]\n",
) + step(
    "choose",
    """    decision:
      question: Which?
      selection: at most one
      none_label: None
      candidates:
        one_way: &x
""".replace("&x", "")
    + "".join(
        f"""          {line}
"""
        for line in (
            "title: One way",
            "action: Go one way.",
            "who: w",
            "by: b",
            "if: first_item = a",
            "contraindicated_if: [{if: second_item = b, because: it is b, claims: [DX-TST-01]}]",
            "why: w",
            "strength: recommend",
            "certainty: c",
            "claims: [DX-TST-01]",
        )
    )
    + "    exits: [{otherwise: end}]\n",
)


def opened(library: Library, today: date = TODAY) -> OpenCase:
    """A new case that is kept nowhere."""
    return begin(library, "one", "amber-heron", today, lambda _: None)


@pytest.mark.hazard("HZ-11")
def test_a_commitment_reopens_when_its_status_gets_worse(tmp_path: Path) -> None:
    """Then and now; committing again stores the new status."""
    library = main_library(tmp_path, DECIDE)
    case = opened(library)
    case.answer("first_item", Fact(Choice("a"), TODAY))
    place = Place("one", "choose")
    case.commit(place, ["one_way"], "other")
    decision = case.situation.decision(place)
    assert decision is not None
    assert decision.commitment is not None
    assert decision.commitment.statuses["one_way"] is Status.CHECK_FIRST
    assert not decision.reopened
    case.answer("second_item", Fact(Choice("b"), TODAY))
    worse = case.situation.decision(place)
    assert worse is not None
    assert worse.reopened
    assert case.situation.main.finished


def test_a_commitment_off_the_trail_is_set_aside_and_comes_back(tmp_path: Path) -> None:
    """It is kept, listed and not used, and returns with its step."""
    library = main_library(tmp_path, DECIDE)
    place = Place("one", "choose")
    made = Commitment(("one_way",), TODAY)
    off = walk(library, "one", replace(CaseFacts(), commitments={place: made}), TODAY)
    assert off.set_aside_commitments == {place: made}
    on = walk(library, "one", replace(facts(first_item="a"), commitments={place: made}), TODAY)
    assert on.set_aside_commitments == {}
    assert on.main.finished


@pytest.mark.hazard("HZ-35")
def test_an_acknowledgement_lapses_when_a_value_gets_worse(tmp_path: Path) -> None:
    """Milder keeps it, worse lets the alert speak again; so does a time in which it was false."""
    library = main_library(tmp_path, DETOUR, ITEMS + ALERT)
    case = opened(library)
    case.answer("alarm", Fact(Choice("mild"), TODAY))
    assert case.situation.alerts[0].speaks
    case.take_in_hand("danger", "a registrar", "09:05")
    assert not case.situation.alerts[0].speaks
    case.answer("alarm", Fact(Choice("severe"), TODAY))
    assert case.situation.alerts[0].speaks
    case.take_in_hand("danger", "a registrar", "09:10")
    case.answer("alarm", Fact(Choice("mild"), TODAY))
    assert not case.situation.alerts[0].speaks
    case.answer("alarm", Fact(Choice("no"), TODAY))
    case.answer("alarm", Fact(Choice("mild"), TODAY))
    assert case.situation.alerts[0].speaks
    assert [e.withdrawn for e in case.state.episodes] == [TODAY, None]


def test_only_continue_makes_the_main_trail_current(tmp_path: Path) -> None:
    """In hand silences the card and no more."""
    library = main_library(tmp_path, DETOUR, ITEMS + ALERT)
    case = opened(library)
    case.answer("alarm", Fact(Choice("mild"), TODAY))
    case.take_in_hand("danger", "a registrar", "09:05")
    assert case.situation.current.pathway == "rescue"
    case.continue_work_up("danger")
    assert case.situation.current.pathway == "one"


def test_an_alert_is_present_not_yet_excluded_or_excluded(tmp_path: Path) -> None:
    """The three states of an alert."""
    library = main_library(tmp_path, DETOUR, ITEMS + ALERT)
    states = [
        walk(library, "one", case, TODAY).alerts[0].truth
        for case in (facts(alarm="mild"), facts(), facts(alarm="no"))
    ]
    assert states == [Truth.TRUE, Truth.UNKNOWN, Truth.FALSE]
