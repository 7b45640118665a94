"""The draft note for the patient: off unless a setting offers it, and then alike in both faces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.line.conftest import LABEL, Plain
from tests.line.test_commands import events_of
from tests.test_cli import ROOT
from tests.tui.test_case_screen import press, settle, shown
from wizard.tui.app import Wizard


async def test_by_choice_in_both_faces(plain: Plain) -> None:
    """The same draft."""
    plain.desk.offers_note = True
    plain.desk.store.append(LABEL, events_of("3-biopsy", plain.desk.library), 0)
    whole = plain.desk.render(plain.stored(), "patient")
    said = plain.resume(["p", "5", "q"])
    assert "What happens next" in said
    assert all(line in said for line in whole.splitlines())
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        assert "What happens next" not in shown(app)
        await press(pilot, "n")
        await settle(pilot)
        assert " ".join(whole.split()) in shown(app)


async def test_off_by_default_in_both_faces(plain: Plain, tmp_path: Path) -> None:
    """Nothing offers it, nothing calls it, and a file of it is refused with the way to have it."""
    plain.desk.store.append(LABEL, events_of("3-biopsy", plain.desk.library), 0)
    said = plain.resume(["p", "5", "", "p", "2", str(tmp_path / "x.note"), "b", "q"])
    assert "draft" not in said.replace("draft note for the patient is switched off", "")
    assert "patient_note=on" in said
    assert not (tmp_path / "x.note").exists()
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        before = shown(app)
        assert "for patient" not in before
        await press(pilot, "n")
        await settle(pilot)
        assert shown(app) == before


@pytest.mark.parametrize(("variable", "flag", "offered"), [
    ("", "", False),
    ("on", "", True),
    ("on", "off", False),
])  # fmt: skip
def test_the_setting_reaches_the_program(
    variable: str, flag: str, *, offered: bool, tmp_path: Path
) -> None:
    """From outside: off without any, the variable switches it on, a flag is over that."""
    done = subprocess.run(
        [
            *(sys.executable, str(ROOT / "cli.py"), "run", "acrometastasis", "--plain"),
            *(("--set", f"patient_note={flag}") if flag else ()),
        ],
        input="44\n\np\n\nq\n",
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "HOME": str(tmp_path),
            "PATHWIZARD_STATE": str(tmp_path),
            "PATHWIZARD_PATIENT_NOTE": variable,
        },
        check=True,
        timeout=60,
    )
    assert "Copy it to the clipboard" in done.stdout
    assert ("draft note for the patient" in done.stdout) is offered
