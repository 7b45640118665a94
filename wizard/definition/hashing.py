"""The content hash: SHA-256 over the canonical form of everything that a pathway uses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from wizard.definition.fields import GUARD_FIELDS, Model, Phrase
from wizard.definition.models import CommonFile, PathwayFile
from wizard.definition.validation import written
from wizard.guard import GuardError, names_in, parse, parse_invariant


def content_hashes(contents: Mapping[str, PathwayFile], common: CommonFile) -> dict[str, str]:
    """For each pathway the SHA-256 of the canonical form of everything that it uses.

    The order of candidates, alerts, options and exits is part of it, since it decides; so are the
    pathways that its exits and alerts lead into.
    """
    used = {name: _canonical(_used(content, common)) for name, content in contents.items()}
    found = {}
    for own in contents:
        reached = _reached(own, common, contents)
        names = [own, *sorted(reached - {own})]
        canonical = f"[{','.join(used[name] for name in names)}]"
        found[own] = hashlib.sha256(canonical.encode()).hexdigest()
    return found


def _canonical(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def _reached(own: str, common: CommonFile, library: Mapping[str, PathwayFile]) -> set[str]:
    """The ids of the pathways that a case of this one may walk, itself among them."""
    reached: set[str] = set()
    waiting = [own]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        content = library[name]
        targets = [exit_.target for step in content.steps.values() for exit_ in step.exits]
        trails = [alert.trail for alert in (*common.alerts.values(), *content.alerts.values())]
        waiting += [name for name in (*targets, *filter(None, trails)) if name in library]
    return reached


def _used(content: PathwayFile, common: CommonFile) -> dict[str, object]:
    """A pathway and the shared definitions that it names, those by name."""
    shared: dict[str, dict[str, object]] = {}
    waiting: list[Model] = [content, *common.alerts.values()]
    waiting += [common.patient_note] if common.patient_note is not None else []
    waiting += [common.recommendations[n] for n in content.uses if n in common.recommendations]
    while waiting:
        for section, name in _names(waiting.pop()):
            found = getattr(common, section)
            into = shared.setdefault(section, {})
            if name in found and name not in into:
                into[name] = _plain(found[name])
                if isinstance(found[name], Model):
                    waiting.append(found[name])
    return {
        "content": _plain(content),
        "alerts": [[name, _plain(alert)] for name, alert in common.alerts.items()],
        "contacts": dict(sorted(common.contacts.items())),
        "patient_note": _plain(common.patient_note),
        "reasons": dict(sorted(common.reasons.items())),
        "uses": [[n, _plain(common.recommendations.get(n))] for n in content.uses],
        "shared": {
            section: [[name, found[name]] for name in sorted(found)]
            for section, found in sorted(shared.items())
        },
    }


def _plain(model: object) -> object:
    return written(model) if isinstance(model, Model) else model


def _names(model: Model) -> Iterator[tuple[str, str]]:
    """The (section, name) pairs of the common ground that a model names."""
    for field, value in vars(model).items():
        if field in GUARD_FIELDS and isinstance(value, str):
            yield from _in_guards([value])
        elif field == "never" and isinstance(value, str):
            yield from _in_guards([value])
        elif field in ("claims", "references", "conflicts", "tables") and isinstance(value, tuple):
            yield from ((field, name) for name in value)
        elif field in ("asks", "ask_again", "needs_fresh", "may_await"):
            yield from (("items", name) for name in value)
        elif field == "item" and isinstance(value, str):
            yield "items", value
        elif isinstance(model, Phrase) and field == "says":
            yield from (("items", name) for name in model.names)
        elif field == "input" and isinstance(value, str):
            yield from _in_guards([value])
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
        elif isinstance(value, tuple):
            yield from _of_all(value)


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
