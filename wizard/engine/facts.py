"""What the engine is given of a case: facts, commitments, acknowledgements, responses.

These are plain immutable values; `wizard.case` builds them from a case's events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from wizard.guard import Absence, Absent, Multi, Value


class Status(StrEnum):
    """How a piece of advice stands (docs/semantics.md, section 4)."""

    RECOMMENDED = "recommended"
    PENDING = "pending"
    CHECK_FIRST = "check first"
    NOT_INDICATED = "not indicated"
    BLOCKED = "blocked"

    @property
    def rank(self) -> int:
        """Order from best (0) to worst (4), in which a commitment reopens."""
        return list(Status).index(self)


class Place(NamedTuple):
    """A step as it is met on a trail: the key of steps and commitments."""

    pathway: str
    step: str
    visit: int = 1


@dataclass(frozen=True)
class Fact:
    """A value or an entered absence reason, with its date and source.

    `awaited_from`, `due` and `chased_by` belong to the reason *awaited*.
    """

    value: Value
    on: date
    source: str = "entered"
    awaited_from: str | None = None
    due: date | None = None
    chased_by: str | None = None

    @property
    def absence(self) -> Absence | None:
        """The absence reason, or None where there is a value."""
        return self.value.reason if isinstance(self.value, Absent) else None

    @property
    def is_answer(self) -> bool:
        """Whether it answers an enquiry (docs/semantics.md, section 1)."""
        if isinstance(self.value, Absent):
            return self.value.reason is not Absence.NOT_ASKED
        if isinstance(self.value, Multi):
            return bool(self.value.present or self.value.absent)
        return True


@dataclass(frozen=True)
class Commitment:
    """What the person decided at a decision, with proposal and statuses as they were.

    An empty `candidates` is the commitment *none*. `reason` is a coded reason of
    `pathways/common/`, needed where another choice than the proposal was taken.
    """

    candidates: tuple[str, ...]
    on: date
    proposal: tuple[str, ...] = ()
    find_out_first: tuple[str, ...] = ()
    statuses: Mapping[str, Status] = field(default_factory=dict)
    reason: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Acknowledgement:
    """An answer to an alert, bound to the values that made it true."""

    who: str
    since: str
    on: date
    values: Mapping[str, Value]


class Answer(StrEnum):
    """A response to advice."""

    ACCEPTED = "accepted"
    MODIFIED = "modified"
    DECLINED = "declined"
    DEFERRED = "deferred"
    ALREADY_DONE = "already done"


@dataclass(frozen=True)
class Response:
    """What the person said to a recommendation, with a coded reason where declined."""

    answer: Answer
    on: date
    reason: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class CaseFacts:
    """Everything the walk reads of a case. Facts are keyed by item, then visit (from 1)."""

    facts: Mapping[str, Mapping[int, Fact]] = field(default_factory=dict)
    set_aside: Mapping[str, Mapping[int, Fact]] = field(default_factory=dict)
    commitments: Mapping[Place, Commitment] = field(default_factory=dict)
    in_hand: Mapping[str, Acknowledgement] = field(default_factory=dict)
    continued: Mapping[str, Acknowledgement] = field(default_factory=dict)
    responses: Mapping[str, Response] = field(default_factory=dict)
