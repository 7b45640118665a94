"""How each definition of a pathway reads on paper: one entry each, guards in English.

`description` says which entries a pathway has and in which order; `review` prints them and
`difference` compares them. Whatever a definition says is an aspect of its entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizard.case.wording import SITE, advice_title, expr_words, name_words, topic_words
from wizard.definition.library import Pathway
from wizard.definition.models import (
    Alert,
    Conflict,
    Decision,
    Derived,
    Endpoint,
    Example,
    Finding,
    Header,
    Invariant,
    Item,
    Recommendation,
    Row,
    Score,
    Step,
    Table,
    TeachingNote,
)
from wizard.guard import Expr, names_in, parse_invariant
from wizard.guard.nodes import names_recommended
from wizard.report.entry import Aspect, Entry, said
from wizard.report.exits import exit_words, target_words
from wizard.text import format_date, listed


class Entries:
    """Writes entries, and gathers what they name: names of guards, claims, conflicts, contacts,
    tables.

    With `by_name` the same aspects say guards and names as they stand in the files, so that a
    changed label does not look like a change of everything that names it.
    """

    def __init__(self, pathway: Pathway, by_name: bool = False) -> None:
        self._pathway = pathway
        self.by_name = by_name
        self.named: dict[str, None] = {}
        self.cited: dict[str, None] = {}
        self.disputed: dict[str, None] = {}
        self.contacts: dict[str, None] = {}
        self.tables: dict[str, None] = {}

    def _guard(self, text: str) -> str:
        words = self._expr(self._pathway.guard(text))
        return " ".join(text.split()) if self.by_name else words

    def _expr(self, expr: Expr) -> str:
        self.named.update(dict.fromkeys(sorted(names_in(expr))))
        return expr_words(self._pathway, expr)

    def _labels(self, items: tuple[str, ...]) -> str | None:
        if not items:
            return None
        words = (i if self.by_name else name_words(self._pathway, i) for i in items)
        return listed(words)

    def _target(self, name: str) -> str:
        return name if self.by_name else target_words(self._pathway, name)

    def _cited(self, words: str, claims: Iterable[str]) -> str:
        marks = self._claims(claims)
        return f"{words} [{marks}]" if marks else words

    def _claims(self, claims: Iterable[str]) -> str:
        found = tuple(claims)
        self.cited.update(dict.fromkeys(found))
        return ", ".join(found)

    def _who(self, who: str) -> str:
        if not who.startswith(SITE):
            return who
        return self._contact(who.removeprefix(SITE))

    def _contact(self, name: str) -> str:
        self.contacts[name] = None
        return name if self.by_name else f"{self._pathway.common.contacts[name]} (contact {name})"

    def header(self, header: Header) -> Entry:
        """Who the pathway is for, its version and its review."""
        return Entry(
            "pathway",
            header.id,
            header.title,
            said(
                ("version", header.version),
                ("summary", header.summary),
                ("for whom", header.for_whom),
                ("status", header.status),
                ("evidence checked", format_date(header.evidence_checked)),
                ("review due", format_date(header.review_due)),
                ("begins at", self._target(header.start)),
                ("advice is given where", self._guard(header.population_if)),
            ),
        )

    def step(self, name: str, step: Step) -> Entry:
        """What a step says, asks and decides, and its ways on."""
        loop = step.loop
        return Entry(
            "step",
            name,
            step.title,
            said(
                ("text", step.text),
                ("teaching", step.teaching),
                ("asks", self._labels(step.asks)),
                ("may await", self._labels(step.may_await)),
                ("needs fresh", self._labels(step.needs_fresh)),
                (
                    "asked for the record",
                    self._labels(step.for_the_record),
                ),
                ("while it waits", step.meanwhile),
                *self._decision(step.decision),
                (
                    "comes back",
                    f"asks {self._labels(loop.ask_again)} anew, at most {loop.visits} visits, "
                    f"then: {self._target(loop.then)}"
                    if loop
                    else None,
                ),
                *(("exit", self._exit(step, number)) for number in range(len(step.exits))),
                ("claims", self._claims(step.claims)),
            ),
        )

    def _exit(self, step: Step, number: int) -> str:
        exit_ = step.exits[number]
        guard = None if exit_.if_ is None else self._guard(exit_.if_)
        if self.by_name:
            form = "otherwise" if exit_.otherwise else "unknown"
            return f"{guard or form}: {exit_.target}"
        return exit_words(self._pathway, exit_)

    def _decision(self, decision: Decision | None) -> Iterator[tuple[str, str | None]]:
        if decision is None:
            return
        yield "decides", decision.question
        yield "selection", decision.selection
        yield "none reads", decision.none_label
        yield (
            "candidates in order",
            (listed(n if self.by_name else c.title for n, c in decision.candidates.items())),
        )

    def item(self, name: str, item: Item) -> Entry:
        """A question: wording, why it is asked, what may be answered."""
        hard, soft = (item.limits.hard, item.limits.soft) if item.limits else (None, None)
        unit = f" {item.unit}" if item.unit else ""
        return Entry(
            "question",
            name,
            item.label,
            said(
                ("asks", item.ask.clinician),
                ("asks a trainee", item.ask.trainee),
                ("why", item.why),
                ("teaching", item.teaching),
                ("only where", self._guard(item.applies_if) if item.applies_if else None),
                (
                    "elsewhere taken as",
                    self._option(item, item.otherwise),
                ),
                ("answer", {"choice": "one of", "multi": "any of"}.get(item.type, item.type)),
                *(
                    ("option", f"{o.label} (in reports: {o.says})" if o.says else o.label)
                    for o in item.options.values()
                ),
                ("none of the others", item.none_of_the_others),
                ("unit", item.unit),
                ("unit in UCUM", item.ucum),
                *(("level", f"{level}: {words}") for level, words in item.levels.items()),
                *(
                    ("also takes", f"{u}, multiplied by {factor}")
                    for u, factor in item.accepts.items()
                ),
                ("refused outside", f"{hard[0]} to {hard[1]}{unit}" if hard else None),
                ("asked again outside", f"{soft[0]} to {soft[1]}{unit}" if soft else None),
                ("worse", item.worse),
                ("may be absent as", listed(a.replace("_", " ") for a in item.absence)),
                (
                    "out of date after",
                    f"{item.shelf_life_days} days" if item.shelf_life_days else None,
                ),
                ("shown on every page", f"as of the {item.echo}" if item.echo else None),
                ("claims", self._claims(item.claims)),
            ),
        )

    def _option(self, item: Item, option: str | None) -> str | None:
        return option if option is None or self.by_name else item.options[option].label

    def advice(self, kind: str, name: str, advice: Recommendation, step: str = "") -> Entry:
        """A recommendation, or a candidate of a step."""
        p = self._pathway
        self.disputed.update(dict.fromkeys(advice.conflicts))
        return Entry(
            kind,
            name,
            advice.title,
            said(
                ("decided at", self._target(step) if step else None),
                ("action", advice.action),
                ("who", self._who(advice.who)),
                ("by", advice.by),
                ("when", self._guard(advice.if_)),
                *(
                    ("not when", self._cited(f"{self._guard(c.if_)}: {c.because}", c.claims))
                    for c in advice.contraindicated_if
                ),
                ("why", advice.why),
                ("strength", advice.strength),
                ("certainty", advice.certainty),
                *(
                    ("argument", self._cited(self._argument(a.if_, a.for_, a.against), a.claims))
                    for a in advice.arguments
                ),
                *(("note", self._cited(f"{n.label}: {n.text}", n.claims)) for n in advice.notes),
                (
                    "sources differ on",
                    listed(c if self.by_name else p.conflicts[c].topic for c in advice.conflicts)
                    if advice.conflicts
                    else None,
                ),
                ("about the action", advice.about.replace("_", " ") if advice.about else None),
                ("kind", None if advice.until_done else "a rule to keep, not a task to tick"),
                ("quotes", self._tables(advice.tables)),
                ("claims", self._claims(advice.claims)),
            ),
        )

    def _tables(self, names: tuple[str, ...]) -> str | None:
        self.tables.update(dict.fromkeys(names))
        shared = self._pathway.tables
        return listed(n if self.by_name else shared[n].label for n in names) if names else None

    def _argument(self, if_: str | None, for_: str | None, against: str | None) -> str:
        side = f"for: {for_}" if for_ else f"against: {against}"
        return f"if {self._guard(if_)}, {side}" if if_ else side

    def alert(self, name: str, alert: Alert) -> Entry:
        """An emergency: when, what to do at once, whom to call."""
        return Entry(
            "emergency",
            name,
            alert.title,
            said(
                ("in lists", alert.short),
                ("when", self._guard(alert.if_)),
                ("text", alert.text),
                *(
                    ("now", self._cited(f"{a.do}; {self._who(a.who)}; {a.by}", a.claims))
                    for a in alert.now
                ),
                ("to exclude it", alert.find_out),
                ("contact", self._contact(alert.contact)),
                ("taken over by", alert.trail),
                ("claims", self._claims(alert.claims)),
            ),
        )

    def endpoint(self, name: str, end: Endpoint) -> Entry:
        """A named end."""
        outside = "the patient is outside this pathway" if end.outside else None
        return Entry(
            "end",
            name,
            end.title,
            said(("text", end.text), ("scope", outside), ("claims", self._claims(end.claims))),
        )

    def finding(self, name: str, finding: Finding) -> Entry:
        """A finding; its sentence stands for it in every guard that names it."""
        when = ("when", self._guard(finding.if_))
        return Entry(
            "finding", name, finding.text, said(when, ("claims", self._claims(finding.claims)))
        )

    def derived(self, name: str, value: Derived) -> Entry:
        """A derived value with its formula, rounding and validity."""
        cases = (f"{self._guard(c.formula)}, if {self._guard(c.if_)}" for c in value.cases)
        return Entry(
            "derived value",
            name,
            value.label,
            said(
                ("formula", self._guard(value.formula) if value.formula else None),
                *(("formula", case) for case in cases),
                ("unit", value.unit),
                ("rounded to", f"{value.decimals} decimals{_down(value)}"),
                ("valid where", self._guard(value.valid_if) if value.valid_if else None),
                ("elsewhere", value.otherwise_says),
                ("note", value.note),
                *_examples(value.examples),
                ("claims", self._claims(value.claims)),
            ),
        )

    def score(self, name: str, score: Score) -> Entry:
        """A points score with its terms and bands."""
        return Entry(
            "score",
            name,
            score.label,
            said(
                *(("term", words) for words in self._terms(score)),
                *(
                    ("band", self._cited(f"{b.from_} to {b.to}: {b.says}", b.claims))
                    for b in score.bands
                ),
                ("valid where", self._guard(score.valid_if)),
                ("elsewhere", score.otherwise_says),
                ("note", score.note),
                *_examples(score.examples),
                ("claims", self._claims(score.claims)),
            ),
        )

    def table(self, name: str, table: Table) -> Entry:
        """A table that is looked up, row by row."""
        self.named[table.input] = None
        rows = (f"{_interval(row, table.unit)}: {row.says}" for row in table.rows)
        return Entry(
            "table",
            name,
            table.label,
            said(
                ("looked up by", self._labels((table.input,))),
                *(("row", row) for row in rows),
                ("valid where", self._guard(table.valid_if) if table.valid_if else None),
                ("elsewhere", table.otherwise_says),
                ("note", table.note),
                *_examples(table.examples),
                ("claims", self._claims(table.claims)),
            ),
        )

    def note(self, name: str, note: TeachingNote) -> Entry:
        """A note for trainees and the questions beside which it is shown."""
        here = tuple(item for item in note.items if item in self._pathway.items)
        return Entry(
            "note",
            name,
            note.title,
            said(
                ("topic", note.topic),
                ("text", note.text),
                ("beside", self._labels(here)),
                ("claims", self._claims(note.claims)),
            ),
        )

    def _terms(self, score: Score) -> Iterator[str]:
        for term in score.terms:
            if term.item is None:
                yield f"{term.label}: {term.adds} if {self._guard(term.if_ or 'always')}"
                continue
            self.named[term.item] = None
            options = self._pathway.items[term.item].options
            points = (
                f"{o if self.by_name else options[o].label} {n}" for o, n in term.points.items()
            )
            yield f"{term.label}: {listed(points)}"

    def invariant(self, name: str, invariant: Invariant) -> Entry:
        """What must never happen, and from where that is known."""
        parsed = parse_invariant(invariant.never)
        never, when = self._expr(parsed.never), self._expr(parsed.when)
        about = sorted(names_recommended(parsed.never))
        titles = (n if self.by_name else advice_title(self._pathway, n) for n in about)
        return Entry(
            "invariant",
            name,
            invariant.text,
            said(
                ("never", invariant.never if self.by_name else f"{never}, when {when}"),
                ("about", listed(titles)),
                *(("source", source) for source in invariant.source),
            ),
        )

    def conflict(self, name: str, conflict: Conflict) -> Entry:
        """A disagreement of sources with every position."""
        sides = (("position", self._cited(p.text, p.claims)) for p in conflict.positions)
        return Entry("disagreement", name, topic_words(conflict), said(*sides))


def _down(value: Derived) -> str:
    return ", down" if value.rounding == "down" else ""


def _examples(examples: Iterable[Example]) -> Iterator[Aspect]:
    for example in examples:
        given = "; ".join(f"{name} {typed}" for name, typed in example.given.items())
        yield "example", f"{given}: {example.gives}"


def _interval(row: Row, unit: str) -> str:
    """The numbers of a row, each bound as the file has it."""
    bounds = (("from", row.from_), ("above", row.above), ("to", row.to), ("below", row.below))
    return f"{' '.join(f'{word} {n}' for word, n in bounds if n is not None)} {unit}"
