"""Published tables that are looked up: the row that a value lies in, or why there is none."""

from __future__ import annotations

from wizard.definition.computed import Row, Table
from wizard.engine.reading import Reading
from wizard.guard import Absence, Absent, Quantity, in_unit


def look_up(table: Table, reading: Reading) -> Row | Absent:
    """The one row in which the input lies; no row is taken from its neighbours."""
    outside = reading.outside(table.valid_if, table.otherwise_says)
    if outside is not None:
        return outside
    value = reading.value(table.input)
    if isinstance(value, Absent):
        return value
    number = in_unit(value, table.unit) if isinstance(value, Quantity) else None
    if number is None:
        return Absent(Absence.NOT_COMPUTABLE, f"not in {table.unit}")
    for row in table.rows:
        if row.holds(number):
            return row
    return Absent(Absence.NOT_APPLICABLE, "no row of the table holds this value")
