"""What is not known or was not asked, set aside, no longer applies, or was declined."""

from __future__ import annotations

from wizard.engine.facts import Answer
from wizard.guard import Absence
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import GLUE, listed

NOT_KNOWN = "NOT KNOWN OR NOT ASKED"


def not_known(material: Material) -> Section:
    """The open questions by the reason why; what was set aside; advice declined."""
    questions = material.questions.open.values()
    by_reason: dict[Absence, list[str]] = {}
    for question in questions:
        words = f"Q{question.number}{GLUE}{question.words}"
        by_reason.setdefault(question.reason, []).append(words)
    lines = [Line("; ".join(by_reason[r]), lead=r.words) for r in Absence if r in by_reason]
    facts = material.case.state.facts
    aside = [_label(material, name) for name in sorted(facts.set_aside)]
    library = material.case.library.pathways
    for place in sorted(material.situation.set_aside_commitments):
        steps = library[place.pathway].steps if place.pathway in library else {}
        aside.append(steps[place.step].title if place.step in steps else place.step)
    lines.append(Line(listed(aside), lead="Set aside"))
    stopped = listed(_label(material, n) for n in material.situation.stopped_applying)
    if material.situation.stopped_applying:
        lines.append(Line(stopped, lead="No longer applies"))
    reasons = material.case.pathway.common.reasons
    declined = [
        f"{a.recommendation.title} ({reasons.get(a.response.reason or '', 'not given').lower()})"
        for a in material.situation.advice
        if a.response is not None and a.response.answer is Answer.DECLINED
    ]
    lines.append(Line(listed(declined), lead="Declined"))
    return Section(f"{NOT_KNOWN} ({len(questions)})", tuple(lines))


def _label(material: Material, name: str) -> str:
    for pathway in material.case.library.pathways.values():
        if name in pathway.items:
            return pathway.items[name].label
    return name
