"""Two cases side by side: the same case under two versions of a pathway, or two variants of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wizard.case.changes import AdviceChange, Changes, PartChange, changes
from wizard.case.open_case import OpenCase
from wizard.case.resting import resting_words
from wizard.case.wording import computed_words, fact_words, name_words
from wizard.engine.facts import Status
from wizard.engine.situation import DecisionState, Situation
from wizard.text import listed, wrap

WIDTH = 72
SILENT = (str(Status.NOT_INDICATED), "no longer on the way")


@dataclass(frozen=True)
class Difference:
    """Something that has a name and differs."""

    name: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """In one line."""
        if not (self.before or self.after):
            return self.name
        return f"{self.name}: {self.before} -> {self.after}".removeprefix(": ")


@dataclass(frozen=True)
class Comparison:
    """Everything that differs; empty where nothing does.

    Advice is gained where it was not indicated before, lost where it is not any more, changed
    where its status is another one.
    """

    versions: tuple[Difference, ...]
    facts: tuple[Difference, ...]
    rests: tuple[Difference, ...]
    alerts: tuple[AdviceChange, ...]
    advice_gained: tuple[AdviceChange, ...]
    advice_lost: tuple[AdviceChange, ...]
    advice_changed: tuple[AdviceChange, ...]
    scores: tuple[Difference, ...]
    steps_gained: tuple[str, ...]
    steps_lost: tuple[str, ...]
    reopened: tuple[str, ...]
    proposals: tuple[Difference, ...]
    stopped_applying: tuple[str, ...]
    part: PartChange | None

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not any(vars(self).values())

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @property
    def sections(self) -> dict[str, tuple[Difference, ...]]:
        """What differs, by title; of a step and of a decision the name alone."""
        return {
            "PATHWAY": self.versions,
            "ANSWERS": self.facts,
            "RESTS AT": self.rests,
            "EMERGENCIES": _changed(self.alerts),
            "THE PART": _part(self.part),
            "DECISIONS THAT WOULD REOPEN": _named(self.reopened),
            "PROPOSED": self.proposals,
            "ADVICE GAINED": _changed(self.advice_gained),
            "ADVICE LOST": _changed(self.advice_lost),
            "ADVICE CHANGED": _changed(self.advice_changed),
            "SCORES AND DERIVED VALUES": self.scores,
            "STEPS GAINED": _named(self.steps_gained),
            "STEPS LOST": _named(self.steps_lost),
            "NO LONGER APPLIES": _named(self.stopped_applying),
        }

    def as_text(self) -> str:
        """For a terminal, 72 columns; sections without a difference are left out."""
        lines = []
        for title, differences in self.sections.items():
            said = [part for d in differences for part in wrap(d.words, WIDTH, "  ", "    ")]
            lines += [title, *said] if said else []
        return "\n".join(lines) or "Nothing differs."


def compare(before: OpenCase, after: OpenCase) -> Comparison:
    """What `after` says differently."""
    found: Changes = changes(before.situation, after.situation)
    gained = tuple(c for c in found.advice if c.before in SILENT)
    lost = tuple(c for c in found.advice if c.after in SILENT)
    return Comparison(
        versions=_differences(_version(before), _version(after)),
        facts=_differences(_facts(before), _facts(after)),
        rests=_differences({"": resting_words(before)}, {"": resting_words(after)}),
        alerts=found.alerts,
        advice_gained=gained,
        advice_lost=lost,
        advice_changed=tuple(c for c in found.advice if c not in (*gained, *lost)),
        scores=_differences(_scores(before.situation), _scores(after.situation)),
        steps_gained=found.steps_gained,
        steps_lost=found.steps_lost,
        reopened=found.reopened,
        proposals=_proposed(before.situation, after.situation),
        stopped_applying=found.stopped_applying,
        part=found.part,
    )


def _proposed(before: Situation, after: Situation) -> tuple[Difference, ...]:
    """Decisions on the trails of both for which something else is proposed."""
    earlier = {d.place: d for d in before.decisions}
    pairs = [(earlier[d.place], d) for d in after.decisions if d.place in earlier]
    return tuple(
        Difference(now.decision.question, _titles(now), _titles(then))
        for now, then in pairs
        if now.proposal != then.proposal
    )


def _titles(state: DecisionState) -> str:
    titles = [a.recommendation.title for a in state.candidates if a.id in state.proposal]
    return listed(titles) or "nothing"


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    names = dict.fromkeys([*before, *after])
    pairs = ((n, before.get(n, "not asked"), after.get(n, "not asked")) for n in names)
    return tuple(Difference(n, b, a) for n, b, a in pairs if b != a)


def _version(case: OpenCase) -> dict[str, str]:
    header = case.pathway.header
    return {header.id: f"{header.version} ({case.pathway.hash[:16]})"}


def _facts(case: OpenCase) -> dict[str, str]:
    items = {name: item for p in case.situation.pathways for name, item in p.items.items()}
    return {
        items[name].label + (f", visit {visit}" if visit > 1 else ""): fact_words(items[name], fact)
        for name, visits in case.state.facts.facts.items()
        if name in items
        for visit, fact in visits.items()
    }


def _scores(situation: Situation) -> dict[str, str]:
    return {
        name_words(pathway, name): computed_words(situation.values[name])
        for pathway in situation.pathways
        for name in pathway.numbers
    }


def _named(names: tuple[str, ...]) -> tuple[Difference, ...]:
    return tuple(Difference(name, "", "") for name in names)


def _changed(found: tuple[AdviceChange, ...]) -> tuple[Difference, ...]:
    return tuple(Difference(c.title, c.before, c.after) for c in found)


def _part(part: PartChange | None) -> tuple[Difference, ...]:
    if part is None:
        return ()
    named = Difference("", part.before or "not named", part.after or "not named")
    return (named, *_named(tuple(f"Decided for it already: {taken}" for taken in part.taken)))
