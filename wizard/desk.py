"""The cases of one store on one day: opened, resumed, reported on.

What the faces and commands sit at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wizard import __version__
from wizard.case.keys import KEYS, Keys
from wizard.case.open_case import OpenCase, begin, pathway_named
from wizard.case.resting import resting_words
from wizard.definition.library import Library
from wizard.errors import BadInput, PathwizardError, StorageError
from wizard.store.files import create, free_name
from wizard.store.labels import new_label
from wizard.store.store import Store
from wizard.text import format_date

if TYPE_CHECKING:
    from wizard.report.lookup import Lookup

HOME_TEXT = (
    "For registered clinicians and supervised trainees, adults only. Lists options with their "
    "published basis; decides nothing."
)
NOTE = "patient"
"""The format of the draft note for the patient."""
SEARCH_TEXT = "Search: a claim, a question, a score, a word of the glossary"
VERSION_CHOICES = ((True, "Go on under the loaded version"), (False, "Leave the case as it is"))


@dataclass
class Desk:
    """`contacts` are those of the site, `now` gives the time (UTC), `reader` is whose wording a
    case opens with, `keys` call the actions; `trouble` says why the cases cannot be listed."""

    library: Library
    store: Store
    contacts: Mapping[str, str]
    today: date
    now: Callable[[], datetime]
    reader: str = "clinician"
    trouble: str = ""
    clock: date | None = None
    """The day it really is, where it is told."""
    keys: Keys = KEYS
    offers_note: bool = False
    """Whether the faces offer the draft note for the patient."""

    @cached_property
    def lookup(self) -> Lookup:
        """What can be looked up in the library; made at the first search."""
        from wizard.report.lookup import Lookup

        return Lookup(self.library)

    def check_start(self, pathway: str, label: str | None) -> str:
        """The id of a pathway. Raises BadInput for an unknown one and for a label that is taken."""
        name = pathway_named(self.library, pathway).id
        if label is not None and label in self.store.labels():
            raise BadInput(
                f"there is a case '{label}' already", mend="Choose another label, or resume it."
            )
        return name

    def labels(self) -> tuple[str, ...]:
        """The kept cases; none, with the reason in `trouble`, where the store cannot be read."""
        self.trouble = ""
        try:
            return self.store.labels()
        except PathwizardError as error:
            self.trouble = error.message()
            return ()

    def kept_words(self) -> str:
        """How many cases are kept, and where the latest rests."""
        labels = self.labels()
        latest = f"; {labels[0]} {self.resting(labels[0])}" if labels else ""
        return f"{len(labels)} kept{latest}"

    def standing(self, label: str) -> tuple[str, str]:
        """The pathway of a kept case and where it rests, or why it cannot be read."""
        try:
            case = OpenCase(self.library, self.store.read(label).events)
            return case.state.pathway, resting_words(case, self.today)
        except PathwizardError as error:
            return "cannot be read", error.what

    def resting(self, label: str) -> str:
        """Where a kept case rests, or why it cannot be read."""
        return self.standing(label)[1]

    def pathways(self) -> list[tuple[str, str]]:
        """The pathways by id, with their title, version and review status."""
        headers = [p.header for p in self.library.pathways.values()]
        return [(h.id, f"{h.title} {h.version}, {h.status}") for h in headers]

    def start(self, pathway: str, label: str | None = None) -> OpenCase:
        """A new case. Raises the errors of writing."""
        label = label or new_label(self.store.labels())
        return begin(self.library, pathway, label, self.today, self.store.writer(label))

    def resume(self, label: str) -> OpenCase:
        """A kept case, nothing written yet. Raises the errors of reading."""
        stored = self.store.read(label)
        return OpenCase(self.library, stored.events, self.store.writer(label, len(stored.events)))

    def take_up(self, case: OpenCase) -> None:
        """Goes on with a kept case today, under the loaded version. Raises those of writing."""
        if case.other_version:
            case.repin()
        if self.today > case.state.as_of:
            case.move_as_of(self.today)

    def other_day(self, case: OpenCase) -> str:
        """Said where a case is opened on another day than it is, else nothing."""
        day, today = case.state.as_of, self.clock
        if today is None or day == today:
            return ""
        apart = abs((day - today).days)
        days = "1 day" if apart == 1 else f"{apart:,} days"
        side = "after" if day > today else "before"
        return f"Looked at on {format_date(day)}, {days} {side} today ({format_date(today)})."

    def version_words(self, case: OpenCase) -> str:
        """With which version a case was walked, which is loaded, and where it rests under that."""
        return (
            f"{case.state.label} was walked with {case.state.pathway} {case.state.version} "
            f"({case.state.hash[:16]}); loaded is {case.pathway.header.version} "
            f"({case.pathway.hash[:16]}). Under it the case rests here: {resting_words(case)}"
        )

    def render(
        self,
        case: OpenCase,
        format: str,
        patient: tuple[str, str] | None = None,
        *,
        kept: bool = True,
    ) -> str:
        """The report of a case in one of the formats, for a named patient or nobody.

        `kept` is false for a case that was read from a file of answers. Raises BadInput for an
        unknown format.
        """
        from wizard.report.render import FORMATS, Generated
        from wizard.report.summary import summarise

        if not case.kept:
            raise BadInput("a what if makes no report", mend="Leave it; the case itself has one.")
        if format not in FORMATS:
            raise BadInput(f"'{format}' is not a format", mend=f"Formats: {', '.join(FORMATS)}.")
        head = "none"
        if kept:
            stored = self.store.read(case.state.label)
            if len(stored.events) != len(case.events):
                raise StorageError(
                    f"the case '{case.state.label}' was changed by another program",
                    mend="Leave it and resume it, to see what is new, then write the report.",
                )
            head = stored.head[:4]
        summary = summarise(case, self.contacts, __version__)
        return FORMATS[format](summary, Generated(self.now(), case.state.label, head, patient))

    def save(self, case: OpenCase, name: str, *, kept: bool = True) -> Path:
        """Writes the report to a new file whose ending says the format."""
        from wizard.report.render import ENDINGS

        path = Path(name).expanduser().absolute()
        format = ENDINGS.get(path.suffix)
        if format == NOTE and not self.offers_note:
            raise BadInput(
                "the draft note for the patient is switched off",
                mend="The setting patient_note=on offers it.",
            )
        if format is None:
            raise BadInput(
                f"no format for '{path.name}'", mend=f"End the name in {self.endings_words()}."
            )
        return create(path, self.render(case, format, kept=kept))

    def endings_words(self) -> str:
        """The endings of a name of a report that say what is written."""
        from wizard.report.render import ENDINGS

        said = {"answers": " (answers)", "print": " (pages)", NOTE: " (patient)"}
        offered = {end: f for end, f in ENDINGS.items() if f != NOTE or self.offers_note}
        return ", ".join(f"{end}{said.get(form, '')}" for end, form in offered.items())

    def suggest(self, case: OpenCase) -> str:
        """A name for the report that is not taken."""
        stem = f"{case.state.label}-{case.state.as_of.isoformat()}"
        return str(free_name(Path.cwd(), stem, "txt").name)
