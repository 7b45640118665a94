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
