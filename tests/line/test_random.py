"""Seeded lines at random in the plain face: no fault, nothing unprintable, nothing lost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.walker import LABEL, PROPERTY, Reached, Walker, opening
from wizard.case.actions import ACTIONS
from wizard.case.open_case import OpenCase
from wizard.case.variant import PROMPT
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.errors import ExitCode
from wizard.line import home
from wizard.line.home import run_lines
from wizard.line.talk import Talk
from wizard.line.walk import Walk
from wizard.store.store import Store

PARTS = [
    pytest.param(0, 1_000, (300, 500), id="short"),
    *(
        pytest.param(1000 * n, 10_000, (400, 800), id=f"long-{n}", marks=pytest.mark.full)
        for n in range(1, 7)
    ),
    pytest.param(0, 1_500, (1_500, 1_500), id="one-sitting", marks=pytest.mark.full),
]
"""First seed, least number of keys in all, and least and most keys of a run; Enter is a key."""
LETTERS = [a.letter for a in ACTIONS if a.id not in ("none", "leave")]
NONSENSE: tuple[str, ...] = (
    *LETTERS,
    *("1", "9", "0", "", "2 3", "1 not 2", "open 1", "1 0", "99", "-1", "w 2", "e 9", "h 1"),
    *("53 years", "12 weeks", "2026-11-30", "31 Feb 2026", "/pain", "not known", "not done"),
    *(
        "\x1b[2J",
        "\x1b]0;x\x07",
        "[/b]",
        "53,5",
        "999999999999999",
        "\u202e",
        "é日",
        "\t",
        "x" * 300,
    ),
)
MOST_TO_LEAVE = 12


class Source(io.StringIO):
    """Standard input: what the walker types next, after what was said to it."""

    def __init__(self, walker: Walker, out: io.StringIO, most: int, seen: list[Walk]) -> None:
        super().__init__()
        self._walker, self._out, self._most, self._seen = walker, out, most, seen
        self._at = self._known = self._leaving = 0
        self._way = walker.chance.choice(("q", "end", "interrupt"))
        self._case: OpenCase | None = None
        self._asked: tuple[str, Item] | None = None

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """A line; in the end it leaves by q, by the end of the input or by Ctrl+C."""
        said = self._out.getvalue()[self._at :]
        self._at += len(said)
        prompt = said.rpartition("\n")[2].strip().removeprefix(PROMPT)
        walker = self._walker
        walk = self._seen[-1] if self._seen else None
        walker.reached.screens[_kind(prompt)] += 1
        if walk is not None:
            if walk.case is self._case and len(walk.case.events) > self._known:
                walker.reads(walk.case, self._asked, " ".join(said.split()))
            walker.sees(walk.case)
            self._case, self._known = walk.case, len(walk.case.events)
            self._asked = walk.cursor.item
        if walker.reached.keys >= self._most:
            self._leaving += 1
            assert self._leaving <= MOST_TO_LEAVE, prompt
            line = self._leave(prompt)
        else:
            line = self._line(prompt, walk)
            walker.reached.keys += len(line) + 1
        return f"{line}\n" if line is not None else ""

    def _leave(self, prompt: str) -> str | None:
        """What somebody says who wants to leave."""
        if self._way == "interrupt":
            raise KeyboardInterrupt
        if self._way == "end":
            return None
        match _kind(prompt):
            case "question" | "decision" | "end" | "nothing" | "card" | "home":
                return "q"
            case "file":
                return "b"
            case "list":
                return "" if "Enter:" in prompt else "2"
        return ""

    def _line(self, prompt: str, walk: Walk | None) -> str:
        """What is typed at a prompt, mostly with sense."""
        chance, often = self._walker.chance, self._walker.often
        if often(0.03):
            return chance.choice(NONSENSE)
        match _kind(prompt):
            case "question" if walk is not None:
                return self._question(walk)
            case "decision" if walk is not None:
                chosen = walk.cursor.chosen is not None and often(0.85)
                return "" if chosen else " ".join(self._walker.choice(walk.cursor))
            case "end":
                return "q" if often(0.15) else chance.choice([*"cccpsotvwezbxm", "/age", "r"])
            case "card":
                return chance.choice("cccccggkkwq" if often(0.2) else "cccccgk")
            case "list":
                number = re.search(r"1 to (\d+)", prompt)
                if number is None or ("Enter:" in prompt and often(0.2)):
                    return ""
                return str(chance.randint(1, int(number[1])))
            case "search":
                return chance.choice(("", "", "1", "m", "pain", "zzz"))
            case "file":
                return chance.choice(("", "b", "a.txt"))
            case "home":
                return chance.choice(("1", "1", "1", "1", "2", "2", "3", "/pain"))
            case "words":
                return chance.choice(("", "Dr A", "2026-12-01")) if "By when" not in prompt else ""
        return ""

    def _question(self, walk: Walk) -> str:
        cursor, often = walk.cursor, self._walker.often
        assert cursor.item is not None
        name, item = cursor.item
        if often(0.06):
            return self._walker.chance.choice(LETTERS)
        if not self._walker.open(cursor, name) and often(0.85):
            return "0" if item.type == "multi" and often(0.3) else ""
        if often(0.12):
            return self._walker.chance.choice("uuuuufindau")
        return self._walker.answer(item)


PROMPTS = {
    "question": "Answer:",
    "decision": "Choice:|Enter commits",
    "end": "Command:",
    "nothing": "Enter goes on:",
    "card": "Type g, k",
    "list": "Number 1 to|Enter: ",
    "search": "Number opens|Search for",
    "file": "Name of the new file",
    "home": "Type 1, 2, 3",
}


def _kind(prompt: str) -> str:
    """What is asked; *words* where a line is to be filled in."""
    found = (kind for kind, begins in PROMPTS.items() if re.match(begins, prompt))
    return next(found, "words")


@pytest.mark.parametrize(("first", "keys", "longest"), PARTS)
def test_anything_may_be_typed(
    first: int,
    keys: int,
    longest: tuple[int, int],
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Mostly sense, at home, in a new case and in one of any stage of a vignette.

    What was said to be saved is in the store, a few lines leave, half of the runs reach an end.
    """
    monkeypatch.setattr("wizard.desk.Desk.save", lambda self, case, name: name)
    seen: list[Walk] = []

    class Seen(Walk):
        def run(self) -> None:
            seen.append(self)
            super().run()

    monkeypatch.setattr(home, "Walk", Seen)
    reached, seed = Reached(), first
    while reached.keys < keys:
        walker = Walker(seed, stays=longest[0] >= 1_000)
        most = walker.chance.randint(*longest)
        seen.clear()
        _run(walker, most, seen, library, Store(tmp_path / str(seed), lambda: NOW))
        reached.add(walker.reached)
        seed += 1
    record_property(PROPERTY, reached.plain())
    assert keys < 10_000 or reached.ended * 2 >= reached.runs


def _run(walker: Walker, most: int, seen: list[Walk], library: Library, store: Store) -> None:
    """One sitting of so many keys at most, and the leaving of it."""
    desk, out = Desk(library, store, {}, TODAY, lambda: NOW), io.StringIO()
    pathway, case = opening(walker, library, store)
    talk = Talk(Source(walker, out, most, seen), out, unicode=walker.often(0.5))
    code = run_lines(desk, talk, pathway=pathway, case=case, label=pathway and LABEL)
    assert all(ch.isprintable() or ch == "\n" for ch in out.getvalue())
    assert code in (ExitCode.OK, ExitCode.INCOMPLETE, ExitCode.INTERRUPTED)
    walker.holds(library, store)
