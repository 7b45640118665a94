"""What is asked beside the questions of a step: cards, changes, advice, lists, the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from wizard.case import body_map, choices, inspection, pages
from wizard.case.api import (
    AlertState,
    DecisionState,
    Fact,
    Item,
    OpenCase,
    Place,
    awaited,
    fact_words,
)
from wizard.case.page import Page
from wizard.case.review import (
    Row,
    answer_rows,
    emergency_signs,
    index_of_answers,
    open_words,
)
from wizard.case.typed import expected_day, expected_prompt
from wizard.desk import NOTE, Desk
from wizard.errors import BadInput, PathwizardError
from wizard.line.search import search
from wizard.line.talk import Called, Talk
from wizard.report.case_map import case_map
from wizard.terminal import COPY, FILE, clipboard_offer, copied_words, for_clipboard

CARD = choices.CARD | {
    "w": "why",
    "q": "save and leave the case; the card comes first when it is resumed",
}


class Dialogs:
    """Asks one thing and gives back its result; commands of the case are given here as well."""

    def __init__(self, case: OpenCase, desk: Desk, talk: Talk) -> None:
        self.case, self.desk, self.talk = case, desk, talk

    def guarded(self, command: Callable[[], object], done: str) -> bool:
        """Gives a command and says `done`; what it refuses is said instead."""
        try:
            command()
        except PathwizardError as error:
            self.talk.error(error)
            return False
        self.talk.say(done)
        return True

    # Emergencies

    def card(self, state: AlertState, behind: int) -> str:
        """The emergency card; says g, c, k, q or undo once that is done."""
        undo = self.desk.keys.letter("undo")
        letters = f"Type g, k, c, w, {undo} or q"
        talk = self.talk
        page = talk.page()
        more = f" ({behind} more behind it)" if behind else ""
        page.add()
        page.add(f"EMERGENCY{more}:")
        pages.card(self.case, state, self.desk.contacts, page)
        for letter, words in CARD.items():
            page.add(words, "", f"  {letter}  ", "     ")
        talk.read_out(page)
        while True:
            typed = talk.ask_any(f"{letters}:").casefold()
            if typed == "w":
                why = talk.page()
                inspection.why_alert(self.case, state, why)
                talk.read_out(why)
            elif typed in ("g", "q"):
                return typed
            elif typed == undo:
                return "undo"
            elif typed == "c":
                if self.guarded(
                    lambda: self.case.continue_work_up(state.id), "The work-up goes on beside it."
                ):
                    return typed
            elif typed == "k":
                try:
                    if self._in_hand(state):
                        return typed
                except Called as call:
                    if call.action == "leave":
                        return "q"
                    talk.say("Not noted. This is the card of an emergency.")
            else:
                talk.wrong(f"'{typed}' does nothing here. {letters}.")

    def _in_hand(self, state: AlertState) -> bool:
        who = self.talk.ask("Who has it in hand? (Enter: nobody yet)")
        since = self.talk.ask("Since when?") if who else ""
        if not who or not since:
            self.talk.say("Not noted: a name and a time are needed.")
            return False
        done = f"In hand: {who}, since {since}. {self.case.saved}"
        return self.guarded(lambda: self.case.take_in_hand(state.id, who, since), done)

    def emergency(self) -> AlertState | None:
        """One of the emergencies, those that are present first."""
        return self.talk.choose("Emergency now: which?", choices.emergencies(self.case))

    def holds(self, name: str, item: Item, fact: Fact) -> bool:
        """Whether a value of an item that applies no longer still holds; else it is set aside."""
        page = self.talk.page()
        page.add()
        page.add(f"This no longer applies. {item.label}: {fact_words(item, fact)}")
        for state in self.case.alerts_resting_on(name):
            page.add(f"It keeps an emergency present: {state.title}")
        self.talk.read_out(page)
        if not self.talk.choose("Which?", choices.SET_ASIDE, none=None):
            return True
        return not self.guarded(lambda: self.case.set_aside(name, confirmed=True), self.case.saved)

    # Answers

    def keeps(self, changed: Callable[[Page], None]) -> bool:
        """Whether changed answers are to be kept, after what they change was read."""
        page = self.talk.page()
        page.add()
        page.add("This would change:")
        changed(page)
        self.talk.read_out(page)
        return bool(self.talk.choose("Keep it?", choices.KEEP, none=None))

    def unusual(self, words: str) -> bool:
        """Whether an unusual value is meant."""
        options = [(True, f"Take {words}"), (False, "Type it again")]
        return bool(self.talk.choose(f"Unusual: {words}.", options, none=None))

    def bone(self, place: Place) -> dict[str, Fact]:
        """The answers that a bone of hand or foot stands for, found by its words; those that are
        not given already. Raises BadInput where there is no body map."""
        shown = body_map.regions(self.case, place)
        while typed := self.talk.ask(body_map.WHICH_BONE):
            found = body_map.named(shown, typed)
            if not found:
                self.talk.wrong(body_map.NO_BONE)
                continue
            bone = self.talk.choose("Which bone?", found)
            if bone is not None:
                answers = body_map.facts(self.case, place, bone)
                if not answers:
                    self.talk.say(body_map.ANSWERED.format(bone.words))
                return answers
        self.talk.say("Nothing is changed.")
        return {}

    def awaited(self, item: Item) -> Fact | None:
        """From whom a result is awaited, by when, who chases it; None for Enter at the first."""
        sender = self.talk.ask(f"{item.label} awaited from whom? (Enter: not awaited)")
        if not sender:
            self.talk.say("Nothing is changed.")
            return None
        due = self._expected()
        chased_by = self.talk.ask("Who chases it? (Enter: nobody yet)")
        return awaited(self.case.state.as_of, sender, due, chased_by)

    def _expected(self) -> date | None:
        as_of = self.case.state.as_of
        while True:
            try:
                return expected_day(self.talk.ask(expected_prompt(as_of)), as_of)
            except BadInput as error:
                self.talk.error(error)

    def reason(self, title: str) -> str | None:
        """A coded reason."""
        return self.talk.choose(title, choices.reasons(self.case))

    def commit(self, state: DecisionState, chosen: Sequence[str]) -> bool:
        """Commits a choice, with a coded reason where it is another than the proposed."""
        reason = None
        if self.case.needs_reason(state.place, chosen):
            reason = self.reason(choices.WHY_ANOTHER)
            if reason is None:
                self.talk.say("Not committed.")
                return False
        titles = [a.recommendation.title for a in state.candidates if a.id in chosen]
        done = f"Committed: {', '.join(titles) or state.decision.none_label}. {self.case.saved}"
        return self.guarded(lambda: self.case.commit(state.place, chosen, reason), done)

    def respond(self) -> None:
        """A response to a piece of advice."""
        options = choices.advice_to_answer(self.case)
        if not options:
            self.talk.say("There is no advice to respond to.")
            return
        advice = self.talk.choose("Respond to which advice?", options)
        answer = None if advice is None else self.talk.choose("Response?", choices.RESPONSES)
        if advice is None or answer is None:
            return
        reason, asked = None, choices.reason_asked(answer)
        if asked:
            reason = self.reason("For what reason?")
            if reason is None:
                self.talk.say("Nothing is noted.")
                return
        words = self.talk.ask("In words? (Enter: none)") if asked else ""
        command = partial(self.case.respond, advice.id, answer, reason, words or None)
        self.guarded(command, f"{advice.recommendation.title}: {answer}. {self.case.saved}")

    # Lists

    def trail(self) -> Place | None:
        """A step of the trail to jump to."""
        return self.talk.choose("Trail: jump to which step?", choices.steps(self.case))

    def map(self, place: Place) -> None:
        """The pathway as an outline, with the walked path."""
        self.talk.say()
        self.talk.read_lines(case_map(self.case, place, self.talk.width))

    def check(self) -> Row | str | None:
        """Check your answers: a row to change, or the words that all are checked."""
        self.talk.say()
        self.talk.say("CHECK YOUR ANSWERS")
        for words in open_words(self.case):
            self.talk.say(words)
        final = choices.ALL_CHECKED
        options: list[tuple[Row | str, str]] = [(r, r.words) for r in answer_rows(self.case)]
        if self.case.situation.current.finished:
            options.insert(0, (final, final))
        return self.talk.choose("Change which answer?", options, none="change nothing")

    def still_so(self) -> bool | None:
        """Whether the emergency signs are confirmed once more; the answers are then checked."""
        page = self.talk.page()
        page.add()
        for words in emergency_signs(self.case):
            page.add(words, "", "", "  ")
        self.talk.read_out(page)
        chosen = self.talk.choose(choices.ONCE_MORE, choices.STILL_SO, none="not now")
        if chosen:
            self.guarded(self.case.mark_checked, choices.CHECKED)
        elif chosen is None:
            self.talk.say(choices.NOT_CHECKED)
        return chosen

    def search(self, words: str, view: inspection.View) -> Row | None:
        """Answers and definitions by words; the answer to go to, if one is chosen."""
        here = self.desk.lookup.explained(inspection.words_in_view(self.case, view))
        answers = index_of_answers(self.case)
        return search(self.talk, self.desk, words, here, (self.case.state.pathway, answers))

    # The report

    def report(self) -> None:
        """Reads the report out, or writes it to a new file."""
        options = [
            ("text", "Read it here"),
            ("file", "Write it to a new file"),
            ("call-sheet", "Read the call sheet"),
            ("clipboard", "Copy it to the clipboard"),
        ]
        if self.desk.offers_note:
            options.append((NOTE, "Read the draft note for the patient"))
        chosen = self.talk.choose("Report:", options)
        if chosen == "file":
            self._write()
        elif chosen == "clipboard":
            self._copy()
        elif chosen is not None:
            self.read_report(chosen)

    def read_report(self, format: str) -> None:
        """The report as text, line by line."""
        self.talk.say()
        try:
            text = self.desk.render(self.case, format)
        except PathwizardError as error:
            self.talk.error(error)
        else:
            self.talk.read_lines(text)

    def _copy(self) -> None:
        """Says where the text would go before it is sent to the clipboard, and afterwards."""
        talk = self.talk
        if not talk.on_terminal:
            talk.wrong("Nobody reads this at a terminal, so there is no clipboard. Write a file.")
            return
        try:
            text = self.desk.render(self.case, "text")
        except PathwizardError as error:
            talk.error(error)
            return
        words, options = clipboard_offer(text)
        talk.say(words)
        chosen = talk.choose("Copy the report to the clipboard?", options, none="copy nothing")
        if chosen == FILE:
            self._write()
        elif chosen == COPY:
            talk.hand_over(for_clipboard(text))
            talk.say(copied_words(text))

    def _write(self) -> None:
        suggested = self.desk.suggest(self.case)
        self.talk.say(f"The ending says the format: {self.desk.endings_words()}.")
        while True:
            name = self.talk.ask(f"Name of the new file? (Enter: {suggested}; b: none)")
            if name == "b":
                return
            try:
                written = self.desk.save(self.case, name or suggested)
            except PathwizardError as error:
                self.talk.error(error)
            else:
                self.talk.say(f"Report written: {written}")
                return
