"""Pages to read that every face shows in the same words. No widget, no clinical logic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from wizard.case.changes import Changes
from wizard.case.keys import Keys
from wizard.case.open_case import OpenCase
from wizard.case.page import Page
from wizard.case.phrases import part_words, person_words
from wizard.case.resting import overdue
from wizard.case.wording import (
    NOTHING_AT_ONCE,
    advice_reason,
    claim_marks,
    facts_line,
    labels,
    reference_words,
    review_words,
    who_words,
)
from wizard.definition.library import Pathway
from wizard.engine.facts import Place, Status
from wizard.engine.situation import Advice, AlertState, DecisionState, Situation
from wizard.guard import Truth
from wizard.text import capital, format_date, listed

MOST_NAMED = 4
"""How many of a list are named beside the question; the rest is counted."""


def header(case: OpenCase) -> str:
    """Label, person, pathway and version, and that the content is not reviewed; of a variant that
    it is one."""
    if case.heading:
        return f"{case.heading} - {case.state.label} - {person_words(case.situation)}"
    p = case.pathway.header
    status = review_words(p, case.state.as_of)
    return f"{case.state.label} - {person_words(case.situation)} - {p.id} {p.version}, {status}"


def alarm(situation: Situation, keys: Keys) -> tuple[str, str]:
    """The emergencies in one line, and its style."""
    present = [s for s in situation.alerts if s.truth is Truth.TRUE]
    missing = sum(s.truth is Truth.UNKNOWN for s in situation.alerts)
    opens = keys.letter("emergency")
    signless = sum(s.word != s.state for s in situation.alerts)
    if present:
        more = f"; {missing} not excluded" if missing else ""
        more += f"; {signless} with no sign reported" if signless else ""
        held = {s.id: f", in hand: {s.in_hand.who}" for s in present if s.in_hand is not None}
        titles = "; ".join(f"{s.title}{held.get(s.id, '')}" for s in present)
        return f"EMERGENCY ({opens}): {titles}{more}", "bold"
    if missing:
        noun = "emergency" if missing == 1 else "emergencies"
        more = f"; {signless} with no sign reported" if signless else ""
        return f"{missing} {noun} not yet excluded{more} ({opens}: which, and how to find out)", ""
    if signless:
        return f"No emergency reported; {signless} not excluded by that ({opens}: which)", ""
    return "No emergency found", ""


def so_far(case: OpenCase) -> str:
    """Where the lesion is, in words, on every page; before that, what of it is sure to be asked."""
    situation = case.situation
    asked = [
        (name, situation.pathway_of(place).id)
        for place in situation.places
        for name, item in case.asked(place)
        if item.echo == "part"
    ]
    sure = [n for n, p in asked if situation.readings.of(p).applies(n) is Truth.TRUE]
    echoed = tuple(dict.fromkeys(sure or [name for name, _ in asked[:1]]))
    said = part_words(case.situation)
    return said or (f"not entered: {labels(case.pathway, echoed)}" if echoed else "")


BESIDE = "Beside the work-up: what an emergency waits for"
"""Heads the questions that no step reached so far asks."""


def place_in_stage(case: OpenCase, place: Place) -> int:
    """Which step of its stage a place is, from 1, as far as the case has gone."""
    situation = case.situation
    stage = situation.step(place).stage
    here = [p for p in situation.current.places if situation.step(p).stage == stage]
    return here.index(place) + 1 if place in here else len(here)


def step_text(case: OpenCase, place: Place, page: Page) -> None:
    """What a step says before it asks; at a waiting point, what is done meanwhile."""
    step, stop = case.situation.step(place), case.situation.current.stop
    if stop.kind == "waits" and stop.place == place:
        page.add("WAITING POINT: the case rests here until the result is back.", "bold")
        if step.meanwhile:
            page.add(f"Meanwhile: {step.meanwhile}")
        for name in overdue(case):
            page.add(f"OVERDUE: {labels(case.situation.pathway_of(place), (name,))}", "bold")
    elif step.text:
        page.add(step.text, "dim")


def committed_words(state: DecisionState) -> str:
    """What was committed and when; nothing where nothing was."""
    made = state.commitment
    if made is None:
        return ""
    titles = {a.id: a.recommendation.title for a in state.candidates}
    taken = listed([titles.get(c, c) for c in made.candidates])
    return f"Committed {format_date(made.on)}: {taken}"


def then_and_now(state: DecisionState, page: Page) -> None:
    """How what was decided stood when it was decided, and how it stands now that it is worse."""
    made = state.commitment
    for advice in state.candidates if made is not None else ():
        if made is not None and advice.id in state.worse:
            then = made.statuses.get(advice.id, "not stored")
            page.add(f"{advice.recommendation.title}: then {then}, now {advice.status_words}.")


def ended(case: OpenCase, page: Page) -> None:
    """Where the case has ended and what happens next."""
    trail = case.situation.current
    page.add(case.situation.end_words(trail), "bold")
    endpoint = case.situation.endpoint(trail)
    if endpoint is not None:
        page.add(endpoint.text)
        page.add(listed(endpoint.claims), "dim")


def candidate_word(state: DecisionState, advice: Advice) -> str:
    """How a candidate stands in its decision, in a word or two."""
    word = "PROPOSED" if advice.id in state.proposal else advice.status_words
    if advice.id in state.find_out_first and advice.status is not Status.RECOMMENDED:
        word = f"find out first, {word}"
    return word


def proposed_words(state: DecisionState) -> str:
    """What is proposed in a decision, in one sentence."""
    proposed = [a.recommendation.title for a in state.candidates if a.id in state.proposal]
    return f"Proposed: {', '.join(proposed) or 'nothing; find out first what is named'}."


def candidate(case: OpenCase, advice: Advice, keys: Keys, page: Page) -> None:
    """A candidate with its deciding reason, its arguments, and how strong the advice is."""
    recommendation = advice.recommendation
    pathway = pathway_of(case, advice)
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
        opens = f"{keys.letter('evidence')}: both positions"
        page.add(f"Sources differ on: {conflict.topic} ({opens})", "", "  ", "    ")
    page.add(f"{recommendation.strength}; {recommendation.certainty}", "dim", "  ", "    ")


def pathway_of(case: OpenCase, advice: Advice) -> Pathway:
    return next(p for p in case.situation.pathways if p.id == advice.pathway)


def card(case: OpenCase, state: AlertState, contacts: Mapping[str, str], page: Page) -> None:
    """The emergency card of one alert: why, whom to call, what to do now."""
    page.add(state.title, "bold")
    page.add(state.alert.text)
    page.add()
    page.add(facts_line(case.situation, state.facts), "", "Because   ")
    site = f"site:{state.alert.contact}"
    page.add(who_words(site, case.pathway, contacts), "bold", "Contact   ")
    if not state.now:
        page.add(capital(NOTHING_AT_ONCE))
    for action in state.now:
        who = "" if action.who == site else f"{who_words(action.who, case.pathway, contacts)}, "
        page.add(f"{action.do} - {who}{action.by}  {listed(action.claims)}", "", "Now       ")


def emergency_words(state: AlertState) -> str:
    """An emergency with its state, who has it, or how to find out."""
    words = f"{state.title}: {state.said}"
    if state.in_hand is not None:
        words += f", in hand: {state.in_hand.who}, since {state.in_hand.since}"
    if state.truth is Truth.UNKNOWN:
        words += f". {state.alert.find_out}"
    return words


def evidence(pathway: Pathway, claims: tuple[str, ...], page: Page) -> None:
    """Claims in full with their certainty, how they were checked, and their references."""
    if not claims:
        page.add("Nothing is cited here.")
    for name in claims:
        claim = pathway.claims[name]
        page.add(name, "bold")
        page.add(claim.text)
        page.add(" ".join(claim_marks(claim)), "dim")
        for key in claim.references:
            reference = pathway.common.references[key]
            page.add(reference_words(reference), "dim", "  ", "    ")
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


def changed(changes: Changes, page: Page, replaced: Iterable[str] = ()) -> None:
    """What an answer would change, before it is kept, below the answers that it replaces."""
    for words in replaced:
        page.add(words, "", "  ", "    ")
    if changes.none:
        page.add("Nothing else.", "", "  ")
    _ways_changed(changes, "; ".join, page)
    for change in changes.advice:
        page.add(f"{change.title}: {change.before} -> {change.after}", "", "  ", "    ")


def in_short(changes: Changes, page: Page) -> None:
    """What an answer would change, advice by what becomes of it and only the first of each."""
    _ways_changed(changes, first_of, page)
    fates: dict[str, list[str]] = {}
    for change in changes.advice:
        fates.setdefault(change.after, []).append(change.title)
    for fate, titles in fates.items():
        page.add(f"then {fate}: {first_of(titles)}", "", "  ", "    ")


def first_of(titles: Sequence[str]) -> str:
    """The first few of a list, and how many more there are."""
    more = len(titles) - MOST_NAMED
    return "; ".join(titles[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _ways_changed(changes: Changes, said: Callable[[Sequence[str]], str], page: Page) -> None:
    if changes.part is not None:
        part = changes.part
        page.add(
            f"THE PART: {part.before or 'not named'} -> {part.after or 'not named'}",
            "bold",
            "  ",
            "    ",
        )
        page.add(
            f"Decided for it already: {said(part.taken)}. Look at these, at the consent and at "
            "every image again.",
            "bold",
            "  ",
            "    ",
        )
    for change in changes.alerts:
        page.add(
            f"EMERGENCY {change.title}: {change.before} -> {change.after}", "bold", "  ", "    "
        )
    for question in changes.reopened:
        page.add(f"Decision reopened: {question}", "bold", "  ", "    ")
    ways = (
        ("New on the way", changes.steps_gained),
        ("No longer on the way", changes.steps_lost),
        ("No longer applies", changes.stopped_applying),
    )
    for words, titles in ways:
        if titles:
            page.add(f"{words}: {said(tuple(dict.fromkeys(titles)))}", "", "  ", "    ")
