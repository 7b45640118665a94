"""What the engine reads: pathways whose guards are parsed and whose names are resolved.

`loading.load_library` makes these; nothing here reads a file or reports a problem.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wizard.definition.computed import Derived, Finding, Score, Table
from wizard.definition.evidence import Claim, Conflict
from wizard.definition.fields import guards_in
from wizard.definition.item import Item
from wizard.definition.models import (
    Alert,
    CommonFile,
    Decision,
    Endpoint,
    Header,
    Invariant,
    PathwayFile,
    Step,
    TeachingNote,
)
from wizard.definition.recommendation import Recommendation
from wizard.definition.symbols import symbols_of
from wizard.guard import Compiled, Expr, Symbol, compiled, names_in, parse


@dataclass(frozen=True)
class Pathway:
    """One pathway with the common ground it stands on.

    `content` is what the pathway's own folder says, `common` what `pathways/common/` says;
    `hash` is the SHA-256 (hexadecimal) of the canonical form of everything the pathway uses.
    """

    content: PathwayFile
    common: CommonFile
    hash: str
    asked: frozenset[str]
    """The items that the steps of any pathway of the library ask."""
    _guards: dict[str, Expr] = field(default_factory=dict, repr=False, compare=False)
    _compiled: dict[str, Compiled] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    _behind: dict[str, frozenset[str]] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    _noted: set[Hashable] = field(init=False, default_factory=set, repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        """Without what only lives in memory: closures, and what walks have noted."""
        kept = {**self.__dict__, "_compiled": {}, "_noted": set()}
        if "_resting" in kept:
            kept["_resting"] = {item: keys - self._noted for item, keys in self._resting.items()}
        return kept

    @property
    def id(self) -> str:
        """The folder name and the name other pathways use."""
        return self.content.pathway.id

    @property
    def header(self) -> Header:
        """Title, version, audience, status."""
        return self.content.pathway

    @property
    def steps(self) -> Mapping[str, Step]:
        """Steps by id, in the order written."""
        return self.content.steps

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """Named ends."""
        return self.content.endpoints

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every data item that this pathway's guards and steps may name."""
        return {**self.common.items, **self.content.items}

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """Derived values by name."""
        return {**self.common.derived, **self.content.derived}

    @cached_property
    def scores(self) -> Mapping[str, Score]:
        """Points scores by name."""
        return {**self.common.scores, **self.content.scores}

    @cached_property
    def numbers(self) -> Mapping[str, Derived | Score]:
        """The derived values and scores that a case can come to: all their items are asked."""
        every: dict[str, Derived | Score] = {**self.derived, **self.scores}
        return {
            name: defined
            for name, defined in every.items()
            if self.names_behind([name]) & set(self.items) <= self.asked
        }

    @property
    def tables(self) -> Mapping[str, Table]:
        """Tables that are looked up, by name."""
        return self.common.tables

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Findings by name."""
        return {**self.common.findings, **self.content.findings}

    @cached_property
    def alerts(self) -> Mapping[str, Alert]:
        """Alerts in rank order: those common to every pathway first."""
        return {**self.common.alerts, **self.content.alerts}

    @cached_property
    def recommendations(self) -> Mapping[str, Recommendation]:
        """Recommendations outside decisions: own ones and those taken from the common ground."""
        known = self.common.recommendations
        shared = {name: known[name] for name in self.content.uses if name in known}
        return {**shared, **self.content.recommendations}

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        """Decisions by the id of their step."""
        return {name: step.decision for name, step in self.steps.items() if step.decision}

    @cached_property
    def candidates(self) -> Mapping[str, tuple[str, Recommendation]]:
        """Candidates by id, each with the id of its step."""
        return {
            name: (step, candidate)
            for step, decision in self.decisions.items()
            for name, candidate in decision.candidates.items()
        }

    @cached_property
    def asks(self) -> frozenset[str]:
        """The items that its steps ask."""
        return frozenset(name for step in self.steps.values() for name in step.asks)

    def looped_items(self, step: str) -> frozenset[str]:
        """The items that are asked anew by a loop in which a step lies."""
        return self._looped_items.get(step, frozenset())

    def kept_results(self, step: str, chosen: Iterable[str]) -> frozenset[str]:
        """The items of the loop round a decision that its choice leaves as they are: the results
        of candidates that were not chosen."""
        candidates = self.decisions[step].candidates if step in self.decisions else {}
        results = {c.result for c in candidates.values() if c.result is not None}
        wanted = {candidates[name].result for name in chosen if name in candidates}
        return frozenset(results & self.looped_items(step)) - wanted

    def visits_of(self, step: str) -> int:
        """The most visits of the loop in which a step lies, 1 where it lies in none."""
        looped = self.looped_items(step)
        loops = (other.loop for other in self.steps.values() if other.loop is not None)
        return max((loop.visits for loop in loops if looped >= set(loop.ask_again)), default=1)

    @cached_property
    def _looped_items(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        reach = {name: self._reachable(name) for name in self.steps}
        for name, step in self.steps.items():
            if step.loop is None:
                continue
            for other in reach[name]:
                if name in reach[other]:
                    found.setdefault(other, set()).update(step.loop.ask_again)
        return {name: frozenset(items) for name, items in found.items()}

    def _reachable(self, start: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            step = self.steps.get(waiting.pop())
            targets = {e.target for e in step.exits} if step is not None else set()
            new = {t for t in targets if t in self.steps} - seen
            seen |= new
            waiting.extend(new)
        return frozenset(seen)

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        """Conflicts by name."""
        return {**self.common.conflicts, **self.content.conflicts}

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return self.common.claims

    def teaching(self, item: str) -> tuple[TeachingNote, ...]:
        """The notes for trainees about an item."""
        return tuple(note for note in self.common.teaching.values() if item in note.items)

    @property
    def invariants(self) -> Mapping[str, Invariant]:
        """Invariants by id."""
        return self.content.invariants

    def guard(self, text: str) -> Expr:
        """The parsed form of a guard or formula of this pathway."""
        found = self._guards.get(text)
        if found is None:
            found = self._guards[text] = parse(text)
        return found

    def compiled(self, text: str) -> Compiled:
        """A guard of this pathway, ready to be read again and again."""
        found = self._compiled.get(text)
        if found is None:
            found = self._compiled[text] = compiled(self.guard(text))
        return found

    def names_behind(self, names: Iterable[str]) -> frozenset[str]:
        """Names, and all that their definitions read, whatever its value."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._read_by(name)
        return frozenset(found)

    def _read_by(self, name: str) -> Iterator[str]:
        """The names that the definition of a name reads."""
        texts: list[str | None] = []
        if name in self.items:
            texts = [self.items[name].applies_if]
        elif name in self.findings:
            texts = [self.findings[name].if_]
        elif name in self.derived:
            derived = self.derived[name]
            texts = [derived.formula, derived.valid_if]
            texts += [text for case in derived.cases for text in (case.if_, case.formula)]
        elif name in self.scores:
            score = self.scores[name]
            texts = [score.valid_if, *(term.if_ for term in score.terms)]
            yield from (term.item for term in score.terms if term.item)
        for text in texts:
            if text is not None:
                yield from names_in(self.guard(text))

    def items_read(self, guard: str) -> frozenset[str]:
        """The items that a guard or a formula reads, through all that it names."""
        found = self._behind.get(guard)
        if found is None:
            names = self.names_behind(names_in(self.guard(guard)))
            found = self._behind[guard] = names & self.items.keys()
        return found

    def read_all(self) -> None:
        """Reads every definition, so that what is kept of this pathway need not be worked out."""
        _ = self._resting, self._looped_items
        read = (self.alerts, self.recommendations, self.items, self.findings, self.derived)
        for guard in guards_in((self.content, *read, self.scores)):
            self.items_read(guard)

    def resting_on(self, item: str) -> Iterable[Hashable]:
        """The names that rest on an item, and the keys that were noted to (`note_resting`)."""
        return self._resting.get(item, ())

    def note_resting(self, key: Hashable, guards: Iterable[str]) -> None:
        """Notes, once, that what is kept under a key rests on the items behind guards."""
        if key in self._noted:
            return
        self._noted.add(key)
        for guard in guards:
            for item in self.items_read(guard):
                self._resting.setdefault(item, set()).add(key)

    @cached_property
    def _resting(self) -> dict[str, set[Hashable]]:
        found: dict[str, set[Hashable]] = {}
        for name in self._symbols:
            for behind in self.names_behind([name]):
                if behind in self.items:
                    found.setdefault(behind, set()).add(name)
        return found

    @cached_property
    def conditional_items(self) -> tuple[str, ...]:
        """The items that apply under a condition."""
        return tuple(n for n, item in self.items.items() if item.applies_if is not None)

    @cached_property
    def order_of_items(self) -> Mapping[str, int]:
        """The place of each item in the order written."""
        return {name: number for number, name in enumerate(self.items)}

    def symbol(self, name: str) -> Symbol | None:
        """What a name in a guard stands for, or None (`wizard.guard.Names`)."""
        return self._symbols.get(name)

    def names(self) -> Iterable[str]:
        """Every name that a guard may use (`wizard.guard.Names`)."""
        return self._symbols

    def advice(self) -> Iterable[str]:
        """Every recommendation and candidate (`wizard.guard.Names`)."""
        return [*self.recommendations, *self.candidates]

    @cached_property
    def _symbols(self) -> Mapping[str, Symbol]:
        return symbols_of(self.items, self.derived, self.scores, self.findings)


@dataclass(frozen=True)
class Library:
    """All loaded pathways by id."""

    pathways: Mapping[str, Pathway]

    def __getitem__(self, pathway: str) -> Pathway:
        """The pathway of that id; raises KeyError."""
        return self.pathways[pathway]

    @property
    def common(self) -> CommonFile:
        """What every pathway may use."""
        return next(iter(self.pathways.values())).common


def library_of(
    contents: Mapping[str, PathwayFile], common: CommonFile, hashes: Mapping[str, str]
) -> Library:
    """The pathways of a root folder, on one common ground, with the hash of each."""
    asked = frozenset(
        item for c in contents.values() for step in c.steps.values() for item in step.asks
    )
    return Library(
        {name: Pathway(content, common, hashes[name], asked) for name, content in contents.items()}
    )
