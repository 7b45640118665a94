"""The section of scores and derived values: how far they are known, and what that means."""

from __future__ import annotations

from wizard.case.wording import plain_words
from wizard.definition.models import Derived, Score
from wizard.engine.situation import Situation
from wizard.guard import Absence, Absent, Interval, Value
from wizard.report.evidence import Evidence
from wizard.report.model import Line, Section


def numbers(situation: Situation, evidence: Evidence) -> Section:
    """Every derived value and score of the pathways in use, each once."""
    derived: dict[str, Derived] = {}
    scores: dict[str, Score] = {}
    for pathway in situation.pathways:
        derived = {**pathway.derived, **derived}
        scores = {**pathway.scores, **scores}
    values = situation.values
    lines = [
        *(_derived(definition, values[name], evidence) for name, definition in derived.items()),
        *(_score(score, values[name], evidence) for name, score in scores.items()),
    ]
    return Section("SCORES AND DERIVED VALUES", tuple(lines))


def _derived(derived: Derived, value: Value, evidence: Evidence) -> Line:
    words = plain_words(value)
    note = (derived.note,) if derived.note else ()
    return Line(f"{derived.label}: {words}", details=note, claims=evidence.cite(derived.claims))


def _score(score: Score, value: Value, evidence: Evidence) -> Line:
    if isinstance(value, Interval):
        touched = [b for b in score.bands if b.from_ <= value.high and b.to >= value.low]
        known = value.low == value.high
        total = f"{value.low}" if known else f"{value.low} to {value.high}"
        return Line(
            f"{score.label}: {total}",
            details=tuple(f"{b.from_} to {b.to}: {b.says}" for b in touched),
            claims=evidence.cite([*score.claims, *(c for b in touched for c in b.claims)]),
        )
    words = "not computable"
    if isinstance(value, Absent):
        words = value.reason.words
        if value.reason is Absence.NOT_APPLICABLE:
            words = "does not apply"
        words = f"{words}: {value.why}"
    return Line(f"{score.label}: {words}", claims=evidence.cite(score.claims))
