"""The ways through a pathway as a graph: an indented outline, Mermaid or DOT text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from wizard.case.wording import STAGES
from wizard.definition.library import Pathway
from wizard.report.exits import target_words, when_words
from wizard.text import safe, wrap

WIDTH = 72
_LINE = 40
"""The longest line of a label in a picture."""


@dataclass(frozen=True)
class Way:
    """From a step to a step, an endpoint or a detour, with the words of its guard."""

    source: str
    target: str
    words: str


def ways(pathway: Pathway) -> tuple[Way, ...]:
    """Every exit in the order in which it is read, and the way on from a loop's last visit."""
    found = []
    for name, step in pathway.steps.items():
        found += [Way(name, e.target, when_words(pathway, e)) for e in step.exits]
        if step.loop is not None:
            words = f"after {step.loop.visits} visits"
            found.append(Way(name, step.loop.then, words))
    return tuple(found)


def outline(pathway: Pathway, width: int = WIDTH, marks: Mapping[str, str] | None = None) -> str:
    """Indented: a step's branches stand below it, what they meet again at its own depth.

    A way to a step that stands higher up says so. `marks` are words behind steps.
    """
    marks = marks or {}
    onward = _by_step(pathway)
    reached, parents = _dominated(pathway.header.start, onward)
    children: dict[str, list[str]] = {name: [] for name in reached}
    for name in reached[1:]:
        children[parents[name]].append(name)
    out: list[str] = []
    seen: set[str] = set()
    waiting = [(pathway.header.start, 0)]
    while waiting:
        name, depth = waiting.pop()
        seen.add(name)
        indent = "  " * depth
        title = f"{pathway.steps[name].title} ({name})"
        if name in marks:
            title += f": {marks[name]}"
        out += wrap(title, width, indent, indent + "    ")
        for way in onward[name]:
            above = ", above" if way.target in seen else ""
            where = target_words(pathway, way.target)
            mark = f" ({way.target}{above})" if way.target in pathway.steps else ""
            words = f"- {way.words}: {where}{mark}"
            out += wrap(words, width, f"{indent}  ", f"{indent}    ")
        *branches, last = children[name] or [""]
        waiting += [(last, depth)] if last else []
        waiting += [(branch, depth + 1) for branch in reversed(branches)]
    return safe("\n".join(out)) + "\n"


def _by_step(pathway: Pathway) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {name: [] for name in pathway.steps}
    for way in ways(pathway):
        found[way.source].append(way)
    return found


def _dominated(start: str, onward: Mapping[str, list[Way]]) -> tuple[list[str], Mapping[str, str]]:
    """The steps in an order in which ways lead forward, loops apart; and for each the last step
    that every way to it passes (its immediate dominator, after Cooper, Harvey and Kennedy).
    """
    nexts = {n: [w.target for w in found if w.target in onward] for n, found in onward.items()}
    order = _forward(start, nexts)
    rank = {name: number for number, name in enumerate(order)}
    before: dict[str, list[str]] = {name: [] for name in order}
    for name in order:
        for target in nexts[name]:
            before[target].append(name)
    parents = {order[0]: order[0]}

    def meet(a: str, b: str) -> str:
        while a != b:
            if rank[a] > rank[b]:
                a = parents[a]
            else:
                b = parents[b]
        return a

    changed = True
    while changed:
        changed = False
        for name in order[1:]:
            first, *others = (b for b in before[name] if b in parents)
            found = first
            for other in others:
                found = meet(found, other)
            changed = changed or parents.get(name) != found
            parents[name] = found
    return order, parents


def _forward(start: str, nexts: Mapping[str, list[str]]) -> list[str]:
    """Reverse postorder of a walk without recursion; the exit read first comes first."""
    done: list[str] = []
    seen = {start}
    path = [(start, iter(reversed(nexts[start])))]
    while path:
        name, targets = path[-1]
        target = next((t for t in targets if t not in seen), None)
        if target is None:
            done.append(name)
            path.pop()
        else:
            seen.add(target)
            path.append((target, iter(reversed(nexts[target]))))
    return done[::-1]


def _nodes(pathway: Pathway) -> dict[str, str]:
    """An identifier for each step, endpoint and detour that no language takes for its own word."""
    detours = (w.target for w in ways(pathway))
    names = dict.fromkeys([*pathway.steps, *pathway.endpoints, *detours])
    return {name: f"n{number}" for number, name in enumerate(names)}


def _by_stage(pathway: Pathway) -> Iterable[tuple[str, str, list[str]]]:
    for stage, title in STAGES.items():
        steps = [name for name, step in pathway.steps.items() if step.stage == stage]
        if steps:
            yield stage, title, steps


def mermaid(pathway: Pathway) -> str:
    """A Mermaid flow chart; stages are subgraphs."""
    nodes, q = _nodes(pathway), _mermaid_text
    out = ["flowchart TD"]
    for stage, title, steps in _by_stage(pathway):
        out.append(f"  subgraph stage_{stage}[{q(title)}]")
        for name in steps:
            step = pathway.steps[name]
            left, right = ("{{", "}}") if step.decision else ("[", "]")
            out.append(f"    {nodes[name]}{left}{q(step.title)}{right}")
        out.append("  end")
    for name in nodes:
        if name in pathway.endpoints:
            out.append(f"  {nodes[name]}([{q(pathway.endpoints[name].title)}])")
        elif name not in pathway.steps:
            out.append(f"  {nodes[name]}[[{q(target_words(pathway, name))}]]")
    out += [f"  {nodes[w.source]} -->|{q(w.words)}| {nodes[w.target]}" for w in ways(pathway)]
    return "\n".join(out) + "\n"


def _mermaid_text(words: str) -> str:
    """A quoted text in which nothing is Mermaid, Markdown or HTML: such signs as entity codes."""
    plain = safe(" ".join(words.split()))
    return '"' + "".join(f"#{ord(ch)};" if ch in _SPECIAL else ch for ch in plain) + '"'


_SPECIAL = frozenset('"#;&<>`%*_~$\\{}[]()|')


def dot(pathway: Pathway) -> str:
    """A DOT graph; stages are clusters."""
    nodes, q = _nodes(pathway), _dot_text
    out = [
        f"digraph {q(pathway.id)} {{",
        f"  label={q(f'{pathway.header.title} {pathway.header.version}')};",
        "  node [shape=box];",
    ]
    for stage, title, steps in _by_stage(pathway):
        out += [f'  subgraph "cluster_{stage}" {{', f"    label={q(title)};"]
        for name in steps:
            step = pathway.steps[name]
            shape = " shape=hexagon" if step.decision else ""
            out.append(f"    {nodes[name]} [label={q(step.title)}{shape}];")
        out.append("  }")
    for name in nodes:
        if name in pathway.endpoints:
            words = q(pathway.endpoints[name].title)
            out.append(f"  {nodes[name]} [label={words} shape=oval];")
        elif name not in pathway.steps:
            words = q(target_words(pathway, name))
            out.append(f"  {nodes[name]} [label={words} shape=component];")
    for way in ways(pathway):
        out.append(f"  {nodes[way.source]} -> {nodes[way.target]} [label={q(way.words)}];")
    return "\n".join([*out, "}"]) + "\n"


def _dot_text(words: str) -> str:
    """A quoted text of DOT in lines that fit a picture."""
    lines = wrap(safe(words), _LINE)
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'


FORMATS: dict[str, Callable[[Pathway], str]] = {"outline": outline, "mermaid": mermaid, "dot": dot}
"""Every form by its name on the command line."""
