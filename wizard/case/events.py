"""What happened to a case: its events, and their JSON form.

Events are facts about the record, never edited: undo is an event as well. Values are written so
that a stored event can be read without the pathway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wizard.engine.facts import (
    Acknowledgement,
    Answer,
    Commitment,
    Fact,
    Place,
    Response,
    Status,
)
from wizard.errors import StorageError
from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Day,
    Interval,
    Multi,
    Number,
    Quantity,
    Text,
    Value,
)

Json = dict[str, Any]


@dataclass(frozen=True)
class Started:
    """A case begins under one version of a pathway."""

    label: str
    pathway: str
    version: str
    hash: str
    as_of: date


@dataclass(frozen=True)
class Repinned:
    """The case goes on under another version of its pathway."""

    version: str
    hash: str


@dataclass(frozen=True)
class AsOfMoved:
    """The day that the case is looked at has moved."""

    as_of: date


@dataclass(frozen=True)
class Answered:
    """An item got a fact, at one visit."""

    item: str
    fact: Fact
    visit: int = 1


@dataclass(frozen=True)
class SetAside:
    """The value of an item that no longer applies was set aside."""

    item: str


@dataclass(frozen=True)
class Committed:
    """A decision was taken.

    In a loop the items of `kept` keep their answers at the next visit, until others are given;
    where that leaves nothing to ask, answers and commitment hold at every visit up to `until`.
    """

    place: Place
    commitment: Commitment
    kept: tuple[str, ...] = ()
    until: int | None = None


@dataclass(frozen=True)
class Responded:
    """A recommendation was answered."""

    advice: str
    response: Response


@dataclass(frozen=True)
class TakenInHand:
    """An alert is known and in hand."""

    alert: str
    acknowledgement: Acknowledgement


@dataclass(frozen=True)
class Continued:
    """The work-up goes on beside an open alert."""

    alert: str
    acknowledgement: Acknowledgement


@dataclass(frozen=True)
class Checked:
    """The answers were looked through and the emergency signs confirmed as they stand; the next
    report may be final."""

    on: date


@dataclass(frozen=True)
class AlertRaised:
    """An alert became true. Follows from other events and is kept for the report."""

    alert: str
    on: date


@dataclass(frozen=True)
class AlertWithdrawn:
    """An alert is true no longer."""

    alert: str
    on: date


@dataclass(frozen=True)
class Undone:
    """The last thing done and not yet undone counts no longer."""


@dataclass(frozen=True)
class Redone:
    """The last thing undone counts again."""


Event = (
    Started
    | Repinned
    | AsOfMoved
    | Answered
    | SetAside
    | Committed
    | Responded
    | TakenInHand
    | Continued
    | Checked
    | AlertRaised
    | AlertWithdrawn
    | Undone
    | Redone
)
_KINDS: Mapping[str, type[Any]] = {
    "started": Started,
    "repinned": Repinned,
    "as of moved": AsOfMoved,
    "answered": Answered,
    "set aside": SetAside,
    "committed": Committed,
    "responded": Responded,
    "taken in hand": TakenInHand,
    "continued": Continued,
    "checked": Checked,
    "alert raised": AlertRaised,
    "alert withdrawn": AlertWithdrawn,
    "undone": Undone,
    "redone": Redone,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
CONSEQUENCES = (AlertRaised, AlertWithdrawn)
"""Events that follow from others; undo passes over them."""


def event_json(event: Event) -> Json:
    """The JSON form of an event."""
    return {"event": _NAMES[type(event)], **{k: _plain(v) for k, v in vars(event).items()}}


def event_from(data: Json) -> Event:
    """The event of a JSON form. Raises StorageError for one that this program does not know."""
    try:
        kind = _KINDS[data["event"]]
        fields = {key: _READ[key](value) for key, value in data.items() if key != "event"}
        found: Event = kind(**fields)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise StorageError(
            "an event of this case cannot be read",
            mend="It was written by another version of pathwizard, or the store is damaged.",
        ) from error
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Fact):
        return {k: _plain(v) for k, v in vars(value).items() if v is not None}
    if isinstance(value, Commitment | Acknowledgement | Response):
        return {k: _plain(v) for k, v in vars(value).items() if v is not None}
    if isinstance(value, Absent | Choice | Multi | Number | Quantity | Interval | Day | Text):
        return value_json(value)
    if isinstance(value, Place | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def value_json(value: Value) -> Json:
    """A value that says what it is."""
    match value:
        case Absent(reason, why):
            return {"absent": reason.value, **({"why": why} if why else {})}
        case Choice(option):
            return {"choice": option}
        case Multi(present, absent):
            return {"present": sorted(present), "absent": sorted(absent)}
        case Number(number):
            return {"number": str(number)}
        case Quantity(number, unit):
            return {"quantity": str(number), "unit": unit}
        case Interval(low, high):
            return {"low": str(low), "high": str(high)}
        case Day(day):
            return {"day": day.isoformat()}
        case Text(text):
            return {"text": text}


def value_from(data: Json) -> Value:
    """The value of a JSON form. Raises KeyError or ValueError for anything else."""
    if "absent" in data and "present" not in data:
        return Absent(Absence(data["absent"]), data.get("why", ""))
    if "choice" in data:
        return Choice(data["choice"])
    if "present" in data:
        return Multi(frozenset(data["present"]), frozenset(data["absent"]))
    if "number" in data:
        return Number(Decimal(data["number"]))
    if "quantity" in data:
        return Quantity(Decimal(data["quantity"]), data["unit"])
    if "low" in data:
        return Interval(Decimal(data["low"]), Decimal(data["high"]))
    if "day" in data:
        return Day(date.fromisoformat(data["day"]))
    return Text(data["text"])


def _fact(data: Json) -> Fact:
    return Fact(
        value_from(data["value"]),
        date.fromisoformat(data["on"]),
        data["source"],
        data.get("awaited_from"),
        date.fromisoformat(data["due"]) if "due" in data else None,
        data.get("chased_by"),
    )


def _commitment(data: Json) -> Commitment:
    return Commitment(
        tuple(data["candidates"]),
        date.fromisoformat(data["on"]),
        tuple(data["proposal"]),
        tuple(data["find_out_first"]),
        {name: Status(status) for name, status in data["statuses"].items()},
        data.get("reason"),
        data.get("words"),
    )


def _response(data: Json) -> Response:
    on = date.fromisoformat(data["on"])
    return Response(Answer(data["answer"]), on, data.get("reason"), data.get("words"))


def _acknowledgement(data: Json) -> Acknowledgement:
    values = {name: value_from(value) for name, value in data["values"].items()}
    return Acknowledgement(data["who"], data["since"], date.fromisoformat(data["on"]), values)


_READ: Mapping[str, Any] = {
    "label": str,
    "pathway": str,
    "version": str,
    "hash": str,
    "as_of": date.fromisoformat,
    "on": date.fromisoformat,
    "item": str,
    "visit": int,
    "advice": str,
    "alert": str,
    "fact": _fact,
    "place": lambda parts: Place(*parts),
    "kept": tuple,
    "until": lambda visit: visit,
    "commitment": _commitment,
    "response": _response,
    "acknowledgement": _acknowledgement,
}
