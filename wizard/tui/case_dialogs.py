"""What opens above the page of a case: cards, lists to choose from, pages to read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.case import choices, inspection, pages
from wizard.case.api import (
    Advice,
    AlertState,
    Answer,
    Fact,
    Item,
    Place,
    Truth,
    fact_words,
)
from wizard.case.choices import KEEP, SET_ASIDE
from wizard.case.review import (
    Row,
    answer_rows,
    emergency_signs,
    index_of_answers,
    open_words,
)
from wizard.desk import NOTE
from wizard.errors import PathwizardError
from wizard.terminal import COPY, FILE, clipboard_offer, copied_words, for_clipboard
from wizard.tui import case_pages
from wizard.tui.case_view import CaseView
from wizard.tui.dialogs import (
    AskScreen,
    ChooseScreen,
    Field,
    inner_width,
)
from wizard.tui.inspector import TABS, fill_map
from wizard.tui.paint import Page, Painted
from wizard.tui.reading import CardScreen, PageScreen

if TYPE_CHECKING:
    from wizard.case.variant import Variant

REPORT_KEYS = {"s": "save to a file", "c": "copy"}


class CaseDialogs(CaseView):
    """Every dialog of a case, and what its answer does."""

    # What follows a command

    def _after_command(self) -> None:
        """Cards that are due, items that stopped applying; then the page is drawn again."""
        if self.app.screen is not self:
            return
        card = self._interruptions.card()
        if card is not None:
            self._show_card(*card)
            return
        aside = self._interruptions.aside()
        if aside is not None:
            self._ask_aside(*aside)
            return
        self._show()

    def _carded(self, alert: str, said: str | None) -> None:
        if said == "k":
            fields = [
                Field("Who has it in hand?", check=given),
                Field("Since when?", check=given),
            ]

            def take(values: tuple[str, ...] | None) -> None:
                if values is not None:
                    self._guarded(lambda: self._case.take_in_hand(alert, values[0], values[1]))
                self._after_command()

            self.app.push_screen(AskScreen("Known and in hand", fields), take)
            return
        if said == "c":
            self._guarded(lambda: self._case.continue_work_up(alert))
        elif said == "g":
            self._cursor.turn_to_current()
        elif said == "undo":
            self._guarded(self._take_back)
        self._after_command()

    def _take_back(self) -> None:
        self._message = self._cursor.undo()

    def _ask_aside(self, name: str, item: Item, fact: Fact) -> None:
        """Asks whether a value of an item that applies no longer still holds; once a value."""
        page = Page(inner_width(self.size.width))
        page.add(f"{item.label}: {fact_words(item, fact)}")
        for state in self._case.alerts_resting_on(name):
            page.add(f"It keeps an emergency present: {state.title}", "bold")

        def take(aside: bool | None) -> None:
            if aside is None:
                self._message = f"{item.label}: not settled, and asked again after what comes next."
                self._show()
                return
            if aside:
                self._guarded(lambda: self._case.set_aside(name, confirmed=True))
            else:
                self._interruptions.still_holds(name, fact)
                self._message = f"{item.label} is kept although it no longer applies."
            self._after_command()

        self.app.push_screen(
            ChooseScreen("This no longer applies:", SET_ASIDE, page, marked=False), take
        )

    # Pages to read

    def _read(self, title: str, fill: Callable[[Page], None]) -> None:
        page = Page(inner_width(self.size.width))
        fill(page)
        self.app.push_screen(PageScreen(title, page))

    def _inspect(self, tab: str) -> None:
        """Beside the question where there is room; what is shown there already, in full."""
        if self.inspects and self._tab != tab:
            self._tab = tab
            return
        view = self._view()
        if tab == "map":
            self._read("Map of the pathway", lambda page: fill_map(self._case, view, page))
        else:
            fill = inspection.ABOUT_THE_VIEW[tab]
            self._read(TABS[tab], lambda page: fill(self._case, view, page))

    def _advice(self) -> None:
        self._read("All advice now", lambda page: pages.all_advice(self._case, page))

    def _emergency(self) -> None:
        def take(state: AlertState | None) -> None:
            if state is not None and state.truth is Truth.TRUE:
                self._show_card(state)
            elif state is not None:
                self._cursor.turn_to_asking(state.deciding)
                self._show()

        options = choices.emergencies(self._case)
        self.app.push_screen(ChooseScreen("Emergency now: which?", options), take)

    def _show_card(self, state: AlertState, behind: int = 0) -> None:
        """The card of an emergency; `behind` more wait behind it."""
        page = Page(inner_width(self.size.width))
        pages.card(self._case, state, self._desk.contacts, page)
        why = Page(inner_width(self.size.width))
        inspection.why_alert(self._case, state, why)
        screen = CardScreen(page, behind, why)
        self.app.push_screen(screen, lambda said: self._carded(state.id, said))

    def _trail(self) -> None:
        def take(place: Place | None) -> None:
            if place is not None:
                self.show_place(place)

        options = choices.steps(self._case)
        self.app.push_screen(ChooseScreen("Trail: jump to a step", options), take)

    def _check(self) -> None:
        """Check your answers: every answer by stage, each a way back to its step."""
        ended = self._case.situation.current.finished
        page = Page(inner_width(self.size.width))
        for words in open_words(self._case):
            page.add(words)
        page.add("Enter on a row changes it.", "dim")
        final = choices.ALL_CHECKED if ended else "All checked so far: back to the work-up"
        rows = [(row, row.words) for row in answer_rows(self._case)]
        options: list[tuple[Row | str, str]] = [(final, final), *rows]

        def take(row: Row | str | None) -> None:
            if isinstance(row, Row):
                self._jump_to_row(row)
            elif row is not None and ended:
                self._confirm_signs()

        self.app.push_screen(ChooseScreen("Check your answers", options, page), take)

    def _confirm_signs(self) -> None:
        """The emergency signs once more; the answers are checked once they are confirmed."""
        page = Page(inner_width(self.size.width))
        for words in emergency_signs(self._case):
            page.add(words, "", "", "  ")

        def take(still_so: bool | None) -> None:
            if still_so:
                self._guarded(self._case.mark_checked, choices.CHECKED)
            elif still_so is None:
                self._message = choices.NOT_CHECKED
                self._show()
            else:
                self._emergency()

        self.app.push_screen(
            ChooseScreen(choices.ONCE_MORE, choices.STILL_SO, page, marked=False), take
        )

    def _search(self) -> None:
        """Answers of this case, and everything that the pathways say, by words."""
        from wizard.tui.search_screen import SearchScreen

        words = self._desk.lookup.explained(inspection.words_in_view(self._case, self._view()))
        case = (self._case.state.pathway, index_of_answers(self._case))
        screen = SearchScreen(self._desk, words, case)
        self.app.push_screen(screen, lambda row: self._jump_to_row(row) if row else None)

    def _jump_to_row(self, row: Row) -> None:
        self._line = None
        self._cursor.turn_to_row(row)
        self._show()

    def _report(self) -> None:
        text = self._rendered("text")
        if text is not None:
            page = Page(80)
            self._fill_report(page, text)
            note = {"n": "for patient"} if self._desk.offers_note else {}
            self.app.push_screen(
                PageScreen("Report", page, REPORT_KEYS | note),
                partial(self._after_report, text),
            )

    def _after_report(self, text: str, wanted: str | None) -> None:
        if wanted == "s":
            self._ask_file()
        elif wanted == "c":
            self._ask_copy(text)
        elif wanted == "n":
            note = self._rendered(NOTE)
            if note is not None:
                self._read("Draft for the patient", lambda page: self._fill_report(page, note))

    def _ask_copy(self, text: str) -> None:
        """Says where the text would go before it is sent to the clipboard, and afterwards."""
        words, options = clipboard_offer(text)
        page = Page(inner_width(self.size.width))
        page.add(words)

        def take(chosen: str | None) -> None:
            if chosen == FILE:
                self._ask_file()
            elif chosen == COPY and self.app._driver is not None:
                self.app._driver.write(for_clipboard(text))
                self._message = copied_words(text)
                self._show()

        self.app.push_screen(
            ChooseScreen("Copy the report to the clipboard?", options, page, marked=False), take
        )

    def _call_sheet(self) -> None:
        text = self._rendered("call-sheet")
        if text is not None:
            self._read("Call sheet", lambda page: self._fill_report(page, text))

    def _rendered(self, format: str) -> str | None:
        """The report; None, with the reason on the screen, where it cannot be made."""
        try:
            return self._desk.render(self._case, format)
        except PathwizardError as error:
            self._message = error.said()
            self._show()
            return None

    def _fill_report(self, page: Page, text: str) -> None:
        for line in text.splitlines():
            page.lines.append(Painted(line))

    def _ask_file(self) -> None:
        written: list[Path] = []

        def check(name: str) -> str:
            try:
                written.append(self._desk.save(self._case, name.strip()))
            except PathwizardError as error:
                return error.message()
            return ""

        def done(values: tuple[str, ...] | None) -> None:
            if values is not None and written:
                self._message = f"Report written: {written[-1]}"
                self._show()

        label = f"New file: {self._desk.endings_words()}"
        field = Field(label, self._desk.suggest(self._case), check)
        self.app.push_screen(AskScreen("Save the report", [field]), done)

    def _respond(self) -> None:
        options = choices.advice_to_answer(self._case)
        if not options:
            self._message = "There is no advice to respond to."
            return

        def chosen(advice: Advice | None) -> None:
            if advice is not None:
                screen = ChooseScreen(advice.recommendation.title, choices.RESPONSES, marked=False)
                self.app.push_screen(screen, partial(self._responded, advice))

        self.app.push_screen(
            ChooseScreen("Respond to which advice?", options, marked=False), chosen
        )

    def _responded(self, advice: Advice, answer: Answer | None) -> None:
        if answer is None:
            return
        name, done = advice.id, f"{advice.recommendation.title}: {answer}. {self._case.saved}"
        if not choices.reason_asked(answer):
            self._guarded(lambda: self._case.respond(name, answer), done)
            return

        def note(reason: str, values: tuple[str, ...] | None) -> None:
            if values is not None:
                words = values[0].strip() or None
                self._guarded(lambda: self._case.respond(name, answer, reason, words), done)

        def take(reason: str | None) -> None:
            if reason is not None:
                screen = AskScreen(str(answer), [Field("In words? (or empty)")])
                self.app.push_screen(screen, partial(note, reason))

        options = choices.reasons(self._case)
        self.app.push_screen(ChooseScreen("For what reason?", options, marked=False), take)

    def _keys(self) -> None:
        self._read("Keys", lambda page: case_pages.help_lines(self.case_keys, page))

    def _leave_what_if(self, variant: Variant) -> None:
        """Once something was tried it asks whether that is dropped or kept."""
        from wizard.case.variant import WAYS_OUT

        def take(way: str | None) -> None:
            variant.wanted = way == "keep"
            if way not in (None, "stay"):
                self.dismiss(None)

        if variant.differs:
            self.app.push_screen(ChooseScreen("Leave it?", WAYS_OUT, marked=False), take)
        else:
            self.dismiss(None)

    def _keep_tried(self, variant: Variant) -> None:
        """What was tried, kept as any change is: once it was shown what it changes."""
        page = Page(inner_width(self.size.width))
        variant.keeping(page)

        def take(kept: bool | None) -> None:
            if kept:
                said: list[str] = []
                self._guarded(lambda: said.append(variant.take_over()))
                self._message = " ".join(said) or self._message
                self._cursor.turn_to_current()
                self._after_command()

        self.app.push_screen(ChooseScreen("This would change:", KEEP, page, marked=False), take)

    def _leave(self) -> None:
        if not self._case.kept:
            from wizard.case.variant import Variant

            if isinstance(self._case, Variant):
                self._leave_what_if(self._case)
            return
        lands = "the program ends" if self._ends_program else "back to the start page"
        options = [(True, f"Leave: everything is saved, {lands}"), (False, "Stay")]
        title = (
            f"Leave {self._case.state.label}? Resume: pathwizard resume {self._case.state.label}"
        )

        def take(leaves: bool | None) -> None:
            if leaves:
                self.dismiss(None)

        self.app.push_screen(ChooseScreen(title, options, marked=False), take)


def given(typed: str) -> str:
    """What is wrong with a line that must not stay empty."""
    return "" if typed.strip() else "This is needed."
