"""Pathways of any length, written as an author writes them, and facts for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wizard.engine.facts import CaseFacts, Fact
from wizard.guard import Choice

AS_OF = date(2026, 11, 22)
_COMMON = """claims:
  DX-TST-01: {text: A claim., certainty: series, checked: seen, references: [Ref1]}
references:
  Ref1: {title: A paper, kind: article}
"""
_HEADER = """format: 1
pathway:
  id: long
  title: A long pathway
  version: 0.1.0
  summary: For measurements.
  for_whom: Nobody.
  status: not clinically reviewed
  evidence_checked: 2026-11-22
  review_due: 2027-11-22
  start: step_0
  population_if: always
"""


PER_FILE = 1000
"""Steps in one file; a file of more nodes than declared is refused."""


def write(root: Path, steps: int, *, advice: bool = True) -> Path:
    """A pathway of steps that each ask one item; every tenth may be passed over.

    With advice there is one recommendation a step, on the item of the step and that before it.
    """
    (root / "common").mkdir(parents=True)
    (root / "common" / "common.yaml").write_text(_COMMON, "utf-8")
    (root / "long").mkdir()
    end = "endpoints: {done: {title: Done, text: The end.}}\n"
    (root / "long" / "pathway.yaml").write_text(_HEADER + end, "utf-8")
    for first in range(0, steps, PER_FILE):
        numbers = range(first, min(steps, first + PER_FILE))
        lines = ["items:", *map(_item, numbers), "steps:", *(_step(n, steps) for n in numbers)]
        lines += ["recommendations:", *map(_advice, numbers)] if advice else []
        (root / "long" / f"part-{first}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return root


def _item(n: int) -> str:
    return (
        f"  item_{n}: {{type: choice, label: Item {n}, ask: {{clinician: Item {n}?}}, "
        "why: For measurements., options: {yes: {label: Yes}, no: {label: No}}}"
    )


def _step(n: int, steps: int) -> str:
    after = f"step_{n + 1}" if n + 1 < steps else "done"
    over = f"step_{n + 2}" if n % 10 == 5 and n + 2 < steps else after
    return (
        f"  step_{n}: {{stage: presentation, title: Step {n}, asks: [item_{n}], exits: "
        f"[{{if: item_{n} = yes, to: {after}}}, {{otherwise: {over}}}, {{unknown: {after}}}]}}"
    )


def _advice(n: int) -> str:
    return (
        f"  advice_{n}: {{title: Advice {n}, action: Do it., stage: presentation, "
        f"who: somebody, by: today, if: item_{n} = yes and item_{max(n - 1, 0)} = yes, "
        "why: For measurements., strength: good practice, certainty: series, "
        "claims: [DX-TST-01]}"
    )


def facts(answered: int) -> CaseFacts:
    """The first items answered, all with yes."""
    given = {f"item_{n}": {1: Fact(Choice("yes"), AS_OF)} for n in range(answered)}
    return CaseFacts(facts=given)
