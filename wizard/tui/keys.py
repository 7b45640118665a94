"""The keys, as data: what the footer and the help page show is what the screens obey."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """An action, the keys that call it, and its words."""

    action: str
    keys: tuple[str, ...]
    shown: str
    words: str


CASE_KEYS = (
    Key("next", ("enter",), "Enter", "continue"),
    Key("back", ("shift+tab", "b"), "Shift+Tab", "back"),
    Key("up", ("up", "k"), "Up", "previous line"),
    Key("down", ("down", "j", "tab"), "Down", "next line"),
    Key("unknown", ("u",), "u", "not known"),
    Key("await", ("a",), "a", "awaited: from whom, by when"),
    Key("not_done", ("n",), "n", "not done"),
    Key("declined", ("d",), "d", "declined"),
    Key("not_applicable", ("i",), "i", "not applicable, where the item allows it"),
    Key("none", ("0",), "0", "none of the others, or none of the candidates"),
    Key("same", ("equals_sign",), "=", "same as at the visit before"),
    Key("why", ("w",), "w", "why this is asked or advised"),
    Key("evidence", ("e",), "e", "evidence"),
    Key("advice", ("v",), "v", "all advice now"),
    Key("trail", ("t",), "t", "trail: jump to a step"),
    Key("check", ("c",), "c", "check your answers"),
    Key("search", ("slash",), "/", "search the questions and answers, or a list"),
    Key("emergency", ("x", "f8"), "x or F8", "emergency now"),
    Key("report", ("p", "f9"), "p or F9", "report"),
    Key("call_sheet", ("s",), "s", "call sheet for the telephone"),
    Key("respond", ("o",), "o", "respond to advice: done, declined, deferred"),
    Key("undo", ("z",), "z", "undo the last answer"),
    Key("reader", ("l",), "l", "clinician or trainee wording"),
    Key("keys", ("question_mark", "f1"), "?", "keys"),
    Key("leave", ("q", "escape", "ctrl+c"), "q", "save and leave the case"),
)
"""Keys of a case. Digits answer in an enquiry and mark in a decision."""

FOOTER = ("next", "back", "unknown", "why", "report", "keys")


def action_of(key: str) -> str | None:
    """The action that a key calls."""
    return next((k.action for k in CASE_KEYS if key in k.keys), None)


def footer_words() -> str:
    """The most important keys in one line."""
    found = {k.action: k for k in CASE_KEYS}
    return "   ".join(
        f"{found[a].shown} {found[a].words.split(':')[0].split(' this')[0]}" for a in FOOTER
    )
