"""What a report says, in sections and lines, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass

INTENDED_USE = (
    "Lists options with their published basis for registered clinicians and supervised trainees; "
    "adults only; decides nothing. To be checked by the clinician responsible."
)

FIRST_PAGE = (
    "What stands above can be handed over by itself. No clinician has reviewed the content. "
    "Below: all advice with reasons, the answers, the evidence."
)


@dataclass(frozen=True)
class Line:
    """One entry of a section: a lead word, the text, details below it, claims.

    An action says `who` does it and `by` when; both stand in columns of their own. It is `dated`
    where `by` names a time.
    """

    text: str
    lead: str = ""
    details: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    who: str = ""
    by: str = ""
    dated: bool = True


@dataclass(frozen=True)
class Section:
    """A heading and its entries; `aside` stands to the right of the heading.

    The entries of a list to look things up in run on: `run_on`.
    """

    title: str
    lines: tuple[Line, ...]
    aside: str = ""
    run_on: bool = False


@dataclass(frozen=True)
class CallSheet:
    """What is said on the telephone, in four parts; the background begins with what matters most.

    A rendering that has no room leaves out the end of the background and says how much.
    """

    situation: tuple[str, ...]
    background: tuple[str, ...]
    assessment: tuple[str, ...]
    request: tuple[str, ...]


@dataclass(frozen=True)
class NoteLine:
    """A line to the patient, and the words of the report's entry on which it rests."""

    text: str
    source: str


@dataclass(frozen=True)
class Note:
    """The draft note for the patient: words to the clinician, then parts under their headings."""

    title: str
    for_clinician: tuple[str, ...]
    parts: tuple[tuple[str, tuple[NoteLine, ...]], ...]
    call_line: str


@dataclass(frozen=True)
class Provenance:
    """What a reader needs to make the same report again."""

    tool: str
    pathway: str
    title: str
    version: str
    hash: str
    review_status: str
    review_due: str
    as_of: str
    digest: str


@dataclass(frozen=True)
class Summary:
    """A report before it is laid out; `answers` is the case as a file of answers.

    `note` stands in no other rendering; it is None where the pathways have no words for it.

    The first `first_page` sections can be handed over by themselves.
    """

    status: str
    person: str
    provenance: Provenance
    sections: tuple[Section, ...]
    first_page: int
    call_sheet: CallSheet
    answers: str
    note: Note | None = None
