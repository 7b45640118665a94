"""`pathwizard test`: what vignettes reach and which mutants they notice, counted by hand."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.small import HEADER, item, write
from tests.test_cli import run
from tests.vignettes.test_vignettes import ROOT
from wizard.check.mutants import NOTICED, outcomes
from wizard.check.vignettes import faults, read_vignettes
from wizard.definition.library import Library
from wizard.errors import ExitCode

PATHWAY = """
items:
  age:
    type: quantity
    label: Age
    ask: {clinician: Age?}
    why: For tests.
    unit: years
""" + item("fever", "high", "low", "none")
FLOW = """
steps:
  first:
    stage: presentation
    title: First
    asks: [fever, age]
    exits:
      - {if: fever = high, to: ward}
      - {otherwise: home}
      - {unknown: home}
endpoints:
  ward: {title: Ward, text: Go to the ward.}
  home: {title: Home, text: Go home.}
recommendations:
  drug:
    title: A drug
    action: Give it.
    stage: presentation
    who: clinician
    by: today
    if: age >= 18 years
    why: It helps.
    strength: good practice
    certainty: series
    claims: [DX-TST-01]
"""
CASE = """format: 1
pathway: {{id: fever}}
as_of: 2026-11-22
facts: {{{facts}}}
expected: {{must: [{must}], must_not: [{must_not}], stop: {stop}}}
"""

# In percent; docs/authoring.md has the counts.
FLOORS = {"cord-compression": 90}


def small(root: Path, **cases: str) -> Path:
    """The pathway of two exits and one recommendation, with these vignettes."""
    folder = write(root, {"fever": HEADER.format(id="fever", start="first") + PATHWAY + FLOW})
    (folder / "fever" / "cases").mkdir()
    for name, text in cases.items():
        (folder / "fever" / "cases" / f"{name}.yaml").write_text(text, "utf-8")
    return folder / "fever"


def test_coverage_and_mutants_of_a_small_pathway(tmp_path: Path) -> None:
    """One vignette: one of three exits, and the mutants on its side of the threshold."""
    case = CASE.format(facts="fever: high, age: 18 years", must="drug", must_not="", stop="ward")
    folder = small(tmp_path / "pathways", one=case)
    done = run("test", str(folder), "--json", state=tmp_path)
    assert done.returncode == ExitCode.OK, done.stderr
    found = json.loads(done.stdout)
    assert (found["vignettes"], found["failed"]) == (1, {})
    assert found["coverage"]["exit"]["not"] == ["first 2", "first 3"]
    assert found["coverage"]["advice"]["not"] == []
    assert found["mutants"] == {"all": 3, "noticed": 2}
    assert [m["changed"] for m in found["not_noticed"]] == ["age >= 17 years"]
    assert "1 of 3 reached" in run("test", str(folder), state=tmp_path).stdout


def test_more_vignettes_notice_more(tmp_path: Path) -> None:
    """A second one on the other side of the threshold notices the rest."""
    one = CASE.format(facts="fever: high, age: 18 years", must="drug", must_not="", stop="ward")
    two = CASE.format(facts="fever: low, age: 17 years", must="", must_not="drug", stop="home")
    folder = small(tmp_path / "pathways", one=one, two=two)
    found = json.loads(run("test", str(folder), "--json", state=tmp_path).stdout)
    assert found["mutants"] == {"all": 3, "noticed": 3}
    assert found["coverage"]["exit"]["not"] == ["first 3"]
    quick = json.loads(run("test", str(folder), "--no-mutants", "--json", state=tmp_path).stdout)
    assert quick["mutants"]["all"] == 0


@pytest.mark.parametrize(
    ("must", "must_not", "stop", "said"),
    [
        ("drug", "", "home", "drug: not advised (drug is not indicated)"),
        ("", "", "ward", "stop: home instead of ward"),
    ],
)
def test_a_vignette_that_fails(
    must: str, must_not: str, stop: str, said: str, tmp_path: Path
) -> None:
    """It is named with what it expected, and the exit code is that of a failed test."""
    case = CASE.format(facts="fever: low, age: 17 years", must=must, must_not=must_not, stop=stop)
    done = run("test", str(small(tmp_path / "p", one=case)), state=tmp_path)
    assert done.returncode == ExitCode.FAILED
    assert "0 of 1 vignettes hold" in done.stdout
    assert said in done.stdout


def test_advice_that_must_not_stand(tmp_path: Path) -> None:
    """`must_not` names advice."""
    case = CASE.format(facts="fever: low, age: 40 years", must="", must_not="drug", stop="home")
    done = run("test", str(small(tmp_path / "p", one=case)), state=tmp_path)
    assert "drug: drug is advised" in done.stdout


def test_bad_vignettes_and_none(tmp_path: Path) -> None:
    """An unknown code is a fault with its place; no vignettes is said."""
    case = CASE.format(facts="age: 40 years", must="drugs", must_not="", stop="home")
    done = run("test", str(small(tmp_path / "p", one=case)), state=tmp_path)
    assert done.returncode == ExitCode.BAD_INPUT
    assert "one.yaml:5:" in done.stderr
    assert "Did you mean `drug`?" in done.stderr
    none = run("test", str(small(tmp_path / "q")), state=tmp_path)
    assert none.returncode == ExitCode.BAD_INPUT
    assert "has no vignettes" in none.stderr


def test_the_shipped_vignettes_hold_and_a_dropped_rule_is_noticed(tmp_path: Path) -> None:
    """The cord vignettes hold; with imaging within 24 hours never advised they do not."""
    done = run("test", "cord-compression", "--no-mutants", state=tmp_path)
    assert done.returncode == ExitCode.OK, done.stdout
    root = tmp_path / "pathways"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("__pycache__"))
    file = root / "cord-compression" / "advice.yaml"
    text = file.read_text("utf-8")
    before, name, after = text.partition("  whole_spine_mri_24h:\n")
    assert name
    changed = after.replace("if: neuro_signs = yes\n", "if: neuro_signs = no\n", 1)
    assert changed != after
    file.write_text(before + name + changed, "utf-8")
    broken = run("test", str(root / "cord-compression"), "--no-mutants", state=tmp_path)
    assert broken.returncode == ExitCode.FAILED
    assert "mri_whole_spine_24h: not advised" in broken.stdout


def test_arguments_that_must_and_must_not_be_shown(library: Library) -> None:
    """At 48 hours off the legs the trial of surgery is argued; turned round, the vignette fails."""
    found = read_vignettes(ROOT, library["cord-compression"], library)
    one = next(v for v in found if v.name.endswith("constructed/arguments-trial-48"))
    case = one.walked(library)
    assert faults(one, case) == []
    turned = replace(one, arguments=one.not_arguments, not_arguments=one.arguments)
    within, beyond = "surgery_or_radiotherapy_referral 1", "surgery_or_radiotherapy_referral 2"
    assert f"argument {within}: shown" in faults(turned, case)
    assert f"argument {beyond}: not shown" in faults(turned, case)


@pytest.mark.full
@pytest.mark.parametrize(("pathway", "floor"), FLOORS.items())
def test_share_of_mutants_noticed(pathway: str, floor: int, library: Library) -> None:
    """The vignettes of a pathway notice at least the percentage that docs/authoring.md states."""
    found = read_vignettes(ROOT, library[pathway], library)
    verdicts = [outcome.verdict for outcome in outcomes(library, library[pathway], found)]
    assert 100 * verdicts.count(NOTICED) >= floor * len(verdicts)
