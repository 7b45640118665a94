"""The next best question: the unknown item that holds up most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from wizard.engine.situation import Advice, Situation
from wizard.guard import Truth


@dataclass(frozen=True)
class NextQuestion:
    """An item, and how many alerts and listed pieces of advice it keeps open."""

    item: str
    alerts: int
    advice: int


def next_best_question(situation: Situation) -> NextQuestion | None:
    """The unknown item that blocks most alerts, then most advice; ties by the order of items.

    None where nothing that is listed is blocked by anything unknown.
    """
    alerts: Counter[str] = Counter()
    advice: Counter[str] = Counter()
    for state in situation.alerts:
        if state.truth is Truth.UNKNOWN:
            alerts.update(set(state.deciding))
    for piece in (*situation.listed, *_open_candidates(situation)):
        advice.update(set(piece.blocked_by))
    order = list(dict.fromkeys(name for p in situation.pathways for name in p.items))
    blocking = [name for name in order if alerts[name] or advice[name]]
    if not blocking:
        return None
    best = max(blocking, key=lambda name: (alerts[name], advice[name], -order.index(name)))
    return NextQuestion(best, alerts[best], advice[best])


def _open_candidates(situation: Situation) -> tuple[Advice, ...]:
    return tuple(
        candidate
        for decision in situation.decisions
        if decision.commitment is None
        for candidate in decision.candidates
    )
