"""The files of a small pathway to start from, and of the common ground that it needs.

The pathway cites claims that come with the program. Those that a folder's `common/` does not have
yet are copied with their references, so that nothing is cited without its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from yaml import safe_dump

from wizard.definition import yaml
from wizard.definition.diagnostics import Problem
from wizard.definition.fields import Model
from wizard.definition.folders import COMMON
from wizard.definition.library import Library
from wizard.definition.models import CommonFile
from wizard.definition.validation import written
from wizard.errors import BadInput, StorageError

_CLAIM = re.compile(r"\b[A-Z]{2,8}(?:-[A-Z]{2,4})?-[0-9]{1,3}\b")
_CONTACT = re.compile(r"contact: ([a-z_]+)")


def starter(name: str, folder: Path, shipped: Library, today: date) -> dict[Path, str]:
    """The files to write, by path: a pathway, its vignettes, and what `common/` lacks.

    Raises BadInput for a name that no pathway can have, StorageError where it is taken.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", name) or name == COMMON:
        raise BadInput(
            f"'{name}' cannot be the name of a pathway",
            mend="Use lower-case letters, digits and hyphens, such as painful-wrist.",
        )
    if (folder / name).exists():
        raise StorageError(
            "the folder exists and is not overwritten",
            where=str(folder / name),
            mend="Choose another name.",
        )
    words = {
        "__ID__": name,
        "__TITLE__": name.replace("-", " ").capitalize(),
        "__TODAY__": today.isoformat(),
        "__DUE__": (today + timedelta(days=365)).isoformat(),
    }
    template = files("wizard.check") / "starter_files"
    pathway = _filled((template / "pathway.yaml").read_text("utf-8"), words)
    found = {folder / name / "pathway.yaml": pathway}
    for file in sorted((template / "cases").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            text = _filled(file.read_text("utf-8"), words)
            found[folder / name / "cases" / file.name] = text
    common = shipped.common
    lacking = _lacking(pathway, common, _names(folder / COMMON))
    if lacking:
        text = safe_dump(lacking, sort_keys=False, allow_unicode=True, width=100)
        found[folder / COMMON / f"{name}.yaml"] = f"# Copied for {name}.\n{text}"
    return found


def _filled(text: str, words: Mapping[str, str]) -> str:
    for place, word in words.items():
        text = text.replace(place, word)
    return text


def _names(common: Path) -> dict[str, set[str]]:
    """What stands in a folder's common ground already, by section."""
    found: dict[str, set[str]] = {}
    problems: list[Problem] = []
    for file in sorted(common.glob("*.yaml")):
        try:
            document = yaml.load(file.read_text("utf-8"), file.name, problems)
        except (OSError, UnicodeDecodeError) as error:
            raise StorageError(f"the file cannot be read: {error}", where=str(file)) from error
        if document is None or not isinstance(document.data, dict):
            continue
        for section, entries in document.data.items():
            found.setdefault(section, set()).update(entries if isinstance(entries, dict) else ())
    return found


def _lacking(
    pathway: str, common: CommonFile, present: Mapping[str, set[str]]
) -> dict[str, dict[str, Any]]:
    claims = sorted(set(_CLAIM.findall(pathway)))
    references = sorted({key for name in claims for key in common.claims[name].references})
    reasons = [] if present.get("reasons") else list(common.reasons)
    wanted: dict[str, Iterable[str]] = {
        "claims": claims,
        "references": references,
        "contacts": sorted(set(_CONTACT.findall(pathway))),
        "reasons": reasons,
    }
    found = {
        section: {
            name: _plain(getattr(common, section)[name])
            for name in names
            if name not in present.get(section, ())
        }
        for section, names in wanted.items()
    }
    return {section: entries for section, entries in found.items() if entries}


def _plain(model: Any) -> Any:
    if isinstance(model, Model):
        return written(model, defaults=False)
    return model
