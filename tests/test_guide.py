"""The guide, the README and the pictures say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from cli import app
from tools.manual import ENVIRONMENT
from tools.pictures import FOLDER, PICTURES, picture
from wizard.case.choices import CARD
from wizard.case.keys import MOVABLE
from wizard.definition.library import Library
from wizard.tui.keys import CASE_KEYS

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = {c.name for c in typer.main.get_group(app).commands.values()}
OPTIONS = {
    name: {o for param in command.params for o in param.opts if o.startswith("--")}
    for name, command in typer.main.get_group(app).commands.items()
}
TOP_OPTIONS = {"--version", "--plain", "--set", "--help"}
NOT_OURS = {"--full", "--snapshot-update"}
"""Of `run.py test`."""
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")
DOCUMENTS = README + "".join(f.read_text("utf-8") for f in sorted((ROOT / "docs").glob("*.md")))
CODE = "\n".join(re.findall(r"`[^`\n]+`|^    .+", DOCUMENTS, re.MULTILINE))
"""What stands in backquotes or is set apart."""
SOURCE = "".join(f.read_text("utf-8") for f in [ROOT / "cli.py", *(ROOT / "wizard").rglob("*.py")])
VARIABLES = {name for name in ENVIRONMENT if name.startswith("PATHWIZARD_")}
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


def test_the_options_of_the_readme_are_those_of_the_commands() -> None:
    """In the row of each command, none is left out and none made up."""
    rows = re.findall(r"^\| `([a-z-]+)([^`]*)` \|(.*)", README, re.MULTILINE)
    said = {name: set(re.findall(r"--[a-z-]+", cell + words)) for name, cell, words in rows}
    assert {name: found - {"--help"} for name, found in said.items()} == {
        name: {option_named(option) for option in options} for name, options in OPTIONS.items()
    }


def option_named(option: str) -> str:
    """An option as the README has it: `mutants` is on, and named by what turns it off."""
    return {"--mutants": "--no-mutants"}.get(option, option)


def test_commands_options_and_variables_of_the_documents_are_the_programs() -> None:
    """Wherever they stand; and each variable stands somewhere."""
    commands = set(re.findall(r"(?:pathwizard|run\.py) ([a-z][a-z-]+)", CODE))
    assert len(commands) > 15
    assert commands <= COMMANDS
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", CODE))
    known = {option_named(option) for found in OPTIONS.values() for option in found}
    assert options <= {*known, *TOP_OPTIONS, *NOT_OURS}
    assert set(re.findall(r"PATHWIZARD_[A-Z_]+", DOCUMENTS)) == VARIABLES | {"PATHWIZARD_PEERS"}
    assert set(re.findall(r"(?<!_)PATHWIZARD_[A-Z]\w+", SOURCE)) <= VARIABLES


def test_the_keys_of_the_readme_are_keys() -> None:
    """In the sentence that lists them, each with the word that the program has for it."""
    said = README.split("In the wizard:")[1].split("\n\n")[0]
    keys = {key.keys[0]: key.words for key in CASE_KEYS if len(key.keys[0]) == 1}
    named = re.findall(r"`([^?])` (\w+)", said)
    assert len(named) >= 10
    for key, word in named:
        assert word in keys[key], key


def test_the_action_names_of_the_settings_are_the_programs() -> None:
    """Every action that a key can be chosen for stands in docs/commands.md by its name."""
    rows = re.findall(r"^\|.*\| `([a-z_]+)` \|$", COMMANDS_PAGE.split("\n## ")[1], re.MULTILINE)
    assert set(rows) == set(MOVABLE)
    assert len(rows) == len(MOVABLE)
