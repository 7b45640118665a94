"""What each answer to a question would change: every option tried, and every range of a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from wizard.case.asking import held_multi
from wizard.case.changes import Changes
from wizard.case.open_case import OpenCase
from wizard.case.region_words import supposed_words
from wizard.definition.item import Item
from wizard.definition.library import Pathway
from wizard.engine.facts import Fact, Place
from wizard.engine.regions import Regions
from wizard.engine.what_if import Supposition
from wizard.guard import Choice, Multi, Value


@dataclass(frozen=True)
class Consequence:
    """An answer in words, and what it would change; `changes` is empty where nothing does."""

    answer: str
    changes: Changes


def consequences(case: OpenCase, name: str, place: Place) -> tuple[Consequence, ...]:
    """What each answer to an item would change against the case as it stands.

    Of an item of which several may hold each option is tried by itself. Numbers are tried between
    the values at which a guard changes; none where guards calculate with them, and for words and
    dates.
    """
    pathway = case.situation.pathway_of(place)
    item = pathway.items[name]
    if item.options:
        return tuple(
            Consequence(
                option.label, _tried(case, name, place, _chosen(case, item, name, place, o))
            )
            for o, option in item.options.items()
        )
    regions = Regions(pathway, _guards(pathway), [name]).of(name) or ()
    tried = [(r, _tried(case, name, place, r.value)) for r in regions]
    found = []
    for changes, group in groupby(tried, key=lambda pair: pair[1]):
        together = Supposition(name, tuple(region for region, _ in group))
        found.append(Consequence(supposed_words(pathway, [together]), changes))
    return tuple(found)


def _chosen(case: OpenCase, item: Item, name: str, place: Place, option: str) -> Value:
    if item.type != "multi":
        return Choice(option)
    held = held_multi(case, name, place)
    return Multi(held.present | {option}, held.absent - {option})


def _tried(case: OpenCase, name: str, place: Place, value: Value) -> Changes:
    return case.preview({name: Fact(value, case.state.as_of)}, place)


def _guards(pathway: Pathway) -> Iterator[str]:
    """What alerts, advice and ways on hang on."""
    yield from (alert.if_ for alert in pathway.alerts.values())
    candidates = (recommendation for _, recommendation in pathway.candidates.values())
    for recommendation in (*pathway.recommendations.values(), *candidates):
        yield recommendation.if_
        yield from (c.if_ for c in recommendation.contraindicated_if)
    for step in pathway.steps.values():
        yield from (e.if_ for e in step.exits if e.if_ is not None)
