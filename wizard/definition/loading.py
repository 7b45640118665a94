"""From a folder of YAML files to a library, or to every problem in them.

Layout: one folder a pathway beside `common/`; every `*.yaml` directly in a folder is merged into
one definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar, get_args, get_type_hints

from pydantic import ValidationError

from wizard.definition import yaml
from wizard.definition.diagnostics import Problem, ProblemsFound, Span
from wizard.definition.fields import Model, key_of
from wizard.definition.folders import COMMON, pathway_folders, shipped_pathways, yaml_files
from wizard.definition.hashing import content_hashes
from wizard.definition.library import Library, library_of
from wizard.definition.models import CommonFile, PathwayFile
from wizard.definition.resolve import resolve_common, resolve_pathway
from wizard.definition.validation import validated
from wizard.definition.yaml import Positions
from wizard.guard import nearest

_M = TypeVar("_M", bound=Model)
_A_NAME = "Use lower-case letters, digits and underscores."
_PATTERNS = {
    "version": "Write three numbers, such as 0.1.0.",
    "id": "Use lower-case letters, digits and hyphens, as in the name of the folder.",
    "claims": "Use capitals, a hyphen and a number, such as WRIST-1.",
}


@dataclass
class _Source:
    """The merged data of one folder, with the places of everything in it.

    `whole` is False where a file could not be read, so that nothing can be said to be missing.
    """

    name: str
    data: dict[str, yaml.Data]
    positions: Positions
    whole: bool


def load_library(root: Traversable | Path | None = None) -> Library:
    """Every pathway below `root`, by default those that come with the program.

    Raises ProblemsFound with every error of every file, StorageError for a folder that cannot be
    read.
    """
    loaded = load_problems(root)
    if loaded.library is None:
        raise ProblemsFound(loaded.problems)
    return loaded.library


@dataclass(frozen=True)
class Loaded:
    """A library, None where there are errors, every problem found, and where everything stands.

    `places` holds the positions of each pathway by id, and those of `common`.
    """

    library: Library | None
    problems: list[Problem]
    places: Mapping[str, Positions]


def load_problems(root: Traversable | Path | None = None, only: str | None = None) -> Loaded:
    """Loads every pathway below `root`; `only` reports one pathway and the common ground."""
    root = shipped_pathways() if root is None else root
    problems: list[Problem] = []
    folders = pathway_folders(root)
    common_source = _read(folders.get(COMMON), COMMON, problems)
    common = _validate(CommonFile, common_source, problems)
    sources: dict[str, _Source] = {}
    contents: dict[str, PathwayFile] = {}
    for name, folder in folders.items():
        if name == COMMON:
            continue
        source = _read(folder, name, problems)
        _take_candidates(source, common_source, problems)
        content = _validate(PathwayFile, source, problems)
        if content is None:
            continue
        if content.pathway.id != name:
            span = source.positions.at(("pathway", "id")).value
            what = f"the pathway `{content.pathway.id}` stands in the folder `{name}`"
            problems.append(Problem("folder-name", span, what, "Give both the same name."))
        sources[name], contents[name] = source, content
    library: Library | None = None
    if common is not None:
        library = library_of(contents, common, content_hashes(contents, common))
        resolve_common(common, common_source.positions, library, problems)
        for name, pathway in library.pathways.items():
            if only in (None, name):
                resolve_pathway(pathway, sources[name].positions, library, problems)
    problems = sorted(dict.fromkeys(problems), key=lambda problem: problem.span)
    broken = any(problem.severity == "error" for problem in problems)
    places = {name: source.positions for name, source in sources.items()}
    places[COMMON] = common_source.positions
    return Loaded(None if broken else library, problems, places)


def _read(folder: Traversable | Path | None, name: str, problems: list[Problem]) -> _Source:
    """All files of a folder as one mapping; an id that stands in two files is a problem."""
    merged: dict[str, yaml.Data] = {}
    places = Positions(Span(f"{name}/", 1, 1, 1, 1))
    whole = True
    for entry in yaml_files(folder) if folder is not None else ():
        file = f"{name}/{entry.name}"
        try:
            text = entry.read_bytes().decode("utf-8")
        except OSError as error:
            whole = False
            what = f"the file cannot be read: {error.strerror}"
            problems.append(
                Problem("unreadable", Span(file, 1, 1, 1, 1), what, "Check its rights.")
            )
            continue
        except UnicodeDecodeError as error:
            whole = False
            what = f"byte {error.start + 1} is not UTF-8"
            problems.append(Problem("not-utf-8", Span(file, 1, 1, 1, 1), what, "Save it as UTF-8."))
            continue
        document = yaml.load(text.removeprefix("\ufeff"), file, problems)
        if document is None:
            whole = False
            continue
        if not isinstance(document.data, dict):
            whole = False
            span = document.positions.value
            problems.append(
                Problem(
                    "not-a-mapping",
                    span,
                    "the file is not a mapping",
                    "Write `key: value` lines.",
                )
            )
            continue
        if places.value.file.endswith("/"):
            places.value = Span(file, 1, 1, 1, 1)
        _merge(document.data, document.positions, merged, places, problems)
    return _Source(name, merged, places, whole)


def _merge(
    data: dict[str, yaml.Data],
    positions: Positions,
    merged: dict[str, yaml.Data],
    places: Positions,
    problems: list[Problem],
) -> None:
    for key, value in data.items():
        if key not in merged:
            merged[key] = value
            places.keys[key] = positions.keys[key]
            places.children[key] = positions.children[key]
            continue
        into = merged[key]
        if not isinstance(value, dict) or not isinstance(into, dict):
            what = f"`{key}` stands in two files, first in {places.keys[key]}"
            problems.append(
                Problem("duplicate-key", positions.keys[key], what, "Keep one of them.")
            )
            continue
        theirs, ours = positions.children[key], places.children[key]
        for name, part in value.items():
            if name in into:
                what = f"`{name}` is defined a second time, first in {ours.keys[name]}"
                problems.append(
                    Problem("duplicate-key", theirs.keys[name], what, "Keep one of them.")
                )
                continue
            into[name] = part
            ours.keys[name] = theirs.keys[name]
            ours.children[name] = theirs.children[name]


def _take_candidates(source: _Source, common: _Source, problems: list[Problem]) -> None:
    """Puts the candidate of the common ground where a decision says `NAME: common`.

    Its place stays the one in `common/`, so that a fault in it is reported there.
    """
    shared = common.data.get("candidates")
    shared = shared if isinstance(shared, dict) else {}
    steps = source.data.get("steps")
    for step, body in steps.items() if isinstance(steps, dict) else ():
        decision = body.get("decision") if isinstance(body, dict) else None
        candidates = decision.get("candidates") if isinstance(decision, dict) else None
        if not isinstance(candidates, dict):
            continue
        places = source.positions.at(("steps", step, "decision", "candidates"))
        for name in [name for name, given in candidates.items() if given == COMMON]:
            if name in shared:
                candidates[name] = shared[name]
                places.children[name] = common.positions.at(("candidates", name))
                continue
            near = nearest(name, shared)
            mend = f"Did you mean `{near}`?" if near else "Define it in common/, or write it out."
            what = f"no common candidate is called `{name}`"
            problems.append(Problem("unknown-candidate", places.keys[name], what, mend))
            del candidates[name]


def _validate(model: type[_M], source: _Source, problems: list[Problem]) -> _M | None:
    if not source.whole:
        return None
    try:
        return validated(model, source.data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=True)
        for fault in faults:
            loc = tuple(part for part in fault["loc"])
            if fault["type"] == "too_short" and any(_within(f["loc"], loc) for f in faults):
                continue  # the entries are there and refused themselves
            span = yaml.locate(loc, fault["type"], source.positions)
            what, mend = _explain(model, fault["type"], fault["msg"], loc, fault.get("input"))
            problems.append(Problem(f"model-{fault['type'].replace('_', '-')}", span, what, mend))
    return None


def _within(inner: tuple[str | int, ...], outer: tuple[str | int, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _explain(
    model: type[Model],
    kind: str,
    message: str,
    loc: tuple[str | int, ...],
    given: object,
) -> tuple[str, str]:
    """What is wrong and how to mend it, for one pydantic error."""
    last = str(loc[-1]) if loc else ""
    if kind == "unexpected_keyword_argument":
        allowed = _keys_at(model, loc[:-1])
        near = nearest(last, allowed)
        hint = f"Did you mean `{near}`? " if near else ""
        return (
            f"the key `{last}` is not known here",
            f"{hint}Known keys: {', '.join(allowed)}.",
        )
    if kind == "missing":
        return (
            f"the key `{last}` is missing",
            f"Add `{last}:`; docs/pathway-format.md says what it holds.",
        )
    if kind == "string_type":
        if isinstance(given, list | dict):
            return f"`{last}` must be words, not a list or mapping", 'Write "one line in quotes".'
        return f"`{last}` must be words, not {_typed(given)}", _PATTERNS.get(last, "Quote it.")
    if kind == "string_pattern_mismatch":
        at_claims = "claims" in loc or "source" in loc
        mend = _PATTERNS["claims"] if at_claims else _PATTERNS.get(last, _A_NAME)
        what = "an allowed name" if mend == _A_NAME else f"allowed for `{last}`"
        what = "the mark of a claim" if at_claims else what
        return f"{given!r} is not {what}", mend
    if kind == "tuple_type":
        inside = given if isinstance(given, str) else "FIRST, SECOND"
        return (
            f"`{last}` must be a list",
            f"Write `{last}: [{inside}]`, or lines that begin with -.",
        )
    if kind.startswith("date_"):
        return f"{_typed(given)} is not a date", "Write year-month-day: 2026-11-22."
    if kind.startswith("int_"):
        return f"`{last}` must be a whole number, not {_typed(given)}", "Write it in digits."
    if kind == "literal_error":
        return f"{given!r} is not allowed for `{last}`", message.replace(
            "Input should be", "Write"
        ) + "."
    mend = f"Mend `{last}`; see docs/pathway-format.md."
    if isinstance(loc[-1] if loc else None, int):
        mend = f"Mend number {int(last) + 1} of `{loc[-2]}`; see docs/pathway-format.md."
    return message.removeprefix("Value error, "), mend


def _typed(given: object) -> str:
    return str(given) if isinstance(given, Decimal) else repr(given)


def _keys_at(model: type[Model], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that a model allows at a place, for *did you mean*."""

    def models_in(annotation: object) -> list[type[Model]]:
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return [annotation]
        return [m for part in get_args(annotation) for m in models_in(part)]

    here = model
    for part in loc:
        kinds = {key_of(name): kind for name, kind in get_type_hints(here).items()}
        inner = models_in(kinds.get(str(part)))
        if inner:
            here = inner[0]
    return [key_of(field.name) for field in fields(here)]
