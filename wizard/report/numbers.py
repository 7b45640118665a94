"""The section of scores and derived values: how far they are known, and what that means."""

from __future__ import annotations

from wizard.case.wording import band_words, bands_of, computed_words
from wizard.definition.computed import Derived, Score
from wizard.guard import Absence, Absent, Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section


def numbers(material: Material) -> Section:
    """Every derived value and score of the pathways in use, each once; prognosis stands apart."""
    found: dict[str, Derived | Score] = {}
    for pathway in material.situation.pathways:
        found = {**pathway.numbers, **found}
    lines = [
        number_line(material, name, defined)
        for name, defined in found.items()
        if isinstance(defined, Derived) or defined.section is None
    ]
    return Section("SCORES AND DERIVED VALUES", tuple(lines))


def number_line(material: Material, name: str, defined: Derived | Score) -> Line:
    """A derived value or score: how far it is known, and what every band it may lie in says."""
    value, details, claims = material.situation.values[name], list[str](), [*defined.claims]
    if isinstance(defined, Score):
        bands = bands_of(defined, value)
        details += map(band_words, bands)
        claims += (claim for band in bands for claim in band.claims)
    elif defined.note:
        details.append(defined.note)
    missing = _missing(material, name)
    numbered = missing and set(missing) <= material.questions.open.keys()
    words = computed_words(value)
    if numbered:
        words = f"not computable: waits for {material.questions.refs(missing)}"
    cited = material.evidence.cite(claims)
    return Line(f"{defined.label}: {words}", details=tuple(details), claims=cited)


def _missing(material: Material, name: str) -> tuple[str, ...]:
    """The items without which a number is not computable; none where it is."""
    situation, value = material.situation, material.situation.values[name]
    if not isinstance(value, Absent) or value.reason is not Absence.NOT_COMPUTABLE:
        return ()
    pathway = next(p for p in situation.pathways if name in p.numbers)
    return situation.readings.of(pathway.id).items_behind([name], Truth.UNKNOWN)
