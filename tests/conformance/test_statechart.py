"""An independent engine walks as ours does: the exported statechart in python-statemachine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.conformance.cases import Cases
from tests.conformance.statechart import Chart, resting
from tests.conftest import TODAY
from wizard.definition.library import Library
from wizard.definition.loading import load_library
from wizard.engine.walk import walk
from wizard.guard import Truth

LIBRARY = load_library()
PATHWAYS = sorted(LIBRARY.pathways.keys())
SHORT, BLOCK, BLOCKS = 100, 2_500, 4
ROUNDS, IN_ROUND = 8, 50


class Agreement:
    """Both engines on the same cases: the first difference, and what the cases reached."""

    def __init__(self, pathway_id: str, seed: int, cases: int) -> None:
        own = LIBRARY[pathway_id]
        charts = {pathway_id: Chart(LIBRARY, pathway_id)}
        made = Cases(LIBRARY, pathway_id, seed)
        self.difference: str | None = None
        self.reached: Counter[str] = Counter()
        self.resting: Counter[str] = Counter()
        self.alert_trails = 0
        for number in range(cases):
            case = made.another(TODAY)
            ours = walk(LIBRARY, pathway_id, case, TODAY)
            for trail in ours.trails:
                if trail.pathway not in charts:
                    charts[trail.pathway] = Chart(LIBRARY, trail.pathway)
                places, rests = charts[trail.pathway].run(case, TODAY)
                expected = resting(LIBRARY[trail.pathway], trail)
                if (places, rests) != (trail.places, expected) and self.difference is None:
                    self.difference = (
                        f"case {number}, {trail.pathway}: {places}, {rests}; "
                        f"ours {trail.places}, {expected}"
                    )
            self.alert_trails += sum(t.pathway in charts for t in ours.alert_trails)
            self.reached.update({f"{p.pathway}.{p.step}" for p in ours.main.places})
            self.resting[resting(own, ours.main)] += 1
            if self.difference is not None:
                return


def _holds(agreement: Agreement, cases: int, record: Callable[[str, object], None]) -> None:
    assert agreement.difference is None
    record("agreement", (cases, agreement.alert_trails, len(agreement.resting)))


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_same_trail_each_time(pathway: str, record_property: Callable[[str, object], None]) -> None:
    """The same steps at the same visits, and the same reason for resting."""
    _holds(Agreement(pathway, 0, SHORT), SHORT, record_property)


@pytest.mark.full
@pytest.mark.parametrize("block", range(1, BLOCKS + 1))
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_same_trail_ten_thousand_times(
    pathway: str, block: int, record_property: Callable[[str, object], None]
) -> None:
    """10,000 cases of each pathway, in blocks; every step of the pathway is met."""
    found = Agreement(pathway, block, BLOCK)
    _holds(found, BLOCK, record_property)
    assert {f"{pathway}.{step}" for step in LIBRARY[pathway].steps} <= set(found.reached)


def _wrong_and(table: dict[frozenset[Truth], Truth]) -> Callable[[Truth, Truth], Truth]:
    right = Truth.and_
    return lambda a, b: table.get(frozenset((a, b)), right(a, b))


@pytest.mark.parametrize(
    "table",
    [
        {frozenset((Truth.TRUE, Truth.UNKNOWN)): Truth.TRUE},
        {frozenset((Truth.TRUE, Truth.UNKNOWN)): Truth.FALSE},
        {frozenset((Truth.FALSE, Truth.UNKNOWN)): Truth.UNKNOWN},
        {frozenset((Truth.UNKNOWN,)): Truth.FALSE},
        {frozenset((Truth.TRUE, Truth.FALSE)): Truth.TRUE},
    ],
    ids=[
        "true and unknown is true",
        "true and unknown is false",
        "false and unknown is unknown",
        "unknown and unknown is false",
        "true and false is true",
    ],
)
def test_a_wrong_and_table_is_noticed(
    table: dict[frozenset[Truth], Truth], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No truth value of our engine enters the export, so an error in our `and` shows."""
    monkeypatch.setattr(Truth, "and_", _wrong_and(table))
    rounds = ((name, seed) for seed in range(ROUNDS) for name in PATHWAYS)
    assert any(Agreement(name, seed, IN_ROUND).difference is not None for name, seed in rounds)


def test_the_export_holds_no_truth_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every table of our engine broken the chart is the same, letter by letter."""
    from wizard.report.scxml import scxml

    before = [scxml(LIBRARY, name) for name in PATHWAYS]
    for table in ("and_", "or_", "not_"):
        monkeypatch.setattr(Truth, table, lambda *_: (_ for _ in ()).throw(AssertionError))
    fresh: Library = load_library()
    assert [scxml(fresh, name) for name in PATHWAYS] == before
