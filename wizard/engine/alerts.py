"""Alerts: their state, and whether an acknowledgement holds (docs/semantics.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from wizard.definition.item import Item
from wizard.engine.facts import Acknowledgement
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
        states.append(AlertState(name, alert, truth, deciding, in_hand, continued))
    return tuple(states)


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
