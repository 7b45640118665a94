"""What opens above the page of a case: cards, lists to choose from, pages to read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from wizard.case.api import (
    STAGES,
    AlertState,
    Answer,
    Fact,
    Status,
    Truth,
    explain_advice,
    explain_alert,
    explain_exits,
    fact_words,
)
from wizard.errors import PathwizardError
from wizard.text import listed
from wizard.tui import pages
from wizard.tui.case_view import CaseView
from wizard.tui.dialogs import (
    AskScreen,
    CardScreen,
    ChooseScreen,
    Field,
    PageScreen,
    inner_width,
)
from wizard.tui.paint import Page, Painted


class CaseDialogs(CaseView):
    """Every dialog of a case, and what its answer does."""

    # What follows a command

    def _after_command(self) -> None:
        """Cards that are due, items that stopped applying; then the page is drawn again."""
        if self.app.screen is not self:
            return
        speaking = [s for s in self._case.situation.alerts if s.speaks]
        self._spoken &= {s.id for s in speaking}
        due = [s for s in speaking if s.id not in self._spoken]
        if due:
            self._spoken.add(due[0].id)
            self._show_card(due[0], len(due) - 1)
            return
        facts = self._case.state.facts.facts
        for name in self._case.situation.stopped_applying:
            fact = facts[name][max(facts[name])]
            if self._still_holds.get(name) != fact:
                self._ask_aside(name, fact)
                return
        self._show()

    def _carded(self, alert: str, said: str | None) -> None:
        if said == "k":
            fields = [Field("Who has it in hand?"), Field("Since when?")]

            def take(values: tuple[str, ...] | None) -> None:
                if values is not None:
                    self._guarded(lambda: self._case.take_in_hand(alert, values[0], values[1]))
                self._after_command()

            self.app.push_screen(AskScreen("Known and in hand", fields, _both_given), take)
            return
        if said == "c":
            self._guarded(lambda: self._case.continue_work_up(alert))
        elif said == "g":
            self._turn_to_current()
        self._after_command()

    def _ask_aside(self, name: str, fact: Fact) -> None:
        """Asks whether a value of an item that applies no longer still holds; once a value."""
        item = next(p.items[name] for p in self._case.situation.pathways if name in p.items)
        page = Page(inner_width(self.size.width))
        page.add(f"{item.label}: {fact_words(item, fact)}")
        for state in self._case.alerts_resting_on(name):
            page.add(f"It keeps an emergency present: {state.alert.title}", "bold")
        options = [("aside", "Set it aside (kept, listed, not used)"), ("keep", "It still holds")]

        def take(said: str | None) -> None:
            if said == "aside":
                self._guarded(lambda: self._case.set_aside(name, confirmed=True))
            else:
                self._still_holds[name] = fact
                self._message = f"{item.label} is kept although it no longer applies."
            self._after_command()

        self.app.push_screen(ChooseScreen("This no longer applies:", options, page), take)

    # Pages to read

    def _read(self, title: str, fill: Callable[[Page], None]) -> None:
        page = Page(inner_width(self.size.width))
        fill(page)
        self.app.push_screen(PageScreen(title, page))

    def _why(self) -> None:
        candidate, step = self._candidate(), self._case.situation.step(self._place)

        def fill(page: Page) -> None:
            self._fill_why(page)
            if candidate is not None:
                page.add()
                pages.questioned(explain_advice(self._case, candidate), page)
            elif step.exits and not self._at_end and not self._stands_here():
                page.add()
                found = explain_exits(self._case, self._place)
                page.add(f"{found.subject}: {found.state}", "bold")
                pages.questioned(found, page)

        self._read("Why", fill)

    def _evidence(self) -> None:
        current, candidate = self._current(), self._candidate()
        step = self._case.situation.step(self._place)

        def fill(page: Page) -> None:
            if candidate is not None:
                recommendation = candidate.recommendation
                pages.conflicts(self._case, candidate, page)
                claims = [*recommendation.claims]
                claims += [c for a in recommendation.arguments for c in a.claims]
                claims += [c for n in recommendation.notes for c in n.claims]
            else:
                claims = [*(current[1].claims if current is not None else ()), *step.claims]
            pages.evidence(self._case, tuple(dict.fromkeys(claims)), page)

        self._read("Evidence", fill)

    def _advice(self) -> None:
        self._read("All advice now", lambda page: pages.all_advice(self._case, page))

    def _emergency(self) -> None:
        states = sorted(self._case.situation.alerts, key=lambda s: s.truth is not Truth.TRUE)
        items = [(state.id, pages.emergency_words(state)) for state in states]

        def take(alert: str | None) -> None:
            if alert is None:
                return
            state = next(s for s in states if s.id == alert)
            if state.truth is Truth.TRUE:
                self._show_card(state)
            else:
                self._jump_to_item(state.deciding)

        self.app.push_screen(ChooseScreen("Emergency now: which?", items), take)

    def _show_card(self, state: AlertState, behind: int = 0) -> None:
        """The card of an emergency; `behind` more wait behind it."""
        page = Page(inner_width(self.size.width))
        pages.card(self._case, state, self._contacts, page)
        why = Page(inner_width(self.size.width))
        pages.questioned(explain_alert(self._case, state), why)
        screen = CardScreen(page, behind, why)
        self.app.push_screen(screen, lambda said: self._carded(state.id, said))

    def _jump_to_item(self, items: tuple[str, ...]) -> None:
        """To the step that asks one of these items, wherever it stands on a trail."""
        for place in self._case.situation.places:
            names = [n for n, _ in self._case.asked(place)]
            for name in items:
                if name in names:
                    self.show_place(place)
                    self._cursor = names.index(name)
                    self._show()
                    return
        self._message = "The step that asks it is not reached yet."
        self._show()

    def _trail(self) -> None:
        situation = self._case.situation
        places = situation.places
        options = [
            (str(n), f"{STAGES[situation.step(p).stage]}: {situation.step(p).title}")
            for n, p in enumerate(places)
        ]

        def take(number: str | None) -> None:
            if number is not None:
                self.show_place(places[int(number)])

        self.app.push_screen(ChooseScreen("Trail: jump to a step", options), take)

    def _check(self) -> None:
        """Check your answers: every answer by stage, each a way back to its step."""
        situation = self._case.situation
        rows = self._answer_rows()
        page = Page(inner_width(self.size.width))
        missing = [s.alert.title for s in situation.alerts if s.truth is Truth.UNKNOWN]
        page.add(f"Not yet excluded ({len(missing)}): {listed(missing)}")
        open_items = sum(1 for _, words in rows if words.endswith((": not asked", ": not known")))
        page.add(f"Not known or not asked ({open_items})")
        page.add(f"Set aside ({len(self._case.state.facts.set_aside)})")
        page.add("Enter on a row changes it.", "dim")
        final = "All checked so far: back to the work-up"
        if situation.current.finished:
            final = "All checked: the next report is final"
        rows.insert(0, ("final", final))

        def take(row: str | None) -> None:
            if row == "final":
                if situation.current.finished:
                    done = "Checked. The report is now final until an answer changes."
                    self._guarded(self._case.mark_checked, done)
                self._show()
            elif row is not None:
                self._jump_to_row(row)

        self.app.push_screen(ChooseScreen("Check your answers", rows, page), take)

    def _search(self) -> None:
        """A question or an answer by a part of its words."""
        rows = self._answer_rows()
        screen = ChooseScreen("Search the questions and answers", rows, searching=True)
        self.app.push_screen(screen, lambda row: self._jump_to_row(row) if row else None)

    def _answer_rows(self) -> list[tuple[str, str]]:
        """Every item and decision on the trails, each once, with its answer."""
        situation = self._case.situation
        rows: dict[tuple[str, int], tuple[str, str]] = {}
        for number, place in enumerate(situation.places):
            stage = STAGES[situation.step(place).stage]
            for name, item in self._case.asked(place):
                fact = self._case.fact(name, place)
                words = fact_words(item, fact) if fact is not None else "not asked"
                row = (f"{number}:{name}", f"{stage} - {item.label}: {words}")
                rows.setdefault((name, place.visit), row)
            state = situation.decision(place)
            if state is not None and state.commitment is not None:
                titles = {a.id: a.recommendation.title for a in state.candidates}
                taken = listed(titles.get(c, c) for c in state.commitment.candidates)
                row = (f"{number}:", f"{stage} - {state.decision.question} {taken}")
                rows[place.step, place.visit] = row
        return list(rows.values())

    def _jump_to_row(self, row: str) -> None:
        number, name = row.split(":", 1)
        place = self._case.situation.places[int(number)]
        self.show_place(place)
        names = [n for n, _ in self._case.asked(place)]
        self._cursor = names.index(name) if name in names else 0
        self._show()

    def _report(self) -> None:
        page = Page(80)
        self._fill_report(page, self._render_report(self._case, "text"))
        screen = PageScreen("Report", page, can_save=True)
        self.app.push_screen(screen, lambda wanted: self._ask_file() if wanted else None)

    def _call_sheet(self) -> None:
        text = self._render_report(self._case, "call-sheet")
        self._read("Call sheet", lambda page: self._fill_report(page, text))

    def _fill_report(self, page: Page, text: str) -> None:
        for line in text.splitlines():
            page.lines.append(Painted(line))

    def _ask_file(self) -> None:
        written: list[Path] = []

        def check(values: tuple[str, ...]) -> str | None:
            try:
                written.append(self._save_report(self._case, values[0].strip()))
            except PathwizardError as error:
                return error.message()
            return None

        def done(values: tuple[str, ...] | None) -> None:
            if values is not None and written:
                self._message = f"Report written: {written[-1]}"
                self._show()

        label = "New file: .txt, .md, .html, .json, or .yaml for the answers"
        field = Field(label, self._suggest(self._case))
        self.app.push_screen(AskScreen("Save the report", [field], check), done)

    def _respond(self) -> None:
        advice = [a for a in self._case.situation.listed if a.status is not Status.BLOCKED]
        if not advice:
            self._message = "There is no advice to respond to."
            return
        titles = [(a.id, f"{a.recommendation.title} ({a.status_words})") for a in advice]

        def chosen(name: str | None) -> None:
            if name is None:
                return
            answers = [(str(a), str(a)) for a in Answer]
            self.app.push_screen(
                ChooseScreen("Response", answers), lambda said: self._responded(name, said)
            )

        self.app.push_screen(ChooseScreen("Respond to which advice?", titles), chosen)

    def _responded(self, name: str, said: str | None) -> None:
        if said is None:
            return
        answer = Answer(said)
        if answer is Answer.ACCEPTED or answer is Answer.ALREADY_DONE:
            self._guarded(lambda: self._case.respond(name, answer), f"Noted: {said}.")
            return
        reasons = list(self._case.pathway.common.reasons.items())

        def take(reason: str | None) -> None:
            if reason is not None:
                command = partial(self._case.respond, name, answer, reason)
                self._guarded(command, f"Noted: {said}.")

        self.app.push_screen(ChooseScreen("For what reason?", reasons), take)

    def _keys(self) -> None:
        self._read("Keys", pages.keys)

    def _leave(self) -> None:
        options = [("leave", "Leave; everything is saved"), ("stay", "Stay")]
        title = (
            f"Leave {self._case.state.label}? Resume: pathwizard resume {self._case.state.label}"
        )

        def take(said: str | None) -> None:
            if said == "leave":
                self.dismiss(None)

        self.app.push_screen(ChooseScreen(title, options), take)


def _both_given(values: tuple[str, ...]) -> str | None:
    return None if all(value.strip() for value in values) else "Both are needed."
