"""What an author writes, as pydantic models: the vocabulary of a pathway and nothing else.

Every model forbids unknown keys, so that the keys below are the whole language. Text fields that
hold guards (`if`, `applies_if`, `contraindicated_if`, ...) are plain strings here; `loading` parses
and checks them. Semantics: docs/semantics.md; the author's view: docs/pathway-format.md.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""An identifier that guards can use: lower case, digits, underscore."""
PathwayId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}(-[A-Z]{2,4})?-[0-9]{1,3}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Guard = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    Field(
        description="A guard, such as `neuro_signs = yes and age >= 18 years`: comparisons with "
        "unit, `in (a, b)`, `has`, `and`, `or`, `not`, `always`; docs/semantics.md."
    ),
]
Formula = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    Field(
        description="A formula of plain numbers, such as `0.02 * (40 - albumin as g/L)`: "
        "+ - * / ^, min( , ), max( , ), `ITEM as UNIT`; docs/semantics.md."
    ),
]
Stage = Literal["presentation", "imaging", "biopsy", "staging", "palliation"]
Strength = Literal["recommend", "consider", "good practice", "not stated by source"]
EnteredAbsence = Literal[
    "not_asked", "not_known", "awaited", "not_done", "declined", "not_applicable"
]


def _factor(given: object) -> Fraction:
    """88.4 or 1/4.008 as an exact fraction. Raises ValueError for anything else."""
    above, _, below = str(given).partition("/")
    try:
        found = Fraction(above.strip()) / Fraction(below.strip() or 1)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("a factor is a number, or one number over another: 1/4.008") from error
    if found <= 0:
        raise ValueError("a factor is greater than zero")
    return found


Factor = Annotated[Fraction, BeforeValidator(_factor)]


class Model(BaseModel):
    """Base of all definition models: immutable, unknown keys refused, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Wording(Model):
    """One wording for each reader; the trainee reads the clinician's where there is no other."""

    clinician: Words
    trainee: Words | None = None


class Option(Model):
    """One answer to a choice or multi-choice item."""

    label: Words
    says: Words | None = Field(default=None, description="The short statement used in reports.")


class Limits(Model):
    """In the item's canonical unit: outside `hard` is refused, outside `soft` is asked again."""

    hard: tuple[Decimal, Decimal]
    soft: tuple[Decimal, Decimal] | None = None


class Item(Model):
    """A data item: something known about the patient."""

    type: Literal["choice", "multi", "number", "quantity", "date", "text"]
    label: Words = Field(description="Its name in lists, reports and explanations.")
    ask: Wording = Field(description="The question as the reader meets it.")
    why: Words = Field(description="Why it is asked.")
    claims: tuple[ClaimId, ...] = ()
    teaching: Words | None = Field(default=None, description="Shown with trainee wording only.")
    echo: Literal["person", "part"] | None = Field(
        default=None,
        description="Shown on every page, as of the person or as of the part, such as the digit.",
    )
    options: dict[Name, Option] = Field(default_factory=dict)
    none_of_the_others: Words | None = Field(
        default=None,
        description="Multi-choice: the label of the key that settles the rest as absent.",
    )
    worse: Literal["down the list", "up the list", "higher", "lower"] | None = Field(
        default=None, description="The direction in which a value is clinically worse."
    )
    unit: str | None = None
    accepts: dict[str, Factor] = Field(
        default_factory=dict,
        description="Further units of this analyte, with the factor to the canonical unit.",
    )
    limits: Limits | None = None
    levels: dict[int, Words] = Field(
        default_factory=dict, description="Numbers: the only values allowed, and what each means."
    )
    ucum: str | None = Field(default=None, description="The unit as UCUM writes it.")
    absence: tuple[EnteredAbsence, ...] = (
        "not_known",
        "awaited",
        "not_done",
        "declined",
    )
    shelf_life_days: int | None = Field(default=None, ge=1)
    applies_if: Guard | None = None
    otherwise: str | None = Field(default=None, description="The value where it does not apply.")

    @model_validator(mode="before")
    @classmethod
    def _yes_no(cls, data: object) -> object:
        """`yes_no` is short for a choice of `yes` and `no`."""
        if isinstance(data, dict) and data.get("type") == "yes_no" and "options" not in data:
            options = {"yes": {"label": "Yes"}, "no": {"label": "No"}}
            return {**data, "type": "choice", "options": options}
        return data

    @model_validator(mode="after")
    def _fits_its_type(self) -> Item:
        if self.type in ("choice", "multi") and not 1 <= len(self.options) <= 9:
            raise ValueError("a choice or multi item has 1 to 9 options, one a digit")
        if self.type not in ("choice", "multi") and self.options:
            raise ValueError("only choice and multi items have options")
        if (self.type == "quantity") != (self.unit is not None):
            raise ValueError("a quantity needs a unit, and nothing else has one")
        if self.levels and self.type != "number":
            raise ValueError("`levels` belong to number items")
        if self.ucum is not None and self.unit is None:
            raise ValueError("`ucum` belongs to quantities")
        if self.otherwise is not None and self.applies_if is None:
            raise ValueError("`otherwise` needs `applies_if`")
        if self.otherwise is not None and (
            self.type != "choice" or self.otherwise not in self.options
        ):
            raise ValueError("`otherwise` must be an option of a choice item")
        if self.none_of_the_others is not None and self.type != "multi":
            raise ValueError("`none_of_the_others` belongs to multi items")
        return self


class Claim(Model):
    """One statement of fact with citations."""

    text: Words
    certainty: Words
    checked: Literal["seen", "seen in a secondary copy", "recalled"]
    recalled_part: Words | None = Field(default=None, description="The piece that was not read.")
    references: tuple[str, ...] = ()


class Reference(Model):
    """A publication."""

    title: Words
    authors: Words | None = None
    container: Words | None = None
    year: int | None = None
    kind: Words
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


class Conflict(Model):
    """Claims that disagree; both positions are shown and none is taken."""

    topic: Words
    house_decides: bool = Field(
        default=False, description="A named clinician of the house has to choose; nobody has."
    )
    positions: tuple[ConflictPosition, ...] = Field(min_length=2)


class ConflictPosition(Model):
    """One side of a conflict."""

    text: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Finding(Model):
    """A named condition with a guard and a sentence."""

    if_: Guard = Field(alias="if")
    text: Words
    claims: tuple[ClaimId, ...] = ()


def _typed(given: object) -> object:
    """Values of an example as they would be typed; YAML reads some of them as numbers."""
    return str(given) if isinstance(given, int | Decimal) and not isinstance(given, bool) else given


class Example(Model):
    """A worked example: what is entered, as it would be typed, and what must come out."""

    given: dict[
        Name, Annotated[Words, BeforeValidator(_typed, json_schema_input_type=str | int | float)]
    ]
    gives: Annotated[Words, BeforeValidator(_typed, json_schema_input_type=str | int | float)]


class FormulaCase(Model):
    """One formula of several, and when it is the one."""

    if_: Guard = Field(alias="if")
    formula: Formula


class Derived(Model):
    """A derived value: a formula with unit and rounding; unknown inputs make it not computable.

    Either one `formula`, or `cases` read from the top like exits.
    """

    label: Words
    formula: Formula | None = None
    cases: tuple[FormulaCase, ...] = ()
    unit: str | None = None
    decimals: int = Field(ge=0, le=6)
    rounding: Literal["nearest", "down"] = Field(
        default="nearest", description="`down` where rounding up would cross a limit of safety."
    )
    valid_if: Guard | None = None
    otherwise_says: Words | None = Field(
        default=None, description="Why it does not apply outside its validity."
    )
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    note: Words | None = None
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Derived:
        if (self.formula is None) != bool(self.cases):
            raise ValueError("a derived value has either `formula` or `cases`")
        return self


class Term(Model):
    """One line of a points score: by options of an item, or by a guard."""

    label: Words
    item: Name | None = None
    points: dict[Name, int] = Field(default_factory=dict)
    if_: Guard | None = Field(default=None, alias="if")
    adds: int | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Term:
        by_item = self.item is not None and bool(self.points)
        by_guard = self.if_ is not None and self.adds is not None
        if by_item == by_guard:
            raise ValueError("a term is either `item` with `points`, or `if` with `adds`")
        return self


class Band(Model):
    """A range of a score, both ends included, and what the source says about it."""

    from_: int = Field(alias="from")
    to: int
    says: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Score(Model):
    """A points score with its bands and validity; partly unknown inputs give an interval."""

    label: Words
    terms: tuple[Term, ...] = Field(min_length=1)
    bands: tuple[Band, ...] = Field(min_length=1)
    valid_if: Guard
    otherwise_says: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    note: Words | None = None
    examples: tuple[Example, ...] = ()


class Row(Model):
    """A row of a table: an interval of its input, each bound exact, and the words it prints."""

    from_: Decimal | None = Field(default=None, alias="from", description="This value and more.")
    above: Decimal | None = Field(default=None, description="More than this value.")
    to: Decimal | None = Field(default=None, description="Up to and with this value.")
    below: Decimal | None = Field(default=None, description="Less than this value.")
    says: Words

    @model_validator(mode="after")
    def _an_interval(self) -> Row:
        if self.from_ is not None and self.above is not None:
            raise ValueError("a row begins with `from` or with `above`")
        if self.to is not None and self.below is not None:
            raise ValueError("a row ends with `to` or with `below`")
        low = self.from_ if self.from_ is not None else self.above
        high = self.to if self.to is not None else self.below
        if low is None and high is None:
            raise ValueError("a row needs `from`, `above`, `to` or `below`")
        closed = self.from_ is not None and self.to is not None
        if low is not None and high is not None and not (low < high or (low == high and closed)):
            raise ValueError("the row is empty")
        return self

    def holds(self, number: Fraction) -> bool:
        """Whether a number of the table's unit lies in this row."""
        return (
            (self.from_ is None or number >= Fraction(self.from_))
            and (self.above is None or number > Fraction(self.above))
            and (self.to is None or number <= Fraction(self.to))
            and (self.below is None or number < Fraction(self.below))
        )


def overlap(row: Row, other: Row) -> bool:
    """Whether some number lies in both rows."""
    lows = [
        (n, closed)
        for r in (row, other)
        for n, closed in ((r.from_, True), (r.above, False))
        if n is not None
    ]
    highs = [
        (n, closed)
        for r in (row, other)
        for n, closed in ((r.to, True), (r.below, False))
        if n is not None
    ]
    return all(
        low < high or (low == high and low_closed and high_closed)
        for low, low_closed in lows
        for high, high_closed in highs
    )


class Table(Model):
    """A published table that is looked up and quoted; nothing is worked out from its rows."""

    label: Words
    input: Name = Field(description="A quantity item or a derived value.")
    unit: str
    rows: tuple[Row, ...] = Field(min_length=1)
    valid_if: Guard | None = None
    otherwise_says: Words | None = Field(
        default=None, description="Why it does not apply outside its validity."
    )
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    note: Words | None = None
    examples: tuple[Example, ...] = ()


class Contraindication(Model):
    """What forbids an action, and why."""

    if_: Guard = Field(alias="if")
    because: Words
    claims: tuple[ClaimId, ...] = ()


class Argument(Model):
    """For or against a candidate: it explains and is never counted."""

    if_: Guard | None = Field(default=None, alias="if")
    for_: Words | None = Field(default=None, alias="for")
    against: Words | None = None
    claims: tuple[ClaimId, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_side(self) -> Argument:
        if (self.for_ is None) == (self.against is None):
            raise ValueError("an argument is either `for` or `against`")
        return self


class Note(Model):
    """A labelled sentence of a candidate, such as what a study shows or misses."""

    label: Words
    text: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Recommendation(Model):
    """An action advised under a guard; inside a decision it is a candidate."""

    title: Words = Field(description="Short name, a few words.")
    action: Words = Field(description="What to do, one sentence that starts with a verb.")
    stage: Stage | None = Field(default=None, description="Groups it for reading only.")
    who: Words = Field(description="The role that does it, or `site:CONTACT` for a site contact.")
    by: Words = Field(description="By when.")
    if_: Guard = Field(alias="if")
    contraindicated_if: tuple[Contraindication, ...] = ()
    why: Words
    strength: Strength
    certainty: Words
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    conflicts: tuple[Name, ...] = ()
    tables: tuple[Name, ...] = Field(
        default=(), description="Tables whose row is quoted with the advice."
    )
    arguments: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    about: Name | None = Field(
        default=None,
        description="The action that it is about; advice about one action must not contradict.",
    )
    until_done: bool = Field(
        default=True,
        description="False for advice that is a rule to keep, not a task to tick.",
    )


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


class Alert(Model):
    """A finding that takes precedence wherever the case stands. Order in the file is rank."""

    title: Words
    short: Words = Field(description="Its name in a list: two or three words.")
    if_: Guard = Field(alias="if")
    text: Words = Field(description="One sentence: why this is an emergency.")
    now: tuple[AlertAction, ...] = Field(min_length=1)
    find_out: Words = Field(description="The quickest way to settle it while it is not excluded.")
    contact: Name = Field(description="A contact of the site file.")
    trail: PathwayId | None = Field(default=None, description="The pathway that takes over.")
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class AlertAction(Model):
    """One thing to do at once."""

    do: Words
    who: Words
    by: Words
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
    contacts: dict[Name, Words] = Field(default_factory=dict)
    reasons: dict[Name, Words] = Field(
        default_factory=dict,
        description="Coded reasons for taking another choice or declining.",
    )


Conflict.model_rebuild()
Alert.model_rebuild()
