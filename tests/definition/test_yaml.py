"""YAML as definitions use it: words stay words, places are exact, tricks are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wizard.definition import yaml
from wizard.definition.diagnostics import Problem


def load(text: str) -> tuple[object, list[Problem]]:
    """The data and the problems of a text."""
    problems: list[Problem] = []
    document = yaml.load(text, "f.yaml", problems)
    return (document.data if document else None), problems


def test_core_schema() -> None:
    """yes, no, on and off are words; numbers, truths and null are YAML 1.2."""
    data, problems = load("a: no\nb: [yes, on, off, true, null, 1, 0.50, 1:30, 0x1F]\n")
    assert data == {
        "a": "no",
        "b": ["yes", "on", "off", True, None, 1, Decimal("0.50"), "1:30", 31],
    }
    assert problems == []


@pytest.mark.hazard("HZ-57")
@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2\n", "duplicate-key", 2, 1),
        ("a: &x 1\n", "anchor", 1, 4),
        ("a: 1\nb: *x\n", "alias", 2, 4),
        ("a: !!python/object 1\n", "tag", 1, 4),
        ("a: 1\n<<: {b: 2}\n", "merge-key", 2, 1),
        ("? [a]\n: 1\n", "complex-key", 1, 3),
        ("a: 012\n", "leading-zero", 1, 4),
        ("a: .inf\n", "not-finite", 1, 4),
        ("a: 1e5\n", "exponent", 1, 4),
        ("a: 12345678901234567890\n", "too-long-number", 1, 4),
        ("a: 1\n---\nb: 2\n", "second-document", 2, 1),
        ("a: x\u2028y\n", "bad-character", 1, 5),
        ("a:\n\tb: 1\n", "yaml-syntax", 2, 1),
        ("", "empty-file", 1, 1),
    ],
)
def test_refused_at_its_place(text: str, code: str, line: int, column: int) -> None:
    """Each trick has its own code and place."""
    _, problems = load(text)
    assert (problems[0].code, problems[0].span.line, problems[0].span.column) == (
        code,
        line,
        column,
    )


def test_deep_and_large_input_is_refused() -> None:
    """Depth, nodes and size are bounded, and nothing recurses."""
    assert load("[" * 70 + "]" * 70)[1][0].code == "too-deep"
    assert load("[" * 100_000)[1][0].code in ("too-deep", "yaml-syntax")
    assert load("a: [" + "1, " * 200_001 + "1]")[1][0].code == "too-large"
    assert load("a: '" + "x" * (4 * 1024 * 1024) + "'")[1][0].code == "too-large"


def test_alias_bomb_is_refused() -> None:
    """A billion laughs are not even counted."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdef", "bcdefg", strict=True)
    )
    data, problems = load(bomb)
    assert {p.code for p in problems} == {"anchor", "alias"}
    assert len(str(data)) < 2_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("g: fever = on\n", (1, 12)),
        ('g: "fever = on"\n', (1, 13)),
        ("g: 'fever = on'\n", (1, 13)),
        ("g: |\n  fever = on\n", (2, 11)),
    ],
)
def test_places_inside_strings(text: str, place: tuple[int, int]) -> None:
    """An offset in a guard is a column of the file."""
    document = yaml.load(text, "f.yaml", [])
    assert document is not None
    span = document.positions.at(["g"]).inside(8, 10, "fever = on")
    assert (span.line, span.column) == place
