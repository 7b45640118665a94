"""The pages of hazards and invariants are as the markers, the pathways and the log say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hazards.log import read_hazards, read_invariants
from tests.hazards.markers import marked
from tests.hazards.pages import (
    HAZARDS,
    INVARIANTS,
    classes,
    hazards_page,
    invariants_page,
    proved,
)
from tests.hazards.removals import Removal, copy, read_removals, run, take_out
from wizard.check.proof_words import KINDS
from wizard.definition.library import Library

MEND = "run `python -m tests.hazards`"
REMOVALS = read_removals()


def test_hazards_page() -> None:
    """The page is the one that the markers give."""
    assert HAZARDS.read_text("utf-8") == hazards_page(), MEND


def test_every_hazard_is_shown_or_open() -> None:
    """81 of them, each id once; a marker names a hazard of the log; open ones say why."""
    hazards, tests = read_hazards(), marked("hazard")
    assert [h.id for h in hazards] == [f"HZ-{n:02}" for n in range(1, 82)]
    assert set(tests) <= {h.id for h in hazards}
    assert [h.id for h in hazards if h.id not in tests and not h.open] == []


def test_invariants_page(library: Library) -> None:
    """The page is the one that pathways, markers and codes give."""
    assert INVARIANTS.read_text("utf-8") == invariants_page(library), MEND


def test_every_invariant_has_a_class(library: Library) -> None:
    """Proved, checked, tested, or not yet with the reason; ids and codes exist."""
    invariants, tests, proofs = read_invariants(), marked("invariant"), proved(library)
    wanted = [f"SI-{n:02}" for n in range(1, 23)]
    wanted += [f"NEVER-{n:02}" for n in range(1, 23)]
    wanted += [f"ALWAYS-{n:02}" for n in range(1, 10)]
    assert [i.id for i in invariants] == wanted
    assert set(tests) <= set(wanted)
    cited = {s for s in proofs if re.match("(SI|NEVER|ALWAYS)-", s)}
    assert cited <= set(wanted)
    documented = (HAZARDS.parent / "checks.md").read_text("utf-8")
    for invariant in invariants:
        assert [c for c in invariant.checks if f"`{c}`" not in documented] == [], invariant.id
        assert set(invariant.proofs) <= set(KINDS), invariant.id
        held = classes(invariant, proofs.get(invariant.id, []), tests.get(invariant.id, []))
        assert held or invariant.open, f"{invariant.id} has no class"


def test_removals_name_tagged_tests() -> None:
    """At least ten hazards; the test of each carries its marker; the text stands there, and is taken out wherever it does."""
    tests = marked("hazard")
    assert len({r.hazard for r in REMOVALS}) >= 10
    for removal in REMOVALS:
        node = removal.test.partition("[")[0]
        assert node in [test.node for test in tests[removal.hazard]], removal.hazard
        text = (HAZARDS.parents[1] / removal.file).read_text("utf-8")
        assert removal.replace in text, (removal.hazard, removal.file)


@pytest.mark.full
@pytest.mark.parametrize("removal", REMOVALS, ids=[r.hazard for r in REMOVALS])
def test_without_its_control_the_test_fails(removal: Removal, tmp_path: Path) -> None:
    """The test holds in a copy, and fails by its own assertion once the control is gone."""
    folder = copy(tmp_path)
    sound = run(removal.test, folder)
    assert (sound.failures, sound.errors) == (0, 0), sound.said
    assert sound.tests >= 1
    take_out(removal, folder)
    without = run(removal.test, folder)
    assert without.tests == sound.tests, without.said
    assert without.errors == 0, without.said
    assert without.failures >= 1, without.said
