"""The wheel in an empty virtual environment, far from the checkout. Needs the package registry."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.person import Person
from tests.terminal.tmux import ROOT, Terminal
from tests.vignettes.test_vignettes import ROOT as PATHWAYS
from wizard.case.answers_file import read_answers
from wizard.definition.library import Library

FILE = PATHWAYS / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
SHIPPED = ("wizard", "pathways", "share", "cli.py", "pyproject.toml", "README.md", "LICENSE")
pytestmark = pytest.mark.terminal


def _do(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_runs_the_main_job(library: Library, tmp_path: Path) -> None:
    """A whole case by keys, the report written, with nothing of the checkout on the path."""
    source = tmp_path / "source"
    source.mkdir()
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name)
        else:
            shutil.copy(ROOT / name, source)
    environment = tmp_path / "environment"
    _do(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    _do(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path / "dist", source)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    _do(python, "-m", "pip", "install", "--quiet", wheel)
    shutil.rmtree(source)
    assert (environment / "share/man/man1/pathwizard.1").is_file()
    answers = read_answers(FILE.read_text("utf-8"), FILE.name, library)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    terminal = Terminal(elsewhere, program=[str(environment / "bin" / "pathwizard")])
    try:
        terminal.start("run", "acrometastasis", "--as-of", answers.as_of.isoformat())
        person = Person(terminal, library, answers)
        person.walk()
        written = person.report("report.txt").read_text("utf-8")
        assert person.leave() == 0
    finally:
        terminal.close()
    assert "Options ready for the team" in written
    assert library["acrometastasis"].hash[:16] in written
