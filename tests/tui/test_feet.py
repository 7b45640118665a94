"""The foot of what is on top names keys that work there, and nothing below it names any."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle, shown
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen

SIZE = (80, 24)


def footers(app: Wizard) -> list[str]:
    """What the footers below what is on top say."""
    below = app.screen_stack[:-1]
    found = [foot for screen in below for foot in screen.query("#footer").results(Static)]
    assert len(found) == sum(isinstance(s, HomeScreen | CaseScreen) for s in below)
    return [str(foot.render()).strip() for foot in found]


async def test_no_footer_names_keys_below_a_dialog(start: Start) -> None:
    """The case and the start page name theirs again once they are on top."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        for key in ("t", "x", "c", "p", "?", "f3", "q"):
            await press(pilot, key)
            await settle(pilot)
            assert footers(app) == [""] * len(footers(app)), key
            await press(pilot, "escape")
            assert "Enter continue" in shown(app), key
    app = Wizard(app.desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "?")
        assert footers(app)[-1] == ""
        await press(pilot, "escape")
        assert "1 to 3 choose" in shown(app)


async def works(pilot: Pilot[None], app: Wizard, key: str) -> bool:
    """Whether a key brings something up while a value is typed; it is typed again afterwards."""
    await press(pilot, "5", key)
    answered = app.screen is not app.screen_stack[-1] or not isinstance(app.screen, CaseScreen)
    if answered:
        await press(pilot, "escape")
    await press(pilot, "escape") if "Esc drops it" in shown(app) else None
    return answered


async def test_while_a_value_is_typed_the_footer_names_what_works_then(start: Start) -> None:
    """Letters belong to the value; the function keys act."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "5")
        said = shown(app)
        assert "Enter takes it Esc drops it F1 keys F3 search F8 emergency F9 report" in said
        assert "why" not in said
        await press(pilot, "escape")
        for key in ("f1", "f3", "f8", "f9"):
            assert await works(pilot, app, key), key


@pytest.mark.parametrize(
    ("keys", "said", "wrong"),
    [
        (("p", "s"), "Enter saves Esc cancel", "Shift+Tab"),
        (("t", "/"), "Up Down mark Enter chooses Esc all", "digit"),
        (("t",), "digit or Enter chooses / search Esc cancel", "Enter continue"),
    ],
)
async def test_a_dialog_names_its_own_keys(
    keys: tuple[str, ...], said: str, wrong: str, start: Start
) -> None:
    """One line has no line before it; in a search digits are words."""
    app = start(None)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, *keys)
        assert said in shown(app)
        assert wrong not in shown(app)
