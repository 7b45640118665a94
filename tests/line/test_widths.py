"""Plain lines in narrow windows: every line fits, nothing is lost, no number leaves its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.line.conftest import LABEL, Plain
from tests.line.human import Human
from tests.tui.test_sizes import PARTED
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.open_case import OpenCase
from wizard.definition.library import Library
from wizard.guard import Truth
from wizard.line.talk import Talk
from wizard.text import to_ascii

FILE = ROOT / "acrometastasis/cases/acro-thumb-fingertip-lung-antibiotics/5-treatment.yaml"
WIDTHS = [pytest.param(n, marks=() if n in (39, 59) else pytest.mark.full) for n in range(39, 73)]


def words(text: str) -> str:
    """Text without spaces and line ends."""
    return re.sub(r"\s+", "", text)


def clinical(case: OpenCase, answered: Iterable[str]) -> list[str]:
    """What must be heard whole: questions and options, decisions with candidates, all advice, emergencies."""
    situation = case.situation
    items = {n: i for p in situation.pathways for n, i in p.items.items()}
    asked = [items[name] for name in answered]
    decisions = [d for place in situation.places if (d := situation.decision(place)) is not None]
    listed = [advice.recommendation for advice in situation.listed]
    present = [state for state in situation.alerts if state.truth is Truth.TRUE]
    assert decisions
    assert listed
    assert present
    return [
        *(item.ask.clinician for item in asked),
        *(option.label for item in asked for option in item.options.values()),
        *(state.decision.question for state in decisions),
        *(a.recommendation.title for state in decisions for a in state.candidates),
        *(text for r in listed for text in (r.title, r.why)),
        *(text for state in present for text in (state.title, state.alert.text)),
        *(action.do for state in present for action in state.now),
    ]


@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_whole_case_in_a_narrow_window(
    width: int,
    unicode: bool,
    plain: Plain,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A published case to its end, why and advice read out: the words are those of 72 columns."""
    monkeypatch.chdir(tmp_path)
    answers = replace(read_answers(FILE.read_text("utf-8"), str(FILE), library), label=LABEL)
    human = Human(library, answers)
    human.walk()
    plain.desk = replace(plain.desk, today=answers.as_of)
    typed = ["w", "e", *human.lines, "v", "c", "", "q"]
    monkeypatch.setattr(Talk, "width", property(lambda self: width))
    said = plain.run(typed, pathway=answers.pathway.id, unicode=unicode)
    assert "Error:" not in said
    assert not PARTED.search(said), PARTED.findall(said)
    too_long = [line for line in said.splitlines() if len(line) > width]
    assert not [line for line in too_long if "://" not in line], too_long
    if not unicode:
        assert said.isascii()
    heard = words(said)
    for text in clinical(plain.stored(), answers.facts):
        assert words(text if unicode else to_ascii(text)) in heard, text
