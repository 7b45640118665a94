"""How the plain face starts, what stands before a case, and how it ends."""

from __future__ import annotations

from wizard.case.api import OpenCase
from wizard.case.resting import awaited_lines, missing_words
from wizard.desk import HOME_TEXT, SEARCH_TEXT, VERSION_CHOICES, Desk
from wizard.errors import ExitCode, PathwizardError
from wizard.line.search import search
from wizard.line.talk import EndOfInput, Talk
from wizard.line.walk import Walk
from wizard.report.outline import outline


def run_lines(
    desk: Desk,
    talk: Talk,
    *,
    pathway: str | None = None,
    case: str | None = None,
    label: str | None = None,
) -> int:
    """Runs the plain face until the person leaves it; returns the exit code.

    A case that was named is the only one: leaving it ends the program. Raises the errors of
    starting or reading it.
    """
    home = Home(desk, talk)
    try:
        if pathway is not None:
            home.walk(desk.start(desk.check_start(pathway, label), label))
        elif case is not None:
            home.resume(case)
        else:
            home.run()
    except EndOfInput:
        missing = missing_words(home.case) if home.case is not None else None
        talk.say(f"The input has ended. {missing or 'Everything is saved.'}")
        home.say_resume()
        return ExitCode.INCOMPLETE if missing else ExitCode.OK
    except KeyboardInterrupt:
        talk.say()
        talk.say("Interrupted. Everything that was answered is saved.")
        home.say_resume()
        return ExitCode.INTERRUPTED
    return ExitCode.OK


class Home:
    """Start, resume, read, quit. `case` is the one that is open."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self.desk, self.talk = desk, talk
        self.case: OpenCase | None = None

    def run(self) -> None:
        """Until q. Raises EndOfInput."""
        find, leave = self.desk.keys.letter("search"), self.desk.keys.letter("leave")
        while True:
            for words in ("", "pathwizard. Content not clinically reviewed.", HOME_TEXT):
                self.talk.say(words)
            self.talk.say("Start a case", "  1  ")
            self.talk.say(f"Resume a case: {self.desk.kept_words()}", "  2  ", "     ")
            self.talk.say("Read a pathway", "  3  ")
            words = SEARCH_TEXT if find.isalnum() else f"{SEARCH_TEXT} ({find} with the words)"
            self.talk.say(words, f"  {find}  ", "     ")
            self.talk.say("Quit", f"  {leave}  ")
            if self.desk.trouble:
                self.talk.say(self.desk.trouble)
            typed = self.talk.ask(f"Type 1, 2, 3, {find} or {leave}:").casefold()
            if typed == leave:
                return
            try:
                self._do(typed)
            except PathwizardError as error:
                self.talk.error(error)

    def _do(self, typed: str) -> None:
        find, leave = self.desk.keys.letter("search"), self.desk.keys.letter("leave")
        if typed == "1":
            pathway = self.talk.choose("Start a case of which pathway?", self.desk.pathways())
            if pathway is not None:
                self.walk(self.desk.start(pathway))
        elif typed == "2":
            labels = self.desk.labels()
            words = [(label, f"{label} {self.desk.resting(label)}") for label in labels]
            chosen = self.talk.choose("Resume which case?", words) if labels else None
            if chosen is not None:
                self.resume(chosen)
            elif not labels:
                self.talk.say("There is no case to resume.")
        elif typed == "3":
            pathway = self.talk.choose("Read which pathway?", self.desk.pathways())
            if pathway is not None:
                self.talk.read_lines(outline(self.desk.library[pathway], self.talk.width))
        elif typed == find or (typed.startswith(find) and not find.isalnum()):
            search(self.talk, self.desk, typed[1:].strip())
        else:
            self.talk.wrong(f"'{typed}' does nothing here. Type 1, 2, 3, {find} or {leave}.")

    def resume(self, label: str) -> None:
        """A kept case; another version of its pathway is asked about before anything is written."""
        case = self.desk.resume(label)
        if case.other_version:
            self.talk.say(self.desk.version_words(case))
            title = "Another version of the pathway:"
            if not self.talk.choose(title, VERSION_CHOICES, none=None):
                return
        self.desk.take_up(case)
        awaited = awaited_lines(case, self.desk.clock or case.state.as_of)
        for words in awaited:
            self.talk.say(words)
        if awaited:
            check = self.desk.keys.letter("check")
            self.talk.say(f"If a result is back: {check}, a slash and its name, then its number.")
        self.walk(case)

    def walk(self, case: OpenCase) -> None:
        """A case until the person leaves it."""
        self.case = case
        if words := self.desk.other_day(case):
            self.talk.say(words)
        Walk(case, self.desk, self.talk).run()
        self.case = None

    def say_resume(self) -> None:
        """How to go on with the case that is open."""
        if self.case is not None:
            self.talk.say(f"Resume: pathwizard resume {self.case.state.label} --plain")
