"""The allow-list refuses each class of what a terminal would obey, split or whole, in text or alone."""

from __future__ import annotations

import pytest

from tests.terminal.sequences import refused, words

REFUSED = {
    "title by BEL": b"\x1b]0;x\x07",
    "title by ST": b"\x1b]2;x\x1b\\",
    "clipboard by BEL": b"\x1b]52;c;eA==\x07",
    "clipboard by ST": b"\x1b]52;c;eA==\x1b\\",
    "link": b"\x1b]8;;http://x\x1b\\",
    "shape of the pointer with a payload": b"\x1b]22;x\x1b[2J\x07",
    "DCS": b"\x1bP1$r0m\x1b\\",
    "APC": b"\x1b_Gx\x1b\\",
    "PM": b"\x1b^x\x1b\\",
    "SOS": b"\x1bXx\x1b\\",
    "report of the cursor": b"\x1b[6n",
    "window": b"\x1b[8;1;1t",
    "scrolling region": b"\x1b[1;2r",
    "unknown mode": b"\x1b[?9001h",
    "erasing the screen": b"\x1b[2J",
    "erasing a line": b"\x1b[K",
    "moving the cursor up": b"\x1b[3A",
    "reset": b"\x1bc",
    "C1 in UTF-8": "\x9b2J".encode(),
    "C1 as a byte": b"\x9b2J",
    "bell": b"\x07",
    "backspace": b"\x08",
    "turned text": "\u202e".encode(),
    "zero width": "\u200b".encode(),
    "tag": "\U000e0041".encode(),
    "private use": "\ue000".encode(),
    "cut short": b"\x1b]52;c;",
    "for tmux": b"\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\",
    "another for tmux": b"\x1bPtmux;\x1b\x1b[2J\x1b\\",
}


@pytest.mark.parametrize("sequence", REFUSED.values(), ids=REFUSED)
def test_it_is_refused(sequence: bytes) -> None:
    """In the middle of text; what stands around it is not."""
    assert refused(b"before\r\n" + sequence + b"\x1b[1mafter\x1b[0m")


def test_what_the_program_needs_is_allowed() -> None:
    """Colours, the cursor, modes; and text of every script."""
    allowed = b"\x1b[?1049h\x1b[?2026$p\x1b[1;38;2;1;2;3m\x1b[3;4H\x1b[?25h\x1b[>25u\x1b[<u"
    assert refused(allowed + "\u2500 \u00b5 \u2265\r\n".encode()) == []


def test_the_clipboard_is_allowed_by_name_alone() -> None:
    """Only whole and encoded text for it, bare or for tmux."""
    bare, tmux = REFUSED["clipboard by BEL"], REFUSED["for tmux"]
    assert refused(bare + tmux, clipboard=True) == []
    for name in ("another for tmux", "title by BEL", "link"):
        assert refused(REFUSED[name], clipboard=True), name
    assert refused(b"\x1b]52;c;?\x07", clipboard=True), "asks for what is in it"


def test_words_are_what_is_read() -> None:
    """Emphasis parts no word, a movement does, lines of boxes are none."""
    assert words(b"\x1b[1mA\x1b[0mge\x1b[2;1H\xe2\x94\x82 53") == "Age 53"
