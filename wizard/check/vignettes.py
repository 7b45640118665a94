"""The published cases beside a pathway: what each expects, and whether the pathway does it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from wizard.case.answers_file import AnswersFile, BadCaseFile, read_answers
from wizard.case.file_node import Node
from wizard.case.open_case import OpenCase
from wizard.case.replay import replay
from wizard.definition import yaml
from wizard.definition.diagnostics import Problem
from wizard.definition.library import Library, Pathway
from wizard.engine.facts import Status
from wizard.engine.situation import Advice
from wizard.errors import StorageError

CASES = "cases"
CODES = "expected-codes.yaml"
"""Beside the pathways: what meets each expected code (docs/authoring.md)."""
_STANDS = (Status.RECOMMENDED, Status.CHECK_FIRST)


@dataclass(frozen=True)
class Rule:
    """What meets an expected code.

    `by`: one of this advice stands (*recommended* or *check first*); with `pending` it may also be
    pending. `never`: none of this advice stands or is proposed.
    """

    code: str
    by: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    pending: bool = False


@dataclass(frozen=True)
class Vignette:
    """A case of a file with what it expects; `stop` is a step or an endpoint."""

    name: str
    answers: AnswersFile
    rules: tuple[Rule, ...]
    stop: str | None = None

    def walked(self, library: Library) -> OpenCase:
        """The case under a library, whose pathways may differ from those it was read with."""
        return replay(self.answers, library)


def faults(vignette: Vignette, case: OpenCase) -> list[str]:
    """What a case does otherwise than its vignette expects, each in a phrase; empty where none."""
    advice = advice_of(case)
    found = []
    for rule in vignette.rules:
        if rule.by and not _met(rule, advice):
            standing = [f"{n} is {advice[n].status}" if n in advice else n for n in rule.by]
            found.append(f"{rule.code}: not advised ({'; '.join(standing)})")
        wrong = [n for n in rule.never if _stands(advice, n)]
        wrong += [n for d in case.situation.decisions for n in d.proposal if n in rule.never]
        if wrong:
            found.append(f"{rule.code}: {', '.join(dict.fromkeys(wrong))} is advised")
    stop = case.situation.main.stop
    here = stop.endpoint or stop.place.step
    if vignette.stop not in (None, here):
        found.append(f"stop: {here} instead of {vignette.stop}")
    return found


def advice_of(case: OpenCase) -> dict[str, Advice]:
    """All advice and all candidates of decisions on a trail, by id."""
    found = {a.id: a for a in case.situation.advice}
    for decision in case.situation.decisions:
        found.update({a.id: a for a in decision.candidates})
    return found


def _stands(advice: Mapping[str, Advice], name: str) -> bool:
    return name in advice and advice[name].status in _STANDS


def _met(rule: Rule, advice: Mapping[str, Advice]) -> bool:
    if any(_stands(advice, name) for name in rule.by):
        return True
    pending = (n in advice and advice[n].status is Status.PENDING for n in rule.by)
    return rule.pending and any(pending)


def read_vignettes(
    root: Traversable | Path, pathway: Pathway, library: Library
) -> tuple[Vignette, ...]:
    """Every case file of a pathway that has an `expected` part, in the order of the names.

    Raises BadCaseFile with the faults of the first bad file, StorageError for one that cannot be
    read.
    """
    codes = _codes(root / CODES)
    found = []
    for file in _case_files(root / pathway.id / CASES):
        name = str(file).removeprefix(str(root)).lstrip("/\\")
        vignette = _vignette(_text(file), name, pathway, library, codes)
        if vignette is not None:
            found.append(vignette)
    return tuple(found)


def _case_files(folder: Traversable | Path) -> list[Traversable | Path]:
    if not folder.is_dir():
        return []
    found: list[Traversable | Path] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _case_files(entry)
        elif entry.name.endswith(".yaml"):
            found.append(entry)
    return found


def _text(file: Traversable | Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"the file cannot be read: {error}", where=str(file)) from error


def _node(text: str, file: str, problems: list[Problem]) -> Node:
    document = yaml.load(text, file, problems)
    if document is None or problems:
        raise BadCaseFile(file, problems)
    return Node(document.data, (), document.positions, problems)


def _codes(file: Traversable | Path) -> dict[str, dict[str, Rule]]:
    """The rules of `must` and of `must_not` by code; none where there is no such file."""
    found: dict[str, dict[str, Rule]] = {"must": {}, "must_not": {}}
    if not file.is_file():
        return found
    problems: list[Problem] = []
    parts = _node(_text(file), file.name, problems).mapping(
        "must", "must_not", "unconditional", "judged"
    )
    for code, node in parts["must"].entries().items():
        keys = node.mapping("by", "pending", "done")
        by = tuple(filter(None, (n.words() for n in keys["by"].elements())))
        if not by:
            node.fault("an empty mapping meets nothing", "Name in `by` the advice that meets it.")
        found["must"][code] = Rule(code, by=by, pending=keys["pending"].words() is not None)
    for code, node in parts["must_not"].entries().items():
        keys = node.mapping("not", "any", "carried_by")
        never = tuple(filter(None, (n.words() for n in keys["not"].elements())))
        by = tuple(filter(None, (n.words() for n in keys["any"].elements())))
        if not never and not by:
            node.fault("an empty mapping forbids nothing", "Fill in `not`, `any` or both.")
        found["must_not"][code] = Rule(code, by=by, never=never)
    if problems:
        raise BadCaseFile(file.name, problems)
    return found


def _vignette(
    text: str,
    file: str,
    pathway: Pathway,
    library: Library,
    codes: Mapping[str, Mapping[str, Rule]],
) -> Vignette | None:
    problems: list[Problem] = []
    root = _node(text, file, problems)
    if not isinstance(root.data, dict) or "expected" not in root.data:
        return None
    keys = root.entries()["expected"].mapping(
        "stage", "source", "must", "must_not", "stop", "reading"
    )
    used = {p.id: p for p in library.pathways.values()}
    known = {name for p in used.values() for name in p.advice()}
    rules = [
        codes["must"].get(code) or Rule(code, by=(code,))
        for code in keys["must"].some_of("an expected code or advice", {*codes["must"], *known})
    ]
    rules += [
        codes["must_not"].get(code) or Rule(code, never=(code,))
        for code in keys["must_not"].some_of(
            "an expected code or advice", {*codes["must_not"], *known}
        )
    ]
    stops: Collection[str] = [*pathway.steps, *pathway.endpoints]
    stop = keys["stop"].one_of("a step or an endpoint", stops)
    if problems:
        raise BadCaseFile(file, problems)
    return Vignette(
        file.removesuffix(".yaml"), read_answers(text, file, library), tuple(rules), stop
    )
