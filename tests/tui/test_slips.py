"""Slips of the hand: what a key or a paste that nobody meant does not do."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import Start
from tests.tui.test_case_screen import SIZE, press, settle, shown, stored
from wizard.tui.app import Wizard
from wizard.tui.dialogs import ARMING_SECONDS, BURST, MOST_BURSTS, AskScreen, ChooseScreen
from wizard.tui.keys import CASE_KEYS

FIVE_LINES = "no\nno\nno\nno\nno\n"
TAKEN = {"ctrl+s", "ctrl+q", "ctrl+z", "ctrl+b", "ctrl+a", "ctrl+v", "ctrl+w", "ctrl+d"}
"""By flow control, job control, tmux, screen, and terminals that close or paste."""


@pytest.mark.hazard("HZ-06")
async def test_enter_answers_nothing(start: Start) -> None:
    """Nothing is preselected: Enter on a question that nobody has read records nothing."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "enter", "enter", "enter")
        assert stored(app).state.facts.facts == {}
        assert "> Age?" in shown(app)


@pytest.mark.hazard("HZ-06")
async def test_enter_decides_nothing(start: Start) -> None:
    """A decision in which no candidate was marked is not committed, not even to none."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE) as pilot:
        before = stored(app).state.facts.commitments
        await press(pilot, "enter", "enter")
        assert stored(app).state.facts.commitments == before


async def paste(pilot: Pilot[None], text: str) -> None:
    """As a terminal with bracketed paste hands it over."""
    await settle(pilot)
    pilot.app.screen.post_message(events.Paste(text))
    await pilot.pause()


@pytest.mark.hazard("HZ-08")
async def test_a_paste_answers_nothing(start: Start) -> None:
    """Neither five lines nor a digit; the person is told."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "enter")
        await paste(pilot, FIVE_LINES)
        assert "Several lines were pasted and refused" in shown(app)
        await paste(pilot, "1")
        assert "'1' was not pasted: Sex takes a digit from 1 to 2, pressed as a key." in shown(app)
        assert list(stored(app).state.facts.facts) == ["age"]


@pytest.mark.hazard("HZ-08")
async def test_a_paste_of_lines_into_a_dialog_is_refused(start: Start) -> None:
    """No line of it is kept and none is dropped in silence."""
    app = start("1-presentation")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "3", "down", "a")
        assert isinstance(app.screen, AskScreen)
        await paste(pilot, FIVE_LINES)
        assert "Several lines were pasted and refused" in shown(app)


@pytest.mark.hazard("HZ-08")
@pytest.mark.parametrize("text", [FIVE_LINES, "1"])
@pytest.mark.parametrize("keys", ["t", "x", "w", "p", "c"])
async def test_a_paste_into_what_takes_keys_is_refused_aloud(
    keys: str, text: str, start: Start
) -> None:
    """Lists and pages: nothing is chosen or closed, and it is said."""
    app = start("1-presentation")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, keys)
        screen = app.screen
        await paste(pilot, text)
        assert app.screen is screen
        assert "Nothing was pasted" in shown(app)


@pytest.mark.hazard("HZ-08")
async def test_a_paste_at_home_is_refused_aloud(start: Start) -> None:
    """No case is started by it."""
    app = start(None)
    app._open_first = None
    async with app.run_test(size=SIZE) as pilot:
        await paste(pilot, "1")
        assert "Nothing was pasted" in shown(app)


@pytest.mark.hazard("HZ-72")
def test_no_key_is_taken_by_the_terminal() -> None:
    """Every action is called by a key that terminals and multiplexers leave alone."""
    for key in CASE_KEYS:
        assert set(key.keys) - TAKEN - {f"f{n}" for n in range(1, 13)}, key.action
        assert not set(key.keys) & TAKEN, key.action


@pytest.mark.hazard("HZ-12")
@pytest.mark.parametrize(
    "page", [(), ("v",), ("p",), ("c",)], ids=["case", "advice", "report", "check"]
)
async def test_the_case_is_named_on_every_page(page: tuple[str, ...], start: Start) -> None:
    """The label stands at the head of the case, and of what is opened over it."""
    app: Wizard = start("2-imaging")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, *page)
        everything = " ".join(
            str(widget.render()) for screen in app.screen_stack for widget in screen.query("Static")
        )
        assert "amber-heron" in everything


@pytest.mark.hazard("HZ-01")
async def test_another_side_is_shown_before_it_is_kept(start: Start) -> None:
    """Once a decision was taken for the part; nothing is marked, and the report keeps both."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "1")
        names = [n for n, _ in stored(app).asked(stored(app).situation.places[0])]
        await press(pilot, *["down"] * names.index("side"), "1")
        assert isinstance(app.screen, ChooseScreen)
        assert "THE PART: distal phalanx of the thumb" in shown(app)
        assert "Decided for it already" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ChooseScreen)
        await press(pilot, "2")
        assert "It stays as it was" in shown(app)
        await press(pilot, "1", "1")
        await press(pilot, "up", "2")
        assert "RIGHT thumb -> distal phalanx of the LEFT thumb" in shown(app)
        await press(pilot, "1")
    report = app.desk.render(stored(app), "text")
    assert "Side: RIGHT (22-Nov-2026), corrected to LEFT" in " ".join(report.split())


async def test_a_reason_is_never_marked_for_the_person(start: Start) -> None:
    """Enter, Enter commits nothing that differs from the proposal."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "0", "enter")
        assert isinstance(app.screen, ChooseScreen)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ChooseScreen)
        await press(pilot, "escape")
        assert not [d for d in stored(app).situation.decisions if d.commitment is not None]


async def disarmed(app: Wizard, pilot: Pilot[None]) -> ChooseScreen[Any]:
    """A list that takes no keys yet."""
    await press(pilot, "o")
    screen = app.screen
    assert isinstance(screen, ChooseScreen)
    screen.disarm()
    return screen


async def test_what_follows_a_dropped_key_is_dropped_as_well(start: Start) -> None:
    """Half of what was typed would choose something else; it is said."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        screen = await disarmed(app, pilot)
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("3")
        await pilot.pause()
        assert app.screen is screen
        assert "not taken" in shown(app)
        await pilot.pause(ARMING_SECONDS * (BURST + 1))
        await press(pilot, "3")
        assert app.screen is not screen


async def test_who_presses_again_and_again_is_heard(start: Start) -> None:
    """A page that stands drops a burst, and not every key of somebody who is in a hurry."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        screen = await disarmed(app, pilot)
        for _ in range(4 * BURST * MOST_BURSTS):
            if app.screen is screen:
                await pilot.press("escape")
                await pilot.pause(ARMING_SECONDS)
        assert app.screen is not screen


async def test_a_step_gone_through_again_goes_on_to_the_next_question(start: Start) -> None:
    """As the first time: what is typed next is about the next item."""
    app = start("1-presentation")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "1")
        assert "> Age?" in shown(app)
        await press(pilot, "5", "3", "enter")
        assert "> Sex?" in shown(app)


async def test_undo_says_what_it_takes_back(start: Start) -> None:
    """An answer, a decision, a response; answering the same again is nothing to undo."""
    app = start("2-imaging", decided=False)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "0", "enter", "1", "z")
        assert "Undone: the decision at Which study next?" in shown(app)
        await press(pilot, "r")
        assert "Done again: the decision at Which study next?" in shown(app)
        await press(pilot, "o", "1", "1", "z")
        assert "Undone: the response to" in shown(app)
        events = len(stored(app).events)
        await press(pilot, "t", "1", "down", "2")
        assert len(stored(app).events) == events


async def test_leaving_a_question_open_sets_nothing_aside(start: Start) -> None:
    """Esc is neither yes nor no: the part is named without what no longer applies."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        names = [n for n, _ in stored(app).asked(stored(app).situation.places[0])]
        await press(pilot, "t", "1", *["down"] * names.index("affected_region"), "2")
        await press(pilot, "1")
        assert isinstance(app.screen, ChooseScreen)
        assert "This no longer applies" in shown(app)
        await press(pilot, "escape")
        assert "not settled, and asked again" in shown(app)
        assert "phalanx" not in str(app.screen.query_one("#echo", Static).content)
