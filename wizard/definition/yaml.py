"""YAML as definitions use it: the 1.2 core schema, with the place of every key and value.

Composed from PyYAML's event stream without recursion, so that neither deep nor self-referring
input can exhaust anything; anchors, tags, merge keys and duplicate keys are refused.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from wizard.definition.diagnostics import Problem, Span

Data = dict[str, "Data"] | list["Data"] | str | int | Decimal | bool | None
MOST_BYTES = 4 * 1024 * 1024
MOST_NODES = 200_000
DEEPEST = 64
_DROPPED = "\0"
"""Stands for a key that was refused: its value is read and not kept."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset({"", "null", "Null", "NULL", "~"})
_TRUTHS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass
class Positions:
    """Places of one node: its own, those of its keys, and its children."""

    value: Span
    keys: dict[str, Span] = field(default_factory=dict)
    children: dict[str | int, Positions] = field(default_factory=dict)
    text_start: tuple[int, int] | None = None
    """Line and column of the first character of a string that is written without escapes."""
    text_lines: tuple[int, ...] = ()
    """For a literal block: the column at which each of its lines begins."""

    def at(self, path: Sequence[str | int]) -> Positions:
        """The positions of a descendant, or of the nearest ancestor that exists."""
        found = self
        for part in path:
            if part not in found.children:
                break
            found = found.children[part]
        return found

    def key(self, path: Sequence[str | int]) -> Span:
        """The place of a key, or of the value where there is no such key."""
        parent = self.at(path[:-1])
        return parent.keys.get(str(path[-1]), parent.value) if path else self.value

    def inside(self, start: int, end: int, text: str) -> Span:
        """The place of a part of a string value; the whole value where it cannot be told."""
        if self.text_start is None:
            return self.value
        line, column = self.text_start
        before = text[:start]
        if "\n" in before or self.text_lines:
            number = before.count("\n")
            within = start - (before.rfind("\n") + 1)
            line, column = line + number, column + within
        else:
            column += start
        width = max(1, end - start)
        return Span(self.value.file, line, column, line, column + width)


@dataclass
class Document:
    """The plain data of a file and the places of everything in it."""

    data: Data
    positions: Positions


def load(text: str, file: str, problems: list[Problem]) -> Document | None:
    """The document of a text; faults are added to `problems`, None after one that ends it."""
    start = Span(file, 1, 1, 1, 2)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        problems.append(
            Problem(
                "too-large",
                start,
                "a file of more than 4 MiB",
                "Split it into several files.",
            )
        )
        return None
    refused = _REFUSED.search(text)
    if refused:
        line = text.count("\n", 0, refused.start()) + 1
        column = refused.start() - (text.rfind("\n", 0, refused.start()) + 1) + 1
        problems.append(
            Problem(
                "bad-character",
                Span(file, line, column, line, column + 1),
                f"the character U+{ord(refused.group()):04X}",
                "Take it out: it is invisible and editors disagree about it.",
            )
        )
        return None
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _Composer(text, file, problems).compose()
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, file))
        return None
    finally:
        if enabled:
            gc.enable()


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    what = " ".join(
        filter(None, [getattr(error, "context", None), getattr(error, "problem", None)])
    )
    mend = "Check indentation (spaces, not tabs) and quote texts that contain `: ` or ` #`."
    return Problem(
        "yaml-syntax",
        Span(file, line, column, line, column + 1),
        f"not YAML: {what or error}",
        mend,
    )


@dataclass
class _Open:
    """A mapping or sequence that is being read."""

    data: dict[str, Data] | list[Data]
    positions: Positions
    key: str | None = None
    key_span: Span | None = None


class _Composer:
    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._file = file
        self._problems = problems
        self._stack: list[_Open] = []
        self._root: Document | None = None
        self._nodes = 0
        self._documents = 0

    def _span(self, event: Any) -> Span:
        a, b = event.start_mark, event.end_mark
        return Span(self._file, a.line + 1, a.column + 1, b.line + 1, b.column + 1)

    def _wrong(self, code: str, span: Span, what: str, mend: str) -> None:
        self._problems.append(Problem(code, span, what, mend))

    def compose(self) -> Document | None:
        """Reads all events."""
        for event in yaml.parse(self._text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._wrong(
                        "second-document",
                        self._span(event),
                        "a second document",
                        "One document per file: take out the `---`.",
                    )
                    return self._root
            elif isinstance(event, yaml.AliasEvent):
                self._wrong(
                    "alias",
                    self._span(event),
                    f"the alias *{event.anchor}",
                    "Write the content out: anchors and aliases are refused.",
                )
                if self._expects_key():
                    return None
                self._put(None, Positions(self._span(event)))
            elif isinstance(event, yaml.NodeEvent):
                if not self._node(event):
                    return None
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
        if self._root is None:
            span = Span(self._file, 1, 1, 1, 2)
            self._wrong(
                "empty-file",
                span,
                "an empty file",
                "Write at least one key or delete it.",
            )
        return self._root

    def _node(self, event: Any) -> bool:
        span = self._span(event)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._wrong("too-large", span, f"more than {MOST_NODES:,} nodes", "Split the file.")
            return False
        if event.anchor is not None:
            self._wrong(
                "anchor",
                span,
                f"the anchor &{event.anchor}",
                "Take it out: anchors and aliases are refused.",
            )
        if event.tag is not None and event.tag != "!":
            self._wrong("tag", span, f"the tag {event.tag}", "Take it out: tags are refused.")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, span)
            return True
        if len(self._stack) >= DEEPEST:
            self._wrong(
                "too-deep",
                span,
                f"more than {DEEPEST} levels",
                "Flatten the structure.",
            )
            return False
        if self._expects_key():
            self._wrong("complex-key", span, "a key that is not a word", "Keys are plain words.")
            return False
        mapping = isinstance(event, yaml.MappingStartEvent)
        self._stack.append(_Open({} if mapping else [], Positions(span)))
        return True

    def _expects_key(self) -> bool:
        return (
            bool(self._stack)
            and self._stack[-1].key is None
            and isinstance(self._stack[-1].data, dict)
        )

    def _close(self, event: yaml.Event) -> None:
        done = self._stack.pop()
        start, end = done.positions.value, self._span(event)
        done.positions.value = Span(start.file, start.line, start.column, end.line, end.column)
        self._put(done.data, done.positions)

    def _scalar(self, event: yaml.ScalarEvent, span: Span) -> None:
        if self._expects_key():
            self._key(event.value, span)
            return
        positions = Positions(span)
        if not event.style:
            data = self._plain(event.value, span)
            if span.line == span.end_line:
                positions.text_start = (span.line, span.column)
        else:
            data = event.value
            self._place_text(event, span, positions)
        self._put(data, positions)

    def _place_text(self, event: yaml.ScalarEvent, span: Span, positions: Positions) -> None:
        """Where the characters of a quoted or block scalar stand, if one for one."""
        if event.style in ("'", '"') and span.line == span.end_line:
            raw = self._lines[span.line - 1][span.column : span.end_column - 2]
            if raw == event.value:
                positions.text_start = (span.line, span.column + 1)
        elif event.style == "|":
            first = next(
                (n for n in range(span.line, len(self._lines)) if self._lines[n].strip()),
                None,
            )
            if first is not None and first == span.line:
                line = self._lines[first]
                indent = len(line) - len(line.lstrip(" "))
                positions.text_start = (first + 1, indent + 1)
                positions.text_lines = (indent + 1,)

    def _key(self, key: str, span: Span) -> None:
        here = self._stack[-1]
        assert isinstance(here.data, dict)
        if key == "<<":
            self._wrong(
                "merge-key",
                span,
                "the merge key <<",
                "Write the content out: merge keys are refused.",
            )
            key = _DROPPED
        elif key in here.positions.keys:
            first = here.positions.keys[key]
            self._wrong(
                "duplicate-key",
                span,
                f"the key `{key}` stands here a second time, first at line {first.line}",
                "Keep one of them.",
            )
            key = _DROPPED
        here.key, here.key_span = key, span

    def _put(self, data: Data, positions: Positions) -> None:
        if not self._stack:
            self._root = Document(data, positions)
            return
        here = self._stack[-1]
        if isinstance(here.data, list):
            here.positions.children[len(here.data)] = positions
            here.data.append(data)
            return
        key, here.key = here.key, None
        if key is None or key.startswith(_DROPPED):
            return
        here.data[key] = data
        here.positions.children[key] = positions
        if here.key_span is not None:
            here.positions.keys[key] = here.key_span

    def _plain(self, value: str, span: Span) -> Data:
        """A plain scalar under the YAML 1.2 core schema: yes, no, on and off are words."""
        if value in _NULL:
            return None
        if value in _TRUTHS:
            return _TRUTHS[value]
        if _INT.fullmatch(value):
            if re.fullmatch(r"[-+]?0[0-9]+", value):
                self._wrong(
                    "leading-zero",
                    span,
                    f"the number {value} begins with a zero",
                    "Write it without, or quote it if it is a word.",
                )
                return value
            if len(value) > 19:
                self._wrong(
                    "too-long-number",
                    span,
                    "a number of more than 18 digits",
                    "Quote it if it is a word.",
                )
                return 0
            return int(value, 0) if value[:2] in ("0o", "0x") else int(value)
        if _NOT_FINITE.fullmatch(value):
            self._wrong(
                "not-finite",
                span,
                f"{value} is not a number to count with",
                "Write a number.",
            )
            return 0
        if _FLOAT.fullmatch(value):
            if "e" in value.lower() or len(value) > 30:
                self._wrong(
                    "exponent",
                    span,
                    f"{value} has an exponent",
                    "Write it as a plain decimal, or quote it if it is a word.",
                )
                return 0
            return Decimal(value)
        return value


def locate(loc: Sequence[str | int], kind: str, positions: Positions) -> Span:
    """The place of a pydantic error: parts of `loc` that are no key or index are skipped.

    An unknown key and a bad key point at the key, a missing one at its parent's key, others at
    the value.
    """
    here = positions
    path: list[str | int] = []
    for part in loc:
        if part in here.children:
            here = here.children[part]
            path.append(part)
    if kind == "unexpected_keyword_argument" or (loc and loc[-1] == "[key]"):
        return positions.key(path)
    if kind == "missing":
        return (
            positions.key(path)
            if path
            else Span(
                here.value.file,
                here.value.line,
                here.value.column,
                here.value.line,
                here.value.column + 1,
            )
        )
    return here.value
