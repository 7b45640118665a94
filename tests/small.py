"""Small pathways for tests, written as an author would write them."""

from __future__ import annotations

from pathlib import Path

from wizard.definition.library import Library
from wizard.definition.loading import load_library

HEADER = """format: 1
pathway:
  id: {id}
  title: A small pathway
  version: 0.1.0
  summary: For tests.
  for_whom: Nobody.
  status: not clinically reviewed
  evidence_checked: 2026-11-22
  review_due: 2027-11-22
  start: {start}
  population_if: always
"""
CLAIMS = """claims:
  DX-TST-01: {text: A claim., certainty: series, checked: seen, references: [Ref1]}
references:
  Ref1: {title: A paper, kind: article}
"""


def item(name: str, *options: str, more: str = "") -> str:
    """A choice item with these options."""
    listed = ", ".join(f"{option}: {{label: {option.title()}}}" for option in options)
    return (
        f"  {name}:\n    type: choice\n    label: {name.title()}\n    ask: {{clinician: {name}?}}\n"
        f"    why: For tests.\n    options: {{{listed}}}\n{more}"
    )


def write(root: Path, pathways: dict[str, str], common: str = "") -> Path:
    """Writes a root folder with `common/` and pathways."""
    (root / "common").mkdir(parents=True)
    (root / "common" / "common.yaml").write_text(CLAIMS + common, encoding="utf-8")
    for name, text in pathways.items():
        (root / name).mkdir()
        (root / name / "pathway.yaml").write_text(text, encoding="utf-8")
    return root


def load(root: Path, pathways: dict[str, str], common: str = "") -> Library:
    """Loads such a folder."""
    return load_library(write(root, pathways, common))
