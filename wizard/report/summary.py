"""What a report of a case says, in sections; renderings only lay it out.

Nothing in it depends on the order in which answers were given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase
from wizard.case.wording import part_words, person_words, review_words
from wizard.report.advice import other_advice
from wizard.report.call_sheet import call_sheet
from wizard.report.course import how, where
from wizard.report.do_now import do_now
from wizard.report.emergencies import emergencies
from wizard.report.material import Material
from wizard.report.model import Provenance, Summary
from wizard.report.not_known import not_known
from wizard.report.numbers import numbers
from wizard.report.options import decisions_made, open_decisions, reopened
from wizard.text import format_date


def summarise(case: OpenCase, contacts: Mapping[str, str], tool: str) -> Summary:
    """Everything that a report of this case says now.

    The basis comes last because it lists what the other sections cite.
    """
    material = Material(case, contacts)
    situation = case.situation
    sections = [
        *reopened(material),
        do_now(material),
        where(material),
        how(material),
        emergencies(material),
        *open_decisions(material),
        other_advice(material),
        numbers(material),
        not_known(material),
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
        call_sheet=call_sheet(material),
        answers=answers,
    )


def digest(answers: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a case's answers, the label apart."""
    kept = [line for line in answers.splitlines() if not line.startswith("label:")]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]
