"""Peers' conformance data through our parser, type check, evaluator and walk.

The data stay where they are, in the folder that PATHWIZARD_PEERS names; without it nothing is
shown, and the end of the run says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.peers import VARIABLE, all_outcomes, counts, folder, table
from tests.conformance.sentence import Outcome

FOUND = {
    "CQL logical": 39, "CQL comparison": 261, "CQL nullological": 22, "CQL aggregate": 50,
    "CQL conditional": 9, "CQL messages": 4,
    "DMN conjunction": 19, "DMN disjunction": 19, "DMN negation": 6, "DMN between": 38,
    "DMN in": 327, "DMN ternary logic": 18, "DMN ternary logic not": 3,
    "DMN hit policy unique": 6, "DMN hit policy first": 3, "DMN hit policy any": 6,
    "SDC enableWhen": 24,
}  # fmt: skip
"""How many tests the data hold: none may go missing on the way."""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Every test of every peer, run once."""
    peers = folder()
    if peers is None:
        pytest.skip(f"{VARIABLE} names no folder: nothing was shown")
    return all_outcomes(peers)


def test_nothing_fails(
    outcomes: list[Outcome], record_property: Callable[[str, object], None]
) -> None:
    """Each test passes, differs in a documented way, or says why it does not apply."""
    assert [one for one in outcomes if one.kind == "failed"] == []
    assert all(one.words for one in outcomes if one.kind != "passed")
    kinds = Counter(one.kind for one in outcomes)
    run = len(outcomes) - kinds["not applicable"]
    words = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    record_property("peers", f"{len(outcomes)} tests, {run} run: {words}")


def test_none_goes_missing(outcomes: list[Outcome]) -> None:
    """As many as the data hold, and no name twice in a suite."""
    found = {suite: sum(kinds.values()) for suite, kinds in counts(outcomes).items()}
    assert {suite: found.get(suite) for suite in FOUND} == FOUND
    assert Counter((o.suite, o.test) for o in outcomes).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    "suite", ["CQL logical", "DMN ternary logic", "DMN ternary logic not", "DMN hit policy unique",
              "DMN hit policy first"]
)  # fmt: skip
def test_all_of_the_decisive_ones_pass(suite: str, outcomes: list[Outcome]) -> None:
    """Three-valued logic and exits read from the top: no test is left out."""
    assert {one.kind for one in outcomes if one.suite == suite} == {"passed"}


def test_the_documented_table_is_the_one_that_comes_out(outcomes: list[Outcome]) -> None:
    """docs/conformance.md holds what `python -m tests.conformance` prints."""
    page = Path(__file__).parent.parent.parent / "docs" / "conformance.md"
    assert table(outcomes) in page.read_text(encoding="utf-8")
