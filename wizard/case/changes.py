"""What is different between two situations of one case, in the terms of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.case.phrases import part_words
from wizard.engine.facts import Place, Status
from wizard.engine.situation import Advice, Situation


@dataclass(frozen=True)
class AdviceChange:
    """A piece of advice whose status differs."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class PartChange:
    """The part is named otherwise; `taken` are the decisions that were taken for it before."""

    before: str
    after: str
    taken: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """Differences; empty tuples where there are none."""

    alerts: tuple[AdviceChange, ...]
    advice: tuple[AdviceChange, ...]
    steps_gained: tuple[str, ...]
    steps_lost: tuple[str, ...]
    stopped_applying: tuple[str, ...]
    reopened: tuple[str, ...]
    part: PartChange | None

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not any(vars(self).values())


def changes(before: Situation, after: Situation) -> Changes:
    """What `after` has that `before` has not, and the other way round."""
    steps_before, steps_after = _steps(before), _steps(after)
    return Changes(
        alerts=_changed(
            {s.id: (s.title, s.word) for s in before.alerts},
            {s.id: (s.title, s.word) for s in after.alerts},
        ),
        advice=_changed(_statuses(before), _statuses(after)),
        steps_gained=tuple(t for p, t in steps_after.items() if p not in steps_before),
        steps_lost=tuple(t for p, t in steps_before.items() if p not in steps_after),
        stopped_applying=tuple(
            next(p.items[name].label for p in after.pathways if name in p.items)
            for name in after.stopped_applying
            if name not in before.stopped_applying
        ),
        reopened=tuple(
            d.decision.question
            for d in after.reopened
            if d.place not in {r.place for r in before.reopened}
        ),
        part=_part(before, after),
    )


def _part(before: Situation, after: Situation) -> PartChange | None:
    then, now = part_words(before), part_words(after)
    taken = tuple(d.decision.question for d in before.decisions if d.commitment is not None)
    return PartChange(then, now, taken) if then != now and taken else None


def _changed(
    before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> tuple[AdviceChange, ...]:
    found = []
    for name, (title, now) in after.items():
        then = before.get(name, (title, str(Status.NOT_INDICATED)))[1]
        if then != now:
            found.append(AdviceChange(title, then, now))
    for name, (title, then) in before.items():
        if name not in after and then != str(Status.NOT_INDICATED):
            found.append(AdviceChange(title, then, "no longer on the way"))
    return tuple(found)


def _statuses(situation: Situation) -> dict[str, tuple[str, str]]:
    advice: list[Advice] = [*situation.advice]
    for decision in situation.decisions:
        advice += decision.candidates
    return {a.id: (a.recommendation.title, a.status_words) for a in advice}


def _steps(situation: Situation) -> dict[Place, str]:
    return {p: situation.step(p).title for t in situation.trails for p in t.places}
