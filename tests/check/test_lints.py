"""Lints over whole pathways: each code on a pathway that has the fault, none on the shipped ones."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from tests.conftest import TODAY
from tests.small import HEADER, item, write
from tests.vignettes.test_vignettes import ROOT
from wizard.case.file_node import CODE
from wizard.check.lints import lint
from wizard.check.proof_words import KINDS
from wizard.check.readable import grade
from wizard.check.wording import faults
from wizard.definition.diagnostics import Problem
from wizard.definition.loading import load_problems
from wizard.definition.recommendation import Recommendation

ADVICE = """
recommendations:
  drug:
    title: A drug
    action: {action}
    stage: presentation
    who: clinician
    by: today
    if: {guard}
    why: It helps.
    strength: {strength}
    certainty: series
    claims: [DX-TST-01]
"""
SCORE = """
scores:
  risk:
    label: Risk
    terms: [{label: Fever, item: fever, points: {yes: 2, no: 0}}]
    bands: [{from: 0, to: 1, says: low, claims: [DX-TST-01]}, {from: 2, to: 2, says: high, claims: [DX-TST-01]}]
    valid_if: pain = yes
    otherwise_says: only with pain
    claims: [DX-TST-01]
"""


def pathway(
    guard: str = "fever = yes",
    action: str = "Give it.",
    strength: str = "recommend",
    asks: str = "fever, pain",
    more: str = "",
) -> str:
    """A small pathway with one piece of advice."""
    items = item("fever", "yes", "no") + item("pain", "yes", "no")
    return (
        HEADER.format(id="one", start="first")
        + f"items:\n{items}steps:\n  first:\n    title: First\n    stage: presentation\n"
        + f"    asks: [{asks}]\n    exits: [{{otherwise: done}}]\n"
        + "endpoints:\n  done: {title: Done, text: Done.}\n"
        + ADVICE.format(guard=guard, action=action, strength=strength)
        + more
    )


def problems(folder: Path, text: str, as_of: date = TODAY) -> list[Problem]:
    """What the lints say of a pathway that loads."""
    loaded = load_problems(write(folder / "p", {"one": text}))
    assert loaded.library is not None, [p.render() for p in loaded.problems]
    return lint(loaded.library, loaded.places, as_of)


CASES = [
    ("never-asked", {"guard": '"fever = yes and pain = yes"', "asks": "fever"}, "`pain`"),
    ("never-read", {}, "`pain`"),
    ("never-true", {"guard": '"fever = yes and fever = no"'}, "can never be true"),
    ("never-false", {"guard": '"fever = yes or pain = yes or not pain = yes"'}, "never be false"),
    ("outside-validity", {"guard": "risk >= 2", "more": SCORE}, "where it does not apply"),
    ("abbreviation", {"action": "Give it QD."}, "QD"),
    ("trailing-zero", {"action": "Give 1.0 mg."}, "1.0 mg"),
    ("naked-decimal", {"action": "Give .5 mg."}, "before the point"),
    ("bare-side", {"action": "Film the R hand."}, "bare R or L"),
    ("numbered-digit", {"action": "Film finger 2 again."}, "finger 2"),
    ("sign", {"action": '"Give it when > 5 days."'}, ">"),
    ("too-sure", {"action": "A film rules out fracture."}, "rules out"),
    ("verb-strength", {"action": "Consider a drug."}, "soft verb"),
    ("verb-strength", {"action": "Give a drug now.", "strength": "consider"}, "order"),
    ("verb-strength", {"action": "This must be given.", "strength": "good practice"}, "strong"),
]


@pytest.mark.hazard("HZ-09", "HZ-10", "HZ-29", "HZ-45", "HZ-47", "HZ-25")
@pytest.mark.parametrize(("code", "change", "words"), CASES, ids=[c[0] for c in CASES])
def test_each_fault_is_named(code: str, change: dict[str, str], words: str, tmp_path: Path) -> None:
    """The code, the place and the words; a sound pathway has none of them."""
    found = [p for p in problems(tmp_path, pathway(**change)) if p.code == code]
    assert len(found) == 1
    assert words in found[0].what
    assert found[0].mend
    assert found[0].span.file == "one/pathway.yaml"
    assert found[0].span.line > 1
    assert found[0].severity == ("error" if code == "never-true" else "warning")
    sound = pathway(guard='"fever = yes and pain = yes"')
    assert problems(tmp_path / "sound", sound) == []


FRAME = """patient_note:
  {title: Next, draft: A draft., untold: Not told., left_out: "{count} left.", no_longer: "{count} fell.",
   told_if: told = yes, at_once: Now, planned: Next, chosen: Chosen, awaited: Awaited, waits: "We wait for {what}.", waits_from: "From {who}.",
   waits_until: "By {day}.", call: Call if, call_line: "Call ___", illness_words: [tumour], never_words: [die]}
"""
PLAIN = [
    ("patient-reading", "says: Radiotherapy alleviates osseous discomfort.", "years of school"),
    ("patient-reading", "says: Radiotherapy helps, hard: It is so called.", None),
    ("patient-sentence", f"says: {'It is so. ' * 3}{'You go on ' * 7}now.", "22 words"),
    ("patient-illness", "says: You have a tumour.", "`tumour`"),
    ("patient-illness", "{says: You have a tumour., illness: true}", None),
    ("patient-never", "{says: You may die., illness: true}", "`die`"),
]


@pytest.mark.hazard("HZ-73")
@pytest.mark.parametrize(("code", "words", "what"), PLAIN)
def test_plain_words_for_the_patient(
    code: str, words: str, what: str | None, tmp_path: Path
) -> None:
    """Hard to read, too long, names the illness or the outlook; each at its place."""
    text = pathway(guard='"fever = yes and pain = yes"')
    words = words if words.startswith("{") else f"{{{words}}}"
    text = text.replace("    why: It helps.", f"    patient: {words}\n    why: It helps.")
    root = write(tmp_path / "p", {"one": text}, FRAME + "items:\n" + item("told", "yes", "no"))
    loaded = load_problems(root)
    assert loaded.library is not None, [p.render() for p in loaded.problems]
    found = [p for p in lint(loaded.library, loaded.places, TODAY) if p.code == code]
    assert [p.span.file for p in found] == ([] if what is None else ["one/pathway.yaml"])
    assert all(what is not None and what in p.what for p in found)


@pytest.mark.parametrize(
    ("text", "years"),
    [("The cat sat on the mat.", -1.45), ("This is a test. It is only a test.", -0.72), ("", 0)],
)
def test_the_grade_is_that_of_the_formula(text: str, years: float) -> None:
    """Worked out by hand: words a sentence and syllables a word."""
    assert abs(grade(text) - years) < 0.01


@pytest.mark.hazard("HZ-26")
def test_review_date(tmp_path: Path) -> None:
    """Overdue on the day after, not on the day."""
    sound = pathway(guard='"fever = yes and pain = yes"')
    assert problems(tmp_path / "a", sound, date(2027, 11, 22)) == []
    (found,) = problems(tmp_path / "b", sound, date(2027, 11, 23))
    assert (found.code, found.span.line) == (
        "review-overdue",
        sound.split("review_due")[0].count("\n") + 1,
    )


WAYS = """[{{if: fever = yes, to: done}}, {{otherwise: second}}, {{unknown: {unknown}}}]
  second: {{title: Second, stage: biopsy, exits: [{{otherwise: done}}]}}"""


@pytest.mark.hazard("HZ-33")
@pytest.mark.parametrize(("unknown", "outside", "found"), [
    ("done", "false", ["missing-data-ends"]),
    ("done", "true", []),
    ("second", "false", []),
])  # fmt: skip
def test_missing_data_ends_no_case(
    unknown: str, outside: str, found: list[str], tmp_path: Path
) -> None:
    """An end that a true guard leads to is no end for want of data, but outside the pathway."""
    text = pathway(guard='"fever = yes and pain = yes"')
    text = text.replace("[{otherwise: done}]", WAYS.format(unknown=unknown))
    text = text.replace("text: Done.}", f"text: Done., outside: {outside}}}")
    assert [p.code for p in problems(tmp_path, text)] == found


@pytest.mark.hazard("HZ-29", "HZ-31")
@pytest.mark.invariant("SI-18")
@pytest.mark.parametrize(("strength", "found"), [
    ("good practice", ["recalled-only"]),
    ("not stated by source", []),
])  # fmt: skip
def test_a_strength_does_not_rest_on_memory(
    strength: str, found: list[str], tmp_path: Path
) -> None:
    """A recalled claim alone bears no stated strength."""
    text = pathway(guard='"fever = yes and pain = yes"', strength=strength)
    root = write(tmp_path / "p", {"one": text})
    common = root / "common" / "common.yaml"
    common.write_text(common.read_text().replace("checked: seen", "checked: recalled"))
    loaded = load_problems(root)
    assert loaded.library is not None
    assert [p.code for p in lint(loaded.library, loaded.places, TODAY)] == found


def test_shipped_pathways_have_none() -> None:
    """No error and no warning in what is shipped, on the day of the tests."""
    loaded = load_problems(ROOT)
    assert loaded.library is not None
    assert [p.render() for p in lint(loaded.library, loaded.places, TODAY)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Haemoglobin 90 g/L, INR 1.80, calcium 2.90 mmol/L.",
        "A mean loss of 0.90 L against 1.77 L.",
        "Write RIGHT or LEFT in words, never numbers.",
        "PD-L1 and EGFR on the sample; MRI at 1.5 T.",
        "A dose of 0.5 mg or 10 mg or 100 micrograms.",
        "mL/min/1.73 m2",
    ],
)
def test_sound_wording_passes(text: str) -> None:
    """Laboratory precision, volumes, names and units are no faults."""
    assert list(faults(text)) == []


@pytest.mark.hazard("HZ-29")
def test_soft_and_strong_verbs() -> None:
    """Every strength of the vocabulary has been thought of."""
    strengths = get_args(get_type_hints(Recommendation)["strength"])
    assert set(strengths) == {
        "recommend",
        "consider",
        "good practice",
        "not stated by source",
    }


def codes() -> set[str]:
    """Every code that the program can print, read from its source."""
    found = set()
    for file in (ROOT.parent / "wizard").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("wrong", "_wrong", "Problem", "Fault", "_problem") and node.args:
                first = node.args[0]
                said = first.value if isinstance(first, ast.Constant) else None
                if isinstance(said, str) and re.fullmatch(r"[a-z][a-z0-9-]+", said):
                    found.add(said)
    return found


def test_every_code_is_documented() -> None:
    """docs/checks.md has an entry for every code, and none for a code that is not there."""
    documented = set(
        re.findall(r"`([a-z][a-z0-9-]+)`", (ROOT.parent / "docs/checks.md").read_text())
    )
    assert len(codes()) > 45
    assert codes() - documented == set()
    dynamic = {"unreachable-step", "unreachable-endpoint", CODE, *KINDS}
    hyphenated = {c for c in documented if "-" in c}
    assert hyphenated - codes() - dynamic == set()


def test_json(tmp_path: Path) -> None:
    """A problem as data has its place, code, words and mend."""
    (found,) = problems(tmp_path, pathway())
    data = json.loads(json.dumps(found.as_data()))
    assert data["code"] == "never-read"
    assert data["span"]["file"] == "one/pathway.yaml"
    assert data["mend"]
