"""The logic part of the CQL conformance data through our parser and evaluator.

The data stay where they are: the folder comes from PATHWIZARD_PEERS. `xor` and `implies`, which our
language does not have, are written with and, or, not; everything else is taken as it stands.
"""

from __future__ import annotations

import os
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from pathlib import Path

import pytest

from wizard.guard import Absence, Absent, Truth, evaluate, parse

FOLDER = os.environ.get("PATHWIZARD_PEERS")
NAMESPACE = "{http://hl7.org/fhirpath/tests}"
NAMES = {"true": Truth.TRUE, "false": Truth.FALSE, "null": Truth.UNKNOWN}
OURS = {"true": "yes_it_is", "false": "no_it_is_not", "null": "nobody_knows"}


def translate(expression: str) -> str:
    """A CQL expression in our grammar."""
    words = [OURS.get(word, word) for word in expression.split()]
    if "xor" in words:
        a, _, b = words
        return f"({a} and not {b}) or (not {a} and {b})"
    if "implies" in words:
        a, _, b = words
        return f"not {a} or {b}"
    return " ".join(words)


def facts(name: str) -> Truth | Absent:
    """Constants as findings."""
    for cql, ours in OURS.items():
        if ours == name:
            return NAMES[cql]
    return Absent(Absence.NOT_ASKED)


@pytest.mark.skipif(not FOLDER, reason="PATHWIZARD_PEERS is not set: nothing was shown")
def test_cql_logical_operators(record_property: Callable[[str, object], None]) -> None:
    """All 39 logical tests; the counts are recorded, and none is left out."""
    file = Path(FOLDER or "") / "cql-logic" / "CqlLogicalOperatorsTest.xml"
    tests = list(Xml.parse(file).iter(f"{NAMESPACE}test"))
    failed, translated = [], 0
    for test in tests:
        expression = test.findtext(f"{NAMESPACE}expression", "").strip()
        expected = NAMES[test.findtext(f"{NAMESPACE}output", "").strip()]
        translated += "xor" in expression or "implies" in expression
        if evaluate(parse(translate(expression)), facts) is not expected:
            failed.append(test.get("name"))
    record_property("run", len(tests))
    record_property("through and, or, not", translated)
    print(
        f"CQL logic: run {len(tests)}, passed {len(tests) - len(failed)}, of these {translated} through and/or/not, not applicable 0"
    )
    assert len(tests) == 39
    assert failed == []
