"""Published cases in a real terminal, six of them in the short run, by keys only; the report is what the wizard wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.terminal.person import Person
from tests.terminal.tmux import CLI, Terminal
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.definition.library import Library

SHORT_RUN = {
    "acro-first-metatarsal-renal-sprain",
    "acro-metatarsal-endometrial-single-8gy",
    "acro-thumb-fingertip-lung-antibiotics",
    "acro-thumb-triple-negative-breast-rt",
    "bone-spine-prostate-cord-not-walking-48h",
    "mimic-little-finger-gout-melanoma-history",
}
CASES = [
    pytest.param(
        file,
        id=file.parent.name,
        marks=() if file.parent.name in SHORT_RUN else pytest.mark.full,
    )
    for file in sorted(ROOT.glob("*/cases/*/5-treatment.yaml"))
]
pytestmark = pytest.mark.terminal


def same_but_generated(one: str, other: str) -> bool:
    """Whether two reports differ in the generated line alone."""
    a, b = one.splitlines(), other.splitlines()
    differing = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and all(x.startswith("Generated ") for x, _ in differing)


@pytest.mark.hazard("HZ-41")
@pytest.mark.parametrize("file", CASES)
def test_keys_and_replay_give_one_report(file: Path, library: Library, tmp_path: Path) -> None:
    """Headless and by keys: two reports that differ in the generated line alone."""
    answers = read_answers(file.read_text("utf-8"), str(file), library)
    terminal = Terminal(tmp_path)
    try:
        terminal.start(
            "run",
            answers.pathway.id,
            "--as-of",
            answers.as_of.isoformat(),
            "--label",
            "amber-heron",
        )
        person = Person(terminal, library, answers)
        person.walk()
        assert person.case.situation.current.finished
        written = person.report("keys.txt").read_text("utf-8")
        assert person.leave() == 0
    finally:
        terminal.close()
    replayed = tmp_path / "replay.txt"
    subprocess.run([*CLI, "replay", str(file), "--report", str(replayed)], check=True, timeout=60)
    headless = replayed.read_text("utf-8")
    assert "case amber-heron" in written
    assert same_but_generated(written, headless), _difference(written, headless)


def _difference(one: str, other: str) -> str:
    import difflib

    return "\n".join(
        difflib.unified_diff(one.splitlines(), other.splitlines(), "keys", "replay", lineterm="")
    )
