"""Finding things by words: an index that is made once, in which every word must be met.

Pure and deterministic, and without meaning of its own: nothing is guessed, nothing is written.
A word is met by a word that begins with it, whatever its case and accents, and by its simple
plural or singular. What is found stands in one order: the exact name first, then the exact title,
then what has the words in name and title, then what has them in its text.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.text import listed

_WORD = re.compile(r"[^\W_]+(?:\.[0-9]+)*")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "μ": "u"})
_PLURALS = (("ies", "y"), ("ses", "sis"), ("ches", "ch"), ("xes", "x"), ("ae", "a"), ("s", ""))
_NO_PLURALS = ("ss", "us", "is")
_WHOLE_TITLE, _PART_TITLE, _WHOLE_TEXT, _PART_TEXT = range(4)
MOST_NEAR = 3


@dataclass(frozen=True)
class Subject:
    """What can be found: what it is, its name, and its words.

    `title` is shown; with `headed` its words weigh more than those of `text`. `mark` says what a
    reader must know before reading on, such as that nobody has verified it. `pathway` is empty
    where every pathway shares it.
    """

    kind: str
    name: str
    title: str
    text: str = ""
    pathway: str = ""
    mark: str = ""
    headed: bool = True

    @property
    def head(self) -> str:
        """What it is and what it is called, with its mark."""
        named = self.name if not self.headed else ""
        within = f"({self.pathway})" if self.pathway else ""
        return ", ".join(
            filter(None, (" ".join(filter(None, (self.kind, named, within))), self.mark))
        )


Rank = tuple[int | bool, ...]


def words_of(text: str) -> list[str]:
    """The words of a text without case and accents; signs part words, but for a decimal point."""
    folded = text.casefold()
    if not folded.isascii():
        letters = unicodedata.normalize("NFKD", folded)
        folded = "".join(ch for ch in letters if not unicodedata.combining(ch))
        # A sign such as that of a trade mark is apart in capitals.
        folded = folded.casefold().translate(_LETTERS)
    return _WORD.findall(folded)


class Index:
    """Subjects by their words. `kinds` is the order of kinds that match alike."""

    def __init__(self, subjects: Iterable[Subject], kinds: Sequence[str]) -> None:
        self.subjects = tuple(subjects)
        self._kinds = {kind: number for number, kind in enumerate(kinds)}
        self._in: dict[str, dict[int, bool]] = {}
        self._sizes: list[int] = []
        self._exact: list[tuple[str, str]] = []
        for number, subject in enumerate(self.subjects):
            name, title = words_of(subject.name), words_of(subject.title)
            self._exact.append(("".join(name), "".join(title)))
            self._sizes.append(len(title) if subject.headed else 0)
            for word in (*name, *(title if subject.headed else ())):
                self._in.setdefault(word, {})[number] = True
            for word in (*(() if subject.headed else title), *words_of(subject.text)):
                self._in.setdefault(word, {}).setdefault(number, False)
        self._words = sorted(self._in)

    def found(self, query: str, pathway: str = "") -> list[tuple[Rank, Subject]]:
        """Every subject that has all words of `query`, best first, each with its rank.

        Where all else is equal those of `pathway` come before those of other pathways. Ranks of
        two indexes can be compared. Nothing is found by no word.
        """
        wanted = words_of(query)
        met = [self._met(word) for word in dict.fromkeys(wanted)]
        met.sort(key=len)
        whole = "".join(wanted)
        found = []
        for number in met[0] if met else ():
            if all(number in other for other in met[1:]):
                grades = [other[number] for other in met]
                rank = self._rank(number, grades, whole, pathway)
                subject = self.subjects[number]
                found.append(((subject.name != query.strip(), *rank), subject))
        return sorted(found, key=lambda pair: pair[0])

    def _rank(self, number: int, grades: list[int], whole: str, pathway: str) -> Rank:
        subject = self.subjects[number]
        name, title = self._exact[number]
        return (
            whole != name,
            whole != title,
            sum(grade >= _WHOLE_TEXT for grade in grades),
            whole not in title,
            sum(grade in (_PART_TITLE, _PART_TEXT) for grade in grades),
            self._kinds.get(subject.kind, len(self._kinds)),
            subject.pathway not in ("", pathway),
            self._sizes[number],
            number,
        )

    def _met(self, word: str) -> dict[int, int]:
        """The subjects that have a word, each with how well."""
        found: dict[int, int] = {}
        for other in self._beginning(word):
            self._grade(found, other, whole=other == word)
        for other in _other_numbers(word):
            self._grade(found, other, whole=True)
        return found

    def _grade(self, found: dict[int, int], word: str, *, whole: bool) -> None:
        for number, in_title in self._in.get(word, {}).items():
            if in_title:
                grade = _WHOLE_TITLE if whole else _PART_TITLE
            else:
                grade = _WHOLE_TEXT if whole else _PART_TEXT
            found[number] = min(grade, found.get(number, grade))

    def _beginning(self, word: str) -> Iterator[str]:
        at = bisect_left(self._words, word)
        while at < len(self._words) and self._words[at].startswith(word):
            yield self._words[at]
            at += 1

    def nothing_words(self, query: str) -> str:
        """What to say where nothing has all the words: which of them are met, and what is near."""
        wanted = list(dict.fromkeys(words_of(query)))
        if not wanted:
            return "Nothing found: type a word."
        counts = {word: len(self._met(word)) for word in wanted}
        said = ["Nothing found."]
        if len(wanted) > 1:
            alone = (f"{word} is found {n or 'in nothing'}" for word, n in counts.items())
            said = [f"Nothing found that has all of these words: {listed(alone)}."]
        near = dict.fromkeys(n for word in wanted if not counts[word] for n in self.near(word))
        if near:
            said.append(f"Near words: {listed(near)}.")
        return " ".join(said)

    def near(self, word: str) -> list[str]:
        """The words of the index that are most like one that it does not have."""
        alike = (w for w in self._words if abs(len(w) - len(word)) <= 2 and w.isalpha())
        return difflib.get_close_matches(word, alike, n=MOST_NEAR, cutoff=0.75)


def _other_numbers(word: str) -> Iterator[str]:
    """The singular of a plural and the plural of a singular, as far as the ending tells.

    None of a word of one or two letters: *as* is no plural.
    """
    if len(word) <= 2:
        return
    for plural, singular in _PLURALS:
        if word.endswith(plural) and not word.endswith(_NO_PLURALS):
            yield word[: -len(plural)] + singular
        if singular and word.endswith(singular):
            yield word[: -len(singular)] + plural
