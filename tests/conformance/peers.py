"""All peers' conformance data in one list of outcomes, and its table."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.conformance import cql, dmn, enable_when, tables
from tests.conformance.sentence import Outcome

VARIABLE = "PATHWIZARD_PEERS"


def folder() -> Path | None:
    """Where the data are, or None: then nothing can be shown."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given and Path(given).is_dir() else None


def all_outcomes(peers: Path) -> list[Outcome]:
    """Every test of every peer."""
    with tempfile.TemporaryDirectory() as scratch:
        return [
            *cql.results(peers / "cql-logic"),
            *dmn.results(peers / "dmn-tck"),
            *tables.results(peers / "dmn-tck", Path(scratch)),
            *enable_when.results(peers / "sdc-enablewhen", Path(scratch)),
        ]


def counts(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """How many of each kind, by suite."""
    found: dict[str, Counter[str]] = {}
    for one in outcomes:
        found.setdefault(one.suite, Counter())[one.kind] += 1
    return found


def table(outcomes: list[Outcome]) -> str:
    """Counts by suite, then every reason with its count, as Markdown."""
    kinds = ("passed", "differs as documented", "failed", "not applicable")
    lines = ["| tests | run | passed | differs as documented | failed | not applicable |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    total: Counter[str] = Counter()
    for suite, found in counts(outcomes).items():
        lines.append(_row(suite, found, kinds))
        total.update(found)
    lines.append(_row("**all**", total, kinds))
    lines += ["", "| tests | not applicable, or different, because | how many |"]
    lines.append("| --- | --- | ---: |")
    spoken = [o for o in outcomes if o.kind in ("not applicable", "differs as documented")]
    for (suite, words), number in Counter((o.suite, o.words) for o in spoken).items():
        lines.append(f"| {suite} | {words} | {number} |")
    return "\n".join(lines) + "\n"


def _row(suite: str, found: Counter[str], kinds: tuple[str, ...]) -> str:
    run = sum(found.values()) - found["not applicable"]
    return f"| {suite} | {run} | " + " | ".join(str(found[kind]) for kind in kinds) + " |"
