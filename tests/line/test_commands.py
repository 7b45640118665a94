"""Every command of a case is reached by keys in both faces, and docs/commands.md says how."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest

from tests.conftest import TODAY
from tests.line.conftest import LABEL, Plain
from tests.tui.conftest import VIGNETTE
from tests.tui.test_case_screen import press, settle
from tools.commands import FILE, commands, table
from wizard.case.actions import NOT_FOR_FACES, READINGS
from wizard.case.answers_file import read_answers
from wizard.case.events import Answered, Event, Started
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.engine.facts import Fact
from wizard.guard import Choice
from wizard.tui import dialogs
from wizard.tui.app import Wizard

CASE_ROOM = str(Path(inspect.getfile(OpenCase)).parent)


@dataclass(frozen=True)
class Scene:
    """A kept case, what a person presses or types there, and the commands that this reaches."""

    reaches: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[str, ...]
    kept: str | None = None


def words(*texts: str) -> tuple[str, ...]:
    """Keys of lines that are filled in."""
    return tuple(key for text in texts for key in (*text, "enter"))


ANSWERED = ("53 years", "2", "1", "2", "1", "1")
SCENES = {
    "start, undo, redo, same": Scene(
        ("begin", "answer", "undo", "redo", "same_as_before"),
        (*words("53"), "z", "r", "equals_sign"),
        ("53 years", "z", "r", "="),
    ),
    "the rest": Scene(("answer",), ("f",), ("f",)),
    "card": Scene(
        ("take_in_hand", "explain_alert"),
        ("w", "escape", "k", *words("Dr A", "09:00")),
        ("w", "k", "Dr A", "09:00"),
        kept="neuro",
    ),
    "card, beside it": Scene(("continue_work_up",), ("c",), ("c",), kept="neuro"),
    "sets aside": Scene(("set_aside", "alerts_resting_on"), ("1",), ("1",), kept="stopped"),
    "another version": Scene(("repin",), ("1",), ("1",), kept="version"),
    "another day": Scene(("move_as_of",), (), (), kept="1-presentation"),
    "decision": Scene(
        ("explain_advice", "needs_reason", "refusal", "commit"),
        ("w", "escape", "down", "down", "down", "w", "escape", "2", "enter", "1"),
        ("w", "w 4", "2", "", "1"),
        kept="2-imaging",
    ),
    "change, way on": Scene(
        ("preview", "explain_exits", "answer_rows"),
        ("slash", *"region", "enter", "w", "escape", "2", "2"),
        ("/region", "1", "w", "2", "2"),
        kept="3-biopsy",
    ),
    "check": Scene(
        ("answer_rows", "emergency_signs", "mark_checked"),
        ("c", "enter", "1"),
        ("c", "1", "1"),
        kept="5-treatment",
    ),
    "change": Scene(("consequences",), ("h", "escape", "q", "1"), ("h", "q"), "sitting-1"),
    "respond": Scene(("respond",), ("o", "1", "1"), ("o", "1", "1"), "5-treatment"),
    "what if": Scene(
        ("now_and_then", "take_over"),
        ("*", "2", "*", "escape", "q", "2", "1"),
        ("*", "2", "*", "q", "2", "1"),
        "4-staging",
    ),
    "await": Scene(
        ("awaited",),
        ("a", *words("radiology", "", "")),
        ("a", "radiology", "", ""),
        kept="can be awaited",
    ),
}


def events_of(kept: str, library: Library) -> list[Event]:
    """The events of a kept case: of a stage of the vignette, or made up."""
    header, pin = library["acrometastasis"].header, library["acrometastasis"].hash
    made = {
        "neuro": {"neuro_signs": "yes"},
        "stopped": {"sex": "male", "pregnancy_possible": "pregnant"},
        "version": {},
    }
    if kept in made:
        version = "0.0.1" if kept == "version" else header.version
        start = Started(LABEL, header.id, version, "x" if kept == "version" else pin, TODAY)
        return [start, *(Answered(n, Fact(Choice(o), TODAY)) for n, o in made[kept].items())]
    stage = "sitting-1" if kept == "can be awaited" else kept
    file = VIGNETTE / f"{stage}.yaml"
    answers = replace(read_answers(file.read_text("utf-8"), str(file), library), label=LABEL)
    if kept == "2-imaging":
        answers = replace(answers, commitments=[])
    if kept == "can be awaited":
        awaited = [n for n, v in answers.facts.items() if v[max(v)].awaited_from]
        answers = replace(
            answers, facts={n: v for n, v in answers.facts.items() if n not in awaited}
        )
    return list(replay(answers, library).events)


@contextmanager
def recorded() -> Iterator[set[str]]:
    """The names of the functions of `wizard.case` that are called."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(CASE_ROOM):
            seen.add(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


Keep = Callable[[Desk, Scene], Desk]


def kept(desk: Desk, scene: Scene) -> Desk:
    """The desk with the case of a scene, on the next day."""
    if scene.kept is not None:
        desk.store.append(LABEL, events_of(scene.kept, desk.library), 0)
    return replace(desk, today=TODAY + timedelta(days=1))


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_in_plain_lines(scene: Scene, plain: Plain) -> None:
    """Each scene reaches its commands."""
    plain.desk = kept(plain.desk, scene)
    with recorded() as seen:
        plain.resume(scene.lines) if scene.kept else plain.run(scene.lines)
    assert set(scene.reaches) <= seen


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
async def test_in_the_full_screen(
    scene: Scene, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same scenes by keys."""
    monkeypatch.setattr(dialogs, "ARMING_SECONDS", 0)
    desk = kept(plain.desk, scene)

    def first(app: Wizard) -> None:
        if scene.kept:
            app.resume_case(LABEL)
        else:
            app.start_case("acrometastasis", LABEL)

    with recorded() as seen:
        app = Wizard(desk, first)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, *scene.keys)
            await settle(pilot)
    assert set(scene.reaches) <= seen


def test_no_command_is_left_out() -> None:
    """The scenes reach every command, and every public method of a case is one, reads, or is named."""
    reached = {name for scene in SCENES.values() for name in scene.reaches}
    assert reached == set(commands())
    public = {n for n, _ in inspect.getmembers(OpenCase, inspect.isfunction) if n[0] != "_"}
    assert public <= {*commands(), *READINGS, *NOT_FOR_FACES}
    assert not {*READINGS, *NOT_FOR_FACES} - public


def test_the_page_is_the_table() -> None:
    """docs/commands.md is what tools/commands.py makes."""
    assert FILE.read_text("utf-8") == table()
