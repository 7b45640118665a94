"""Every guard and every sentence of a pathway, with the place where an author finds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from wizard.definition.fields import GUARD_FIELDS, Model, key_of
from wizard.definition.library import Pathway
from wizard.definition.models import Alert
from wizard.definition.recommendation import Recommendation
from wizard.guard import names_in, parse_invariant

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class PlacedGuard:
    """A guard, what it belongs to, and where it stands; `flow` for that of an exit."""

    guard: str
    what: str
    path: Path
    flow: bool = False


def guards(pathway: Pathway) -> Iterator[PlacedGuard]:
    """Every guard of a pathway: its own, and those of the common ground that it uses."""
    used = names_used(pathway)
    for name, finding in pathway.findings.items():
        if name in used or name in pathway.content.findings:
            yield PlacedGuard(finding.if_, f"the finding `{name}`", ("findings", name, "if"))
    yield from _of_what_it_does(pathway)


def _of_what_it_does(pathway: Pathway) -> Iterator[PlacedGuard]:
    """The guards of alerts, advice and exits, from which every name that is used is reached."""
    for name, alert in pathway.alerts.items():
        yield from _of_alert(alert, name)
    for name, advice in pathway.recommendations.items():
        yield from _of_advice(advice, name, ("recommendations", name))
    for step_name, step in pathway.steps.items():
        at: Path = ("steps", step_name)
        for number, exit_ in enumerate(step.exits):
            if exit_.if_ is not None:
                what = f"exit {number + 1} of `{step_name}`"
                yield PlacedGuard(exit_.if_, what, (*at, "exits", number, "if"), flow=True)
        if step.decision is not None:
            for name, candidate in step.decision.candidates.items():
                yield from _of_advice(candidate, name, (*at, "decision", "candidates", name))


def conditions(pathway: Pathway) -> Iterator[PlacedGuard]:
    """Every guard, and every condition on which an item, a score or a derived value stands."""
    yield from guards(pathway)
    for name in sorted(names_used(pathway)):
        yield from _of_a_name(pathway, name)


def names_used(pathway: Pathway) -> frozenset[str]:
    """The items, findings, derived values and scores that a pathway asks for or reads."""
    waiting = [name for step in pathway.steps.values() for name in step.asks]
    texts = [placed.guard for placed in _of_what_it_does(pathway)]
    texts.append(pathway.header.population_if)
    waiting += [name for text in texts for name in names_in(pathway.guard(text))]
    for invariant in pathway.invariants.values():
        waiting += names_in(parse_invariant(invariant.never).when)
    return pathway.names_behind(waiting)


def _of_a_name(pathway: Pathway, name: str) -> Iterator[PlacedGuard]:
    """The conditions on which an item, a derived value or a score stands."""
    item, derived = pathway.items.get(name), pathway.derived.get(name)
    if item is not None and item.applies_if is not None:
        yield PlacedGuard(item.applies_if, f"the item `{name}`", ("items", name, "applies_if"))
    if derived is not None:
        what, at = f"the derived value `{name}`", ("derived", name)
        if derived.valid_if is not None:
            yield PlacedGuard(derived.valid_if, what, (*at, "valid_if"))
        for number, case in enumerate(derived.cases):
            yield PlacedGuard(case.if_, what, (*at, "cases", number, "if"))
    if name in pathway.scores:
        score = pathway.scores[name]
        what, at = f"the score `{name}`", ("scores", name)
        yield PlacedGuard(score.valid_if, what, (*at, "valid_if"))
        for number, term in enumerate(score.terms):
            if term.if_ is not None:
                yield PlacedGuard(term.if_, what, (*at, "terms", number, "if"))


def _of_alert(alert: Alert, name: str) -> Iterator[PlacedGuard]:
    at: Path = ("alerts", name)
    yield PlacedGuard(alert.if_, f"the alert `{name}`", (*at, "if"))
    for number, called in enumerate(alert.names):
        what = f"name {number + 1} of the alert `{name}`"
        yield PlacedGuard(called.if_, what, (*at, "names", number, "if"))
    for number, action in enumerate(alert.now):
        if action.until is not None:
            what = f"action {number + 1} of the alert `{name}`"
            yield PlacedGuard(action.until, what, (*at, "now", number, "until"))


def _of_advice(advice: Recommendation, name: str, at: Path) -> Iterator[PlacedGuard]:
    yield PlacedGuard(advice.if_, f"the advice `{name}`", (*at, "if"))
    for number, contra in enumerate(advice.contraindicated_if):
        what = f"contraindication {number + 1} of `{name}`"
        yield PlacedGuard(contra.if_, what, (*at, "contraindicated_if", number, "if"))
    for number, argument in enumerate(advice.arguments):
        if argument.if_ is not None:
            what = f"argument {number + 1} of `{name}`"
            yield PlacedGuard(argument.if_, what, (*at, "arguments", number, "if"))


def advice(pathway: Pathway) -> Iterator[tuple[str, Recommendation, Path]]:
    """Every recommendation and candidate with its place."""
    for name, recommendation in pathway.recommendations.items():
        yield name, recommendation, ("recommendations", name)
    for name, (step, candidate) in pathway.candidates.items():
        yield name, candidate, ("steps", step, "decision", "candidates", name)


GUARDS = frozenset(map(key_of, GUARD_FIELDS)) | {"never"}


def sentences(model: Model, path: Path = ()) -> Iterator[tuple[str, Path]]:
    """Every text that a person reads, with its place; guards, ids and citations are left out."""
    for field in fields(model):
        key = key_of(field.name)
        if key not in GUARDS:
            yield from _texts(getattr(model, field.name), (*path, key))


def _texts(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, Model):
        yield from sentences(value, path)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))
    elif isinstance(value, str) and " " in value:
        yield value, path
