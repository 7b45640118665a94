"""The one file format for answers: hand-written, vignette and case export alike.

docs/case-format.md describes it. Every fault is reported with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wizard.case.entry import check_value, fact_of, value_from_text
from wizard.case.events import Committed, value_from
from wizard.case.file_node import SEE, Node
from wizard.case.open_case import pathway_named
from wizard.case.state import AlertEpisode
from wizard.definition import yaml
from wizard.definition.diagnostics import Problem
from wizard.definition.item import Item
from wizard.definition.library import Library, Pathway
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

FORMAT = 1
CHECKED = "checked"
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
    CHECKED,
    "expected",
)
_COMMITMENT_KEYS = (
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
    "kept",
    "until",
)


class BadCaseFile(BadInput):
    """A case file with faults; the message lists all of them with their places."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.span)
        super().__init__(f"{len(self.problems)} faults in the case file", where=file)

    def message(self) -> str:
        """Every fault on a line of its own."""
        return "\n".join(f"{p.span}: {p.what}. {p.mend}" for p in self.problems)


class Given(NamedTuple):
    """A commitment of a file; where the file says what it kept, the decision as it was `taken`."""

    place: Place
    made: Commitment
    taken: Committed | None


@dataclass
class AnswersFile:
    """What a case file says, checked against its pathway."""

    pathway: Pathway
    version: str | None
    hash: str | None
    label: str
    as_of: date
    facts: dict[str, dict[int, Fact]] = field(default_factory=dict)
    set_aside: dict[str, dict[int, Fact]] = field(default_factory=dict)
    commitments: list[Given] = field(default_factory=list)
    responses: dict[str, Response] = field(default_factory=dict)
    episodes: list[AlertEpisode] = field(default_factory=list)
    checked: str | None = None
    """The digest of the answers that were checked."""

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
    root = Node(document.data, (), document.positions, problems)
    answers = _Reader(root, library).read()
    if answers is None or problems:
        raise BadCaseFile(file, problems)
    return answers


class _Reader:
    def __init__(self, root: Node, library: Library) -> None:
        self._root = root
        self._library = library
        self._items: dict[str, Item] = {}
        self._as_of = date.min

    def read(self) -> AnswersFile | None:
        """Everything in the file; None where it cannot be told what pathway it is for."""
        if not isinstance(self._root.data, dict):
            self._root.fault("the file is not a mapping", SEE)
            return None
        top = self._root.mapping(*_KEYS)
        if top["format"].data != FORMAT:
            top["format"].fault("the format is not 1", "Write `format: 1` first.")
        named = top["pathway"]
        header: Mapping[str, Node] = {}
        if isinstance(named.data, dict):
            header = named.mapping("id", "version", "hash")
            named = header["id"]
        if not isinstance(named.data, str):
            top["pathway"].fault("no pathway is named", "Write `pathway: {id: PATHWAY}`.")
            return None
        try:
            pathway = pathway_named(self._library, named.data)
        except BadInput as error:
            top["pathway"].fault(error.what, error.mend or "")
            return None
        as_of = top["as_of"].day(None)
        if as_of is None:
            return None
        self._as_of = as_of
        self._items = {n: i for p in self._library.pathways.values() for n, i in p.items.items()}
        self._items.update(pathway.items)
        answers = AnswersFile(
            pathway,
            header["version"].words() if header else None,
            header["hash"].words() if header else None,
            top["label"].words() or "case-file",
            as_of,
        )
        self._facts(top, answers)
        for node in top["commitments"].elements():
            self._commitment(node, answers)
        self._responses(top["responses"], answers)
        for node in top["alerts"].elements():
            self._alert(node, answers)
        answers.checked = top[CHECKED].words()
        return answers

    def _facts(self, top: Mapping[str, Node], answers: AnswersFile) -> None:
        for name, node in top["facts"].entries().items():
            fact = self._fact(node, name)
            if fact is not None:
                answers.facts.setdefault(name, {})[1] = fact
        for name, by_visit in top["visits"].entries().items():
            for visit, node in by_visit.entries().items():
                if not re.fullmatch("[2-9]|[1-9][0-9]", visit):
                    what = f"`{visit}` is not a later visit"
                    node.fault(what, "Write 2, 3, ...", key=True)
                    continue
                fact = self._fact(node, name)
                if fact is not None:
                    answers.facts.setdefault(name, {})[int(visit)] = fact
        for name, node in top["set_aside"].entries().items():
            several = isinstance(node.data, dict) and "visits" in node.data
            visits = node.mapping("visits")["visits"].entries() if several else {"1": node}
            for visit, part in visits.items():
                fact = self._fact(part, name)
                if fact is not None and re.fullmatch("[1-9][0-9]?", visit):
                    answers.set_aside.setdefault(name, {})[int(visit)] = fact

    def _fact(self, node: Node, name: str) -> Fact | None:
        item = self._items.get(name)
        if item is None:
            near = nearest(name, self._items)
            mend = f"Did you mean `{near}`?" if near else "See `pathwizard show PATHWAY`."
            node.fault(f"no data item is called `{name}`", mend, key=True)
            return None
        before = len(node.problems)
        try:
            fact = self._typed(node, name, item)
            if fact is not None:
                check_value(name, item, fact)
        except BadInput as error:
            node.fault(error.what, error.mend or "")
            return None
        return fact if len(node.problems) == before else None

    def _typed(self, node: Node, name: str, item: Item) -> Fact | None:
        given = node.data
        if not isinstance(given, dict):
            return fact_of(_plain(name, item, given), self._as_of)
        if "absent" in given and "present" not in given and not isinstance(given["absent"], list):
            return self._absent(node)
        if "present" in given or "absent" in given:
            parts = node.mapping("present", "absent", "date", "source")
            value: Value = Multi(
                frozenset(parts["present"].some_of("an option", item.options)),
                frozenset(parts["absent"].some_of("an option", item.options)),
            )
        else:
            parts = node.mapping("value", "unit", "date", "source")
            unit = parts["unit"].words()
            raw = parts["value"].data
            if raw is None:
                node.fault("no value is given", "Write `value:` or `absent:`.")
                return None
            value = _plain(name, item, raw if unit is None else f"{raw} {unit}")
        on = parts["date"].day(self._as_of, latest=self._as_of)
        return None if on is None else fact_of(value, on, parts["source"].words() or "entered")

    def _absent(self, node: Node) -> Fact | None:
        parts = node.mapping("absent", "from", "by", "chased_by", "date", "source")
        reason = str(parts["absent"].data).replace(" ", "_")
        if reason not in list(Absence):
            what = f"`{parts['absent'].data}` is not an absence reason"
            parts["absent"].fault(what, f"Reasons: {', '.join(Absence)}.")
            return None
        on = parts["date"].day(self._as_of, latest=self._as_of)
        if on is None:
            return None
        return Fact(
            Absent(Absence(reason)),
            on,
            source=parts["source"].words() or "entered",
            awaited_from=parts["from"].words(),
            due=parts["by"].day(None) if parts["by"].data is not None else None,
            chased_by=parts["chased_by"].words(),
        )

    def _commitment(self, node: Node, answers: AnswersFile) -> None:
        parts = node.mapping(*_COMMITMENT_KEYS)
        pathway = parts["pathway"].one_of("a pathway", self._library.pathways)
        pathway = pathway or answers.pathway.id
        decisions = self._library[pathway].decisions
        step = parts["step"].one_of("a step with a decision", decisions)
        visit = parts["visit"].whole_number(1, 99)
        on = parts["date"].day(self._as_of, latest=self._as_of)
        if step is None:
            if parts["step"].data is None:
                node.fault("the step is missing", f"Decisions: {', '.join(decisions)}.")
            return
        candidates = decisions[step].candidates
        chosen = parts["candidates"].some_of("a candidate", candidates)
        statuses = {}
        for name, status in parts["statuses"].entries().items():
            found = status.one_of("a status", list(Status))
            if name in candidates and found is not None:
                statuses[name] = Status(found)
            elif name not in candidates and pathway == answers.pathway.id:
                what = f"`{name}` is not a candidate"
                status.fault(what, f"Candidates: {', '.join(candidates)}.", key=True)
        proposal = parts["proposal"].some_of("a candidate", candidates)
        first = parts["find_out_first"].some_of("a candidate", candidates)
        reason = parts["reason"].one_of("a coded reason", answers.pathway.common.reasons)
        words = parts["words"].words()
        kept = parts["kept"].some_of("a data item", self._items)
        until = None if parts["until"].data is None else parts["until"].whole_number(1, 99)
        if visit is None or on is None:
            return
        place = Place(pathway, step, visit)
        made = Commitment(chosen, on, proposal, first, statuses, reason, words)
        taken = None if parts["kept"].data is None else Committed(place, made, kept, until)
        answers.commitments.append(Given(place, made, taken))

    def _responses(self, node: Node, answers: AnswersFile) -> None:
        known = [name for p in self._library.pathways.values() for name in p.advice()]
        for name, entry in node.entries().items():
            if name not in known:
                near = nearest(name, known)
                mend = f"Did you mean `{near}`?" if near else "See `pathwizard show PATHWAY`."
                entry.fault(f"no advice is called `{name}`", mend, key=True)
                continue
            parts = entry.mapping("answer", "reason", "words", "date")
            answer = parts["answer"].one_of("a response", list(Answer))
            if parts["answer"].data is None:
                entry.fault("the answer is missing", f"Responses: {', '.join(Answer)}.")
            reason = parts["reason"].one_of("a coded reason", answers.pathway.common.reasons)
            words = parts["words"].words()
            on = parts["date"].day(self._as_of, latest=self._as_of)
            if answer is not None and on is not None:
                answers.responses[name] = Response(Answer(answer), on, reason, words)

    def _alert(self, node: Node, answers: AnswersFile) -> None:
        parts = node.mapping("id", "raised", "withdrawn", "acknowledged", "continue")
        name = parts["id"].one_of("an alert", answers.pathway.alerts)
        if parts["id"].data is None:
            node.fault("the alert is missing", f"Alerts: {', '.join(answers.pathway.alerts)}.")
        raised = parts["raised"].day(self._as_of, latest=self._as_of)
        withdrawn = None
        if parts["withdrawn"].data is not None:
            withdrawn = parts["withdrawn"].day(None, latest=self._as_of)
        in_hand = self._acknowledgement(parts["acknowledged"])
        continued = self._acknowledgement(parts["continue"])
        if name is not None and raised is not None:
            episode = AlertEpisode(name, raised, withdrawn, in_hand, continued)
            answers.episodes.append(episode)

    def _acknowledgement(self, node: Node) -> Acknowledgement | None:
        if node.data is None:
            return None
        parts = node.mapping("who", "since", "date", "values")
        who, since = parts["who"].words(), parts["since"].words()
        on = parts["date"].day(self._as_of, latest=self._as_of)
        values = {}
        for name, value in parts["values"].entries().items():
            try:
                values[name] = value_from(value.data)
            except (KeyError, TypeError, ValueError, ArithmeticError):
                value.fault("this is not a value as exports have it", "Leave `values` out.")
        if on is None or not who or not since:
            node.fault("who and since are missing", "Write `{who: NAME, since: TIME}`.")
            return None
        return Acknowledgement(who, since, on, values)


def _plain(name: str, item: Item, given: Any) -> Value:
    """A value that is written as it is."""
    if isinstance(given, bool) or given is None:
        word = {True: "true", False: "false", None: "nothing"}[given]
        raise BadInput(
            f"{word} is not a value of {item.label}",
            where=name,
            mend="Write a value, or `{absent: not_known}`.",
        )
    if isinstance(given, list | dict):
        raise BadInput(
            f"a list or mapping is not a value of {item.label}",
            where=name,
            mend="Write `{present: [], absent: []}`.",
        )
    if item.type == "number" and isinstance(given, int | Decimal):
        return Number(Decimal(given))
    if item.type == "text":
        return Text(str(given))
    return value_from_text(name, item, str(given))
