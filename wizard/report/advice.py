"""All advice that is not an option of a decision shown."""

from __future__ import annotations

from wizard.definition.library import Pathway
from wizard.engine.facts import Status
from wizard.engine.situation import Advice
from wizard.guard import Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.report.options import decisions_shown
from wizard.report.prognosis import PROGNOSIS


def other_advice(material: Material) -> Section:
    """All other advice; what is pending in one line, what is blocked with its reason alone."""
    lines_of = {Status.PENDING: _pending_line, Status.BLOCKED: _blocked_line}
    shown = {a.id for d in decisions_shown(material) for a in d.candidates}
    others = [a for a in material.situation.listed if a.id not in shown]
    lines = [
        lines_of.get(status, _in_full)(material, advice)
        for status in Status
        for advice in others
        if advice.status is status
    ]
    if not any(a.status is Status.BLOCKED for a in material.situation.listed):
        lines.append(Line("nothing", lead="BLOCKED"))
    if material.situation.pending_later:
        later = f"{material.situation.pending_later} more in stages not yet reached"
        lines.append(Line(later, lead="PENDING"))
    return Section("OTHER ADVICE", tuple(lines))


def _pending_line(material: Material, advice: Advice) -> Line:
    recommendation = advice.recommendation
    return Line(f"{recommendation.title}: {material.reason(advice)}", advice.status_words.upper())


def _blocked_line(material: Material, advice: Advice) -> Line:
    claims = [
        c for concern in advice.concerns if concern.truth is Truth.TRUE for c in concern.claims
    ]
    said = f"{advice.recommendation.title}: {material.reason(advice)}"
    response = _response_words(advice, material.pathway(advice.pathway))
    details = (response,) if response else ()
    return Line(said, advice.status_words.upper(), details, material.evidence.cite(claims))


def _in_full(material: Material, advice: Advice) -> Line:
    recommendation = advice.recommendation
    pathway = material.pathway(advice.pathway)
    basis = f"({recommendation.strength}; {recommendation.certainty})"
    details = [f"why: {recommendation.why} {basis}"]
    if advice.status is not Status.RECOMMENDED:
        details.insert(0, material.reason(advice))
    if recommendation.section == "prognosis":
        details.append(f"published figures: see {PROGNOSIS}")
    else:
        details += [f"{n.label.lower()}: {n.text}" for n in recommendation.notes]
    details += material.case.quoted(advice)
    details += material.evidence.differing(recommendation.conflicts, pathway)
    if advice.response is not None:
        details.append(_response_words(advice, pathway))
    tables = [c for name in recommendation.tables for c in pathway.tables[name].claims]
    claims = [*recommendation.claims, *tables, *(c for n in recommendation.notes for c in n.claims)]
    return Line(
        recommendation.action,
        lead=advice.status_words.upper(),
        details=tuple(details),
        claims=material.evidence.cite(claims),
    )


def _response_words(advice: Advice, pathway: Pathway) -> str:
    response = advice.response
    if response is None:
        return ""
    reason = pathway.common.reasons.get(response.reason or "", "")
    parts = [f"response: {response.answer}", reason.lower(), response.words or ""]
    return ", ".join(part for part in parts if part)
