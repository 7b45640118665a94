"""Two versions of pathways side by side, in the words of the reviewer's view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from wizard.definition.library import Library, Pathway
from wizard.report.description import describe
from wizard.report.entry import Entry
from wizard.text import safe, wrap

WIDTH = 72
Kind = Literal["added", "removed", "changed"]
_FORM_ONLY = "nothing that is read differs; the files differ in form or in what is not shown"


@dataclass(frozen=True)
class Said:
    """One aspect before and after; empty where it was not there."""

    aspect: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A definition that was added, removed or changed, below the heading where it stands."""

    pathway: str
    group: str
    change: Kind
    kind: str
    name: str
    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class VersionDifference:
    """Everything that differs; `notes` name pathways that came, went, or differ in form only."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def as_text(self) -> str:
        """For a terminal or paper, 72 columns; only what changed, by pathway and stage."""
        out: list[str] = []
        pathway = group = ""
        for change in self.changes:
            if change.pathway != pathway:
                pathway, group = change.pathway, ""
                out += ["", f"{pathway}", "=" * len(pathway)]
            if change.group != group:
                group = change.group
                out += ["", group, "-" * len(group)]
            out += _lines(change)
        for note in self.notes:
            out += ["", *wrap(note, WIDTH)]
        return safe("\n".join(out[1:])) + "\n" if out else "Nothing differs."


def difference(before: Library, after: Library) -> VersionDifference:
    """What `after` says differently, pathway by pathway."""
    changes: list[Change] = []
    notes: list[str] = []
    for name in dict.fromkeys([*before.pathways, *after.pathways]):
        old, new = before.pathways.get(name), after.pathways.get(name)
        if old is None or new is None:
            notes.append(f"Pathway {name} was {'added' if old is None else 'removed'}.")
            continue
        found = changes_of(old, new)
        changes += found
        if not found and old.hash != new.hash:
            notes.append(f"{name}: {_FORM_ONLY}.")
    return VersionDifference(tuple(changes), tuple(notes))


def changes_of(before: Pathway, after: Pathway) -> list[Change]:
    """Every entry of two versions of a pathway that differs, in the order of the later one."""
    old, new = _entries(before), _entries(after)
    headings = list(dict.fromkeys(g for g, *_ in (*new.values(), *old.values())))
    found = []
    for key in dict.fromkeys([*new, *old]):
        group, entry, _ = new.get(key) or old[key]
        change: Kind = (
            "changed" if key in new and key in old else "added" if key in new else "removed"
        )
        said = _said(_aspects(old, key), _aspects(new, key))
        if said or change != "changed":
            args = (after.id, group, change, entry.kind, entry.name, entry.title)
            found.append(Change(*args, said))
    return sorted(found, key=lambda c: headings.index(c.group))


def _entries(pathway: Pathway) -> dict[tuple[str, str], tuple[str, Entry, Entry]]:
    """Each entry with its heading: as it reads, and as it stands in the files."""
    return {
        (read.kind, read.name): (group, read, filed)
        for (group, reads), (_, files) in zip(
            describe(pathway), describe(pathway, by_name=True), strict=True
        )
        for read, filed in zip(reads, files, strict=True)
    }


_Aspects = dict[str, list[tuple[str, str]]]
"""By label: how each reads, and how it stands in the files."""


def _aspects(
    entries: Mapping[tuple[str, str], tuple[str, Entry, Entry]], key: tuple[str, str]
) -> _Aspects:
    found: _Aspects = {}
    if key in entries:
        _, read, filed = entries[key]
        if read.title:
            found["title"] = [(read.title, filed.title)]
        for (label, words), (_, as_filed) in zip(read.aspects, filed.aspects, strict=True):
            found.setdefault(label, []).append((words, as_filed))
    return found


def _said(before: _Aspects, after: _Aspects) -> tuple[Said, ...]:
    """What differs, label by label; several of one label are lined up."""
    found: list[Said] = []
    for label in dict.fromkeys([*after, *before]):
        old, new = before.get(label, []), after.get(label, [])
        was_filed, now_filed = [filed for _, filed in old], [filed for _, filed in new]
        matcher = SequenceMatcher(None, was_filed, now_filed, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                pairs = zip_longest(old[a:b], new[c:d], fillvalue=("", ""))
                found += [_pair(label, was, now) for was, now in pairs]
    return tuple(found)


def _pair(label: str, was: tuple[str, str], now: tuple[str, str]) -> Said:
    """Where both read alike, what stands in the files is added."""
    if was[0] == now[0]:
        return Said(label, *(f"{words} (in the file: {filed})" for words, filed in (was, now)))
    return Said(label, was[0], now[0])


def _lines(change: Change) -> list[str]:
    head = f"{change.change.upper()} {change.kind}: {change.title} ({change.name})"
    if not change.title:
        head = f"{change.change.upper()} {change.kind} {change.name}"
    lines = wrap(head, WIDTH, "", "  ")
    for said in change.said:
        if change.change != "changed":
            if said.aspect != "title":
                lines += wrap(f"{said.aspect}: {said.before or said.after}", WIDTH, "  ", "    ")
            continue
        lines.append(f"  {said.aspect}")
        lines += wrap(f"before: {said.before or 'nothing'}", WIDTH, "    ", "      ")
        lines += wrap(f"after:  {said.after or 'nothing'}", WIDTH, "    ", "      ")
    return lines
