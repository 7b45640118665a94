"""Tables that are looked up: every edge exact, one row at most, nothing outside."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.small import HEADER, item, write
from wizard.definition.computed import Row, Table, overlap
from wizard.definition.library import Library
from wizard.definition.loading import load_problems
from wizard.definition.validation import validated
from wizard.engine.facts import CaseFacts
from wizard.engine.reading import Reading
from wizard.engine.tables import look_up
from wizard.guard import Absence, Absent, Quantity

BOUNDS = st.one_of(st.none(), st.decimals(0, 20, places=1))


def row(low: Decimal | None, high: Decimal | None, shape: tuple[bool, bool]) -> Row | None:
    """A row of these bounds, closed or open; None where they make none."""
    data = {("from" if shape[0] else "above"): low, ("to" if shape[1] else "below"): high}
    try:
        return validated(Row, {**{k: v for k, v in data.items() if v is not None}, "says": "x"})
    except ValueError:
        return None


@given(
    st.lists(st.tuples(BOUNDS, BOUNDS, st.tuples(st.booleans(), st.booleans())), min_size=2),
    st.fractions(-1, 21),
)
def test_rows_that_do_not_overlap_share_no_number(
    drawn: list[tuple[Decimal | None, Decimal | None, tuple[bool, bool]]], number: Fraction
) -> None:
    """`overlap` is true for every two rows that hold one number."""
    rows = [found for low, high, shape in drawn if (found := row(low, high, shape))]
    holding = [r for r in rows if r.holds(number)]
    assert all(overlap(a, b) for a in holding for b in holding)


@pytest.mark.hazard("HZ-21")
@pytest.mark.invariant("NEVER-03")
@pytest.mark.parametrize(
    ("clearance", "says"),
    [
        ("60.1", "4 mg"),
        ("60", "3.5 mg"),
        ("50", "3.5 mg"),
        ("49.9", "3.3 mg"),
        ("40", "3.3 mg"),
        ("39.9", "3 mg"),
        ("30", "3 mg"),
        ("29.9", "not recommended"),
    ],
)
def test_edges_of_the_label(library: Library, clearance: str, says: str) -> None:
    """Exactly 60 is not above 60; a fraction takes the lower band (MX-BM-01)."""
    pathway = library["acrometastasis"]
    reading = Reading(pathway, CaseFacts(), TODAY).supposing(
        {"creatinine_clearance": Quantity(Decimal(clearance), "mL/min")}
    )
    found = look_up(pathway.tables["zoledronic_acid_label"], reading)
    assert isinstance(found, Row)
    assert found.says == says


@pytest.mark.hazard("HZ-21")
@pytest.mark.invariant("NEVER-03")
@given(st.decimals(0, 400, places=3))
def test_the_label_has_one_row_for_every_clearance(library: Library, clearance: Decimal) -> None:
    """No gap and no overlap, at any number of decimals; the dose never falls as it rises."""
    table = library["acrometastasis"].tables["zoledronic_acid_label"]
    holding = [r for r in table.rows if r.holds(Fraction(clearance))]
    assert len(holding) == 1
    assert (holding[0].says == "not recommended") == (clearance < 30)
    assert (holding[0].says == "4 mg") == (clearance > 60)


def test_an_unknown_input_has_no_row(library: Library) -> None:
    """The reason of the input is that of the table."""
    pathway = library["acrometastasis"]
    found = look_up(pathway.tables["zoledronic_acid_label"], Reading(pathway, CaseFacts(), TODAY))
    assert isinstance(found, Absent)
    assert found.reason is Absence.NOT_COMPUTABLE


def test_no_row_is_taken_from_a_neighbour(library: Library) -> None:
    """A gap and the ends are outside the table."""
    pathway = library["acrometastasis"]
    table = validated(
        Table,
        {
            "label": "x",
            "input": "weight",
            "unit": "kg",
            "rows": [{"from": 40, "below": 50, "says": "a"}, {"above": 50, "to": 60, "says": "b"}],
            "claims": ["MX-BM-01"],
        },
    )
    for weight, said in (("39.9", None), ("50", None), ("50.1", "b"), ("60", "b"), ("61", None)):
        reading = Reading(pathway, CaseFacts(), TODAY).supposing(
            {"weight": Quantity(Decimal(weight), "kg")}
        )
        found = look_up(table, reading)
        assert (found.says if isinstance(found, Row) else None) == said
        if isinstance(found, Absent):
            assert found.reason is Absence.NOT_APPLICABLE


def test_faults_of_tables_are_found(tmp_path: Path) -> None:
    """Overlapping rows, an input that is no quantity, a unit of another kind."""
    common = (
        "items:\n" + item("fever", "yes", "no") + "  mass:\n    type: quantity\n    unit: kg\n"
        "    label: Mass\n    ask: {clinician: Mass?}\n    why: For tests.\n"
        "tables:\n"
        "  bad:\n    label: Bad\n    input: mass\n    unit: mL\n    claims: [DX-TST-01]\n"
        "    rows: [{from: 1, to: 2, says: a}, {from: 2, to: 3, says: b}]\n"
        "  worse:\n    label: Worse\n    input: fever\n    unit: kg\n    claims: [DX-TST-09]\n"
        "    rows: [{above: 1, says: a}]\n"
    )
    text = HEADER.format(id="one", start="first") + (
        "steps:\n  first:\n    stage: presentation\n    title: First\n    asks: [fever, mass]\n"
        "    exits: [{otherwise: done}]\nendpoints:\n  done: {title: Done, text: The end.}\n"
    )
    loaded = load_problems(write(tmp_path / "p", {"one": text}, common))
    codes = sorted(problem.code for problem in loaded.problems)
    assert codes == ["table-rows", "table-rows", "unknown-claim", "unknown-quantity"]
