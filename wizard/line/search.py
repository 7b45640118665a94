"""The search in plain lines: a numbered list, a page read out, and back to where one was."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.case.review import FoundRow, Row
from wizard.case.search import Index, Subject
from wizard.desk import Desk
from wizard.line.talk import Talk

AT_ONCE = 9
"""Results that are listed before it is asked whether to go on."""


def search(
    talk: Talk,
    desk: Desk,
    words: str,
    suggested: Sequence[Subject] = (),
    case: tuple[str, Index] | None = None,
) -> Row | None:
    """Searches the library, and a case if one is open, until the person goes back.

    Gives back the answer to go to, if one was chosen. Without words those of the glossary that
    the question uses are listed. Raises EndOfInput.
    """
    pathway, answers = case or ("", None)
    found = list(suggested)
    if words or not found:
        words = words or talk.ask("Search for which words?")
        found = desk.lookup.found(words, pathway, answers)
        if not found:
            talk.say(desk.lookup.index.nothing_words(words))
            return None
        talk.say()
        talk.say(f"Found {len(found)}. Content not clinically reviewed.")
    else:
        talk.say()
        talk.say("Words of this question that are explained:")
    listed = _list(talk, desk, found, 0)
    while True:
        more = ", m: more" if listed < len(found) else ""
        typed = talk.ask(f"Number opens{more}, other words search, Enter: back.")
        if not typed:
            return None
        if typed.isascii() and typed.isdigit():
            number = int(typed[:6])
            if not 1 <= number <= len(found):
                talk.wrong(f"'{typed}' is none of the numbers. / {typed} searches for it.")
                continue
            chosen = found[number - 1]
            if isinstance(chosen, FoundRow):
                return chosen.row
            page = talk.page()
            page.add()
            desk.lookup.fill(chosen, page)
            talk.read_out(page)
        elif typed.casefold() == "m" and more:
            listed = _list(talk, desk, found, listed)
        else:
            words = typed.removeprefix("/").strip()
            others = desk.lookup.found(words, pathway, answers)
            if others:
                found = others
                talk.say(f"Found {len(found)}.")
                listed = _list(talk, desk, found, 0)
            else:
                talk.say(desk.lookup.index.nothing_words(words))


def _list(talk: Talk, desk: Desk, found: Sequence[Subject], start: int) -> int:
    """Says the next results with their numbers; how many were said by now."""
    end = min(len(found), start + AT_ONCE)
    for number, subject in enumerate(found[start:end], start=start + 1):
        talk.say(desk.lookup.line(subject), f"  {number}  ", "     ")
    if end < len(found):
        talk.say(f"{len(found) - end} more.")
    return end
