"""What each page of a case says, as lines. No widget, no clinical logic."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.case.api import (
    STAGES,
    Absence,
    Advice,
    AlertState,
    Changes,
    DecisionState,
    Explanation,
    Fact,
    Item,
    OpenCase,
    Pathway,
    Place,
    Situation,
    Status,
    Truth,
    advice_reason,
    claim_marks,
    fact_words,
    facts_line,
    labels,
    note_words,
    part_words,
    person_words,
    reference_words,
    review_words,
    topic_words,
    who_words,
)
from wizard.text import format_date, listed
from wizard.tui.keys import CASE_KEYS
from wizard.tui.paint import Page

MARK = ">"


def header(case: OpenCase) -> str:
    """Label, person, pathway and version, and that the content is not reviewed."""
    p = case.pathway.header
    status = review_words(p, case.state.as_of)
    return f"{case.state.label} - {person_words(case.situation)} - {p.id} {p.version}, {status}"


def rail(case: OpenCase, place: Place) -> str:
    """The stages, the one in view in capitals with the place in it."""
    situation = case.situation
    now = situation.step(place).stage
    here = [p for p in situation.current.places if situation.step(p).stage == now]
    at = here.index(place) + 1 if place in here else len(here)
    parts = [f"{words.upper()} {at}" if stage == now else words for stage, words in STAGES.items()]
    return " | ".join(parts)


def alarm(situation: Situation) -> tuple[str, str]:
    """The emergencies in one line, and its style."""
    present = [s for s in situation.alerts if s.truth is Truth.TRUE]
    missing = sum(s.truth is Truth.UNKNOWN for s in situation.alerts)
    if present:
        more = f"; {missing} not excluded" if missing else ""
        titles = "; ".join(s.alert.title for s in present)
        return f"EMERGENCY (x): {titles}{more}", "bold"
    if missing:
        noun = "emergency" if missing == 1 else "emergencies"
        return f"{missing} {noun} not yet excluded (x: emergency now)", ""
    return "No emergency found", ""


def so_far(situation: Situation) -> str:
    """Where the lesion is, in words, on every page."""
    asked = {name for s in situation.pathway.steps.values() for name in s.asks}
    items = situation.pathway.items
    echoed = tuple(n for n, i in items.items() if i.echo == "part" and n in asked)
    said = part_words(situation)
    return said or (f"not entered: {labels(situation.pathway, echoed)}" if echoed else "")


def enquiry(case: OpenCase, place: Place, cursor: int, reader: str, page: Page) -> None:
    """The items of a step, the current one opened with its options."""
    step = case.situation.step(place)
    stop = case.situation.current.stop
    waiting = stop.kind == "waits" and stop.place == place
    page.add(f"{STAGES[step.stage].upper()} - {step.title}", "bold")
    if waiting:
        page.add("WAITING POINT: the case rests here until the result is back.", "bold")
        if step.meanwhile:
            page.add(f"Meanwhile: {step.meanwhile}")
    elif step.text:
        page.add(step.text, "dim")
    page.add()
    for number, (name, item) in enumerate(case.asked(place)):
        fact = case.fact(name, place)
        here = number == cursor
        if here:
            page.here()
        answer = fact_words(item, fact) if fact is not None and fact.is_answer else "-"
        words = item.label
        if here:
            words = (
                item.ask.trainee if reader == "trainee" and item.ask.trainee else item.ask.clinician
            )
        page.add(
            f"{words}  {answer}" if here else f"{words}: {answer}",
            "bold" if here else "",
            f"{MARK if here else ' '} ",
            "    ",
        )
        if here:
            _choices(item, fact, page)
    if step.asks and not case.asked(place):
        page.add("Nothing here applies to this person.")


def _choices(item: Item, fact: Fact | None, page: Page) -> None:
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
        unit = f", with its unit ({_units(item)})" if item.unit else ""
        page.add(f"type the value{unit}, Enter takes it", "dim", "         ")
    for level, words in item.levels.items():
        page.add(words, "", f"    {level:>3}  ", "         ")
    allowed = [
        f"{key} {Absence(reason).words}"
        for key, reason in (
            ("u", "not_known"),
            ("a", "awaited"),
            ("n", "not_done"),
            ("d", "declined"),
            ("i", "not_applicable"),
        )
        if reason in item.absence
    ]
    if allowed:
        page.add("   ".join(allowed), "dim", "         ")


def _units(item: Item) -> str:
    return listed([item.unit or "", *item.accepts])


def decision(
    case: OpenCase,
    state: DecisionState,
    marked: set[str],
    none_marked: bool,
    cursor: int,
    page: Page,
) -> None:
    """The candidates with their status, and the arguments of the one in view."""
    step = case.situation.step(state.place)
    page.add(f"{STAGES[step.stage].upper()} - {state.decision.question}", "bold")
    page.add(f"choose {state.decision.selection}", "dim")
    if state.reopened and state.commitment is not None:
        page.add("REOPENED: what was decided stands worse now. Enter commits again.", "bold")
    for digit, advice in enumerate(state.candidates, start=1):
        here = digit - 1 == cursor
        if here:
            page.here()
        box = "[x]" if advice.id in marked else "[ ]"
        word = "PROPOSED" if advice.id in state.proposal else advice.status_words
        if advice.id in state.find_out_first and advice.status is not Status.RECOMMENDED:
            word = f"find out first, {word}"
        page.add(
            f"{box} {advice.recommendation.title} - {word}",
            "bold" if here else "",
            f"{MARK if here else ' '} {digit}  ",
            "      ",
        )
    if state.decision.none_label:
        box = "[x]" if none_marked else "[ ]"
        page.add(f"{box} {state.decision.none_label}, needs a reason", "", "  0  ", "      ")
    made = state.commitment
    if made is not None:
        titles = {a.id: a.recommendation.title for a in state.candidates}
        taken = listed([titles.get(c, c) for c in made.candidates])
        page.add(f"Committed {format_date(made.on)}: {taken}", "dim")
    page.add()
    _candidate(case, state.candidates[cursor], page)


def _candidate(case: OpenCase, advice: Advice, page: Page) -> None:
    recommendation = advice.recommendation
    pathway = _pathway(case, advice)
    page.add(f"{recommendation.title}: {advice.status_words}", "bold")
    reason = advice_reason(case.situation, advice)
    if advice.status is not Status.RECOMMENDED and reason:
        page.add(reason, "", "  ")
    for argument in recommendation.arguments:
        if argument.if_ is None or case.truth(pathway, argument.if_) is Truth.TRUE:
            sign = "for" if argument.for_ else "against"
            page.add(
                f"{argument.for_ or argument.against}  {listed(argument.claims)}",
                "",
                f"  {sign:<8}",
                "          ",
            )
    for note in recommendation.notes:
        page.add(f"{note.label}: {note.text}  {listed(note.claims)}", "", "  ", "    ")
    for line in case.quoted(advice):
        page.add(line, "", "  ", "    ")
    for name in recommendation.conflicts:
        conflict = pathway.conflicts[name]
        page.add(f"Sources differ on: {conflict.topic} (e: both positions)", "", "  ", "    ")
    page.add(f"{recommendation.strength}; {recommendation.certainty}", "dim", "  ", "    ")


def _pathway(case: OpenCase, advice: Advice) -> Pathway:
    return next(p for p in case.situation.pathways if p.id == advice.pathway)


def ended(case: OpenCase, page: Page) -> None:
    """Where the case has ended, what happens next, and what is left to do."""
    trail = case.situation.current
    page.add(case.situation.end_words(trail), "bold")
    endpoint = case.situation.endpoint(trail)
    if endpoint is not None:
        page.add(endpoint.text)
        page.add(listed(endpoint.claims), "dim")
    page.add()
    page.add("c  check your answers, then a final report      p  report now (a working copy)")
    page.add("v  all advice now      Shift+Tab  back to the answers")


def card(case: OpenCase, state: AlertState, contacts: Mapping[str, str], page: Page) -> None:
    """The emergency card of one alert: why, whom to call, what to do now."""
    page.add(state.alert.title, "bold")
    page.add(state.alert.text)
    page.add()
    page.add(facts_line(case.situation, state.deciding), "", "Because   ")
    site = f"site:{state.alert.contact}"
    page.add(who_words(site, case.pathway, contacts), "bold", "Contact   ")
    for action in state.alert.now:
        who = "" if action.who == site else f"{who_words(action.who, case.pathway, contacts)}, "
        page.add(f"{action.do} - {who}{action.by}  {listed(action.claims)}", "", "Now       ")


def emergency_words(state: AlertState) -> str:
    """An emergency with its state, who has it, or how to find out."""
    words = f"{state.alert.title}: {state.state}"
    if state.in_hand is not None:
        words += f", in hand: {state.in_hand.who}, since {state.in_hand.since}"
    if state.truth is Truth.UNKNOWN:
        words += f". {state.alert.find_out}"
    return words


def why_item(case: OpenCase, name: str, item: Item, reader: str, page: Page) -> None:
    """Why an item is asked, with the teaching note for trainees."""
    page.add(item.label, "bold")
    page.add(f"Why asked: {item.why}")
    if item.claims:
        page.add(listed(item.claims), "dim")
    if reader == "trainee" and item.teaching:
        page.add()
        page.add(f"Teaching note: {item.teaching}")
    if reader == "trainee":
        for note in case.pathway.teaching(name):
            page.add()
            page.add(f"{note.title} ({note.topic}): {note_words(case.pathway, note)}")
    uses = [
        a.recommendation.title for a in case.situation.advice if name in (*a.because, *a.blocked_by)
    ]
    if uses:
        page.add()
        page.add(f"Bears on: {'; '.join(uses)}")


def why_advice(case: OpenCase, advice: Advice, page: Page) -> None:
    """Why a piece of advice stands as it does, in the words of its guard."""
    recommendation = advice.recommendation
    pathway = _pathway(case, advice)
    page.add(f"{recommendation.title}: {advice.status_words}", "bold")
    page.add(recommendation.action)
    page.add(f"Why: {recommendation.why}")
    if advice.because:
        page.add(f"Now: {facts_line(case.situation, advice.because)}.")
    if advice.blocked_by:
        page.add(f"Blocked by: {labels(pathway, advice.blocked_by)}.")
    for concern in advice.concerns:
        state = "holds"
        if concern.truth is not Truth.TRUE:
            state = f"not known: {labels(pathway, concern.items)}"
        page.add(f"Against it: {concern.because} ({state})")
    page.add(f"Strength: {recommendation.strength}; {recommendation.certainty}", "dim")


def questioned(found: Explanation, page: Page) -> None:
    """The tree of guards, what would change it, and whether it is robust."""
    for line in found.why:
        depth = len(line) - len(line.lstrip())
        page.add(line.strip(), "", " " * depth, " " * (depth + 2))
    page.add()
    page.add("What would change this", "bold")
    for line in found.would_change or ("No one or two changed values would.",):
        page.add(line, "", "  ", "    ")
    page.add(found.robust)


def evidence(case: OpenCase, claims: tuple[str, ...], page: Page) -> None:
    """Claims in full with their certainty, how they were checked, and their references."""
    if not claims:
        page.add("Nothing is cited here.")
    for name in claims:
        claim = case.pathway.claims[name]
        page.add(name, "bold")
        page.add(claim.text)
        page.add(" ".join(claim_marks(claim)), "dim")
        for key in claim.references:
            reference = case.pathway.common.references[key]
            page.add(reference_words(reference), "dim", "  ", "    ")
        page.add()


def conflicts(case: OpenCase, advice: Advice, page: Page) -> None:
    """Both positions of every conflict that a piece of advice touches."""
    pathway = _pathway(case, advice)
    for name in advice.recommendation.conflicts:
        conflict = pathway.conflicts[name]
        page.add(f"Sources differ: {topic_words(conflict)}", "bold")
        for position in conflict.positions:
            page.add(f"{position.text}  {listed(position.claims)}", "", "  - ", "    ")
        page.add()


def all_advice(case: OpenCase, page: Page) -> None:
    """Everything that is advised now, by status."""
    situation = case.situation
    for status in Status:
        found = [a for a in situation.listed if a.status is status]
        if not found:
            continue
        page.add(str(status).upper(), "bold")
        for advice in found:
            recommendation = advice.recommendation
            said = f" ({advice.response.answer})" if advice.response else ""
            page.add(f"{recommendation.title}{said}", "", "  ", "    ")
            if status is not Status.RECOMMENDED:
                page.add(advice_reason(situation, advice), "dim", "      ")
            page.add(f"{recommendation.why}  {listed(recommendation.claims)}", "dim", "      ")
    if situation.pending_later:
        page.add(f"{situation.pending_later} more pending in stages not yet reached.")


def changed(changes: Changes, page: Page) -> None:
    """What an answer would change, before it is kept."""
    for change in changes.alerts:
        page.add(f"EMERGENCY {change.title}: {change.before} -> {change.after}", "bold")
    for question in changes.reopened:
        page.add(f"Decision reopened: {question}", "bold")
    for title in changes.steps_gained:
        page.add(f"New step: {title}")
    for title in changes.steps_lost:
        page.add(f"Step no longer on the way: {title}")
    for label in changes.stopped_applying:
        page.add(f"No longer applies: {label}")
    for change in changes.advice:
        page.add(f"{change.title}: {change.before} -> {change.after}", "", "  ", "    ")


def keys(page: Page) -> None:
    """Every key with its words."""
    page.add(
        "1 to 9     answer the item in an enquiry; mark a candidate in a decision", "", "", " " * 11
    )
    for key in CASE_KEYS:
        page.add(f"{key.shown:<10} {key.words}", "", "", " " * 11)
