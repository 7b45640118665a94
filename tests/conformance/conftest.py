"""Says at the end of a run what the conformance data showed, or that they were not there."""

from __future__ import annotations

import pytest

from tests.conformance.peers import VARIABLE, folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for peers' data and one for the independent engine."""
    reports = [
        *terminalreporter.stats.get("passed", ()),
        *terminalreporter.stats.get("skipped", ()),
    ]
    if not any("tests/conformance/" in report.nodeid for report in reports):
        return
    said = [(name, value) for report in reports for name, value in report.user_properties]
    for name, value in said:
        if name == "peers":
            terminalreporter.write_line(f"peers' conformance data: {value}")
    if folder() is None:
        terminalreporter.write_line(f"peers' conformance data: NOT RUN, {VARIABLE} names no folder")
    cases = [value for name, value in said if name == "agreement"]
    if cases:
        total, trails = sum(c[0] for c in cases), sum(c[1] for c in cases)
        terminalreporter.write_line(
            f"python-statemachine walked as ours: {total} cases, {trails} alert trails more"
        )
