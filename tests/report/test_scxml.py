"""The flow as a statechart: what cannot be exported is refused in words."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from pathlib import Path

import pytest

from tests.conformance.test_statechart import PATHWAYS
from tests.small import HEADER, item, load
from wizard.definition.library import Library
from wizard.errors import BadInput
from wizard.report.scxml import scxml

SCORE = """scores:
  danger:
    label: Danger
    terms: [{label: Fever, item: fever, points: {yes: 1, no: 0}}]
    bands: [{from: 0, to: 1, says: Words., claims: [DX-TST-01]}]
    valid_if: always
    otherwise_says: never
    claims: [DX-TST-01]
steps:
  first:
    stage: presentation
    title: First
    asks: [fever]
    exits:
      - {if: danger >= 1, to: ill}
      - {otherwise: well}
      - {unknown: ill}
endpoints:
  ill: {title: Ill, text: Words.}
  well: {title: Well, text: Words.}
"""


def test_states_are_steps_and_endpoints(library: Library) -> None:
    """Every step of a pathway is a state, every endpoint a final one."""
    for name in PATHWAYS:
        pathway = library[name]
        root = Xml.fromstring(scxml(library, pathway.id))
        states = {e.get("id") for e in root.iterfind(".//{*}state")}
        final = {e.get("id") for e in root.iterfind(".//{*}final")}
        assert {f"{pathway.id}.{name}" for name in pathway.steps} <= states
        assert {f"{pathway.id}.{name}" for name in pathway.endpoints} == final
        targets = {e.get("target") for e in root.iterfind(".//{*}transition")}
        assert targets <= states | final


def test_an_exit_that_reads_a_score_is_refused(tmp_path: Path) -> None:
    """A statechart computes no score; the message names it."""
    text = (
        HEADER.format(id="small", start="first") + "items:\n" + item("fever", "yes", "no") + SCORE
    )
    library = load(tmp_path / "root", {"small": text})
    with pytest.raises(BadInput, match="`danger` is computed"):
        scxml(library, "small")
