"""What an author writes, as models: the vocabulary of a pathway and nothing else.

Every model forbids unknown keys, so that the keys below are the whole language. Text fields that
hold guards (`if`, `applies_if`, `contraindicated_if`, ...) are plain strings here; `loading` parses
and checks them. Semantics: docs/semantics.md; the author's view: docs/pathway-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from wizard.definition.body_map import BodyMap
from wizard.definition.computed import Derived, Finding, Score, Table
from wizard.definition.evidence import Claim, Conflict, Reference
from wizard.definition.fields import (
    FILLED,
    Check,
    Cited,
    ClaimId,
    Guard,
    Model,
    Name,
    PathwayId,
    Phrase,
    Stage,
    Words,
)
from wizard.definition.item import Items
from wizard.definition.patient import PatientNote, PatientWords
from wizard.definition.recommendation import Recommendation


@dataclass(frozen=True, kw_only=True)
class Exit(Model):
    """A way out of a step: exactly one of `if`, `otherwise`, `unknown`."""

    if_: Guard | None = None
    to: str | None = None
    otherwise: str | None = None
    unknown: str | None = None

    def __post_init__(self) -> None:
        forms = [
            self.if_ is not None,
            self.otherwise is not None,
            self.unknown is not None,
        ]
        if sum(forms) != 1 or (self.if_ is not None) != (self.to is not None):
            raise ValueError("an exit is `if` with `to`, or `otherwise`, or `unknown`")

    @property
    def target(self) -> str:
        """The step, endpoint or pathway that this exit leads to."""
        return self.to or self.otherwise or self.unknown or ""


@dataclass(frozen=True, kw_only=True)
class Decision(Model):
    """Candidates, one of them proposed; what the person takes is a commitment."""

    question: Words
    selection: Literal["exactly one", "at most one", "one or more", "any"]
    candidates: Annotated[dict[Name, Recommendation], Check(min_length=1, max_length=9)]
    none_label: Words | None = None
    """How *none* reads; needs a selection that allows it."""

    @property
    def least(self) -> int:
        """The fewest candidates that can be taken."""
        return 1 if self.selection in ("exactly one", "one or more") else 0

    @property
    def most(self) -> int:
        """The most candidates that can be taken."""
        return 1 if self.selection in ("exactly one", "at most one") else len(self.candidates)


@dataclass(frozen=True, kw_only=True)
class Loop(Model):
    """A step that is met again: its items are asked anew at each visit, up to a bound."""

    ask_again: Annotated[tuple[Name, ...], FILLED]
    visits: Annotated[int, Check(ge=2, le=12)]
    then: str


@dataclass(frozen=True, kw_only=True)
class Step(Model):
    """A step: an enquiry, a decision, or a mere fork, and its exits."""

    stage: Stage
    title: Words
    text: Words | None = None
    teaching: Words | None = None
    claims: tuple[ClaimId, ...] = ()
    asks: tuple[Name, ...] = ()
    may_await: tuple[Name, ...] = ()
    """Items whose result may be awaited while the walk goes on."""
    needs_fresh: tuple[Name, ...] = ()
    for_the_record: tuple[Name, ...] = ()
    """Asked for whoever reads the report; no guard need read them."""
    meanwhile: Words | None = None
    """What to do while it waits."""
    decision: Decision | None = None
    loop: Loop | None = None
    exits: Annotated[tuple[Exit, ...], FILLED]

    def __post_init__(self) -> None:
        if self.asks and self.decision is not None:
            raise ValueError("a step asks or decides: put the decision into a step behind it")


@dataclass(frozen=True, kw_only=True)
class Endpoint(Model):
    """A named end with what happens next."""

    title: Words
    text: Words
    stage: Stage | None = None
    outside: bool = False
    """The patient is outside this pathway."""
    claims: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlertAction(Model):
    """One thing to do at once."""

    do: Words
    who: Words
    by: Words
    until: Guard | None = None
    """What ends it, such as a result on record; while this is unknown it stays."""
    advice: Name | None = None
    """Advice of `trail` that says the same: listed once, ended by *already done*."""
    patient: PatientWords | None = None
    """The same in plain words."""
    claims: Cited


@dataclass(frozen=True, kw_only=True)
class AlertName(Model):
    """What an emergency is called once something is known of it."""

    if_: Guard
    title: Words
    short: Words


@dataclass(frozen=True, kw_only=True)
class Alert(Model):
    """A finding that takes precedence wherever the case stands. Order in the file is rank."""

    title: Words
    short: Words
    """Its name in a list: two or three words."""
    names: tuple[AlertName, ...] = ()
    """The first whose guard is true stands for `title` and `short`."""
    if_: Guard
    text: Words
    """One sentence: why this is an emergency."""
    now: Annotated[tuple[AlertAction, ...], FILLED]
    find_out: Words
    """The quickest way to settle it while it is not excluded."""
    proviso: Words | None = None
    """Said in place of *excluded* where the answers alone do not exclude it."""
    patient: PatientWords | None = None
    """The signs for which the patient calls at once."""
    contact: Name
    """A contact of the site file."""
    trail: PathwayId | None = None
    """The pathway that takes over."""
    claims: Cited


@dataclass(frozen=True, kw_only=True)
class Invariant(Model):
    """What must never happen: `recommends(X) when GUARD`, violated unless the guard is false."""

    never: Guard
    text: Words
    source: Annotated[tuple[Words, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class Header(Model):
    """Who a pathway is for and what it is called."""

    id: PathwayId
    title: Words
    version: Annotated[str, Check(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    summary: Words
    for_whom: Words
    status: Literal["not clinically reviewed", "reviewed"]
    evidence_checked: date
    review_due: date
    start: Name
    population_if: Guard
    """Advice is given where it is true, pending where unknown; alerts always are."""
    sentence: tuple[tuple[Phrase, ...], ...] = ()
    """The patient in one sentence: of each part the first that fits; `{part}` is where it is."""


@dataclass(frozen=True, kw_only=True)
class PathwayFile(Model):
    """The merged content of one pathway's folder."""

    format: Literal[1]
    pathway: Header
    steps: Annotated[dict[Name, Step], FILLED]
    endpoints: Annotated[dict[Name, Endpoint], FILLED]
    uses: tuple[Name, ...] = ()
    """Recommendations of `pathways/common/` that this pathway gives."""
    recommendations: dict[Name, Recommendation] = field(default_factory=dict)
    alerts: dict[Name, Alert] = field(default_factory=dict)
    findings: dict[Name, Finding] = field(default_factory=dict)
    items: Items = field(default_factory=dict)
    derived: dict[Name, Derived] = field(default_factory=dict)
    scores: dict[Name, Score] = field(default_factory=dict)
    conflicts: dict[Name, Conflict] = field(default_factory=dict)
    invariants: dict[Name, Invariant] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class GlossaryTerm(Model):
    """A word of the screens and reports in plain language; claims where it states medicine."""

    term: Words
    meaning: Words
    claims: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TeachingNote(Model):
    """A note for trainees, shown beside the items that it is about."""

    topic: Literal["pathophysiology", "epidemiology", "pearl", "pitfall"]
    title: Words
    text: Words
    claims: Cited
    items: Annotated[tuple[Name, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class CommonFile(Model):
    """The merged content of `pathways/common/`: what every pathway may use."""

    items: Items = field(default_factory=dict)
    derived: dict[Name, Derived] = field(default_factory=dict)
    scores: dict[Name, Score] = field(default_factory=dict)
    tables: dict[Name, Table] = field(default_factory=dict)
    findings: dict[Name, Finding] = field(default_factory=dict)
    claims: dict[ClaimId, Claim] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    conflicts: dict[Name, Conflict] = field(default_factory=dict)
    recommendations: dict[Name, Recommendation] = field(default_factory=dict)
    candidates: dict[Name, Recommendation] = field(default_factory=dict)
    """What decisions of several pathways offer; each takes it with `NAME: common`."""
    alerts: dict[Name, Alert] = field(default_factory=dict)
    """Emergencies that interrupt every pathway."""
    glossary: dict[Name, GlossaryTerm] = field(default_factory=dict)
    teaching: dict[Name, TeachingNote] = field(default_factory=dict)
    body_map: BodyMap | None = None
    patient_note: PatientNote | None = None
    contacts: dict[Name, Words] = field(default_factory=dict)
    reasons: dict[Name, Words] = field(default_factory=dict)
    """Coded reasons for taking another choice or declining."""
