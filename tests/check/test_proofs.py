"""Proofs over all facts: the shipped pathways hold, planted faults are refuted with a patient."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.test_lints import ADVICE
from tests.conftest import TODAY
from tests.small import HEADER, item, load
from tests.vignettes.test_vignettes import ROOT
from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.check.proof import Proof
from wizard.check.proof_words import KINDS, proof_lines
from wizard.check.proofs import prove
from wizard.definition.library import Library
from wizard.engine.facts import Status


@pytest.mark.hazard("HZ-14", "HZ-30", "HZ-79")
@pytest.mark.parametrize("name", sorted(p.parent.name for p in ROOT.glob("*/pathway.yaml")))
def test_shipped_pathways_are_proved(name: str, library: Library) -> None:
    """Every claim holds, and none is left out."""
    proofs = list(prove(library, library[name], TODAY))
    assert [(p.subject, p.note, p.patient) for p in proofs if not p.holds] == []
    pathway = library[name]
    assert sum(p.kind == "invariant" for p in proofs) == len(pathway.invariants)
    possible = [p for p in proofs if p.kind == "can-happen"]
    wanted = (*pathway.endpoints, *pathway.alerts, *pathway.recommendations, *pathway.candidates)
    assert [n for n in wanted if not any(f"`{n}`" in p.subject for p in possible)] == []
    for proof in possible[::9]:
        case = replay(read_answers(proof.answers, "witness", library), library)
        assert case.situation.pathway.id == name
    assert {p.kind for p in proofs} <= set(KINDS)
    assert len(list(proof_lines(proofs))) == len({p.kind for p in proofs})


@pytest.mark.parametrize("before", ["unknown-primary", "cord-compression", "fracture-risk"])
def test_a_proof_does_not_hang_on_what_was_proved_before(before: str, library: Library) -> None:
    """The solver numbers its terms as they come, and so finds other patients."""
    list(prove(library, library[before], TODAY))
    found = prove(library, library["hypercalcaemia"], TODAY)
    assert [(p.subject, p.note, p.patient) for p in found if not p.holds] == []


ITEMS = item("fever", "yes", "no") + item("pain", "yes", "no")
STEPS = """steps:
  first:
    title: First
    stage: presentation
    asks: [fever, pain]
    exits:
      - {{if: {exit}, to: second}}
      - {{otherwise: done}}
      - {{unknown: second}}
  second:
    title: Second
    stage: biopsy
    exits: [{{otherwise: done}}]
endpoints:
  done: {{title: Done, text: Done.}}
"""


def text(exit_: str = "fever = yes", guard: str = "fever = yes", more: str = "") -> str:
    """A small pathway with one piece of advice."""
    advice = ADVICE.format(guard=f'"{guard}"', action="Give it.", strength="recommend")
    return (
        HEADER.format(id="one", start="first")
        + f"items:\n{ITEMS}"
        + STEPS.format(exit=f'"{exit_}"')
        + advice
        + more
    )


def failing(folder: Path, source: str) -> list[Proof]:
    """The proofs of a small pathway that do not hold."""
    library = load(folder / "p", {"one": source})
    return [p for p in prove(library, library["one"], TODAY) if not p.holds]


INVARIANT = """invariants:
  careful: {never: "recommends(drug) when not pain = no", text: No drug unless pain is excluded., source: [DX-TST-01]}
"""


def test_a_sound_pathway_has_none(tmp_path: Path) -> None:
    """With the guard that the invariant asks for everything is proved."""
    sound = text(guard="fever = yes and pain = no", more=INVARIANT)
    assert failing(tmp_path, sound) == []


@pytest.mark.hazard("HZ-30")
def test_a_violated_invariant_has_a_minimal_patient(tmp_path: Path) -> None:
    """Unknown pain violates it too; the patient has nothing that does not matter, and replays."""
    source = text(more=INVARIANT)
    (found,) = failing(tmp_path, source)
    assert (found.kind, found.verdict) == ("invariant", "refuted")
    assert found.patient == ("Fever: yes",)
    library = load(tmp_path / "again", {"one": source})
    case = replay(read_answers(found.answers, "patient", library), library)
    assert case.situation.advice[0].status is Status.RECOMMENDED
    words = " ".join(proof_lines([found]))
    assert "a patient: Fever: yes" in words


@pytest.mark.hazard("HZ-30")
def test_what_cannot_happen_is_named(tmp_path: Path) -> None:
    """A way and advice that no facts bring about; each guard by itself can be true."""
    found = failing(tmp_path, text(exit_="fever = yes and pain = no and not pain = no"))
    assert [p.subject for p in found] == ["exit 1 of `first`, to `second`"]
    found = failing(tmp_path / "b", text(guard="fever = yes and not fever = yes"))
    assert [p.subject for p in found] == ["the advice `drug` recommended"]


@pytest.mark.hazard("HZ-30")
def test_advice_about_one_action_must_agree(tmp_path: Path) -> None:
    """One rule gives what another forbids in the same situation."""
    one = text().replace("    title: A drug\n", "    title: A drug\n    about: the_drug\n")
    other = """  drug_again:
    title: The drug again
    action: Give it again.
    stage: presentation
    who: clinician
    by: today
    if: pain = yes
    contraindicated_if: [{if: fever = yes, because: there is fever, claims: [DX-TST-01]}]
    about: the_drug
    why: It helps.
    strength: recommend
    certainty: series
    claims: [DX-TST-01]
"""
    found = failing(tmp_path, one + other)
    assert [(p.kind, p.verdict) for p in found] == [("contradiction", "refuted")]
    assert found[0].patient == ("Fever: yes",)


ALERT = """contacts: {{team: Team}}
alerts:
  sepsis:
    title: Sepsis
    short: sepsis
    if: "{guard}"
    text: Hours matter.
    now: [{{do: Call., who: clinician, by: today, claims: [DX-TST-01]}}]
    find_out: Measure.
    contact: team
    claims: [DX-TST-01]
items:
{items}
"""


@pytest.mark.hazard("HZ-14")
def test_no_end_comes_before_an_alert_has_been_asked_about(tmp_path: Path) -> None:
    """One way passes the step that asks by; the other way alone is not enough."""
    common = ALERT.format(guard="rigors = yes", items=item("rigors", "yes", "no"))
    passed_by = text().replace("stage: biopsy\n", "stage: biopsy\n    asks: [rigors]\n")
    asked = passed_by.replace("{otherwise: done}\n", "{otherwise: second}\n", 1)
    for name, source, wanted in (("a", passed_by, ["sepsis"]), ("b", asked, [])):
        library = load(tmp_path / name, {"one": source}, common)
        proofs = [p for p in prove(library, library["one"], TODAY) if p.kind == "asked"]
        assert len(proofs) == 1
        refuted = [p for p in proofs if p.verdict == "refuted"]
        assert ["sepsis" for p in refuted if "`sepsis`" in p.subject] == wanted
        for proof in refuted:
            case = replay(read_answers(proof.answers, "patient", library), library)
            assert case.situation.main.stop.endpoint == "done"
            assert "rigors" not in case.state.facts.facts


def test_what_can_happen_is_shown_with_values_that_apply(tmp_path: Path) -> None:
    """A value left over from another answer brings nothing about."""
    source = text(guard="fever = no and pain = yes")
    assert failing(tmp_path / "a", source) == []
    pain = item("pain", "yes", "no")
    only = source.replace(pain, pain + "    applies_if: fever = yes\n")
    found = failing(tmp_path / "b", only)
    assert [p.subject for p in found] == ["the advice `drug` recommended"]
