"""One score or derived value, computed from values given by name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wizard.case.entry import check_value, fact_of, value_from_text
from wizard.case.wording import value_words
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import CaseFacts
from wizard.engine.reading import Reading
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Interval, Value, nearest


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
        lines = [f"{self.label}: {self.words}", *(f"  {band}" for band in self.bands)]
        if self.missing:
            lines.append(f"  not given: {', '.join(self.missing)}")
        if self.note:
            lines.append(f"  {self.note}")
        lines.append(
            f"  from: {'; '.join(f'{k} {v}' for k, v in self.entered.items()) or 'nothing'}"
        )
        lines.append(f"  basis: {', '.join(self.claims)}. Content not clinically reviewed.")
        return "\n".join(lines)

    def as_json(self) -> str:
        """The same for a program; `low` and `high` are null where there is no number."""
        low = high = None
        if isinstance(self.value, Interval):
            low, high = str(self.value.low), str(self.value.high)
        elif hasattr(self.value, "value"):
            low = high = str(self.value.value)
        reason = self.value.reason.value if isinstance(self.value, Absent) else None
        data = {
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
        return json.dumps(data, ensure_ascii=False, indent=1)


def compute_score(library: Library, name: str, given: Sequence[str], as_of: date) -> ScoreResult:
    """A score or derived value by name from `item=value` texts.

    Raises BadInput for an unknown name or item and for values that do not fit.
    """
    pathway = next(
        (p for p in library.pathways.values() if name in p.scores or name in p.derived), None
    )
    if pathway is None:
        known = sorted({n for p in library.pathways.values() for n in (*p.scores, *p.derived)})
        raise BadInput(f"no score is called '{name}'", mend=f"Scores: {', '.join(known)}.")
    facts = {}
    entered = {}
    for pair in given:
        item_name, equals, typed = pair.partition("=")
        item = pathway.items.get(item_name)
        if not equals or item is None:
            near = nearest(item_name, pathway.items)
            hint = f"Did you mean {near}? " if near else ""
            raise BadInput(
                f"'{pair}' is not ITEM=VALUE", mend=f"{hint}Items: {_inputs(pathway, name)}."
            )
        fact = fact_of(value_from_text(item_name, item, typed), as_of)
        check_value(item_name, item, fact)
        facts[item_name] = {1: fact}
        entered[item.label] = value_words(item, fact.value)
    reading = Reading(pathway, CaseFacts(facts=facts), as_of)
    value = reading.value(name)
    wanted = reading.inputs(name)
    missing = tuple(n for n in wanted if n not in facts)
    any_item = next(iter(pathway.items.values()))
    words = value_words(any_item, value)
    if isinstance(value, Absent) and value.reason is Absence.NOT_APPLICABLE:
        words = f"does not apply: {value.why}"
    if name in pathway.derived:
        derived = pathway.derived[name]
        return ScoreResult(
            name, derived.label, value, words, entered, missing, (), derived.claims, derived.note
        )
    score = pathway.scores[name]
    bands: tuple[str, ...] = ()
    if isinstance(value, Interval):
        bands = tuple(
            f"{b.from_} to {b.to}: {b.says}"
            for b in score.bands
            if b.from_ <= value.high and b.to >= value.low
        )
    return ScoreResult(name, score.label, value, words, entered, missing, bands, score.claims, None)


def _inputs(pathway: Pathway, name: str) -> str:
    reading = Reading(pathway, CaseFacts(), date.min)
    return ", ".join(reading.inputs(name))
