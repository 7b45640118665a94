"""What if: a variant of a case, tried beside it; nothing of it is kept."""

from __future__ import annotations

from itertools import zip_longest

from wizard.case.compare import compare
from wizard.case.open_case import OpenCase
from wizard.case.page import Page, Painted
from wizard.text import safe, wrap

TITLE = "WHAT IF - nothing here is kept"
HOW = "Answer as usual; nothing is kept. {key} shows now and then side by side."
LEFT = "Back to the case as it is. Nothing of the what if was kept."
NO_DIFFERENCE = "Nothing differs yet. Answer as usual; what changes by it will stand here."
TWO_COLUMNS = 60
"""From so many columns on now and then stand beside each other."""


class Variant(OpenCase):
    """A case with what is tried on top of it: it answers and decides as any, and writes nothing."""

    kept = False
    heading = TITLE
    saved = "Tried, not kept."

    def __init__(self, case: OpenCase) -> None:
        super().__init__(case.library, case.events)
        self.real = case


def now_and_then(variant: Variant, page: Page) -> None:
    """The case as it is and the variant, side by side: whatever differs, by kind."""
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
            _beside(difference.before, difference.after, page)


def _beside(now: str, then: str, page: Page) -> None:
    if page.width < TWO_COLUMNS:
        page.add(now, "", "  now:  ", "        ")
        page.add(then, "", "  then: ", "        ")
        return
    column = (page.width - 4) // 2
    left, right = (
        wrap(words, column, head, "      ") for words, head in ((now, "now:  "), (then, "then: "))
    )
    for one, other in zip_longest(left, right, fillvalue=""):
        page.lines.append(Painted(safe(f"  {one.ljust(column)}  {other}".rstrip())))
