"""What the plain face says: one block for each question, decision, waiting point and end."""

from __future__ import annotations

from wizard.case import pages
from wizard.case.actions import ACTIONS
from wizard.case.api import (
    STAGES,
    Advice,
    DecisionState,
    Fact,
    OpenCase,
    Place,
    Status,
    advice_reason,
    fact_words,
    part_words,
)
from wizard.case.asking import absences, question, same_as_before
from wizard.case.cursor import Cursor
from wizard.case.keys import Keys
from wizard.case.page import Page
from wizard.case.typed import how_to_type
from wizard.errors import BadInput
from wizard.text import capital

EVERYWHERE = (
    "Answer what is asked above. Everywhere, {0} leads to the emergencies and {1} saves and "
    "leaves; what is asked here is then left unanswered."
)


def hint(keys: Keys) -> str:
    """The first commands to know."""
    named = {"keys": "lists all", "why": "why", "back": "back", "undo": "undo", "leave": "leave"}
    said = ", ".join(f"{keys.letter(action)} {words}" for action, words in named.items())
    return f"Commands: {said}. Everything is saved as it is given."


def heading(cursor: Cursor, keys: Keys, page: Page) -> None:
    """Which step this is, the emergencies, and where the lesion is; said when the step changes."""
    case, place = cursor.case, cursor.place
    if cursor.is_beside:
        page.add()
        page.add(f"{pages.BESIDE}.")
        return
    situation = case.situation
    step = situation.step(place)
    at = pages.place_in_stage(case, place)
    stages = list(STAGES)
    page.add()
    page.add(
        f"{STAGES[step.stage].upper()}, stage {stages.index(step.stage) + 1} of {len(stages)}, "
        f"step {at} of this stage: {step.title}"
        f"{f', visit {place.visit}' if place.visit > 1 else ''}"
    )
    page.add(f"{pages.alarm(situation, keys)[0]}.")
    part = part_words(situation)
    if part:
        page.add(f"Part: {part}")
    stop = situation.current.stop
    pages.step_text(case, place, page)
    items = case.asked(place)
    open_items = stop.items if stop.place == place else ()
    if stop.kind == "asks" and 0 < len(open_items) < len(items):
        page.add(f"{len(items) - len(open_items)} of {len(items)} questions are answered already.")


def item(cursor: Cursor, reader: str, keys: Keys, page: Page) -> None:
    """One question with the answers that it takes, and what was answered before."""
    case, place, at, items = cursor.case, cursor.place, cursor.at, cursor.items
    name, definition = items[at]
    fact = case.fact(name, place)
    page.add()
    page.add(f"Question {at + 1} of {len(items)}: {question(definition, reader)}")
    for number, (option_name, option) in enumerate(definition.options.items(), start=1):
        page.add(_option_words(fact, option_name, option.label), "", f"  {number}  ", "     ")
    if definition.type == "multi":
        others = definition.none_of_the_others or "None of the others"
        page.add(others, "", "  0  ", "     ")
    for level, words in definition.levels.items():
        page.add(words, "", f"  {level}  ", "     ")
    for action, reason in absences(definition):
        page.add(reason.words, "", f"  {keys.letter(action.id)}  ", "     ")
    before = _at_the_visit_before(case, name, place)
    if before is not None:
        words = f"as at the visit before: {fact_words(definition, before)}"
        page.add(words, "", f"  {keys.letter('same')}  ", "     ")
    if definition.type == "multi":
        page.add(
            "Several may hold: 1 3 says that these are present, 1 not 2 that the second is "
            "absent, 1 0 that all others are absent, open 2 that it is not asked. "
            "What is not named stays not asked."
        )
    elif not definition.options and not definition.levels:
        alone = " A single letter is a command." if definition.type == "text" else ""
        page.add(f"Type {how_to_type(definition)}.{alone}")
    if fact is not None and fact.is_answer:
        page.add(f"Answered: {fact_words(definition, fact)}. Enter keeps it.")


def _at_the_visit_before(case: OpenCase, name: str, place: Place) -> Fact | None:
    """The answer of the visit before; None at the first, and where it was given today already."""
    fact = case.fact(name, place)
    if fact is not None and fact.is_answer:
        return None
    try:
        return same_as_before(case, name, place)
    except BadInput:
        return None


def _option_words(fact: Fact | None, name: str, label: str) -> str:
    if name in getattr(fact and fact.value, "present", ()):
        return f"{label} (present)"
    return f"{label} (absent)" if name in getattr(fact and fact.value, "absent", ()) else label


def decision(case: OpenCase, state: DecisionState, keys: Keys, page: Page) -> None:
    """The candidates in order, each with how it stands and the deciding reason."""
    page.add()
    page.add(f"Decision: {state.decision.question} Choose {state.decision.selection}.")
    page.add(pages.proposed_words(state))
    for number, advice in enumerate(state.candidates, start=1):
        page.add(_candidate_words(case, state, advice), "", f"  {number}  ", "     ")
    if state.decision.none_label:
        page.add(f"{state.decision.none_label}. Needs a reason.", "", "  0  ", "     ")
    made = state.commitment
    if made is None:
        page.add(
            "Nothing is chosen. A number chooses, Enter then commits; "
            f"{keys.letter('why')} 1 says why of 1."
        )
        return
    page.add(f"{pages.committed_words(state)}.")
    if state.reopened:
        page.add("REOPENED: what was decided stands worse now.")
        pages.then_and_now(state, page)
        page.add("Enter commits it again; a number chooses another.")
    else:
        page.add("Enter keeps it; a number chooses another.")


def _candidate_words(case: OpenCase, state: DecisionState, advice: Advice) -> str:
    words = f"{advice.recommendation.title}. {capital(pages.candidate_word(state, advice))}"
    reason = advice_reason(case.situation, advice)
    if reason:
        words += f", {reason}" if advice.status is Status.BLOCKED else f": {reason}"
    return words if words.endswith(".") else f"{words}."


def end(case: OpenCase, keys: Keys, page: Page) -> None:
    """Where the case has ended, and what is left to do."""
    page.add()
    page.add("THE WORK-UP HAS ENDED.")
    pages.ended(case, page)
    page.add(f"{pages.alarm(case.situation, keys)[0]}.")
    named = {
        "check": "to check your answers and make the report final",
        "report": "for the report now",
        "advice": "for all advice",
        "respond": "to respond to advice",
        "back": "to go back",
        "leave": "to leave",
    }
    said = ", ".join(f"{keys.letter(action)} {words}" for action, words in named.items())
    page.add(f"Type {said}. Enter says this again.")


def commands(keys: Keys, page: Page) -> None:
    """Every command with its words; in the order of the full-screen help."""
    page.add("Commands, each with Enter behind it:")
    page.add("keep the answer and go on; commit what was chosen", "", "  Enter  ", "         ")
    page.add("answer the question; choose a candidate", "", "  1 2 3  ", "         ")
    for action in ACTIONS:
        page.add(action.words, "", f"  {keys.letter(action.id)}      ", "         ")
    why, evidence, search = (keys.letter(action) for action in ("why", "evidence", "search"))
    finds = "" if search.isalnum() else f" {search} word searches."
    page.add(f"In a decision {why} 2 and {evidence} 2 are about the second candidate.{finds}")
    page.add("Absence reasons may be written out too: not known, not done, declined.")
