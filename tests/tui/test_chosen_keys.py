"""The full screen under keys that a person chose: they call, the old ones do not, all words name them."""

from __future__ import annotations

import re

import pytest

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, shown, stored
from wizard.case.api import Absence
from wizard.case.keys import USUAL, chosen_keys
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import ChooseScreen
from wizard.tui.reading import PageScreen

SIZE = (80, 24)
CHOSEN = {
    "what_if": "*",
    **{"why": "y", "unknown": ";", "emergency": "!,f6", "report": "&", "leave": "@", "keys": "<"},
    **{"search": "~", "down": "]", "back": "[", "read_on": "space", "trail": "#", "body_map": "%"},
    **{"check": "$", "advice": "^", "evidence": '"', "change": "'", "map": "{"},
}
KEYS = chosen_keys({action: (key, "test") for action, key in CHOSEN.items()})
CYRILLIC = chosen_keys({a: (chr(0x430 + n), "test") for n, a in enumerate(USUAL)})
LATIN = re.compile(r"(?<![\w'/=.,-])(?<!\d )([b-z?])(?! \()(?![\w'/=.,-])")


@pytest.fixture
def chosen(start: Start) -> Start:
    """The wizard under the chosen keys."""

    def make(stage: str | None, *, decided: bool = True) -> Wizard:
        app = start(stage, decided=decided)
        app.desk.keys = app.case_keys = KEYS
        return app

    return make


async def test_a_chosen_key_calls_and_the_usual_one_does_not(chosen: Start) -> None:
    """The answer is kept by the new letter; the letter that it replaced is none of that action."""
    app = chosen(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5", "3", "enter")
        await press(pilot, "u")
        assert "'u' is not taken by Sex" in shown(app)
        assert "sex" not in stored(app).state.facts.facts
        await press(pilot, ";")
        assert stored(app).state.facts.facts["sex"][1].absence is Absence.NOT_KNOWN
        await press(pilot, "y")
        assert isinstance(app.screen, PageScreen)
        await press(pilot, "@")
        assert isinstance(app.screen, CaseScreen)


async def test_emergencies_and_leaving_keep_their_keys(chosen: Start) -> None:
    """F8 and a function key that was added, also while a value is typed; Esc; the letters."""
    app = chosen(None)
    async with app.run_test(size=SIZE) as pilot:
        for typed in (["!"], ["5", "f6"], ["5", "f8"]):
            await press(pilot, *typed)
            assert isinstance(app.screen, ChooseScreen), typed
            assert "Emergency now" in shown(app)
            await press(pilot, "escape")
        for key in ("@", "escape", "ctrl+c"):
            await press(pilot, key)
            assert "Leave amber-heron?" in shown(app), key
            await press(pilot, "escape")


@pytest.mark.parametrize(("stage", "size"), [(None, SIZE), ("5-treatment", (170, 40))])
async def test_every_page_names_the_chosen_keys(
    stage: str | None, size: tuple[int, int], start: Start
) -> None:
    """With a Cyrillic letter on every action no page of a case names a Latin one."""
    app = start(stage, decided=False)
    app.desk.keys = app.case_keys = CYRILLIC
    letter = CYRILLIC.letter
    pages = ("keys", "change", "check", "trail", "emergency", "body_map")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter")
        seen = [shown(app)]
        for page in pages:
            await press(pilot, letter(page))
            seen.append(shown(app))
            while not isinstance(app.screen, CaseScreen):
                await press(pilot, "escape")
    everything = " ".join(seen)
    assert f"({letter('emergency')}: which" in everything or "EMERGENCY (" in everything
    assert not [
        everything[max(0, m.start() - 40) : m.end() + 20] for m in LATIN.finditer(everything)
    ]


async def test_the_start_page_obeys_the_same_letters(chosen: Start) -> None:
    """Search, keys and leaving."""
    app = Wizard(chosen(None).desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot)
        assert "~ search < keys @ quit" in shown(app)
        await press(pilot, "<")
        assert "~ or F3 searches, @ or Ctrl+C quits" in shown(app)
        await press(pilot, "@", "q")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "@")
    assert app.return_code == 0
