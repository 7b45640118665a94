"""Writes docs/commands.md: every command of a case, and how both faces reach it.

`python tools/commands.py` writes the file; a test compares it.
"""

from __future__ import annotations

from pathlib import Path

from wizard.case import api, asking, consequences, explanation, review, variant
from wizard.case.actions import ACTIONS, WITHOUT_LETTER
from wizard.case.keys import FULL_SCREEN, MOVABLE, USUAL
from wizard.case.open_case import OpenCase
from wizard.case.variant import Variant
from wizard.tui.keys import CASE_KEYS

FILE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# What a person can do, in both faces

Made by `tools/commands.py`; a test keeps it so. The letters are the same in the full screen and in
the plain lines (`--plain`), where each is followed by Enter; there a number with Enter answers or
chooses. [settings.md](settings.md) says how to choose other letters, under the names in the last
column.

## Letters

| letter | what it does | more keys of the full screen | name in the settings |
| --- | --- | --- | --- |
"""
COMMANDS = """
In the plain lines Enter keeps an answer and goes on, and commits. There `w 2`, `e 2` and `h 2` are
about the second candidate of a decision, and `/word` searches at once. From 110 columns on `w`,
`e`, `h` and `m` show theirs beside the question, and pressed again on the whole screen.

A digit answers the item that is marked, and the mark goes to the next item that is not answered.
Where an answer makes questions come or go, they are named, and the full screen takes no key until
that is painted. Without a unit a number is in the unit of its item, and is said back with it.
Leaving the case that the program was started with (`run`, `resume`) ends the program; a case that
was opened from the start page leads back there.

The report can be written to a new file (`p`, then `s`; in the plain lines a number) or copied to
the clipboard of the terminal (`c`). Where that is, over SSH the computer in front of you, is said
before and after; nothing else is ever written to it. It goes by OSC 52, for tmux in its envelope,
up to 74,994 bytes. A terminal may ignore it.

## Commands of a case

| command | what it does | reached by |
| --- | --- | --- |
"""


def commands() -> dict[str, str]:
    """Every command by name with the first sentence of its documentation."""
    named = [*WITHOUT_LETTER, *(c for action in ACTIONS for c in action.commands)]
    found = {}
    for name in dict.fromkeys(named):
        places = (OpenCase, Variant, api, asking, consequences, explanation, review, variant)
        command = next(getattr(p, name) for p in places if hasattr(p, name))
        text = " ".join((command.__doc__ or "").split())
        found[name] = text.split(". ")[0].rstrip(".") + "."
    return found


def table() -> str:
    """The whole page."""
    keys = {key.action: key for key in CASE_KEYS}
    out = [HEAD.rstrip("\n")]
    for action in ACTIONS:
        out.append(_row(f"`{action.letter}`", action.words, keys[action.id].keys[1:], action.id))
    for name, words in FULL_SCREEN.items():
        letter = USUAL.get(name)
        others = keys[name].keys[1:] if letter else keys[name].keys
        out.append(_row(f"`{letter}` (full screen)" if letter else "", words, others, name))
    out.append(COMMANDS.rstrip("\n"))
    for name, words in commands().items():
        letters = ", ".join(f"`{a.letter}`" for a in ACTIONS if name in a.commands)
        ways = "; ".join(filter(None, [WITHOUT_LETTER.get(name, ""), letters]))
        out.append(f"| `{name}` | {words} | {ways} |")
    return "\n".join(out) + "\n"


def _row(letter: str, words: str, others: tuple[str, ...], action: str) -> str:
    more = ", ".join(f"`{key}`" for key in others)
    name = f"`{action}`" if action in MOVABLE else ""
    return f"| {letter} | {words} | {more} | {name} |".replace("|  |", "| |").replace("|  |", "| |")


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
