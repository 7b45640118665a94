"""Worked examples: computed as from the command line, and a wrong one is an error."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from itertools import dropwhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vignettes.test_vignettes import ROOT
from wizard.case.scoring import compute_score
from wizard.check.examples import example_problems
from wizard.definition.computed import Derived, Score, Table
from wizard.definition.diagnostics import Problem
from wizard.definition.library import Library
from wizard.definition.loading import load_problems
from wizard.errors import BadInput
from wizard.guard import Interval, Quantity

DAY = date(2026, 11, 22)
SCORED = (
    "corrected_calcium creatinine_clearance egfr_from_creatinine mirels sins katagiri tokuhashi"
).split()


def problems(root: Path) -> list[Problem]:
    """What is wrong with the examples below a folder of pathways."""
    loaded = load_problems(root)
    assert loaded.library is not None, loaded.problems
    return list(example_problems(loaded.library, loaded.places))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped pathways, to be spoiled."""
    return Path(shutil.copytree(ROOT, tmp_path / "pathways"))


def test_every_shipped_number_has_examples_and_they_hold(library: Library) -> None:
    """Each example is run; each score has one outside its validity or with something missing."""
    assert problems(ROOT) == []
    common = library.common
    numbers: dict[str, Derived | Score | Table] = {
        **common.derived,
        **common.scores,
        **common.tables,
    }
    assert set(SCORED) | {"zoledronic_acid_label"} <= set(numbers)
    for name, defined in numbers.items():
        gives = [example.gives for example in defined.examples]
        assert len(gives) >= 4, name
        assert any(g.startswith(("does not apply", "not computable")) for g in gives), name


@pytest.mark.hazard("HZ-25")
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("scores.yaml", "gives: 2.80 mmol/L", "gives: 2.81 mmol/L"),
        ("scores.yaml", "+ 0.02 *", "+ 0.022 *"),
        ("scores.yaml", "peritrochanteric: 3}", "peritrochanteric: 2}"),
        ("scores.yaml", "* 1.012", "* 1.02"),
        ("scores.yaml", "rapid: 3", "rapid: 2"),
        ("scores.yaml", "crp >= 4 mg/L", "crp > 4 mg/L"),
        ("scores.yaml", "calcium_total >= 2.5698", "calcium_total >= 2.57"),
        ("scores.yaml", "adds: 1}\n      - {label: Laboratory critical", None),
        ("tables.yaml", "{above: 60,", "{from: 60,"),
        ("tables.yaml", "below: 30, says", "to: 30, says"),
    ],
)
def test_a_spoiled_number_fails(copied: Path, file: str, before: str, after: str | None) -> None:
    """Formula, points, limits and rows are each held by an example or refused while loading."""
    path = copied / "common" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    spoiled = text.replace(before, after or before.replace("adds: 1", "adds: 2"), 1)
    path.write_text(spoiled, encoding="utf-8")
    loaded = load_problems(copied)
    if loaded.library is None:
        assert {p.code for p in loaded.problems} & {"bands", "table-rows"}
        return
    codes = {p.code for p in example_problems(loaded.library, loaded.places)}
    assert codes == {"example-fails"}


def test_a_number_without_example_is_named(copied: Path) -> None:
    """And an example with an item that the score does not read is an error with its place."""
    path = copied / "common" / "tables.yaml"
    head, _, rest = path.read_text(encoding="utf-8").partition("    examples:\n")
    rest = "".join(dropwhile(lambda line: line.startswith("      - "), rest.splitlines(True)))
    path.write_text(head + rest, encoding="utf-8")
    found = problems(copied)
    assert [(p.code, p.severity) for p in found] == [("no-example", "warning")]
    wrong = "    examples: [{given: {fever: 1}, gives: x}]\n"
    path.write_text(head + wrong + rest, encoding="utf-8")
    found = problems(copied)
    assert [(p.code, p.severity) for p in found] == [("example-fails", "error")]
    assert "common/tables.yaml" in found[0].render()


def number(library: Library, name: str, **given_: str) -> Decimal:
    """A derived value from texts."""
    value = compute_score(library, name, [f"{k}={v}" for k, v in given_.items()], DAY).value
    assert isinstance(value, Quantity)
    return value.value


@pytest.mark.hazard("HZ-02")
@pytest.mark.invariant("ALWAYS-04")
@settings(max_examples=40, deadline=None)
@given(st.decimals("0.3", 15, places=1), st.integers(18, 100), st.sampled_from(["male", "female"]))
def test_both_units_of_creatinine_agree(
    library: Library, creatinine: Decimal, age: int, sex: str
) -> None:
    """mg/dL and its 88.4-fold in micromol/L are one value, to the last digit."""
    rest = {"sex": sex, "age": f"{age} years", "aki_or_dialysis": "no"}
    for name, more in (("creatinine_clearance", {"weight": "70 kg"}), ("egfr_from_creatinine", {})):
        us = number(library, name, creatinine=f"{creatinine} mg/dL", **rest, **more)
        si = number(
            library, name, creatinine=f"{creatinine * Decimal('88.4')} micromol/L", **rest, **more
        )
        assert us == si


@settings(max_examples=40, deadline=None)
@given(st.decimals("0.3", 15, places=1), st.integers(18, 100), st.sampled_from(["male", "female"]))
def test_ckd_epi_against_floats(library: Library, scr: Decimal, age: int, sex: str) -> None:
    """The published equation (MX-FX-02), worked out apart."""
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1.0)
    share = float(scr) / kappa
    wanted = 142 * min(share, 1) ** alpha * max(share, 1) ** -1.2 * 0.9938**age * factor
    found = number(
        library,
        "egfr_from_creatinine",
        sex=sex,
        age=f"{age} years",
        creatinine=f"{scr} mg/dL",
        aki_or_dialysis="no",
    )
    assert abs(float(found) - wanted) <= 0.5000001


@pytest.mark.hazard("HZ-21")
@settings(max_examples=40, deadline=None)
@given(st.integers(20, 120), st.integers(30, 600), st.integers(18, 100))
def test_clearance_is_never_rounded_up(
    library: Library, weight: int, creatinine: int, age: int
) -> None:
    """29.9 and a little is not 30, nor 60 and a little less 60."""
    found = number(
        library,
        "creatinine_clearance",
        sex="male",
        age=f"{age} years",
        weight=f"{weight} kg",
        creatinine=f"{creatinine} micromol/L",
        aki_or_dialysis="no",
    )
    exact = Decimal((140 - age) * weight) * Decimal("1.23") / creatinine
    assert 0 <= exact - found < Decimal("0.1")


@pytest.mark.hazard("HZ-25")
@pytest.mark.invariant("NEVER-17")
def test_levels_of_performance_scales(library: Library) -> None:
    """Karnofsky goes in tens; ECOG does not stand in for it."""
    spine = "cord_imaging=compression"
    with pytest.raises(BadInput, match="no level 75"):
        compute_score(library, "tokuhashi", [spine, "karnofsky=75"], DAY)
    with pytest.raises(BadInput, match="ITEM=VALUE"):
        compute_score(library, "tokuhashi", [spine, "ecog=1"], DAY)
    value = compute_score(library, "tokuhashi", [spine, "karnofsky=70"], DAY).value
    assert value == Interval(Decimal(1), Decimal(14))
