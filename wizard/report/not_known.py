"""What is not known or was not asked, set aside, no longer applies, or was declined."""

from __future__ import annotations

from wizard.definition.models import Item
from wizard.engine.facts import Answer
from wizard.guard import Absence, Absent, Truth, Value
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import listed


def not_known(material: Material) -> Section:
    """Items without a value, by the reason why; what was set aside; advice declined."""
    wanted = _wanted(material)
    by_reason: dict[str, list[str]] = {}
    for name, item in wanted.items():
        value = material.situation.values.get(name) or _latest(material, name)
        if isinstance(value, Absent):
            if value.reason is not Absence.NOT_APPLICABLE:
                by_reason.setdefault(value.reason.words, []).append(item.label)
        elif hasattr(value, "open") and value.open:
            missing = listed(item.options[o].label.lower() for o in item.options if o in value.open)
            by_reason.setdefault("not asked", []).append(f"{item.label} ({missing})")
    total = sum(map(len, by_reason.values()))
    order = [r.words for r in Absence]
    lines = [Line(listed(by_reason[r]), lead=r) for r in order if r in by_reason]
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
    declined = [
        f"{a.recommendation.title} ({a.response.reason})"
        for a in material.situation.advice
        if a.response is not None and a.response.answer is Answer.DECLINED
    ]
    lines.append(Line(listed(declined), lead="Declined"))
    return Section(f"NOT KNOWN OR NOT ASKED ({total})", tuple(lines))


def _latest(material: Material, name: str) -> Value:
    visits = material.case.state.facts.facts[name]
    return visits[max(visits)].value


def _label(material: Material, name: str) -> str:
    for pathway in material.case.library.pathways.values():
        if name in pathway.items:
            return pathway.items[name].label
    return name


def _wanted(material: Material) -> dict[str, Item]:
    """Every item on the trails, that advice or an alert is blocked by, or that was asked."""
    names: set[str] = set(material.case.state.facts.facts)
    for trail in material.situation.trails:
        for place in trail.places:
            names.update(material.situation.step(place).asks)
    for advice in material.situation.listed:
        names.update(advice.blocked_by)
    for state in material.situation.alerts:
        if state.truth is Truth.UNKNOWN:
            names.update(state.deciding)
    found: dict[str, Item] = {}
    for pathway in (*material.situation.pathways, *material.case.library.pathways.values()):
        for name, item in pathway.items.items():
            if name in names:
                found.setdefault(name, item)
    return found
