"""`diff`: what one version says differently, whole and nothing else, in clinical words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.small import HEADER, item, write
from tests.test_cli import run
from wizard.definition.library import Library, Pathway
from wizard.definition.models import PathwayFile
from wizard.definition.validation import validated, written
from wizard.errors import ExitCode
from wizard.guard import GuardError
from wizard.report.difference import changes_of

GUARDS = {"if", "applies_if", "valid_if", "population_if"}
FLOW = """
steps:
  first:
    stage: imaging
    title: First step
    asks: [fever]
    exits:
      - {if: fever = high, to: ward}
      - {otherwise: home}
      - {unknown: home}
endpoints:
  ward: {title: Ward, text: Go to the ward.}
  home: {title: Home, text: Go home.}
"""
ADVICE = """recommendations:
  drug: {title: A drug, action: Give it., stage: imaging, who: clinician, by: today, if: fever = low,
    why: It helps., strength: good practice, certainty: series, claims: [DX-TST-01]}
"""
BASE = HEADER.format(id="fever", start="first") + "items:\n" + item("fever", "high", "low") + FLOW


def folders(tmp_path: Path, before: str, after: str) -> tuple[str, str]:
    """Two versions of one pathway."""
    a, b = (write(tmp_path / n, {"fever": t}) for n, t in (("a", before), ("b", after)))
    return str(a), str(b)


def told(tmp_path: Path, before: str, after: str) -> str:
    """What `diff` prints."""
    done = run("diff", *folders(tmp_path, before, after), state=tmp_path)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 72
    return done.stdout


CHANGES = {
    "exit": (
        BASE,
        BASE.replace("if: fever = high", "if: fever != low"),
        ["IMAGING", "if Fever is high: end: Ward", "if Fever is not low: end: Ward"],
    ),
    "advice added": (BASE, BASE + ADVICE, ["ADDED advice: A drug (drug)", "when: Fever is low"]),
    "advice removed": (BASE + ADVICE, BASE, ["REMOVED advice: A drug (drug)"]),
    "wording": (
        BASE,
        BASE.replace("fever?", "Any fever?"),
        ["CHANGED question: Fever (fever)", "before: fever?", "after:  Any fever?"],
    ),
    "option": (
        BASE,
        BASE.replace("low: {label: Low}", "low: {label: Low}, none: {label: None}"),
        ["option", "before: nothing", "after:  None"],
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_changed_is_told(kind: str, tmp_path: Path) -> None:
    """Below its stage, before and after in English."""
    before, after, words = CHANGES[kind]
    text = told(tmp_path, before, after)
    assert [w for w in words if w not in text] == []
    assert text.count("ADDED") + text.count("REMOVED") + text.count("CHANGED") <= 3


def test_a_title_is_told_once(tmp_path: Path) -> None:
    """A renamed end does not make every exit to it look changed."""
    text = told(tmp_path, BASE, BASE.replace("title: Home", "title: At home"))
    assert text.count("CHANGED") == 1
    assert "exit" not in text


def test_form_alone(tmp_path: Path) -> None:
    """Spaces in a guard are no change; the same folder does not differ."""
    text = told(tmp_path, BASE, BASE.replace("if: fever = high", "if: fever   =  high"))
    assert "files differ in form" in " ".join(text.split())
    assert told(tmp_path / "same", BASE, BASE) == "Nothing differs.\n"


def test_guards_that_read_alike(tmp_path: Path) -> None:
    """Two options of one label: the file is quoted, so that the change is seen."""
    twice = BASE.replace("low: {label: Low}", "low: {label: High}")
    text = told(tmp_path, twice, twice.replace("if: fever = high", "if: fever = low"))
    text = " ".join(text.split())
    assert "in the file: fever = high: ward" in text
    assert "in the file: fever = low: ward" in text


def test_json_pathways_and_bad_folders(tmp_path: Path) -> None:
    """JSON holds the same; pathways that came; a broken version is named with its exit code."""
    before, after = folders(tmp_path, BASE, BASE + ADVICE)
    data = json.loads(run("diff", before, after, "--json", state=tmp_path).stdout)
    kinds = [(c["group"], c["change"], c["kind"], c["name"]) for c in data["changes"]]
    assert ("IMAGING", "added", "advice", "drug") in kinds
    one = run("diff", f"{before}/fever", f"{after}/fever", "--json", state=tmp_path)
    assert json.loads(one.stdout) == data
    more = tmp_path / "more"
    shutil.copytree(before, more)
    (more / "other").mkdir()
    (more / "other" / "p.yaml").write_text(BASE.replace("id: fever", "id: other"))
    assert "Pathway other was added." in run("diff", before, str(more), state=tmp_path).stdout
    (more / "other" / "p.yaml").write_text("format: 1\n")
    assert run("diff", before, str(more), state=tmp_path).returncode == ExitCode.BAD_PATHWAY
    none = run("diff", before, str(tmp_path / "none"), state=tmp_path)
    assert none.returncode == ExitCode.STORAGE


def mutants(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Every leaf changed, every member of a list taken out, one at a time: (path, new value)."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from mutants(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield path, data[:number] + data[number + 1 :]
            yield from mutants(value, (*path, number))
    elif isinstance(data, bool):
        yield path, not data
    elif isinstance(data, int):
        yield path, data + 1
    elif isinstance(data, str):
        yield path, f"not ({data})" if path[-1] in GUARDS else f"{data} changed"


def changed(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy with one value in the place of another."""
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = changed(data[path[0]], path[1:], value)
    return copy


TABLES = """tables:
  doses:
    label: Doses
    input: fever_days
    unit: days
    rows: [{from: 0, to: 3, says: One.}, {above: 3, says: Two.}]
    claims: [DX-TST-01]
teaching:
  fever_note: {topic: pearl, title: Of fever, text: It passes., claims: [DX-TST-01], items: [fever_days]}
items:
  fever_days: {type: quantity, unit: days, label: Days, ask: {clinician: Days?}, why: So.}
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [("above: 3", "above: 4", "row before: above 3 days: Two. after: above 4 days: Two."),
     ("It passes.", "It stays.", "CHANGED note: Of fever (fever_note)"),
     ("unit: days\n", "unit: hours\n", "from 0 to 3 hours: One.")],
)  # fmt: skip
def test_tables_and_notes(before: str, after: str, told: str, tmp_path: Path) -> None:
    """A row of a table that advice quotes, and a note beside a question that is asked."""
    text = BASE.replace("asks: [fever]", "asks: [fever, fever_days]")
    text += ADVICE.replace("claims: [DX-TST-01]}", "claims: [DX-TST-01], tables: [doses]}")
    a = write(tmp_path / "a", {"fever": text}, TABLES)
    b = write(tmp_path / "b", {"fever": text}, TABLES.replace(before, after))
    done = run("diff", str(a), str(b), state=tmp_path)
    assert done.returncode == 0, done.stderr
    assert told in " ".join(done.stdout.split())


def test_no_change_is_missed(library: Library, request: pytest.FixtureRequest) -> None:
    """Every text, guard, number and citation of a shipped pathway, changed alone, is told.

    Every tenth of them in the short run, all under `--full`.
    """
    pathway = library["cord-compression"]
    data = written(pathway.content, defaults=False)
    seen, missed = 0, []
    every = 1 if request.config.getoption("--full") else 10
    for path, value in islice(mutants(data), 0, None, every):
        if path[0] == "format" or path == ("pathway", "id"):
            continue
        try:
            content = validated(PathwayFile, changed(data, path, value))
            other = Pathway(content, pathway.common, "other", pathway.asked)
            found = changes_of(pathway, other)
        except (ValidationError, GuardError, KeyError):
            continue
        seen += 1
        if not found:
            missed.append(path)
    assert missed == []
    assert seen > 300 / every
