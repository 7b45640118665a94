"""How many keys a clinician in a hurry needs; characters typed into a number field do not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.tmux import Terminal
from wizard.definition.library import Library

pytestmark = pytest.mark.terminal


def test_an_emergency_card_within_ten_keys(library: Library, tmp_path: Path) -> None:
    """From the start page: a swollen thumb in a man of 53 who has new weakness of the legs."""
    terminal = Terminal(tmp_path)
    pressed = 0

    def press(expected: str, *keys: str, typed: str = "") -> None:
        nonlocal pressed
        terminal.wait(expected)
        terminal.armed()
        terminal.type(typed)
        terminal.press(*keys)
        pressed += len(keys)

    try:
        terminal.start()
        press("1  Start a case", "1")
        press("Acrometastasis 0.1.0", "1")
        items = library["acrometastasis"].items
        for name, key in (
            ("age", "Enter"), ("sex", "2"), ("affected_region", "1"), ("side", "2"),
            ("bone_hand", "1"), ("finger_name", "1 Enter"), ("neuro_signs", "1"),
        ):  # fmt: skip
            asked = f"> {items[name].ask.clinician[:30]}"
            press(asked, *key.split(), typed="53" if name == "age" else "")
        terminal.wait("Suspected spinal cord or cauda equina compression")
    finally:
        terminal.close()
    assert pressed <= 10
