"""Lint of what pathways say: notation that gets misread, and words that say too much.

Sources: the lists of error-prone notation quoted in the hazard log (HZ-10, HZ-29, HZ-47) and the
project's rules of content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.definition.recommendation import Recommendation


@dataclass(frozen=True)
class Fault:
    """What a text has wrong, and how to mend it."""

    code: str
    what: str
    mend: str


_ABBREVIATIONS = {
    "U": "units", "IU": "international units", "QD": "daily", "QOD": "every other day",
    "OD": "daily", "BD": "twice daily", "TDS": "three times daily", "QDS": "four times daily",
    "qd": "daily", "qod": "every other day", "bd": "twice daily", "tds": "three times daily",
    "qds": "four times daily", "SC": "subcutaneous", "SQ": "subcutaneous", "HS": "at bedtime",
    "cc": "mL", "MS": "morphine sulfate", "MSO4": "morphine sulfate",
    "MgSO4": "magnesium sulfate", "ug": "micrograms", "mcg": "micrograms", "AD": "right ear",
    "AS": "left ear", "AU": "both ears", "D/C": "discharge or discontinue", "PRN": "when needed",
    "prn": "when needed", "PO": "by mouth", "IV": "intravenous", "IM": "intramuscular",
    "Hx": "history", "Rx": "treatment", "Dx": "diagnosis", "pt": "person", "pts": "people",
    "y/o": "years old",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w/])(?:[A-Za-z]/[A-Za-z]|[A-Za-z][A-Za-z0-9]*)(?![\w/])")
_DOSE = r"(?:mg|g|kg|micrograms?|nanograms?|Gy|mL|units|mmol|MBq|mSv)\b(?!/)"
_TRAILING_ZERO = re.compile(rf"\d+\.\d*0 ?{_DOSE}")
_NAKED_DECIMAL = re.compile(r"(?<![\w.])\.\d")
_BARE_SIDE = re.compile(r"(?<![\d/] )(?<![\w/.-])[RL](?![\w/.-])")
_NUMBERED_DIGIT = re.compile(
    r"\b(?:digit|finger|toe|ray) [1-5]\b|\b(?:1st|2nd|3rd|4th|5th) (?:digit|finger)\b|"
    r"\b(?:second|third|fourth) finger\b"
)
_SIGNS = re.compile(r"[<>\u2264\u2265\u00b5\u03bc@]|\b\d+ ?x ?/|\+/-")
_TOO_SURE = re.compile(
    r"\b(?:guarantee[sd]?|rule[sd]? out|no risk|risk[- ]free|definitely|certainly)\b",
    re.IGNORECASE,
)
_SOFT = re.compile(r"\b(?:consider|might|could|may|discuss|ask|weigh|suggest)\b", re.IGNORECASE)
_SOFT_START = re.compile(r"^(?:consider|perhaps|maybe)\b", re.IGNORECASE)
_STRONG = re.compile(r"\b(?:we recommend|is recommended|must)\b", re.IGNORECASE)


def faults(text: str) -> Iterator[Fault]:
    """Everything in a sentence that is misread or says too much."""
    for match in _WORD.finditer(text):
        full = _ABBREVIATIONS.get(match.group())
        if full is not None:
            yield Fault("abbreviation", f"`{match.group()}` is misread", f"Write {full}.")
    for match in _TRAILING_ZERO.finditer(text):
        yield Fault(
            "trailing-zero",
            f"`{match.group()}` has a trailing zero, which is read as ten times as much",
            "Leave out zeros behind the point in doses.",
        )
    for match in _NAKED_DECIMAL.finditer(text):
        what = f"`{match.group()}` has no zero before the point"
        yield Fault("naked-decimal", what, "Write 0 before the point.")
    if _BARE_SIDE.search(text):
        yield Fault("bare-side", "a bare R or L", "Write RIGHT or LEFT.")
    for match in _NUMBERED_DIGIT.finditer(text):
        what = f"`{match.group()}` is counted in two ways"
        yield Fault("numbered-digit", what, "Name the digit: thumb, index, middle, ring, little.")
    for match in _SIGNS.finditer(text):
        what = f"the sign `{match.group().strip()}`"
        yield Fault("sign", what, "Write words: at least, more than, below, micrograms.")
    for match in _TOO_SURE.finditer(text):
        what = f"`{match.group()}` says more than a test can"
        yield Fault("too-sure", what, "Say what was found, and what it leaves open.")


def strength_faults(advice: Recommendation) -> Iterator[Fault]:
    """An action whose verb does not fit the strength of its source."""
    if advice.strength == "recommend" and _SOFT_START.search(advice.action):
        yield Fault(
            "verb-strength",
            "a strong recommendation that begins with a soft verb",
            "Begin with what is to be done, or give the strength of the source.",
        )
    if advice.strength == "consider" and not _SOFT.search(advice.action):
        yield Fault(
            "verb-strength",
            "an action to consider that reads like an order",
            "Say consider, discuss, ask or may.",
        )
    if advice.strength in ("good practice", "not stated by source") and _STRONG.search(
        advice.action
    ):
        yield Fault(
            "verb-strength",
            f"strong words, and the strength is: {advice.strength}",
            "Take out `must` and `recommended`, or give the strength of the source.",
        )
