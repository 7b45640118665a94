"""docs/terminal.md: `python -m tests.terminal.findings` makes it of findings.yaml and of markers on the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.hazards.markers import Marked, marked

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "terminal.md"
HEAD = """# Findings about terminals

What the library for the full screen does by itself in a real terminal, what the program does about it, where, and the
test. Made by `python -m tests.terminal.findings` from `tests/terminal/findings.yaml` and from markers on the tests
(`@pytest.mark.finding`); a test keeps the page and them equal.

Each of these tests starts the program in a pseudo-terminal and sends keys. It runs twice: with the control, and with the
control taken away by a few lines that are run before the program, where it must see the fault. With the control it ends in
a scan of every byte that came, against the one list of what a terminal may be sent (`tests/terminal/sequences.py`): colours,
the place of the cursor, a few modes, the shape of the pointer. A title, a link, the clipboard, DCS, APC, PM, SOS, a CSI
that is not in the list, C1, a bell, and characters that turn or hide text fail it.

| finding | control | where | test |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Finding:
    """What the library does by itself, and what is done about it in which files."""

    id: str
    finding: str
    control: str
    where: str


def read_findings() -> tuple[Finding, ...]:
    """The findings in the order of their ids."""
    rows = yaml.safe_load((HERE / "findings.yaml").read_text("utf-8"))
    return tuple(Finding(**row) for row in rows)


def page() -> str:
    """docs/terminal.md."""
    tests = marked("finding")
    rows = [
        f"| {f.id} {f.finding} | {f.control} | {_files(f)} | {_tests(tests.get(f.id, []))} |"
        for f in read_findings()
    ]
    return HEAD + "\n".join(rows) + "\n"


def _files(finding: Finding) -> str:
    return "<br>".join(f"`{file}`" for file in finding.where.split(", "))


def _tests(tests: list[Marked]) -> str:
    return "<br>".join(f"`{test.node.removeprefix('tests/terminal/')}`" for test in tests)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
