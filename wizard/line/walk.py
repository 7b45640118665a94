"""A case walked in plain lines: one block, one line typed, what it did said back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from wizard.case import inspection, pages
from wizard.case.actions import REASONS_OF_ABSENCE
from wizard.case.api import (
    Absence,
    Absent,
    Advice,
    DecisionState,
    Fact,
    OpenCase,
    Place,
    Truth,
    fact_of,
    fact_words,
    is_unusual,
)
from wizard.case.asking import check_awaited, held_multi, same_as_before
from wizard.case.cursor import Cursor
from wizard.case.interruptions import Interruptions
from wizard.case.review import Row
from wizard.case.typed import named, typed_value
from wizard.case.variant import HOW, LEFT, PROMPT, TITLE, WAYS_OUT, Variant, now_and_then
from wizard.desk import Desk
from wizard.errors import BadInput, PathwizardError
from wizard.line import blocks
from wizard.line.dialogs import Dialogs
from wizard.line.talk import Called, Talk


class Walk:
    """Where in the case the person is, and what each typed line does."""

    def __init__(self, case: OpenCase, desk: Desk, talk: Talk) -> None:
        self.case, self.talk, self._desk = case, talk, desk
        self._dialogs = Dialogs(case, desk, talk)
        self._interruptions = Interruptions(case)
        self._keys = desk.keys
        self.cursor = Cursor(case, desk.keys)
        self._reader = desk.reader
        self._said: tuple[Place, bool, bool] | None = None
        self._end_said = False
        self._left = False
        self._done_here = False

    def run(self) -> None:
        """Until the person leaves. Raises EndOfInput where the input ends before that."""
        self.talk.say()
        self.talk.say(f"{pages.header(self.case)}.")
        if self.case.kept:
            self.talk.say(blocks.hint(self._keys))
        outside, self.talk.commands = self.talk.commands, self._everywhere
        called: str | None = None
        try:
            while not self._left:
                try:
                    if called is not None:
                        action, called = called, None
                        self._called(action)
                    elif not self._interrupted():
                        self._block()
                except Called as call:
                    called = call.action
        finally:
            self.talk.commands = outside

    def _everywhere(self, typed: str) -> bool:
        """Help, the emergencies and leaving are taken at every prompt. Raises Called."""
        keys = self._keys
        action = keys.lettered(typed.casefold())
        if action is None or action.id not in ("keys", "emergency", "leave"):
            return False
        if action.id != "keys":
            raise Called(action.id)
        self.talk.say(blocks.EVERYWHERE.format(*map(keys.letter, ("emergency", "leave"))))
        return True

    def _called(self, action: str) -> None:
        self.talk.say("What was asked here is left unanswered.")
        try:
            self._act(action, "")
        except PathwizardError as error:
            self.talk.error(error)

    def _interrupted(self) -> bool:
        """Brings up what comes before every question."""
        card = self._interruptions.card()
        if card is not None:
            self._carded(self._dialogs.card(*card))
            return True
        aside = self._interruptions.aside()
        if aside is None:
            return False
        name, item, fact = aside
        if self._dialogs.holds(name, item, fact):
            self._interruptions.still_holds(name, fact)
            self.talk.say(f"{item.label} is kept although it no longer applies.")
        return True

    def _carded(self, said: str) -> None:
        self._left = said == "q"
        self._done_here = self._done_here or said == "c"
        if said == "g":
            self._turn_to_current()
        elif said == "undo":
            self._undo(self.cursor.undo)

    def _turn_to_current(self) -> None:
        self.cursor.turn_to_current()
        self._end_said = False

    # Blocks

    def _block(self) -> None:
        """Says where the person is, asks, and does what was typed."""
        cursor = self.cursor
        done, self._done_here = self._done_here and not cursor.open, False
        if done or cursor.place not in self.case.situation.places:
            self._turn_to_current()
        page = self.talk.page()
        news = cursor.news()
        if news:
            page.add(news)
        if cursor.at_end:
            if not self._end_said:
                blocks.end(self.case, self._keys, page)
            self._end_said = True
            prompt = "Command:"
        else:
            here = (cursor.place, cursor.waits, cursor.is_beside)
            if here != self._said:
                blocks.heading(cursor, self._keys, page)
                self._said = here
            if cursor.decision is not None:
                if cursor.chosen is None:
                    blocks.decision(self.case, cursor.decision, self._keys, page)
                prompt = "Choice:" if cursor.chosen is None else "Enter commits, a number changes:"
            elif cursor.item is not None:
                blocks.item(cursor, self._reader, self._keys, page)
                prompt = "Answer:"
            else:
                page.add("Nothing here applies to this person.")
                prompt = "Enter goes on:"
        self.talk.read_out(page)
        typed = self.talk.ask_any(prompt)
        try:
            self._typed(typed)
        except PathwizardError as error:
            self.talk.error(error)

    def _typed(self, typed: str) -> None:
        cursor = self.cursor
        if not typed:
            self._enter()
            return
        letter, words = typed[:1].casefold(), typed[1:].strip()
        action = self._keys.lettered(letter)
        if action is not None and action.id != "none" and _takes(action.id, letter, words):
            self._act(action.id, words)
        elif cursor.decision is not None:
            self._choose(cursor.decision, typed)
        elif cursor.item is not None:
            name, item = cursor.item
            value = typed_value(item, held_multi(self.case, name, cursor.place), typed)
            fact = fact_of(value, self.case.state.as_of)
            if isinstance(value, Absent) and value.reason is Absence.AWAITED:
                self._await()
            elif not is_unusual(item, value) or self._dialogs.unusual(fact_words(item, fact)):
                self._answer(fact)
        else:
            raise BadInput(
                f"'{typed}' does nothing here",
                mend=f"Type {self._keys.letter('keys')} for the commands.",
            )

    def _act(self, action: str, words: str) -> None:
        talk, dialogs = self.talk, self._dialogs
        if action == "await":
            self._await()
        elif action in REASONS_OF_ABSENCE:
            self._answer(fact_of(Absent(REASONS_OF_ABSENCE[action]), self.case.state.as_of))
        elif action == "same":
            self._answer(same_as_before(self.case, self.cursor.asked()[0], self.cursor.place))
        elif action == "body_map":
            self.cursor.asked()
            if answers := dialogs.bone(self.cursor.place):
                self._keep(answers)
        elif action == "rest":
            self._rest()
        elif action in inspection.ABOUT_THE_VIEW:
            page = talk.page()
            page.add()
            inspection.ABOUT_THE_VIEW[action](self.case, self._view(words), page)
            talk.read_out(page)
        elif action == "advice":
            page = talk.page()
            page.add()
            pages.all_advice(self.case, page)
            talk.read_out(page)
        elif action == "what_if":
            self._what_if()
        elif action == "emergency":
            self._emergency()
        elif action == "search":
            self._turn_to_row(dialogs.search(words, self._view("")))
        elif action == "trail":
            place = dialogs.trail()
            if place is not None:
                self.cursor.turn_to(place)
        elif action == "reader":
            self._reader = "trainee" if self._reader == "clinician" else "clinician"
            talk.say(f"Wording for the {self._reader}.")
        elif action == "keys":
            page = talk.page()
            page.add()
            blocks.commands(self._keys, page)
            talk.read_out(page)
        else:
            {
                "back": self._back,
                "map": lambda: dialogs.map(self.cursor.place),
                "check": self._check,
                "report": dialogs.report,
                "call_sheet": lambda: dialogs.read_report("call-sheet"),
                "respond": dialogs.respond,
                "undo": lambda: self._undo(self.cursor.undo),
                "redo": lambda: self._undo(self.cursor.redo),
                "leave": self._leave,
            }[action]()

    def _turn_to_row(self, row: Row | None) -> None:
        if row is not None:
            self.cursor.turn_to_row(row)

    def _view(self, words: str) -> inspection.View:
        """What a question such as `w 2` is about."""
        return self.cursor.view(self._reader, self._candidate(words))

    def _candidate(self, words: str) -> Advice | None:
        """The candidate of a number, else the chosen, the proposed, the first one."""
        state = self.cursor.decision
        if state is None:
            return None
        if words:
            return self.cursor.numbered(int(words[:6]))
        named = (self.cursor.chosen or state.proposal)[:1]
        return next((a for a in state.candidates if a.id in named), state.candidates[0])

    # What is done

    def _enter(self) -> None:
        """Goes on: keeps the answer, commits what was chosen, says what is missing."""
        cursor = self.cursor
        if cursor.at_end:
            self._end_said = False
        elif cursor.decision is not None:
            chosen = cursor.to_commit()
            if chosen is None or self._dialogs.commit(cursor.decision, chosen):
                self._turn_to_current()
        elif cursor.open:
            self.talk.say(cursor.skip())
        elif not cursor.move(1):
            self._turn_to_current()

    def _choose(self, state: DecisionState, typed: str) -> None:
        """Chooses candidates by number and says how they stand; Enter commits."""
        numbers = typed.replace(",", " ").split()
        none = [state.decision.none_label] if state.decision.none_label else []
        meant = named(typed, [*(a.recommendation.title for a in state.candidates), *none])
        if meant is not None:
            numbers = [str(meant + 1) if meant < len(state.candidates) else "0"]
        if not all(n.isascii() and n.isdigit() for n in numbers):
            mend = f"Type a number, or {self._keys.letter('keys')} for help."
            raise BadInput(f"'{typed}' is no choice here", mend=mend)
        if numbers == ["0"]:
            self.talk.say(self.cursor.choose_none())
            return
        wanted = [self.cursor.numbered(int(n[:6])) for n in numbers]
        found = [a for a in state.candidates if a in wanted]
        chosen = tuple(a.id for a in found)
        refused = self.case.refusal(state.place, chosen)
        if refused is not None:
            raise refused
        self.cursor.chosen = chosen
        page = self.talk.page()
        page.add()
        page.add("Chosen:")
        for advice in found:
            pages.candidate(self.case, advice, self._keys, page)
        if self.case.needs_reason(state.place, chosen):
            page.add("It is not what is proposed: a reason will be asked.")
        self.talk.read_out(page)

    def _answer(self, fact: Fact) -> None:
        """Takes an answer to the question in view."""
        self._keep({self.cursor.asked()[0]: fact})

    def _keep(self, answers: Mapping[str, Fact]) -> None:
        """Takes answers; what a change of an earlier one changes is said before.

        From a step that is done it goes on to where the case rests, once the cards that the
        answer brings up are answered: nothing else is in view.
        """
        found = self.cursor.change(answers)
        if found is not None:
            replaced = self.cursor.replaced(answers)
            if not self._dialogs.keeps(partial(pages.changed, found, replaced=replaced)):
                self.talk.say("It stays as it was.")
                return
        self.talk.say(self.cursor.take(answers))
        self._done_here = True

    def _rest(self) -> None:
        self.talk.say(self.cursor.rest())
        self._end_said = False

    def _await(self) -> None:
        item = self.cursor.asked()[1]
        check_awaited(item)
        fact = self._dialogs.awaited(item)
        if fact is not None:
            self._answer(fact)

    def _back(self) -> None:
        cursor = self.cursor
        if cursor.item is not None and cursor.move(-1):
            return
        if cursor.turn_back():
            cursor.move(len(cursor.items))
        else:
            self.talk.say("This is the first question.")

    def _undo(self, command: Callable[[], str]) -> None:
        self.talk.say(command())
        self._end_said = False

    def _check(self) -> None:
        chosen = self._dialogs.check()
        if chosen is None or isinstance(chosen, Row):
            self._turn_to_row(chosen)
        elif self._dialogs.still_so() is False:
            self._emergency()

    def _emergency(self) -> None:
        state = self._dialogs.emergency()
        if state is None:
            return
        if state.truth is Truth.TRUE:
            self._carded(self._dialogs.card(state, 0))
            return
        self.cursor.turn_to_asking(state.deciding)

    def _what_if(self) -> None:
        """Answers that are tried until the person leaves; within, what differs by them."""
        if isinstance(self.case, Variant):
            page = self.talk.page()
            page.add()
            now_and_then(self.case, page, columns=False)
            self.talk.read_out(page)
            return
        variant = Variant(self.case)
        tried = Walk(variant, self._desk, self.talk)
        tried.cursor.turn_to(self.cursor.place)
        self.talk.say(HOW.format(key=self._keys.letter("what_if")))
        self.talk.mark = PROMPT
        try:
            tried.run()
        finally:
            self.talk.mark = ""
        self._said = None
        if not variant.wanted or not self._dialogs.keeps(variant.keeping):
            self.talk.say(LEFT)
            return
        self.talk.say(variant.take_over())
        self._turn_to_current()

    def _leave(self) -> None:
        if isinstance(self.case, Variant):
            way = "drop"
            if self.case.differs:
                way = self.talk.choose(f"{TITLE}. Leave it?", WAYS_OUT, none=None) or way
            self.case.wanted = way == "keep"
            self._left = way != "stay"
            return
        self._left = True
        label = self.case.state.label
        self.talk.say(
            f"Left {label}. Everything is saved. Resume: pathwizard resume {label} --plain"
        )


def _takes(action: str, letter: str, words: str) -> bool:
    """Whether an action is meant where words stand behind its letter; a text may begin with it."""
    if action == "search":
        return not words or not letter.isalnum()
    return not words or (action in inspection.ABOUT_THE_VIEW and words.isdigit())
