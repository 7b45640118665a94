"""The published cases beside a pathway: what each expects, and whether the pathway does it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
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
from wizard.guard import Choice, Truth

CASES = "cases"
CODES = "expected-codes.yaml"
"""Beside the pathways: what meets each expected code (docs/authoring.md)."""
_MEANT = "advice or an alert"
_STANDS = (Status.RECOMMENDED, Status.CHECK_FIRST)


@dataclass(frozen=True)
class Rule:
    """What meets an expected code.

    `by`: one of this advice stands (*recommended* or *check first*; an alert stands where it is
    *present*); with `pending` it may also be pending, and with `done` the facts may say that it
    has been done (an item and the options that say so). `never`: none of this advice stands or is
    proposed. `judged`: the code is held to be wrong at this vignette, so that meeting it is the
    fault.
    """

    code: str
    by: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    pending: bool = False
    done: tuple[tuple[str, tuple[str, ...]], ...] = ()
    judged: bool = False


@dataclass(frozen=True)
class Vignette:
    """A case of a file with what it expects; `stop` is a step or an endpoint.

    `arguments` names the arguments that must be shown, and `not_arguments` those that must not
    be, as *advice number*, from 1.
    """

    name: str
    answers: AnswersFile
    rules: tuple[Rule, ...]
    stop: str | None = None
    arguments: tuple[str, ...] = ()
    not_arguments: tuple[str, ...] = ()

    def walked(self, library: Library) -> OpenCase:
        """The case under a library, whose pathways may differ from those it was read with."""
        return replay(self.answers, library)


def faults(vignette: Vignette, case: OpenCase) -> list[str]:
    """What a case does otherwise than its vignette expects, each in a phrase; empty where none."""
    advice = advice_of(case)
    alerts = {alert.id: alert.state for alert in case.situation.alerts}
    status = {**alerts, **{name: str(one.status) for name, one in advice.items()}}
    present = {alert.id for alert in case.situation.alerts if alert.truth is Truth.TRUE}
    standing = present | {name for name in advice if _stands(advice, name)}
    found = []
    for rule in vignette.rules:
        met = bool(standing & {*rule.by})
        met = met or _pending(rule, advice) or recorded_as_done(rule, case)
        if rule.judged and met:
            found.append(f"{rule.code}: judged wrong, and advised all the same")
        elif rule.by and not met and not rule.judged:
            stand = [f"{n} is {status[n]}" if n in status else n for n in rule.by]
            missing = "not present" if {*rule.by} <= {*alerts} else "not advised"
            found.append(f"{rule.code}: {missing} ({'; '.join(stand)})")
        wrong = [n for n in rule.never if n in standing]
        wrong += [n for d in case.situation.decisions for n in d.proposal if n in rule.never]
        found += [
            f"{rule.code}: {name} is {'present' if name in present else 'advised'}"
            for name in dict.fromkeys(wrong)
        ]
    shown = set(arguments_shown(case)) if vignette.arguments or vignette.not_arguments else set()
    found += [f"argument {name}: not shown" for name in vignette.arguments if name not in shown]
    found += [f"argument {name}: shown" for name in vignette.not_arguments if name in shown]
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


def arguments_shown(case: OpenCase) -> Iterator[str]:
    """The arguments beside candidates that may be chosen, each as *candidate number*, from 1."""
    for decision in case.situation.decisions:
        pathway = case.library[decision.place.pathway]
        for candidate in decision.candidates:
            if candidate.status is Status.NOT_INDICATED:
                continue
            for number, argument in enumerate(candidate.recommendation.arguments, start=1):
                if argument.if_ is None or case.truth(pathway, argument.if_) is Truth.TRUE:
                    yield f"{candidate.id} {number}"


def _stands(advice: Mapping[str, Advice], name: str) -> bool:
    return name in advice and advice[name].status in _STANDS


def _pending(rule: Rule, advice: Mapping[str, Advice]) -> bool:
    pending = (n in advice and advice[n].status is Status.PENDING for n in rule.by)
    return rule.pending and any(pending)


def recorded_as_done(rule: Rule, case: OpenCase) -> bool:
    """Whether the facts of a case say that what a code asks for has been done."""
    for item, options in rule.done:
        fact = case.fact(item)
        if fact is not None and isinstance(fact.value, Choice) and fact.value.option in options:
            return True
    return False


def read_vignettes(
    root: Traversable | Path, pathway: Pathway, library: Library
) -> tuple[Vignette, ...]:
    """Every case file of a pathway that has an `expected` part, in the order of the names.

    Raises BadCaseFile with the faults of the first bad file, StorageError for one that cannot be
    read.
    """
    known = {name for p in library.pathways.values() for name in (*p.advice(), *p.alerts)}
    codes = _codes(root / CODES, known)
    found = []
    for file in _case_files(root / pathway.id / CASES):
        name = str(file).removeprefix(str(root)).lstrip("/\\")
        vignette = _vignette(_text(file), name, pathway, library, codes, known)
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


@dataclass(frozen=True)
class _Codes:
    """The map of expected codes; `judged` holds codes by the end of a vignette's name."""

    must: Mapping[str, Rule]
    must_not: Mapping[str, Rule]
    judged: Mapping[str, frozenset[str]]

    def judged_at(self, vignette: str) -> frozenset[str]:
        """The codes of `must` that are held to be wrong at a vignette."""
        return self.judged.get("/".join(vignette.split("/")[-2:]), frozenset())


def _codes(file: Traversable | Path, known: Collection[str]) -> _Codes:
    """The map of a file, which names known advice; an empty one where there is no such file."""
    if not file.is_file():
        return _Codes({}, {}, {})
    problems: list[Problem] = []
    parts = _node(_text(file), file.name, problems).mapping(
        "must", "must_not", "unconditional", "judged"
    )
    must = {}
    for code, node in parts["must"].entries().items():
        keys = node.mapping("by", "pending", "done")
        by = tuple(keys["by"].some_of(_MEANT, known))
        if not _words(keys["by"]):
            node.fault("an empty mapping meets nothing", "Name in `by` the advice that meets it.")
        pending = keys["pending"].words() is not None
        must[code] = Rule(code, by=by, pending=pending, done=_done(keys["done"]))
    must_not = {}
    for code, node in parts["must_not"].entries().items():
        keys = node.mapping("not", "any", "done", "carried_by")
        never = tuple(keys["not"].some_of(_MEANT, known))
        by = tuple(keys["any"].some_of(_MEANT, known))
        if not _words(keys["not"]) and not _words(keys["any"]):
            node.fault("an empty mapping forbids nothing", "Fill in `not`, `any` or both.")
        must_not[code] = Rule(code, by=by, never=never, done=_done(keys["done"]))
    judged = {}
    for vignette, node in parts["judged"].entries().items():
        for code, reason in node.entries().items():
            if code not in must:
                reason.fault(f"`{code}` is not a code of `must`", "Name one.", key=True)
        judged[vignette] = frozenset(node.entries())
    if problems:
        raise BadCaseFile(file.name, problems)
    return _Codes(must, must_not, judged)


def _done(node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((item, _words(options)) for item, options in node.entries().items())


def _words(node: Node) -> tuple[str, ...]:
    return tuple(filter(None, (element.words() for element in node.elements())))


def _vignette(
    text: str,
    file: str,
    pathway: Pathway,
    library: Library,
    codes: _Codes,
    known: Collection[str],
) -> Vignette | None:
    problems: list[Problem] = []
    root = _node(text, file, problems)
    if not isinstance(root.data, dict) or "expected" not in root.data:
        return None
    keys = root.entries()["expected"].mapping(
        "stage", "source", "must", "must_not", "arguments", "not_arguments", "stop", "reading"
    )
    name = file.removesuffix(".yaml")
    must = [
        codes.must.get(code) or Rule(code, by=(code,))
        for code in keys["must"].some_of(f"an expected code, {_MEANT}", {*codes.must, *known})
    ]
    judged = codes.judged_at(name)
    for code in judged - {rule.code for rule in must}:
        keys["must"].fault(f"`{code}` is judged wrong here and not expected", "Take out one.")
    rules = [replace(rule, judged=rule.code in judged) for rule in must]
    rules += [
        codes.must_not.get(code) or Rule(code, never=(code,))
        for code in keys["must_not"].some_of(
            f"an expected code, {_MEANT}", {*codes.must_not, *known}
        )
    ]
    stops: Collection[str] = [*pathway.steps, *pathway.endpoints]
    stop = keys["stop"].one_of("a step or an endpoint", stops)
    numbered = [
        f"{name} {number}"
        for name, (_, candidate) in pathway.candidates.items()
        for number in range(1, len(candidate.arguments) + 1)
    ]
    arguments, not_arguments = (
        keys[key].some_of("an argument of a candidate", numbered)
        for key in ("arguments", "not_arguments")
    )
    if problems:
        raise BadCaseFile(file, problems)
    answers = read_answers(text, file, library)
    return Vignette(name, answers, tuple(rules), stop, arguments, not_arguments)
