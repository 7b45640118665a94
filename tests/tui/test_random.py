"""Seeded keys at random in the full screen: no fault, nothing lost, and one can always leave."""

from __future__ import annotations

import gc
import random
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.errors import ExitCode
from wizard.store.store import Store
from wizard.tui import dialogs
from wizard.tui.app import HomeScreen, Wizard
from wizard.tui.body_map_screen import BodyMapScreen
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import ChooseScreen
from wizard.tui.reading import CardScreen, PageScreen
from wizard.tui.search_screen import SearchScreen

RUNS = [
    *(pytest.param(n, 100, id=f"short-{n}") for n in range(1)),
    *(pytest.param(n, 400, id=f"long-{n}", marks=pytest.mark.full) for n in range(250)),
]
"""Seed and number of keys."""
STAGES = sorted(ROOT.glob("*/cases/*/[1-5]-*.yaml"))
SENSE = (
    *("1", "u", "enter", "f") * 16,
    *("2", "0") * 8,
    *("3", "4", "5", "tab", "down", "up"),
    *("i", "n", "d", "a", "="),
)
NONSENSE = (
    *"bwevtmc/xpsozrlkgy?*",
    *("f1", "f3", "f8", "f9", "escape", "shift+tab", "pageup", "pagedown", "home", "end"),
    *("left", "right", "backspace", "delete", "ctrl+u", "space", "q", "A", "[", "é", "9"),
)
OF_SCREEN = {
    CardScreen: ("g", "k", "c"),
    PageScreen: ("escape",),
    BodyMapScreen: ("enter", "down", "right", "left", "up", "slash", "r", "escape"),
    SearchScreen: ("escape", "1", "enter", "p"),
}
MOST_TO_LEAVE = 20


@pytest.mark.parametrize(("seed", "keys"), RUNS)
async def test_any_keys(
    seed: int,
    keys: int,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Keys, nineteen of twenty of them sense, in a new case or in one of any stage of a vignette.

    Every event that a screen worked with is in the store, and 20 keys leave.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dialogs, "ARMING_SECONDS", 0)
    monkeypatch.setattr("wizard.desk.Desk.save", lambda self, case, name: Path(name))
    chance = random.Random(seed)
    store = Store(tmp_path / "state", lambda: NOW)
    app = Wizard(Desk(library, store, {}, TODAY, lambda: NOW), _opened(chance, library, store))
    screens = Counter[str]()
    walked: dict[str, OpenCase] = {}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pressed = 0
    async with app.run_test(size=chance.choice([(80, 24), (120, 40), (200, 60)])) as pilot:
        while pressed < keys and app.is_running:
            sense = OF_SCREEN.get(type(app.screen), SENSE)
            await pilot.press(chance.choice(sense if chance.random() < 0.95 else NONSENSE))
            await pilot.pause()
            pressed += 1
            if app.is_running:
                screens[type(app.screen).__name__] += 1
                cases = [s._case for s in app.screen_stack if isinstance(s, CaseScreen)]
                walked |= {case.state.label: case for case in cases}
        key = ""
        for _ in range(MOST_TO_LEAVE):
            if app.is_running:
                key = _way_out(app, key)
                await pilot.press(key)
                await pilot.pause()
        assert not app.is_running
    assert app.return_code in (None, ExitCode.OK, ExitCode.INCOMPLETE, ExitCode.INTERRUPTED)
    assert walked
    for label, case in walked.items():
        assert tuple(store.read(label).events) == tuple(case.events)
    gc.collect()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    ended, steps = 0, set[str]()
    for label in store.labels():
        case = app.desk.resume(label)
        ended += case.situation.main.stop.kind == "ends"
        steps |= {f"{p.pathway}.{p.step}" for t in case.situation.trails for p in t.places}
    record_property("random keys", (pressed, ended, dict(screens), sorted(steps), grown))


def _way_out(app: Wizard, before: str) -> str:
    """The key with which somebody who wants to leave goes on."""
    match app.screen:
        case CardScreen():
            return "c"
        case CaseScreen() | HomeScreen():
            return "escape" if before == "q" else "q"
        case ChooseScreen() if before == "q":
            return "1"
    return "escape"


def _opened(chance: random.Random, library: Library, store: Store) -> Callable[[Wizard], None]:
    """Starts a case of any pathway, or resumes one of any stage."""
    if chance.random() < 0.15:
        pathway = chance.choice(sorted(library.pathways))
        return lambda app: app.start_case(pathway, "amber-heron")
    file = chance.choice(STAGES)
    answers = replace(
        read_answers(file.read_text("utf-8"), str(file), library), label="amber-heron"
    )
    store.append("amber-heron", replay(answers, library).events, 0)
    return lambda app: app.resume_case("amber-heron")
