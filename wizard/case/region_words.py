"""Suppositions about values in words: what an atom would have to be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wizard.case.wording import name_words, option_words
from wizard.definition.library import Pathway
from wizard.engine.regions import Region
from wizard.engine.what_if import Supposition
from wizard.guard import Choice, Interval, Multi, Quantity, Value
from wizard.guard.units import to_decimal
from wizard.text import format_number, listed


def supposed_words(pathway: Pathway, suppositions: Sequence[Supposition]) -> str:
    """Suppositions that hold together."""
    return " and ".join(f"{name_words(pathway, s.name)} {_of(pathway, s)}" for s in suppositions)


def _of(pathway: Pathway, supposition: Supposition) -> str:
    first, last = supposition.regions[0], supposition.regions[-1]
    values = [region.value for region in supposition.regions]
    if isinstance(first.value, Choice):
        item = pathway.items[supposition.name]
        options = [option_words(item, v.option) for v in values if isinstance(v, Choice)]
        return f"is {' or '.join(options)}"
    if isinstance(first.value, Multi):
        sets = dict.fromkeys(_set(pathway, supposition.name, value) for value in values)
        return " or ".join(sets)
    return _numbers(first, last, _unit(first.value))


def _set(pathway: Pathway, name: str, value: Value) -> str:
    item = pathway.items[name]
    present = value.present if isinstance(value, Multi) else ()
    words = [option_words(item, option) for option in item.options if option in present]
    return f"has {listed(words, none='none of them')}"


def _unit(value: Value) -> str:
    if isinstance(value, Quantity):
        return f" {value.unit}"
    return " points" if isinstance(value, Interval) else ""


def _numbers(first: Region, last: Region, unit: str) -> str:
    """Neighbouring numeric regions as one range."""

    def said(value: Fraction) -> str:
        return f"{format_number(to_decimal(value))}{unit}"

    if first is last and first.low is not None and first.low == first.high:
        return f"exactly {said(first.low)}"
    words = []
    if first.low is not None:
        words.append(f"{'at least' if first.low == first.high else 'above'} {said(first.low)}")
    if last.high is not None:
        words.append(f"{'at most' if last.low == last.high else 'below'} {said(last.high)}")
    return " and ".join(words) or "known"
