"""The published cases, stage by stage, against the advice that should and should not stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from wizard.case.open_case import OpenCase
from wizard.check.vignettes import Vignette, advice_of, faults, read_vignettes, recorded_as_done
from wizard.definition.library import Library
from wizard.definition.loading import load_library
from wizard.engine.facts import Status
from wizard.engine.situation import Advice

ROOT = Path(__file__).parent.parent.parent / "pathways"
CODES: dict[str, Any] = yaml.safe_load((ROOT / "expected-codes.yaml").read_text("utf-8"))
FILES = sorted(ROOT.glob("*/cases/*/[1-5]-*.yaml"))
CONSTRUCTED = sorted(ROOT.glob("*/cases/constructed/*.yaml"))
IDS = [f"{file.parent.name}-{file.stem}" for file in FILES]


@cache
def expected(file: Path) -> dict[str, Any]:
    """What a vignette expects."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)["expected"]
    return found


@pytest.fixture(scope="module")
def vignettes(library: Library) -> dict[Path, Vignette]:
    """Every published stage and every constructed case as the program reads them."""
    return {
        ROOT / f"{vignette.name}.yaml": vignette
        for pathway in library.pathways.values()
        for vignette in read_vignettes(ROOT, pathway, library)
    }


@pytest.fixture(scope="module")
def walked(library: Library, vignettes: dict[Path, Vignette]) -> dict[Path, OpenCase]:
    """The case of every vignette, walked once."""
    return {file: vignette.walked(library) for file, vignette in vignettes.items()}


def stands(advice: dict[str, Advice], name: str) -> bool:
    """Whether a piece of advice is recommended or check first."""
    return name in advice and advice[name].status in (Status.RECOMMENDED, Status.CHECK_FIRST)


def test_every_case_of_hand_and_foot_has_five_stages() -> None:
    """The thirteen acrometastases, the three mimics of the hand, and those of other pathways."""
    stages: dict[str, set[str]] = {}
    for file in FILES:
        stages.setdefault(file.parent.name, set()).add(file.stem)
    assert all(len(found) == 5 for found in stages.values())
    flagship = {f.parent.name for f in FILES if f.parent.parent.parent.name == "acrometastasis"}
    assert sum(name.startswith("bone-") for name in stages) >= 5
    assert sum(name.startswith("acro-") for name in flagship) == 13
    assert sum(name.startswith("mimic-") for name in flagship) == 3


@pytest.mark.hazard("HZ-16", "HZ-17", "HZ-18", "HZ-24", "HZ-25", "HZ-79", "HZ-81")
@pytest.mark.invariant("NEVER-22")
@pytest.mark.parametrize(
    "file", [*FILES, *CONSTRUCTED], ids=[*IDS, *(file.stem for file in CONSTRUCTED)]
)
def test_vignette_holds(
    file: Path, vignettes: dict[Path, Vignette], walked: dict[Path, OpenCase]
) -> None:
    """Every `must` is met and every `must_not` holds, but for what was judged wrong, which is not.

    A `must` is met by advice that stands, is pending with the reason in the map, or by facts that
    record it as done.
    """
    assert faults(vignettes[file], walked[file]) == []


def test_what_is_judged_wrong_names_a_vignette() -> None:
    """Every judged entry is of a published stage."""
    assert set(CODES["judged"]) <= {f"{file.parent.name}/{file.stem}" for file in FILES}


def mapped() -> Iterator[Any]:
    """Every (advice, stage) at which a code asks for the advice."""
    found = {
        (name, expected(file)["stage"])
        for file in FILES
        for code in expected(file)["must"]
        for name in CODES["must"][code]["by"]
    }
    for name, stage in sorted(found):
        yield pytest.param(name, stage, id=f"{name}-{stage}")


@pytest.mark.parametrize(("name", "stage"), mapped())
def test_no_advice_is_constant(name: str, stage: str, walked: dict[Path, OpenCase]) -> None:
    """At every stage that asks for a piece of advice it is silent in some vignette, or listed."""
    if name in CODES["unconditional"]:
        return
    files = [file for file in FILES if expected(file)["stage"] == stage]
    assert any(not stands(advice_of(walked[file]), name) for file in files)


def without(root: Path, code: str) -> Library:
    """The pathways without what carries a `must_not` code."""
    carried = CODES["must_not"][code]["carried_by"]
    named = {name for names in carried.values() for name in names}
    for file in root.glob("*/*.yaml"):
        text = file.read_text("utf-8")
        if not any(name in text for name in named):
            continue
        data = yaml.load(text, yaml.CBaseLoader)
        owners = [data.get("recommendations") or {}, data.get("candidates") or {}]
        owners += [
            step["decision"]["candidates"]
            for step in (data.get("steps") or {}).values()
            if "decision" in step
        ]
        changed = False
        for alert in (data.get("alerts") or {}).values():
            for action in alert["now"]:
                if action.get("advice") in carried.get("remove", ()):
                    del action["advice"]
                    changed = True
        for owner in owners:
            for name in [n for n in owner if n in carried.get("remove", ())]:
                del owner[name]
                changed = True
            written = [n for n in owner if owner[n] != "common"]
            for name in [n for n in written if n in carried.get("always", ())]:
                owner[name]["if"] = "always"
                changed = True
            for name in [n for n in written if n in carried.get("without_contraindications", ())]:
                owner[name].pop("contraindicated_if", None)
                changed = True
        if "invariants" in data and carried.get("remove"):
            gone = [
                n
                for n, i in data["invariants"].items()
                if any(f"({r})" in i["never"] for r in carried["remove"])
            ]
            for name in gone:
                del data["invariants"][name]
                changed = True
        if "uses" in data and carried.get("remove"):
            data["uses"] = [name for name in data["uses"] if name not in carried["remove"]]
            changed = True
        if "format" in data:
            data["format"] = 1
        if changed:
            file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return load_library(root)


@pytest.mark.parametrize("code", sorted(CODES["must_not"]))
def test_must_not_is_carried(code: str, vignettes: dict[Path, Vignette], tmp_path: Path) -> None:
    """A copy without the guard, contraindication or advice that carries a code breaks it wherever
    what it asks for is not on record as done."""
    files = [file for file in FILES if code in expected(file)["must_not"]]
    if not files:
        pytest.fail(f"no vignette expects {code}: take it out of the map")
    root = tmp_path / "pathways"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("cases", "__pycache__"))
    mutant = without(root, code)
    held = []
    for file in files:
        rules = tuple(rule for rule in vignettes[file].rules if rule.code == code)
        alone = replace(vignettes[file], rules=rules, stop=None)
        case = alone.walked(mutant)
        done = any(recorded_as_done(rule, case) for rule in rules)
        held += [] if done or faults(alone, case) else [file.parent.name]
    assert held == []


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_readings_are_listed(file: Path) -> None:
    """Every stage that adds facts says which words of the information led to them."""
    assert isinstance(expected(file)["reading"], list)
    if file.stem.startswith("1-"):
        assert expected(file)["reading"]


def test_map_has_no_unused_code() -> None:
    """The map holds exactly the codes that the vignettes use."""
    musts = {code for file in FILES for code in expected(file)["must"]}
    nots = {code for file in FILES for code in expected(file)["must_not"]}
    assert (set(CODES["must"]), set(CODES["must_not"])) == (musts, nots)
