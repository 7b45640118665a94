"""One base error for everything that a person is told, and the exit codes of the command line."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to the shell. Documented in README.md."""

    OK = 0
    FAILED = 1
    """`self-test` failed."""
    USAGE = 2
    """The command line was not understood."""
    BAD_INPUT = 3
    """A case file, an answer or a site file was refused."""
    BAD_PATHWAY = 4
    """A pathway definition has errors."""
    UNKNOWN_CASE = 5
    """No case of that label."""
    STORAGE = 6
    """A file or the case store could not be read or written."""
    TERMINAL = 7
    """No terminal, or one that is too small."""
    INCOMPLETE = 8
    """`replay`, or the input of the plain lines, ended at a step for want of an answer."""
    FAULT = 70
    """A fault of the program itself."""
    INTERRUPTED = 130
    """Ctrl+C."""


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
