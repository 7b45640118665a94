"""docs/hazards.md and docs/invariants.md: `python -m tests.hazards` writes both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.hazards.log import Hazard, Invariant, read_hazards, read_invariants
from tests.hazards.markers import Marked, marked
from tests.hazards.removals import Removal, read_removals
from wizard.definition.library import Library

DOCS = Path(__file__).parents[2] / "docs"
HAZARDS = DOCS / "hazards.md"
INVARIANTS = DOCS / "invariants.md"

HEAD = """# Hazards and their controls

Each hazard of the log, what the program does about it, and the tests that would fail without it. Made by
`python -m tests.hazards` from markers on the tests (`@pytest.mark.hazard`) and `tests/hazards/hazards.yaml`; a test
keeps this page and them equal. *Shown*: a test shows the control. *In part*: one does, and the last column says what is
still open. *Open*: nothing shows it yet. No clinical safety officer has rated any of it.
"""
REMOVED = """
## Controls removed on purpose

In a copy of the program and its pathways one control is taken out, and the test that shows it is run: it must fail there
and hold without the change. `python -m pytest tests/hazards --full` removes them all again.

| hazard | what was taken out | where | the test that failed |
| --- | --- | --- | --- |"""
INVARIANT_HEAD = """# Invariants and where they are held

What must never or must always hold, in short words, and how this is known. Made by `python -m tests.hazards` from the
pathways, from markers on the tests (`@pytest.mark.invariant`) and `tests/hazards/invariants.yaml`; a test keeps this page
and them equal, and refuses an invariant without a class. *Proved*: an invariant of a pathway that `check --prove` proves over
every situation, unknowns included (`unknown-reassures` and `asked` are proofs of their own kind). *Checked*: `check` finds
what breaks it in the content. *Tested*: a test on advice, screen or report. *Not yet*: the last column says what is missing.
"""


def hazards_page() -> str:
    """docs/hazards.md."""
    hazards, tests = read_hazards(), marked("hazard")
    states = [_state(hazard, tests.get(hazard.id, [])) for hazard in hazards]
    counts = ", ".join(f"{states.count(s)} {s}" for s in ("shown", "in part", "open"))
    lines = [HEAD, f"**{len(hazards)} hazards: {counts}.**", ""]
    lines += [
        "| hazard | control | state | shown by | still open |",
        "| --- | --- | --- | --- | --- |",
    ]
    for hazard, state in zip(hazards, states, strict=True):
        shown = _tests(tests.get(hazard.id, []))
        what = f"{hazard.id} {hazard.hazard}"
        lines.append(f"| {what} | {hazard.control} | {state} | {shown} | {hazard.open} |")
    lines.append(REMOVED)
    lines += [_removed(removal) for removal in read_removals()]
    return "\n".join(lines) + "\n"


def _state(hazard: Hazard, tests: list[Marked]) -> str:
    if not tests:
        return "open"
    return "in part" if hazard.open else "shown"


def _tests(tests: list[Marked]) -> str:
    return "<br>".join(f"`{test.node.removeprefix('tests/')}`" for test in tests)


def _removed(removal: Removal) -> str:
    test = removal.test.removeprefix("tests/")
    return f"| {removal.hazard} | {removal.taken_out} | `{removal.file}` | `{test}` |"


def invariants_page(library: Library) -> str:
    """docs/invariants.md."""
    invariants, proofs, tests = read_invariants(), proved(library), marked("invariant")
    rows = [(i, classes(i, proofs.get(i.id, []), tests.get(i.id, []))) for i in invariants]
    lines = [INVARIANT_HEAD, f"**{len(rows)} invariants: {_counts(rows)}.**", ""]
    lines += ["| invariant | class | where | still open |", "| --- | --- | --- | --- |"]
    for invariant, found in rows:
        places = [f"{name}: {where}" for name, wheres in found.items() for where in wheres]
        words = f"{invariant.id} {invariant.text}"
        lines.append(
            f"| {words} | {_class(invariant, found)} | {'<br>'.join(places)} | {invariant.open} |"
        )
    return "\n".join(lines) + "\n"


def classes(invariant: Invariant, proofs: list[str], tests: list[Marked]) -> dict[str, list[str]]:
    """How an invariant is held, with the places; empty where it is not."""
    found = {
        "proved": [*proofs, *(f"every pathway, `{kind}`" for kind in invariant.proofs)],
        "checked": [f"`{code}`" for code in invariant.checks],
        "tested": [f"`{test.node.removeprefix('tests/')}`" for test in tests],
    }
    return {name: places for name, places in found.items() if places}


def _class(invariant: Invariant, found: dict[str, list[str]]) -> str:
    if not found:
        return "not yet"
    return ", ".join(found) + (" (in part)" if invariant.open else "")


def _counts(rows: list[tuple[Invariant, dict[str, list[str]]]]) -> str:
    """Each counted once, by the strongest way in which it is held."""
    first = [next(iter(found), "not yet") for _, found in rows]
    part = sum(bool(i.open and found) for i, found in rows)
    counts = [f"{first.count(name)} {name}" for name in ("proved", "checked", "tested", "not yet")]
    return f"{', '.join(counts)}; {part} of them in part only"


def proved(library: Library) -> dict[str, list[str]]:
    """The pathway invariants that name each id as their source."""
    found: dict[str, list[str]] = {}
    for pathway in sorted(library.pathways):
        by_id: dict[str, list[str]] = {}
        for name, invariant in library[pathway].invariants.items():
            for source in invariant.source:
                by_id.setdefault(source, []).append(f"`{name}`")
        for source, names in by_id.items():
            found.setdefault(source, []).append(f"{pathway} {', '.join(names)}")
    return found


def write(library: Library) -> Iterator[Path]:
    """Writes both pages."""
    for path, text in ((HAZARDS, hazards_page()), (INVARIANTS, invariants_page(library))):
        path.write_text(text, encoding="utf-8")
        yield path
