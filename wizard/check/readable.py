"""Lint of the plain words for the patient: how hard they read, and what they must not say.

The grade is that of Flesch and Kincaid, 0.39 words a sentence + 11.8 syllables a word - 15.59, the
years of school that a text asks for; grade 6 is read at an age of about 11. Syllables are counted
as groups of vowels, without a silent e at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from wizard.check.wording import Fault
from wizard.definition.fields import Model, key_of
from wizard.definition.patient import PatientNote, PatientWords

MOST_GRADE = 6.0
MOST_WORDS = 20
"""In one sentence."""
Path = tuple[str | int, ...]
_SENTENCE = re.compile(r"[.!?](?:\s+|$)")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*")
TO_THE_PATIENT = (
    *("at_once", "planned", "chosen", "awaited"),
    *("waits", "waits_from", "waits_until", "call"),
)
"""The fields of the frame that the patient reads; the others are the clinician's."""


def grade(text: str) -> float:
    """The years of school that a text asks for; 0 for one without a word."""
    said = [words for words in map(_words, _SENTENCE.split(text)) if words]
    count = sum(map(len, said))
    if not count:
        return 0.0
    syllables = sum(_syllables(word) for words in said for word in words)
    return 0.39 * count / len(said) + 11.8 * syllables / count - 15.59


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def _syllables(word: str) -> int:
    return sum(_of_part(part) for part in word.replace("'", "").split("-"))


def _of_part(part: str) -> int:
    """Abbreviations are said letter by letter; a number counts as one syllable."""
    if part.isupper():
        return len(part)
    lower = part.lower()
    found = len(re.findall(r"[aeiouy]+", lower))
    silent = lower.endswith("e") and not lower.endswith("le")
    ended = lower.endswith("ed") and not lower.endswith(("ted", "ded"))
    return max(1, found - (silent or ended))


def patient_faults(words: PatientWords, frame: PatientNote | None) -> Iterator[Fault]:
    """What is wrong with plain words: grade, length, what may not be said."""
    found = grade(words.says)
    if found > MOST_GRADE and words.hard is None:
        yield Fault(
            "patient-reading",
            f"the plain words ask for {found:.1f} years of school",
            f"Shorter words and sentences, at most {MOST_GRADE:.0f}; or say in `hard` why not.",
        )
    yield from frame_faults(words.says, frame)
    if frame is not None and not words.illness:
        for word in _met(words.says, frame.illness_words):
            what = f"`{word}` tells of the illness"
            mend = "Say it without, or set `illness: true`: then only who has been told reads it."
            yield Fault("patient-illness", what, mend)


def frame_faults(said: str, frame: PatientNote | None) -> Iterator[Fault]:
    """What is wrong with any words that the patient reads."""
    for sentence in _SENTENCE.split(said):
        count = len(_words(sentence))
        if count > MOST_WORDS:
            what = f"a sentence of {count} words to the patient"
            yield Fault("patient-sentence", what, f"At most {MOST_WORDS}: make two of it.")
    for word in _met(said, frame.never_words if frame is not None else ()):
        what = f"`{word}` speaks of the outlook"
        yield Fault("patient-never", what, "Leave it to the talk with the clinician.")


def _met(said: str, words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if re.search(rf"\b{re.escape(word)}", said, re.IGNORECASE):
            yield word


def patient_words(value: Any, path: Path = ()) -> Iterator[tuple[PatientWords, Path]]:
    """All plain words of a definition, with their places."""
    if isinstance(value, PatientWords):
        yield value, path
    elif isinstance(value, Model):
        for field in fields(value):
            yield from patient_words(getattr(value, field.name), (*path, key_of(field.name)))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from patient_words(part, (*path, key))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from patient_words(part, (*path, number))
