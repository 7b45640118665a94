"""Properties of the commands of a case, over every shipped pathway and any answers.

A case begins with answers at random, as `tests/conformance/cases.py` draws them; what is done to
it then goes through the commands that every face uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conformance.cases import Cases
from tests.conftest import TODAY
from wizard.case.entry import check_value
from wizard.case.events import Answered, Event, Started
from wizard.case.open_case import OpenCase
from wizard.definition.loading import load_library
from wizard.engine.facts import Answer, Fact, Place, Status
from wizard.engine.reading import Reading
from wizard.engine.situation import Situation
from wizard.engine.walk import walk
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Truth

LIBRARY = load_library()
PATHWAYS = sorted(LIBRARY.pathways)
SEEDS = st.integers(0, 2**32)
FEW, MANY = 12, 400
Edit = tuple[str, int, Fact]


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> settings:
    """Few examples in a short run, many under --full."""
    most = MANY if request.config.getoption("--full") else FEW
    return settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))


def fits(pathway: str, item: str, fact: Fact) -> bool:
    """Whether the commands take a fact."""
    try:
        check_value(item, LIBRARY[pathway].items[item], fact)
    except BadInput:
        return False
    return True


def answers(pathway: str, seed: int) -> list[Edit]:
    """Answers at random to items of a pathway, of every visit."""
    found = Cases(LIBRARY, pathway, seed).another(TODAY).facts
    items = LIBRARY[pathway].items
    return [
        (name, visit, fact)
        for name, visits in found.items()
        for visit, fact in visits.items()
        if name in items and fits(pathway, name, fact)
    ]


def opened(pathway: str, given_: Sequence[Edit]) -> OpenCase:
    """A case with these answers."""
    header = LIBRARY[pathway].header
    events: list[Event] = [
        Started("two words", header.id, header.version, LIBRARY[pathway].hash, TODAY),
        *(Answered(name, fact, visit) for name, visit, fact in given_),
    ]
    case = OpenCase(LIBRARY, events)
    case.settle_alerts()
    return case


def answer(case: OpenCase, edit: Edit) -> None:
    """Gives an answer by the command, at its visit."""
    name, visit, fact = edit
    loops = [
        Place(case.pathway.id, step, visit)
        for step, definition in case.pathway.steps.items()
        if definition.loop is not None and name in definition.loop.ask_again
    ]
    case.answer(name, fact, loops[0] if loops else None)


def edits(pathway: str, seed: int, most: int) -> list[Edit]:
    """A few other answers."""
    found = answers(pathway, seed + 1)
    return Random(seed).sample(found, min(most, len(found)))


def fresh(case: OpenCase) -> Situation:
    """The situation of a case, worked out from nothing."""
    return walk(LIBRARY, case.state.pathway, case.state.facts, case.state.as_of)


@pytest.mark.hazard("HZ-11")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_any_order_of_edits_gives_one_situation(pathway: str, examples: settings) -> None:
    """The same edits in two orders, step by step and from nothing: one situation."""

    @examples
    @given(SEEDS, st.randoms(use_true_random=False))
    def holds(seed: int, chance: Random) -> None:
        base, done = answers(pathway, seed), edits(pathway, seed, 5)
        one, other = opened(pathway, base), opened(pathway, base)
        for edit in done:
            answer(one, edit)
        for edit in chance.sample(done, len(done)):
            answer(other, edit)
        assert one.situation == other.situation == fresh(one)

    holds()


def commands(case: OpenCase, seed: int) -> list[Callable[[], None]]:
    """One command of each kind that can be given where a case stands."""
    reason = next(iter(case.pathway.common.reasons))
    found: list[Callable[[], None]] = [
        lambda edit=edit: answer(case, edit)  # type: ignore[misc]
        for edit in edits(case.pathway.id, seed, 2)
    ]
    known = sorted(set(case.state.facts.facts) & set(case.pathway.items))
    if known:
        item = Random(seed).choice(known)
        found.append(lambda: case.set_aside(item, confirmed=True))
    for state in case.situation.alerts:
        if state.truth is Truth.TRUE:
            found.append(lambda name=state.id: case.take_in_hand(name, "Dr A", "08:00"))  # type: ignore[misc]
            found.append(lambda name=state.id: case.continue_work_up(name))  # type: ignore[misc]
            break
    advice = case.situation.advice[seed % len(case.situation.advice)].id
    found.append(lambda: case.respond(advice, Answer.DECLINED, reason))
    stop = case.situation.current.stop
    decision = case.situation.decision(stop.place) if stop.kind == "decides" else None
    for chosen in [(), *((c.id,) for c in decision.candidates)] if decision else []:
        if case.refusal(stop.place, chosen) is None:
            found.append(lambda chosen=chosen: case.commit(stop.place, chosen, reason))  # type: ignore[misc]
            break
    return found


@pytest.mark.hazard("HZ-06")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_undo_is_identity(pathway: str, examples: settings) -> None:
    """What any command changed an undo gives back: facts, commitments, answers, situation."""

    @examples
    @given(SEEDS)
    def holds(seed: int) -> None:
        case = opened(pathway, answers(pathway, seed))
        for command in commands(case, seed):
            facts, situation, before = case.state.facts, case.situation, case.events
            episodes = case.state.episodes
            command()
            assert case.situation == fresh(case)
            if case.events == before:
                continue
            case.undo()
            assert case.state.facts == facts
            assert case.state.episodes == episodes
            assert case.situation == situation == fresh(case)

    holds()


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_no_answer_raises_and_a_refused_one_changes_nothing(
    pathway: str, examples: settings
) -> None:
    """The commands either take a fact or refuse it with BadInput; the walk never raises."""

    @examples
    @given(SEEDS)
    def holds(seed: int) -> None:
        case = opened(pathway, answers(pathway, seed))
        made = Cases(LIBRARY, pathway, seed + 2).another(TODAY).facts
        names = sorted(set(made) & set(case.pathway.items))
        for name in Random(seed).sample(names, min(6, len(names))):
            visit, fact = next(iter(made[name].items()))
            before = (case.events, case.situation)
            try:
                answer(case, (name, visit, fact))
            except BadInput:
                assert not fits(pathway, name, fact)
                assert (case.events, case.situation) == before
            else:
                assert case.situation == fresh(case)
            for trail in case.situation.trails:
                assert not (trail.finished and trail.stop.endpoint is None)

    holds()


@pytest.mark.hazard("HZ-01", "HZ-33")
@pytest.mark.invariant("ALWAYS-09")
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_unknown_never_reassures(pathway: str, examples: settings) -> None:
    """An answer taken back by an absence reason excludes no alert, recommends nothing that was
    not recommended, and takes no action of the pathway off the list.

    Left out is what does not become unknown: an item that does not apply has its `otherwise`
    value then, and one that was asked again has its earlier visit's.
    """

    @examples
    @given(SEEDS)
    def holds(seed: int) -> None:
        chance = Random(seed)
        case = opened(pathway, answers(pathway, seed))
        items = case.pathway.items
        reading = Reading(case.pathway, case.state.facts, TODAY)
        values = [
            (name, visit)
            for name, visits in case.state.facts.facts.items()
            for visit, fact in visits.items()
            if fact.absence is None and items[name].absence and len(visits) == 1
            if reading.applies(name) is not Truth.FALSE
        ]
        for name, visit in chance.sample(values, min(4, len(values))):
            before = case.situation
            reason = Absence(chance.choice(items[name].absence))
            answer(case, (name, visit, Fact(Absent(reason), TODAY, awaited_from="ward")))
            after = case.situation
            alerts = {state.id: state.truth for state in after.alerts}
            for state in before.alerts:
                if state.truth is not Truth.FALSE:
                    assert alerts[state.id] is not Truth.FALSE, (name, state.id)
            now = {advice.id: advice.status for advice in after.advice}
            for advice in before.advice:
                if advice.pathway != pathway:
                    continue
                status = now[advice.id]
                if advice.status is not Status.RECOMMENDED:
                    assert status is not Status.RECOMMENDED, (name, advice.id)
                if advice.status is not Status.NOT_INDICATED:
                    assert status is not Status.NOT_INDICATED, (name, advice.id)
            case.undo()

    holds()
