"""Every piece of advice, alert, exit and score questioned: why, why not, what would change it.

All of it is worked out from the guards of the definitions (docs/semantics.md, section 5).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from wizard.case.open_case import OpenCase
from wizard.case.region_words import supposed_words
from wizard.case.wording import (
    bands_of,
    computed_words,
    expr_words,
    labels,
    name_words,
    value_words,
)
from wizard.definition.library import Pathway
from wizard.engine.advice import advise
from wizard.engine.facts import Place
from wizard.engine.next_question import next_best_question
from wizard.engine.reading import Reading
from wizard.engine.reasons import Reason, reason
from wizard.engine.regions import Regions
from wizard.engine.situation import Advice, AlertState, word_of
from wizard.engine.walk import at_its_visit, open_exits, pinned
from wizard.engine.what_if import is_robust, would_change
from wizard.errors import BadInput
from wizard.guard import Truth, nearest
from wizard.guard.nodes import And, Or
from wizard.text import format_date, listed, one_line, wrap

MOST_SHOWN = 8
WIDTH = 72
T = TypeVar("T", bound=Hashable)
_HOLDS = {Truth.TRUE: "holds", Truth.FALSE: "does not hold", Truth.UNKNOWN: "not known"}


@dataclass(frozen=True)
class Explanation:
    """One thing questioned, in words.

    `why` is the tree of its guards, two spaces a level; `robust` is one sentence.
    """

    subject: str
    state: str
    why: tuple[str, ...]
    blocked_by: tuple[str, ...]
    would_change: tuple[str, ...]
    robust: str

    def as_text(self) -> str:
        """For a terminal, 72 columns."""
        lines = wrap(f"{self.subject}: {self.state}", WIDTH)
        for line in self.why:
            space = " " * (len(line) - len(line.lstrip()))
            lines += wrap(line.strip(), WIDTH, space, f"{space}  ")
        if self.blocked_by:
            lines += wrap(f"Blocked by: {listed(self.blocked_by)}", WIDTH)
        lines.append("What would change this:")
        for line in self.would_change or ("no one or two changed values",):
            lines += wrap(line, WIDTH, "  ", "    ")
        return "\n".join([*lines, self.robust])

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def explain_advice(case: OpenCase, advice: Advice) -> Explanation:
    """A recommendation or candidate as it stands now."""
    recommendation = advice.recommendation
    reading = _reading(case, advice.pathway)
    if advice.place is not None:
        reading = at_its_visit(advice.place, reading)
    header = reading.pathway.header
    guards = [header.population_if, recommendation.if_]
    against = [c.if_ for c in recommendation.contraindicated_if]

    def status(other: Reading) -> str:
        return advise(advice.id, recommendation, other, advice.place).status_words

    why = []
    if reading.truth(header.population_if) is not Truth.TRUE:
        why += ["The pathway is for:", *_tree(reading, header.population_if, 1)]
    why += ["Given when:", *_tree(reading, recommendation.if_, 1)]
    for contraindication in recommendation.contraindicated_if:
        why.append(f"Not when {contraindication.because}:")
        why += _tree(reading, contraindication.if_, 1)
    return _explanation(
        recommendation.title,
        advice.status_words,
        why,
        labels(reading.pathway, advice.blocked_by),
        reading,
        Regions(reading.pathway, [*guards, *against]),
        status,
    )


def explain_alert(case: OpenCase, state: AlertState) -> Explanation:
    """An alert: present, not yet excluded, or excluded."""
    reading = _reading(case, case.pathway.id)
    guard = state.alert.if_
    blocked = state.deciding if state.truth is Truth.UNKNOWN else ()
    return _explanation(
        state.title,
        state.said,
        ["Present when:", *_tree(reading, guard, 1)],
        labels(reading.pathway, blocked),
        reading,
        Regions(reading.pathway, [guard]),
        lambda other: word_of(state.alert, other.truth(guard)),
    )


def explain_exits(case: OpenCase, place: Place) -> Explanation:
    """Which way a step is left, as its exits are read from the top."""
    pathway = case.situation.pathway_of(place)
    step = pathway.steps[place.step]
    reading = _reading(case, pathway.id).at(pinned(step, place.visit))
    guards = [e.if_ for e in step.exits if e.if_ is not None]

    def ways(other: Reading) -> str:
        taken = []
        for exit_ in open_exits(step, other):
            taken.append(_target_words(case, pathway, exit_.target))
            if exit_.target not in case.library.pathways:
                break
        return "to " + ", then ".join(taken or ["no exit: the definition has a gap"])

    why = []
    for exit_ in step.exits:
        target = _target_words(case, pathway, exit_.target)
        if exit_.if_ is None:
            why.append(f"{'otherwise' if exit_.otherwise else 'while not known'}: to {target}")
        else:
            why += [f"to {target} when:", *_tree(reading, exit_.if_, 1)]
    blocked = [n for g in guards if reading.truth(g) is Truth.UNKNOWN for n in reading.deciding(g)]
    return _explanation(
        f"The way on from {step.title}",
        ways(reading),
        why,
        labels(pathway, tuple(dict.fromkeys(blocked))),
        reading,
        Regions(pathway, guards),
        ways,
    )


def explain_score(case: OpenCase, pathway: Pathway, name: str) -> Explanation:
    """A score or derived value: what it is worked out from, and what each input is."""
    reading = _reading(case, pathway.id)
    inputs = reading.inputs(name)
    items = [(pathway.items[item], reading.value(item)) for item in inputs]
    why = ["Worked out from:", *(f"  {i.label}: {value_words(i, v)}" for i, v in items)]
    missing = reading.items_behind([name], Truth.UNKNOWN)
    score = pathway.scores.get(name)
    if score is None:
        derived = pathway.derived[name]
        formulae = [derived.formula, *(case.formula for case in derived.cases)]
        return _explanation(
            derived.label,
            computed_words(reading.value(name)),
            why,
            labels(pathway, missing),
            reading,
            Regions(pathway, [formula for formula in formulae if formula is not None]),
            lambda other: computed_words(other.value(name)),
        )
    guards = [g for g in (score.valid_if, *(term.if_ for term in score.terms)) if g is not None]
    if score.valid_if is not None:
        why += ["It applies when:", *_tree(reading, score.valid_if, 1)]

    def band(other: Reading) -> str:
        value = other.value(name)
        says = [b.says for b in bands_of(score, value)]
        return " or ".join(says) if says else computed_words(value)

    return _explanation(
        score.label,
        computed_words(reading.value(name)),
        why,
        labels(pathway, missing),
        reading,
        Regions(pathway, guards, [t.item for t in score.terms if t.item is not None]),
        band,
    )


def questionable(case: OpenCase) -> dict[str, str]:
    """Everything of a case that can be questioned, by id, with its state."""
    situation = case.situation
    advice = {a.id: a.status_words for a in situation.advice}
    candidates = {c.id: c.status_words for d in situation.decisions for c in d.candidates}
    alerts = {s.id: s.word for s in situation.alerts}
    numbers = {
        name: computed_words(situation.values[name])
        for pathway in situation.pathways
        for name in pathway.numbers
    }
    steps = {p.step: f"step: {situation.step(p).title}" for p in situation.places}
    return {**steps, **numbers, **alerts, **advice, **candidates}


def explain(case: OpenCase, name: str) -> Explanation:
    """Anything of a case by its id or title. Raises BadInput with the nearest id."""
    situation = case.situation
    candidates = [c for d in reversed(situation.decisions) for c in d.candidates]
    titles = {a.recommendation.title.lower(): a.id for a in (*situation.advice, *candidates)}
    called = {t.lower(): s.id for s in situation.alerts for t in (s.alert.title, s.title)}
    titles |= called
    name = titles.get(name.strip().lower(), name)
    for advice in (*candidates, *situation.advice):
        if advice.id == name:
            return explain_advice(case, advice)
    for state in situation.alerts:
        if state.id == name:
            return explain_alert(case, state)
    for pathway in situation.pathways:
        if name in pathway.scores or name in pathway.derived:
            return explain_score(case, pathway, name)
    for place in reversed(situation.places):
        if place.step == name:
            return explain_exits(case, place)
    near = nearest(name, questionable(case))
    hint = f"Did you mean {near}? " if near else ""
    raise BadInput(
        f"nothing in this case is called '{one_line(name)}'",
        mend=f"{hint}`explain` without a name lists what can be named.",
    )


def next_question_words(case: OpenCase) -> str:
    """The next best question in one sentence; empty where nothing is held up."""
    found = next_best_question(case.situation)
    if found is None:
        return ""
    label = next(
        p.items[found.item].label for p in case.situation.pathways if found.item in p.items
    )
    held = []
    if found.alerts:
        held.append(_count(found.alerts, "emergency", "emergencies") + " not yet excluded")
    if found.advice:
        held.append(_count(found.advice, "piece of advice", "pieces of advice"))
    return f"{label}: it holds up {' and '.join(held)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _reading(case: OpenCase, pathway: str) -> Reading:
    return Reading(case.library[pathway], case.state.facts, case.state.as_of)


def _explanation(
    subject: str,
    state: str,
    why: Sequence[str],
    blocked_by: str,
    reading: Reading,
    regions: Regions,
    outcome: Callable[[Reading], str],
) -> Explanation:
    changes = [
        f"{supposed_words(reading.pathway, w.suppositions)}: {w.after}"
        for w in would_change(reading, regions, outcome)
    ]
    more = len(changes) - MOST_SHOWN
    shown = changes[:MOST_SHOWN] + ([f"and {more} more"] if more > 0 else [])
    return Explanation(
        subject,
        state,
        tuple(why),
        () if blocked_by == "none" else (blocked_by,),
        tuple(shown),
        {
            True: "It stays so whatever the unknown values turn out to be.",
            False: "Unknown values could still change it.",
            None: "Not worked out whether unknown values could change it.",
        }[is_robust(reading, regions, outcome)],
    )


def _tree(reading: Reading, guard: str, depth: int) -> list[str]:
    return _branch(reading, reason(reading, guard), depth)


def _branch(reading: Reading, found: Reason, depth: int) -> list[str]:
    pathway = reading.pathway
    space = "  " * depth
    words = expr_words(pathway, found.expr)
    if isinstance(found.expr, And | Or):
        words = "all of these" if isinstance(found.expr, And) else "at least one of these"
    facts = "; ".join(_fact(reading, atom) for atom in found.atoms)
    lines = [f"{space}{_HOLDS[found.truth]}: {words}{f' [{facts}]' if facts else ''}"]
    for part in found.parts:
        lines += _branch(reading, part, depth + 1)
    return lines


def _fact(reading: Reading, name: str) -> str:
    """The value of an atom with its date and source."""
    pathway = reading.pathway
    value = reading.value(name)
    if name not in pathway.items:
        return f"{name_words(pathway, name)}: {computed_words(value)}"
    words = value_words(pathway.items[name], value)
    fact = reading.fact(name)
    if fact is None or fact.absence is not None:
        return words
    source = f", {fact.source}" if fact.source != "entered" else ""
    return f"{words}, {format_date(fact.on)}{source}"


def _target_words(case: OpenCase, pathway: Pathway, target: str) -> str:
    if target in case.library.pathways:
        return f"the pathway {case.library[target].header.title}"
    if target in pathway.endpoints:
        return f"the end: {pathway.endpoints[target].title}"
    return pathway.steps[target].title if target in pathway.steps else target
