"""What if: a variant of a case, tried beside it; nothing of it is kept."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from wizard.case import pages
from wizard.case.changes import changes
from wizard.case.compare import compare
from wizard.case.open_case import OpenCase
from wizard.case.page import Page, Painted
from wizard.case.wording import fact_words
from wizard.definition.item import Item
from wizard.engine.facts import Fact, Place
from wizard.errors import BadInput
from wizard.text import safe, wrap

TITLE = "WHAT IF - nothing here is kept"
HOW = "Answer as usual; nothing is kept. {key} shows now and then side by side."
LEFT = "Back to the case as it is. Nothing of the what if was kept."
NO_DIFFERENCE = "Nothing differs yet. Answer as usual; what changes by it will stand here."
KEPT_OF_IT = "WHAT IF - these answers would be kept"
NOTHING_TO_KEEP = "Nothing of the what if is left to keep."
NOT_ASKED = "Not kept, as the case does not ask it there"
NOT_DECIDED = "Decisions and responses that were tried are not kept: they are taken in the case."
WAYS_OUT = (
    ("drop", "Leave: what was tried is dropped"),
    ("keep", "Keep the answers tried: what they change is shown first"),
    ("stay", "Stay in the what if"),
)
"""What is asked on leaving once something was tried."""
PROMPT = "WHAT IF, not kept. "
"""Before everything that plain lines ask in a variant: no head stays in view there."""
TWO_COLUMNS = 60
"""From so many columns on now and then stand beside each other."""
Tried = tuple[str, Item, Fact, Place]
"""The name of an item, the item, the answer tried, and the step at which it was."""


_LEAVE = "Leave the what if; do it in the case itself."


class Variant(OpenCase):
    """A case with what is tried on top of it: it answers and decides as any, and writes nothing."""

    kept = False
    heading = TITLE
    saved = "Tried, not kept."

    wanted = False
    """Whether the person has asked to keep what was tried."""

    def __init__(self, case: OpenCase) -> None:
        super().__init__(case.library, case.events)
        self.real = case
        self._places: dict[tuple[str, int], Place] = {}

    def mark_checked(self) -> None:
        """Refused: a report rests on it."""
        raise BadInput("what is only tried is not checked", mend=_LEAVE)

    def take_in_hand(self, alert: str, who: str, since: str, on: date | None = None) -> None:
        """Refused: nobody is called for what is only tried, and nothing here reaches anybody."""
        raise BadInput("what is only tried is not taken in hand", mend=_LEAVE)

    def answer(self, item: str, fact: Fact, place: Place | None = None) -> None:
        """Tries an answer; remembers at which step, for keeping it."""
        place = place or self.situation.current.stop.place
        visit = self.visit_for(item, place)
        super().answer(item, fact, place)
        self._places.pop((item, visit), None)
        self._places[item, visit] = place

    @property
    def tried(self) -> tuple[Tried, ...]:
        """The answers that differ from those of the case, in the order in which they were tried."""
        now, then = self.real.state.facts.facts, self.state.facts.facts
        found = []
        for (name, visit), place in self._places.items():
            fact = then.get(name, {}).get(visit)
            if fact is not None and fact != now.get(name, {}).get(visit):
                found.append((name, self.item(name), fact, place))
        return tuple(found)

    @property
    def differs(self) -> bool:
        """Whether anything was tried that the case has not."""
        return self.state.facts != self.real.state.facts

    def keeping(self, page: Page) -> None:
        """Which answers would be kept, which not, and what that changes."""
        after = OpenCase(self.library, self.real.events)
        taken, left = _give(after, self.tried)
        page.add(KEPT_OF_IT if taken else NOTHING_TO_KEEP, "bold")
        for _, item, fact, _ in taken:
            page.add(f"{item.label}: {fact_words(item, fact)}", "", "  ", "    ")
        for _, item, _, _ in left:
            page.add(f"{NOT_ASKED}: {item.label}", "", "  ", "    ")
        facts = self.state.facts
        if (facts.commitments, facts.responses) != (
            self.real.state.facts.commitments,
            self.real.state.facts.responses,
        ):
            page.add(NOT_DECIDED)
        pages.changed(changes(self.real.situation, after.situation), page)

    def take_over(self) -> str:
        """Gives the answers tried to the case, and says them back. Raises the errors of writing."""
        taken, _ = _give(self.real, self.tried)
        said = [f"{item.label}: {fact_words(item, fact)}." for _, item, fact, _ in taken]
        return " ".join([*said, self.real.saved]) if said else NOTHING_TO_KEEP


def _give(case: OpenCase, tried: tuple[Tried, ...]) -> tuple[list[Tried], list[Tried]]:
    """Answers a case as a person would at its steps; what was taken, and what it does not ask."""
    taken, left = [], []
    for answer in tried:
        name, _, fact, place = answer
        if place in case.situation.places and name in dict(case.asked(place)):
            case.answer(name, fact, place)
            taken.append(answer)
        else:
            left.append(answer)
    return taken, left


def now_and_then(variant: Variant, page: Page, *, columns: bool = True) -> None:
    """The case as it is and the variant, side by side: whatever differs, by kind.

    Without `columns`, as where lines are read aloud in their order, the one stands below the other.
    """
    page.add(TITLE, "bold")
    found = compare(variant.real, variant)
    if found.none:
        page.add(NO_DIFFERENCE)
    for title, differences in found.sections.items():
        if not differences:
            continue
        page.add()
        page.add(title, "bold")
        for difference in differences:
            if not (difference.before or difference.after):
                page.add(difference.name, "", "", "  ")
                continue
            if difference.name:
                page.add(f"{difference.name}:", "", "", "  ")
            _beside(difference.before, difference.after, page, columns=columns)


def _beside(now: str, then: str, page: Page, *, columns: bool) -> None:
    if not columns or page.width < TWO_COLUMNS:
        page.add(now, "", "  now:  ", "        ")
        page.add(then, "", "  then: ", "        ")
        return
    column = (page.width - 4) // 2
    left, right = (
        wrap(words, column, head, "      ") for words, head in ((now, "now:  "), (then, "then: "))
    )
    for one, other in zip_longest(left, right, fillvalue=""):
        page.lines.append(Painted(safe(f"  {one.ljust(column)}  {other}".rstrip())))
