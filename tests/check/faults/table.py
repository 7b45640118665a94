"""The table of planted faults: `python -m tests.check.faults.table` writes docs/faults.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from tests.check.faults.planting import HERE, Fault, read_faults

PAGE = HERE.parents[2] / "docs" / "faults.md"
HEAD = """# Thirty planted faults

Thirty faults as an author could make them, written from the hazard log alone and before the checker was run on any of
them (`tests/check/faults/`), each planted in a copy of the shipped pathways. `pathwizard check` and `check --prove`
were then run on each copy. A fault counts as found only where the message names the thing that is wrong. Made by
`python -m tests.check.faults.table`; `python -m pytest tests/check/test_faults.py --full` plants them all again and
holds every row to what the checker says.
"""
TAIL = """
What this does not show: faults of other kinds, faults that are wrong medicine in every file at once, and how often
authors make the ones above. The faults and the checker have the same authors.
"""


@dataclass(frozen=True)
class Outcome:
    """What the checker says of one fault.

    `first` is how it was found on the first run (check, proof or missed), `since` how it is found
    now where it was missed, by the check in `check`. `name` is the file, or the subject of the proof; `shows` a guard that
    is true of the counter-example; `why` the reason of a miss.
    """

    first: str
    code: str = ""
    name: str = ""
    shows: str = ""
    why: str = ""
    since: str = ""
    check: str = ""

    @property
    def now(self) -> str:
        """How it is found today."""
        return self.since or self.first


def read_outcomes() -> dict[str, Outcome]:
    """The outcomes by the id of the fault."""
    rows = yaml.safe_load((HERE / "outcomes.yaml").read_text(encoding="utf-8"))
    return {name: Outcome(**row) for name, row in rows.items()}


def page() -> str:
    """docs/faults.md."""
    faults, outcomes = read_faults(), read_outcomes()
    rows = [(fault, outcomes[fault.id]) for fault in faults]
    return "\n".join([HEAD, *_counts(rows), "", *_table(rows), TAIL])


def _counts(rows: list[tuple[Fault, Outcome]]) -> Iterator[str]:
    def number(fault_needs: str, how: str, when: str) -> int:
        return sum(
            fault.needs.startswith(fault_needs) and getattr(outcome, when).startswith(how)
            for fault, outcome in rows
        )

    of = len(rows)
    missed = number("", "missed", "first")
    yield f"**First run: {of - missed} of {of} found**, {missed} missed."
    yield f"{number('', 'check', 'first')} by `check`, {number('', 'proof', 'first')} by `check --prove`;"
    paths = number("paths", "", "first")
    found = paths - number("paths", "missed", "first")
    yield f"of the {paths} that need a proof over all paths and facts {found}, of the {of - paths} others {of - missed - found}."
    now = of - number("", "missed", "now")
    yield f"Every counter-example was replayed through the engine. **Now: {now} of {of}**, with checks that the misses called for."


def _table(rows: list[tuple[Fault, Outcome]]) -> Iterator[str]:
    yield "| fault | hazard | what was planted | needs | what the checker says |"
    yield "| --- | --- | --- | --- | --- |"
    for fault, outcome in rows:
        what = f"{fault.title}. {fault.fault}"
        yield f"| {fault.id} | {fault.hazard} | {what} | {fault.needs} | {_said(outcome)} |"


def _said(outcome: Outcome) -> str:
    found = ""
    if outcome.code:
        found = f"`{outcome.code}`: {outcome.name}"
        if outcome.shows:
            found += f"; counter-example, replayed: `{outcome.shows}`"
        elif outcome.now == "proof":
            found += "; no person can bring it about, so there is none to replay"
    if outcome.first != "missed" and outcome.since:
        return f"found by {outcome.first} on the first run. {outcome.why} Now by {outcome.since}, {found}"
    if outcome.first != "missed":
        return f"found by {'proof' if outcome.first == 'proof' else 'check'}, {found}"
    missed = f"**missed**. {outcome.why}"
    if not outcome.since:
        return missed
    return f"{missed} Found since by a check that came of it ({outcome.check}), {found}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
