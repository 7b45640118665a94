"""What an author writes, as pydantic models: the vocabulary of a pathway and nothing else.

Every model forbids unknown keys, so that the keys below are the whole language. Text fields that
hold guards (`if`, `applies_if`, `contraindicated_if`, ...) are plain strings here; `loading` parses
and checks them. Semantics: docs/semantics.md; the author's view: docs/pathway-format.md.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from wizard.definition.body_map import BodyMap
from wizard.definition.computed import Derived, Finding, Score, Table
from wizard.definition.evidence import Claim, Conflict, Reference
from wizard.definition.fields import ClaimId, Guard, Model, Name, PathwayId, Phrase, Stage, Words
from wizard.definition.item import Item
from wizard.definition.patient import PatientNote, PatientWords
from wizard.definition.recommendation import Recommendation


class Exit(Model):
    """A way out of a step: exactly one of `if`, `otherwise`, `unknown`."""

    if_: Guard | None = Field(default=None, alias="if")
    to: str | None = None
    otherwise: str | None = None
    unknown: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Exit:
        forms = [
            self.if_ is not None,
            self.otherwise is not None,
            self.unknown is not None,
        ]
        if sum(forms) != 1 or (self.if_ is not None) != (self.to is not None):
            raise ValueError("an exit is `if` with `to`, or `otherwise`, or `unknown`")
        return self

    @property
    def target(self) -> str:
        """The step, endpoint or pathway that this exit leads to."""
        return self.to or self.otherwise or self.unknown or ""


class Decision(Model):
    """Candidates, one of them proposed; what the person takes is a commitment."""

    question: Words
    selection: Literal["exactly one", "at most one", "one or more", "any"]
    candidates: dict[Name, Recommendation] = Field(min_length=1, max_length=9)
    none_label: Words | None = Field(
        default=None, description="How *none* reads; needs a selection that allows it."
    )

    @property
    def least(self) -> int:
        """The fewest candidates that can be taken."""
        return 1 if self.selection in ("exactly one", "one or more") else 0

    @property
    def most(self) -> int:
        """The most candidates that can be taken."""
        return 1 if self.selection in ("exactly one", "at most one") else len(self.candidates)


class Loop(Model):
    """A step that is met again: its items are asked anew at each visit, up to a bound."""

    ask_again: tuple[Name, ...] = Field(min_length=1)
    visits: int = Field(ge=2, le=12)
    then: str


class Step(Model):
    """A step: an enquiry, a decision, or a mere fork, and its exits."""

    stage: Stage
    title: Words
    text: Words | None = None
    teaching: Words | None = None
    claims: tuple[ClaimId, ...] = ()
    asks: tuple[Name, ...] = ()
    may_await: tuple[Name, ...] = Field(
        default=(),
        description="Items whose result may be awaited while the walk goes on.",
    )
    needs_fresh: tuple[Name, ...] = ()
    for_the_record: tuple[Name, ...] = Field(
        default=(), description="Asked for whoever reads the report; no guard need read them."
    )
    meanwhile: Words | None = Field(default=None, description="What to do while it waits.")
    decision: Decision | None = None
    loop: Loop | None = None
    exits: tuple[Exit, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _asks_or_decides(self) -> Step:
        if self.asks and self.decision is not None:
            raise ValueError("a step asks or decides: put the decision into a step behind it")
        return self


class Endpoint(Model):
    """A named end with what happens next."""

    title: Words
    text: Words
    stage: Stage | None = None
    outside: bool = Field(default=False, description="The patient is outside this pathway.")
    claims: tuple[ClaimId, ...] = ()


class AlertAction(Model):
    """One thing to do at once."""

    do: Words
    who: Words
    by: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Alert(Model):
    """A finding that takes precedence wherever the case stands. Order in the file is rank."""

    title: Words
    short: Words = Field(description="Its name in a list: two or three words.")
    if_: Guard = Field(alias="if")
    text: Words = Field(description="One sentence: why this is an emergency.")
    now: tuple[AlertAction, ...] = Field(min_length=1)
    find_out: Words = Field(description="The quickest way to settle it while it is not excluded.")
    proviso: Words | None = Field(
        default=None,
        description="Said in place of *excluded* where the answers alone do not exclude it.",
    )
    patient: PatientWords | None = Field(
        default=None, description="The signs for which the patient calls at once."
    )
    contact: Name = Field(description="A contact of the site file.")
    trail: PathwayId | None = Field(default=None, description="The pathway that takes over.")
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Invariant(Model):
    """What must never happen: `recommends(X) when GUARD`, violated unless the guard is false."""

    never: Guard
    text: Words
    source: tuple[Words, ...] = Field(min_length=1)


class Header(Model):
    """Who a pathway is for and what it is called."""

    id: PathwayId
    title: Words
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    summary: Words
    for_whom: Words
    status: Literal["not clinically reviewed", "reviewed"]
    evidence_checked: date
    review_due: date
    start: Name
    population_if: Guard = Field(
        description="Advice is given where it is true, pending where unknown; alerts always are."
    )
    sentence: tuple[tuple[Phrase, ...], ...] = Field(
        default=(),
        description="The patient in one sentence: of each part the first phrase that fits. "
        "`{part}` is where it is.",
    )


class PathwayFile(Model):
    """The merged content of one pathway's folder."""

    format: Literal[1]
    pathway: Header
    steps: dict[Name, Step] = Field(min_length=1)
    endpoints: dict[Name, Endpoint] = Field(min_length=1)
    uses: tuple[Name, ...] = Field(
        default=(),
        description="Recommendations of `pathways/common/` that this pathway gives.",
    )
    recommendations: dict[Name, Recommendation] = Field(default_factory=dict)
    alerts: dict[Name, Alert] = Field(default_factory=dict)
    findings: dict[Name, Finding] = Field(default_factory=dict)
    items: dict[Name, Item] = Field(default_factory=dict)
    derived: dict[Name, Derived] = Field(default_factory=dict)
    scores: dict[Name, Score] = Field(default_factory=dict)
    conflicts: dict[Name, Conflict] = Field(default_factory=dict)
    invariants: dict[Name, Invariant] = Field(default_factory=dict)


class GlossaryTerm(Model):
    """A word of the screens and reports in plain language; claims where it states medicine."""

    term: Words
    meaning: Words
    claims: tuple[ClaimId, ...] = ()


class TeachingNote(Model):
    """A note for trainees, shown beside the items that it is about."""

    topic: Literal["pathophysiology", "epidemiology", "pearl", "pitfall"]
    title: Words
    text: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    items: tuple[Name, ...] = Field(min_length=1)


class CommonFile(Model):
    """The merged content of `pathways/common/`: what every pathway may use."""

    items: dict[Name, Item] = Field(default_factory=dict)
    derived: dict[Name, Derived] = Field(default_factory=dict)
    scores: dict[Name, Score] = Field(default_factory=dict)
    tables: dict[Name, Table] = Field(default_factory=dict)
    findings: dict[Name, Finding] = Field(default_factory=dict)
    claims: dict[ClaimId, Claim] = Field(default_factory=dict)
    references: dict[str, Reference] = Field(default_factory=dict)
    conflicts: dict[Name, Conflict] = Field(default_factory=dict)
    recommendations: dict[Name, Recommendation] = Field(default_factory=dict)
    candidates: dict[Name, Recommendation] = Field(
        default_factory=dict,
        description="What decisions of several pathways offer; each takes it with `NAME: common`.",
    )
    alerts: dict[Name, Alert] = Field(
        default_factory=dict, description="Emergencies that interrupt every pathway."
    )
    glossary: dict[Name, GlossaryTerm] = Field(default_factory=dict)
    teaching: dict[Name, TeachingNote] = Field(default_factory=dict)
    body_map: BodyMap | None = None
    patient_note: PatientNote | None = None
    contacts: dict[Name, Words] = Field(default_factory=dict)
    reasons: dict[Name, Words] = Field(
        default_factory=dict,
        description="Coded reasons for taking another choice or declining.",
    )
