"""JSON Schema of pathway files and of `common/`, for editors; made from the models.

A folder's files are parts of one definition, so no key is required at the top of a file or in a
header. What stands between definitions (names, guards, ways) is for `check` to say.
"""

from __future__ import annotations

from typing import Any

from wizard.definition.fields import Model
from wizard.definition.folders import COMMON
from wizard.definition.models import CommonFile, PathwayFile
from wizard.definition.validation import json_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Model]] = {"pathway": PathwayFile, COMMON: CommonFile}
"""The models of a file by the name of its schema."""
_Schema = dict[str, Any]
_FORMS: dict[str, _Schema] = {
    "Exit": {
        "oneOf": [{"required": ["if"]}, {"required": ["otherwise"]}, {"required": ["unknown"]}],
        "dependentRequired": {"if": ["to"], "to": ["if"]},
    },
    "Argument": {"oneOf": [{"required": ["for"]}, {"required": ["against"]}]},
    "Term": {"oneOf": [{"required": ["item", "points"]}, {"required": ["if", "adds"]}]},
    "Derived": {"oneOf": [{"required": ["formula"]}, {"required": ["cases"]}]},
}
"""What the models' validators ask of keys together."""


def schema(kind: str) -> _Schema:
    """The schema of a file of a pathway's folder (`pathway`) or of `common`."""
    made = json_schema(KINDS[kind])
    definitions = made.get("$defs", {})
    for part in (made, definitions.get("Header", {})):
        part.pop("required", None)
    for of_whole in made["properties"].values():
        of_whole.pop("minProperties", None)
    for name, form in _FORMS.items():
        definitions.get(name, {}).update(form)
    if "Item" in definitions:
        definitions["Item"]["properties"]["type"]["enum"].append("yes_no")
    if "Decision" in definitions:
        candidates = definitions["Decision"]["properties"]["candidates"]["patternProperties"]
        for pattern, candidate in candidates.items():
            candidates[pattern] = {"anyOf": [candidate, {"const": COMMON}]}
    title = "pathwizard: common ground" if kind == COMMON else "pathwizard: pathway"
    return {"$schema": DIALECT, **_plain(made), "title": title}


def _plain(part: Any, named: bool = False) -> Any:
    """Without generated titles, closed to other keys, and arrays as every dialect reads them.

    `named`: the keys of this mapping are names of the language, not words of JSON Schema.
    """
    if isinstance(part, list):
        return [_plain(member) for member in part]
    if not isinstance(part, dict):
        return part
    if named:
        return {key: _plain(value) for key, value in part.items()}
    found = {
        key: _plain(value, key in ("properties", "patternProperties", "$defs"))
        for key, value in part.items()
        if key not in ("title", "prefixItems", "default")
    }
    if "patternProperties" in found:
        found["additionalProperties"] = False
    if "prefixItems" in part:
        found["items"] = _plain(part["prefixItems"][0])
    return found
