"""What pydantic does with the models: reads data into them, writes them, describes them."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

from wizard.definition.fields import Model

_M = TypeVar("_M", bound=Model)


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def _adapter(model: type[Model]) -> TypeAdapter[Any]:
    """Made once for each model, since making it takes longer than most of what it reads."""
    if model not in _ADAPTERS:
        _ADAPTERS[model] = TypeAdapter(model)
    return _ADAPTERS[model]


def validated(model: type[_M], data: object) -> _M:
    """A model of what was read. Raises pydantic's ValidationError."""
    read: _M = _adapter(model).validate_python(data)
    return read


def written(model: Model, defaults: bool = True) -> dict[str, Any]:
    """A model as an author writes it, of JSON's types; `defaults`: what may be left out too."""
    made: dict[str, Any] = _adapter(type(model)).dump_python(
        model, mode="json", by_alias=True, exclude_defaults=not defaults
    )
    return made


def json_schema(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of a model, from its annotations and what is written below its fields."""
    return _adapter(model).json_schema(by_alias=True)
