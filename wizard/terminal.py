"""What this terminal can show; looked at before a face is chosen and imported."""

from __future__ import annotations

import os
import sys

from wizard.errors import TerminalUnfit

LEAST_COLUMNS, LEAST_LINES = 80, 24
LEAST_FOR_FULL_SCREEN = 60
"""In fewer columns the plain lines are chosen."""
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
    return _dumb() or os.get_terminal_size(sys.stdout.fileno()).columns < LEAST_FOR_FULL_SCREEN


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
