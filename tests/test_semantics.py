"""The examples of docs/semantics.md, run as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.small import HEADER, item, load
from wizard.engine.facts import CaseFacts, Fact
from wizard.engine.walk import walk
from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Interval,
    Multi,
    Quantity,
    Truth,
    Value,
    evaluate,
    parse,
)

TEXT = (Path(__file__).parent.parent / "docs" / "semantics.md").read_text(encoding="utf-8")
SYMPTOMS = frozenset({"pain", "swelling", "weight_loss"})


def blocks(kind: str) -> Iterator[str]:
    """The lines of all fenced blocks of a kind."""
    for block in re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL):
        yield from filter(str.strip, block.splitlines())


def read_value(name: str, words: str) -> Value:
    """A value as the examples write it."""
    words = words.strip()
    reason = words.replace(" ", "_")
    if reason in list(Absence):
        return Absent(Absence(reason))
    if name == "symptoms":
        present = re.search(r"present ([\w ]+)", words)
        absent = re.search(r"absent ([\w ]+)", words)
        yes = frozenset(present[1].split()) if present else frozenset()
        no = frozenset(absent[1].split()) if absent else frozenset()
        return Multi(yes, no, SYMPTOMS - yes - no)
    if name == "mirels":
        low, _, high = words.partition("..")
        return Interval(Decimal(low), Decimal(high))
    if words[0].isdigit():
        number, unit = words.split(" ", 1)
        return Quantity(Decimal(number), unit)
    return Choice(words)


def read_facts(words: str) -> dict[str, Value]:
    """Facts as the examples write them: `name: value; name: value`."""
    pairs = [part.split(":", 1) for part in words.split(";") if part.strip()]
    return {name.strip(): read_value(name.strip(), value) for name, value in pairs}


@pytest.mark.parametrize("line", blocks("guard"))
def test_guard_example(line: str) -> None:
    """Each guard has the truth that the page says."""
    guard, facts, expected = line.split("|")
    values = read_facts(facts)
    truth = evaluate(parse(guard), lambda name: values.get(name, Absent(Absence.NOT_ASKED)))
    assert truth is Truth(expected.strip())


@pytest.mark.hazard("HZ-01")
def test_kleene_table() -> None:
    """The table of the page is the table of the code, all nine rows."""
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$", TEXT, re.MULTILINE)
    table = [[Truth(word) for word in row] for row in rows if row[0] in [t.value for t in Truth]]
    assert len(table) == 9
    for a, b, both, either, opposite in table:
        assert (a.and_(b), a.or_(b), a.not_()) == (both, either, opposite)


COMMON = (
    "items:\n"
    + item("fever", "'yes'", "'no'")
    + "  symptoms:\n    type: multi\n    label: Symptoms\n    ask: {clinician: Symptoms?}\n    why: x\n"
    + "    options: {pain: {label: Pain}, swelling: {label: Swelling}, weight_loss: {label: Loss}}\n"
    + "  duration:\n    type: quantity\n    unit: weeks\n    label: Duration\n"
    + "    ask: {clinician: How long?}\n    why: x\n"
)


@pytest.mark.parametrize("line", blocks("walk"))
def test_walk_example(line: str, tmp_path: Path) -> None:
    """Each walk has the trail and the rest that the page says."""
    steps = re.search(r"```pathway\n(.*?)endpoints:", TEXT, re.DOTALL)
    assert steps is not None
    titled = re.sub(
        r"^  (\w+):$",
        r"  \1:\n    stage: presentation\n    title: \1",
        steps[1],
        flags=re.MULTILINE,
    )
    ends = "endpoints:\n  urgent: {title: U, text: u}\n  short: {title: S, text: s}\n"
    library = load(
        tmp_path / "p", {"one": HEADER.format(id="one", start="first") + titled + ends}, COMMON
    )
    facts, trail, rest = (part.strip() for part in line.split("|"))
    case = CaseFacts(facts={n: {1: Fact(v, TODAY)} for n, v in read_facts(facts).items()})
    main = walk(library, "one", case, TODAY).main
    assert ", ".join(place.step for place in main.places) == trail
    stop = main.stop
    said = {
        "asks": f"{stop.place.step} asks {', '.join(stop.items)}",
        "waits": f"{stop.place.step} waits for {', '.join(stop.items)}",
        "ends": f"ends at {stop.endpoint}",
        "decides": "decides",
    }[stop.kind]
    assert said == rest


def advice_table() -> list[list[str]]:
    """The rows of the status table."""
    part = TEXT[TEXT.index("| guard ") :].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in part[2:5]]


@pytest.mark.hazard("HZ-01", "HZ-20")
def test_status_table(tmp_path: Path) -> None:
    """The nine cells of the status table, through a real pathway."""
    advice = (
        "steps:\n  first:\n    stage: presentation\n    title: f\n    asks: [g]\n    exits: [{otherwise: end}]\n"
        "endpoints: {end: {title: e, text: e}}\n"
        "recommendations:\n  thing:\n    title: T\n    action: Do it.\n    who: w\n    by: b\n    if: g = a\n"
        "    contraindicated_if: [{if: c = a, because: because}]\n    why: w\n    strength: recommend\n"
        "    certainty: c\n    claims: [DX-TST-01]\n"
    )
    common = "items:\n" + item("g", "a", "b") + item("c", "a", "b")
    library = load(tmp_path / "p", {"one": HEADER.format(id="one", start="first") + advice}, common)
    given = {"true": "a", "false": "b", "unknown": None}
    for row in advice_table():
        for contraindicated, cell in zip(("false", "unknown", "true"), row[1:], strict=True):
            chosen = {"g": given[row[0]], "c": given[contraindicated]}
            facts = {n: {1: Fact(Choice(v), TODAY)} for n, v in chosen.items() if v}
            found = walk(library, "one", CaseFacts(facts=facts), TODAY).advice[0]
            assert found.status_words == cell, (row[0], contraindicated)
