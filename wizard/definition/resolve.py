"""Cross checks of a whole library. Every problem gets a place and a mend."""

from __future__ import annotations

from wizard.definition.checker import Checker, CommonGround
from wizard.definition.diagnostics import Problem
from wizard.definition.flow import Flow
from wizard.definition.library import Library, Pathway
from wizard.definition.map_checks import check_body_map
from wizard.definition.models import CommonFile
from wizard.definition.phrases import PART, check_items, check_phrases
from wizard.definition.yaml import Positions
from wizard.guard import Context


def resolve_common(
    common: CommonFile, positions: Positions, library: Library, problems: list[Problem]
) -> None:
    """Checks everything in the common ground."""
    checker = Checker(CommonGround(common), common, positions, library, problems)
    checker.definitions(common.items, common.derived, common.scores, common.findings)
    check_items(checker, common.items, common.items)
    for name, table in common.tables.items():
        checker.table(table, ("tables", name))
    for name, recommendation in common.recommendations.items():
        checker.recommendation(recommendation, ("recommendations", name), common.conflicts)
    for name, candidate in common.candidates.items():
        checker.recommendation(candidate, ("candidates", name), common.conflicts)
    for name, alert in common.alerts.items():
        checker.alert(alert, ("alerts", name))
    checker.conflicts(common.conflicts)
    for name, term in common.glossary.items():
        checker.claims(term, ("glossary", name))
    for name, note in common.teaching.items():
        checker.claims(note, ("teaching", name))
        for number, item in enumerate(note.items):
            if item not in common.items:
                checker.unknown(("teaching", name, "items", number), "item", item, common.items)
    if common.body_map is not None:
        check_body_map(checker, common.body_map, common.items)
    if common.patient_note is not None:
        told = common.patient_note.told_if
        checker.guard(told, ("patient_note", "told_if"), Context.CLINICAL)
    for claim_id, claim in common.claims.items():
        for number, key in enumerate(claim.references):
            if key not in common.references:
                checker.unknown(
                    ("claims", claim_id, "references", number),
                    "reference",
                    key,
                    common.references,
                )
        if not claim.references:
            what = f"the claim {claim_id} cites no reference"
            mend = "Add `references:` with keys of the references; a rule of the house is one too."
            checker.wrong("claim-without-reference", ("claims", claim_id), what, mend)


def resolve_pathway(
    pathway: Pathway, positions: Positions, library: Library, problems: list[Problem]
) -> None:
    """Checks everything in a pathway's own folder."""
    content, common = pathway.content, pathway.common
    checker = Checker(pathway, common, positions, library, problems)
    checker.definitions(content.items, content.derived, content.scores, content.findings)
    check_items(checker, content.items, pathway.items)
    for number, part in enumerate(pathway.header.sentence):
        place = ("pathway", "sentence", number)
        check_phrases(checker, part, place, [*pathway.items, PART])
    checker.doubles(content, common)
    checker.guard(content.pathway.population_if, ("pathway", "population_if"), Context.CLINICAL)
    for name, recommendation in content.recommendations.items():
        checker.recommendation(recommendation, ("recommendations", name), pathway.conflicts)
    for name, alert in content.alerts.items():
        checker.alert(alert, ("alerts", name))
    checker.conflicts(content.conflicts)
    for number, name in enumerate(content.uses):
        if name not in common.recommendations:
            checker.unknown(("uses", number), "common recommendation", name, common.recommendations)
    for name, invariant in content.invariants.items():
        checker.invariant(invariant.never, ("invariants", name, "never"))
    Flow(pathway, checker).check()
