"""The one list of what may reach a terminal, and the scan of a byte stream against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MODES = "7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048"
"""Line wrap, cursor, mouse, focus, alternate screen, bracketed paste, synchronised output, resizing."""
ALLOWED = re.compile(
    r"\x1b\[(?:"
    r"[0-9;:]*m"  # colours and emphasis
    r"|[0-9]+;[0-9]+H"  # the place of the cursor; nothing is erased but by painting over it
    rf"|\?(?:{MODES})[hl]"
    r"|\?(?:2026|2048)\$p"  # whether the terminal knows a mode
    r"|>[0-9]*u|<u"  # the keyboard protocol, on and off
    r")"
    r"|\x1b\]22;(?:default|pointer|text)(?:\x07|\x1b\\)"  # the shape of the pointer
)
CLIPBOARD = re.compile(
    r"\x1b\]52;c;[A-Za-z0-9+/]+=*\x07"
    r"|\x1bPtmux;\x1b\x1b\]52;c;[A-Za-z0-9+/]+=*\x07\x1b\\"
)
CONTROLS = "\r\n\t"
_STRING = re.compile(r"[\]PX^_].*?(?:\x07|\x1b\\|$)", re.DOTALL)
_TMUX = re.compile(r"Ptmux;(?:\x1b\x1b|[^\x1b])*(?:\x1b\\|$)", re.DOTALL)
_CSI = re.compile(r"\[[0-?]*[ -/]*(?:[@-~]|$)")
_OTHER = re.compile(r"[ -/]*(?:[0-~]|$)")


def tokens(data: bytes) -> Iterator[str]:
    """Escape sequences, each whole, and single characters; a byte that is no UTF-8 as a surrogate.

    A sequence that a string such as OSC holds is part of it: a terminal would not obey it alone.
    """
    text = data.decode("utf-8", "surrogateescape")
    at = 0
    while at < len(text):
        end = at + 1
        if text[at] == "\x1b":
            for kind in (_TMUX, _STRING, _CSI, _OTHER):
                if found := kind.match(text, end):
                    end = found.end()
                    break
        yield text[at:end]
        at = end


def refused(data: bytes, *, clipboard: bool = False) -> list[str]:
    """What a terminal would obey and is not allowed, each once.

    Any OSC but the shape of the pointer, so titles (0, 2), links (8) and the clipboard (52), DCS,
    APC, PM, SOS, an unknown CSI, C1, and characters that turn or hide text. With `clipboard`, text
    for the clipboard is allowed, as the one command that sends it does.
    """
    found = dict.fromkeys(
        token
        for token in tokens(data)
        if not (
            ALLOWED.fullmatch(token)
            or (clipboard and CLIPBOARD.fullmatch(token))
            or token in CONTROLS
            or (len(token) == 1 and unicodedata.category(token)[0] != "C")
        )
    )
    return list(found)


def words(data: bytes) -> str:
    """What can be read in a byte stream: text alone, in the order in which it was painted."""
    kept = (
        token if len(token) == 1 else "" if token.endswith("m") else " " for token in tokens(data)
    )
    return " ".join(re.sub(r"[\u2500-\u259f]", " ", "".join(kept)).split())
