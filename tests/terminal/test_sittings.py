"""One case in three sittings: first visit, film back, biopsy back; the program closed in between."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.person import Person
from tests.terminal.tmux import Terminal
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.definition.library import Library

FOLDER = ROOT / "acrometastasis" / "cases" / "acro-thumb-fingertip-lung-antibiotics"
AWAITED = [
    (
        r"AWAITED Radiograph of the part\s+radiology\s+04-Nov-2026",
        "chased by the clinic nurse",
    ),
    (r"AWAITED Tissue\s+pathology\s+16-Nov-2026", "chased by the hand surgery secretary"),
    None,
]
pytestmark = pytest.mark.terminal


@pytest.mark.hazard("HZ-42")
def test_three_sittings(library: Library, tmp_path: Path) -> None:
    """Each report says what is awaited, from whom, by when; the last one ends with options."""
    person: Person | None = None
    for number, awaited in enumerate(AWAITED, start=1):
        file = FOLDER / f"sitting-{number}.yaml"
        answers = read_answers(file.read_text("utf-8"), str(file), library)
        terminal = Terminal(tmp_path)
        day = answers.as_of.isoformat()
        try:
            if person is None:
                terminal.start("run", "acrometastasis", "--as-of", day, "--label", "amber-heron")
                person = Person(terminal, library, answers)
            else:
                terminal.start("resume", "amber-heron", "--as-of", day)
                person.terminal, person.answers = terminal, answers
                person.case.move_as_of(answers.as_of)
                terminal.wait("WAITING POINT")
            person.walk()
            said = " ".join(person.report(f"sitting-{number}.txt").read_text("utf-8").split())
            assert person.leave() == 0
        finally:
            terminal.close()
        if awaited is None:
            assert "Options ready for the team" in said
            assert "AWAITED nothing" in said
        else:
            assert person.case.situation.current.stop.kind == "waits"
            assert re.search(awaited[0], said)
            assert awaited[1] in said
            assert "WORKING COPY" in said
