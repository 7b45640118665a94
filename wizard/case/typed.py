"""From what a person types or presses to the value of an item, the same in every face."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from wizard.case.entry import (
    check_expected,
    check_limits,
    example_day,
    units_offered,
    value_from_text,
)
from wizard.definition.item import Item
from wizard.errors import BadInput
from wizard.guard import Absence, Choice, Multi, Number, Quantity, Value
from wizard.text import parse_date

LEAST_NAMED = 2
"""Letters that the beginning of a label needs: a single one is a command."""
LEAST_ANSWERED = 4
"""Letters that the beginning of an answer needs: it is recorded, and *no* or *not* begin many."""
NOT_ANSWERS = (*(reason.words for reason in Absence), "unknown")
"""What says that there is no answer: no beginning of it is taken for one."""


def typed_value(item: Item, held: Multi, typed: str) -> Value:
    """The value that was typed: a number of the list, a quantity, a date, words.

    A bare number is one of the item's unit. `held` is what is settled so far of an item of which
    several may hold. Raises BadInput for what cannot be read, or lies outside the hard limits.
    """
    options = list(item.options)
    if item.type == "multi":
        found = _several(options, held, typed)
        if found is not None:
            return found
    if item.type == "choice" and typed.isascii() and typed.isdigit():
        return Choice(options[_number(typed, len(options)) - 1])
    if item.type == "quantity" and re.fullmatch(r"[+-]?[0-9.,]+", typed.strip()):
        typed = f"{typed} {item.unit}"
    try:
        value = value_from_text(None, item, typed)
    except BadInput:
        labels = [option.label for option in item.options.values()]
        meant = named(typed, [*labels, *NOT_ANSWERS], LEAST_ANSWERED)
        if item.type == "choice" and meant is not None and meant < len(options):
            return Choice(options[meant])
        if options:
            raise BadInput(f"'{typed}' is not an answer here", mend=_mend(len(options))) from None
        raise
    if isinstance(value, Quantity | Number):
        check_limits(None, item, value)
    return value


def named(typed: str, labels: Sequence[str], least: int = LEAST_NAMED) -> int | None:
    """Which of several is meant by its label or the beginning of one alone; None where unclear.

    A beginning has `least` letters.
    """
    words = typed.strip().casefold()
    said = [label.casefold() for label in labels]
    if words in said:
        return said.index(words)
    found = [n for n, label in enumerate(said) if label.startswith(words)]
    return found[0] if len(words) >= least and len(found) == 1 else None


def pressed_value(item: Item, held: Multi, number: int) -> Value:
    """What a digit answers: an option; where several may hold, that it is present, then absent.

    Raises BadInput where there is no such answer.
    """
    option = list(item.options)[_number(str(number), len(item.options)) - 1]
    if item.type != "multi":
        return Choice(option)
    if option in held.present:
        return Multi(held.present - {option}, held.absent | {option})
    return Multi(held.present | {option}, held.absent - {option})


def how_to_type(item: Item) -> str:
    """What is typed for an item without options."""
    match item.type:
        case "quantity":
            taken = units_offered(item)
            others = f", or with its own unit: {', '.join(taken[1:])}" if taken[1:] else ""
            return f"a number in {taken[0]}{others}"
        case "date":
            return "a date such as 22-Nov-2026"
        case "number":
            return "a number"
    return "the words"


def expected_prompt(as_of: date) -> str:
    """The question for the day on which a result is expected."""
    return f"By when? (such as {example_day(as_of)}, or empty: not known)"


def expected_day(typed: str, as_of: date) -> date | None:
    """By when a result is expected, None where nothing was typed.

    Raises BadInput for what is no day, and for a day before `as_of`.
    """
    try:
        day = parse_date(typed) if typed.strip() else None
    except BadInput as error:
        raise BadInput(error.what, mend=f"Write it as {example_day(as_of)}.") from error
    if day is not None:
        check_expected(day, as_of)
    return day


def _number(typed: str, count: int) -> int:
    number = int(typed[:6])
    if not 1 <= number <= count:
        raise BadInput(f"there is no answer {number}", mend=_mend(count))
    return number


def _mend(count: int) -> str:
    return f"Type a number from 1 to {count}."


def _several(options: list[str], held: Multi, typed: str) -> Multi | None:
    """What is settled after `1 3 not 2 open 4`; None where it is no such line."""
    present, absent = set(held.present), set(held.absent)
    mode = "present"
    for word in typed.replace(",", " ").split():
        if word in ("not", "open"):
            mode = word
        elif word == "0":
            absent |= set(options) - present
        elif word.isascii() and word.isdigit():
            option = options[_number(word, len(options)) - 1]
            present.discard(option)
            absent.discard(option)
            if mode != "open":
                (present if mode == "present" else absent).add(option)
        else:
            return None
    return Multi(frozenset(present), frozenset(absent))
