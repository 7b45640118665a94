"""Plain words for the patient, and the frame of the draft note that is made of them."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.definition.fields import Guard, Model, Words


@dataclass(frozen=True, kw_only=True)
class PatientWords(Model):
    """What the draft note for the patient says of an action, an emergency or an awaited result.

    They reword what stands beside them and say nothing more.
    """

    says: Words
    illness: bool = False
    """It tells of the illness or its treatment: said only once the patient knows."""
    hard: Words | None = None
    """Why it is harder to read than the check allows."""


@dataclass(frozen=True, kw_only=True)
class PatientNote(Model):
    """The frame of the draft note: its headings, and its words to the clinician."""

    title: Words
    draft: Words
    """To the clinician: that it is a draft to check and edit."""
    untold: Words
    """To the clinician, where the patient has not been told."""
    left_out: Words
    """To the clinician; `{count}` entries are not in the note."""
    no_longer: Words
    """To the clinician; `{count}` choices are not in the note, as they no longer stand."""
    told_if: Guard
    """Whether the patient has been told of the illness."""
    at_once: Words
    """The heading of what is done at once."""
    planned: Words
    """The heading of what comes next."""
    chosen: Words
    """The heading of what was chosen."""
    awaited: Words
    """The heading of results that are awaited."""
    waits: Words
    """`{what}` is awaited."""
    waits_from: Words
    """It is awaited from `{who}`."""
    waits_until: Words
    """It is awaited by `{day}`."""
    call: Words
    """The heading of the signs to call for."""
    call_line: Words
    """Whom to call, with a blank for the clinician to fill."""
    illness_words: tuple[Words, ...] = ()
    """Words that stand only where `illness` is true."""
    never_words: tuple[Words, ...] = ()
    """Words that stand nowhere, as they speak of the outlook."""
