"""What explanations say is held against the walk: supposed values are entered and walked for real."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.small import HEADER, load
from tests.vignettes.test_vignettes import FILES, IDS
from wizard.case.answers_file import read_answers
from wizard.case.explanation import explain, next_question_words, questionable
from wizard.case.open_case import OpenCase, begin
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.engine.advice import advise
from wizard.engine.facts import CaseFacts, Fact, Status
from wizard.engine.reading import Reading
from wizard.engine.regions import Regions
from wizard.engine.situation import Advice
from wizard.engine.what_if import is_robust, would_change
from wizard.errors import BadInput
from wizard.guard import Absent, Choice, Multi, Number, Quantity, Truth, Value

SOME = [
    pytest.param(file, id=id_, marks=pytest.mark.full if number % 3 else ())
    for number, (file, id_) in enumerate(zip(FILES[::4], IDS[::4], strict=True))
]


def opened(file: Path, library: Library) -> OpenCase:
    """The case of a file."""
    return replay(read_answers(file.read_text("utf-8"), file.name, library), library)


def guards_of(reading: Reading, advice: Advice) -> list[str]:
    """Every guard that the status of a piece of advice reads."""
    recommendation = advice.recommendation
    against = [c.if_ for c in recommendation.contraindicated_if]
    return [reading.pathway.header.population_if, recommendation.if_, *against]


def with_value(case: OpenCase, name: str, value: Value) -> CaseFacts:
    """The facts of a case with another value of an item, as if it had been entered."""
    facts = {**case.state.facts.facts, name: {1: Fact(value, case.state.as_of)}}
    return CaseFacts(facts=facts)


@pytest.mark.parametrize("file", SOME)
def test_what_is_said_to_change_advice_changes_it(file: Path, library: Library) -> None:
    """Each single changed value of an item, entered as a fact, gives the status that was said."""
    case = opened(file, library)
    tried = 0
    for advice in case.situation.advice:
        reading = Reading(library[advice.pathway], case.state.facts, case.state.as_of)
        pathway = reading.pathway

        def status(other: Reading, advice: Advice = advice) -> Status:
            return advise(advice.id, advice.recommendation, other).status

        for found in would_change(reading, Regions(pathway, guards_of(reading, advice)), status):
            if len(found.suppositions) != 1 or found.suppositions[0].name not in pathway.items:
                continue
            for region in found.suppositions[0].regions:
                facts = with_value(case, found.suppositions[0].name, region.value)
                other = Reading(pathway, facts, case.state.as_of)
                if other.truth(pathway.header.population_if) is Truth.FALSE:
                    continue
                assert advise(advice.id, advice.recommendation, other).status is found.after
                assert found.after is not advice.status
                tried += 1
    assert tried > 20


def completed(reading: Reading, seed: int) -> CaseFacts:
    """The facts with every unknown item that may apply given some value."""
    dice = random.Random(seed)
    facts = dict(reading.case.facts)
    for name, item in reading.pathway.items.items():
        value = reading.value(name)
        if isinstance(value, Absent) and reading.applies(name) is not Truth.FALSE:
            options = list(item.options)
            if item.type == "choice":
                chosen: Value = Choice(dice.choice(options))
            elif item.type == "multi":
                present = frozenset(o for o in options if dice.random() < 0.5)
                chosen = Multi(present, frozenset(options) - present)
            elif item.type in ("number", "quantity") and item.limits is not None:
                low, high = item.limits.hard
                number = low + (high - low) * dice.randint(0, 20) / 20
                chosen = Quantity(number, item.unit) if item.unit else Number(number)
            else:
                continue
            facts[name] = {1: Fact(chosen, reading.as_of)}
    return CaseFacts(facts=facts)


@pytest.mark.parametrize("file", SOME)
def test_robust_advice_holds_for_every_completion_tried(file: Path, library: Library) -> None:
    """No random completion of the unknown items moves advice that is said to be robust."""
    case = opened(file, library)
    robust = []
    for advice in case.situation.advice:
        reading = Reading(library[advice.pathway], case.state.facts, case.state.as_of)

        def status(other: Reading, advice: Advice = advice) -> Status:
            return advise(advice.id, advice.recommendation, other).status

        if is_robust(reading, Regions(reading.pathway, guards_of(reading, advice)), status):
            robust.append(advice)
    assert len(robust) >= 5
    for seed in range(20):
        for advice in robust:
            reading = Reading(library[advice.pathway], case.state.facts, case.state.as_of)
            other = Reading(reading.pathway, completed(reading, seed), case.state.as_of)
            assert advise(advice.id, advice.recommendation, other).status is advice.status


@pytest.mark.parametrize("file", SOME)
def test_everything_that_can_be_named_is_explained(file: Path, library: Library) -> None:
    """Each id of the list has an explanation whose state is the one listed."""
    case = opened(file, library)
    named = questionable(case)
    assert len(named) >= 40
    for name, state in named.items():
        found = explain(case, name)
        if not state.startswith("step: ") and name not in {p.step for p in case.situation.places}:
            assert found.state == state
        assert found.robust
        assert max(map(len, found.as_text().splitlines())) <= 72
    with pytest.raises(BadInput, match="nothing in this case"):
        explain(case, "thromboses")


@pytest.mark.parametrize("file", SOME)
def test_next_best_question(file: Path, library: Library) -> None:
    """It is an unknown item, and no other item holds up more emergencies."""
    case = opened(file, library)
    situation = case.situation
    held: Counter[str] = Counter()
    for state in situation.alerts:
        if state.truth is Truth.UNKNOWN:
            held.update(state.deciding)
    words = next_question_words(case)
    if held:
        most = max(held.values())
        labels = {library["acrometastasis"].items[n].label for n, k in held.items() if k == most}
        assert words.split(": it holds up")[0] in labels
    else:
        assert "emergency" not in words


STEPS = """
items:
  clearance:
    type: quantity
    unit: mL/min
    label: Clearance
    ask: {clinician: "Clearance?"}
    why: It matters.
    limits: {hard: [0, 200]}
  signs:
    type: multi
    label: Signs
    ask: {clinician: "Signs?"}
    why: It matters.
    options: {red: {label: Red}, hot: {label: Hot}}
steps:
  first:
    title: First
    stage: presentation
    asks: [clearance, signs]
    exits: [{otherwise: done}]
endpoints:
  done: {title: Done, text: Done.}
recommendations:
  drug:
    title: A drug
    action: Give a drug.
    stage: presentation
    who: clinician
    by: today
    if: clearance >= 30 mL/min
    contraindicated_if: [{if: signs has hot, because: it is hot, claims: [DX-TST-01]}]
    why: It helps.
    strength: recommend
    certainty: guideline
    claims: [DX-TST-01]
"""


def test_ranges_and_sets_are_said_in_words(tmp_path: Path) -> None:
    """Thresholds as ranges, sets by their options, facts with their date."""
    text = HEADER.format(id="one", start="first") + STEPS
    case = begin(load(tmp_path, {"one": text}), "one", "a-copy", TODAY, lambda _: None)
    case.answer("clearance", Fact(Quantity(Decimal(24), "mL/min"), TODAY))
    found = explain(case, "drug")
    assert found.state == "not indicated"
    assert found.would_change == ("Clearance at least 30 mL/min: check first",)
    assert found.robust.startswith("It stays so")
    assert "Clearance is at least 30 mL/min [24 mL/min, 22-Nov-2026]" in found.why[1]
    case.answer("clearance", Fact(Quantity(Decimal(30), "mL/min"), TODAY))
    found = explain(case, "drug")
    assert found.state == "check first"
    assert found.blocked_by == ("Signs",)
    assert found.would_change == (
        "Clearance below 30 mL/min: not indicated",
        "Signs has none of them: recommended",
        "Signs has hot: blocked",
    )
    assert found.robust.startswith("Unknown values could")


def test_robust_looks_at_open_options_beside_settled_ones(tmp_path: Path) -> None:
    """An option that no guard names is present, the one that decides is open: not robust."""
    text = HEADER.format(id="one", start="first") + STEPS
    text = text.replace("if: clearance >= 30 mL/min\n    contra", "if: always\n    contra")
    case = begin(load(tmp_path, {"one": text}), "one", "a-copy", TODAY, lambda _: None)
    case.answer("signs", Fact(Multi(frozenset({"red"})), TODAY))
    found = explain(case, "drug")
    assert found.state == "check first"
    assert found.robust.startswith("Unknown values could")


def test_a_large_number_is_not_computable(tmp_path: Path) -> None:
    """The walk is total: a product beyond all bounds is said, not raised."""
    text = HEADER.format(id="one", start="first") + STEPS
    text += "derived:\n  huge: {label: Huge, formula: clearance ^ 10 * clearance ^ 10, decimals: 6, claims: [DX-TST-01]}\n"
    text = text.replace("unit: mL/min\n    label", "label").replace(
        "type: quantity", "type: number"
    )
    text = text.replace("clearance >= 30 mL/min", "huge >= 3").replace(
        "hard: [0, 200]", "hard: [0, 999999]"
    )
    case = begin(load(tmp_path, {"one": text}), "one", "a-copy", TODAY, lambda _: None)
    case.answer("clearance", Fact(Number(Decimal(999999)), TODAY))
    assert "too large" in explain(case, "huge").state
