"""Properties of the walk over the shipped pathways, for any facts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.definition.loading import load_library
from wizard.engine.facts import CaseFacts, Fact, Status
from wizard.engine.situation import Situation
from wizard.engine.walk import walk
from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Multi,
    Number,
    Quantity,
    Truth,
    Value,
    parse_invariant,
)
from wizard.guard.evaluate import evaluate
from wizard.guard.nodes import Recommends

LIBRARY: Library = load_library()
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
PATHWAYS = sorted(LIBRARY.pathways)


def value_of(item: Item) -> st.SearchStrategy[Value]:
    """Any value that fits an item."""
    if item.type == "choice":
        return st.sampled_from(sorted(item.options)).map(Choice)
    if item.type == "multi":
        options = frozenset(item.options)
        return st.sets(st.sampled_from(sorted(options))).flatmap(
            lambda present: st.sets(st.sampled_from(sorted(options))).map(
                lambda absent: Multi(frozenset(present), frozenset(absent) - frozenset(present))
            )
        )
    low, high = item.limits.hard if item.limits else (Decimal(0), Decimal(100))
    numbers = st.decimals(low, high, places=1)
    unit = item.unit
    return numbers.map(lambda n: Quantity(n, unit) if unit else Number(n))


ABSENT = st.sampled_from(
    [r for r in Absence if r not in (Absence.OUT_OF_DATE, Absence.NOT_COMPUTABLE)]
).map(Absent)


@st.composite
def cases(draw: st.DrawFn, pathway: str) -> CaseFacts:
    """Any facts of a pathway: a share of the items, values or absence reasons, one or two visits."""
    items = {n: i for n, i in LIBRARY[pathway].items.items() if i.type not in ("text", "date")}
    chosen = draw(st.lists(st.sampled_from(sorted(items)), unique=True, max_size=60))
    facts = {}
    for name in chosen:
        visits = draw(st.integers(1, 2))
        facts[name] = {
            v: Fact(draw(st.one_of(value_of(items[name]), ABSENT)), TODAY)
            for v in range(1, visits + 1)
        }
    return CaseFacts(facts=facts)


def situation(pathway: str, case: CaseFacts) -> Situation:
    """The walk of a case today."""
    return walk(LIBRARY, pathway, case, TODAY)


@pytest.mark.hazard("HZ-30")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_total_and_deterministic(pathway: str) -> None:
    """Any facts give a situation, twice the same, and no gap in the definition."""

    @SETTINGS
    @given(cases(pathway))
    def holds(case: CaseFacts) -> None:
        first, second = situation(pathway, case), situation(pathway, case)
        assert first.main == second.main
        assert first.advice == second.advice
        for trail in first.trails:
            assert not (trail.finished and trail.stop.endpoint is None)

    holds()


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_order_of_facts_does_not_matter(pathway: str) -> None:
    """Any order of entry gives one situation."""

    @SETTINGS
    @given(cases(pathway))
    def holds(case: CaseFacts) -> None:
        turned = replace(case, facts=dict(reversed(list(case.facts.items()))))
        assert situation(pathway, case).main == situation(pathway, turned).main
        assert situation(pathway, case).advice == situation(pathway, turned).advice

    holds()


@pytest.mark.hazard("HZ-01", "HZ-33")
@pytest.mark.invariant("ALWAYS-09")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_unknown_never_reassures(pathway: str) -> None:
    """Losing one value excludes no alert, recommends nothing that was not, and takes no action away."""

    @SETTINGS
    @given(cases(pathway), st.data())
    def holds(case: CaseFacts, data: st.DataObject) -> None:
        if not case.facts:
            return
        name = data.draw(st.sampled_from(sorted(case.facts)))
        reason = data.draw(ABSENT)
        lost = replace(case, facts={**case.facts, name: {1: Fact(reason, TODAY)}})
        before, after = situation(pathway, case), situation(pathway, lost)
        alerts = {s.id: s.truth for s in after.alerts}
        for state in before.alerts:
            if state.truth is not Truth.FALSE:
                assert alerts[state.id] is not Truth.FALSE, (name, state.id)
        now = {a.id: a for a in after.advice}
        for advice in before.advice:
            if advice.id not in now:
                continue
            status = now[advice.id].status
            if advice.status in (Status.PENDING, Status.CHECK_FIRST, Status.BLOCKED):
                assert status is not Status.RECOMMENDED, (name, advice.id)
            if advice.status is not Status.NOT_INDICATED:
                assert status is not Status.NOT_INDICATED, (name, advice.id)

    holds()


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_what_is_open_names_what_would_settle_it(pathway: str) -> None:
    """Pending and check first always name an item; so does an alert that is not yet excluded."""

    @SETTINGS
    @given(cases(pathway))
    def holds(case: CaseFacts) -> None:
        found = situation(pathway, case)
        advice = [*found.advice, *(a for d in found.decisions for a in d.candidates)]
        for one in advice:
            if one.status in (Status.PENDING, Status.CHECK_FIRST):
                assert one.blocked_by, one.id
        for state in found.alerts:
            assert state.deciding, state.id

    holds()


@pytest.mark.hazard("HZ-21", "HZ-79")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_invariants_hold(pathway: str) -> None:
    """No invariant of the pathway is violated by any facts, unknowns included."""
    found = LIBRARY[pathway]
    invariants = [(name, parse_invariant(i.never)) for name, i in found.invariants.items()]

    @SETTINGS
    @given(cases(pathway))
    def holds(case: CaseFacts) -> None:
        from wizard.engine.advice import advise
        from wizard.engine.facts import Place
        from wizard.engine.reading import Reading

        reading = Reading(found, case, TODAY)
        for name, invariant in invariants:
            assert isinstance(invariant.never, Recommends)
            advice = invariant.never.name
            if advice in found.candidates:
                step, definition = found.candidates[advice]
                status = advise(advice, definition, reading, Place(pathway, step)).status
            else:
                status = advise(advice, found.recommendations[advice], reading).status
            if status is Status.RECOMMENDED:
                assert evaluate(invariant.when, reading) is Truth.FALSE, (name, advice)

    holds()


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_every_invariant_can_be_put_to_the_test(pathway: str) -> None:
    """Each names advice that exists; none is empty."""
    for invariant in LIBRARY[pathway].invariants.values():
        never = parse_invariant(invariant.never).never
        assert isinstance(never, Recommends)
        assert never.name in set(LIBRARY[pathway].advice())
