"""Whether the wizard can run in this terminal; looked at before Textual is imported."""

from __future__ import annotations

import os
import sys

from wizard.errors import TerminalUnfit

LEAST_COLUMNS, LEAST_LINES = 80, 24


def check_terminal() -> None:
    """Raises TerminalUnfit without a terminal, in a dumb one, and in one that is too small."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise TerminalUnfit(
            "the wizard needs a terminal for input and screen",
            mend="Run it in a terminal, or use `pathwizard replay FILE`.",
        )
    if os.environ.get("TERM", "dumb") == "dumb":
        raise TerminalUnfit(
            "the terminal is of the kind 'dumb'", mend="Set TERM, or use `pathwizard replay FILE`."
        )
    size = os.get_terminal_size(sys.stderr.fileno())
    if size.columns < LEAST_COLUMNS or size.lines < LEAST_LINES:
        raise TerminalUnfit(
            f"the terminal has {size.columns} columns and {size.lines} lines",
            mend=f"Make it at least {LEAST_COLUMNS} by {LEAST_LINES}, or use "
            "`pathwizard replay FILE`.",
        )
