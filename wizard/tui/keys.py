"""What the footer and the help page say of the keys: what the screens obey."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.case.actions import ACTIONS
from wizard.case.keys import FULL_SCREEN, KEYS, STAYING, Keys, shown_key


@dataclass(frozen=True)
class Key:
    """An action, the keys that call it, and its words."""

    action: str
    keys: tuple[str, ...]
    shown: str
    words: str


READ_ON = {"read_on": 1, "read_back": -1}
"""The actions that only scroll, and which way."""
FOOTER = ("next", "back", "unknown", "why", "report", "keys")
_BESIDE = ("search", "emergency", "report")
"""Actions whose function key is named beside the letter."""
_BY_NAME = ("back", *FULL_SCREEN)
"""Actions that are named by the first of the keys that stay; by a letter only if one was chosen."""


def shown(keys: Keys, action: str) -> str:
    """The keys of an action in words, those chosen first."""
    named = list(keys.chosen.get(action, ()))
    if action in _BY_NAME:
        named.append(STAYING[action][0])
    elif not named:
        named.append(keys.letter(action))
    if action in _BESIDE:
        named.append(STAYING[action][0])
    return " or ".join(shown_key(key) for key in dict.fromkeys(named))


def brief(keys: Keys, action: str) -> str:
    """The same in the least room: the footer has to fit."""
    named = () if action in _BY_NAME else (keys.letter(action),)
    staying = STAYING[action][:1] if action in (*_BY_NAME, *_BESIDE) else ()
    return " or ".join(shown_key(key) for key in (*named, *staying))


def case_keys(keys: Keys) -> list[Key]:
    """Keys of a case, in the order of the help. Digits answer in an enquiry, mark in a decision."""
    words = {a.id: a.words for a in ACTIONS} | FULL_SCREEN
    order = dict.fromkeys(["next", "back", *FULL_SCREEN, *words])
    return [Key(a, keys.of(a), shown(keys, a), words[a]) for a in order]


CASE_KEYS = case_keys(KEYS)
"""The usual ones."""


def footer_words(keys: Keys, *, more: bool) -> str:
    """The most important keys in one line; with `more` below the screen, how to read on."""
    words = {key.action: key.words for key in CASE_KEYS}
    said = [f"{brief(keys, a)} {words[a].split(':')[0].split(' this')[0]}" for a in FOOTER]
    read_on = f"{brief(keys, 'read_on')} more"
    return "   ".join([read_on, *said[:2], *said[-2:]] if more else said)


def typing_words() -> str:
    """The keys that work while a value is typed: letters are part of it."""
    named = {"keys": "keys", "search": "search", "emergency": "emergency", "report": "report"}
    others = (f"{shown_key(STAYING[action][0])} {words}" for action, words in named.items())
    return "   ".join(["Enter takes it", "Esc drops it", *others])
