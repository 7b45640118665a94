"""The colours of the full screen. Words say everything without them."""

from __future__ import annotations

import os

from textual.theme import Theme

CONTRAST = Theme(
    name="pathwizard-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    error="#ff9d9d",
    success="#ffffff",
    warning="#ffff00",
    dark=True,
)
THEMES = {
    "dark": "textual-dark",
    "light": "textual-light",
    "contrast": CONTRAST.name,
    "terminal": "ansi-dark",
}
"""The theme of Textual, or ours, for each value of the setting `theme`."""


def colourless() -> bool:
    """Whether NO_COLOR asks for no colour.

    Set but empty is not set (no-color.org); Textual would take the colours away, so it is dropped.
    """
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    return "NO_COLOR" in os.environ
