"""Where a case rests, said in one line, and what of it has become stale."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.report.test_reports import CASES, opened
from wizard.case.page import Page
from wizard.case.pages import step_text
from wizard.case.resting import awaited_lines, resting_words
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.engine.facts import Fact
from wizard.errors import StorageError
from wizard.guard import Choice
from wizard.report.summary import summarise
from wizard.store.store import Store


@pytest.mark.hazard("HZ-50")
def test_what_is_overdue_is_said_where_the_case_waits(library: Library) -> None:
    """In the list of cases and at the waiting point, from the day after the day it was due."""
    files = sorted(CASES.glob("*/sitting-*.yaml"))
    waiting = [c for c in (opened(f, library) for f in files) if "due" in resting_words(c)]
    assert waiting
    case = waiting[0]
    stop = case.situation.current.stop
    fact = case.fact(stop.items[0], stop.place)
    assert fact is not None
    assert fact.due is not None
    assert "overdue" not in resting_words(case, fact.due)
    late = fact.due + timedelta(days=1)
    assert resting_words(case, late).count("overdue") == 1
    assert fact.awaited_from
    assert not any("overdue" in line for line in awaited_lines(case, fact.due))
    said = [line for line in awaited_lines(case, late) if line.endswith(", overdue.")]
    assert any(fact.awaited_from in line for line in said)
    case.move_as_of(late)
    page = Page(80)
    step_text(case, stop.place, page)
    assert any("OVERDUE" in str(line) for line in page.lines)


def test_an_answer_stands_where_it_was_asked_first(library: Library) -> None:
    """Diabetes is asked at the presentation and read again at imaging."""
    case = opened(CASES / "acro-thumb-fingertip-lung-antibiotics" / "5-treatment.yaml", library)
    first: dict[str, str] = {}
    for place in case.situation.main.places:
        for name in case.situation.step(place).asks:
            first.setdefault(name, case.situation.step(place).stage)
    assert first["diabetes"] == "presentation"
    (how,) = [s for s in summarise(case, {}, "0").sections if s.title == "HOW WE CAME HERE"]
    label = case.pathway.items["diabetes"].label
    (line,) = [line for line in how.lines if f"{label}: " in line.text]
    assert line.lead.startswith("Presentation")


def test_a_stale_screen_gives_no_report(tmp_path: Path, library: Library) -> None:
    """Once another session has written to the case the report is refused, as an answer is."""
    desk = Desk(library, Store(tmp_path, lambda: NOW), {}, TODAY, lambda: NOW)
    here = desk.start("acrometastasis", "amber-heron")
    assert "WORKING COPY" in desk.render(here, "text")
    desk.resume("amber-heron").answer("neuro_signs", Fact(Choice("no"), TODAY))
    with pytest.raises(StorageError, match="changed"):
        desk.render(here, "text")
    assert "WORKING COPY" in desk.render(desk.resume("amber-heron"), "text")
