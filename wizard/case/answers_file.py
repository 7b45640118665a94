"""The one file format for answers: hand-written, vignette and case export alike.

docs/case-format.md describes it. Every fault is reported with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from wizard.case.entry import check_value, fact_of, value_from_text
from wizard.case.open_case import pathway_named
from wizard.case.state import AlertEpisode
from wizard.definition import yaml
from wizard.definition.diagnostics import Problem
from wizard.definition.library import Library, Pathway
from wizard.definition.models import Item
from wizard.definition.yaml import Positions
from wizard.engine.facts import (
    Acknowledgement,
    Answer,
    Commitment,
    Fact,
    Place,
    Response,
    Status,
)
from wizard.errors import BadInput
from wizard.guard import (
    Absence,
    Absent,
    Multi,
    Number,
    Text,
    Value,
    nearest,
)
from wizard.text import one_line, parse_date

FORMAT = 1
_KEYS = (
    "format",
    "pathway",
    "label",
    "as_of",
    "facts",
    "visits",
    "set_aside",
    "commitments",
    "responses",
    "alerts",
    "expected",
)
_FACT_KEYS = ("value", "unit", "date", "source")
_ABSENT_KEYS = ("absent", "from", "by", "chased_by", "date", "source")


class BadCaseFile(BadInput):
    """A case file with faults; the message lists all of them with their places."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.span)
        super().__init__(f"{len(self.problems)} faults in the case file", where=file)

    def message(self) -> str:
        """Every fault on a line of its own."""
        return "\n".join(f"{p.span}: {p.what}. {p.mend}" for p in self.problems)


@dataclass
class AnswersFile:
    """What a case file says, checked against its pathway."""

    pathway: Pathway
    version: str | None
    hash: str | None
    label: str
    as_of: date
    facts: dict[str, dict[int, Fact]] = field(default_factory=dict)
    set_aside: dict[str, Fact] = field(default_factory=dict)
    commitments: list[tuple[Place, Commitment, bool]] = field(default_factory=list)
    """Place, commitment, and whether the file gives the statuses as they were."""
    responses: dict[str, Response] = field(default_factory=dict)
    episodes: list[AlertEpisode] = field(default_factory=list)

    @property
    def other_version(self) -> bool:
        """Whether the file names another content than the pathway that is loaded."""
        header = self.pathway.header
        return self.hash not in (None, self.pathway.hash) or self.version not in (
            None,
            header.version,
        )


def read_answers(text: str, file: str, library: Library) -> AnswersFile:
    """The case of a YAML or JSON text. Raises BadCaseFile with every fault."""
    problems: list[Problem] = []
    document = yaml.load(text, file, problems)
    if document is None or problems:
        raise BadCaseFile(file, problems)
    reader = _Reader(document.data, document.positions, library, problems)
    answers = reader.read()
    if answers is None or problems:
        raise BadCaseFile(file, problems)
    return answers


class _Reader:
    def __init__(
        self, data: yaml.Data, positions: Positions, library: Library, problems: list[Problem]
    ) -> None:
        self._data: Any = data
        self._positions = positions
        self._library = library
        self._problems = problems

    def _wrong(
        self, path: tuple[str | int, ...], what: str, mend: str, *, key: bool = False
    ) -> None:
        span = self._positions.key(path) if key else self._positions.at(path).value
        self._problems.append(Problem("case-file", span, what, mend))

    def read(self) -> AnswersFile | None:
        """Everything in the file; None where it cannot be told what pathway it is for."""
        data = self._data
        if not isinstance(data, dict):
            self._wrong((), "the file is not a mapping", "See docs/case-format.md.")
            return None
        self._known_keys((), data, _KEYS)
        if data.get("format") != FORMAT:
            self._wrong(("format",), "the format is not 1", "Write `format: 1` first.")
        header = data.get("pathway")
        name = header.get("id") if isinstance(header, dict) else header
        if not isinstance(name, str):
            self._wrong(("pathway",), "no pathway is named", "Write `pathway: {id: PATHWAY}`.")
            return None
        try:
            pathway = pathway_named(self._library, name)
        except BadInput as error:
            self._wrong(("pathway",), error.what, error.mend or "")
            return None
        as_of = self._date(("as_of",), data.get("as_of"))
        if as_of is None:
            return None
        extra = header if isinstance(header, dict) else {}
        self._known_keys(("pathway",), extra, ("id", "version", "hash"))
        label = data.get("label", "case-file")
        answers = AnswersFile(
            pathway,
            _text(extra.get("version")),
            _text(extra.get("hash")),
            one_line(str(label)),
            as_of,
        )
        self._items: Mapping[str, Item] = {
            name: item for p in self._library.pathways.values() for name, item in p.items.items()
        }
        self._facts(answers)
        self._commitments(answers)
        self._responses(answers)
        self._alerts(answers)
        return answers

    def _known_keys(
        self, path: tuple[str | int, ...], data: Mapping[str, Any], known: tuple[str, ...]
    ) -> None:
        for key in data:
            if key not in known:
                near = nearest(key, known)
                hint = f"Did you mean `{near}`? " if near else ""
                self._wrong(
                    (*path, key),
                    f"the key `{key}` is not known here",
                    f"{hint}Known keys: {', '.join(known)}.",
                    key=True,
                )

    def _mapping(self, path: tuple[str | int, ...], data: Any) -> dict[str, Any]:
        if data is None:
            return {}
        if not isinstance(data, dict):
            self._wrong(path, "a mapping was expected", "See docs/case-format.md.")
            return {}
        return data

    def _list(self, path: tuple[str | int, ...], data: Any) -> list[Any]:
        if data is None:
            return []
        if not isinstance(data, list):
            self._wrong(path, "a list was expected", "See docs/case-format.md.")
            return []
        return data

    def _date(self, path: tuple[str | int, ...], given: Any) -> date | None:
        if given is None:
            self._wrong(path, "the date is missing", "Write it as 2026-11-22.", key=bool(path))
            return None
        try:
            return parse_date(str(given))
        except BadInput as error:
            self._wrong(path, error.what, error.mend or "")
            return None

    def _facts(self, answers: AnswersFile) -> None:
        for name, given in self._mapping(("facts",), self._data.get("facts")).items():
            fact = self._fact(("facts", name), name, given, answers.as_of)
            if fact is not None:
                answers.facts.setdefault(name, {})[1] = fact
        for name, by_visit in self._mapping(("visits",), self._data.get("visits")).items():
            for visit, given in self._mapping(("visits", name), by_visit).items():
                path = ("visits", name, visit)
                if not visit.isdigit() or not 2 <= int(visit) <= 99:
                    self._wrong(
                        path, f"`{visit}` is not a later visit", "Write 2, 3, ...", key=True
                    )
                    continue
                fact = self._fact(path, name, given, answers.as_of)
                if fact is not None:
                    answers.facts.setdefault(name, {})[int(visit)] = fact
        for name, given in self._mapping(("set_aside",), self._data.get("set_aside")).items():
            fact = self._fact(("set_aside", name), name, given, answers.as_of)
            if fact is not None:
                answers.set_aside[name] = fact

    def _fact(self, path: tuple[str | int, ...], name: str, given: Any, as_of: date) -> Fact | None:
        item = self._items.get(name)
        if item is None:
            near = nearest(name, self._items)
            mend = f"Did you mean `{near}`?" if near else "See `pathwizard show PATHWAY`."
            self._wrong(path, f"no data item is called `{name}`", mend, key=True)
            return None
        before = len(self._problems)
        try:
            fact = self._typed(path, name, item, given, as_of)
            if fact is not None:
                check_value(name, item, fact)
        except BadInput as error:
            self._wrong(path, error.what, error.mend or "")
            return None
        return fact if len(self._problems) == before else None

    def _typed(
        self, path: tuple[str | int, ...], name: str, item: Item, given: Any, as_of: date
    ) -> Fact | None:
        if not isinstance(given, dict):
            return fact_of(self._plain(name, item, given), as_of)
        if "absent" in given and "present" not in given and not isinstance(given["absent"], list):
            return self._absent(path, given, as_of)
        if "present" in given or "absent" in given:
            self._known_keys(path, given, ("present", "absent", "date", "source"))
            present, absent = given.get("present") or [], given.get("absent") or []
            for key, options in (("present", present), ("absent", absent)):
                if not isinstance(options, list) or not all(isinstance(o, str) for o in options):
                    self._wrong(
                        (*path, key),
                        "a list of options was expected",
                        f"Options: {', '.join(item.options)}.",
                    )
                    return None
            value: Value = Multi(frozenset(present), frozenset(absent))
        else:
            self._known_keys(path, given, _FACT_KEYS)
            if "value" not in given:
                self._wrong(path, "no value is given", "Write `value:` or `absent:`.")
                return None
            raw, unit = given["value"], given.get("unit")
            if unit is not None:
                raw = f"{raw} {unit}"
            value = self._plain(name, item, raw)
        on = self._date((*path, "date"), given["date"]) if "date" in given else as_of
        return (
            None
            if on is None
            else fact_of(value, on, one_line(str(given.get("source", "entered"))))
        )

    def _plain(self, name: str, item: Item, given: Any) -> Value:
        if isinstance(given, bool) or given is None:
            word = {True: "true", False: "false", None: "nothing"}[given]
            raise BadInput(
                f"{word} is not a value of {item.label}",
                where=name,
                mend="Write a value, or `{absent: not_known}`.",
            )
        if isinstance(given, list):
            raise BadInput(
                f"a list is not a value of {item.label}",
                where=name,
                mend="Write `{present: [], absent: []}`.",
            )
        if item.type == "number" and isinstance(given, int | Decimal):
            return Number(Decimal(given))
        if item.type == "text":
            return Text(str(given))
        return value_from_text(name, item, str(given))

    def _absent(self, path: tuple[str | int, ...], given: Any, as_of: date) -> Fact | None:
        self._known_keys(path, given, _ABSENT_KEYS)
        reason = str(given["absent"]).replace(" ", "_")
        if reason not in list(Absence):
            self._wrong(
                (*path, "absent"),
                f"`{given['absent']}` is not an absence reason",
                f"Reasons: {', '.join(Absence)}.",
            )
            return None
        on = self._date((*path, "date"), given["date"]) if "date" in given else as_of
        due = self._date((*path, "by"), given["by"]) if given.get("by") is not None else None
        sender, chaser = given.get("from"), given.get("chased_by")
        if on is None:
            return None
        return Fact(
            Absent(Absence(reason)),
            on,
            source=one_line(str(given.get("source", "entered"))),
            awaited_from=one_line(str(sender)) if sender is not None else None,
            due=due,
            chased_by=one_line(str(chaser)) if chaser is not None else None,
        )

    def _commitments(self, answers: AnswersFile) -> None:
        steps = {
            (p.id, step): decision
            for p in self._library.pathways.values()
            for step, decision in p.decisions.items()
        }
        for number, given in enumerate(self._list(("commitments",), self._data.get("commitments"))):
            path = ("commitments", number)
            entry = self._mapping(path, given)
            self._known_keys(
                path,
                entry,
                (
                    "pathway",
                    "step",
                    "visit",
                    "candidates",
                    "reason",
                    "words",
                    "date",
                    "proposal",
                    "find_out_first",
                    "statuses",
                ),
            )
            place = Place(
                str(entry.get("pathway", answers.pathway.id)),
                str(entry.get("step")),
                int(entry.get("visit", 1)),
            )
            decision = steps.get((place.pathway, place.step))
            if decision is None:
                names = [step for pathway, step in steps if pathway == place.pathway]
                near = nearest(place.step, names)
                mend = f"Did you mean `{near}`?" if near else f"Decisions: {', '.join(names)}."
                self._wrong(path, f"no decision is taken at `{place.step}`", mend)
                continue
            chosen = [str(c) for c in self._list((*path, "candidates"), entry.get("candidates"))]
            for name in chosen:
                if name not in decision.candidates:
                    self._wrong(
                        (*path, "candidates"),
                        f"`{name}` is not a candidate",
                        f"Candidates: {', '.join(decision.candidates)}.",
                    )
            reason = entry.get("reason")
            if reason is not None and reason not in answers.pathway.common.reasons:
                self._wrong(
                    (*path, "reason"),
                    f"`{reason}` is not a coded reason",
                    f"Reasons: {', '.join(answers.pathway.common.reasons)}.",
                )
            statuses = self._mapping((*path, "statuses"), entry.get("statuses"))
            for name, status in statuses.items():
                if status not in list(Status):
                    self._wrong(
                        (*path, "statuses", name),
                        f"`{status}` is not a status",
                        f"Statuses: {', '.join(Status)}.",
                    )
                    return
            on = self._date((*path, "date"), entry["date"]) if "date" in entry else answers.as_of
            if on is None:
                continue
            commitment = Commitment(
                tuple(chosen),
                on,
                tuple(str(c) for c in entry.get("proposal") or ()),
                tuple(str(c) for c in entry.get("find_out_first") or ()),
                {name: Status(status) for name, status in statuses.items()},
                _text(reason),
                one_line(str(entry["words"])) if entry.get("words") is not None else None,
            )
            answers.commitments.append((place, commitment, bool(statuses)))

    def _responses(self, answers: AnswersFile) -> None:
        for name, given in self._mapping(("responses",), self._data.get("responses")).items():
            path = ("responses", name)
            entry = self._mapping(path, given)
            self._known_keys(path, entry, ("answer", "reason", "words", "date"))
            if entry.get("answer") not in list(Answer):
                self._wrong(
                    path,
                    f"`{entry.get('answer')}` is not a response",
                    f"Responses: {', '.join(Answer)}.",
                )
                continue
            on = self._date((*path, "date"), entry["date"]) if "date" in entry else answers.as_of
            if on is not None:
                answers.responses[name] = Response(
                    Answer(entry["answer"]),
                    on,
                    _text(entry.get("reason")),
                    _text(entry.get("words")),
                )

    def _alerts(self, answers: AnswersFile) -> None:
        known = answers.pathway.alerts
        for number, given in enumerate(self._list(("alerts",), self._data.get("alerts"))):
            path = ("alerts", number)
            entry = self._mapping(path, given)
            self._known_keys(path, entry, ("id", "raised", "withdrawn", "acknowledged", "continue"))
            name = entry.get("id")
            if name not in known:
                self._wrong(path, f"no alert is called `{name}`", f"Alerts: {', '.join(known)}.")
                continue
            raised = self._date((*path, "raised"), entry.get("raised", answers.as_of.isoformat()))
            withdrawn = (
                self._date((*path, "withdrawn"), entry["withdrawn"])
                if entry.get("withdrawn") is not None
                else None
            )
            if raised is None:
                continue
            answers.episodes.append(
                AlertEpisode(
                    str(name),
                    raised,
                    withdrawn,
                    self._acknowledgement(
                        (*path, "acknowledged"), entry.get("acknowledged"), answers
                    ),
                    self._acknowledgement((*path, "continue"), entry.get("continue"), answers),
                )
            )

    def _acknowledgement(
        self, path: tuple[str | int, ...], given: Any, answers: AnswersFile
    ) -> Acknowledgement | None:
        if given is None:
            return None
        entry = self._mapping(path, given)
        self._known_keys(path, entry, ("who", "since", "date"))
        on = self._date((*path, "date"), entry["date"]) if "date" in entry else answers.as_of
        if on is None or not entry.get("who") or not entry.get("since"):
            self._wrong(path, "who and since are missing", "Write `{who: NAME, since: TIME}`.")
            return None
        return Acknowledgement(one_line(str(entry["who"])), one_line(str(entry["since"])), on, {})


def _text(given: Any) -> str | None:
    return None if given is None else one_line(str(given))
