"""Beside the question in a wide window: why, the evidence, what would change, or the map."""

from __future__ import annotations

from wizard.case.inspection import ABOUT_THE_VIEW, View, why_here
from wizard.case.keys import Keys
from wizard.case.open_case import OpenCase
from wizard.text import safe
from wizard.tui.paint import Page, Painted

TABS = {"why": "Why", "evidence": "Evidence", "change": "Changes", "map": "Map"}
"""What it can show, by action; its key opens the same on the whole screen once it is shown."""


def heads(tab: str, keys: Keys) -> list[Painted]:
    """The tabs with their letters, the one shown in brackets."""
    named = {name: f"{keys.letter(name)} {words}" for name, words in TABS.items()}
    shown = "  ".join(f"[{w}]" if name == tab else w for name, w in named.items())
    return [Painted(shown, "bold")]


def fill(tab: str, case: OpenCase, view: View, page: Page) -> None:
    """What a tab shows about what is in view; *why* without the guards, which its key opens."""
    if tab == "map":
        fill_map(case, view, page)
    elif tab == "why":
        why_here(case, view, page)
    else:
        ABOUT_THE_VIEW[tab](case, view, page)


def fill_map(case: OpenCase, view: View, page: Page) -> None:
    """The pathway of the place in view, with where the case has gone."""
    from wizard.report.case_map import HERE, case_map

    for line in case_map(case, view.place, page.width).splitlines():
        if HERE in line:
            page.here()
        page.lines.append(Painted(safe(line)))
