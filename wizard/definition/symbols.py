"""What the names in guards stand for."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.definition.computed import Derived, Finding, Score
from wizard.definition.item import Item
from wizard.guard import Symbol


def symbols_of(
    items: Mapping[str, Item],
    derived: Mapping[str, Derived],
    scores: Mapping[str, Score],
    findings: Mapping[str, Finding],
) -> dict[str, Symbol]:
    """Every name that a guard may use, with its type, options and units."""
    symbols = {
        name: Symbol(
            name,
            item.type,
            tuple(item.options),
            item.unit,
            item.accepts,
        )
        for name, item in items.items()
    }
    for name, value in derived.items():
        symbols[name] = Symbol(name, "quantity" if value.unit else "number", unit=value.unit)
    symbols.update({name: Symbol(name, "score") for name in scores})
    symbols.update({name: Symbol(name, "truth") for name in findings})
    return symbols
