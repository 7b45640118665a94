"""Seeded nonsense and sense typed at random: no fault, nothing unprintable, nothing lost."""

from __future__ import annotations

import random

import pytest

from tests.line.conftest import Plain
from wizard.case.actions import ACTIONS
from wizard.errors import ExitCode

TYPED = (
    *"1112223334567",
    *("1", "2", "u", "u", "u", "", "", "") * 3,
    *(action.letter for action in ACTIONS if action.letter != "q"),
    *("53 years", "12 weeks", "0", "1 not 2", "open 1", "1 0", "2026-11-30", "/pain", "w 2", "e 9"),
    *(
        "k",
        "g",
        "Dr A",
        "not known",
        "not done",
        "\x1b[2J",
        "[/b]",
        "53,5",
        "999999999999999",
        "\u202e",
    ),
)


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=() if n < 4 else pytest.mark.full) for n in range(300)]
)
def test_anything_may_be_typed(seed: int, plain: Plain, monkeypatch: pytest.MonkeyPatch) -> None:
    """150 lines; then the case is resumed with every event that it had."""
    monkeypatch.setattr("wizard.desk.Desk.save", lambda self, case, name: name)
    chance = random.Random(seed)
    pathways = list(plain.desk.library.pathways)
    said = plain.run(chance.choices(TYPED, k=150), pathway=chance.choice(pathways))
    assert all(ch.isprintable() or ch == "\n" for ch in said)
    assert plain.code in (ExitCode.OK, ExitCode.INCOMPLETE)
    kept = plain.stored()
    plain.resume([])
    assert plain.stored().events == kept.events
