"""What a report of a case says, in sections; renderings only lay it out.

Nothing in it depends on the order in which answers were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wizard.case.export import digest, write_answers
from wizard.case.open_case import OpenCase
from wizard.case.phrases import part_words, person_words
from wizard.case.wording import review_words
from wizard.report.advice import other_advice
from wizard.report.call_sheet import call_sheet
from wizard.report.course import findings, how, where
from wizard.report.do_now import do_now
from wizard.report.emergencies import emergencies
from wizard.report.material import Material
from wizard.report.model import Provenance, Section, Summary
from wizard.report.not_known import not_known
from wizard.report.numbers import numbers
from wizard.report.options import decisions_made, open_decisions, reopened
from wizard.report.patient_note import patient_note
from wizard.report.prognosis import information_given, prognosis
from wizard.report.render import first_page_fits
from wizard.report.tasks import Tasks, further_tasks, tasks_of
from wizard.text import format_date


def summarise(case: OpenCase, contacts: Mapping[str, str], tool: str) -> Summary:
    """Everything that a report of this case says now.

    The basis comes last because it lists what the other sections cite; every task is written once
    before the first page because that names every contact that is not set.
    """
    material = Material(case, contacts)
    situation = case.situation
    every = tasks_of(material)
    further_tasks(material, replace(every, shown=0))
    tasks, first = _first_page(material, every)
    sections = [
        *first,
        *further_tasks(material, tasks),
        how(material),
        findings(material),
        *open_decisions(material),
        other_advice(material),
        numbers(material),
        prognosis(material),
        not_known(material),
        information_given(material),
        decisions_made(material),
    ]
    sections += material.evidence.sections()
    final = case.state.checked is not None and situation.current.finished
    header = case.pathway.header
    answers = write_answers(case.state)
    provenance = Provenance(
        tool=tool,
        pathway=header.id,
        title=header.title,
        version=header.version,
        hash=case.pathway.hash[:16],
        review_status=review_words(header, situation.as_of),
        review_due=format_date(header.review_due),
        as_of=format_date(situation.as_of),
        digest=digest(answers),
    )
    return Summary(
        status="FINAL" if final else "WORKING COPY",
        person=" - ".join(filter(None, (person_words(situation), part_words(situation)))),
        provenance=provenance,
        sections=tuple(sections),
        first_page=len(first),
        call_sheet=call_sheet(material, tasks),
        answers=answers,
        note=patient_note(material),
    )


TASKS_OF_ONE = 3
"""With fewer tasks on it, where there are so many, one page is too little and a second is taken."""
TASKS_OF_TWO = 8
"""The most tasks of a first page that is continued on a second one."""


def _first_page(material: Material, tasks: Tasks) -> tuple[Tasks, list[Section]]:
    """The sections that can be handed over by themselves, with as many tasks as one page holds."""
    above, below = reopened(material), [where(material), emergencies(material)]
    least = min(TASKS_OF_ONE, len(tasks.reached))
    for shown in range(len(tasks.reached), least - 1, -1):
        fewer = replace(tasks, shown=shown)
        sections = [*above, do_now(material, fewer), *below]
        if first_page_fits(sections):
            return fewer, sections
    fewer = replace(tasks, shown=TASKS_OF_TWO)
    return fewer, [*above, do_now(material, fewer), *below]
