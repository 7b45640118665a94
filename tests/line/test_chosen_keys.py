"""The plain lines under keys that a person chose."""

from __future__ import annotations

from tests.line.conftest import Plain
from wizard.case.api import Absence
from wizard.case.keys import chosen_keys

CHOSEN = {"why": "y", "unknown": ";", "leave": "@", "keys": "<", "search": "~", "back": "w"}


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
    plain.desk.keys = chosen_keys({"search": ("y", "test")})
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
