"""What a report of a case says, in sections; renderings only lay it out.

Nothing in it depends on the order in which answers were given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from itertools import groupby

from wizard.case.explanation import next_question_words
from wizard.case.export import write_answers
from wizard.case.open_case import OpenCase
from wizard.case.wording import (
    NO_CONTACT,
    SITE,
    STAGES,
    advice_reason,
    echo_words,
    fact_words,
    facts_line,
    labels,
    person_words,
    review_words,
    who_words,
)
from wizard.definition.library import Pathway
from wizard.definition.models import Item
from wizard.engine.facts import Answer, Fact, Status
from wizard.engine.situation import Advice, AlertState, DecisionState, Situation, Trail
from wizard.guard import Absence, Absent, Truth, Value
from wizard.report.evidence import Evidence
from wizard.report.model import Line, Provenance, Section, Summary
from wizard.report.numbers import numbers
from wizard.text import format_date, listed

CALL_SHEET_TASKS = 5
"""What is said on the telephone; the report has them all."""


def summarise(case: OpenCase, contacts: Mapping[str, str], tool: str) -> Summary:
    """Everything that a report of this case says now."""
    return _Summariser(case, contacts, tool).summary()


class _Summariser:
    def __init__(self, case: OpenCase, contacts: Mapping[str, str], tool: str) -> None:
        self._case = case
        self._situation: Situation = case.situation
        self._contacts = contacts
        self._tool = tool
        self._evidence = Evidence(case.pathway)
        self._unset: dict[str, None] = {}

    def summary(self) -> Summary:
        """All sections; the basis comes last because it lists what the others cite."""
        sections = [
            *self._reopened(),
            self._do_now(),
            self._where(),
            self._how(),
            self._emergencies(),
            *self._open_decisions(),
            self._advice(),
            numbers(self._situation, self._evidence),
            self._unknown(),
            self._decisions_made(),
        ]
        sections += self._evidence.sections()
        final = self._case.state.checked is not None and self._situation.current.finished
        header = self._case.pathway.header
        answers = write_answers(self._case.state)
        who = (person_words(self._situation), echo_words(self._situation))
        provenance = Provenance(
            tool=self._tool,
            pathway=header.id,
            title=header.title,
            version=header.version,
            hash=self._case.pathway.hash[:16],
            review_status=review_words(header, self._situation.as_of),
            review_due=format_date(header.review_due),
            as_of=format_date(self._situation.as_of),
            digest=digest(answers),
        )
        return Summary(
            status="FINAL" if final else "WORKING COPY",
            person=" - ".join(filter(None, who)),
            provenance=provenance,
            sections=tuple(sections),
            call_sheet=self._call_sheet(),
            answers=answers,
        )

    def _pathway(self, name: str) -> Pathway:
        return next(p for p in self._situation.pathways if p.id == name)

    def _reopened(self) -> list[Section]:
        lines = []
        for decision in self._situation.reopened:
            made = decision.commitment
            if made is None:
                continue
            now = {a.id: a for a in decision.candidates}
            for name in decision.worse:
                then = made.statuses.get(name, Status.RECOMMENDED)
                advice = now.get(name)
                if advice is None:
                    gone = f"{name}: {then} then, no longer a candidate in this version"
                    lines.append(Line(gone, lead=decision.decision.question))
                    continue
                reason = advice_reason(self._situation, advice)
                lines.append(
                    Line(
                        f"{advice.recommendation.title}: then {then} "
                        f"({format_date(made.on)}), now {advice.status_words}: {reason}",
                        lead=decision.decision.question,
                    )
                )
        return [Section("DECISION REOPENED", tuple(lines))] if lines else []

    def _do_now(self) -> Section:
        """Emergencies, what is awaited, the next step, then the tasks; all with who and by when."""
        lines = [*self._alert_actions(), *self._awaited_lines(), *self._next_step()]
        for advice in self._to_do():
            recommendation = advice.recommendation
            pathway = self._pathway(advice.pathway)
            unchecked = advice.status is Status.CHECK_FIRST
            checks = (advice_reason(self._situation, advice),) if unchecked else ()
            lines.append(
                Line(
                    recommendation.title,
                    details=checks,
                    who=self._who(recommendation.who, pathway),
                    by=recommendation.by,
                )
            )
        actions = [line for line in lines if line.who]
        undated = sum(line.by.startswith(("not set", "no date")) for line in actions)
        aside = f"{len(actions)} actions, {undated} without a date" if actions else ""
        if self._unset:
            names = listed(self._unset)
            lines.append(Line(f"{names}: {NO_CONTACT}", lead="CONTACTS"))
        return Section("DO NOW", tuple(lines) or (Line("Nothing is advised yet."),), aside)

    def _who(self, who: str, pathway: Pathway) -> str:
        """Who acts; a contact that this site has not set is named once, below the actions."""
        name = who.removeprefix(SITE)
        if not who.startswith(SITE) or name in self._contacts:
            return who_words(who, pathway, self._contacts)
        self._unset.setdefault(pathway.common.contacts[name])
        return pathway.common.contacts[name]

    def _to_do(self) -> list[Advice]:
        """Advice that is a task not yet answered: recommended first, then to be checked first."""
        done = (Answer.ALREADY_DONE, Answer.DECLINED)
        return [
            advice
            for status in (Status.RECOMMENDED, Status.CHECK_FIRST)
            for advice in self._situation.listed
            if advice.status is status
            and advice.recommendation.until_done
            and (advice.response is None or advice.response.answer not in done)
        ]

    def _alert_actions(self) -> list[Line]:
        lines = []
        for state in self._situation.alerts:
            if state.truth is not Truth.TRUE:
                continue
            held = "nobody has it in hand"
            if state.in_hand is not None:
                held = f"in hand: {state.in_hand.who}, since {state.in_hand.since}"
            because = f"because {facts_line(self._situation, state.deciding)}"
            claims = self._evidence.cite(state.alert.claims)
            title = Line(state.alert.title, "EMERGENCY", (held, because), claims)
            lines.append(title)
            for action in state.alert.now:
                who = self._who(action.who, self._case.pathway)
                cited = self._evidence.cite(action.claims)
                lines.append(Line(action.do, claims=cited, who=who, by=action.by))
        return lines

    def _awaited_lines(self) -> list[Line]:
        lines = []
        for _, item, fact in self._facts():
            if fact.absence is not Absence.AWAITED:
                continue
            due = format_date(fact.due) if fact.due else "no date"
            if fact.due and fact.due < self._situation.as_of:
                due += ", overdue"
            chaser = f"chased by {fact.chased_by}" if fact.chased_by else "nobody chases it"
            who = fact.awaited_from or "sender not said"
            lines.append(Line(item.label, "AWAITED", (chaser,), who=who, by=due))
        return lines

    def _next_step(self) -> list[Line]:
        trail = self._situation.current
        if trail.finished:
            return []
        step = self._situation.step(trail.stop.place)
        pathway = self._situation.pathway_of(trail.stop.place)
        what = {
            "asks": f"answer {labels(pathway, trail.stop.items)}",
            "waits": f"wait for {labels(pathway, trail.stop.items)}",
            "decides": "decide",
            "ends": "",
        }[trail.stop.kind]
        details = [f"meanwhile: {step.meanwhile}"] if step.meanwhile else []
        best = next_question_words(self._case)
        if best:
            details.append(f"would settle most: {best}")
        return [Line(f"{step.title}: {what}", lead="NEXT", details=tuple(details))]

    def _where(self) -> Section:
        situation = self._situation
        lines = []
        for trail in situation.trails:
            lead = "Emergency trail" if trail.alert else "Work-up"
            lines.append(Line(self._trail_words(trail), lead=lead))
        true = [f for f in situation.findings if f.truth is Truth.TRUE]
        lines += [
            Line(f.finding.text, lead="Finding", claims=self._evidence.cite(f.finding.claims))
            for f in true
        ]
        return Section("SITUATION", tuple(lines))

    def _trail_words(self, trail: Trail) -> str:
        situation = self._situation
        if trail.finished:
            endpoint = situation.endpoint(trail)
            text = f". {endpoint.text}" if endpoint is not None else ""
            return situation.end_words(trail) + text
        step = situation.step(trail.stop.place)
        verb = {"asks": "asks", "waits": "waits for", "decides": "is to be decided", "ends": ""}
        pathway = situation.pathway_of(trail.stop.place)
        items = labels(pathway, trail.stop.items) if trail.stop.items else ""
        stage = STAGES[step.stage]
        return f"{stage}, {step.title}: {verb[trail.stop.kind]} {items}".rstrip()

    def _facts(self) -> list[tuple[str, Item, Fact]]:
        """Every fact at its latest visit, in the order in which the steps ask, then the rest."""
        facts = self._case.state.facts.facts
        order: dict[str, Item] = {}
        for pathway in self._situation.pathways:
            asked = [name for step in pathway.steps.values() for name in step.asks]
            for name in (*asked, *pathway.items):
                order.setdefault(name, pathway.items[name])
        return [(n, item, facts[n][max(facts[n])]) for n, item in order.items() if n in facts]

    def _stage_of(self) -> dict[str, str]:
        stages: dict[str, str] = {}
        for pathway in self._situation.pathways:
            for step in pathway.steps.values():
                for name in step.asks:
                    stages.setdefault(name, step.stage)
        return stages

    def _how(self, but: Collection[str] = ()) -> Section:
        """What was entered, by stage, `but` for some items."""
        stages = self._stage_of()
        facts = self._case.state.facts.facts
        said: dict[str, list[str]] = {}
        for name, item, _ in self._facts():
            visits = [facts[name][visit] for visit in sorted(facts[name])]
            answers = [fact for fact in visits if fact.is_answer and fact.absence is None]
            if not answers or name in but:
                continue
            words = [said for said, _ in groupby(self._dated(item, fact) for fact in answers)]
            text = "; then ".join(words)
            stage = STAGES.get(stages.get(name, ""), "Other")
            said.setdefault(stage, []).append(f"{item.label}: {text}")
        lines = [Line("; ".join(said[s]), lead=s) for s in (*STAGES.values(), "Other") if s in said]
        return Section("HOW WE CAME HERE", tuple(lines) or (Line("Nothing entered yet."),))

    def _dated(self, item: Item, fact: Fact) -> str:
        """A value with its date, where that is not today, and its source, where that is named."""
        parts = []
        if fact.on != self._situation.as_of:
            parts.append(format_date(fact.on))
        if fact.source != "entered":
            parts.append(fact.source)
        return fact_words(item, fact) + (f" ({', '.join(parts)})" if parts else "")

    def _emergencies(self) -> Section:
        states = self._situation.alerts
        lines = []
        for state in states:
            if state.truth is Truth.TRUE:
                lines.append(Line(self._alert_words(state), lead="Present"))
        missing = [s for s in states if s.truth is Truth.UNKNOWN]
        for state in missing:
            asked = facts_line(self._situation, state.deciding)
            if len(state.deciding) == 1:
                asked = asked.rsplit(": ", 1)[-1]
            lines.append(
                Line(
                    f"{state.alert.title}: {asked}. {state.alert.find_out}",
                    lead="Not yet excluded",
                    claims=self._evidence.cite(state.alert.claims),
                )
            )
        excluded = [s.alert.title for s in states if s.truth is Truth.FALSE]
        lines.append(Line(listed(excluded), lead="Excluded"))
        for episode in self._case.state.episodes:
            if episode.withdrawn is not None and episode.alert in self._case.pathway.alerts:
                title = self._case.pathway.alerts[episode.alert].title
                lines.append(
                    Line(
                        f"{title}: {format_date(episode.raised)} to "
                        f"{format_date(episode.withdrawn)}",
                        lead="Raised and withdrawn",
                    )
                )
        if not missing and all(s.truth is Truth.FALSE for s in states):
            return Section("EMERGENCIES", tuple(lines), "no emergency found")
        aside = f"not fully assessed: {len(missing)} of {len(states)}" if missing else ""
        return Section("EMERGENCIES", tuple(lines), aside)

    def _alert_words(self, state: AlertState) -> str:
        words = f"{state.alert.title}: {facts_line(self._situation, state.deciding)}"
        if state.in_hand is not None:
            words += f"; in hand: {state.in_hand.who}, since {state.in_hand.since}"
        if state.continued is not None:
            words += f"; work-up continued beside it on {format_date(state.continued.on)}"
        return words

    def _open_decisions(self) -> list[Section]:
        """The options of every decision that is open or reopened; where none is, of the last."""
        return [
            Section(f"OPTIONS: {d.decision.question}", self._options(d), d.decision.selection)
            for d in self._decisions_shown()
        ]

    def _decisions_shown(self) -> tuple[DecisionState, ...]:
        decisions = self._situation.decisions
        wanted = tuple(d for d in decisions if d.commitment is None or d.reopened)
        return wanted or decisions[-1:]

    def _options(self, decision: DecisionState) -> tuple[Line, ...]:
        lines = []
        for advice in decision.candidates:
            pathway = self._pathway(advice.pathway)
            recommendation = advice.recommendation
            details = []
            if advice.status is not Status.RECOMMENDED:
                details.append(advice_reason(self._situation, advice))
            if advice.status is Status.NOT_INDICATED:
                lead = advice.status_words.upper()
                lines.append(Line(recommendation.title, lead=lead, details=tuple(details)))
                continue
            details.append(recommendation.action)
            claims = list(recommendation.claims)
            for argument in recommendation.arguments:
                reading_true = argument.if_ is None or self._true(pathway, argument.if_)
                if reading_true:
                    side = "for" if argument.for_ else "against"
                    details.append(f"{side}: {argument.for_ or argument.against}")
                    claims += argument.claims
            for note in recommendation.notes:
                details.append(f"{note.label.lower()}: {note.text}")
                claims += note.claims
            details += self._evidence.differing(recommendation.conflicts, pathway)
            proposed = " (PROPOSED)" if advice.id in decision.proposal else ""
            lines.append(
                Line(
                    f"{recommendation.title}{proposed}",
                    lead=advice.status_words.upper(),
                    details=tuple(details),
                    claims=self._evidence.cite(claims),
                )
            )
        return tuple(lines)

    def _true(self, pathway: Pathway, guard: str) -> bool:
        return self._case.truth(pathway, guard) is Truth.TRUE

    def _advice(self) -> Section:
        """All other advice; what is pending stands in one line."""
        shown = {a.id for d in self._decisions_shown() for a in d.candidates}
        others = [a for a in self._situation.listed if a.id not in shown]
        lines = [
            self._pending_line(advice) if advice.status is Status.PENDING else self._in_full(advice)
            for status in Status
            for advice in others
            if advice.status is status
        ]
        if not any(a.status is Status.BLOCKED for a in self._situation.listed):
            lines.append(Line("nothing", lead="BLOCKED"))
        if self._situation.pending_later:
            later = f"{self._situation.pending_later} more in stages not yet reached"
            lines.append(Line(later, lead="PENDING"))
        return Section("OTHER ADVICE", tuple(lines))

    def _pending_line(self, advice: Advice) -> Line:
        recommendation = advice.recommendation
        reason = advice_reason(self._situation, advice)
        claims = self._evidence.cite(recommendation.claims)
        return Line(f"{recommendation.title}: {reason}", advice.status_words.upper(), claims=claims)

    def _in_full(self, advice: Advice) -> Line:
        recommendation = advice.recommendation
        pathway = self._pathway(advice.pathway)
        basis = f"({recommendation.strength}; {recommendation.certainty})"
        details = [f"why: {recommendation.why} {basis}"]
        if advice.status is not Status.RECOMMENDED:
            details.insert(0, advice_reason(self._situation, advice))
        details += [f"{n.label.lower()}: {n.text}" for n in recommendation.notes]
        details += self._evidence.differing(recommendation.conflicts, pathway)
        if advice.response is not None:
            details.append(_response_words(advice, pathway))
        claims = [*recommendation.claims, *(c for n in recommendation.notes for c in n.claims)]
        return Line(
            recommendation.action,
            lead=advice.status_words.upper(),
            details=tuple(details),
            claims=self._evidence.cite(claims),
        )

    def _unknown(self) -> Section:
        wanted = self._wanted()
        by_reason: dict[str, list[str]] = {}
        for name, item in wanted.items():
            value = self._situation.values.get(name) or self._latest(name)
            if isinstance(value, Absent):
                if value.reason is not Absence.NOT_APPLICABLE:
                    by_reason.setdefault(value.reason.words, []).append(item.label)
            elif hasattr(value, "open") and value.open:
                missing = listed(
                    item.options[o].label.lower() for o in item.options if o in value.open
                )
                by_reason.setdefault("not asked", []).append(f"{item.label} ({missing})")
        total = sum(map(len, by_reason.values()))
        order = [r.words for r in Absence]
        lines = [Line(listed(by_reason[r]), lead=r) for r in order if r in by_reason]
        facts = self._case.state.facts
        aside = [self._label(name) for name in sorted(facts.set_aside)]
        library = self._case.library.pathways
        for place in sorted(self._situation.set_aside_commitments):
            steps = library[place.pathway].steps if place.pathway in library else {}
            aside.append(steps[place.step].title if place.step in steps else place.step)
        lines.append(Line(listed(aside), lead="Set aside"))
        stopped = listed(self._label(n) for n in self._situation.stopped_applying)
        if self._situation.stopped_applying:
            lines.append(Line(stopped, lead="No longer applies"))
        declined = [
            f"{a.recommendation.title} ({a.response.reason})"
            for a in self._situation.advice
            if a.response is not None and a.response.answer is Answer.DECLINED
        ]
        lines.append(Line(listed(declined), lead="Declined"))
        return Section(f"NOT KNOWN OR NOT ASKED ({total})", tuple(lines))

    def _latest(self, name: str) -> Value:
        visits = self._case.state.facts.facts[name]
        return visits[max(visits)].value

    def _label(self, name: str) -> str:
        for pathway in self._case.library.pathways.values():
            if name in pathway.items:
                return pathway.items[name].label
        return name

    def _wanted(self) -> dict[str, Item]:
        """Every item on the trails, that advice or an alert is blocked by, or that was asked."""
        names: set[str] = set(self._case.state.facts.facts)
        for trail in self._situation.trails:
            for place in trail.places:
                names.update(self._situation.step(place).asks)
        for advice in self._situation.listed:
            names.update(advice.blocked_by)
        for state in self._situation.alerts:
            if state.truth is Truth.UNKNOWN:
                names.update(state.deciding)
        found: dict[str, Item] = {}
        for pathway in (*self._situation.pathways, *self._case.library.pathways.values()):
            for name, item in pathway.items.items():
                if name in names:
                    found.setdefault(name, item)
        return found

    def _decisions_made(self) -> Section:
        lines = []
        for decision in self._situation.decisions:
            made = decision.commitment
            if made is None:
                continue
            titles = {a.id: a.recommendation.title for a in decision.candidates}
            taken = listed([titles.get(c, c) for c in made.candidates], none="none")
            proposed = listed([titles.get(c, c) for c in made.proposal], none="nothing")
            if set(made.candidates) == set(made.proposal):
                text = f"{taken}: proposed and taken"
            else:
                reason = self._case.pathway.common.reasons.get(made.reason or "", "not given")
                text = f"{taken}; proposed: {proposed}; reason: {reason.lower()}"
            if made.words:
                text += f" ({made.words})"
            first = [titles.get(c, c) for c in made.find_out_first]
            details = (f"find out first at the time: {listed(first)}",) if first else ()
            lines.append(
                Line(
                    f"{text}, {format_date(made.on)}",
                    lead=decision.decision.question,
                    details=details,
                )
            )
        return Section("DECISIONS MADE", tuple(lines) or (Line("none yet"),))

    def _call_sheet(self) -> tuple[Section, ...]:
        """For the telephone: situation, background, assessment, what is asked for.

        With an emergency it is about that alone, and nothing is said twice.
        """
        situation = self._situation
        present = [s for s in situation.alerts if s.truth is Truth.TRUE]
        missing = [s.alert.title for s in situation.alerts if s.truth is Truth.UNKNOWN]
        if present:
            header = [Line(self._alert_words(s), lead="EMERGENCY") for s in present]
        else:
            trail = situation.current
            at = situation.end_words(trail) if trail.finished else self._trail_words(trail)
            header = [Line(at)]
        echoed = [n for p in situation.pathways for n, item in p.items.items() if item.echo]
        said = {"age", "sex", *echoed, *(name for s in present for name in s.deciding)}
        findings = [Line(f.finding.text) for f in situation.findings if f.truth is Truth.TRUE]
        assessment = [*findings, Line(listed(missing), lead=f"Not yet excluded ({len(missing)})")]
        asks = []
        for state in present:
            who = who_words(f"site:{state.alert.contact}", self._case.pathway, self._contacts)
            asks.append(Line(who, lead="Call"))
            asks += [Line(f"{a.do}, {a.by}") for a in state.alert.now]
        if not asks:
            tasks = [a.recommendation for a in self._to_do() if a.status is Status.RECOMMENDED]
            asks = [Line(f"{task.title}, {task.by}") for task in tasks[:CALL_SHEET_TASKS]]
            if len(tasks) > CALL_SHEET_TASKS:
                asks.append(Line(f"and {len(tasks) - CALL_SHEET_TASKS} more, in the report"))
        return (
            Section("SITUATION", tuple(header)),
            Section("BACKGROUND", self._how(but=said).lines),
            Section("ASSESSMENT", tuple(assessment)),
            Section("RECOMMENDATION AND REQUEST", tuple(asks) or (Line("none yet"),)),
        )


def _response_words(advice: Advice, pathway: Pathway) -> str:
    response = advice.response
    if response is None:
        return ""
    reason = pathway.common.reasons.get(response.reason or "", "")
    parts = [f"response: {response.answer}", reason.lower(), response.words or ""]
    return ", ".join(part for part in parts if part)


def digest(answers: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a case's answers, the label apart."""
    kept = [line for line in answers.splitlines() if not line.startswith("label:")]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]
