"""The row of a table that applies, as quoted content with what it was looked up by."""

from __future__ import annotations

from wizard.case.wording import computed_words, fact_words, name_words
from wizard.definition.computed import Row, Table
from wizard.definition.library import Pathway
from wizard.engine.reading import Reading
from wizard.engine.tables import look_up
from wizard.guard import Absent
from wizard.text import format_date, format_quantity


def row_words(table: Table, row: Row) -> str:
    """A row: its interval in words, then what the table prints for it."""
    parts = []
    for words, bound in (
        ("from", row.from_),
        ("above", row.above),
        ("to", row.to),
        ("below", row.below),
    ):
        if bound is not None:
            parts.append(f"{words} {format_quantity(bound, table.unit)}")
    return f"{' '.join(parts)}: {row.says}"


def looked_up_words(table: Table, reading: Reading) -> str:
    """The row that applies, or why there is none."""
    row = look_up(table, reading)
    return computed_words(row) if isinstance(row, Absent) else row_words(table, row)


def table_lines(pathway: Pathway, name: str, reading: Reading) -> tuple[str, ...]:
    """A table quoted for a case: the row, the value behind it, and its inputs with dates."""
    table = pathway.tables[name]
    value = f"{name_words(pathway, table.input)}: {computed_words(reading.value(table.input))}"
    inputs = []
    for item in reading.inputs(table.input):
        fact = reading.fact(item)
        if fact is not None:
            words = fact_words(pathway.items[item], fact)
            inputs.append(f"{pathway.items[item].label} {words}, {format_date(fact.on)}")
    lines = [f"{table.label}: {looked_up_words(table, reading)}", value]
    if inputs:
        lines.append(f"from {'; '.join(inputs)}")
    return (*lines, *filter(None, [table.note]))
