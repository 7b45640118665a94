"""Seeded keys at random in the full screen: no fault, nothing lost, and one can always leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._time import get_time
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from tests.conftest import NOW, TODAY
from tests.tui.random_keys import PASTES, SIZES, Keyer
from tests.walker import LABEL, PROPERTY, Reached, Walker, opening
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.errors import ExitCode
from wizard.store.store import Store
from wizard.tui import dialogs
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import Armed, ChooseScreen
from wizard.tui.reading import CardScreen
from wizard.tui.small import SmallScreen

PARTS = [
    pytest.param(0, 200, (100, 100), id="short"),
    *(
        pytest.param(1000 * n, 5_000, (300, 600), id=f"long-{n}", marks=pytest.mark.full)
        for n in range(1, 9)
    ),
    pytest.param(0, 1_500, (1_500, 1_500), id="one-sitting", marks=pytest.mark.full),
]
"""First seed, least number of keys in all, and least and most keys of a run."""
MOST_TO_LEAVE = 12
MOST_SECONDS = 60
"""Until a page takes keys, on a machine that is busy with other things."""


@pytest.mark.parametrize(("first", "keys", "longest"), PARTS)
async def test_any_keys(
    first: int,
    keys: int,
    longest: tuple[int, int],
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Mostly sense, at home, in a new case and in one of any stage of a vignette; also pastes and
    other sizes.

    What was said to be saved is in the store, a few keys leave, half of the runs reach an end.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dialogs, "ARMING_SECONDS", 0)
    monkeypatch.setattr("wizard.desk.Desk.save", lambda self, case, name: Path(name))
    reached, seed = Reached(), first
    while reached.keys < keys:
        walker = Walker(seed, stays=longest[0] >= 1_000)
        most = walker.chance.randint(*longest)
        await _run(walker, most, library, Store(tmp_path / str(seed), lambda: NOW))
        reached.add(walker.reached)
        seed += 1
    record_property(PROPERTY, reached.plain())
    assert keys < 5_000 or reached.ended * 2 >= reached.runs


async def _run(walker: Walker, most: int, library: Library, store: Store) -> None:
    """One sitting of so many keys at most, and the leaving of it."""
    app = Wizard(Desk(library, store, {}, TODAY, lambda: NOW), _opened(walker, library, store))
    keyer, often = Keyer(walker), walker.often
    async with app.run_test(size=walker.chance.choice(SIZES[:3])) as pilot:
        await _settle(pilot)
        while walker.reached.keys < most and not _left(app):
            case = _case(app)
            asked = case._cursor.item if case is not None else None
            known = len(case._case.events) if case is not None else 0
            if often(0.005):
                await pilot.resize_terminal(*walker.chance.choice(SIZES))
            elif often(0.005):
                app.post_message(events.Paste(walker.chance.choice(PASTES)))
            else:
                _press(app, keyer.key(app.screen))
                walker.reached.keys += 1
            await _settle(pilot)
            if not _left(app):
                walker.reached.screens[_kind(app.screen)] += 1
            if case is not None:
                walker.sees(case._case)
                if len(case._case.events) > known:
                    walker.reads(case._case, asked, case._message)
        key, hurried = "", often(0.5)
        for _ in range(MOST_TO_LEAVE):
            if not _left(app):
                key = _way_out(app, key, "ctrl+c" if hurried else "q")
                _press(app, key)
                await _settle(pilot)
        assert _left(app)
    assert app.return_code in (None, ExitCode.OK, ExitCode.INCOMPLETE, ExitCode.INTERRUPTED)
    walker.holds(library, store)


def _left(app: App[None]) -> bool:
    """Whether the program has ended, or ends as soon as it has tidied up."""
    return app._exit or not app.is_running


def _kind(screen: Screen[Any]) -> str:
    """The kind of a screen; the case has several."""
    if not isinstance(screen, CaseScreen):
        return type(screen).__name__.removesuffix("Screen").lower()
    cursor = screen._cursor
    if cursor.at_end:
        return "end"
    return "decision" if cursor.decision is not None else "waits" if cursor.waits else "question"


def _case(app: Wizard) -> CaseScreen | None:
    """The case that is open, below whatever stands above it."""
    return next((s for s in reversed(app.screen_stack) if isinstance(s, CaseScreen)), None)


def _press(app: Wizard, key: str) -> None:
    """A key as the driver hands it on."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    character = (
        key if len(key) == 1 else {"space": " ", "slash": "/", "question_mark": "?"}.get(key)
    )
    app.post_message(events.Key(name, character))


async def _settle(pilot: Pilot[None]) -> None:
    """Until the key is worked with and the page that it brought takes keys; nothing sleeps."""
    app = pilot.app
    await pilot._wait_for_screen()
    late = get_time() + MOST_SECONDS
    while not _left(app):
        assert get_time() < late, "the page takes no keys"
        screen = app.screen
        if not isinstance(screen, Armed):
            return
        if screen.armed_at is not None and get_time() > screen.armed_at:
            await pilot._wait_for_screen()
            return
        await asyncio.sleep(0.001)


def _way_out(app: Wizard, before: str, leave: str) -> str:
    """The key with which somebody who wants to leave goes on."""
    match app.screen:
        case CardScreen():
            return "c"
        case SmallScreen():
            return leave
        case CaseScreen() | HomeScreen():
            return "escape" if before == leave == "q" else leave
        case ChooseScreen() if before == leave:
            return "1"
    return "escape"


def _opened(walker: Walker, library: Library, store: Store) -> Callable[[Wizard], None] | None:
    pathway, case = opening(walker, library, store)
    if pathway is not None:
        return lambda app: app.start_case(pathway, LABEL)
    return (lambda app: app.resume_case(LABEL)) if case is not None else None
