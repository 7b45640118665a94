"""One score or derived value, computed from values given by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wizard.case.entry import check_value, fact_of, value_from_text
from wizard.case.tables import looked_up_words
from wizard.case.wording import band_words, bands_of, computed_words, name_words, value_words
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import CaseFacts
from wizard.engine.reading import Reading
from wizard.errors import BadInput
from wizard.guard import Absent, Interval, Number, Quantity, Text, Truth, Value, names_in, nearest
from wizard.text import one_line, wrap

WIDTH = 72


@dataclass(frozen=True)
class ScoreResult:
    """A score in words, with what was entered, the bands it touches and its claims."""

    name: str
    label: str
    value: Value
    words: str
    entered: dict[str, str]
    missing: tuple[str, ...]
    bands: tuple[str, ...]
    claims: tuple[str, ...]
    note: str | None

    def as_text(self) -> str:
        """A few lines for a person."""
        details = list(self.bands)
        if self.missing:
            details.append(f"not given: {', '.join(self.missing)}")
        if self.note:
            details.append(self.note)
        entered = "; ".join(f"{label} {words}" for label, words in self.entered.items())
        details.append(f"from: {entered or 'nothing'}")
        details.append(f"basis: {', '.join(self.claims)}. Content not clinically reviewed.")
        lines = wrap(f"{self.label}: {self.words}", WIDTH)
        for detail in details:
            lines += wrap(detail, WIDTH, "  ")
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """For JSON; `low` and `high` are null where there is no number."""
        low = high = None
        if isinstance(self.value, Interval):
            low, high = str(self.value.low), str(self.value.high)
        elif isinstance(self.value, Number | Quantity):
            low = high = str(self.value.value)
        reason = self.value.reason.value if isinstance(self.value, Absent) else None
        return {
            "name": self.name,
            "low": low,
            "high": high,
            "unit": getattr(self.value, "unit", None),
            "absent": reason,
            "words": self.words,
            "bands": self.bands,
            "entered": self.entered,
            "missing": self.missing,
            "claims": self.claims,
        }


def compute_score(library: Library, name: str, given: Sequence[str], as_of: date) -> ScoreResult:
    """A score or derived value by name from `item=value` texts.

    Raises BadInput for an unknown name or item and for values that do not fit.
    """
    pathway = next((p for p in library.pathways.values() if name in _names(p)), None)
    if pathway is None:
        known = ", ".join(score_names(library))
        raise BadInput(f"no score is called '{name}'", mend=f"Scores: {known}.")
    wanted = _inputs(pathway, name, as_of)
    facts = {}
    entered = {}
    for pair in given:
        item_name, equals, typed = pair.partition("=")
        if not equals or item_name not in wanted:
            near = nearest(item_name, wanted)
            hint = f"Did you mean {near}? " if near else ""
            raise BadInput(
                f"'{one_line(pair)}' is not ITEM=VALUE for an item that {name} reads",
                mend=f"{hint}It reads: {', '.join(wanted)}.",
            )
        item = pathway.items[item_name]
        fact = fact_of(value_from_text(item_name, item, typed), as_of)
        check_value(item_name, item, fact)
        facts[item_name] = {1: fact}
        entered[item.label] = value_words(item, fact.value)
    reading = Reading(pathway, CaseFacts(facts=facts), as_of)
    missing = tuple(n for n in wanted if n not in facts)
    if name in pathway.tables:
        return _of_table(pathway, name, reading, entered, missing)
    value = reading.value(name)
    words = computed_words(value)
    if name in pathway.derived:
        derived = pathway.derived[name]
        return ScoreResult(
            name, derived.label, value, words, entered, missing, (), derived.claims, derived.note
        )
    score = pathway.scores[name]
    bands = tuple(map(band_words, bands_of(score, value)))
    return ScoreResult(
        name, score.label, value, words, entered, missing, bands, score.claims, score.note
    )


def score_names(library: Library) -> list[str]:
    """Every score, derived value and table that can be computed by name."""
    return sorted({n for p in library.pathways.values() for n in _names(p)})


def _names(pathway: Pathway) -> tuple[str, ...]:
    return (*pathway.scores, *pathway.derived, *pathway.tables)


def _inputs(pathway: Pathway, name: str, as_of: date) -> tuple[str, ...]:
    """The items that are read for a score, derived value or table."""
    reading = Reading(pathway, CaseFacts(), as_of)
    if name not in pathway.tables:
        return reading.inputs(name)
    table = pathway.tables[name]
    valid = names_in(pathway.guard(table.valid_if)) if table.valid_if else frozenset()
    return reading.items_behind([table.input, *valid], Truth.TRUE)


def _of_table(
    pathway: Pathway,
    name: str,
    reading: Reading,
    entered: dict[str, str],
    missing: tuple[str, ...],
) -> ScoreResult:
    table = pathway.tables[name]
    found = looked_up_words(table, reading)
    behind = reading.value(table.input)
    value = behind if isinstance(behind, Absent) else Text(found)
    by = f"{name_words(pathway, table.input)}: {computed_words(behind)}"
    return ScoreResult(
        name, table.label, value, found, entered, missing, (by,), table.claims, table.note
    )
