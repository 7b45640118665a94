"""Plants one fault in a copy of the shipped pathways; refuses when a place or a text is not there once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
SHIPPED = HERE.parents[2] / "pathways"
BOTH = ("acrometastasis", "common")


class NotPlanted(Exception):
    """The place or the text of an edit is missing, or stands there more than once."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it comes from, what the author did, what a good checker says."""

    id: str
    hazard: str
    title: str
    fault: str
    needs: str
    ought: str
    edits: tuple[dict[str, object], ...]


def read_faults() -> tuple[Fault, ...]:
    """The faults in the order written."""
    rows = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))
    return tuple(Fault(**{**row, "edits": tuple(row["edits"])}) for row in rows)


def copy_pathways(folder: Path) -> Path:
    """The shipped definitions, without their cases, below `folder`."""
    return shutil.copytree(SHIPPED, folder / "pathways", ignore=shutil.ignore_patterns("cases"))


def plant(fault: Fault, pathways: Path) -> None:
    """Make every edit of the fault in the copy.

    Raises:
        NotPlanted: a place or a text is not found exactly once.
    """
    for edit in fault.edits:
        _edit(fault, edit, pathways)


def _edit(fault: Fault, edit: dict[str, object], pathways: Path) -> None:
    at = [str(name) for name in _list(edit["at"])]
    folders = (str(edit["in"]),) if "in" in edit else BOTH
    file, node = _find(fault, at, folders, pathways)
    text = file.read_text(encoding="utf-8")
    start, end = node.start_mark.index, node.end_mark.index
    if "drop" in edit:
        first, last = _entry(fault, node, str(edit["drop"]), text)
        file.write_text(text[:first] + text[last:], encoding="utf-8")
        return
    old = str(edit["replace"])
    if text[start:end].count(old) != 1:
        raise NotPlanted(f"{fault.id}: {old!r} does not stand once at {' '.join(at)} in {file}")
    changed = text[start:end].replace(old, str(edit["with"]))
    file.write_text(text[:start] + changed + text[end:], encoding="utf-8")


def _find(
    fault: Fault, at: list[str], folders: tuple[str, ...], pathways: Path
) -> tuple[Path, yaml.Node]:
    """The node of that name, in the first folder that defines it."""
    for folder in folders:
        found = [
            (file, node)
            for file in sorted((pathways / folder).glob("*.yaml"))
            if f"{at[1]}:" in (text := file.read_text(encoding="utf-8"))
            for node in _at(yaml.compose(text), at)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotPlanted(f"{fault.id}: {' '.join(at)} is defined more than once in {folder}")
    raise NotPlanted(f"{fault.id}: {' '.join(at)} is defined nowhere in {', '.join(folders)}")


def _at(node: yaml.Node | None, names: list[str]) -> list[yaml.Node]:
    if names and names[0] == "advice":
        steps = _at(node, ["steps"])
        holders = [*_at(node, ["recommendations"]), *_at(node, ["candidates"])]
        for step in [value for each in steps for _, value in each.value]:
            holders += _at(step, ["decision", "candidates"])
        return [found for holder in holders for found in _at(holder, names[1:])]
    if not names or node is None:
        return [] if node is None else [node]
    if not isinstance(node, yaml.MappingNode):
        return []
    return [
        found
        for key, value in node.value
        if key.value == names[0]
        for found in _at(value, names[1:])
    ]


def _entry(fault: Fault, node: yaml.Node, words: str, text: str) -> tuple[int, int]:
    """Start and end of the whole lines of the entry of a block list or mapping that holds the words."""
    entries: list[tuple[int, int]] = []
    for child in node.value:
        ends = child if isinstance(child, tuple) else (child, child)
        entries.append((ends[0].start_mark.index, ends[1].end_mark.index))
    hits = [(start, end) for start, end in entries if words in text[start:end]]
    if len(hits) != 1:
        raise NotPlanted(f"{fault.id}: {words!r} does not stand in one entry")
    start, end = hits[0]
    written = start + len(text[start:end].rstrip())  # a block ends where the next token begins
    return text.rfind("\n", 0, start) + 1, text.find("\n", written) + 1


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value
