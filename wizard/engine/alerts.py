"""Alerts: their state, and whether an acknowledgement holds (docs/semantics.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from wizard.definition.item import Item
from wizard.definition.models import Alert, AlertAction
from wizard.engine.facts import Acknowledgement, Answer
from wizard.engine.reading import Reading
from wizard.engine.situation import AlertState
from wizard.guard import Absent, Choice, Multi, Number, Quantity, Truth, Value, in_unit


def alert_states(reading: Reading) -> tuple[AlertState, ...]:
    """Every alert of the case's pathway, in rank order."""
    states = []
    for name, alert in reading.pathway.alerts.items():
        truth = reading.truth(alert.if_)
        deciding = reading.deciding(alert.if_)
        in_hand = continued = None
        if truth is Truth.TRUE:
            in_hand = _holding(reading.case.in_hand.get(name), deciding, reading)
            continued = _holding(reading.case.continued.get(name), deciding, reading)
        called = next((n for n in alert.names if reading.truth(n.if_) is Truth.TRUE), alert)
        states.append(
            AlertState(
                id=name,
                alert=alert,
                title=called.title,
                short=called.short,
                now=tuple(action for action in alert.now if not _ended(action, reading)),
                truth=truth,
                deciding=deciding,
                on_record=tuple(_on_record(alert, reading)),
                in_hand=in_hand,
                continued=continued,
            )
        )
    return tuple(states)


def _on_record(alert: Alert, reading: Reading) -> Iterator[str]:
    """The items that make a guard of its names or of the ends of its actions true."""
    guards = (*(n.if_ for n in alert.names), *(action.until for action in alert.now))
    for guard in guards:
        if guard is not None and reading.truth(guard) is Truth.TRUE:
            yield from reading.deciding(guard)


def _ended(action: AlertAction, reading: Reading) -> bool:
    """Whether what is on record ends an action; what is unknown never does."""
    said = reading.case.responses.get(action.advice) if action.advice is not None else None
    if said is not None and said.answer is Answer.ALREADY_DONE:
        return True
    return action.until is not None and reading.truth(action.until) is Truth.TRUE


def _holding(
    given: Acknowledgement | None, deciding: Iterable[str], reading: Reading
) -> Acknowledgement | None:
    """An acknowledgement, unless a value that keeps the alert true got worse since."""
    if given is None:
        return None
    got_worse = any(
        name not in given.values
        or _worse(given.values[name], reading.value(name), reading.pathway.items[name])
        for name in deciding
    )
    return None if got_worse else given


def _worse(then: Value, now: Value, item: Item) -> bool:
    """Whether a value got worse; without a declared direction any other value counts as worse."""
    if now == then or isinstance(now, Absent):
        return False
    if isinstance(now, Multi) and isinstance(then, Multi):
        return not now.present <= then.present
    if item.worse in ("higher", "lower"):
        before, after = _magnitude(then, item), _magnitude(now, item)
        if before is None or after is None:
            return True
        return after > before if item.worse == "higher" else after < before
    if item.worse is not None and isinstance(now, Choice) and isinstance(then, Choice):
        order = list(item.options)
        if now.option in order and then.option in order:
            moved = order.index(now.option) - order.index(then.option)
            return moved > 0 if item.worse == "down the list" else moved < 0
    return True


def _magnitude(value: Value, item: Item) -> Fraction | None:
    if isinstance(value, Number):
        return Fraction(value.value)
    if isinstance(value, Quantity) and item.unit is not None:
        return in_unit(value, item.unit)
    return None
