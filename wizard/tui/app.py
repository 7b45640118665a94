"""The application: home, the cases, and how it starts, stops and fails."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from functools import partial
from threading import Timer

from textual import events
from textual.app import App, ComposeResult, ScreenStackError
from textual.css.query import NoMatches
from textual.geometry import Offset
from textual.screen import Screen
from textual.timer import Timer as Alarm
from textual.widgets import Static

from wizard.case.api import OpenCase
from wizard.desk import HOME_TEXT, SEARCH_TEXT, VERSION_CHOICES, Desk
from wizard.errors import ExitCode, PathwizardError
from wizard.store.settings import Settings
from wizard.terminal import takes_unicode
from wizard.text import safe
from wizard.tui import case_pages
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import NOT_PASTED, Armed, ChooseScreen, inner_width
from wizard.tui.idle import BlankScreen
from wizard.tui.keys import shown
from wizard.tui.paint import Page, Painted, content_of, show_ascii
from wizard.tui.reading import PageScreen
from wizard.tui.real_cursor import SHOW, RealCursor, at
from wizard.tui.small import SmallScreen, too_small
from wizard.tui.themes import CONTRAST, THEMES, colourless


class HomeScreen(Screen[None], Armed):
    """Start, resume, read, quit."""

    AUTO_FOCUS = ""

    def __init__(self, message: str = "") -> None:
        super().__init__()
        self._message = message
        self._drawn = ("", 0)

    def compose(self) -> ComposeResult:
        yield Static(id="header")
        yield Static(id="page")
        yield Static(id="footer")

    def on_screen_resume(self) -> None:
        """Shows what has changed meanwhile."""
        self.show(self._message)

    def on_resize(self) -> None:
        """Draws again for another width, where nothing is above it."""
        message, width = self._drawn
        if width not in (0, self.size.width) and self.app.screen is self:
            self.show(message)

    def on_screen_suspend(self) -> None:
        """Under a dialog none of its keys works, so that none is named."""
        self.query_one("#footer", Static).update(content_of([]))

    def show(self, message: str = "") -> None:
        """Draws the page."""
        self._message, self._drawn = "", (message, self.size.width)
        app = self.app
        assert isinstance(app, Wizard)
        letters = (self.case_keys.letter(a) for a in ("search", "keys", "leave"))
        find, keys, leave = letters
        page = Page(max(40, self.size.width - 4))
        page.add()
        page.add("1  Start a case")
        page.add(f"2  Resume a case - {app.desk.kept_words()}", "", "", "   ")
        page.add("3  Read a pathway")
        page.add(f"{find}  {SEARCH_TEXT}", "", "", "   ")
        page.add()
        page.add(HOME_TEXT)
        for words in filter(None, (message, app.desk.trouble)):
            page.add()
            page.add(words, "bold")
        head = Painted("pathwizard - content not clinically reviewed")
        self.query_one("#header", Static).update(content_of([head]))
        self.query_one("#page", Static).update(page.content())
        foot = Painted(f"1 to 3 choose   {find} search   {keys} keys   {leave} quit", "dim")
        self.query_one("#footer", Static).update(content_of([foot]))
        self.disarm()

    def on_paste(self, event: events.Paste) -> None:
        """Refused aloud: keys choose."""
        event.stop()
        self.show(NOT_PASTED)

    def cursor_at(self) -> Offset:
        """On the first choice."""
        return at(self.query_one("#page"), 1)

    def on_key(self, event: events.Key) -> None:
        """The keys of home."""
        app = self.app
        assert isinstance(app, Wizard)
        event.stop()
        if self.too_early(event):
            return
        action = self.case_keys.action(event.key, event.character)
        if action == "leave" and event.key != "escape":
            app.exit(return_code=ExitCode.INTERRUPTED if event.key == "ctrl+c" else ExitCode.OK)
        elif event.key == "1":
            app.choose_pathway("Start a case of which pathway?", app.start_case)
        elif event.key == "2":
            app.choose_case()
        elif event.key == "3":
            app.choose_pathway("Read which pathway?", app.read_pathway)
        elif action == "search":
            from wizard.tui.search_screen import SearchScreen

            app.push_screen(SearchScreen(app.desk))
        elif action == "keys":
            page = Page(inner_width(self.size.width))
            find, leave = shown(self.case_keys, "search"), self.case_keys.letter("leave")
            page.add(f"1 to 3 choose, {find} searches, {leave} or Ctrl+C quits. In a case:")
            case_pages.help_lines(self.case_keys, page)
            app.push_screen(PageScreen("Keys", page))


LEAVING_SECONDS = 2.0
"""So long a program that is told to end may take to restore the terminal."""


class Wizard(App[None]):
    """The full-screen face of pathwizard."""

    CSS_PATH = "wizard.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "pathwizard"

    def __init__(
        self,
        desk: Desk,
        open_first: Callable[[Wizard], None] | None = None,
        *,
        theme: str = "dark",
        blank_after: float = 0,
        end_after: float = 0,
        unicode: bool = True,
    ) -> None:
        """`blank_after` and `end_after` are seconds without a key, 0 for never; without `unicode`
        nothing but ASCII is painted."""
        # Said to it here, as Textual chooses here how it heeds NO_COLOR.
        super().__init__(ansi_color=True if theme == "terminal" else None)
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]
        self.register_theme(CONTRAST)
        self.theme = THEMES[theme]
        self._blank_after, self._end_after = blank_after, end_after
        self._idle: list[Alarm] = []
        if not unicode:
            from wizard.tui.ascii import AsciiFilter

            show_ascii()
            self._filters.append(AsciiFilter())
        self.desk = desk
        self.case_keys = desk.keys
        self._open_first = open_first
        self._ends_program = open_first is not None

    def on_mount(self) -> None:
        """Handles termination, shows home or the case that was asked for."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM", "SIGINT"):
            try:
                number = getattr(signal, name)
                loop.add_signal_handler(number, self._terminated, number)
            except (AttributeError, NotImplementedError, RuntimeError):
                break
        self._show_cursor()
        self.app_resume_signal.subscribe(self, lambda _: self._show_cursor())
        if self._open_first is None:
            self.push_screen(HomeScreen())
        else:
            self._open_first(self)
        self._wait_for_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Covers everything while the window is too small; what was open is there again after."""
        small = too_small(event.size.width, event.size.height)
        covered = isinstance(self.screen, SmallScreen)
        if small and not covered:
            self.push_screen(SmallScreen(self.case_keys.letter("leave")))
        elif covered and not small:
            self.pop_screen()

    def _show_cursor(self) -> None:
        """Textual hides it whenever it takes the terminal, at the start and after a stop."""
        if self._driver is not None:
            self._driver.write(SHOW)

    @property
    def cursor_position(self) -> Offset:
        """Where Textual leaves the cursor of the terminal behind every painting."""
        try:
            screen = self.screen
            return screen.cursor_at() if isinstance(screen, RealCursor) else Offset(0, 0)
        except (ScreenStackError, NoMatches):  # nothing is composed yet
            return Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, value: Offset) -> None:
        """The mark of the screen decides alone."""

    async def on_event(self, event: events.Event) -> None:
        """Every key and every paste starts the waiting anew."""
        if isinstance(event, events.Key | events.Paste):
            self._wait_for_keys()
        await super().on_event(event)

    def _wait_for_keys(self) -> None:
        for timer in self._idle:
            timer.stop()
        waits = ((self._blank_after, self._blank), (self._end_after, self._end))
        self._idle = [self.set_timer(after, then) for after, then in waits if after]

    def _blank(self) -> None:
        if isinstance(self.screen, BlankScreen):
            return
        cases = [s for s in self.screen_stack if isinstance(s, CaseScreen)]
        label = cases[-1].label if cases else ""
        screen = BlankScreen(label, self.case_keys.letter("leave"))
        self.push_screen(screen, lambda goes_on: None if goes_on else self.exit())

    def _end(self) -> None:
        self.exit(message="Ended, as no key was pressed. Everything is saved.")

    def _terminated(self, number: int) -> None:
        """Restores the terminal and ends, though the terminal be gone.

        Textual waits without end for what it has written to a terminal that was hung up.
        """
        self.exit(return_code=128 + number)
        last = Timer(LEAVING_SECONDS, os._exit, [128 + number])
        last.daemon = True
        last.start()

    def _fatal_error(self) -> None:
        """No local variables, so no answers, on the screen after a fault."""
        self._return_code = ExitCode.FAULT
        self._exit_renderables.append("Internal fault. Every answer that was shown is saved.")
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """The clipboard is never written."""

    # Cases

    def choose_pathway(self, title: str, then: Callable[[str], None]) -> None:
        """Asks for a pathway."""
        self._ends_program = False
        screen = ChooseScreen(title, self.desk.pathways())
        self.push_screen(screen, lambda name: then(name) if name else None)

    def choose_case(self) -> None:
        """Asks for a case to resume."""
        self._ends_program = False
        options = [(label, f"{label} {self.desk.resting(label)}") for label in self.desk.labels()]
        if not options:
            self._tell("There is no case to resume.")
            return
        screen = ChooseScreen("Resume which case?", options)
        self.push_screen(screen, lambda label: self.resume_case(label) if label else None)

    def _tell(self, message: str = "") -> None:
        """Home, with a message. It is not there before it is needed: a case may be opened first."""
        if isinstance(self.screen, HomeScreen):
            self.screen.show(message)
        elif not any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            self._ends_program = False
            self.push_screen(HomeScreen(message))

    def start_case(self, pathway: str, label: str | None = None) -> None:
        """A new case, opened."""
        try:
            case = self.desk.start(pathway, label)
        except PathwizardError as error:
            self._tell(error.message())
            return
        self._open(case)

    def resume_case(self, label: str) -> None:
        """A kept case, opened on today's day; another version of the pathway is asked about."""
        try:
            case = self.desk.resume(label)
            if not case.other_version:
                self._take_up(case)
                return
        except PathwizardError as error:
            self._tell(error.message())
            return
        page = Page(inner_width(self.size.width))
        page.add(self.desk.version_words(case))

        def take(goes_on: bool | None) -> None:
            if not goes_on:
                self._tell()
                return
            try:
                self._take_up(case)
            except PathwizardError as error:
                self._tell(error.message())

        self.push_screen(
            ChooseScreen("Another version of the pathway", VERSION_CHOICES, page), take
        )

    def _take_up(self, case: OpenCase) -> None:
        """Goes on with a kept case. Raises the errors of writing."""
        self.desk.take_up(case)
        self._open(case)

    def _open(self, case: OpenCase) -> None:
        """Walks a case; leaving the one that the program was started with ends the program."""
        screen = CaseScreen(case, self.desk, ends_program=self._ends_program)
        self.push_screen(screen, lambda _: self.exit() if self._ends_program else None)

    def read_pathway(self, pathway: str) -> None:
        """The outline of a pathway."""
        from wizard.report.outline import outline

        page = Page(inner_width(self.size.width))
        for line in outline(self.desk.library[pathway], page.width).splitlines():
            page.lines.append(Painted(safe(line)))
        self.push_screen(PageScreen(pathway, page))


def run_wizard(
    desk: Desk,
    settings: Settings,
    *,
    pathway: str | None = None,
    case: str | None = None,
    label: str | None = None,
) -> int:
    """Runs the wizard until the person leaves it; returns the exit code.

    Raises the errors of starting or reading the case that was named, before the screen opens.
    """
    open_first: Callable[[Wizard], None] | None = None
    if pathway is not None:
        name = desk.check_start(pathway, label)
        open_first = partial(Wizard.start_case, pathway=name, label=label)
    elif case is not None:
        stored = desk.store.read(case)
        open_first = partial(Wizard.resume_case, label=stored.label)
    app = Wizard(
        desk,
        open_first,
        theme="terminal" if colourless() else settings["theme"],
        blank_after=settings.seconds("blank_after"),
        end_after=settings.seconds("end_after"),
        unicode=takes_unicode(),
    )
    # What was made so far stays; it is kept out of every later search for garbage.
    gc.freeze()
    gc.enable()
    app.run()
    return int(app.return_code or 0)
