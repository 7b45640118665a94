"""The keys, as data: what the footer and the help page show is what the screens obey.

The letters are those of every face (`wizard.case.actions`); here are the keys beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.case.actions import ACTIONS, Action


@dataclass(frozen=True)
class Key:
    """An action, the keys that call it, and its words."""

    action: str
    keys: tuple[str, ...]
    shown: str
    words: str


_NAMES = {"=": "equals_sign", "/": "slash", "?": "question_mark"}
"""What the terminal calls a letter that is none."""
_MORE = {
    "back": ("Shift+Tab", ("shift+tab",)),
    "emergency": ("x or F8", ("f8",)),
    "search": ("/ or F3", ("f3",)),
    "report": ("p or F9", ("f9",)),
    "keys": ("?", ("f1",)),
    "leave": ("q", ("escape", "ctrl+c")),
}


def _key(action: Action) -> Key:
    shown, more = _MORE.get(action.id, (action.letter, ()))
    letter = _NAMES.get(action.letter, action.letter)
    return Key(action.id, (letter, *more), shown, action.words)


_BACK, *_OTHERS = map(_key, ACTIONS)
CASE_KEYS = (
    Key("next", ("enter",), "Enter", "continue"),
    _BACK,
    Key("up", ("up", "k"), "Up", "previous line"),
    Key("down", ("down", "j", "tab"), "Down", "next line"),
    Key("read_on", ("pagedown",), "PageDown", "read on where the page is longer than the screen"),
    Key("read_back", ("pageup",), "PageUp", "read back"),
    *_OTHERS,
)
"""Keys of a case. Digits answer in an enquiry and mark in a decision."""

READ_ON = {"read_on": 1, "read_back": -1}
"""The actions that only scroll, and which way."""
FOOTER = ("next", "back", "unknown", "why", "report", "keys")


def action_of(key: str) -> str | None:
    """The action that a key calls."""
    return next((k.action for k in CASE_KEYS if key in k.keys), None)


def footer_words(*, more: bool) -> str:
    """The most important keys in one line; with `more` below the screen, how to read on."""
    found = {k.action: k for k in CASE_KEYS}
    words = [f"{found[a].shown} {found[a].words.split(':')[0].split(' this')[0]}" for a in FOOTER]
    return "   ".join(["PageDown more", *words[:2], *words[-2:]] if more else words)
