"""The plain lines under keys that a person chose."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.line.conftest import Plain
from tests.test_cli import ROOT
from wizard.case.api import Absence
from wizard.case.keys import chosen_keys

CHOSEN = {
    "what_if": "*",
    "why": "y",
    "unknown": ";",
    "leave": "@",
    "keys": "<",
    "search": "~",
    "back": "w",
}


def test_the_same_letters_are_read_and_named(plain: Plain) -> None:
    """The chosen ones call, those that they replaced do not, and every block names them."""
    plain.desk.keys = chosen_keys({action: (key, "test") for action, key in CHOSEN.items()})
    said = " ".join(
        plain.run(["53 years", "u", ";", "y", "w", "<", "~ felon", "", "?", "@"]).split()
    )
    assert "Commands: < lists all, y why, w back, z undo, @ leave." in said
    assert "Sex: not known. Saved." in said
    assert said.count("Error:") == 2  # u and ? say nothing now
    assert "; not known" in said
    assert "In a decision y 2 and e 2 are about the second candidate. ~ word searches." in said
    assert "claim DX-MIM-04" in said
    assert "Left amber-heron." in said
    assert plain.stored().state.facts.facts["sex"][1].absence is Absence.NOT_KNOWN


def test_a_search_by_a_letter_takes_no_words(plain: Plain) -> None:
    """A text may begin with that letter; the words are asked for."""
    plain.desk.keys = chosen_keys({"search": ("y", "test"), "what_if": ("*", "test")})
    said = plain.run(["y felon", "y", "felon", "", "q"])
    assert said.count("Search for which words?") + said.count("other words search") >= 1
    assert "Error: 'y felon'" in said


def test_the_start_page_reads_the_same_letters(plain: Plain) -> None:
    """Search and leaving."""
    plain.desk.keys = chosen_keys({action: (key, "test") for action, key in CHOSEN.items()})
    said = plain.run(["q", "~felon", "", "@"], pathway=None)
    assert "'q' does nothing here. Type 1, 2, 3, ~ or @." in said
    assert "claim DX-MIM-04" in said
    assert plain.code == 0


def test_the_settings_file_reaches_the_program(tmp_path: Path) -> None:
    """From outside: the file is read, its letters are said and obeyed; a bad one stops the start."""
    file = tmp_path / "settings.toml"
    file.write_text('[keys]\nunknown = ";"\nleave = "@"\n', "utf-8")
    start = [sys.executable, str(ROOT / "cli.py"), "run", "acrometastasis", "--plain"]
    surroundings = {"PATHWIZARD_SETTINGS": str(file), "PATHWIZARD_STATE": str(tmp_path / "state")}

    def said(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*start, *more],
            input="53 years\n;\n!\n\n@\n",
            capture_output=True,
            text=True,
            env={**os.environ, **surroundings},
            check=False,
            timeout=60,
        )

    done = said("--set", "keys.emergency=!")
    assert done.returncode == 0, done.stderr
    assert "z undo, @ leave." in done.stdout
    assert "Sex: not known. Saved." in done.stdout
    assert "Emergency now: which?" in done.stdout
    refused = said("--set", "keys.emergency=@")
    assert refused.returncode == 3
    assert refused.stderr.startswith("--set, keys.emergency and ")
    assert "keys.leave: the key @ would call both" in refused.stderr
    assert refused.stdout == ""
