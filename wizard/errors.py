"""One base error for everything that a person is told, and the exit codes of the command line."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to the shell."""

    OK = 0
    FAILED = 1
    USAGE = 2
    BAD_INPUT = 3
    BAD_PATHWAY = 4
    UNKNOWN_CASE = 5
    STORAGE = 6
    TERMINAL = 7
    INCOMPLETE = 8
    FAULT = 70
    INTERRUPTED = 130


EXIT_WORDS = {
    ExitCode.OK: "done",
    ExitCode.FAILED: "`self-test` failed, or a vignette of `test`",
    ExitCode.USAGE: "the command line was not understood",
    ExitCode.BAD_INPUT: "a case file, an answer, a setting or a site file was refused",
    ExitCode.BAD_PATHWAY: "a pathway definition has errors",
    ExitCode.UNKNOWN_CASE: "no case of that label",
    ExitCode.STORAGE: "a file or the store cannot be read or written",
    ExitCode.TERMINAL: "no terminal, or one that does not fit the full screen",
    ExitCode.INCOMPLETE: "`replay` stopped for want of an answer, or the input of the plain lines "
    "ended there",
    ExitCode.FAULT: "a fault of the program",
    ExitCode.INTERRUPTED: "Ctrl+C",
}
"""What each says, as the help, the manual page and README.md have it."""


class PathwizardError(Exception):
    """Something to tell a person: what is wrong, where, and how to mend it."""

    exit_code: ExitCode = ExitCode.FAULT

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def message(self) -> str:
        """One clear message: place, fault, mend."""
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}.{mend}"

    def said(self) -> str:
        """The message to a person who has the place in view."""
        return self.message()

    def __str__(self) -> str:
        return self.message()


class BadInput(PathwizardError):
    """An answer, a case file or a site file that cannot be taken."""

    exit_code = ExitCode.BAD_INPUT

    def said(self) -> str:
        """Fault and mend; the place is named as files name it."""
        return f"{self.what}. {self.mend or ''}".strip()


class BadPathway(PathwizardError):
    """A pathway definition with errors."""

    exit_code = ExitCode.BAD_PATHWAY


class UnknownCase(PathwizardError):
    """A case label that the store does not hold."""

    exit_code = ExitCode.UNKNOWN_CASE


class StorageError(PathwizardError):
    """A file or store that cannot be read or written."""

    exit_code = ExitCode.STORAGE


class TerminalUnfit(PathwizardError):
    """No terminal, or one that the wizard cannot use."""

    exit_code = ExitCode.TERMINAL
