"""A walk that takes over from the walk before comes to what a walk from nothing comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.engine.test_properties import ABSENT, LIBRARY, PATHWAYS, SETTINGS, cases, value_of
from tests.vignettes.test_vignettes import FILES
from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.engine.facts import CaseFacts, Fact
from wizard.engine.situation import Situation
from wizard.engine.walk import walk

LAST = [file for file in FILES if file.stem.startswith("5-")]


def alike(found: Situation, expected: Situation) -> bool:
    """Everything a situation holds, worked-out values included."""
    return found == expected and found.values == expected.values


@pytest.mark.hazard("HZ-11")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_any_edits_one_after_another(pathway: str) -> None:
    """Values are given, changed, made absent and taken back, and the day moves."""

    @SETTINGS
    @given(cases(pathway), st.data())
    def holds(case: CaseFacts, data: st.DataObject) -> None:
        as_of = TODAY
        before = walk(LIBRARY, pathway, case, as_of)
        items = {n: i for n, i in LIBRARY[pathway].items.items() if i.type not in ("text", "date")}
        for _ in range(data.draw(st.integers(1, 6))):
            name = data.draw(st.sampled_from(sorted(items)))
            facts = dict(case.facts)
            if data.draw(st.booleans()) or name not in facts:
                value = data.draw(st.one_of(value_of(items[name]), ABSENT))
                visit = data.draw(st.integers(1, 2))
                facts[name] = {**facts.get(name, {}), visit: Fact(value, TODAY)}
            else:
                del facts[name]
            case = replace(case, facts=facts)
            if data.draw(st.integers(0, 5)) == 0:
                as_of += timedelta(days=40)
            after = walk(LIBRARY, pathway, case, as_of, before)
            assert alike(after, walk(LIBRARY, pathway, case, as_of))
            before = after

    holds()


@pytest.mark.parametrize("file", LAST[::3], ids=lambda file: file.parent.name)
def test_each_answer_of_a_vignette(file: Path) -> None:
    """Without one fact, then with it, commitments, acknowledgements and responses included."""
    case = replay(read_answers(file.read_text("utf-8"), str(file), LIBRARY), LIBRARY)
    given_facts, pathway = case.state.facts, case.state.pathway
    expected = walk(LIBRARY, pathway, given_facts, case.state.as_of)
    for name in given_facts.facts:
        others = {n: visits for n, visits in given_facts.facts.items() if n != name}
        fewer = replace(given_facts, facts=others)
        before = walk(LIBRARY, pathway, fewer, case.state.as_of, expected)
        assert alike(before, walk(LIBRARY, pathway, fewer, case.state.as_of))
        assert alike(walk(LIBRARY, pathway, given_facts, case.state.as_of, before), expected)


@pytest.mark.parametrize("file", LAST, ids=lambda file: file.parent.name)
def test_each_commitment_of_a_vignette(file: Path) -> None:
    """Without one commitment, then with it."""
    case = replay(read_answers(file.read_text("utf-8"), str(file), LIBRARY), LIBRARY)
    given_facts, pathway = case.state.facts, case.state.pathway
    expected = walk(LIBRARY, pathway, given_facts, case.state.as_of)
    for place in given_facts.commitments:
        others = {p: made for p, made in given_facts.commitments.items() if p != place}
        fewer = replace(given_facts, commitments=others)
        before = walk(LIBRARY, pathway, fewer, case.state.as_of, expected)
        assert alike(before, walk(LIBRARY, pathway, fewer, case.state.as_of))
        assert alike(walk(LIBRARY, pathway, given_facts, case.state.as_of, before), expected)
