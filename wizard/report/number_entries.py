"""How derived values, scores and tables read on paper, worked examples with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizard.definition.computed import Derived, Example, Row, Score, Table
from wizard.report.entry import Aspect, Entry, said
from wizard.report.naming import Naming
from wizard.text import listed


def derived_entry(naming: Naming, name: str, value: Derived) -> Entry:
    """A derived value with its formula, rounding and validity."""
    cases = (f"{naming.guard(c.formula)}, if {naming.guard(c.if_)}" for c in value.cases)
    return Entry(
        "derived value",
        name,
        value.label,
        said(
            ("formula", naming.guard(value.formula) if value.formula else None),
            *(("formula", case) for case in cases),
            ("unit", value.unit),
            ("rounded to", f"{value.decimals} decimals{_down(value)}"),
            ("valid where", naming.guard(value.valid_if) if value.valid_if else None),
            ("elsewhere", value.otherwise_says),
            ("note", value.note),
            *_examples(value.examples),
            ("claims", naming.marks(value.claims)),
        ),
    )


def score_entry(naming: Naming, name: str, score: Score) -> Entry:
    """A points score with its terms and bands."""
    return Entry(
        "score",
        name,
        score.label,
        said(
            ("section of the report", score.section),
            *(("term", words) for words in _terms(naming, score)),
            *(
                ("band", naming.marked(f"{b.from_} to {b.to}: {b.says}", b.claims))
                for b in score.bands
            ),
            ("valid where", naming.guard(score.valid_if)),
            ("elsewhere", score.otherwise_says),
            ("note", score.note),
            *_examples(score.examples),
            ("claims", naming.marks(score.claims)),
        ),
    )


def table_entry(naming: Naming, name: str, table: Table) -> Entry:
    """A table that is looked up, row by row."""
    naming.named[table.input] = None
    rows = (f"{_interval(row, table.unit)}: {row.says}" for row in table.rows)
    return Entry(
        "table",
        name,
        table.label,
        said(
            ("looked up by", naming.labels((table.input,))),
            *(("row", row) for row in rows),
            ("valid where", naming.guard(table.valid_if) if table.valid_if else None),
            ("elsewhere", table.otherwise_says),
            ("note", table.note),
            *_examples(table.examples),
            ("claims", naming.marks(table.claims)),
        ),
    )


def _terms(naming: Naming, score: Score) -> Iterator[str]:
    for term in score.terms:
        if term.item is None:
            yield f"{term.label}: {term.adds} if {naming.guard(term.if_ or 'always')}"
            continue
        naming.named[term.item] = None
        options = naming.pathway.items[term.item].options
        points = (
            f"{o if naming.by_name else options[o].label} {n}" for o, n in term.points.items()
        )
        yield f"{term.label}: {listed(points)}"


def _down(value: Derived) -> str:
    return ", down" if value.rounding == "down" else ""


def _examples(examples: Iterable[Example]) -> Iterator[Aspect]:
    for example in examples:
        given = "; ".join(f"{name} {typed}" for name, typed in example.given.items())
        yield "example", f"{given}: {example.gives}"


def _interval(row: Row, unit: str) -> str:
    """The numbers of a row, each bound as the file has it."""
    bounds = (("from", row.from_), ("above", row.above), ("to", row.to), ("below", row.below))
    return f"{' '.join(f'{word} {n}' for word, n in bounds if n is not None)} {unit}"
