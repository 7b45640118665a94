"""The case screen through Pilot: answering, deciding, going back, cards, pages, typed-ahead keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual._time import get_time
from textual.pilot import Pilot
from textual.widgets import Static

from tests.conftest import NOW, TODAY
from tests.small import HEADER, load
from tests.tui.conftest import Start
from wizard.case.events import Answered, AsOfMoved, Started
from wizard.case.open_case import OpenCase
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.engine.facts import Fact
from wizard.guard import Choice, Quantity
from wizard.store.store import Store
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import (
    Armed,
    AskScreen,
    ChooseScreen,
    inner_width,
)
from wizard.tui.reading import CardScreen, PageScreen

SIZE = (80, 24)


async def settle(pilot: Pilot[None]) -> None:
    """Waits out the time in which keys of a new page are dropped."""
    await pilot.pause()
    while (screen := pilot.app.screen) and isinstance(screen, Armed):
        if screen.armed_at is not None and get_time() > screen.armed_at:
            return
        await pilot.pause(0.02)


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
    return OpenCase(app.desk.library, app.desk.store.read("amber-heron").events)


@pytest.mark.hazard("HZ-64")
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


@pytest.mark.hazard("HZ-02", "HZ-03")
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


@pytest.mark.hazard("HZ-02")
@pytest.mark.invariant("ALWAYS-04")
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


@pytest.mark.hazard("HZ-07")
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


@pytest.mark.hazard("HZ-14", "HZ-34", "HZ-62", "HZ-70")
@pytest.mark.invariant("SI-13", "ALWAYS-01")
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
        assert "EMERGENCY (x): Suspected spinal cord" in shown(app)


@pytest.mark.hazard("HZ-32", "HZ-70")
@pytest.mark.invariant("ALWAYS-05")
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


@pytest.mark.hazard("HZ-11")
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


async def test_a_change_that_changes_nothing_else_is_confirmed_as_well(start: Start) -> None:
    """The full screen asks too, so that a digit of habit never answers the next question."""
    app = start("3-biopsy")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "1", "home", "up", "up", "up", "up", "5", "4", "enter")
        assert isinstance(app.screen, ChooseScreen)
        assert "This would change" in shown(app)
        assert "Nothing else." in shown(app)


@pytest.mark.hazard("HZ-06", "HZ-42")
async def test_undo_and_check_your_answers(start: Start) -> None:
    """z takes back the last answer; c lists all and marks them checked."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c")
        assert "Check your answers" in shown(app)
        await press(pilot, "1")
        assert stored(app).state.checked is None
        assert "Not yet excluded: cord compression, sepsis" in shown(app)
        assert "Yes (22-Nov-2026): Signs of venous thrombosis" in shown(app)
        await press(pilot, "1")
        assert stored(app).state.checked == TODAY
        assert "FINAL" in app.desk.render(stored(app), "text")
        await press(pilot, "z")
        assert stored(app).state.checked is None


@pytest.mark.hazard("HZ-14", "HZ-42")
async def test_a_sign_that_is_new_is_entered_before_the_report_is_final(start: Start) -> None:
    """Esc leaves a working copy; 2 leads to the emergencies and there to the question of a sign."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "c", "1", "escape")
        assert isinstance(app.screen, CaseScreen)
        assert "Not confirmed: the report stays a working copy" in shown(app)
        await press(pilot, "c", "1", "2")
        assert "Emergency now: which?" in shown(app)
        await press(pilot, "2", "1", "1")
        assert stored(app).state.checked is None
        assert isinstance(app.screen, CardScreen)
        assert "Suspected spinal cord" in shown(app)


async def test_a_finished_case_opens_on_its_end(start: Start) -> None:
    """Not on the last step, whose answers are all given."""
    app = start("5-treatment")
    async with app.run_test(size=SIZE):
        trail = stored(app).situation.current
        assert trail.stop.endpoint is not None
        assert stored(app).pathway.endpoints[trail.stop.endpoint].title in shown(app)


async def test_redo_and_the_map(start: Start) -> None:
    """r does again what z undid; m shows the walked path in the outline of the pathway."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "enter", "z")
        assert "age" not in stored(app).state.facts.facts
        await press(pilot, "r")
        assert "age" in stored(app).state.facts.facts
        await press(pilot, "m")
        assert "YOU ARE HERE" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseScreen)


async def test_escape_does_not_leave_the_program(start: Start) -> None:
    """Escape leads back as far as home and no further."""
    app = start(None)
    app = Wizard(app.desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1", "1", "escape")
        assert "Leave: everything is saved, back to the start page" in shown(app)
        await press(pilot, "1")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert app.is_running
        await press(pilot, "q")


async def test_a_pathway_is_wrapped_once(start: Start) -> None:
    """The outline is made for the width of the dialog; no line of it wraps again."""
    app = start(None)
    app = Wizard(app.desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "3", "1")
        page = app.screen
        assert isinstance(page, PageScreen)
        lines = page._page.lines
        assert lines
        assert max(len(line.text) for line in lines) <= inner_width(SIZE[0])


@pytest.mark.hazard("HZ-72")
async def test_leaving_asks_and_home_lists_the_case(start: Start) -> None:
    """One leave ends the program that was started with the case, else leads home, and says so."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "q")
        assert "Leave: everything is saved, the program ends" in shown(app)
        await press(pilot, "1")
        assert not app.is_running
    assert app.return_code == 0
    app = Wizard(app.desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "1", "q")
        assert "back to the start page" in shown(app)
        await press(pilot, "1")
        assert isinstance(app.screen, HomeScreen)
        assert "amber-heron asks: Who and where" in shown(app)
        await press(pilot, "q")
    assert app.return_code == 0


@pytest.mark.hazard("HZ-46")
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
        Desk(library, store, {}, TODAY, lambda: NOW),
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
def test_snapshot_of_a_decision(
    size: tuple[int, int], start: Start, snap_compare: Callable[..., bool]
) -> None:
    """The decision page at three sizes, clock and case fixed."""

    async def go(pilot: Pilot[None]) -> None:
        await settle(pilot)

    app = start("2-imaging", decided=False)
    assert snap_compare(app, terminal_size=size, run_before=go)


def keep(app: Wizard, **options: str) -> None:
    """Puts a case with these choices into the store."""
    answers = [Answered(name, Fact(Choice(option), TODAY)) for name, option in options.items()]
    header = app.desk.library["acrometastasis"].header
    pin = app.desk.library["acrometastasis"].hash
    started = Started("amber-heron", header.id, header.version, pin, TODAY)
    app.desk.store.append("amber-heron", [started, *answers], 0)


@pytest.mark.hazard("HZ-34")
async def test_every_emergency_has_its_card(library: Library, tmp_path: Path) -> None:
    """Going on with the first one brings the second one up."""
    store = Store(tmp_path / "two", lambda: NOW)
    app = Wizard(
        Desk(library, store, {}, TODAY, lambda: NOW), lambda a: a.resume_case("amber-heron")
    )
    keep(app, neuro_signs="yes", sepsis_signs="yes")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "EMERGENCY (1 more behind it)" in shown(app)
        assert "spinal cord" in shown(app)
        await press(pilot, "g")
        assert isinstance(app.screen, CardScreen)
        assert "Sepsis, or fever after chemotherapy" in shown(app)
        await press(pilot, "c")
        assert isinstance(app.screen, CaseScreen)


@pytest.mark.hazard("HZ-13", "HZ-65")
async def test_a_refused_write_is_not_reported_as_done(start: Start) -> None:
    """A second writer came first: the message is the refusal, and the answer is not claimed."""
    app = start("3-biopsy")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "t", "1", "down", "down", "2")
        assert "This would change" in shown(app)
        other = stored(app)
        app.desk.store.append("amber-heron", [AsOfMoved(TODAY)], len(other.events))
        await press(pilot, "1")
        assert "Changed and saved" not in shown(app)
        assert stored(app).situation.values["affected_region"] == Choice("hand")


@pytest.mark.hazard("HZ-03")
async def test_only_the_value_that_was_asked_about_is_taken(start: Start) -> None:
    """Typing on after the warning asks anew."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "1")
        await pilot.press("0", "6", "enter")
        await pilot.pause()
        assert "Unusual: 106 years" in shown(app)
        await pilot.press("backspace", "9", "enter")
        await pilot.pause()
        assert "Unusual: 109 years" in shown(app)
        assert "age" not in stored(app).state.facts.facts
        await pilot.press("enter")
        await pilot.pause()
        assert stored(app).state.facts.facts["age"][1].value == Quantity(Decimal(109), "years")


@pytest.mark.hazard("HZ-35")
async def test_what_still_holds_is_asked_once(library: Library, tmp_path: Path) -> None:
    """A value that no longer applies and is kept is not asked about at every answer."""
    store = Store(tmp_path / "holds", lambda: NOW)
    app = Wizard(
        Desk(library, store, {}, TODAY, lambda: NOW), lambda a: a.resume_case("amber-heron")
    )
    keep(app, sex="male", pregnancy_possible="pregnant")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "This no longer applies" in shown(app)
        await press(pilot, "2")
        assert "is kept although" in shown(app)
        await press(pilot, "5", "3", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert "age" in stored(app).state.facts.facts


@pytest.mark.hazard("HZ-59", "HZ-67")
async def test_leaving_another_version_alone_writes_nothing(
    library: Library, tmp_path: Path
) -> None:
    """The question comes before anything is written."""
    store = Store(tmp_path / "version", lambda: NOW)
    later = date(2026, 11, 30)
    app = Wizard(
        Desk(library, store, {}, later, lambda: NOW), lambda a: a.resume_case("amber-heron")
    )
    store.append("amber-heron", [Started("amber-heron", "acrometastasis", "0.0.1", "x", TODAY)], 0)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Another version of the pathway" in shown(app)
        await press(pilot, "2")
        assert len(store.read("amber-heron").events) == 1
