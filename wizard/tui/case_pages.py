"""The pages on which a case is walked, with cursor and keys. No widget, no clinical logic."""

from __future__ import annotations

from wizard.case import pages
from wizard.case.api import (
    STAGES,
    DecisionState,
    Fact,
    Item,
    OpenCase,
    Place,
    fact_words,
)
from wizard.case.asking import absences, question
from wizard.case.body_map import offers
from wizard.case.cursor import Cursor
from wizard.case.keys import Keys
from wizard.case.typed import how_to_type
from wizard.tui.keys import case_keys
from wizard.tui.paint import Page

MARK = ">"


def rail(case: OpenCase, place: Place) -> str:
    """The stages, the one in view in capitals with the place in it."""
    situation = case.situation
    now = situation.step(place).stage
    at = pages.place_in_stage(case, place)
    parts = [f"{words.upper()} {at}" if stage == now else words for stage, words in STAGES.items()]
    return " | ".join(parts)


def enquiry(cursor: Cursor, reader: str, keys: Keys, page: Page) -> None:
    """The items of a step, the current one opened with its options."""
    case, place, items = cursor.case, cursor.place, cursor.items
    if cursor.is_beside:
        page.add(pages.BESIDE.upper(), "bold")
    else:
        step = case.situation.step(place)
        page.add(f"{STAGES[step.stage].upper()} - {step.title}", "bold")
        pages.step_text(case, place, page)
    page.add()
    for number, (name, item) in enumerate(items):
        fact = case.fact(name, place)
        here = number == cursor.at
        if here:
            page.here()
        answer = fact_words(item, fact) if fact is not None and fact.is_answer else "-"
        words = question(item, reader) if here else item.label
        page.add(
            f"{words}  {answer}" if here else f"{words}: {answer}",
            "bold" if here else "",
            f"{MARK if here else ' '} ",
            "    ",
        )
        if here:
            _choices(item, fact, keys, page, drawn=offers(case, place, name))
            page.up_to_here()
    if not items and case.situation.step(place).asks:
        page.add("Nothing here applies to this person.")


def _choices(item: Item, fact: Fact | None, keys: Keys, page: Page, *, drawn: bool) -> None:
    if item.options:
        chosen = fact.value if fact is not None else None
        for digit, (name, option) in enumerate(item.options.items(), start=1):
            box = ""
            if item.type == "multi":
                present = name in getattr(chosen, "present", ())
                absent = name in getattr(chosen, "absent", ())
                box = "[x] " if present else "[ ] no: " if absent else "[?] "
            page.add(f"{box}{option.label}", "", f"      {digit}  ", "         ")
        if item.type == "multi":
            page.add(item.none_of_the_others or "None of the others", "", "      0  ", "         ")
    else:
        page.add(f"type {how_to_type(item)}; then Enter", "dim", "         ")
    for level, words in item.levels.items():
        page.add(words, "", f"    {level:>3}  ", "         ")
    allowed = [f"{keys.letter(action.id)} {reason.words}" for action, reason in absences(item)]
    if drawn:
        allowed.append(f"{keys.letter('body_map')} body map")
    if allowed:
        page.add("   ".join(allowed), "dim", "         ")


def decision(
    case: OpenCase,
    state: DecisionState,
    marked: tuple[str, ...] | None,
    cursor: int,
    keys: Keys,
    page: Page,
) -> None:
    """The candidates with their status, and the arguments of the one in view."""
    step = case.situation.step(state.place)
    page.add(f"{STAGES[step.stage].upper()} - {state.decision.question}", "bold")
    page.add(f"choose {state.decision.selection}", "dim")
    if state.reopened and state.commitment is not None:
        page.add("REOPENED: what was decided stands worse now. Enter commits again.", "bold")
        pages.then_and_now(state, page)
    for digit, advice in enumerate(state.candidates, start=1):
        here = digit - 1 == cursor
        if here:
            page.here()
        box = "[x]" if advice.id in (marked or ()) else "[ ]"
        word = pages.candidate_word(state, advice)
        page.add(
            f"{box} {advice.recommendation.title} - {word}",
            "bold" if here else "",
            f"{MARK if here else ' '} {digit}  ",
            "      ",
        )
    if state.decision.none_label:
        box = "[x]" if marked == () else "[ ]"
        page.add(f"{box} {state.decision.none_label}, needs a reason", "", "  0  ", "      ")
    if state.commitment is not None:
        page.add(pages.committed_words(state), "dim")
    page.add()
    pages.candidate(case, state.candidates[cursor], keys, page)


def ended(case: OpenCase, keys: Keys, page: Page) -> None:
    """Where the case has ended, what happens next, and what is left to do."""
    pages.ended(case, page)
    page.add()
    check, report, advice = (keys.letter(action) for action in ("check", "report", "advice"))
    page.add(f"{check}  check your answers, then a final report      {report}  report as it stands")
    page.add(f"{advice}  all advice now      Shift+Tab  back to the answers")


def help_lines(keys: Keys, page: Page) -> None:
    """Every key with its words."""
    listed = case_keys(keys)
    width = max(10, *(len(key.shown) for key in listed)) + 1
    digits = "answer the item in an enquiry; mark a candidate in a decision"
    for shown, words in (("1 to 9", digits), *((key.shown, key.words) for key in listed)):
        page.add(f"{shown:<{width}}{words}", "", "", " " * width)
