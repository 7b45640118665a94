"""The case screen through Pilot: answering, deciding, going back, cards, pages, typed-ahead keys."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.conftest import NOW, TODAY
from tests.small import HEADER, load
from tests.tui.conftest import Start
from wizard.case.open_case import OpenCase
from wizard.guard import Quantity
from wizard.store.store import Store
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import ARMING_SECONDS, AskScreen, CardScreen, ChooseScreen, PageScreen

SIZE = (80, 24)


async def settle(pilot: Pilot[None]) -> None:
    """Waits out the time in which keys of a new page are dropped."""
    await pilot.pause(ARMING_SECONDS + 0.1)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys, each on a settled page."""
    for key in keys:
        await settle(pilot)
        await pilot.press(key)
    await pilot.pause()


def shown(app: Wizard) -> str:
    """Everything that the present screen says."""
    parts = [str(widget.render()) for widget in app.screen.query(Static) if widget.display]
    return " ".join(" ".join(parts).split())


def stored(app: Wizard) -> OpenCase:
    """The case as it is on the disk."""
    return OpenCase(app.library, app.store.read("amber-heron").events)


async def test_a_digit_answers_and_moves_on(start: Start) -> None:
    """And the answer is on the disk before the next question shows."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "enter")
        assert "> Sex?" in shown(app)
        assert "age" in stored(app).state.facts.facts
        await press(pilot, "2")
        assert "> Which region" in shown(app)
        assert "sex" in stored(app).state.facts.facts


async def test_a_decimal_comma_and_a_wrong_unit_stay_in_the_line(start: Start) -> None:
    """What was typed is kept, the reason stands below it, nothing is recorded."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5")
        await pilot.press("comma", "3", "enter")
        await pilot.pause()
        assert "two ways" in shown(app)
        assert "5,3 years" in shown(app)
        await pilot.press("ctrl+u", "5", "3", "space", "m", "g", "enter")
        await pilot.pause()
        assert "'mg' is not a unit of Age" in shown(app)
        assert "53 mg" in shown(app)
        assert "age" not in stored(app).state.facts.facts


async def test_the_unit_stands_behind_a_bare_number_and_a_typed_one_replaces_it(
    start: Start,
) -> None:
    """Nobody types a unit twice, and none is taken that was not on the screen."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5")
        await pilot.press("3")
        await pilot.pause()
        assert "Age: 53 years" in shown(app)
        await pilot.press("space", "y", "e", "a", "r", "s")
        await pilot.pause()
        assert "53 years years" not in shown(app)
        await press(pilot, "enter")
        assert stored(app).state.facts.facts["age"][1].value == Quantity(Decimal(53), "years")


async def test_back_is_never_blocked(start: Start) -> None:
    """With an open line and unanswered items."""
    app = start("3-biopsy")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "shift+tab", "shift+tab")
        assert isinstance(app.screen, CaseScreen)
        await press(pilot, "enter")
        assert "Staging" in shown(app)


async def test_search_finds_an_answer_and_goes_to_it(start: Start) -> None:
    """A slash narrows the list by words; Enter goes to the step that asks."""
    app = start("3-biopsy")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "slash")
        await settle(pilot)
        await pilot.press(*"smok")
        await pilot.pause()
        assert "Smoker" in shown(app)
        assert "Diabetes" not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, CaseScreen)
        assert "> Smoker, now or in the past?" in shown(app)
        await press(pilot, "c", "slash")
        await settle(pilot)
        await pilot.press(*"zzz")
        await pilot.pause()
        assert "nothing found" in shown(app)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, CaseScreen)


async def test_keys_typed_before_a_page_was_painted_are_dropped(start: Start) -> None:
    """A key meant for the last page answers nothing on the next."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        await settle(pilot)
        screen.disarm()
        await pilot.press("5", "3", "enter")
        await pilot.pause()
        assert stored(app).state.facts.facts == {}


async def test_the_emergency_card(start: Start) -> None:
    """It interrupts, names whom to call, and is answered with who has it in hand."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "enter", "2", "1", "2", "1", "1", "enter", "1")
        assert isinstance(app.screen, CardScreen)
        assert "within 24 hours" in shown(app)
        assert "use the switchboard" in shown(app)
        await press(pilot, "2")
        assert isinstance(app.screen, CardScreen)
        await press(pilot, "k")
        assert isinstance(app.screen, AskScreen)
        await settle(pilot)
        await pilot.press(*"DrA", "enter", *"9am", "enter")
        await pilot.pause()
        held = stored(app).situation.alerts[0].in_hand
        assert held is not None
        assert (held.who, held.since) == ("DrA", "9am")
        assert app.screen.query_one("#alarm", Static)


async def test_why_evidence_advice_keys_and_report(start: Start) -> None:
    """Each opens by one key and returns to the same place."""
    app = start("2-imaging")
    async with app.run_test(size=SIZE) as pilot:
        for key, words in (
            ("w", "Why asked"),
            ("e", "DX-"),
            ("v", "RECOMMENDED"),
            ("question_mark", "check your answers"),
            ("s", "CALL SHEET"),
            ("p", "WORKING COPY"),
            ("f9", "WORKING COPY"),
        ):
            await press(pilot, key)
            assert isinstance(app.screen, PageScreen), key
            assert words in shown(app), key
            await press(pilot, "escape")
            assert isinstance(app.screen, CaseScreen), key
        await press(pilot, "f8")
        assert isinstance(app.screen, ChooseScreen)
        assert "not yet excluded" in shown(app)


async def test_trainee_wording_shows_teaching_notes(start: Start) -> None:
    """l switches, w shows the note."""
    app = start("1-presentation")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "2", "l", "w")
        assert "Teaching note" in shown(app)


async def test_a_changed_answer_shows_what_would_change_first(start: Start) -> None:
    """And is kept only on demand."""
    app = start("3-biopsy")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "1", "down", "down", "2")
        assert isinstance(app.screen, ChooseScreen)
        assert "This would change" in shown(app)
        await press(pilot, "2")
        region = stored(app).situation.values["affected_region"]
        assert "hand" in str(region)


async def test_undo_and_check_your_answers(start: Start) -> None:
    """z takes back the last answer; c lists all and marks them checked."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c")
        assert "Check your answers" in shown(app)
        await press(pilot, "1")
        assert stored(app).state.checked == TODAY
        assert "FINAL" in app.render_report(stored(app), "text")
        await press(pilot, "z")
        assert stored(app).state.checked is None


async def test_leaving_asks_and_home_lists_the_case(start: Start) -> None:
    """Everything is saved; home says where it rests."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "q", "1")
        assert isinstance(app.screen, HomeScreen)
        assert "amber-heron asks: Who and where" in shown(app)
        await press(pilot, "q")
    assert app.return_code == 0


async def test_brackets_and_escapes_of_a_pathway_are_shown_as_they_are(tmp_path: Path) -> None:
    """No text of a definition is read as markup."""
    odd = "[/b] [TODO] {x} [red]"
    text = (
        HEADER.format(id="one", start="first").replace("A small pathway", f"'{odd}'")
        + f"steps:\n  first:\n    stage: presentation\n    title: '{odd}'\n    text: '{odd}'\n    asks: [thing]\n"
        + "    exits: [{otherwise: end}]\n"
        + f"endpoints:\n  end: {{title: '{odd}', text: '{odd}'}}\n"
        + f"items:\n  thing:\n    type: choice\n    label: '{odd}'\n    ask: {{clinician: '{odd}?'}}\n    why: '{odd}'\n"
        + f"    options: {{a: {{label: '{odd}'}}}}\n"
    )
    library = load(tmp_path / "p", {"one": text})
    store = Store(tmp_path / "state", lambda: NOW)
    app = Wizard(
        library,
        store,
        {},
        TODAY,
        lambda: NOW,
        lambda wizard: wizard.start_case("one", "amber-heron"),
    )
    async with app.run_test(size=SIZE) as pilot:
        assert shown(app).count(odd) >= 3
        await press(pilot, "w")
        assert odd in shown(app)
        await press(pilot, "escape", "1", "enter")
        assert odd in shown(app)


@pytest.mark.parametrize(
    "size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"]
)
def test_snapshot_of_a_decision(size: tuple[int, int], start: Start, snap_compare: object) -> None:
    """The decision page at three sizes, clock and case fixed."""

    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)

    assert snap_compare(start("2-imaging"), terminal_size=size, run_before=go)  # type: ignore[operator]
