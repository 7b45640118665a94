"""Each kind of screen at three sizes, as the text that is painted.

What has changed is read in the difference; `--snapshot-update` takes it over.
"""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle
from tests.tui.test_sizes import PAGES, opened, resized, shown_by

SIZES = [(80, 24), (120, 40), (200, 60)]
FIRST = ("home", "question", "decision", "card", "waiting", "check", "all advice", "report")
REST = ("end", "why", "evidence", "changes", "map", "emergencies", "search", "body map", "what if")
KINDS = [*FIRST, *(pytest.param(kind, marks=pytest.mark.full) for kind in REST)]


class Screens(SingleFileSnapshotExtension):
    """A text file of each kind of screen."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.mark.parametrize("kind", KINDS)
async def test_screens(kind: str, start: Start, snapshot: SnapshotAssertion) -> None:
    """Clock and case are fixed; the window is resized from one size to the next."""
    app = opened(kind, start)
    seen = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await press(pilot, *PAGES[kind][1])
        await settle(pilot)
        for columns, lines in SIZES:
            await resized(pilot, (columns, lines))
            painted = (line.rstrip() for line in shown_by(pilot).splitlines())
            seen.append("\n".join([f"{columns} by {lines}", *painted]))
    assert snapshot(extension_class=Screens) == "\n\n".join(seen) + "\n"
