"""The published cases, stage by stage, against the advice that should and should not stand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from wizard.case.answers_file import read_answers
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.definition.loading import load_library
from wizard.engine.facts import Status
from wizard.engine.situation import Advice
from wizard.guard import Choice

ROOT = Path(__file__).parent.parent.parent / "pathways"
CODES: dict[str, Any] = yaml.safe_load((ROOT / "expected-codes.yaml").read_text("utf-8"))
FILES = sorted(ROOT.glob("*/cases/*/[1-5]-*.yaml"))
IDS = [f"{file.parent.name}-{file.stem}" for file in FILES]


def expected(file: Path) -> dict[str, Any]:
    """What a vignette expects."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)["expected"]
    return found


def walked(file: Path, library: Library) -> OpenCase:
    """The case of a vignette."""
    return replay(read_answers(file.read_text("utf-8"), str(file), library), library)


def advice_of(case: OpenCase) -> dict[str, Advice]:
    """All advice and all candidates of decisions on a trail, by id."""
    found = {a.id: a for a in case.situation.advice}
    for decision in case.situation.decisions:
        found.update({a.id: a for a in decision.candidates})
    return found


def stands(advice: dict[str, Advice], name: str) -> bool:
    """Whether a piece of advice is recommended or check first."""
    return name in advice and advice[name].status in (Status.RECOMMENDED, Status.CHECK_FIRST)


def broken(file: Path, library: Library, code: str) -> list[str]:
    """How a `must_not` code is broken at a vignette; empty where it holds."""
    rule = CODES["must_not"][code]
    case = walked(file, library)
    advice = advice_of(case)
    faults = [f"{name} stands" for name in rule.get("not", ()) if stands(advice, name)]
    for decision in case.situation.decisions:
        faults += [f"{n} proposed" for n in rule.get("not", ()) if n in decision.proposal]
    if "any" in rule and not any(stands(advice, name) for name in rule["any"]):
        faults.append(f"none of {rule['any']} stands")
    return faults


def missed(file: Path, library: Library) -> dict[str, list[tuple[str, Status | None]]]:
    """The `must` codes of a vignette that nothing meets, with what stands behind each."""
    case = walked(file, library)
    advice = advice_of(case)
    found: dict[str, list[tuple[str, Status | None]]] = {}
    for code in expected(file)["must"]:
        rule = CODES["must"][code]
        assert rule["by"], f"{code}: an empty mapping counts as not shown"
        if any(stands(advice, name) for name in rule["by"]) or recorded_as_done(case, rule):
            continue
        pending = any(
            name in advice and advice[name].status is Status.PENDING for name in rule["by"]
        )
        if not (pending and rule.get("pending")):
            found[code] = [(n, advice[n].status if n in advice else None) for n in rule["by"]]
    return found


def recorded_as_done(case: OpenCase, rule: dict[str, Any]) -> bool:
    """Whether the facts say that what a code asks for has been done."""
    facts = {name: case.fact(name) for name in rule.get("done", {})}
    return any(
        fact is not None and isinstance(fact.value, Choice) and fact.value.option in options
        for (name, options), fact in zip(rule.get("done", {}).items(), facts.values(), strict=True)
    )


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


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_must(file: Path, library: Library) -> None:
    """Every `must` is met by advice that stands, or is pending with the reason in the map.

    What was judged wrong against the dossier is missed, and nothing else.
    """
    judged = CODES["judged"].get(f"{file.parent.name}/{file.stem}", {})
    assert set(missed(file, library)) == set(judged), missed(file, library)


def test_judged_entries_exist() -> None:
    """Every judged entry names a vignette and a code of its `must`."""
    by_name = {f"{file.parent.name}/{file.stem}": file for file in FILES}
    for name, codes in CODES["judged"].items():
        assert set(codes) <= set(expected(by_name[name])["must"])


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


@pytest.fixture(scope="module")
def standing(library: Library) -> dict[Path, dict[str, Advice]]:
    """The advice of every vignette, walked once."""
    return {file: advice_of(walked(file, library)) for file in FILES}


@pytest.mark.parametrize(("name", "stage"), mapped())
def test_no_advice_is_constant(
    name: str, stage: str, standing: dict[Path, dict[str, Advice]]
) -> None:
    """At every stage that asks for a piece of advice it is silent in some vignette, or listed."""
    if name in CODES["unconditional"]:
        return
    files = [file for file in FILES if expected(file)["stage"] == stage]
    assert any(not stands(standing[file], name) for file in files)


def pairs() -> Iterator[Any]:
    """Every (vignette, must_not code)."""
    for file, name in zip(FILES, IDS, strict=True):
        for code in expected(file)["must_not"]:
            yield pytest.param(file, code, id=f"{name}-{code}")


@pytest.mark.parametrize(("file", "code"), pairs())
def test_must_not(file: Path, code: str, library: Library) -> None:
    """Every `must_not` holds."""
    assert broken(file, library, code) == []


def without(root: Path, code: str) -> Library:
    """The pathways without what carries a `must_not` code."""
    carried = CODES["must_not"][code]["carried_by"]
    for file in root.glob("*/*.yaml"):
        data = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        owners = [data.get("recommendations") or {}, data.get("candidates") or {}]
        owners += [
            step["decision"]["candidates"]
            for step in (data.get("steps") or {}).values()
            if "decision" in step
        ]
        changed = False
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
def test_must_not_is_carried(code: str, tmp_path: Path) -> None:
    """A copy without the guard, contraindication or advice that carries a code breaks it everywhere."""
    files = [file for file in FILES if code in expected(file)["must_not"]]
    if not files:
        pytest.fail(f"no vignette expects {code}: take it out of the map")
    root = tmp_path / "pathways"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("cases", "__pycache__"))
    mutant = without(root, code)
    assert [file.parent.name for file in files if not broken(file, mutant, code)] == []


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
