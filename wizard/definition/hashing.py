"""The content hash: SHA-256 over the canonical form of everything that a pathway uses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from wizard.definition.models import CommonFile, Model, PathwayFile
from wizard.guard import GuardError, names_in, parse, parse_invariant

_GUARD_FIELDS = {"if_", "applies_if", "valid_if", "formula", "population_if"}


def content_hash(content: PathwayFile, common: CommonFile) -> str:
    """The hash, hexadecimal. One changed word of anything used changes it, nothing unused does."""
    used: dict[str, dict[str, object]] = {"pathway": {"file": _plain(content)}}
    waiting: list[Model] = [content, *common.alerts.values()]
    waiting += [common.recommendations[n] for n in content.uses if n in common.recommendations]
    for section, models in (("alerts", common.alerts), ("contacts", common.contacts)):
        used[section] = {name: _plain(model) for name, model in models.items()}
    used["uses"] = {n: _plain(common.recommendations.get(n)) for n in content.uses}
    while waiting:
        model = waiting.pop()
        for section, name in _names(model):
            shared = getattr(common, section)
            into = used.setdefault(section, {})
            if name in shared and name not in into:
                into[name] = _plain(shared[name])
                if isinstance(shared[name], Model):
                    waiting.append(shared[name])
    canonical = json.dumps(used, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(model: object) -> object:
    return model.model_dump(mode="json", by_alias=True) if isinstance(model, Model) else model


def _names(model: Model) -> Iterator[tuple[str, str]]:
    """The (section, name) pairs of the common ground that a model names."""
    for field, value in model:
        if field in _GUARD_FIELDS and isinstance(value, str):
            yield from _in_guards([value])
        elif field == "never" and isinstance(value, str):
            yield from _in_guards([value])
        elif field in ("claims", "references", "conflicts") and isinstance(value, tuple):
            yield from ((field, name) for name in value)
        elif field in ("asks", "ask_again", "needs_fresh", "may_await"):
            yield from (("items", name) for name in value)
        elif field == "item" and isinstance(value, str):
            yield "items", value
        elif isinstance(value, Model):
            yield from _names(value)
        elif isinstance(value, dict):
            yield from _of_all(value.values())
        elif isinstance(value, tuple):
            yield from _of_all(value)


def _of_all(values: Iterable[object]) -> Iterator[tuple[str, str]]:
    for value in values:
        if isinstance(value, Model):
            yield from _names(value)


def _in_guards(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        try:
            if " when " in text:
                names = names_in(parse_invariant(text).when)
            else:
                names = names_in(parse(text))
        except GuardError:
            continue
        for name in names:
            for section in ("items", "derived", "scores", "findings"):
                yield section, name
