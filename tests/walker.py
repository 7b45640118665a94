"""Somebody who walks a case at random, mostly with sense, and remembers what was said to be saved.

Both faces are walked so: what is in view is read off the cursor, and an answer that the item takes
is said. What the runs reached is written beside the test, for the summary of a run of pytest.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from tests.conftest import TODAY
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.api import OpenCase, fact_words
from wizard.case.cursor import Cursor
from wizard.case.events import Answered
from wizard.case.replay import replay
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.engine.facts import Status
from wizard.guard import Absence
from wizard.store.store import Store

QUESTIONS = 150
"""Over so many answers the growth of memory is measured."""
WARM = 10
"""Answers after which what is loaded once is loaded."""
PROPERTY = "random keys"
LABEL = "amber-heron"
STAGES = sorted(ROOT.glob("*/cases/*/[1-4]-*.yaml"))


def memory() -> int:
    """The kB that the process holds now; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4
    except OSError:
        return 0


@dataclass
class Reached:
    """What runs met: it is added up over all of them."""

    keys: int = 0
    runs: int = 0
    ended: int = 0
    answers: int = 0
    screens: Counter[str] = field(default_factory=Counter)
    steps: set[str] = field(default_factory=set)
    all_steps: int = 0
    grown: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Takes what `plain` gave."""
        self.screens, self.steps = Counter(self.screens), set(self.steps)

    def plain(self) -> dict[str, object]:
        """In types that one process of pytest can hand to another."""
        return {**vars(self), "screens": dict(self.screens), "steps": sorted(self.steps)}

    def add(self, other: Reached) -> None:
        """The runs of another."""
        self.keys += other.keys
        self.runs += other.runs
        self.ended += other.ended
        self.answers += other.answers
        self.screens += other.screens
        self.steps |= other.steps
        self.all_steps = max(self.all_steps, other.all_steps)
        self.grown += other.grown

    def words(self) -> str:
        """As the summary prints it."""
        memory = "not reached in one run"
        if self.grown:
            memory = f"{median(self.grown):,.0f} kB (median), {max(self.grown):,} kB (most)"
            memory += f" in {len(self.grown)} runs"
        met = ", ".join(f"{name} {n:,}" for name, n in self.screens.most_common())
        return (
            f"random keys: {self.keys:,} in {self.runs} runs, {self.ended} of which reached an "
            f"end ({self.ended / max(self.runs, 1):.0%}); {self.answers:,} answers said to be "
            f"saved and found in the store; {len(self.steps)} of {self.all_steps} steps; "
            f"memory over {QUESTIONS} questions: {memory}; {met}"
        )


class Walker:
    """Says what comes next, and holds the program to what it said was saved."""

    def __init__(self, seed: int, *, stays: bool = False) -> None:
        """`stays`: begins at home and goes on to the next case, for one long sitting."""
        self.chance = random.Random(seed)
        self.stays = stays
        self.reached = Reached(runs=1)
        self._said: dict[str, list[tuple[str, str]]] = {}
        self._cases: dict[str, OpenCase] = {}
        self._begun_at_end: set[str] = set()
        self._memory = 0

    def often(self, share: float) -> bool:
        """True in so many of all times."""
        return self.chance.random() < share

    # What is said

    def answer(self, item: Item) -> str:
        """An answer that an item takes: a digit, a number, a day, words."""
        chance = self.chance
        if item.options:
            return str(chance.randint(1, len(item.options)))
        if item.levels:
            return str(chance.choice(list(item.levels)))
        if item.type == "date":
            return (TODAY - timedelta(days=chance.randint(0, 900))).isoformat()
        if item.type == "text":
            return chance.choice(("Dr A", "as told by the son", "seen at 14:30"))
        if item.limits is None:
            return str(chance.randint(1, 20))
        low, high = (
            item.limits.hard if item.limits.soft is None or self.often(0.1) else item.limits.soft
        )
        digits = 0 if high - low > 10 else 1
        return f"{round(low + (high - low) * chance.randint(1, 99) / 100, digits):f}"

    def open(self, cursor: Cursor, name: str) -> bool:
        """Whether an answer is wanted of the item in view."""
        fact = cursor.case.fact(name, cursor.place)
        return fact is None or not fact.is_answer or fact.absence is Absence.AWAITED

    def choice(self, cursor: Cursor) -> list[str]:
        """The numbers of what is proposed, now and then of another candidate, or of none."""
        state = cursor.decision
        assert state is not None
        able = [str(n) for n, a in enumerate(state.candidates, 1) if a.status is not Status.BLOCKED]
        proposed = [str(n) for n, a in enumerate(state.candidates, 1) if a.id in state.proposal]
        if proposed and self.often(0.75):
            return proposed
        if not able or (state.decision.none_label is not None and self.often(0.3)):
            return ["0"]
        return self.chance.sample(able, min(len(able), max(1, state.decision.least)))

    # What was seen

    def sees(self, case: OpenCase) -> None:
        """Where the case stands after a key."""
        label = case.state.label
        if label not in self._cases:
            self._said.setdefault(label, [])
            if case.situation.main.finished:
                self._begun_at_end.add(label)
        self._cases[label] = case
        if case.situation.main.finished and label not in self._begun_at_end:
            self.reached.ended = 1
        for trail in case.situation.trails:
            self.reached.steps |= {f"{p.pathway}.{p.step}" for p in trail.places}

    def reads(self, case: OpenCase, asked: tuple[str, Item] | None, words: str) -> None:
        """What was said back to an answer: that it is saved is taken at its word."""
        said, saved, _ = words.rpartition(" Saved.")
        if asked is None or not saved or f"{asked[1].label}: " not in said:
            return
        said = said[said.rindex(f"{asked[1].label}: ") :]
        self._said.setdefault(case.state.label, []).append((asked[0], " ".join(said.split())))
        self.reached.answers += 1
        if self.reached.answers == WARM:
            self._memory = memory()
        elif self.reached.answers == WARM + QUESTIONS and self._memory:
            self.reached.grown.append(memory() - self._memory)

    def holds(self, library: Library, store: Store) -> None:
        """Every answer that was said to be saved, and every event shown, is in the store."""
        for label, case in self._cases.items():
            kept = tuple(store.read(label).events)
            assert kept == case.events
            again = OpenCase(library, kept)
            answers: dict[str, set[str]] = {}
            for event in kept:
                if isinstance(event, Answered):
                    item = _item(again, library, event.item)
                    words = f"{item.label}: {fact_words(item, event.fact)}."
                    answers.setdefault(event.item, set()).add(" ".join(words.split()))
            for name, said in self._said[label]:
                assert any(said.startswith(words) for words in answers.get(name, ())), said
        self.reached.all_steps = sum(len(p.steps) for p in library.pathways.values())


def opening(walker: Walker, library: Library, store: Store) -> tuple[str | None, str | None]:
    """The pathway to start, or the case to resume, at a stage that has not ended; or home."""
    chance = walker.chance
    start = chance.random()
    if walker.stays or start < 0.3:
        return None, None
    if start < 0.8:
        return chance.choice(sorted(library.pathways)), None
    file = chance.choice(STAGES)
    answers = replace(read_answers(file.read_text("utf-8"), str(file), library), label=LABEL)
    store.append(LABEL, replay(answers, library).events, 0)
    return None, LABEL


def _item(case: OpenCase, library: Library, name: str) -> Item:
    """An item of a pathway of the case, or of one whose trail the case has left again."""
    pathways = [*case.situation.pathways, *library.pathways.values()]
    return next(p.items[name] for p in pathways if name in p.items)
