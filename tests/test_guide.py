"""The guide, the README and the pictures say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from cli import app
from tools.pictures import FOLDER, PICTURES, picture
from wizard.case.choices import CARD
from wizard.definition.library import Library
from wizard.tui.keys import CASE_KEYS

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = {c.name for c in typer.main.get_group(app).commands.values()}
KEY = re.compile(r"`([^`\s]|F\d{1,2}|Shift\+Tab|PageDown|PageUp|Enter)`")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_the_program_shows(name: str, library: Library) -> None:
    """`python tools/pictures.py` makes it again."""
    assert (FOLDER / f"{name}.svg").read_text("utf-8") == picture(name, library)


def test_every_picture_is_shown() -> None:
    """None is left over, none is missing."""
    named = set(re.findall(r"pictures/(\w+)\.svg", GUIDE + README))
    assert named == set(PICTURES) == {file.stem for file in FOLDER.glob("*")}


def test_the_keys_of_the_guide_are_keys() -> None:
    """Each is one of a case or of the emergency card."""
    shown = {word for key in CASE_KEYS for word in re.split(r" or |, ", key.shown)}
    letters = {k for key in CASE_KEYS for k in key.keys if len(k) == 1}
    named = set(KEY.findall(GUIDE)) - {">"}
    assert len(named) > 20
    assert named <= {*shown, *letters, *CARD, "Enter"}


def test_the_commands_of_the_readme_are_those_of_the_program() -> None:
    """Each stands in the table, and nothing else does."""
    table = re.findall(r"^\| `([a-z-]+)[ `]", README, re.MULTILINE)
    assert set(table) == COMMANDS
    assert len(table) == len(COMMANDS)


def test_the_commands_of_the_guide_are_commands() -> None:
    """Behind `run.py`, and between backquotes with its arguments."""
    named = set(re.findall(r"run\.py (\w[\w-]*)", GUIDE)) | set(re.findall(r"`(\w+) CASE`", GUIDE))
    assert len(named) > 2
    assert named <= COMMANDS
