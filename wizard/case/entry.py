"""From typed text to typed values, and the checks that every answer passes, typed or read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from wizard.definition.item import Item
from wizard.engine.facts import Fact
from wizard.errors import BadInput
from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Day,
    Multi,
    Number,
    Quantity,
    Text,
    Value,
    in_unit,
    nearest,
)
from wizard.guard.units import ALIASES, canonical, factor, known_units
from wizard.text import (
    format_date,
    format_number,
    format_quantity,
    one_line,
    parse_date,
    parse_number,
    safe,
)

MOST_TEXT = 2_000
MOST_WRITTEN = 20_000
"""The most of a unit that is offered; a larger limit would be written in another unit."""
COMPUTED = (Absence.OUT_OF_DATE, Absence.NOT_COMPUTABLE)


def value_from_text(name: str | None, item: Item, typed: str) -> Value:
    """The value that was typed for an item: `24 mL/min`, an option, a date, or `not known`.

    Raises BadInput for text that does not fit, decimal commas and missing units included; `name`
    says where.
    """
    text = typed.strip()
    absence = text.replace(" ", "_")
    reasons = {reason.value for reason in Absence if reason not in COMPUTED}
    if absence in reasons and absence not in item.options:
        return Absent(Absence(absence))
    try:
        return _parse(item, text)
    except BadInput as error:
        raise BadInput(error.what, where=name, mend=error.mend) from error


def _parse(item: Item, text: str) -> Value:
    match item.type:
        case "choice":
            return Choice(_option(item, text))
        case "multi":
            parts = [part.strip() for part in text.split(",") if part.strip()]
            absent = [p[4:] for p in parts if p.startswith("not ")]
            present = [p for p in parts if not p.startswith("not ")]
            return Multi(
                frozenset(_option(item, p) for p in present),
                frozenset(_option(item, p) for p in absent),
            )
        case "number":
            return Number(parse_number(text))
        case "quantity":
            return _quantity(item, text)
        case "date":
            return Day(parse_date(text))
    return Text(text)


def _option(item: Item, text: str) -> str:
    if text in item.options:
        return text
    by_label = {option.label.lower(): name for name, option in item.options.items()}
    if text.lower() in by_label:
        return by_label[text.lower()]
    near = nearest(text, item.options)
    hint = f"Did you mean {near}? " if near else ""
    raise BadInput(
        f"'{one_line(text)}' is not an option", mend=f"{hint}Options: {', '.join(item.options)}."
    )


def _quantity(item: Item, text: str) -> Quantity:
    match = re.match(r"\s*([+-]?[0-9.,eE]*[0-9.,])\s*(.*)$", text)
    if not match:
        raise BadInput(
            f"'{one_line(text)}' is not a number",
            mend=f"Write a number with its unit, such as 12 {item.unit}.",
        )
    number = parse_number(match[1])
    unit = match[2].strip()
    if not unit:
        raise BadInput(
            f"'{one_line(text)}' has no unit",
            mend=f"Write {format_quantity(number, item.unit or '')}{_or_units(item)}.",
        )
    return Quantity(number, _unit(item, unit))


def units_taken(item: Item) -> list[str]:
    """The units in which a quantity may be given, that of the item first."""
    unit = item.unit or ""
    same = [u for u in known_units() if in_unit(Quantity(Decimal(1), u), unit) is not None]
    return list(dict.fromkeys([unit, *item.accepts, *same]))


def units_offered(item: Item) -> list[str]:
    """Those of them in which the hard limits are numbers that a person would write."""
    first, *others = units_taken(item)
    if item.limits is None:
        return [first, *others]
    high = Fraction(item.limits.hard[1])
    sizes = {unit: magnitude(item, Quantity(Decimal(1), unit)) for unit in others}
    return [
        first,
        *(u for u, one in sizes.items() if one == 1 or one <= high <= MOST_WRITTEN * one),
    ]


def _or_units(item: Item) -> str:
    others = units_offered(item)[1:]
    return f" (or in {', '.join(others)})" if others else ""


SHORT = {
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "wk": "weeks",
    "wks": "weeks",
    "y": "years",
    "yr": "years",
    "yrs": "years",
}
"""Short forms of times that are understood when typed, beside `ALIASES`."""


def _spelt(item: Item, unit: str) -> str | None:
    """A typed unit as it is spelt here; capitals count only where they tell two units apart."""
    found = canonical(unit)
    if found is not None:
        return found
    spellings = {*units_taken(item), *ALIASES, *SHORT}
    meant = {SHORT.get(s) or canonical(s) for s in spellings if s.lower() == unit.lower()}
    taken = meant & {*units_taken(item)}
    return taken.pop() if len(taken) == 1 else None


def _unit(item: Item, unit: str) -> str:
    found = _spelt(item, unit)
    if found is None or found not in units_taken(item):
        raise BadInput(
            f"'{one_line(unit)}' is not a unit of {item.label}",
            mend=f"{_why_no_months(item, found)}Write it in {item.unit}{_or_units(item)}.",
        )
    return found


def _why_no_months(item: Item, unit: str | None) -> str:
    calendar = unit is not None and factor(unit, "months") is not None
    timed = factor(item.unit or "", "days") is not None
    return "Months and years are no fixed number of days. " if calendar and timed else ""


def magnitude(item: Item, quantity: Quantity) -> Fraction:
    """A quantity in the item's canonical unit, exactly."""
    if quantity.unit in item.accepts:
        return Fraction(quantity.value) * item.accepts[quantity.unit]
    found = in_unit(quantity, item.unit or "")
    return Fraction(quantity.value) if found is None else found


def check_value(name: str, item: Item, fact: Fact) -> None:
    """Raises BadInput where a fact does not fit its item: type, option, unit, limits, reason."""
    value = fact.value
    if isinstance(value, Absent):
        _check_absence(name, item, value)
        if value.reason is Absence.AWAITED and not fact.awaited_from:
            raise _no_sender(name)
        return
    fits = {
        "choice": Choice,
        "multi": Multi,
        "number": Number,
        "quantity": Quantity,
        "date": Day,
        "text": Text,
    }[item.type]
    if not isinstance(value, fits):
        raise BadInput(
            f"a {type(value).__name__.lower()} where {item.label} takes a {item.type}",
            where=name,
            mend="Give a value of that type.",
        )
    if isinstance(value, Choice):
        _check_options(name, item, {value.option})
    elif isinstance(value, Multi):
        _check_options(name, item, value.present | value.absent)
        both = value.present & value.absent
        if both:
            raise BadInput(
                f"'{min(both)}' stands under present and absent", where=name, mend="Keep one."
            )
    elif isinstance(value, Quantity | Number):
        check_limits(name, item, value)
        if isinstance(value, Number) and item.levels and value.value not in item.levels:
            raise BadInput(
                f"{item.label} has no level {format_number(value.value)}",
                where=name,
                mend=f"Levels: {', '.join(map(str, item.levels))}.",
            )
    elif isinstance(value, Text) and len(value.value) > MOST_TEXT:
        raise BadInput(
            f"a text of more than {MOST_TEXT:,} characters", where=name, mend="Shorten it."
        )


def _check_absence(name: str, item: Item, value: Absent) -> None:
    if value.reason in COMPUTED:
        raise BadInput(
            f"'{value.reason.words}' is worked out, never entered",
            where=name,
            mend="Enter not known.",
        )
    if value.reason is not Absence.NOT_ASKED and value.reason.value not in item.absence:
        if value.reason.value in item.options:
            number = list(item.options).index(value.reason.value) + 1
            label = item.options[value.reason.value].label
            raise BadInput(
                f"'{label}' is an answer to {item.label}, no reason for having none",
                where=name,
                mend=f"It is answer {number}.",
            )
        raise BadInput(
            f"{item.label} cannot be '{value.reason.words}'",
            where=name,
            mend=f"It can be: {', '.join(item.absence).replace('_', ' ')}.",
        )


def _check_options(name: str, item: Item, options: set[str] | frozenset[str]) -> None:
    for option in sorted(options):
        if option not in item.options:
            try:
                _option(item, option)
            except BadInput as error:
                raise BadInput(error.what, where=name, mend=error.mend) from error


def check_limits(name: str | None, item: Item, value: Quantity | Number) -> None:
    """Raises BadInput where a number lies outside the hard limits, or its unit is not taken."""
    if isinstance(value, Quantity):
        _unit(item, value.unit)
    if item.limits is None:
        return
    low, high = item.limits.hard
    if not Fraction(low) <= _number(item, value) <= Fraction(high):
        unit = f" {item.unit}" if item.unit else ""
        raise BadInput(
            f"{item.label} must lie between {format_number(low)} and {format_number(high)}{unit}",
            where=name,
            mend="Check the number and its unit.",
        )


def is_unusual(item: Item, value: Value) -> bool:
    """Whether a number lies outside the soft limits, so that a face asks again."""
    if item.limits is None or item.limits.soft is None or not isinstance(value, Quantity | Number):
        return False
    low, high = item.limits.soft
    return not Fraction(low) <= _number(item, value) <= Fraction(high)


def _number(item: Item, value: Quantity | Number) -> Fraction:
    return magnitude(item, value) if isinstance(value, Quantity) else Fraction(value.value)


def fact_of(value: Value, on: date, source: str = "entered") -> Fact:
    """A fact with every text in it made safe for terminals."""
    if isinstance(value, Text):
        value = Text(safe(value.value))
    return Fact(value, on, source)


def awaited(on: date, sender: str, due: date | None, chased_by: str | None) -> Fact:
    """The fact that a result is requested: from whom, by when, and who chases it.

    Raises BadInput without a sender, and for a day before it is requested.
    """
    if not sender.strip():
        raise _no_sender(None)
    if due is not None:
        check_expected(due, on)
    return Fact(
        Absent(Absence.AWAITED),
        on,
        awaited_from=one_line(sender),
        due=due,
        chased_by=one_line(chased_by) if chased_by and chased_by.strip() else None,
    )


def _no_sender(name: str | None) -> BadInput:
    return BadInput(
        "an awaited result needs its sender", where=name, mend="Say from whom it is awaited."
    )


def check_expected(due: date, on: date) -> None:
    """Raises BadInput where a result would be expected on a day before it is requested."""
    if due < on:
        raise BadInput(
            f"{format_date(due)} is past, and the result is still expected",
            mend=f"Write {format_date(on)} or a later day, such as {example_day(on)}.",
        )


def example_day(on: date) -> str:
    """A day on which a result could be expected, for prompts and messages."""
    return format_date(on + timedelta(days=7))
