"""The wizard on a case of its own, with a fixed clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.store.store import Store
from wizard.tui.app import Wizard

VIGNETTE = ROOT / "acrometastasis" / "cases" / "acro-thumb-fingertip-lung-antibiotics"
Start = Callable[..., Wizard]
"""Of a stage, or None for a new case; `decided=False` leaves its decisions to be taken."""


@pytest.fixture
def start(library: Library, tmp_path: Path) -> Start:
    """An app with a new case, or with the case of a stage of the vignette."""

    def make(stage: str | None, *, decided: bool = True) -> Wizard:
        store = Store(tmp_path / "state", lambda: NOW)
        if stage is None:
            return Wizard(
                Desk(library, store, {}, TODAY, lambda: NOW),
                lambda app: app.start_case("acrometastasis", "amber-heron"),
            )
        file = VIGNETTE / f"{stage}.yaml"
        answers = replace(
            read_answers(file.read_text("utf-8"), str(file), library), label="amber-heron"
        )
        if not decided:
            answers = replace(answers, commitments=[])
        store.append("amber-heron", replay(answers, library).events, 0)
        return Wizard(
            Desk(library, store, {}, TODAY, lambda: NOW), lambda app: app.resume_case("amber-heron")
        )

    return make
