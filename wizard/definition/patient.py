"""Plain words for the patient, and the frame of the draft note that is made of them."""

from __future__ import annotations

from pydantic import Field

from wizard.definition.fields import Guard, Model, Words


class PatientWords(Model):
    """What the draft note for the patient says of an action, an emergency or an awaited result.

    They reword what stands beside them and say nothing more.
    """

    says: Words
    illness: bool = Field(
        default=False,
        description="It tells of the illness or its treatment: said only once the patient knows.",
    )
    hard: Words | None = Field(
        default=None, description="Why it is harder to read than the check allows."
    )


class PatientNote(Model):
    """The frame of the draft note: its headings, and its words to the clinician."""

    title: Words
    draft: Words = Field(description="To the clinician: that it is a draft to check and edit.")
    untold: Words = Field(description="To the clinician, where the patient has not been told.")
    left_out: Words = Field(description="To the clinician; `{count}` entries are not in the note.")
    told_if: Guard = Field(description="Whether the patient has been told of the illness.")
    planned: Words = Field(description="The heading of what comes next.")
    chosen: Words = Field(description="The heading of what was chosen.")
    awaited: Words = Field(description="The heading of results that are awaited.")
    waits: Words = Field(description="`{what}` is awaited.")
    waits_from: Words = Field(description="It is awaited from `{who}`.")
    waits_until: Words = Field(description="It is awaited by `{day}`.")
    call: Words = Field(description="The heading of the signs to call for.")
    call_line: Words = Field(description="Whom to call, with a blank for the clinician to fill.")
    illness_words: tuple[Words, ...] = Field(
        default=(), description="Words that stand only where `illness` is true."
    )
    never_words: tuple[Words, ...] = Field(
        default=(), description="Words that stand nowhere, as they speak of the outlook."
    )
