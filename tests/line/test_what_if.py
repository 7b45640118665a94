"""What if: answers are tried beside a case in both faces, and nothing of them is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.case.test_compare import opened
from tests.conftest import NOW, TODAY
from tests.line.conftest import LABEL, Plain
from tests.line.test_commands import Scene, kept
from tests.tui.test_case_screen import press, settle, shown
from tests.vignettes.test_vignettes import FILES, IDS
from wizard.case.open_case import OpenCase
from wizard.case.page import Page
from wizard.case.variant import (
    KEPT_OF_IT,
    LEFT,
    NO_DIFFERENCE,
    NOT_ASKED,
    PROMPT,
    TITLE,
    Variant,
    now_and_then,
)
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Choice
from wizard.store.store import Store
from wizard.tui.app import Wizard
from wizard.tui.paint import Lines
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
    said = plain.resume(["*", "c", "1", "81 years", "*", "p", "1", "q", "1", "q"])
    said = " ".join(said.split())
    assert said.count(TITLE) == 3
    assert " now: 53 years then: 81 years" in said
    assert "Tried, not kept." in said
    assert "now:" in said
    assert "a what if makes no report" in said
    assert LEFT in said
    assert files(plain) == before
    assert plain.stored().events == staged.events


def test_plain_lines_mark_every_question(plain: Plain, staged: OpenCase) -> None:
    """No head stays in view: each prompt says that nothing is kept, until the variant is left."""
    said = plain.resume(["c", "", "*", "c", "1", "81 years", "*", "x", "", "q", "1", "c", "", "q"])
    before, _, rest = said.partition("Answer as usual")
    within, _, after = rest.partition(LEFT[:20])
    asked = [line for line in within.splitlines() if line.rstrip().endswith(":")]
    prompts = [line for line in asked if "Answer:" in line or "Number 1 to" in line]
    assert len(prompts) >= 5
    assert all(line.startswith(PROMPT) for line in prompts)
    assert PROMPT not in before + after
    assert "saved" not in within


def test_what_would_be_false_of_a_variant_is_refused(plain: Plain, staged: OpenCase) -> None:
    """Nobody has an emergency in hand that is only tried; a variant is not checked."""
    before = files(plain)
    typed = ["*", "x", "2", "1", "x", "1", "k", "Dr A", "09:00", "c", "q", "1", "q"]
    said = " ".join(plain.resume(typed).split())
    assert "Error: what is only tried is not taken in hand" in said
    assert "In hand: Dr A" not in said
    with pytest.raises(BadInput, match="not checked"):
        Variant(staged).mark_checked()
    assert files(plain) == before


def test_another_part(plain: Plain) -> None:
    """A variant that names another part says so, with what was decided for the one before."""
    plain.desk = kept(plain.desk, Scene((), (), (), kept="3-biopsy"))
    variant = Variant(plain.desk.resume(LABEL))
    variant.answer("finger_name", Fact(Choice("index"), TODAY))
    said = text(variant, 72)
    assert "THE PART" in said
    assert "Decided for it already: " in said


async def test_in_the_full_screen(plain: Plain, staged: OpenCase) -> None:
    """The head says that it is one all the time; leaving asks nothing and keeps nothing."""
    before = files(plain)
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*")
        await settle(pilot)
        assert TITLE in str(app.screen.query_one("#header", Static).render())
        await press(pilot, "c", "2", *"81", "enter")
        await settle(pilot)
        assert "Tried, not kept." in shown(app)
        await press(pilot, "*")
        await settle(pilot)
        assert "now:" in shown(app)
        assert "81 years" in shown(app)
        assert app.screen.query_one(".dialog").border_title == TITLE
        await press(pilot, "escape", "q", "escape")
        await settle(pilot)
        assert TITLE in str(app.screen.query_one("#header", Lines).render())
        await press(pilot, "q", "1")
        await settle(pilot)
        assert LEFT in shown(app)
        assert TITLE not in shown(app)
    assert files(plain) == before
    assert plain.stored().events == staged.events


async def test_no_card_for_what_is_only_tried(plain: Plain, staged: OpenCase) -> None:
    """An emergency that is tried stands in the alarm line; nobody is called for it."""
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*", "x", "2")
        await settle(pilot)
        await press(pilot, "1")
        await settle(pilot)
        assert "Tried, not kept." in shown(app)
        assert "EMERGENCY (x)" in shown(app)
        assert not isinstance(app.screen, CardScreen)
        await press(pilot, "x", "1")
        assert isinstance(app.screen, CardScreen)
        assert app.screen.query_one(".dialog").border_title == TITLE
        await press(pilot, "k", *"Dr A", "enter", *"9", "enter")
        await settle(pilot)
        assert "what is only tried is not taken in hand" in shown(app)
        await press(pilot, "q", "1", "c")
        assert not app.screen.query_one(".dialog").border_title


TRIED = ("c", "2", *"81", "enter", "x", "2", "1")


async def test_what_was_tried_is_kept_like_any_change(plain: Plain, staged: OpenCase) -> None:
    """In both faces alike, once what it changes was shown; then the card of the emergency comes."""
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*", *TRIED, "q", "2")
        await settle(pilot)
        assert plain.stored().events == staged.events
        assert KEPT_OF_IT in shown(app)
        assert "EMERGENCY Suspected spinal cord" in shown(app)
        await press(pilot, "2")
        assert LEFT in shown(app)
        assert plain.stored().events == staged.events
        await press(pilot, "*", *TRIED, "q", "2", "1")
        await settle(pilot)
        assert isinstance(app.screen, CardScreen)
    kept_there = plain.stored().state.facts
    plain.desk = replace(plain.desk, store=Store(plain.desk.store.folder / "lines", lambda: NOW))
    plain.desk = replace(kept(plain.desk, STAGED), today=staged.state.as_of)
    said = plain.resume(["*", "c", "1", "81 years", "x", "2", "1", "q", "2", "1", "q"])
    assert "EMERGENCY:" in said.rpartition(KEPT_OF_IT)[2]
    assert plain.stored().state.facts == kept_there


@pytest.mark.parametrize("number", range(0, len(FILES), 5), ids=IDS[::5])
def test_what_is_taken_over_is_what_was_tried(number: int, library: Library) -> None:
    """Of answers drawn at steps of the trail: the case then stands where the variant stood."""
    case = opened(FILES[number], library)
    chance, variant = random.Random(number), Variant(case)
    for _ in range(4):
        place = chance.choice(variant.situation.places)
        choosable = [(n, i) for n, i in variant.asked(place) if i.type == "choice"]
        if choosable:
            name, item = chance.choice(choosable)
            fact = Fact(Choice(chance.choice(list(item.options))), case.state.as_of)
            variant.answer(name, fact, place)
    page = Page(71)
    variant.keeping(page)
    words = " ".join(" ".join(line.text for line in page.lines).split())
    variant.take_over()
    left = {i.label for _, i, _, _ in variant.tried}
    assert all(f"{NOT_ASKED}: {label}" in words for label in left)
    if not left:
        assert case.state.facts == variant.state.facts
        assert case.situation.current == variant.situation.current
