"""The decisions of a case: reopened, open with their options, and made."""

from __future__ import annotations

from wizard.case.review import held_over
from wizard.case.wording import advice_reason
from wizard.definition.library import Pathway
from wizard.engine.facts import Status
from wizard.engine.situation import Advice, DecisionState
from wizard.guard import Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import format_date, listed


def reopened(material: Material) -> list[Section]:
    """Decisions made on grounds that no longer hold."""
    lines = []
    for decision in material.situation.reopened:
        made = decision.commitment
        if made is None:
            continue
        now = {a.id: a for a in decision.candidates}
        for name in decision.worse:
            then = made.statuses.get(name, Status.RECOMMENDED)
            advice = now.get(name)
            if advice is None:
                gone = f"{name}: {then} then, no longer a candidate in this version"
                lines.append(Line(gone, lead=decision.decision.question))
                continue
            reason = advice_reason(material.situation, advice)
            lines.append(
                Line(
                    f"{advice.recommendation.title}: then {then} "
                    f"({format_date(made.on)}), now {advice.status_words}: {reason}",
                    lead=decision.decision.question,
                )
            )
    return [Section("DECISION REOPENED", tuple(lines))] if lines else []


def open_decisions(material: Material) -> list[Section]:
    """The options of every decision that is open or reopened; where none is, of the last."""
    return [
        Section(f"OPTIONS: {d.decision.question}", _options(material, d), d.decision.selection)
        for d in decisions_shown(material)
    ]


def decisions_shown(material: Material) -> tuple[DecisionState, ...]:
    """The decisions that are open or reopened; where none is, the last one."""
    decisions = material.situation.decisions
    wanted = tuple(d for d in decisions if d.commitment is None or d.reopened)
    return wanted or decisions[-1:]


def _options(material: Material, decision: DecisionState) -> tuple[Line, ...]:
    lines = []
    for advice in decision.candidates:
        pathway = material.pathway(advice.pathway)
        recommendation = advice.recommendation
        details = []
        if advice.status is not Status.RECOMMENDED:
            details.append(_reason(material, advice))
        if advice.status is Status.NOT_INDICATED:
            lead = advice.status_words.upper()
            title = f"{recommendation.title}{_mark(decision, advice.id)}"
            lines.append(Line(title, lead=lead, details=tuple(details)))
            continue
        details.append(recommendation.action)
        claims = list(recommendation.claims)
        for argument in recommendation.arguments:
            reading_true = argument.if_ is None or _true(material, pathway, argument.if_)
            if reading_true:
                side = "for" if argument.for_ else "against"
                details.append(f"{side}: {argument.for_ or argument.against}")
                claims += argument.claims
        for note in recommendation.notes:
            details.append(f"{note.label.lower()}: {note.text}")
            claims += note.claims
        for name in recommendation.tables:
            claims += pathway.tables[name].claims
        details += material.case.quoted(advice)
        details += material.evidence.differing(recommendation.conflicts, pathway)
        mark = _mark(decision, advice.id)
        lines.append(
            Line(
                f"{recommendation.title}{mark}",
                lead=advice.status_words.upper(),
                details=tuple(details),
                claims=material.evidence.cite(claims),
            )
        )
    return tuple(lines)


def _mark(decision: DecisionState, name: str) -> str:
    """Proposed while the decision is open, chosen once it is made."""
    if decision.commitment is not None and not decision.reopened:
        return " (CHOSEN)" if name in decision.commitment.candidates else ""
    return " (PROPOSED)" if name in decision.proposal else ""


def _reason(material: Material, advice: Advice) -> str:
    """What an option waits for stands with its name: it is what whoever decides has to find out."""
    if advice.status in (Status.CHECK_FIRST, Status.PENDING):
        return f"needs {material.questions.named(advice.blocked_by)}"
    return material.reason(advice)


def _true(material: Material, pathway: Pathway, guard: str) -> bool:
    return material.case.truth(pathway, guard) is Truth.TRUE


def decisions_made(material: Material) -> Section:
    """What was chosen, what was proposed, and the reason where they differ."""
    lines = []
    for decision in material.situation.decisions:
        made = decision.commitment
        if made is None or held_over(material.case, decision.place):
            continue
        titles = {a.id: a.recommendation.title for a in decision.candidates}
        taken = listed([titles.get(c, c) for c in made.candidates], none="none")
        proposed = listed([titles.get(c, c) for c in made.proposal], none="nothing")
        if made.candidates and set(made.candidates) == set(made.proposal):
            text = f"{taken}: chosen as proposed"
        else:
            reason = material.case.pathway.common.reasons.get(made.reason or "", "not given")
            text = f"{taken}: chosen; proposed: {proposed}; reason: {reason.lower()}"
        if made.words:
            text += f" ({made.words})"
        first = [titles.get(c, c) for c in made.find_out_first]
        details = (f"find out first at the time: {listed(first)}",) if first else ()
        lines.append(
            Line(
                f"{text}, {format_date(made.on)}",
                lead=decision.decision.question,
                details=details,
            )
        )
    return Section("DECISIONS MADE", tuple(lines) or (Line("none yet"),))
