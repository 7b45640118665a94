"""DMN decision tables as the exits of a step, walked by the engine.

A rule is an exit, read from the top: that is the hit policy *first*. Under *unique* at most one
rule can be true, and under *any* those that are true agree; so both come out the same when the
exits are read from the bottom, which is walked as well.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.conformance.dmn import test_cases, value_of
from tests.conformance.sentence import Outcome
from tests.conftest import TODAY
from tests.small import HEADER, item, load
from wizard.engine.facts import CaseFacts, Fact
from wizard.engine.walk import walk
from wizard.guard import Choice, Number, Value

_POLICIES = {
    "PRIORITY": "exits are read in the order written, not by the rank of their targets",
    "RULE ORDER": "one exit is taken, never several",
    "OUTPUT ORDER": "one exit is taken, never several",
    "COLLECT": "one exit is taken, never several",
}


@dataclass(frozen=True)
class _Table:
    policy: str
    inputs: dict[str, tuple[str, tuple[str, ...]]]
    """By the peer's name: the type, and the options of an enumeration."""
    rules: list[tuple[str, tuple[str, ...]]]
    """Guard and outputs."""


def results(folder: Path, scratch: Path) -> Iterator[Outcome]:
    """Every result of the folders that hold a decision table."""
    for path in sorted(folder.glob("*/*.dmn")):
        element = Xml.parse(path).find(".//{*}decisionTable")
        if element is None:
            continue
        policy = element.get("hitPolicy", "UNIQUE")
        suite = f"DMN hit policy {policy.lower()}"
        table = None if policy in _POLICIES else _read(element, policy)
        for case in test_cases(path.parent):
            name = f"{path.parent.name} {case.get('id')}"
            if table is None:
                yield Outcome(suite, name, "not applicable", _POLICIES[policy])
                continue
            found = _found(table, case, scratch / name.replace(" ", "-"))
            (result,) = case.findall("{*}resultNode")
            expected = tuple((v.text or "").strip() for v in result.iterfind(".//{*}value"))
            if all(one == expected for one in found):
                yield Outcome(suite, name, "passed")
            else:
                yield Outcome(suite, name, "failed", f"{found} where {expected} was expected")


def _read(element: Xml.Element, policy: str) -> _Table:
    inputs = {}
    for column in element.findall("{*}input"):
        expression = column.find("{*}inputExpression")
        assert expression is not None
        options = tuple(re.findall(r'"(\w+)"', column.findtext("{*}inputValues/{*}text", "")))
        kind = expression.get("typeRef", "")
        inputs[expression.findtext("{*}text", "").strip()] = (kind, options)
    rules = []
    for rule in element.findall("{*}rule"):
        tests = [(t.text or "").strip() for t in rule.findall("{*}inputEntry/{*}text")]
        outputs = [
            (t.text or "").strip().strip('"') for t in rule.findall("{*}outputEntry/{*}text")
        ]
        parts = [_guard(name, t) for name, t in zip(inputs, tests, strict=True) if t != "-"]
        rules.append((" and ".join(parts), tuple(outputs)))
    return _Table(policy, inputs, rules)


def _guard(name: str, test: str) -> str:
    if test in ("true", "false"):
        return f"{_word(name)} = {'yes' if test == 'true' else 'no'}"
    if '"' in test:
        options = ", ".join(re.findall(r'"(\w+)"', test)).lower()
        return f"{_word(name)} in ({options})"
    return f"{_word(name)} {test}"


def _word(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace(" ", "_").lower()


def _found(table: _Table, case: Xml.Element, scratch: Path) -> list[tuple[str, ...]]:
    """The outputs of the exit that is taken, read from the top and, but for first, from below."""
    orders = [table.rules] if table.policy == "FIRST" else [table.rules, table.rules[::-1]]
    facts = {
        _word(node.get("name", "")): {1: Fact(_value(table, node), TODAY)}
        for node in case.findall("{*}inputNode")
    }
    found = []
    for number, rules in enumerate(orders):
        library = load(
            scratch.with_name(f"{scratch.name}-{number}"), {"table": _pathway(table, rules)}
        )
        stop = walk(library, "table", CaseFacts(facts=facts), TODAY).main.stop
        taken = re.fullmatch(r"rule_(\d+)", stop.endpoint or "")
        found.append(rules[int(taken[1])][1] if taken else (str(stop.endpoint),))
    return found


def _value(table: _Table, node: Xml.Element) -> Value:
    kind, _ = table.inputs[node.get("name", "")]
    text = value_of(node)
    if kind == "number":
        return Number(Decimal(text))
    return Choice({"true": "yes", "false": "no"}.get(text, text.lower()))


def _pathway(table: _Table, rules: list[tuple[str, tuple[str, ...]]]) -> str:
    items = ""
    for name, (kind, options) in table.inputs.items():
        word = _word(name)
        if kind == "number":
            items += (
                f"  {word}:\n    type: number\n    label: {word}\n    ask: {{clinician: {word}?}}\n"
                "    why: For tests.\n"
            )
        else:
            items += item(word, *(o.lower() for o in options or ("yes", "no")))
    exits = "".join(f'      - {{if: "{g}", to: rule_{n}}}\n' for n, (g, _) in enumerate(rules))
    ends = [*(f"rule_{n}" for n in range(len(rules))), "no_rule", "not_known"]
    return (
        HEADER.format(id="table", start="first")
        + f"items:\n{items}steps:\n  first:\n    stage: presentation\n    title: First\n"
        + f"    asks: [{', '.join(map(_word, table.inputs))}]\n    exits:\n{exits}"
        + "      - {otherwise: no_rule}\n      - {unknown: not_known}\nendpoints:\n"
        + "".join(f"  {end}: {{title: {end}, text: Nothing.}}\n" for end in ends)
    )
