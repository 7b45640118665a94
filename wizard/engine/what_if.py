"""What would be otherwise if values were: what would change this, and whether it is robust.

Definitions: docs/semantics.md, section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Generic, TypeVar

from wizard.engine.reading import Reading
from wizard.engine.regions import Region, Regions
from wizard.guard import Absence, Absent, Interval, Multi, Truth, Value

T = TypeVar("T", bound=Hashable)
MOST_COMPLETIONS = 4_096
"""Above this number of completions robustness is not worked out."""
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Supposition:
    """An atom, and the neighbouring regions of which any value would do."""

    name: str
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class WouldChange(Generic[T]):
    """A smallest set of changed values, and what then comes out."""

    suppositions: tuple[Supposition, ...]
    after: T


def would_change(
    reading: Reading, regions: Regions, outcome: Callable[[Reading], T]
) -> tuple[WouldChange[T], ...]:
    """The smallest sets of changed values that change an outcome: singles, else pairs.

    `regions` are those of the guards that the outcome reads. An atom with which guards calculate
    is left out, and so is one that does not apply.
    """
    now = outcome(reading)
    choices = {
        name: found
        for name in regions.atoms
        if _can_be_otherwise(reading, name) and (found := regions.of(name)) is not None
    }
    singles: list[WouldChange[T]] = []
    for name, found in choices.items():
        afters = [outcome(reading.supposing({name: region.value})) for region in found]
        singles += _runs(name, found, afters, now, ())
    if singles:
        return tuple(singles)
    if sum(len(a) * len(b) for a, b in combinations(choices.values(), 2)) > MOST_PAIRS:
        return ()
    pairs: list[WouldChange[T]] = []
    for first, second in combinations(choices, 2):
        for region in choices[first]:
            afters = [
                outcome(reading.supposing({first: region.value, second: other.value}))
                for other in choices[second]
            ]
            before = (Supposition(first, (region,)),)
            pairs += _runs(second, choices[second], afters, now, before)
    return tuple(pairs)


def _runs(
    name: str,
    regions: Sequence[Region],
    afters: Sequence[T],
    now: T,
    before: tuple[Supposition, ...],
) -> Iterable[WouldChange[T]]:
    """Regions with one and the same new outcome as one; numeric ones only where they touch."""
    groups: list[tuple[list[Region], T]] = []
    for region, after in zip(regions, afters, strict=True):
        if after == now:
            groups.append(([], now))
            continue
        numeric = region.low is not None or region.high is not None
        fitting = (g for g in groups if g[0] and g[1] == after and not numeric)
        last = groups[-1] if groups and groups[-1][0] and groups[-1][1] == after else None
        group = last or next(fitting, None)
        if group is None:
            groups.append(([region], after))
        else:
            group[0].append(region)
    for found, after in groups:
        if found:
            yield WouldChange((*before, Supposition(name, tuple(found))), after)


def is_robust(
    reading: Reading, regions: Regions, outcome: Callable[[Reading], Hashable]
) -> bool | None:
    """Whether an outcome holds for all completions of the unknown atoms; None: not worked out.

    Atoms are completed one by one, so a yes is certain; a no may rest on a combination that
    cannot be (a clearance that does not fit the weight).
    """
    open_atoms = [n for n in regions.atoms if _is_unknown(reading(n))]
    completions: list[list[Value]] = []
    for name in open_atoms:
        if not _can_be_otherwise(reading, name):
            continue
        found = regions.of(name)
        if found is None:
            return None
        completions.append(_completing(reading, name, found))
    if prod(map(len, completions)) > MOST_COMPLETIONS:
        return None
    now = outcome(reading)
    names = [n for n in open_atoms if _can_be_otherwise(reading, n)]
    return all(
        outcome(reading.supposing(dict(zip(names, values, strict=True)))) == now
        for values in product(*completions)
    )


def _completing(reading: Reading, name: str, regions: Sequence[Region]) -> list[Value]:
    """Every region that fits what is known of an atom already, and that it may not apply."""
    value = reading(name)
    if isinstance(value, Multi):
        return _completed_sets(value, regions)
    values = [region.value for region in regions]
    if isinstance(value, Interval):
        values = [v for v in values if isinstance(v, Interval) and value.low <= v.low <= value.high]
    if _may_not_apply(reading, name):
        values.append(Absent(Absence.NOT_APPLICABLE))
    return values


def _completed_sets(value: Multi, regions: Sequence[Region]) -> list[Value]:
    """A set with what is open filled in as each region has it; what is settled stays."""
    found: list[Value] = []
    for region in regions:
        if isinstance(region.value, Multi):
            present = value.present | (region.value.present & value.open)
            completed = Multi(present, value.absent | (value.open - present))
            if completed not in found:
                found.append(completed)
    return found


def _is_unknown(value: Value | Truth) -> bool:
    if isinstance(value, Multi):
        return bool(value.open)
    if isinstance(value, Interval):
        return value.low != value.high
    return isinstance(value, Absent)


def _condition(reading: Reading, name: str) -> str | None:
    """The guard that says whether an atom applies at all."""
    p = reading.pathway
    if name in p.items:
        return p.items[name].applies_if
    return p.derived[name].valid_if if name in p.derived else p.scores[name].valid_if


def _can_be_otherwise(reading: Reading, name: str) -> bool:
    condition = _condition(reading, name)
    return condition is None or reading.truth(condition) is not Truth.FALSE


def _may_not_apply(reading: Reading, name: str) -> bool:
    condition = _condition(reading, name)
    return condition is not None and reading.truth(condition) is Truth.UNKNOWN
