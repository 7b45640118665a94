"""Exits in words: when one is taken, and where it leads."""

from __future__ import annotations

from wizard.case.wording import guard_words
from wizard.definition.library import Pathway
from wizard.definition.models import Exit


def exit_words(pathway: Pathway, exit_: Exit) -> str:
    """An exit as one phrase: when, and where to."""
    return f"{when_words(pathway, exit_)}: {target_words(pathway, exit_.target)}"


def when_words(pathway: Pathway, exit_: Exit) -> str:
    """When an exit is taken."""
    if exit_.if_ is not None:
        return f"if {guard_words(pathway, exit_.if_)}"
    return "otherwise" if exit_.otherwise else "if not known"


def target_words(pathway: Pathway, target: str) -> str:
    """Where an exit leads: a step, an end, or a detour into another pathway."""
    if target in pathway.steps:
        return pathway.steps[target].title
    if target in pathway.endpoints:
        return f"end: {pathway.endpoints[target].title}"
    return f"detour: {target}"
