"""Load, check, walk and proof of synthetic pathways, and how they grow with the steps."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import seconds, table, time_words
from benchmarks.synthetic import AS_OF, facts, write
from wizard.check.lints import lint
from wizard.check.proof import Proof
from wizard.check.proofs import prove
from wizard.definition.diagnostics import ProblemsFound
from wizard.definition.loading import load_library, load_problems
from wizard.engine.walk import walk

SIZES = (10, 100, 1000, 2000, 5000)
LONGEST = 10.0
"""No longer pathway is proved once a proof has taken this time, in seconds."""


def _once(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def _row(steps: int, *, proved: bool) -> tuple[list[str], float]:
    """The figures of one size, and how long its proof took."""
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder) / "flow", steps)
        load = min(_once(lambda: load_library(root)) for _ in range(3))
        loaded = load_problems(root)
    library = loaded.library
    assert library is not None
    all_facts = facts(steps)
    before = walk(library, "long", facts(steps - 1), AS_OF)
    times = (
        load,
        _once(lambda: lint(library, loaded.places, AS_OF)),
        seconds(lambda: walk(library, "long", all_facts, AS_OF), rounds=3),
        seconds(lambda: walk(library, "long", all_facts, AS_OF, before), rounds=3),
    )
    cells = [f"{steps:,}", *map(time_words, times)]
    if not proved:
        return [*cells, "not run"], 0
    proofs: list[Proof] = []
    taken = _once(lambda: proofs.extend(prove(library, library["long"], AS_OF)))
    undecided = sum(proof.verdict == "not decided" for proof in proofs)
    note = f", {undecided} of {len(proofs)} not decided" if undecided else ""
    return [*cells, time_words(taken) + note], taken


def text() -> str:
    """The table with its heading."""
    rows, taken = [], 0.0
    for steps in SIZES:
        try:
            row, taken = _row(steps, proved=taken < LONGEST)
        except ProblemsFound as refused:
            row = [f"{steps:,}", f"refused: {refused.problems[-1].what}", "", "", "", ""]
        rows.append(row)
        print("  ".join(row), file=sys.stderr, flush=True)
    heads = ["steps", "load", "static check", "walk from nothing", "one more fact", "proof"]
    return "### Growth\n\n" + table(heads, rows)
