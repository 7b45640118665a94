"""What is read beside a question: short, emergencies first, nothing left out without a count."""

from __future__ import annotations

import re

from tests.conftest import TODAY
from wizard.case.inspection import why_item
from wizard.case.open_case import begin
from wizard.case.page import Page
from wizard.case.pages import so_far
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.guard import Choice


def test_what_an_item_bears_on_is_a_handful(library: Library) -> None:
    """Every emergency by name, four pieces of advice, and the number of the others."""
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    long = 0
    for name, item in case.pathway.items.items():
        page = Page(1000)
        why_item(case, name, item, "clinician", page)
        words = "\n".join(line.text for line in page.lines)
        for state in case.situation.alerts:
            if name in state.deciding:
                assert state.short in words.split("Emergencies that hang on it: ")[1]
        advice = [a for a in case.situation.advice if name in (*a.because, *a.blocked_by)]
        shown = [a for a in advice if a.recommendation.title in words]
        assert len(shown) >= min(4, len(advice))
        more = re.findall(r"and (\d+) more$", words, re.M)
        assert more == ([str(len(advice) - 4)] if len(advice) > 4 else [])
        long += len(advice) > 20
    assert long


def test_the_part_not_entered_names_what_is_sure_to_be_asked(library: Library) -> None:
    """The bones of hand and foot once the region is known, and of one of them alone."""
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    assert so_far(case) == "not entered: Side"
    case.answer("affected_region", Fact(Choice("foot"), TODAY))
    assert so_far(case).startswith("not entered: Side, Bone of the foot")
    assert "hand" not in so_far(case)
