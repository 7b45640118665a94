"""Small changes to guards, to see whether a vignette notices: every number and option, one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wizard.case.open_case import OpenCase
from wizard.check.places import PlacedGuard, conditions
from wizard.check.vignettes import Vignette, faults
from wizard.definition.library import Library, Pathway
from wizard.engine.reading import Reading
from wizard.engine.walk import at_its_visit, pinned
from wizard.errors import BadInput
from wizard.guard import (
    Compare,
    Expr,
    Has,
    In,
    Literal,
    Name,
    Span,
    evaluate,
    parse,
    parts_of,
)

NOTICED, SEEN, UNSEEN = "noticed", "seen", "unseen"


@dataclass(frozen=True)
class Mutant:
    """A guard with one number or option moved; `places` name everything that the guard is of."""

    guard: str
    changed: str
    places: tuple[str, ...]

    def words(self) -> str:
        """The change as an author reads it."""
        return f"{self.changed}   of {'; '.join(self.places)}"


@dataclass(frozen=True)
class Outcome:
    """What a mutant does to the vignettes.

    *noticed*: a vignette fails; *seen*: advice, alerts, trails or stops of a vignette change and
    nothing in `expected` says that they must not; *unseen*: no vignette changes.
    """

    mutant: Mutant
    verdict: str


def mutants(pathway: Pathway) -> tuple[Mutant, ...]:
    """Every mutant of every guard of a pathway; guards with the same text are one."""
    places: dict[str, list[str]] = {}
    for placed in conditions(pathway):
        places.setdefault(placed.guard, []).append(_named(placed))
    return tuple(
        Mutant(guard, changed, tuple(dict.fromkeys(names)))
        for guard, names in places.items()
        for changed in dict.fromkeys(_moved(pathway, guard))
    )


def _named(placed: PlacedGuard) -> str:
    return placed.what.replace("`", "")


def _moved(pathway: Pathway, guard: str) -> Iterator[str]:
    """The texts of a guard with one number a step up or down, or one option a step on or back."""
    for span, others in _movable(pathway, pathway.guard(guard)):
        for other in others:
            yield guard[: span.start] + other + guard[span.end :]


def _movable(pathway: Pathway, expr: Expr) -> Iterator[tuple[Span, list[str]]]:
    """Every number and option of a guard with what may stand in its place."""
    match expr:
        case Literal(value, unit):
            yield expr.span, [f"{n} {unit}" if unit else str(n) for n in _numbers(value)]
        case Compare("=" | "!=", Name(item), Name() as option) | Has(item, option):
            yield option.span, _neighbours(pathway, item, option.name)
        case In(item, options):
            for option in options:
                yield option.span, _neighbours(pathway, item, option.name)
    for part in parts_of(expr):
        yield from _movable(pathway, part)


def _numbers(value: Decimal) -> list[Decimal]:
    """A number one unit of its last written digit up and down."""
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(min(int(exponent), 0))
    return [value + step, value - step] if value >= step else [value + step]


def _neighbours(pathway: Pathway, item: str, option: str) -> list[str]:
    """The options of an item before and after one, in the order in which they are asked."""
    options = list(pathway.items[item].options)
    at = options.index(option)
    return options[max(at - 1, 0) : at] + options[at + 1 : at + 2]


def with_mutant(library: Library, pathway: str, mutant: Mutant) -> Library:
    """The library with a mutant in the place of its guard, in one pathway."""
    own = library[pathway]
    changed = replace(own, _guards={mutant.guard: parse(mutant.changed)})
    return Library({**library.pathways, pathway: changed})


def outcomes(
    library: Library, pathway: Pathway, vignettes: Sequence[Vignette]
) -> Iterator[Outcome]:
    """What each mutant of a pathway does to its vignettes."""
    walked = [(vignette, vignette.walked(library)) for vignette in vignettes]
    readings = [(vignette, case, _readings(pathway, case)) for vignette, case in walked]
    for mutant in mutants(pathway):
        other = with_mutant(library, pathway.id, mutant)
        verdict = UNSEEN
        changed = parse(mutant.changed)
        for vignette, case, read in readings:
            if not _differs(mutant.guard, changed, read):
                continue
            verdict = _verdict(vignette, case, other)
            if verdict == NOTICED:
                break
        yield Outcome(mutant, verdict)


def _verdict(vignette: Vignette, before: OpenCase, library: Library) -> str:
    try:
        after = vignette.walked(library)
    except BadInput:
        return NOTICED
    if faults(vignette, after):
        return NOTICED
    return SEEN if _shown(after) != _shown(before) else UNSEEN


def _shown(case: OpenCase) -> object:
    """What a clinician would see of a case."""
    situation = case.situation
    return (
        [(trail.places, trail.stop) for trail in situation.trails],
        [(state.id, state.truth) for state in situation.alerts],
        [(a.id, a.status, a.concerns) for a in situation.advice],
        [(c.id, c.status, c.concerns) for d in situation.decisions for c in d.candidates],
    )


def _readings(pathway: Pathway, case: OpenCase) -> list[Reading]:
    """Every reading in which a guard of a pathway may have been read in a case."""
    own = Reading(pathway, case.state.facts, case.state.as_of)
    places = [place for place in case.situation.places if place.pathway == pathway.id]
    pinned_to = [pinned(pathway.steps[place.step], place.visit) for place in places]
    at_visits = [at_its_visit(p, own) for p in places if p.step in pathway.decisions]
    return [own, *(own.at(pins) for pins in pinned_to if pins), *at_visits]


def _differs(guard: str, changed: Expr, readings: Iterable[Reading]) -> bool:
    """Whether the truth of a changed guard differs anywhere from that of the guard.

    Where it does not, nothing that is read from it can.
    """
    return any(evaluate(changed, r) is not r.truth(guard) for r in readings)
