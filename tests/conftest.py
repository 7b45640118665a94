"""What every test shares: the shipped library once, a frozen clock, the long counts switch."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime

import pytest

from wizard.definition.library import Library
from wizard.definition.loading import load_library

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` runs the long counts."""
    parser.addoption("--full", action="store_true", help="run the long counts")


def pytest_configure(config: pytest.Config) -> None:
    """Every process of a run shares one cache, and none the user's."""
    if not hasattr(config, "workerinput"):
        cache = tempfile.TemporaryDirectory(prefix="pathwizard-cache-")
        config.add_cleanup(cache.cleanup)
        os.environ["XDG_CACHE_HOME"] = cache.name


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the long counts out of a short run."""
    if config.getoption("--full"):
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    items[:] = [item for item in items if not item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped pathways."""
    return load_library()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the random keys reached in each face."""
    from tests.walker import PROPERTY, Reached

    faces: dict[str, Reached] = {}
    stats = terminalreporter.stats
    for report in [*stats.get("passed", ()), *stats.get("failed", ())]:
        for name, value in report.user_properties:
            if name == PROPERTY and report.when == "call":
                face = report.nodeid.partition("::")[0]
                faces.setdefault(face, Reached()).add(Reached(**value))
    for face, reached in faces.items():
        terminalreporter.write_line(f"{face}: {reached.words()}")
    if len(faces) > 1:
        both = Reached()
        for reached in faces.values():
            both.add(reached)
        terminalreporter.write_line(f"both faces: {both.words()}")
