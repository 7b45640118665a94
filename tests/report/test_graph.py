"""`graph`: every step, end and way, in an outline, in Mermaid and in DOT that parse."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from tests.small import HEADER, item, load
from tests.test_cli import run
from wizard.definition.library import Library, Pathway
from wizard.errors import ExitCode
from wizard.report.graph import dot, mermaid, outline, ways

NASTY = 'A "quoted" \\ end; <b>x</b> & #35; `tick` %%{init}%% [a](b) {c} |d|'
STEPS = """
steps:
  end:
    stage: imaging
    title: '{title}'
    asks: [fever]
    loop: {{ask_again: [fever], visits: 2, then: graph}}
    exits:
      - {{if: fever = high, to: branch}}
      - {{otherwise: graph}}
      - {{unknown: graph}}
  branch:
    stage: imaging
    title: Branch
    exits: [{{otherwise: end}}]
  graph:
    stage: staging
    title: Join
    exits: [{{otherwise: subgraph}}]
endpoints:
  subgraph: {{title: '{title}', text: Done.}}
"""


@pytest.fixture
def nasty(tmp_path: Path) -> Pathway:
    """A pathway whose names are words of DOT and Mermaid and whose titles hold their signs."""
    fever = item("fever", "high", "low")
    text = HEADER.format(id="small", start="end") + "items:\n" + fever + STEPS.format(title=NASTY)
    return load(tmp_path / "p", {"small": text})["small"]


def test_outline(library: Library, nasty: Pathway) -> None:
    """Each step once, branches below their step, what stands above says so; 72 columns."""
    for pathway in library.pathways.values():
        lines = outline(pathway).splitlines()
        assert max(map(len, lines)) <= 72
        heads = [b.strip() for a, b in pairwise(["", *lines]) if not a.endswith(":")]
        for name, step in pathway.steps.items():
            assert heads.count(f"{step.title} ({name})") == 1
    text = outline(nasty)
    assert "\n  Branch (branch)\n" in text
    assert "(end, above)" in " ".join(text.split())
    assert "\nJoin (graph)\n" in text
    assert "if Fever is high: Branch (branch)" in text
    assert "after 2 visits: Join (graph)" in text


DOT_LINE = re.compile(
    r"digraph Q \{|  label=Q;|  node \[shape=box\];|  subgraph Q \{|    label=Q;|  \}|\}"
    r"| +n\d+ \[label=Q( shape=\w+)?\];|  (n\d+) -> (n\d+) \[label=Q\];"
)
QUOTED = re.compile(r'"(?:[^"\\\n]|\\["\\n])*"')


def test_dot_parses_strictly(library: Library, nasty: Pathway) -> None:
    """Each line is a sentence of the grammar once its quoted texts are taken out; ways are whole."""
    for pathway in (*library.pathways.values(), nasty):
        text = dot(pathway)
        edges = 0
        for line in text.splitlines():
            found = DOT_LINE.fullmatch(QUOTED.sub("Q", line))
            assert found, line
            edges += "->" in found.group()
        assert edges == len(ways(pathway))
    unescaped = QUOTED.findall(dot(nasty))
    assert any(
        u[1:-1].replace("\\n", " ").replace('\\"', '"').replace("\\\\", "\\") == NASTY
        for u in unescaped
    )


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
def test_graphviz_reads_it(library: Library, nasty: Pathway) -> None:
    """The parser of graphviz itself takes it and finds every edge."""
    for pathway in (*library.pathways.values(), nasty):
        done = subprocess.run(
            ["dot", "-Tplain"], input=dot(pathway), capture_output=True, text=True, check=True
        )
        assert len(re.findall(r"^edge ", done.stdout, re.M)) == len(ways(pathway))


MERMAID_LINE = re.compile(
    r"flowchart TD|  subgraph stage_\w+\[Q\]|  end"
    r"| +n\d+(\[Q\]|\{\{Q\}\}|\(\[Q\]\)|\[\[Q\]\])|  n\d+ -->\|Q\| n\d+"
)


def test_mermaid_is_escaped(library: Library, nasty: Pathway) -> None:
    """Between quotes stands no sign of Mermaid, Markdown or HTML but entity codes."""
    for pathway in (*library.pathways.values(), nasty):
        text = mermaid(pathway)
        for line in text.splitlines():
            assert MERMAID_LINE.fullmatch(re.sub(r'"[^"]*"', "Q", line)), line
            for words in re.findall(r'"([^"]*)"', line):
                assert not re.search(r"[<>`%*_~$\\{}\[\]()|&]", re.sub(r"#\d+;", "", words)), line
        assert text.count("-->") == len(ways(pathway))
    decoded = re.sub(r"#(\d+);", lambda m: chr(int(m[1])), mermaid(nasty))
    assert f'"{NASTY}"' in decoded


def test_from_outside(tmp_path: Path) -> None:
    """Every format on the command line, and one that is none."""
    for format, first in (
        ("outline", "Signs"),
        ("mermaid", "flowchart"),
        ("dot", "digraph"),
        ("scxml", "<scxml"),
    ):
        done = run("graph", "cord-compression", "--format", format, state=tmp_path)
        assert done.stdout.startswith(first)
    done = run("graph", "cord-compression", "--format", "svg", state=tmp_path)
    assert done.returncode == ExitCode.BAD_INPUT
    assert "Formats: outline, mermaid, dot, scxml." in done.stderr
