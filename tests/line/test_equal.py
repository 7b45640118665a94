"""The same person in the full screen and in plain lines, and without a person: equal reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.line.conftest import LABEL, Plain
from tests.line.human import Human
from tests.tui.test_case_screen import press, settle
from tests.vignettes.test_vignettes import FILES, ROOT
from wizard.case.answers_file import read_answers
from wizard.case.export import write_answers
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.store.store import Store
from wizard.tui import dialogs
from wizard.tui.app import Wizard

SHORT_RUN = ("bone-spine-prostate-cord-not-walking-48h/1-presentation",)
VIGNETTES = [
    pytest.param(
        file,
        id=str(file.relative_to(ROOT).with_suffix("")),
        marks=() if str(file.with_suffix("")).endswith(SHORT_RUN) else pytest.mark.full,
    )
    for file in [*FILES, *sorted(ROOT.glob("*/cases/constructed/*.yaml"))]
]


@pytest.mark.parametrize("file", VIGNETTES)
async def test_both_faces_write_one_report(
    file: Path,
    library: Library,
    tmp_path: Path,
    plain: Plain,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Answers, emergencies, decisions, responses, check: two reports that differ in the generated line alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dialogs, "ARMING_SECONDS", 0)
    answers = read_answers(file.read_text("utf-8"), str(file), library)
    human = Human(library, answers)
    human.walk()
    human.respond()
    human.check()
    human.report("keys.txt", "lines.txt")
    store = Store(tmp_path / "full", lambda: NOW)
    pathway, day = answers.pathway.id, answers.as_of
    app = Wizard(Desk(library, store, {}, day, lambda: NOW), lambda a: a.start_case(pathway, LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *human.keys)
        await settle(pilot)
    plain.desk = replace(plain.desk, today=day)
    said = plain.run([*human.lines, "q"], pathway=pathway)
    assert "Error:" not in said
    assert plain.code == 0
    keys, lines = (Path(f"{n}.txt").read_text("utf-8").splitlines() for n in ("keys", "lines"))
    unlike = [(k, w) for k, w in zip(keys, lines, strict=True) if k != w]
    assert all(k.startswith("Generated ") for k, _ in unlike), unlike
    assert plain.stored().state.facts == human.case.state.facts
    assert len(human.case.state.facts.facts) > 2


@pytest.mark.hazard("HZ-41")
@pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            file,
            id=str(file.relative_to(ROOT).with_suffix("")),
            marks=() if file.name.startswith("5-") else pytest.mark.full,
        )
        for file in FILES
    ],
)
def test_lines_and_replay_write_one_report(file: Path, library: Library, plain: Plain) -> None:
    """Every published case: all that its file says is asked, and typing it gives what replay gives."""
    answers = replace(read_answers(file.read_text("utf-8"), str(file), library), label=LABEL)
    human = Human(library, answers)
    human.walk()
    plain.desk = replace(plain.desk, today=answers.as_of)
    said = plain.run([*human.lines, "q"], pathway=answers.pathway.id)
    assert "Error:" not in said
    assert plain.code == 0
    typed, replayed = plain.stored(), replay(answers, library)
    assert write_answers(typed.state) == write_answers(replayed.state)
    assert typed.situation.current.stop == replayed.situation.current.stop
    reports = [plain.desk.render(case, "text", kept=False) for case in (typed, replayed)]
    typed_lines, lines = (report.splitlines() for report in reports)
    unlike = [(t, r) for t, r in zip(typed_lines, lines, strict=True) if t != r]
    assert all(t.startswith("Generated ") for t, _ in unlike), unlike
    assert not {name for name in answers.facts if name not in typed.state.facts.facts}
