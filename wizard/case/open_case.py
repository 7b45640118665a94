"""A case that is open: the commands a face may give, and the situation that follows.

Every command is checked, written through `append` (which must be durable when it returns), and
only then becomes visible. Commands raise BadInput and change nothing where they are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from wizard.case.changes import Changes, changes
from wizard.case.entry import check_value
from wizard.case.events import (
    AlertRaised,
    AlertWithdrawn,
    Answered,
    AsOfMoved,
    Checked,
    Committed,
    Continued,
    Event,
    Redone,
    Repinned,
    Responded,
    SetAside,
    Started,
    TakenInHand,
    Undone,
)
from wizard.case.state import CaseState, fold
from wizard.case.tables import table_lines
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
from wizard.engine.reading import Reading
from wizard.engine.situation import Advice, AlertState, DecisionState, Situation
from wizard.engine.walk import pinned, walk
from wizard.errors import BadInput
from wizard.guard import Truth

Append = Callable[[Sequence[Event]], None]


def begin(library: Library, pathway: str, label: str, as_of: date, append: Append) -> OpenCase:
    """A new case. Raises BadInput for a pathway that the library does not hold."""
    found = pathway_named(library, pathway)
    start = Started(label, found.id, found.header.version, found.hash, as_of)
    append([start])
    case = OpenCase(library, [start], append)
    case.settle_alerts()
    return case


def pathway_named(library: Library, name: str) -> Pathway:
    """A pathway by id. Raises BadInput with the nearest id."""
    if name in library.pathways:
        return library[name]
    known = ", ".join(library.pathways)
    raise BadInput(f"no pathway is called '{name}'", mend=f"Pathways: {known}.")


def _unkept(_: Sequence[Event]) -> None:
    """For a case that is only read."""


class OpenCase:
    """The record of a case, and what the engine makes of it.

    `kept` is false where what is done to it is not written down, and `heading` says so; `saved` is
    said once something is done.
    """

    kept = True
    heading = ""
    saved = "Saved."

    def __init__(self, library: Library, events: Iterable[Event], append: Append = _unkept) -> None:
        self.library = library
        self._events = list(events)
        self._append = append
        self.state: CaseState = fold(self._events)
        pathway_named(library, self.state.pathway)
        self.situation: Situation = self._walk(self.state)

    @property
    def pathway(self) -> Pathway:
        """The pathway that the case was started with."""
        return self.library[self.state.pathway]

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that has happened to the case."""
        return tuple(self._events)

    @property
    def other_version(self) -> bool:
        """Whether the loaded pathway differs from the one that the case was walked with."""
        return self.state.hash != self.pathway.hash

    def _walk(self, state: CaseState, before: Situation | None = None) -> Situation:
        return walk(self.library, state.pathway, state.facts, state.as_of, before)

    def _do(self, *events: Event) -> None:
        """Writes events with the alerts that they raise or withdraw, then shows them."""
        state = fold([*self._events, *events])
        situation = self._walk(state, self.situation)
        batch = [*events, *_alert_events(state, situation)]
        if len(batch) > len(events):
            state = fold([*self._events, *batch])
            situation = self._walk(state, situation)
        self._append(batch)
        self._events += batch
        self.state, self.situation = state, situation

    def truth(self, pathway: Pathway, guard: str) -> Truth:
        """The truth of a guard of a pathway over the facts of this case."""
        return Reading(pathway, self.state.facts, self.state.as_of).truth(guard)

    def quoted(self, advice: Advice) -> tuple[str, ...]:
        """The rows of tables that a piece of advice quotes, with what they were looked up by."""
        pathway = next(p for p in self.situation.pathways if p.id == advice.pathway)
        reading = Reading(pathway, self.state.facts, self.state.as_of)
        names = advice.recommendation.tables
        return tuple(line for name in names for line in table_lines(pathway, name, reading))

    def asked(self, place: Place) -> list[tuple[str, Item]]:
        """The items of a step that apply, or are not known not to, at its visit."""
        pathway, step = self.situation.pathway_of(place), self.situation.step(place)
        reading = Reading(pathway, self.state.facts, self.state.as_of)
        here = reading.at(pinned(step, place.visit))
        return [(n, pathway.items[n]) for n in step.asks if here.applies(n) is not Truth.FALSE]

    def settle_alerts(self) -> None:
        """Writes down alerts that became true without a command, as when a case is begun."""
        if _alert_events(self.state, self.situation):
            self._do()

    def repin(self) -> None:
        """Goes on under the loaded version of the pathway."""
        self._do(Repinned(self.pathway.header.version, self.pathway.hash))

    def move_as_of(self, as_of: date) -> None:
        """Looks at the case on another day; `as_of` never moves backwards."""
        if as_of < self.state.as_of:
            raise BadInput(
                f"the day {as_of.isoformat()} is before the case's {self.state.as_of.isoformat()}",
                mend="A case is looked at on the same or a later day.",
            )
        if as_of > self.state.as_of:
            self._do(AsOfMoved(as_of))

    def visit_for(self, item: str, place: Place | None = None) -> int:
        """The visit at which an answer to an item counts: that of `place`, else the current one."""
        place = place or self.situation.current.stop.place
        step = self.situation.step(place) if place.pathway in self._pathway_ids() else None
        if step is not None and item in (pinned(step, place.visit) or ()):
            return place.visit
        visits = self.state.facts.facts.get(item, {})
        return max(visits, default=1)

    def _pathway_ids(self) -> frozenset[str]:
        return frozenset(p.id for p in self.situation.pathways)

    def fact(self, item: str, place: Place | None = None) -> Fact | None:
        """The fact of an item at the visit of a place."""
        return self.state.facts.facts.get(item, {}).get(self.visit_for(item, place))

    def answer(self, item: str, fact: Fact, place: Place | None = None) -> None:
        """Takes a fact; the one that is held already changes nothing.

        Raises BadInput where it does not fit the item.
        """
        answered = self._answered(item, fact, place)
        if self.fact(item, place) != fact:
            self._do(answered)

    def _answered(self, item: str, fact: Fact, place: Place | None) -> Answered:
        definition = self.item(item)
        check_value(item, definition, fact)
        return Answered(item, fact, self.visit_for(item, place))

    def item(self, item: str) -> Item:
        """The data item of a name, of whichever pathway is walked. Raises BadInput."""
        for pathway in self.situation.pathways:
            if item in pathway.items:
                return pathway.items[item]
        raise BadInput(f"no data item is called '{item}'", mend="See `pathwizard show PATHWAY`.")

    def preview(self, answers: Mapping[str, Fact], place: Place | None = None) -> Changes:
        """What answers given together would change, before they are kept."""
        answered = [self._answered(item, fact, place) for item, fact in answers.items()]
        state = fold([*self._events, *answered])
        return changes(self.situation, self._walk(state, self.situation))

    def alerts_resting_on(self, item: str) -> tuple[AlertState, ...]:
        """Alerts that are present and would not be without the value of an item."""
        after = self._walk(fold([*self._events, SetAside(item)]), self.situation)
        still = {state.id for state in after.alerts if state.truth is Truth.TRUE}
        return tuple(
            state
            for state in self.situation.alerts
            if state.truth is Truth.TRUE and state.id not in still
        )

    def set_aside(self, item: str, *, confirmed: bool = False) -> None:
        """Sets the value of an item aside.

        Raises BadInput where an alert rests on it and that was not confirmed.
        """
        resting = self.alerts_resting_on(item)
        if resting and not confirmed:
            titles = ", ".join(state.title for state in resting)
            raise BadInput(
                f"'{self.item(item).label}' keeps an alert present: {titles}",
                mend="Confirm that it is to be set aside all the same.",
            )
        self._do(SetAside(item))

    def commit(
        self,
        place: Place,
        candidates: Sequence[str],
        reason: str | None = None,
        words: str | None = None,
    ) -> None:
        """Takes a decision. Raises BadInput where selection, status or reason do not allow it."""
        decision = self.situation.decision(place)
        if decision is None:
            raise BadInput(
                f"no decision is to be taken at '{place.step}'", mend="Go on to it first."
            )
        chosen = tuple(candidates)
        self._check_commitment(decision, chosen, reason)
        commitment = committed(decision, chosen, self.state.as_of, reason, words)
        self.keep(commitment_event(self.library, place, commitment))

    def needs_reason(self, place: Place, candidates: Sequence[str]) -> bool:
        """Whether a coded reason is asked for: for *none*, and for another than the proposal."""
        decision = self.situation.decision(place)
        return decision is not None and _needs_reason(decision, tuple(candidates))

    def refusal(self, place: Place, candidates: Sequence[str]) -> BadInput | None:
        """Why a choice cannot be committed, or None where it can."""
        decision = self.situation.decision(place)
        return None if decision is None else refusal_of(decision, tuple(candidates))

    def _check_commitment(
        self, decision: DecisionState, chosen: tuple[str, ...], reason: str | None
    ) -> None:
        refusal = refusal_of(decision, chosen)
        if refusal is not None:
            raise refusal
        needed = _needs_reason(decision, chosen)
        if needed and reason not in self.pathway.common.reasons:
            reasons = ", ".join(self.pathway.common.reasons)
            raise BadInput(
                "none, or another choice than the proposed one, needs a coded reason",
                mend=f"Give one of: {reasons}.",
            )

    def respond(
        self, advice: str, answer: Answer, reason: str | None = None, words: str | None = None
    ) -> None:
        """Answers a recommendation; declining needs a coded reason."""
        if advice not in {a.id for a in self.situation.advice}:
            raise BadInput(f"no advice is called '{advice}'", mend="Choose one that is listed.")
        if answer is Answer.DECLINED and reason not in self.pathway.common.reasons:
            reasons = ", ".join(self.pathway.common.reasons)
            raise BadInput("declining needs a coded reason", mend=f"Give one of: {reasons}.")
        self._do(Responded(advice, Response(answer, self.state.as_of, reason, words)))

    def keep(self, decided: Committed) -> None:
        """Takes a decision as it was taken, with its proposal, statuses and what it kept."""
        self._do(decided)

    def take_in_hand(self, alert: str, who: str, since: str, on: date | None = None) -> None:
        """Says that an alert is known and in hand: who, since when."""
        if not who.strip() or not since.strip():
            raise BadInput(
                "an alert in hand needs a name and a time",
                mend="Say who has it in hand, and since when.",
            )
        self._do(TakenInHand(alert, self._acknowledge(alert, who, since, on)))

    def continue_work_up(self, alert: str, who: str = "user", on: date | None = None) -> None:
        """Makes the main trail current beside an open alert."""
        since = (on or self.state.as_of).isoformat()
        acknowledgement = self._acknowledge(alert, who, since, on)
        self._do(Continued(alert, acknowledgement))

    def _acknowledge(self, alert: str, who: str, since: str, on: date | None) -> Acknowledgement:
        state = next((s for s in self.situation.alerts if s.id == alert), None)
        if state is None or state.truth is not Truth.TRUE:
            raise BadInput(f"the alert '{alert}' is not present", mend="Nothing has to be done.")
        values = {item: self.situation.values[item] for item in state.deciding}
        return Acknowledgement(who.strip(), since.strip(), on or self.state.as_of, values)

    def undo(self) -> Event:
        """Takes back the last thing done, and gives it. Raises BadInput where there is nothing."""
        undone = self.state.last_done
        if undone is None:
            raise BadInput("there is nothing to undo", mend="Go on.")
        self._do(Undone())
        return undone

    def redo(self) -> Event:
        """Does again what was undone last, and gives it. Raises BadInput where there is nothing."""
        done = self.state.last_undone
        if done is None:
            raise BadInput("there is nothing to redo", mend="Go on.")
        self._do(Redone())
        return done

    def mark_checked(self) -> None:
        """Takes it that the answers were looked through and the emergency signs confirmed as they
        stand, so that the report may be final until one of them changes."""
        self._do(Checked(self.state.as_of))


def _needs_reason(decision: DecisionState, chosen: tuple[str, ...]) -> bool:
    return not chosen or set(chosen) != set(decision.proposal)


def commitment_event(library: Library, place: Place, commitment: Commitment) -> Committed:
    """A decision taken, with the answers that it leaves as they are."""
    pathway = library.pathways.get(place.pathway)
    if pathway is None:
        return Committed(place, commitment)
    kept = pathway.kept_results(place.step, commitment.candidates)
    nothing_anew = bool(kept) and kept == pathway.looped_items(place.step)
    until = pathway.visits_of(place.step) if nothing_anew else None
    return Committed(place, commitment, tuple(sorted(kept)), until)


def committed(
    decision: DecisionState,
    chosen: tuple[str, ...],
    on: date,
    reason: str | None,
    words: str | None,
) -> Commitment:
    """A commitment with the proposal and the statuses as they are now."""
    statuses: Mapping[str, Status] = {a.id: a.status for a in decision.candidates}
    return Commitment(
        chosen, on, decision.proposal, decision.find_out_first, statuses, reason, words or None
    )


def refusal_of(decision: DecisionState, chosen: tuple[str, ...]) -> BadInput | None:
    """Why a choice cannot be committed, or None where it can."""
    candidates = {advice.id: advice for advice in decision.candidates}
    unknown = [name for name in chosen if name not in candidates]
    if unknown:
        return BadInput(
            f"'{unknown[0]}' is not a candidate of this decision",
            mend=f"Candidates: {', '.join(candidates)}.",
        )
    selection = decision.decision.selection
    if not decision.decision.least <= len(chosen) <= decision.decision.most:
        return BadInput(
            f"{len(chosen)} chosen where the decision takes {selection}",
            mend=f"Choose {selection}.",
        )
    for name in chosen:
        advice = candidates[name]
        if advice.status is Status.BLOCKED:
            because = "; ".join(c.because for c in advice.concerns if c.truth is Truth.TRUE)
            return BadInput(
                f"'{advice.recommendation.title}' is blocked: {because}",
                mend="Choose another option, or correct the answer that blocks it.",
            )
    return None


def _alert_events(state: CaseState, situation: Situation) -> list[Event]:
    """Alerts that became true or stopped being true, against what is written down."""
    present = {s.id for s in situation.alerts if s.truth is Truth.TRUE}
    raised: list[Event] = [
        AlertRaised(s.id, state.as_of)
        for s in situation.alerts
        if s.id in present and s.id not in state.open_alerts
    ]
    withdrawn: list[Event] = [
        AlertWithdrawn(name, state.as_of)
        for name in sorted(state.open_alerts)
        if name not in present
    ]
    return raised + withdrawn
