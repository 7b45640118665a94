"""No bare string reaches a widget: what is shown is content, which no parser of markup reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "wizard" / "tui"
SHOWS = {
    **dict.fromkeys(("Static", "Label", "Digits", "Link", "Option", "Selection", "Tab"), 1),
    **dict.fromkeys(("Button", "Checkbox", "RadioButton", "Collapsible", "TabPane", "Toast"), 1),
    **dict.fromkeys(("OptionList", "RadioSet", "SelectionList", "Tabs", "ListItem"), 99),
    **dict.fromkeys(("update", "notify", "add_option", "add_options", "write", "write_line"), 1),
    **dict.fromkeys(("prompt", "replace_option_prompt", "replace_option_prompt_at_index"), 2),
}
"""Classes and methods, and how many of their first arguments are shown."""
NAMED = {"content", "label", "prompt", "title", "message", "tooltip", "placeholder", "renderable"}
"""Arguments by name, of those classes and methods, that are shown."""
ATTRIBUTES = {
    *("title", "sub_title", "border_title", "border_subtitle", "tooltip", "placeholder"),
    *("label", "content", "renderable", "loading_message"),
}
"""Attributes of widgets, screens and applications that are shown."""
MAKES_CONTENT = {"Content", "Content.styled", "content_of"}
NEVER = {"from_markup", "from_text", "render_markup", "escape", "Text"}
"""Names by which text would be parsed, or which promise a protection that they do not give."""


class Scope(ast.NodeVisitor):
    """The bare strings that one function, or the top of a file, shows."""

    def __init__(self, body: list[ast.stmt]) -> None:
        self.found: list[tuple[int, str]] = []
        self._given: dict[str, list[ast.expr | None]] = {}
        self._inner: list[list[ast.stmt]] = []
        for statement in body:
            for node in _here(statement):
                self._note(node)
        for statement in body:
            self.visit(statement)

    def _note(self, node: ast.AST) -> None:
        """Remembers what each local name is given."""
        targets: list[tuple[ast.expr, ast.expr | None]] = []
        if isinstance(node, ast.Assign):
            targets = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            targets = [(node.target, node.value)]
        elif isinstance(node, ast.For | ast.comprehension):
            targets = [(node.target, None)]
        for target, value in targets:
            if isinstance(target, ast.Name):
                self._given.setdefault(target.id, []).append(value)

    def _is_content(self, node: ast.expr | None) -> bool:
        """Whether an expression is content for sure."""
        match node:
            case ast.Call(func=func):
                name = ast.unparse(func)
                return (
                    name in MAKES_CONTENT
                    or name.endswith((".content", ".foot"))
                    or (isinstance(func, ast.Attribute) and self._is_joined(func))
                )
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._is_content(left) and self._is_content(right)
            case ast.IfExp(body=one, orelse=other):
                return self._is_content(one) and self._is_content(other)
            case ast.Name(id=name):
                given = self._given.get(name, [])
                return bool(given) and all(self._is_content(value) for value in given)
        return False

    def _is_joined(self, func: ast.Attribute) -> bool:
        return func.attr == "join" and self._is_content(func.value)

    def visit_Call(self, node: ast.Call) -> None:
        """A widget is made or told what to show."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if name in NEVER:
            self.found.append((node.lineno, name))
        if name in SHOWS and not self._is_safe_write(node):
            shown = [
                *node.args[: SHOWS[name]],
                *(k.value for k in node.keywords if k.arg in NAMED),
            ]
            self._look(shown)
        self.generic_visit(node)

    @staticmethod
    def _is_safe_write(node: ast.Call) -> bool:
        """The driver is written to, which shows nothing in a widget."""
        return ast.unparse(node.func).endswith("_driver.write")

    def visit_Assign(self, node: ast.Assign) -> None:
        """An attribute that is shown is set."""
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                self._look([node.value])
        self.generic_visit(node)

    def _look(self, shown: list[ast.expr]) -> None:
        self.found += [
            (node.lineno, ast.unparse(node)) for node in shown if not self._is_content(node)
        ]

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A function has names of its own."""
        self.found += Scope(node.body).found

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """As any function."""
        self.visit_FunctionDef(node)


def _here(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement, those of functions inside it left out."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    yield statement
    for node in ast.iter_child_nodes(statement):
        if isinstance(node, ast.stmt):
            yield from _here(node)
        else:
            yield from ast.walk(node)


def bare_strings(source: str) -> list[tuple[int, str]]:
    """What a source shows in a widget that is not content for sure: line and expression."""
    return Scope(ast.parse(source).body).found


@pytest.mark.hazard("HZ-57")
def test_no_bare_string_reaches_a_widget() -> None:
    """In the whole full screen."""
    found = {
        f"{path.name}:{line}: {expression}"
        for path in sorted(TUI.rglob("*.py"))
        for line, expression in bare_strings(path.read_text("utf-8"))
    }
    assert sorted(found) == []


def test_what_is_trusted_gives_content() -> None:
    """Every method that is trusted by its name says that it gives content, which mypy checks."""
    trusted = [
        (path.name, node.name, node.returns and ast.unparse(node.returns))
        for path in sorted(TUI.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name in ("content", "content_of", "foot")
    ]
    assert len(trusted) >= 5
    assert [found for found in trusted if found[2] != "Content"] == []


PLANTED = [
    'Static("HR [bpm]")',
    "Static(f'{item.label}')",
    "Static(name + ': ')",
    'Static("[b]" + str(3))',
    "Static(content=title)",
    "Static(words.strip())",
    "Label(item.label)",
    "Label('{}'.format(item.label))",
    "Label('%s' % item.label)",
    "Button('Yes')",
    "Button(label=words)",
    "Checkbox(option.label)",
    "Collapsible(title=step.title)",
    "OptionList(content_of(lines), 'two')",
    "OptionList(*labels)",
    "Option(f'{n}. {label}')",
    "self.query_one('#page', Static).update(text)",
    "self.query_one('#page').update('\\n'.join(lines))",
    "self.query_one('#page').update(content_of(lines) + 'more')",
    "self.query_one('#page').update(content_of(lines) if found else 'nothing')",
    "self.notify(f'Saved {path}')",
    "self.app.notify('Saved', title=label)",
    "self.title = case.label",
    "self.sub_title = 'x'",
    "dialog.border_title = f'{title}'",
    "widget.tooltip = claim.text",
    "options.add_option('x')",
    "log.write_line(text)",
    "Static(Content.from_markup(text))",
    "Static(Content(escape(text)))",
    "Static(Text(text))",
    "shown = text\nStatic(shown)",
    "shown = content_of(lines)\nif late:\n    shown = 'late'\nStatic(shown)",
    "for words in lines:\n    Static(words)",
    "def compose(self):\n    yield Static(self._title)",
    "async def go(self):\n    def take():\n        self.widget.update('x')",
]
ALLOWED = [
    "Static()",
    "Static(id='page', classes='head')",
    "Static(content_of([Painted(title, 'bold')]), classes='head')",
    "Static(page.content())",
    "Static(Content(text))",
    "Static(Content('\\n').join(parts))",
    "line.update(self._filter.content('/ '))",
    "head = Content.styled(words, 'bold')\nself.query_one('.head').update(head + Content('x'))",
    "self._driver.write(sequence)",
    "page.add(f'{words}')",
]


@pytest.mark.parametrize("source", PLANTED)
def test_a_planted_string_is_found(source: str) -> None:
    """Strings, f-strings, what is put together, formatted, or in a name that may hold one."""
    assert bare_strings(source)


@pytest.mark.parametrize("source", ALLOWED)
def test_content_is_allowed(source: str) -> None:
    """And text that goes into a page, which makes content of it."""
    assert bare_strings(source) == []
