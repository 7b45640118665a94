"""The section of scores and derived values: how far they are known, and what that means."""

from __future__ import annotations

from wizard.case.wording import band_words, bands_of, computed_words
from wizard.definition.models import Derived, Score
from wizard.guard import Value
from wizard.report.evidence import Evidence
from wizard.report.material import Material
from wizard.report.model import Line, Section


def numbers(material: Material) -> Section:
    """Every derived value and score of the pathways in use, each once."""
    situation, evidence = material.situation, material.evidence
    found: dict[str, Derived | Score] = {}
    for pathway in situation.pathways:
        found = {**pathway.numbers, **found}
    lines = [
        _score(defined, situation.values[name], evidence)
        if isinstance(defined, Score)
        else _derived(defined, situation.values[name], evidence)
        for name, defined in found.items()
    ]
    return Section("SCORES AND DERIVED VALUES", tuple(lines))


def _derived(derived: Derived, value: Value, evidence: Evidence) -> Line:
    note = (derived.note,) if derived.note else ()
    words = computed_words(value)
    return Line(f"{derived.label}: {words}", details=note, claims=evidence.cite(derived.claims))


def _score(score: Score, value: Value, evidence: Evidence) -> Line:
    bands = bands_of(score, value)
    return Line(
        f"{score.label}: {computed_words(value)}",
        details=tuple(map(band_words, bands)),
        claims=evidence.cite([*score.claims, *(c for b in bands for c in b.claims)]),
    )
