"""What the engine computes for a case: the situation, and nothing that a face would have to decide.

docs/semantics.md, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from wizard.definition.computed import Finding
from wizard.definition.fields import Stage
from wizard.definition.library import Pathway
from wizard.definition.models import Alert, AlertAction, Decision, Endpoint, Step
from wizard.definition.recommendation import Recommendation
from wizard.engine.facts import Acknowledgement, Commitment, Place, Response, Status
from wizard.engine.readings import Readings
from wizard.guard import Truth, Value

_STATES = {Truth.TRUE: "present", Truth.UNKNOWN: "not yet excluded", Truth.FALSE: "excluded"}
StopKind = Literal["asks", "decides", "waits", "ends"]


@dataclass(frozen=True)
class Stop:
    """Why a trail goes no further.

    asks: `items` are unanswered at `place`; decides: the decision of `place` is not committed;
    waits: `items` are awaited at `place`; ends: at `endpoint` of `pathway`, reached from `place`.
    """

    kind: StopKind
    place: Place
    items: tuple[str, ...] = ()
    endpoint: str | None = None


@dataclass(frozen=True)
class Trail:
    """The steps walked, in order, the current one last. `alert` names the alert it belongs to."""

    pathway: str
    places: tuple[Place, ...]
    stop: Stop
    alert: str | None = None

    @property
    def finished(self) -> bool:
        """Whether the trail has reached an endpoint."""
        return self.stop.kind == "ends"


@dataclass(frozen=True)
class AlertState:
    """One alert: present, not yet excluded, or excluded.

    `title` and `short` are what it is called by what is known of it; `now` is what is still to do
    at once. `deciding` are the items that make it true, or that it is blocked by while unknown;
    `on_record` are those that name it otherwise or end what is done at once.
    `speaks` says that the emergency card is due: present, and neither in hand nor continued.
    """

    id: str
    alert: Alert
    title: str
    short: str
    now: tuple[AlertAction, ...]
    truth: Truth
    deciding: tuple[str, ...]
    on_record: tuple[str, ...]
    in_hand: Acknowledgement | None
    continued: Acknowledgement | None

    @property
    def facts(self) -> tuple[str, ...]:
        """The items that are said with it."""
        return tuple(dict.fromkeys((*self.deciding, *self.on_record)))

    @property
    def said(self) -> str:
        """The state as it is shown: *excluded* only where the answers can exclude it."""
        if self.truth is Truth.FALSE and self.alert.proviso is not None:
            return f"{self.word}. {self.alert.proviso}"
        return self.state

    @property
    def word(self) -> str:
        """`said` without the reason."""
        return word_of(self.alert, self.truth)

    @property
    def state(self) -> str:
        """The state in words."""
        return _STATES[self.truth]

    @property
    def speaks(self) -> bool:
        """Whether the emergency card is due."""
        return self.truth is Truth.TRUE and self.in_hand is None and self.continued is None


def word_of(alert: Alert, truth: Truth) -> str:
    """What is said of an alert: *excluded* only where the answers alone can exclude it."""
    if truth is Truth.FALSE and alert.proviso is not None:
        return "no sign reported"
    return _STATES[truth]


@dataclass(frozen=True)
class Concern:
    """A contraindication that is true or unknown, and the items that decide it."""

    because: str
    truth: Truth
    items: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """A recommendation, or a candidate at `place`, and how it stands.

    `because`: the items that make its guard true (or false); `waits_for`: the items whose absence
    keeps its guard unknown; `concerns`: contraindications that are not false.
    """

    id: str
    pathway: str
    recommendation: Recommendation
    status: Status
    stage: Stage
    because: tuple[str, ...]
    waits_for: tuple[str, ...]
    concerns: tuple[Concern, ...]
    response: Response | None = None
    place: Place | None = None

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """The items that would settle what is unknown, without repetition."""
        open_concerns = [c.items for c in self.concerns if c.truth is Truth.UNKNOWN]
        return tuple(dict.fromkeys([*self.waits_for, *(i for c in open_concerns for i in c)]))

    @property
    def status_words(self) -> str:
        """The status as shown, *pending, then check* included."""
        if self.status is Status.PENDING and any(c.truth is Truth.UNKNOWN for c in self.concerns):
            return "pending, then check"
        return str(self.status)


@dataclass(frozen=True)
class DecisionState:
    """A decision on a trail: its candidates as they stand, the proposal and the commitment."""

    place: Place
    decision: Decision
    candidates: tuple[Advice, ...]
    proposal: tuple[str, ...]
    find_out_first: tuple[str, ...]
    commitment: Commitment | None
    worse: tuple[str, ...]

    @property
    def reopened(self) -> bool:
        """Whether a committed candidate's status is now worse than the stored one."""
        return bool(self.worse)


@dataclass(frozen=True)
class FindingState:
    """A named condition and its truth."""

    id: str
    finding: Finding
    truth: Truth
    deciding: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """Everything that follows from one set of facts, at one `as_of`, under one library.

    `pathways` are the pathways on any trail, the case's own first; advice, findings and values
    are theirs. `current` is the trail that the case goes on with.
    """

    as_of: date
    pathways: tuple[Pathway, ...]
    main: Trail
    alert_trails: tuple[Trail, ...]
    current: Trail
    alerts: tuple[AlertState, ...]
    advice: tuple[Advice, ...]
    decisions: tuple[DecisionState, ...]
    findings: tuple[FindingState, ...]
    stopped_applying: tuple[str, ...]
    set_aside_commitments: Mapping[Place, Commitment]
    readings: Readings = field(repr=False, compare=False)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The value of every item, derived value and score of the pathways."""
        found: dict[str, Value] = {}
        for pathway in self.pathways:
            reading = self.readings.of(pathway.id)
            for name in (*pathway.items, *pathway.derived, *pathway.scores):
                if name not in found:
                    found[name] = reading.value(name)
        return found

    @property
    def pathway(self) -> Pathway:
        """The pathway that the case was started with."""
        return self.pathways[0]

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that was reached: the main trail, then the alerts' in rank order."""
        return tuple(p for trail in (self.main, *self.alert_trails) for p in trail.places)

    @property
    def trails(self) -> tuple[Trail, ...]:
        """All trails, alerts first in rank order, the main trail last."""
        return (*self.alert_trails, self.main)

    @property
    def stages_reached(self) -> frozenset[Stage]:
        """The stages that any trail has reached."""
        return frozenset(self.step(place).stage for t in self.trails for place in t.places)

    def pathway_of(self, place: Place) -> Pathway:
        """The pathway of a place on a trail."""
        return next(p for p in self.pathways if p.id == place.pathway)

    def step(self, place: Place) -> Step:
        """The definition of the step at a place."""
        return self.pathway_of(place).steps[place.step]

    def endpoint(self, trail: Trail) -> Endpoint | None:
        """Where a finished trail has ended; None for a gap in the definition."""
        if trail.stop.endpoint is None:
            return None
        return self.pathway_of(trail.stop.place).endpoints.get(trail.stop.endpoint)

    def end_words(self, trail: Trail) -> str:
        """The name of the end of a finished trail."""
        endpoint = self.endpoint(trail)
        if endpoint is None:
            return f"Outside this pathway: the definition has a gap at {trail.stop.place.step}"
        return f"Outside this pathway: {endpoint.title}" if endpoint.outside else endpoint.title

    def decision(self, place: Place) -> DecisionState | None:
        """The decision at a place on a trail."""
        return next((d for d in self.decisions if d.place == place), None)

    @property
    def listed(self) -> tuple[Advice, ...]:
        """Advice to show: all that is recommended, check first or blocked, and what is pending in
        a stage that a trail has reached (docs/semantics.md, section 4)."""
        reached = self.stages_reached
        return tuple(
            a
            for a in self.advice
            if a.status in (Status.RECOMMENDED, Status.CHECK_FIRST, Status.BLOCKED)
            or (a.status is Status.PENDING and a.stage in reached)
        )

    @property
    def pending_later(self) -> int:
        """The number of pending pieces of advice of stages that no trail has reached."""
        reached = self.stages_reached
        return sum(a.status is Status.PENDING and a.stage not in reached for a in self.advice)

    @property
    def reopened(self) -> tuple[DecisionState, ...]:
        """Decisions that must be looked at again."""
        return tuple(d for d in self.decisions if d.reopened)
