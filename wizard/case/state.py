"""The fold of a case's events: what counts now, and what is kept for the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from wizard.case.events import (
    CONSEQUENCES,
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
from wizard.engine.facts import Acknowledgement, CaseFacts, Commitment, Fact, Place, Response
from wizard.errors import StorageError


@dataclass(frozen=True)
class AlertEpisode:
    """One time that an alert was raised, and what was said to it."""

    alert: str
    raised: date
    withdrawn: date | None = None
    in_hand: Acknowledgement | None = None
    continued: Acknowledgement | None = None


@dataclass(frozen=True)
class CaseState:
    """Everything that a case's events come to."""

    label: str
    pathway: str
    version: str
    hash: str
    as_of: date
    facts: CaseFacts = field(default_factory=CaseFacts)
    decided: Mapping[Place, Committed] = field(default_factory=dict)
    """Decisions as they were taken; one that holds for later visits stands here once."""
    corrected: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    """By item the values that others were given instead of, at the same visit; oldest first."""
    episodes: tuple[AlertEpisode, ...] = ()
    checked: date | None = None
    last_done: Event | None = None
    """What an undo would take back."""
    last_undone: Event | None = None
    """What a redo would do again."""

    @property
    def open_alerts(self) -> frozenset[str]:
        """Alerts that were raised and are not withdrawn."""
        return frozenset(e.alert for e in self.episodes if e.withdrawn is None)


@dataclass
class _Draft:
    """The parts of a case's facts while events are folded."""

    facts: dict[str, dict[int, Fact]] = field(default_factory=dict)
    set_aside: dict[str, dict[int, Fact]] = field(default_factory=dict)
    corrected: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    commitments: dict[Place, Commitment] = field(default_factory=dict)
    decided: dict[Place, Committed] = field(default_factory=dict)
    in_hand: dict[str, Acknowledgement] = field(default_factory=dict)
    continued: dict[str, Acknowledgement] = field(default_factory=dict)
    responses: dict[str, Response] = field(default_factory=dict)


def fold(events: Iterable[Event]) -> CaseState:
    """The state that a list of events comes to. Raises StorageError where it has no beginning.

    What follows from an event, an alert raised or withdrawn, counts while the event does.
    """
    happened = list(events)
    undone, last_done, last_undone = _undone(happened)
    state: CaseState | None = None
    draft = _Draft()
    cause = 0
    for number, event in enumerate(happened):
        if not isinstance(event, CONSEQUENCES):
            cause = number
        if isinstance(event, Started):
            state = CaseState(event.label, event.pathway, event.version, event.hash, event.as_of)
        elif state is None:
            break
        elif cause not in undone:
            state = _apply(state, draft, event)
    if state is None:
        raise StorageError("the case has no beginning", mend="Start a new case.")
    _keep_answers(draft)
    facts = CaseFacts(
        draft.facts,
        draft.set_aside,
        draft.commitments,
        draft.in_hand,
        draft.continued,
        draft.responses,
    )
    return replace(
        state,
        facts=facts,
        decided=draft.decided,
        corrected=draft.corrected,
        last_done=last_done,
        last_undone=last_undone,
    )


def _keep_answers(draft: _Draft) -> None:
    """Gives the visits behind a decision the answers that its choice leaves as they are.

    Worked out last, so that a kept answer follows the one that it was kept from.
    """
    for place, made in sorted(draft.decided.items()):
        for visit in range(place.visit, made.until or place.visit + 1):
            for item in made.kept:
                visits = draft.facts.get(item, {})
                if visit in visits:
                    visits.setdefault(visit + 1, visits[visit])
            behind = place._replace(visit=visit + 1)
            if made.until is not None:
                if behind in draft.decided:
                    break
                draft.commitments[behind] = made.commitment


def _is_undoable(event: Event) -> bool:
    kept = (Started, Repinned, AsOfMoved, Undone, Redone, *CONSEQUENCES)
    return not isinstance(event, kept)


def _undone(events: list[Event]) -> tuple[frozenset[int], Event | None, Event | None]:
    """The numbers of the events that count no more, and what undo and redo would be of.

    An undo takes back an event with what did it again, a redo takes back the undo. Something new
    leaves nothing to redo.
    """
    done: list[list[int]] = []
    undone: list[tuple[list[int], int]] = []
    gone: set[int] = set()
    for number, event in enumerate(events):
        if isinstance(event, Undone):
            if done:
                gone.update(done[-1])
                undone.append((done.pop(), number))
        elif isinstance(event, Redone):
            if undone:
                again, undo = undone.pop()
                gone.add(undo)
                gone.difference_update(again)
                done.append([*again, number])
        elif _is_undoable(event):
            done.append([number])
            undone.clear()
    last_done = events[done[-1][0]] if done else None
    last_undone = events[undone[-1][0][0]] if undone else None
    return frozenset(gone), last_done, last_undone


def _apply(state: CaseState, draft: _Draft, event: Event) -> CaseState:
    match event:
        case Repinned(version, content_hash):
            return replace(state, version=version, hash=content_hash, checked=None)
        case AsOfMoved(as_of):
            return replace(state, as_of=as_of, checked=None)
        case Answered(item, fact, visit):
            visits = draft.facts.setdefault(item, {})
            before = visits.get(visit)
            if before is not None and before.absence is None and before.value != fact.value:
                draft.corrected[item] = (*draft.corrected.get(item, ()), before)
            visits[visit] = fact
            draft.set_aside.pop(item, None)
            return replace(state, checked=None)
        case SetAside(item):
            aside = draft.facts.pop(item, {})
            if aside:
                draft.set_aside[item] = aside
            return replace(state, checked=None)
        case Committed(place, commitment):
            draft.commitments[place] = commitment
            draft.decided[place] = event
            return replace(state, checked=None)
        case Responded(advice, response):
            draft.responses[advice] = response
            return replace(state, checked=None)
        case TakenInHand(alert, acknowledgement):
            draft.in_hand[alert] = acknowledgement
            return _in_episode(state, alert, in_hand=acknowledgement)
        case Continued(alert, acknowledgement):
            draft.continued[alert] = acknowledgement
            return _in_episode(state, alert, continued=acknowledgement)
        case Checked(on):
            return replace(state, checked=on)
        case AlertRaised(alert, on):
            if alert in state.open_alerts:
                return state
            return replace(state, episodes=(*state.episodes, AlertEpisode(alert, on)))
        case AlertWithdrawn(alert, on):
            draft.in_hand.pop(alert, None)
            draft.continued.pop(alert, None)
            return _in_episode(state, alert, withdrawn=on)
    return state


def _in_episode(
    state: CaseState,
    alert: str,
    *,
    withdrawn: date | None = None,
    in_hand: Acknowledgement | None = None,
    continued: Acknowledgement | None = None,
) -> CaseState:
    """The state with the open episode of an alert changed."""
    episodes = tuple(
        replace(
            episode,
            withdrawn=withdrawn,
            in_hand=in_hand or episode.in_hand,
            continued=continued or episode.continued,
        )
        if episode.alert == alert and episode.withdrawn is None
        else episode
        for episode in state.episodes
    )
    return replace(state, episodes=episodes)
