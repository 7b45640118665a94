"""A case that is looked at on another day than it is says so, in both faces."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Static

from tests.conftest import TODAY
from tests.line.conftest import LABEL, Plain
from tests.tui.test_case_screen import settle
from wizard.tui.app import Wizard


@pytest.mark.parametrize(
    ("apart", "words"),
    [(0, ""), (1, "1 day before today (23-Nov-2026)"), (-1200, "1,200 days after today")],
)
async def test_another_day_is_said_where_a_case_is_opened(
    apart: int, words: str, plain: Plain
) -> None:
    """The day, how far it is, and today; on the day itself nothing."""
    plain.desk = replace(plain.desk, clock=TODAY + timedelta(days=apart))
    said = plain.run(())
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = str(app.screen.query_one("#message", Static).render())
    for text in (said, shown):
        squeezed = " ".join(text.split())
        assert ("Looked at on 22-Nov-2026" in squeezed) == bool(words)
        assert words in squeezed
