"""The patient in words: the person, where it is, and both with the course in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wizard.case.wording import value_words
from wizard.definition.fields import Phrase
from wizard.definition.item import Item
from wizard.definition.library import Pathway
from wizard.definition.phrases import PART
from wizard.engine.situation import Situation
from wizard.guard import Absent, Multi, Truth, names_in


def person_words(situation: Situation) -> str:
    """The person in two or three words, as far as known."""
    said = (_known(situation, name) for name in _echoed(situation, "person"))
    return ", ".join(filter(None, said)) or "person"


def part_words(situation: Situation) -> str:
    """Where it is, as far as known: items that are said together first, then what they left.

    What no longer applies names no part, though its value may be kept.
    """
    echoed = _echoed(situation, "part")
    items = {n: found for n, found in echoed.items() if n not in situation.stopped_applying}
    words, said = list[str](), set[str]()
    for name, (pathway, item) in items.items():
        found = fitting(situation, pathway, item.with_others) if name not in said else None
        if found is not None:
            words.append(_filled(situation, found))
            guard = pathway.guard(found.if_) if found.if_ is not None else None
            said.update({name}, found.names, names_in(guard) if guard is not None else ())
    left = (_known(situation, name) for name in items if name not in said)
    return ", ".join([*words, *filter(None, left)])


def sentence_words(situation: Situation) -> str:
    """The sentence of the pathway about this patient; empty where it has none."""
    pathway = situation.pathway
    parts = (fitting(situation, pathway, part) for part in pathway.header.sentence)
    words = " ".join(_filled(situation, found) for found in parts if found is not None)
    return re.sub(r" (?=[,;.])", "", words)


def fitting(situation: Situation, pathway: Pathway, phrases: Iterable[Phrase]) -> Phrase | None:
    """The first phrase whose items are known and whose guard is true."""
    reading = situation.readings.of(pathway.id)
    for phrase in phrases:
        holds = phrase.if_ is None or reading.truth(phrase.if_) is Truth.TRUE
        if holds and all(_word(situation, name) for name in phrase.names):
            return phrase
    return None


def _filled(situation: Situation, phrase: Phrase) -> str:
    return re.sub(r"\{([^{}]*)\}", lambda found: _word(situation, found[1]), phrase.says)


def _word(situation: Situation, name: str) -> str:
    return part_words(situation) if name == PART else _known(situation, name)


def _known(situation: Situation, name: str) -> str:
    """The value of an item in words; empty where it is not known in full."""
    value = situation.values[name]
    if isinstance(value, Absent) or (isinstance(value, Multi) and value.open):
        return ""
    item = next(p.items[name] for p in situation.pathways if name in p.items)
    return value_words(item, value)


def _echoed(situation: Situation, kind: str) -> Mapping[str, tuple[Pathway, Item]]:
    found: dict[str, tuple[Pathway, Item]] = {}
    for pathway in situation.pathways:
        for name, item in pathway.items.items():
            if item.echo == kind:
                found.setdefault(name, (pathway, item))
    return found
