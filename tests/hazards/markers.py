"""Which tests carry `pytest.mark.hazard(ID)` or `pytest.mark.invariant(ID)`, read without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True, order=True)
class Marked:
    """A test function that carries a marker; `file` is relative to the folder of the project."""

    file: str
    function: str

    @property
    def node(self) -> str:
        """As pytest names it."""
        return f"{self.file}::{self.function}"


def marked(kind: str) -> dict[str, list[Marked]]:
    """The tests that carry each id of a kind of marker, ids and tests in order."""
    found: dict[str, list[Marked]] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        for function in ast.parse(file.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                test = Marked(str(file.relative_to(TESTS.parent)), function.name)
                for name in _ids(function, kind):
                    found.setdefault(name, []).append(test)
    return dict(sorted(found.items()))


def _ids(function: ast.FunctionDef | ast.AsyncFunctionDef, kind: str) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == f"pytest.mark.{kind}":
            if not function.name.startswith("test_"):
                raise ValueError(f"{function.name} carries a marker and is no test")
            yield from (str(ast.literal_eval(argument)) for argument in decorator.args)
