"""Twenty broken pathways of twenty kinds, and more: the place, what is wrong, how to mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.small import HEADER, item, write
from wizard.definition.loading import load_problems

PATHWAY = (
    HEADER.format(id="one", start="first")
    + """steps:
  first:
    stage: presentation
    title: First
    asks: [fever]
    exits:
      - if: fever = on
        to: second
      - otherwise: end
      - unknown: second
  second:
    stage: presentation
    title: Second
    asks: [clearance]
    exits:
      - otherwise: end
endpoints:
  end: {title: End, text: The end.}
recommendations:
  drink:
    title: Drink
    action: Drink water.
    who: site:ward
    by: today
    if: fever = on
    contraindicated_if:
      - {if: clearance < 30 mL/min, because: kidneys, claims: [DX-TST-01]}
    why: Water helps.
    strength: recommend
    certainty: series
    claims: [DX-TST-01]
"""
)
COMMON = (
    "items:\n"
    + item("fever", "on", "off")
    + "  clearance:\n    type: quantity\n    unit: mL/min\n    label: Clearance\n"
    + "    ask: {clinician: Clearance?}\n    why: For tests.\n"
    + "contacts: {ward: The ward}\n"
)

BROKEN = [
    # kind, file, what is replaced, by what, at which text, the message, the mend
    ("guard-syntax", "one", "if: fever = on\n        to", "if: fever == on\n        to", "==", "`==`", "single `=`"),
    ("guard-option", "one", "if: fever = on\n        to", "if: fever = onn\n        to", "onn", "not an option", "`on`"),
    ("guard-name", "one", "    if: fever = on\n    contra", "    if: fewer = on\n    contra", "fewer", "no data item", "`fever`"),
    ("guard-unit", "one", "clearance < 30 mL/min", "clearance < 30", "30, bec", "bare number", "mL/min"),
    ("known-in-advice", "one", "    if: fever = on\n    contra", "    if: fever is known\n    contra", "fever is known", "refused", "stay unknown"),
    ("missing-claim", "one", "claims: [DX-TST-01]\n", "claims: [DX-TST-09]\n", "DX-TST-09", "no claim", "`DX-TST-01`"),
    ("unknown-key", "one", "    asks: [fever]\n    exits", "    askss: [fever]\n    exits", "askss", "not known here", "`asks`"),
    ("missing-key", "one", "    title: First\n", "", "first:\n    stage", "`title` is missing", "Add `title:`"),
    ("unknown-target", "one", "        to: second", "        to: secnd", "secnd", "no step, endpoint or pathway", "`second`"),
    ("no-unknown-exit", "one", "      - unknown: second\n", "", "exits:\n      - if", "no `unknown` exit", "missing data"),
    ("no-otherwise-exit", "one", "      - otherwise: end\n      - unknown", "      - unknown", "exits:\n      - if", "no `otherwise` exit", "Add"),
    ("unreachable", "one", "      - unknown: second\n", "      - unknown: end\n", None, "", ""),
    ("unbounded-loop", "one", "    asks: [clearance]\n    exits:\n      - otherwise: end", "    asks: [clearance]\n    exits:\n      - otherwise: first", "first:\n    stage", "without a bound", "visits"),
    ("unknown-item", "one", "    asks: [fever]\n    exits", "    asks: [feber]\n    exits", "feber", "no data item", "`fever`"),
    ("duplicate-key", "one", "endpoints:\n", "endpoints: {}\nendpoints:\n", "endpoints:\n  end", "second time", "Keep one"),
    ("anchor", "one", "title: First", "title: &a First", "&a", "anchor", "Take it out"),
    ("yaml-syntax", "one", "endpoints:\n", "endpoints: [\n", None, "not YAML", "indentation"),
    ("folder-name", "one", "id: one", "id: two", "two", "stands in the folder", "same name"),
    ("contact", "one", "site:ward", "site:warp", "site:warp", "no contact", "`ward`"),
    ("bad-literal", "one", "strength: recommend", "strength: strong", "strong", "not allowed", "recommend"),
    ("common-unit", "common", "unit: mL/min", "unit: ml per min", "ml per min", "not a unit", "mL/min"),
    ("common-reference", "common", "references: [Ref1]", "references: [Ref2]", "Ref2", "no reference", "`Ref1`"),
    ("phrase-item", "one", "  population_if: always\n", "  population_if: always\n  sentence: [[{says: 'Has {feber}.'}]]\n", "'Has {feber}.'", "no data item", "`fever`"),
    ("phrase-braces", "one", "  population_if: always\n", "  population_if: always\n  sentence: [[{says: 'Has {fever.'}]]\n", "'Has {fever.'", "no partner", "{name}"),
    ("version-number", "one", "version: 0.1.0", "version: 1.0", "1.0", "must be words", "three numbers"),
    ("pathway-id", "one", "id: one", "id: One_1", "One_1", "not allowed for `id`", "hyphens"),
    ("claim-mark", "common", "  DX-TST-01: {", "  tst_1: {", "tst_1: {", "not the mark of a claim", "WRIST-1"),
    ("words-for-a-list", "one", "asks: [fever]", "asks: fever", "fever\n    exits", "`asks` must be a list", "`asks: [fever]`"),
    ("list-for-words", "one", "title: First", "title: [First]", "[First]", "not a list", "in quotes"),
    ("date", "one", "evidence_checked: 2026-11-22", "evidence_checked: 22.11.2026", "22.11.2026", "is not a date", "2026-11-22"),
    ("way-out", "one", "      - otherwise: end\n      - unknown: second\n", "      - {otherwise: end, to: second}\n", "{otherwise: end, to: second}", "an exit is `if` with `to`", "number 2 of `exits`"),
    ("guard-capitals", "one", "clearance < 30 mL/min,", "clearance < 30 mL/min AND fever = on,", "AND", "in capitals", "`and`"),
    ("guard-foreign-unit", "one", "clearance < 30 mL/min", "clearance < 30 millilitres", "millilitres", "not a unit", "lists the units"),
    ("guard-comma", "one", "{if: clearance < 30 mL/min,", "{if: 'clearance < 30,5 mL/min',", ",5", "comma in a number", "decimal point"),
    ("guard-is-option", "one", "    if: fever = on\n    contra", "    if: fever is on\n    contra", "on\n    contra", "`is` before an option", "`fever = on`"),
    ("guard-case", "one", "    if: fever = on\n    contra", "    if: fever = ON\n    contra", "ON\n    contra", "not an option", "`on`"),
]  # fmt: skip


def place_of(text: str, fragment: str) -> tuple[int, int]:
    """Line and column of a fragment."""
    at = (
        text.rindex(fragment)
        if text.count(fragment) > 1 and fragment.startswith("endpoints")
        else text.index(fragment)
    )
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def test_the_small_pathway_is_sound(tmp_path: Path) -> None:
    """What is broken below is sound before."""
    loaded = load_problems(write(tmp_path / "p", {"one": PATHWAY}, COMMON))
    library, problems = loaded.library, loaded.problems
    assert problems == []
    assert library is not None


@pytest.mark.hazard("HZ-30")
@pytest.mark.parametrize(
    ("kind", "where", "old", "new", "at", "what", "mend"), BROKEN, ids=[row[0] for row in BROKEN]
)
def test_broken(
    kind: str, where: str, old: str, new: str, at: str | None, what: str, mend: str, tmp_path: Path
) -> None:
    """The first problem names file, line, column, fault and mend."""
    if kind == "unreachable":
        pathway = PATHWAY.replace("        to: second", "        to: end").replace(old, new)
        at, what, mend = "second:\n", "no way leads", "Add an exit"
    else:
        pathway = PATHWAY.replace(old, new) if where == "one" else PATHWAY
    root = write(tmp_path / "p", {"one": pathway}, COMMON)
    common_file = root / "common" / "common.yaml"
    if where == "common":
        common_file.write_text(common_file.read_text().replace(old, new))
    loaded = load_problems(root)
    library, problems = loaded.library, loaded.problems
    assert library is None
    text = pathway if where == "one" else common_file.read_text()
    file = "one/pathway.yaml" if where == "one" else "common/common.yaml"
    found = [p for p in problems if what in p.what]
    assert found, [p.render() for p in problems]
    assert found[0].span.file == file
    assert mend in found[0].mend
    if at is not None:
        assert (found[0].span.line, found[0].span.column) == place_of(text, at)
    assert re.match(rf"{file}:\d+:\d+: error: .+\. .+ \[[a-z-]+\]$", found[0].render())


def test_at_least_twenty_kinds() -> None:
    """Every row is a kind of its own."""
    assert len({row[0] for row in BROKEN}) == len(BROKEN) >= 20


def test_all_problems_in_one_run(tmp_path: Path) -> None:
    """Faults of several files and kinds are reported together."""
    pathway = PATHWAY.replace("        to: second", "        to: secnd").replace(
        "site:ward", "site:warp"
    )
    root = write(tmp_path / "p", {"one": pathway}, COMMON.replace("unit: mL/min", "unit: mL/mim"))
    problems = load_problems(root).problems
    assert {"one/pathway.yaml", "common/common.yaml"} <= {p.span.file for p in problems}
    assert len(problems) >= 3


def test_one_broken_pathway_hides_no_other(tmp_path: Path) -> None:
    """Problems of a second pathway are reported beside those of a first."""
    other = PATHWAY.replace("id: one", "id: other").replace(
        "fever = on\n        to", "fever = onn\n        to"
    )
    broken = PATHWAY.replace("    title: First\n", "")
    problems = load_problems(
        write(tmp_path / "p", {"one": broken, "other": other}, COMMON)
    ).problems
    assert {p.span.file for p in problems} == {"one/pathway.yaml", "other/pathway.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("endpoints:\n", "endpoints: [\n", "yaml-syntax"), ("    title: First\n", "\ttitle: First\n", "yaml-syntax"),
     ("start: first", "start: frist", "unknown-step"),
     ("      - otherwise: end\n      - unknown: second\n", "      - {otherwise: end, to: second}\n", "model-value-error")],
)  # fmt: skip
def test_one_fault_is_one_problem(old: str, new: str, code: str, tmp_path: Path) -> None:
    """What follows from a fault is not reported beside it: no missing keys, no unreached steps."""
    problems = load_problems(
        write(tmp_path / "p", {"one": PATHWAY.replace(old, new)}, COMMON)
    ).problems
    assert [p.code for p in problems] == [code]


def test_a_score_that_rests_on_itself_through_a_finding(tmp_path: Path) -> None:
    """The guards of a score's terms count as well."""
    circle = """
findings:
  high_risk: {if: risk >= 1, text: High., claims: [DX-TST-01]}
scores:
  risk:
    label: Risk
    terms: [{label: Itself, if: high_risk, adds: 1}]
    bands: [{from: 0, to: 1, says: some, claims: [DX-TST-01]}]
    valid_if: always
    otherwise_says: never
    claims: [DX-TST-01]
"""
    problems = load_problems(write(tmp_path / "p", {"one": PATHWAY + circle}, COMMON)).problems
    assert "rests-on-itself" in {problem.code for problem in problems}
