"""Terminals of several kinds and locales: the same questions, and no byte that they cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.control import program
from wizard.errors import ExitCode

KINDS = [
    ("linux", "C.UTF-8", 80, 24),
    ("xterm", "C.UTF-8", 60, 16),
    ("screen", "C.UTF-8", 200, 60),
    ("tmux-256color", "en_US.UTF-8", 120, 40),
    ("xterm-256color", "C", 80, 24),
    ("xterm-256color", "de_DE.ISO-8859-1", 80, 24),
]


@pytest.mark.terminal
@pytest.mark.hazard("HZ-44")
@pytest.mark.parametrize(("kind", "locale", "columns", "lines"), KINDS)
def test_a_question_in_any_terminal(
    kind: str, locale: str, columns: int, lines: int, tmp_path: Path
) -> None:
    """An answer is taken and the next question painted; ASCII alone where UTF-8 is not spoken."""
    run = ("run", "acrometastasis")
    with program(tmp_path, *run, columns=columns, lines=lines, TERM=kind, LC_ALL=locale) as seen:
        seen.wait("Age?")
        seen.press("5", "3")
        seen.until("53")
        seen.press("Enter")
        seen.wait("Sex?")
        seen.press("q")
        seen.wait("Leave")
        seen.press("1")
        assert seen.wait_code() == ExitCode.OK
    said = bytes(seen.data)
    if locale.endswith("UTF-8"):
        assert "╭" in said.decode("utf-8")
    else:
        assert said.isascii()
