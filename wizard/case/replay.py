"""A case of a file, walked without a person and without a store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wizard.case.answers_file import AnswersFile, Given
from wizard.case.events import (
    AlertRaised,
    AlertWithdrawn,
    Answered,
    Committed,
    Continued,
    Event,
    Responded,
    SetAside,
    Started,
    TakenInHand,
)
from wizard.case.export import digest, write_answers
from wizard.case.open_case import OpenCase, commitment_event, committed, refusal_of
from wizard.case.state import AlertEpisode
from wizard.definition.library import Library
from wizard.errors import BadInput


def replay(answers: AnswersFile, library: Library) -> OpenCase:
    """The case of a file, walked under the loaded pathway; nothing is stored.

    Commitments without stored statuses take those of now, in the order of the trail; what a
    decision kept is taken from the file, else from the pathway. Answers that were checked still
    are while none of them differs. Raises BadInput for a commitment that is blocked or breaks its
    selection.
    """
    pathway = answers.pathway
    start = Started(answers.label, pathway.id, pathway.header.version, pathway.hash, answers.as_of)
    events: list[Event] = [start]
    for name, visits in answers.set_aside.items():
        events += [Answered(name, fact, visit) for visit, fact in sorted(visits.items())]
        events.append(SetAside(name))
    for name, by_visit in answers.facts.items():
        events += [Answered(name, fact, visit) for visit, fact in sorted(by_visit.items())]
    events += [Responded(name, response) for name, response in answers.responses.items()]
    stored = [given for given in answers.commitments if given.made.statuses]
    events += [_decided(library, given) for given in stored]
    events += _episode_events(answers.episodes)
    case = OpenCase(library, events)
    for episode in answers.episodes:
        _acknowledge(case, episode)
    case.settle_alerts()
    _commit_open(case, [given for given in answers.commitments if not given.made.statuses])
    if answers.checked == digest(write_answers(case.state)):
        case.mark_checked()
    return case


def _decided(library: Library, given: Given) -> Committed:
    """A decision that keeps what it kept when it was taken, where the file says it."""
    if given.taken is None:
        return commitment_event(library, given.place, given.made)
    return replace(given.taken, commitment=given.made)


def _episode_events(episodes: Iterable[AlertEpisode]) -> list[Event]:
    """What happened to the alerts; an acknowledgement without its values is given later."""
    events: list[Event] = []
    for episode in episodes:
        name = episode.alert
        events.append(AlertRaised(name, episode.raised))
        closed = episode.withdrawn is not None
        if episode.in_hand is not None and (closed or episode.in_hand.values):
            events.append(TakenInHand(name, episode.in_hand))
        if episode.continued is not None and (closed or episode.continued.values):
            events.append(Continued(name, episode.continued))
        if episode.withdrawn is not None:
            events.append(AlertWithdrawn(name, episode.withdrawn))
    return events


def _acknowledge(case: OpenCase, episode: AlertEpisode) -> None:
    """A hand-written acknowledgement is bound to the values that make the alert true in its file.

    Raises BadInput where the alert is not present.
    """
    if episode.withdrawn is not None:
        return
    in_hand, continued = episode.in_hand, episode.continued
    try:
        if in_hand is not None and not in_hand.values:
            case.take_in_hand(episode.alert, in_hand.who, in_hand.since, in_hand.on)
        if continued is not None and not continued.values:
            case.continue_work_up(episode.alert, continued.who, continued.on)
    except BadInput as error:
        where = f"alerts: {episode.alert}"
        mend = "Take the acknowledgement out, or say when the alert was `withdrawn`."
        raise BadInput(error.what, where=where, mend=mend) from error


def _commit_open(case: OpenCase, waiting: list[Given]) -> None:
    """Commits in the order in which the walk meets the decisions; the rest is set aside."""
    while waiting:
        due = next((given for given in waiting if case.situation.decision(given.place)), None)
        if due is None:
            break
        waiting.remove(due)
        place, made, _ = due
        decision = case.situation.decision(place)
        assert decision is not None
        refusal = refusal_of(decision, made.candidates)
        if refusal is not None:
            raise BadInput(refusal.what, where=f"commitment at {place.step}", mend=refusal.mend)
        now = committed(decision, made.candidates, made.on, made.reason, made.words)
        case.keep(_decided(case.library, due._replace(made=now)))
    for given in waiting:
        case.keep(_decided(case.library, given))
