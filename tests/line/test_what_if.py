"""What if: answers are tried beside a case in both faces, and nothing of them is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.conftest import TODAY
from tests.line.conftest import LABEL, Plain
from tests.line.test_commands import Scene, kept
from tests.tui.test_case_screen import press, settle, shown
from wizard.case.open_case import OpenCase
from wizard.case.page import Page
from wizard.case.variant import LEFT, NO_DIFFERENCE, TITLE, Variant, now_and_then
from wizard.engine.facts import Fact
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Choice
from wizard.tui.app import Wizard
from wizard.tui.reading import CardScreen

STAGED = Scene((), (), (), kept="4-staging")


def files(plain: Plain) -> dict[str, bytes]:
    """Every byte of the store."""
    folder = Path(plain.desk.store.folder)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def text(variant: Variant, width: int = 78) -> str:
    """What is said of a variant."""
    page = Page(width)
    now_and_then(variant, page)
    return "\n".join(line.text for line in page.lines)


@pytest.fixture
def staged(plain: Plain) -> OpenCase:
    """A case at the stage of staging."""
    plain.desk = kept(plain.desk, STAGED)
    case = plain.desk.resume(LABEL)
    plain.desk = replace(plain.desk, today=case.state.as_of)
    return case


def test_several_answers_together(plain: Plain, staged: OpenCase) -> None:
    """Both stand in what differs, with what they change; the case itself is as it was."""
    before, events = files(plain), staged.events
    variant = Variant(staged)
    assert NO_DIFFERENCE in text(variant)
    variant.answer("pain_severity", Fact(Choice("severe"), TODAY))
    one = text(variant)
    variant.answer("neuro_signs", Fact(Choice("yes"), TODAY))
    variant.answer("sex", Fact(Absent(Absence.NOT_KNOWN), TODAY))
    both = text(variant)
    assert "EMERGENCIES" not in one
    assert "EMERGENCIES" in both
    assert "Neurological signs:" in both
    assert "not known" in both
    assert (files(plain), staged.events) == (before, events)


def test_now_and_then_beside_each_other_or_below(staged: OpenCase) -> None:
    """In two columns where there is room, else in labelled lines; the same words."""
    variant = Variant(staged)
    variant.answer("neuro_signs", Fact(Choice("yes"), TODAY))
    wide, narrow = text(variant, 78), text(variant, 40)
    assert any("now:" in line and "then:" in line for line in wide.splitlines())
    assert not any("now:" in line and "then:" in line for line in narrow.splitlines())
    assert sorted(wide.split()) == sorted(narrow.split())
    assert max(map(len, narrow.splitlines())) <= 40


def test_a_variant_makes_no_report(plain: Plain, staged: OpenCase) -> None:
    """In no format."""
    with pytest.raises(BadInput, match="what if makes no report"):
        plain.desk.render(Variant(staged), "text")


def test_in_plain_lines(plain: Plain, staged: OpenCase) -> None:
    """Tried, read side by side, left; the case goes on as it was."""
    before = files(plain)
    said = plain.resume(["y", "c", "1", "81 years", "y", "p", "1", "q", "q"])
    said = " ".join(said.split())
    assert said.count(TITLE) == 2
    assert "Tried, not kept." in said
    assert "now:" in said
    assert "a what if makes no report" in said
    assert LEFT in said
    assert files(plain) == before
    assert plain.stored().events == staged.events


async def test_in_the_full_screen(plain: Plain, staged: OpenCase) -> None:
    """The head says that it is one all the time; leaving asks nothing and keeps nothing."""
    before = files(plain)
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "y")
        await settle(pilot)
        assert TITLE in str(app.screen.query_one("#header", Static).render())
        await press(pilot, "c", "2", *"81", "enter")
        await settle(pilot)
        assert "Tried, not kept." in shown(app)
        await press(pilot, "y")
        await settle(pilot)
        assert "now:" in shown(app)
        assert "81 years" in shown(app)
        await press(pilot, "escape", "q")
        await settle(pilot)
        assert LEFT in shown(app)
        assert TITLE not in shown(app)
    assert files(plain) == before
    assert plain.stored().events == staged.events


async def test_no_card_for_what_is_only_tried(plain: Plain, staged: OpenCase) -> None:
    """An emergency that is tried stands in the alarm line; nobody is called for it."""
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "y", "x", "2")
        await settle(pilot)
        await press(pilot, "1")
        await settle(pilot)
        assert "Tried, not kept." in shown(app)
        assert "EMERGENCY (x)" in shown(app)
        assert not isinstance(app.screen, CardScreen)
