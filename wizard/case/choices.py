"""What a person chooses among beside the questions of a step: the same options in every face."""

from __future__ import annotations

from wizard.case.open_case import OpenCase
from wizard.case.pages import emergency_words
from wizard.case.wording import STAGES
from wizard.engine.facts import Answer, Place, Status
from wizard.engine.situation import Advice, AlertState
from wizard.guard import Truth

CARD = {
    "g": "go on with this emergency",
    "k": "known and in hand (who, since when)",
    "c": "continue the work-up beside it",
}
"""What is done with an emergency card, by its letter."""
KEEP = ((True, "Keep the new answer"), (False, "Leave it as it was"))
ALL_CHECKED = "All checked: on to the emergency signs, then the report is final"
ONCE_MORE = "The emergency signs once more: is it still so?"
CHECKED = "Checked. The report is now final until an answer changes."
NOT_CHECKED = "Not confirmed: the report stays a working copy."
STILL_SO = (
    (True, "Still so: the next report is final"),
    (False, "Not so: to the emergencies, to enter the new sign"),
)
SET_ASIDE = ((True, "Set it aside (kept, listed, not used)"), (False, "It still holds"))
WHY_ANOTHER = "Why another choice than the proposed?"
RESPONSES = tuple((answer, str(answer)) for answer in Answer)


def emergencies(case: OpenCase) -> list[tuple[AlertState, str]]:
    """The emergencies with their state, those that are present first."""
    states = sorted(case.situation.alerts, key=lambda state: state.truth is not Truth.TRUE)
    return [(state, emergency_words(state)) for state in states]


def steps(case: OpenCase) -> list[tuple[Place, str]]:
    """The steps of the trails."""
    situation = case.situation
    walked = [(place, situation.step(place)) for place in situation.places]
    return [(place, f"{STAGES[step.stage]}: {step.title}") for place, step in walked]


def advice_to_answer(case: OpenCase) -> list[tuple[Advice, str]]:
    """The advice that a response can be given to, with the one that was given."""
    found = [a for a in case.situation.listed if a.status is not Status.BLOCKED]
    said = {a.id: f", {a.response.answer}" if a.response else "" for a in found}
    return [(a, f"{a.recommendation.title} ({a.status_words}{said[a.id]})") for a in found]


def reasons(case: OpenCase) -> list[tuple[str, str]]:
    """The coded reasons."""
    return list(case.pathway.common.reasons.items())


def reason_asked(answer: Answer) -> bool:
    """Whether a response to advice is given with a coded reason."""
    return answer not in (Answer.ACCEPTED, Answer.ALREADY_DONE)
