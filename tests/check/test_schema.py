"""`schema`: its keys are the parser's vocabulary, shipped files fit it and broken ones do not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.small import CLAIMS, HEADER
from tests.test_cli import run
from tests.vignettes.test_vignettes import ROOT as PATHWAYS
from wizard.check.schema import KINDS, schema
from wizard.definition import yaml
from wizard.definition.loading import load_problems
from wizard.errors import ExitCode

Place = tuple[str | int, ...]
NAMES = {r"^[A-Z]": "DX-ZZ-1", r"^[a-z][a-z0-9_]": "zz_name"}


def shipped(kind: str) -> list[Path]:
    """All shipped files of a kind."""
    files = [f for f in sorted(PATHWAYS.glob("*/*.yaml")) if f.parent.name[0] not in "._"]
    return [f for f in files if (f.parent.name == "common") == (kind == "common")]


def data_of(text: str) -> Any:
    """A file as the loader reads it."""
    document = yaml.load(text, "file.yaml", [])
    assert document is not None
    return document.data


def validator(kind: str) -> Draft202012Validator:
    """A reader of the schema that is none of ours."""
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def objects(whole: dict[str, Any], part: Any, at: Place = ()) -> Iterator[tuple[Place, set[str]]]:
    """Every mapping of the language: where one may stand in a file, and its keys."""
    if "$ref" in part:
        yield from objects(whole, whole["$defs"][part["$ref"].rsplit("/", 1)[1]], at)
    for choice in part.get("anyOf", ()):
        yield from objects(whole, choice, at)
    if "properties" in part:
        assert part["additionalProperties"] is False
        yield at, set(part["properties"])
        for key, inner in part["properties"].items():
            yield from objects(whole, inner, (*at, key))
    for pattern, inner in part.get("patternProperties", {}).items():
        name = next(n for start, n in NAMES.items() if pattern.startswith(start))
        yield from objects(whole, inner, (*at, name))
    if isinstance(part.get("additionalProperties"), dict):
        yield from objects(whole, part["additionalProperties"], (*at, "zz_name"))
    if isinstance(part.get("items"), dict):
        yield from objects(whole, part["items"], (*at, 0))


def nested(at: Place, inner: Any) -> Any:
    """A file in which something stands at a place."""
    for part in reversed(at):
        inner = [inner] if part == 0 else {part: inner}
    return inner


@pytest.mark.parametrize("kind", KINDS)
def test_keys_are_the_parsers_vocabulary(kind: str, tmp_path: Path) -> None:
    """At every place the loader, asked with an unknown key, names the same keys as the schema."""
    (tmp_path / "common").mkdir()
    (tmp_path / "small").mkdir()
    header = HEADER.format(id="small", start="first")
    whole = schema(kind)
    places = list(objects(whole, whole))
    assert len(places) >= 25
    for at, keys in places:
        unknown = json.dumps(nested(at, {"zz_unknown": 1}))
        texts = {"common": CLAIMS, "pathway": header, kind: unknown}
        (tmp_path / "common" / "c.yaml").write_text(texts["common"])
        (tmp_path / "small" / "p.yaml").write_text(texts["pathway"])
        said = [p for p in load_problems(tmp_path).problems if "`zz_unknown`" in p.what]
        assert len(said) == 1, at
        known = re.search(r"Known keys: (.*)\.$", said[0].mend)
        assert known is not None
        assert set(known[1].split(", ")) == keys, at


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_files_fit(kind: str) -> None:
    """Every file of every shipped folder, one by one: no key is required that stands in another."""
    check = validator(kind)
    files = shipped(kind)
    assert len(files) >= 8
    for file in files:
        faults = [
            f"{e.json_path}: {e.message}" for e in check.iter_errors(data_of(file.read_text()))
        ]
        assert faults == [], file.name


STEP = "steps: {a: {stage: imaging, title: A, exits: [%s]}}"
ITEM = "items: {a: {type: %s, label: A, ask: {clinician: A?}, why: So.}}"
BROKEN = {
    "unknown key": ("pathway", "stepz: {}"),
    "key deep down": ("pathway", STEP % "{otherwise: b, iff: x}"),
    "two forms": ("pathway", STEP % "{otherwise: b, unknown: c}"),
    "if without to": ("pathway", STEP % "{if: always}"),
    "no exit": ("pathway", STEP % ""),
    "no title": ("pathway", "steps: {a: {stage: imaging, exits: [{otherwise: b}]}}"),
    "stage": ("pathway", (STEP % "{otherwise: b}").replace("imaging", "surgery")),
    "name": ("pathway", "endpoints: {No Name: {title: A, text: A.}}"),
    "version": ("pathway", "pathway: {version: one}"),
    "type": ("pathway", ITEM % "maybe"),
    "number for words": ("pathway", "endpoints: {a: {title: 5, text: A.}}"),
    "candidate": (
        "pathway",
        "steps: {a: {stage: imaging, title: A, exits: [{otherwise: b}], decision: {question: A?,"
        " selection: any, candidates: {x: uncommon}}}}",
    ),
    "pathway in common": ("common", "steps: {}"),
    "claim": ("common", "claims: {DX-A-1: {text: A., certainty: a, checked: believed}}"),
    "claim id": ("common", "claims: {dx1: {text: A., certainty: a, checked: seen}}"),
    "one position": (
        "common",
        "conflicts: {a: {topic: A, positions: [{text: A, claims: [DX-1]}]}}",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_files_do_not_fit(fault: str) -> None:
    """One fault each, by a reader of the schema alone."""
    kind, text = BROKEN[fault]
    assert not validator(kind).is_valid(data_of(text))


FITS = (
    ITEM % "yes_no",
    STEP % "{otherwise: b}",
    STEP % "{if: always, to: b}, {unknown: c}",
    "pathway: {version: 1.2.3}",
    "endpoints: {a: {title: A, text: A.}}",
    "steps: {a: {stage: imaging, title: A, exits: [{otherwise: b}], decision: {question: A?,"
    " selection: any, candidates: {x: common}}}}",
)


@pytest.mark.parametrize("text", FITS)
def test_parts_fit(text: str) -> None:
    """The same texts without their fault; a file holds any part of a folder's definition."""
    assert validator("pathway").is_valid(data_of(text))


def test_from_outside(tmp_path: Path) -> None:
    """The command prints what the tests read; guards say how they are written."""
    for arguments, kind in (((), "pathway"), (("common",), "common")):
        done = run("schema", *arguments, state=tmp_path)
        assert json.loads(done.stdout) == schema(kind)
    condition = schema("pathway")["$defs"]["Recommendation"]["properties"]["if"]
    assert "guard" in condition["description"]
    assert run("schema", "site", state=tmp_path).returncode == ExitCode.BAD_INPUT
