"""The draft note for the patient: what of the report can be said in plain words.

Every word of it is the pathway's. Each line rests on an entry of the report, and whatever tells of
the illness is left out until the record says that the patient has been told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wizard.definition.patient import PatientNote, PatientWords
from wizard.engine.facts import Answer, Status
from wizard.guard import Absence, Truth
from wizard.report.do_now import open_choices
from wizard.report.material import Material
from wizard.report.model import Note, NoteLine
from wizard.text import format_date, one_line

Entry = tuple[str, PatientWords | None]
"""The words of the report's entry, and those for the patient where there are any."""


def patient_note(material: Material) -> Note | None:
    """The draft; None where the pathways have no frame for one."""
    frame = material.case.pathway.common.patient_note
    if frame is None:
        return None
    told = material.case.truth(material.case.pathway, frame.told_if) is Truth.TRUE
    chosen, fallen = _chosen(material)
    left = 0
    parts: list[tuple[str, tuple[NoteLine, ...]]] = []
    for title, entries in (
        (frame.at_once, _at_once(material)),
        (frame.planned, _planned(material)),
        (frame.chosen, chosen),
        (frame.awaited, _awaited(material, frame, told=told)),
        (frame.call, _signs(material)),
    ):
        lines = []
        for source, words in entries:
            if words is not None and (told or not words.illness):
                lines.append(NoteLine(words.says, source))
            else:
                left += 1
        if lines:
            parts.append((title, tuple(dict.fromkeys(lines))))
    counts = ((frame.no_longer, fallen), (frame.left_out, left))
    counted = (words.replace("{count}", str(count)) for words, count in counts if count)
    return Note(
        title=frame.title,
        for_clinician=(frame.draft, *(() if told else (frame.untold,)), *counted),
        parts=tuple(parts),
        call_line=frame.call_line,
    )


def _at_once(material: Material) -> Iterator[Entry]:
    """What is still to do at once in every emergency that is present; what was declined, deferred
    or modified has no words."""
    answers = {a.id: a.response.answer for a in material.situation.listed if a.response}
    for action in material.at_once():
        stands = answers.get(action.advice or "", Answer.ACCEPTED) is Answer.ACCEPTED
        yield action.do, action.patient if stands else None


def _planned(material: Material) -> Iterator[Entry]:
    """Advice that is recommended and neither done, declined, deferred nor modified, and that no
    emergency says already."""
    elsewhere = {a.id for d in material.situation.decisions for a in d.candidates}
    elsewhere |= {action.advice for action in material.at_once() if action.advice is not None}
    for advice in material.situation.listed:
        answer = advice.response.answer if advice.response is not None else Answer.ACCEPTED
        if (
            advice.status is Status.RECOMMENDED
            and advice.id not in elsewhere
            and answer is Answer.ACCEPTED
        ):
            recommendation = advice.recommendation
            tick = recommendation.until_done
            source = recommendation.title if tick else recommendation.action
            yield source, recommendation.patient


def _chosen(material: Material) -> tuple[list[Entry], int]:
    """What was chosen and has no result yet; and how many choices no longer stand, or are set
    aside with their step."""
    reopened = {d.place for d in material.situation.reopened}
    choices = list(open_choices(material))
    stand = [
        (said, advice.recommendation.patient)
        for advice, said in choices
        if advice.status not in (Status.BLOCKED, Status.NOT_INDICATED)
        and advice.place not in reopened
    ]
    aside = material.situation.set_aside_commitments.values()
    return stand, len(choices) - len(stand) + sum(len(made.candidates) for made in aside)


def _awaited(material: Material, frame: PatientNote, *, told: bool) -> Iterator[Entry]:
    """Results that are awaited. Who sends them may name the illness: said to who has been told."""
    for _, item, fact in material.facts():
        if fact.absence is not Absence.AWAITED:
            continue
        if item.patient is None:
            yield item.label, None
            continue
        said = [frame.waits.replace("{what}", item.patient.says)]
        if told and fact.awaited_from:
            said.append(frame.waits_from.replace("{who}", one_line(fact.awaited_from)))
        if fact.due is not None and fact.due >= material.situation.as_of:
            said.append(frame.waits_until.replace("{day}", format_date(fact.due)))
        yield item.label, replace(item.patient, says=" ".join(said))


def _signs(material: Material) -> Iterator[Entry]:
    """The signs of every emergency that the report names."""
    for state in material.situation.alerts:
        yield state.alert.short, state.alert.patient
