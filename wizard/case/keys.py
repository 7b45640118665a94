"""Which key calls which action: the usual ones, and those that a person or a site chose.

A choice replaces the letter of an action. Enter, Esc, Ctrl+C, Shift+Tab, the arrows, the page keys
and the function keys stay with theirs: leaving and the emergencies can always be reached, and
emergencies, search, report and keys can be called while a value is typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.case.actions import ACTIONS, Action
from wizard.errors import BadInput
from wizard.guard import nearest

FULL_SCREEN = {
    "next": "continue",
    "up": "previous line",
    "down": "next line",
    "read_on": "read on where the page is longer than the screen",
    "read_back": "read back",
}
"""Actions that the full screen alone has: the plain lines repaint and scroll nothing."""
USUAL = {"up": "k", "down": "j", **{a.id: a.letter for a in ACTIONS if not a.letter.isdigit()}}
"""The letter of each action that has one; a digit answers and is no letter."""
STAYING = {
    "next": ("enter",),
    "back": ("shift+tab",),
    "up": ("up",),
    "down": ("down", "tab"),
    "read_on": ("pagedown",),
    "read_back": ("pageup",),
    "none": ("0",),
    "search": ("f3",),
    "emergency": ("f8",),
    "report": ("f9",),
    "keys": ("f1",),
    "leave": ("escape", "ctrl+c"),
}
"""Keys that always call their action; all but `0` are keys of the full screen."""
MOVABLE = (*FULL_SCREEN, *(a.id for a in ACTIONS if a.id in USUAL))
"""Actions that a key can be chosen for."""
MORE = (
    *("f2", "f4", "f5", "f6", "f7", "f12"),
    *("space", "home", "end", "insert", "delete", "left", "right"),
)
"""Keys beside letters that can be chosen."""
_NAMES = {"pagedown": "PageDown", "pageup": "PageUp", "escape": "Esc"}
_MEANT = {"esc": "escape", "return": "enter"}


def shown_key(key: str) -> str:
    """A key as screens name it."""
    return key if len(key) == 1 else _NAMES.get(key, "+".join(p.title() for p in key.split("+")))


@dataclass(frozen=True)
class Keys:
    """The keys of every action; `chosen` holds those that replace the letter of one."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, action: str) -> tuple[str, ...]:
        """Every key of an action: those chosen or its usual letter, then those that stay."""
        usual = (USUAL[action],) if action in USUAL else ()
        staying = STAYING.get(action, ())
        return tuple(dict.fromkeys([*self.chosen.get(action, usual), *staying]))

    def letter(self, action: str) -> str:
        """The letter of an action, which is what the plain lines read."""
        return next(key for key in self.of(action) if len(key) == 1)

    def action(self, *pressed: str | None) -> str | None:
        """The action that a key calls, given by its name and by its character."""
        actions = (*FULL_SCREEN, *(a.id for a in ACTIONS))
        return next((a for key in pressed for a in actions if key and key in self.of(a)), None)

    def lettered(self, letter: str) -> Action | None:
        """The action of a case that a letter calls."""
        return next((a for a in ACTIONS if self.letter(a.id) == letter), None)


KEYS = Keys()
"""The usual keys."""


def chosen_keys(given: Mapping[str, tuple[str, str]]) -> Keys:
    """The keys with those chosen: by action, the keys with commas between, and where that stands.

    Raises BadInput, with the place and the mend, for what is no action and for a key that cannot
    be chosen or would call two actions.
    """
    keys = Keys({action: _checked(action, *said) for action, said in given.items()})
    owners: dict[str, str] = {}
    # What nobody chose comes first, so that it is a choice that is told to yield.
    for action in sorted(MOVABLE, key=lambda action: action in given):
        for key in keys.of(action):
            other = owners.setdefault(key, action)
            if other != action:
                raise BadInput(
                    f"the key {shown_key(key)} would call both '{other}' and '{action}'",
                    where=" and ".join(given[a][1] for a in (other, action) if a in given),
                    mend=f"Choose another key for '{action}', or one for '{other}' as well.",
                )
    return keys


def _checked(action: str, written: str, where: str) -> tuple[str, ...]:
    """The keys written for an action. Raises BadInput."""
    if action not in MOVABLE:
        raise _no_action(action, where)
    found = tuple(_key(part.strip(), action, where) for part in written.split(","))
    if action in USUAL and not any(len(key) == 1 for key in found):
        raise BadInput(
            f"'{action}' would have no letter, and the plain lines read letters",
            where=where,
            mend=f'Write one before the others: {action} = "{USUAL[action]},{written}".',
        )
    return found


def _no_action(action: str, where: str) -> BadInput:
    if action == "none":
        what, mend = "the key of 'none' is the digit 0 and stays", "Leave it out."
    else:
        near = nearest(action, MOVABLE)
        meant = f"Did you mean '{near}'? " if near else ""
        what = f"no action is called '{action}'"
        mend = f"{meant}Actions: {', '.join(MOVABLE)}."
    return BadInput(what, where=where, mend=mend)


def _key(written: str, action: str, where: str) -> str:
    """A key by the name that the full screen has for it. Raises BadInput for one not to choose."""
    key = written if len(written) == 1 else _MEANT.get(written.casefold(), written.casefold())
    mend = f"Choose a small letter or a sign; beside it also {', '.join(MORE)}."
    stays = next((a for a, keys in STAYING.items() if key in keys and len(key) > 1), action)
    if stays != action:
        wrong = f"it stays with '{stays}'"
    elif len(key) == 1:
        wrong = _wrong_letter(key)
    elif key in (*MORE, *STAYING.get(action, ())):
        return key
    elif key.startswith(("ctrl+", "^")):
        wrong = "terminals, shells, tmux or screen take keys with Ctrl for themselves"
    elif key in ("f10", "f11"):
        wrong = "terminals take it for themselves"
    else:
        wrong = "no key is called that" if written else "no key is named"
    if wrong:
        raise BadInput(f"'{written}' cannot call '{action}': {wrong}", where=where, mend=mend)
    return key


def _wrong_letter(key: str) -> str:
    """Why a letter or sign cannot be chosen, or nothing."""
    if key.isdigit():
        return "digits answer"
    if key in "+-.":
        return "a number may begin with it"
    if key != key.casefold():
        return "the plain lines do not tell capitals from small letters"
    return "" if key.isprintable() and not key.isspace() else "it cannot be seen"
