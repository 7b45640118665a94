"""A checked library as bytes, from which it is had without being parsed and checked again."""

from __future__ import annotations

import io
import pickle
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from wizard.definition import (
    body_map,
    computed,
    evidence,
    fields,
    item,
    library,
    models,
    patient,
    recommendation,
)
from wizard.definition.library import Library
from wizard.guard import nodes, types, values

_PARTS = {
    module.__name__: module
    for module in (
        body_map,
        computed,
        evidence,
        fields,
        item,
        library,
        models,
        nodes,
        patient,
        recommendation,
        types,
        values,
    )
}
"""The modules whose classes a library is made of."""
_PLAIN: dict[str, type] = {"date": date, "Decimal": Decimal, "Fraction": Fraction}


def form() -> bytes:
    """What a library is made of, so that one kept by a program with other classes is not read."""
    classes = (part for module in _PARTS.values() for part in vars(module).values())
    return repr(
        [
            (part.__module__, part.__name__, sorted(vars(part)), _fields(part))
            for part in classes
            if isinstance(part, type) and part.__module__ in _PARTS
        ]
    ).encode()


def _fields(part: type) -> list[tuple[str, object]]:
    return [(f.name, f.type) for f in fields_of(part)] if is_dataclass(part) else []


def compiled_data(library: Library) -> bytes:
    """Everything in a library that was loaded without an error, its guards parsed."""
    for pathway in library.pathways.values():
        pathway.read_all()
    return pickle.dumps(library, protocol=5)


def library_from(data: bytes) -> Library:
    """The library of such data. Raises ValueError for any other."""
    try:
        found = _Reader(io.BytesIO(data)).load()
    except Exception as error:
        # What damaged bytes make of a pickle can be any error at all.
        raise ValueError("not a compiled library") from error
    if not isinstance(found, Library):
        raise ValueError("not a compiled library")
    return found


class _Reader(pickle.Unpickler):
    """Makes objects of the definitions' own classes and of plain numbers and dates only, so that a
    file in a home cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if module in ("datetime", "decimal", "fractions") and name in _PLAIN:
            return _PLAIN[name]
        found = getattr(_PARTS.get(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"a library holds no {module}.{name}")
