"""The application: home, the cases, and how it starts, stops and fails."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from wizard import __version__
from wizard.case.api import Library, OpenCase, begin, resting_words
from wizard.errors import BadInput, ExitCode, PathwizardError
from wizard.report.outline import outline
from wizard.report.render import ENDINGS, FORMATS, Generated
from wizard.report.summary import summarise
from wizard.store.files import create, free_name
from wizard.store.labels import new_label
from wizard.store.store import Store
from wizard.text import safe
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import Armed, ChooseScreen, PageScreen, inner_width
from wizard.tui.paint import Page, Painted, content_of

HOME_TEXT = (
    "For registered clinicians and supervised trainees, adults only. Lists options with their "
    "published basis; decides nothing."
)


class HomeScreen(Screen[None], Armed):
    """Start, resume, read, quit."""

    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        yield Static(id="header")
        yield Static(id="page")
        yield Static(id="footer")

    def on_mount(self) -> None:
        """Shows the choices."""
        self.show()

    def on_screen_resume(self) -> None:
        """Shows what has changed meanwhile."""
        self.show()

    def show(self, message: str = "") -> None:
        """Draws the page."""
        app = self.app
        assert isinstance(app, Wizard)
        page = Page(max(40, self.size.width - 4))
        labels = app.labels()
        page.add()
        page.add("1  Start a case")
        latest = f"; {labels[0]} {app.resting(labels[0])}" if labels else ""
        page.add(f"2  Resume a case - {len(labels)} kept{latest}", "", "", "   ")
        page.add("3  Read a pathway")
        page.add()
        page.add(HOME_TEXT)
        for words in filter(None, (message, app.trouble)):
            page.add()
            page.add(words, "bold")
        head = Painted("pathwizard - content not clinically reviewed")
        self.query_one("#header", Static).update(content_of([head]))
        self.query_one("#page", Static).update(page.content())
        foot = Painted("1 to 3 choose   q quit", "dim")
        self.query_one("#footer", Static).update(content_of([foot]))
        self.disarm()

    def on_key(self, event: events.Key) -> None:
        """The four keys of home."""
        app = self.app
        assert isinstance(app, Wizard)
        event.stop()
        if self.too_early(event):
            return
        if event.key in ("q", "ctrl+c"):
            app.exit(return_code=ExitCode.INTERRUPTED if event.key == "ctrl+c" else ExitCode.OK)
        elif event.key == "1":
            app.choose_pathway("Start a case of which pathway?", app.start_case)
        elif event.key == "2":
            app.choose_case()
        elif event.key == "3":
            app.choose_pathway("Read which pathway?", app.read_pathway)


class Wizard(App[None]):
    """The full-screen face of pathwizard."""

    CSS_PATH = "wizard.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "pathwizard"

    def __init__(
        self,
        library: Library,
        store: Store,
        contacts: Mapping[str, str],
        today: date,
        now: Callable[[], datetime],
        open_first: Callable[[Wizard], None] | None = None,
    ) -> None:
        super().__init__()
        self.library = library
        self.store = store
        self.contacts = contacts
        self.today = today
        self.now = now
        self._open_first = open_first
        self._trouble = ""

    def on_mount(self) -> None:
        """Handles termination, shows home or the case that was asked for."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            try:
                number = getattr(signal, name)
                loop.add_signal_handler(number, self._terminated, number)
            except (AttributeError, NotImplementedError, RuntimeError):
                break
        self.push_screen(HomeScreen())
        if self._open_first is not None:
            self._open_first(self)

    def _terminated(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def _fatal_error(self) -> None:
        """No local variables, so no answers, on the screen after a fault."""
        self._return_code = ExitCode.FAULT
        self._exit_renderables.append("Internal fault. Every answer that was shown is saved.")
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """The clipboard is never written."""

    # Cases

    def labels(self) -> tuple[str, ...]:
        """The kept cases; none, with the reason on home, where the store cannot be read."""
        try:
            return self.store.labels()
        except PathwizardError as error:
            self._trouble = error.message()
            return ()

    @property
    def trouble(self) -> str:
        """Why the kept cases cannot be listed."""
        return self._trouble

    def resting(self, label: str) -> str:
        """Where a kept case rests, or why it cannot be read."""
        try:
            return resting_words(OpenCase(self.library, self.store.read(label).events))
        except PathwizardError as error:
            return error.what

    def choose_pathway(self, title: str, then: Callable[[str], None]) -> None:
        """Asks for a pathway."""
        options = [
            (p.id, f"{p.header.title} {p.header.version}, {p.header.status}")
            for p in self.library.pathways.values()
        ]
        self.push_screen(ChooseScreen(title, options), lambda name: then(name) if name else None)

    def choose_case(self) -> None:
        """Asks for a case to resume."""
        options = [(label, f"{label} {self.resting(label)}") for label in self.labels()]
        if not options:
            self._tell("There is no case to resume.")
            return
        screen = ChooseScreen("Resume which case?", options)
        self.push_screen(screen, lambda label: self.resume_case(label) if label else None)

    def _tell(self, message: str) -> None:
        if isinstance(self.screen, HomeScreen):
            self.screen.show(message)

    def start_case(self, pathway: str, label: str | None = None) -> None:
        """A new case, opened."""
        try:
            label = label or new_label(self.store.labels())
            case = begin(self.library, pathway, label, self.today, self.store.writer(label))
        except PathwizardError as error:
            self._tell(error.message())
            return
        self._open(case)

    def resume_case(self, label: str) -> None:
        """A kept case, opened on today's day; another version of the pathway is asked about."""
        try:
            stored = self.store.read(label)
            writer = self.store.writer(label, len(stored.events))
            case = OpenCase(self.library, stored.events, writer)
            if not case.other_version:
                self._open_today(case)
                return
        except PathwizardError as error:
            self._tell(error.message())
            return
        page = Page(inner_width(self.size.width))
        page.add(
            f"{label} was walked with {case.state.pathway} {case.state.version} "
            f"({case.state.hash[:16]}); loaded is {case.pathway.header.version} "
            f"({case.pathway.hash[:16]}). Under it the case rests here: {resting_words(case)}"
        )
        options = [("go", "Go on under the loaded version"), ("leave", "Leave the case as it is")]

        def take(said: str | None) -> None:
            if said != "go":
                return
            try:
                case.repin()
                self._open_today(case)
            except PathwizardError as error:
                self._tell(error.message())

        self.push_screen(ChooseScreen("Another version of the pathway", options, page), take)

    def _open_today(self, case: OpenCase) -> None:
        """Opens a kept case as of today. Raises the errors of writing."""
        if self.today > case.state.as_of:
            case.move_as_of(self.today)
        self._open(case)

    def _open(self, case: OpenCase) -> None:
        self.push_screen(
            CaseScreen(case, self.contacts, self.render_report, self.save_report, self.suggest)
        )

    def read_pathway(self, pathway: str) -> None:
        """The outline of a pathway."""
        page = Page(inner_width(self.size.width))
        for line in outline(self.library[pathway], page.width).splitlines():
            page.lines.append(Painted(safe(line)))
        self.push_screen(PageScreen(pathway, page))

    # Reports

    def render_report(self, case: OpenCase, format: str) -> str:
        """The report of a case in one of the formats."""
        head = self.store.read(case.state.label).head[:4]
        summary = summarise(case, self.contacts, __version__)
        return FORMATS[format](summary, Generated(self.now(), case.state.label, head))

    def save_report(self, case: OpenCase, name: str) -> Path:
        """Writes the report to a new file whose ending says the format."""
        path = Path(name).expanduser()
        format = ENDINGS.get(path.suffix)
        if format is None:
            raise BadInput(
                f"no format for '{path.name}'", mend=f"End the name in {', '.join(ENDINGS)}."
            )
        return create(path, self.render_report(case, format))

    def suggest(self, case: OpenCase) -> str:
        """A name for the report that is not taken."""
        stem = f"{case.state.label}-{case.state.as_of.isoformat()}"
        return str(free_name(Path.cwd(), stem, "txt").name)


def run_wizard(
    library: Library,
    store: Store,
    contacts: Mapping[str, str],
    *,
    today: date,
    now: Callable[[], datetime],
    pathway: str | None = None,
    case: str | None = None,
    label: str | None = None,
) -> int:
    """Runs the wizard until the person leaves it; returns the exit code.

    Raises the errors of starting or reading the case that was named, before the screen opens.
    """
    open_first: Callable[[Wizard], None] | None = None
    if pathway is not None:
        from wizard.case.open_case import pathway_named

        name = pathway_named(library, pathway).id
        if label is not None and label in store.labels():
            raise BadInput(
                f"there is a case '{label}' already", mend="Choose another label, or resume it."
            )
        open_first = lambda app: app.start_case(name, label)  # noqa: E731
    elif case is not None:
        stored = store.read(case)
        open_first = lambda app: app.resume_case(stored.label)  # noqa: E731
    if os.environ.get("NO_COLOR"):
        os.environ["TEXTUAL_THEME"] = "ansi-dark"
    app = Wizard(library, store, contacts, today, now, open_first)
    app.run()
    return int(app.return_code or 0)
