"""What this terminal can show, looked at before a face is chosen; and the way to its clipboard."""

from __future__ import annotations

import os
import sys

from wizard.errors import BadInput, TerminalUnfit

LEAST_COLUMNS, LEAST_LINES = 60, 16
"""What the full screen needs; in less the plain lines are chosen."""
PLAIN = ("PATHWIZARD_PLAIN", "ACCESSIBLE")
"""Each asks for plain lines where it is set and not empty."""


def check_terminal() -> None:
    """Raises TerminalUnfit without a terminal, in a dumb one, and in one that is too small."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise TerminalUnfit(
            "the wizard needs a terminal for input and screen",
            mend="Run it in a terminal, with `--plain`, or use `pathwizard replay FILE`.",
        )
    if _dumb():
        raise TerminalUnfit(
            "the terminal is of the kind 'dumb'", mend="Set TERM, or use `--plain`."
        )
    size = os.get_terminal_size(sys.stderr.fileno())
    if size.columns < LEAST_COLUMNS or size.lines < LEAST_LINES:
        raise TerminalUnfit(
            f"the terminal has {size.columns} columns and {size.lines} lines",
            mend=f"Make it at least {LEAST_COLUMNS} by {LEAST_LINES}, or use `--plain`.",
        )


def wants_lines() -> bool:
    """Whether plain lines are asked for by the environment, or all that the terminal takes."""
    if any(os.environ.get(name) for name in PLAIN):
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    size = os.get_terminal_size(sys.stdout.fileno())
    return _dumb() or size.columns < LEAST_COLUMNS or size.lines < LEAST_LINES


def _dumb() -> bool:
    return os.environ.get("TERM", "dumb") in ("", "dumb")


def takes_unicode() -> bool:
    """Whether the locale is UTF-8. Python's own stand-in for the C locale is not taken for one."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        said = os.environ.get(name, "")
        stand_in = name == "LC_CTYPE" and said == "C.UTF-8" and not os.environ.get("LANG")
        if said and not stand_in:
            return said.casefold().replace("-", "").endswith("utf8")
    return False


MOST_FOR_CLIPBOARD = 74_994
"""Bytes. They become 100,000 characters; terminals are known to drop more in silence."""
COPY, FILE = "copy", "file"


def for_clipboard(text: str) -> str:
    """What hands a text to the clipboard of the terminal (OSC 52), in an envelope within tmux.

    Raises BadInput for a text that is too long, TerminalUnfit in a dumb terminal.
    """
    from base64 import b64encode

    data = text.encode()
    if len(data) > MOST_FOR_CLIPBOARD:
        raise BadInput(
            f"the report has {len(data):,} bytes; terminals take {MOST_FOR_CLIPBOARD:,} at most "
            "for a clipboard",
            mend="Write it to a file.",
        )
    if _dumb():
        raise TerminalUnfit("this terminal has no clipboard", mend="Write it to a file.")
    sequence = f"\x1b]52;c;{b64encode(data).decode()}\a"
    if os.environ.get("TMUX"):
        inner = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{inner}\x1b\\"
    return sequence


def clipboard_offer(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What copying a text means, or why it cannot be copied; and what can be chosen."""
    file = (FILE, "Write it to a file instead")
    try:
        for_clipboard(text)
    except (BadInput, TerminalUnfit) as error:
        return error.said(), [file]
    return _risk(), [(COPY, f"Copy it to the clipboard of {_whose()}"), file]


def copied_words(text: str) -> str:
    """What is known once a text was sent to the clipboard."""
    return (
        f"Sent to the clipboard of {_whose()}: {len(text):,} characters. Whether it arrived is not "
        "known: terminals may ignore it. Paste it to see."
    )


def _risk() -> str:
    if _over_ssh():
        return (
            "You are connected over SSH: the text goes to the clipboard of the computer in front "
            "of you, not of this one. What that computer keeps or shares of it is not known here."
        )
    return "Every program there can read it; some systems keep what was copied, or share it."


def _whose() -> str:
    return "the computer in front of you" if _over_ssh() else "this terminal"


def _over_ssh() -> bool:
    return any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
