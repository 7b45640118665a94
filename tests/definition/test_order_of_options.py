"""The order of options: a digit pressed by the rhythm of yes and no must not say something else."""

from __future__ import annotations

from itertools import combinations

from wizard.definition.library import Library

SCALES = {
    "antibiotic_courses",
    "pain_severity",
    "sins_collapse",
    "bloods_recent",
    "palsy",
    "suspected_primary",
    "working_label",
}
"""Grades, names and how many, whose `none` begins or ends a list; nobody answers them with yes or no."""


def test_no_stands_at_2_where_a_question_can_be_answered_with_no(library: Library) -> None:
    """As in every yes/no item, whose options are 1 Yes and 2 No."""
    met: set[str] = set()
    for pathway in library.pathways.values():
        for name, item in pathway.items.items():
            options = list(item.options)
            says_yes = any(option.label.startswith("Yes") for option in item.options.values())
            if item.type != "choice" or name in SCALES or not (says_yes or "none" in options):
                continue
            met.add(name)
            assert options[1] in ("no", "none"), name
    assert {"spinal_pain", "known_cancer", "device_or_metal", "antithrombotics"} <= met


NOT_YET = {"not_done", "not_measured", "not_taken", "untested", "not_sought", "not_requested"}
REASSURING = {
    "absent",
    "benign",
    "benign_pattern",
    "clear",
    "excluded",
    "negative",
    "no",
    "no_lesion",
    "normal",
    "not_possible",
    "not_seen",
    "tested_negative",
    "with_limbs",
    "within",
}
"""Results that close a question."""


def test_behind_not_done_comes_no_result_that_reassures(library: Library) -> None:
    """A 2 pressed as for *no* must not say that a study was done and found nothing."""
    met: set[str] = set()
    for pathway in library.pathways.values():
        for name, item in pathway.items.items():
            options = list(item.options)
            if item.type == "choice" and options[0] in NOT_YET:
                met.add(name)
                assert options[1] not in REASSURING, name
    assert {"mri_result", "chest_film_result", "myeloma_screen", "pregnancy_possible"} <= met


def test_shared_options_stand_in_one_order(library: Library) -> None:
    """A digit learned at one question must not say something else at the next: two questions that
    share three options or more, such as MRI and CT, or the primary, have them in one order. A palsy has grades, and an order about load has none of
    them."""
    items = {n: list(i.options) for p in library.pathways.values() for n, i in p.items.items()}
    met = 0
    for (one, first), (other, second) in combinations(sorted(items.items()), 2):
        shared = {*first} & {*second}
        if len(shared) >= 3 and {one, other} != {"palsy", "load_order"}:
            met += 1
            order = [option for option in first if option in shared]
            assert order == [option for option in second if option in shared], (one, other)
    assert met > 5
