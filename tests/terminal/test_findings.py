"""Every finding about terminals has a test that sees the fault without the control."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.hazards.markers import marked
from tests.terminal.findings import PAGE, page, read_findings

ROOT = PAGE.parents[1]


def test_the_page_is_made_of_the_findings() -> None:
    """And stays so."""
    assert PAGE.read_text("utf-8") == page(), "run `python -m tests.terminal.findings`"


def test_every_finding_has_a_test_with_and_without_its_control() -> None:
    """One that runs both ways for each row of the list, and no marker without a row."""
    findings, tests = read_findings(), marked("finding")
    assert [f.id for f in findings] == [f"TF-{n:02}" for n in range(1, len(findings) + 1)]
    assert len(findings) == 23
    assert set(tests) <= {f.id for f in findings}
    both_ways = {
        name for name, found in tests.items() for t in found if _runs_both_ways(t.file, t.function)
    }
    assert both_ways == {f.id for f in findings}
    files = {file for finding in findings for file in finding.where.split(", ")}
    assert [file for file in files if not (ROOT / file).is_file()] == []


def _runs_both_ways(file: str, function: str) -> bool:
    for node in ast.parse(Path(ROOT / file).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return any(ast.unparse(d) == "with_and_without" for d in node.decorator_list)
    return False
