"""Thirty faults planted in copies of the shipped pathways: what the checker says of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.check.faults.planting import BOTH, Fault, copy_pathways, plant, read_faults
from tests.check.faults.table import PAGE, page, read_outcomes
from tests.conftest import TODAY
from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.check.lints import lint
from wizard.check.proof import Proof
from wizard.check.proofs import prove
from wizard.definition.diagnostics import Problem
from wizard.definition.library import Library
from wizard.definition.loading import load_library, load_problems
from wizard.engine.reading import Reading
from wizard.guard import Truth

FAULTS, OUTCOMES = read_faults(), read_outcomes()


def checked(fault: Fault, folder: Path) -> tuple[Library | None, list[Problem]]:
    """What `check` says of the pathway in a copy with the fault."""
    pathways = copy_pathways(folder)
    plant(fault, pathways)
    loaded = load_problems(pathways)
    found = list(loaded.problems)
    if loaded.library is not None:
        found += lint(loaded.library, loaded.places, TODAY, planted_in(fault))
    return loaded.library, found


def planted_in(fault: Fault) -> str:
    """The pathway that is checked."""
    return next((str(edit["in"]) for edit in fault.edits if "in" in edit), BOTH[0])


@cache
def refused_as_shipped(name: str) -> frozenset[str]:
    """The subjects of the proofs of a shipped pathway that do not hold."""
    library = load_library()
    return frozenset(p.subject for p in prove(library, library[name], TODAY) if not p.holds)


def refused(fault: Fault, library: Library) -> list[Proof]:
    """The proofs of the pathway with the fault that do not hold."""
    pathway = library[planted_in(fault)]
    return [proof for proof in prove(library, pathway, TODAY) if not proof.holds]


def test_there_are_thirty_and_each_has_a_row() -> None:
    """At least ten need a proof over all facts, and the page is as the outcomes say."""
    assert [fault.id for fault in FAULTS] == list(OUTCOMES)
    assert len(FAULTS) == 30
    assert sum(fault.needs == "paths" for fault in FAULTS) >= 10
    assert PAGE.read_text(encoding="utf-8") == page()


BY_CHECK = [fault for fault in FAULTS if OUTCOMES[fault.id].now == "check"]


@pytest.mark.hazard("HZ-30")
@pytest.mark.parametrize("fault", BY_CHECK, ids=lambda fault: fault.id)
def test_check(fault: Fault, tmp_path: Path) -> None:
    """Faults found by `check` are named with code and file."""
    outcome = OUTCOMES[fault.id]
    _, problems = checked(fault, tmp_path)
    assert (outcome.code, outcome.name) in [(p.code, p.span.file) for p in problems]


@pytest.mark.hazard("HZ-18", "HZ-19", "HZ-20", "HZ-23", "HZ-24")
@pytest.mark.full
@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault not in BY_CHECK], ids=lambda fault: fault.id
)
def test_prove(fault: Fault, tmp_path: Path) -> None:
    """Faults found by proof are refuted by name, with a person who replays; misses are missed.

    `check` says nothing of either.
    """
    outcome = OUTCOMES[fault.id]
    library, problems = checked(fault, tmp_path)
    assert library is not None
    assert problems == []
    proofs = refused(fault, library)
    if outcome.now == "missed":
        assert {p.subject for p in proofs} <= refused_as_shipped(planted_in(fault))
        return
    (proof,) = [p for p in proofs if p.kind == outcome.code and f"`{outcome.name}`" in p.subject]
    assert proof.verdict == "refuted"
    if outcome.shows:
        case = replay(read_answers(proof.answers, "counter-example", library), library)
        reading = Reading(case.pathway, case.state.facts, case.state.as_of)
        assert reading.truth(outcome.shows) is Truth.TRUE
