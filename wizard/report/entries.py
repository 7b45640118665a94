"""How each definition of a pathway reads on paper: one entry each, guards in English.

`description` says which entries a pathway has and in which order; `review` prints them and
`difference` compares them. Whatever a definition says is an aspect of its entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from wizard.case.wording import advice_title, topic_words
from wizard.definition.computed import Finding
from wizard.definition.evidence import Conflict
from wizard.definition.fields import Phrase
from wizard.definition.item import Item
from wizard.definition.models import (
    Alert,
    AlertAction,
    Decision,
    Endpoint,
    Header,
    Invariant,
    Step,
    TeachingNote,
)
from wizard.definition.patient import PatientNote, PatientWords
from wizard.definition.recommendation import Recommendation
from wizard.guard import parse_invariant
from wizard.guard.nodes import names_recommended
from wizard.report.entry import Entry, said
from wizard.report.exits import exit_words
from wizard.report.naming import Naming
from wizard.text import format_date, listed


class Entries(Naming):
    """Writes entries of everything but derived values, scores and tables (`number_entries`)."""

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
                ("begins at", self.target(header.start)),
                ("advice is given where", self.guard(header.population_if)),
                *(
                    (f"sentence, part {number}", self._phrase(phrase))
                    for number, part in enumerate(header.sentence, start=1)
                    for phrase in part
                ),
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
                ("asks", self.labels(step.asks)),
                ("may await", self.labels(step.may_await)),
                ("needs fresh", self.labels(step.needs_fresh)),
                (
                    "asked for the record",
                    self.labels(step.for_the_record),
                ),
                ("while it waits", step.meanwhile),
                *self._decision(step.decision),
                (
                    "comes back",
                    f"asks {self.labels(loop.ask_again)} anew, at most {loop.visits} visits, "
                    f"then: {self.target(loop.then)}"
                    if loop
                    else None,
                ),
                *(("exit", self._exit(step, number)) for number in range(len(step.exits))),
                ("claims", self.marks(step.claims)),
            ),
        )

    def _exit(self, step: Step, number: int) -> str:
        exit_ = step.exits[number]
        guard = None if exit_.if_ is None else self.guard(exit_.if_)
        if self.by_name:
            form = "otherwise" if exit_.otherwise else "unknown"
            return f"{guard or form}: {exit_.target}"
        return exit_words(self.pathway, exit_)

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
                *self._plain(item.patient),
                ("teaching", item.teaching),
                ("only where", self.guard(item.applies_if) if item.applies_if else None),
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
                ("section of the report", item.section),
                *(("said with others", self._phrase(phrase)) for phrase in item.with_others),
                ("shown on every page", f"as of the {item.echo}" if item.echo else None),
                ("claims", self.marks(item.claims)),
            ),
        )

    def note_frame(self, frame: PatientNote) -> Entry:
        """The frame of the draft note for the patient."""
        texts = {n: v for n, v in vars(frame).items() if isinstance(v, str) and n != "title"}
        plain = ((n.replace("_", " "), v) for n, v in texts.items())
        found = {n: self.guard(v) if n == "told if" else v for n, v in plain}
        return Entry(
            "note",
            "patient_note",
            frame.title,
            said(
                *found.items(),
                ("words of the illness", listed(frame.illness_words)),
                ("words never said", listed(frame.never_words)),
            ),
        )

    def _plain(self, words: PatientWords | None) -> Iterator[tuple[str, str | None]]:
        if words is not None:
            yield "to the patient", words.says
            yield "said", "only once the patient has been told" if words.illness else None
            yield "hard to read because", words.hard

    def _phrase(self, phrase: Phrase) -> str:
        when = f"if {self.guard(phrase.if_)}, " if phrase.if_ is not None else ""
        return f"{when}says: {phrase.says}"

    def _option(self, item: Item, option: str | None) -> str | None:
        return option if option is None or self.by_name else item.options[option].label

    def advice(self, kind: str, name: str, advice: Recommendation, step: str = "") -> Entry:
        """A recommendation, or a candidate of a step."""
        p = self.pathway
        self.disputed.update(dict.fromkeys(advice.conflicts))
        return Entry(
            kind,
            name,
            advice.title,
            said(
                ("decided at", self.target(step) if step else None),
                ("action", advice.action),
                ("who", self.who(advice.who)),
                ("by", advice.by),
                ("when", self.guard(advice.if_)),
                *(
                    ("not when", self.marked(f"{self.guard(c.if_)}: {c.because}", c.claims))
                    for c in advice.contraindicated_if
                ),
                *self._plain(advice.patient),
                ("why", advice.why),
                ("strength", advice.strength),
                ("certainty", advice.certainty),
                *(
                    (
                        "argument",
                        self.marked(self._argument(a.if_, a.for_, a.against), a.claims),
                    )
                    for a in advice.arguments
                ),
                *(("note", self.marked(f"{n.label}: {n.text}", n.claims)) for n in advice.notes),
                (
                    "sources differ on",
                    listed(c if self.by_name else p.conflicts[c].topic for c in advice.conflicts)
                    if advice.conflicts
                    else None,
                ),
                ("result recorded as", self.labels((advice.result,) if advice.result else ())),
                ("about the action", advice.about.replace("_", " ") if advice.about else None),
                ("section of the report for its notes", advice.section),
                ("kind", None if advice.until_done else "a rule to keep, not a task to tick"),
                ("quotes", self._tables(advice.tables)),
                ("claims", self.marks(advice.claims)),
            ),
        )

    def _tables(self, names: tuple[str, ...]) -> str | None:
        self.tables.update(dict.fromkeys(names))
        shared = self.pathway.tables
        return listed(n if self.by_name else shared[n].label for n in names) if names else None

    def _argument(self, if_: str | None, for_: str | None, against: str | None) -> str:
        side = f"for: {for_}" if for_ else f"against: {against}"
        return f"if {self.guard(if_)}, {side}" if if_ else side

    def alert(self, name: str, alert: Alert) -> Entry:
        """An emergency: when, what to do at once, whom to call."""
        return Entry(
            "emergency",
            name,
            alert.title,
            said(
                ("in lists", alert.short),
                *(
                    ("called", f"{n.title}; in lists {n.short}, if {self.guard(n.if_)}")
                    for n in alert.names
                ),
                ("when", self.guard(alert.if_)),
                ("text", alert.text),
                *(("now", self._at_once(a)) for a in alert.now),
                ("to exclude it", alert.find_out),
                ("in place of excluded", alert.proviso),
                *self._plain(alert.patient),
                ("contact", self.contact(alert.contact)),
                ("taken over by", alert.trail),
                ("claims", self.marks(alert.claims)),
            ),
        )

    def _at_once(self, action: AlertAction) -> str:
        until = f"; until {self.guard(action.until)}" if action.until is not None else ""
        plain = f"; to the patient: {action.patient.says}" if action.patient is not None else ""
        words = f"{action.do}; {self.who(action.who)}; {action.by}{until}{plain}"
        return self.marked(words, action.claims)

    def endpoint(self, name: str, end: Endpoint) -> Entry:
        """A named end."""
        outside = "the patient is outside this pathway" if end.outside else None
        return Entry(
            "end",
            name,
            end.title,
            said(("text", end.text), ("scope", outside), ("claims", self.marks(end.claims))),
        )

    def finding(self, name: str, finding: Finding) -> Entry:
        """A finding; its sentence stands for it in every guard that names it."""
        when = ("when", self.guard(finding.if_))
        return Entry(
            "finding", name, finding.text, said(when, ("claims", self.marks(finding.claims)))
        )

    def note(self, name: str, note: TeachingNote) -> Entry:
        """A note for trainees and the questions beside which it is shown."""
        here = tuple(item for item in note.items if item in self.pathway.items)
        return Entry(
            "note",
            name,
            note.title,
            said(
                ("topic", note.topic),
                ("text", note.text),
                ("beside", self.labels(here)),
                ("claims", self.marks(note.claims)),
            ),
        )

    def invariant(self, name: str, invariant: Invariant) -> Entry:
        """What must never happen, and from where that is known."""
        parsed = parse_invariant(invariant.never)
        never, when = self.expr(parsed.never), self.expr(parsed.when)
        about = sorted(names_recommended(parsed.never))
        titles = (n if self.by_name else advice_title(self.pathway, n) for n in about)
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
        sides = (("position", self.marked(p.text, p.claims)) for p in conflict.positions)
        return Entry("disagreement", name, topic_words(conflict), said(*sides))
