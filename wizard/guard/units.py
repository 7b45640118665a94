"""Units with exact conversion (fractions, never floats)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

_UNITS: Mapping[str, tuple[str, Fraction]] = {
    "minutes": ("time", Fraction(1, 60)),
    "hours": ("time", Fraction(1)),
    "days": ("time", Fraction(24)),
    "weeks": ("time", Fraction(168)),
    "months": ("calendar", Fraction(1)),
    "years": ("calendar", Fraction(12)),
    "mm": ("length", Fraction(1, 10)),
    "cm": ("length", Fraction(1)),
    "m": ("length", Fraction(100)),
    "kg": ("mass", Fraction(1000)),
    "g": ("mass", Fraction(1)),
    "mg": ("mass", Fraction(1, 1000)),
    "micrograms": ("mass", Fraction(1, 10**6)),
    "mL": ("volume", Fraction(1)),
    "L": ("volume", Fraction(1000)),
    "mL/min": ("flow", Fraction(1)),
    "L/h": ("flow", Fraction(1000, 60)),
    "mL/min/1.73 m2": ("indexed flow", Fraction(1)),
    "mmol/L": ("concentration", Fraction(1)),
    "micromol/L": ("concentration", Fraction(1, 1000)),
    "nmol/L": ("concentration", Fraction(1, 10**6)),
    "pmol/L": ("concentration", Fraction(1, 10**9)),
    "g/L": ("mass concentration", Fraction(1)),
    "g/dL": ("mass concentration", Fraction(10)),
    "mg/L": ("mass concentration", Fraction(1, 1000)),
    "mg/dL": ("mass concentration", Fraction(1, 100)),
    "micrograms/L": ("mass concentration", Fraction(1, 10**6)),
    "ng/mL": ("mass concentration", Fraction(1, 10**6)),
    "units/L": ("activity", Fraction(1)),
    "x10^9/L": ("cells", Fraction(1)),
    "x10^12/L": ("cells", Fraction(1000)),
    "mmol/mol": ("ratio", Fraction(1)),
    "percent": ("share", Fraction(1)),
    "%": ("share", Fraction(1)),
    "degC": ("temperature", Fraction(1)),
    "mmHg": ("pressure", Fraction(1)),
    "Gy": ("dose", Fraction(1)),
    "beats/min": ("rate", Fraction(1)),
    "breaths/min": ("breathing rate", Fraction(1)),
}
ALIASES: Mapping[str, str] = {
    "umol/L": "micromol/L",
    "\u00b5mol/L": "micromol/L",
    "\u03bcmol/L": "micromol/L",
    "ml/min": "mL/min",
    "mL/min/1.73m2": "mL/min/1.73 m2",
    "U/L": "units/L",
    "IU/L": "units/L",
    "10^9/L": "x10^9/L",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "\u00b0C": "degC",
    "C": "degC",
    "ug/L": "micrograms/L",
}
"""Spellings that are understood when typed; they are never shown."""

LONGEST_FIRST = tuple(sorted({*_UNITS, *ALIASES}, key=len, reverse=True))


def canonical(unit: str) -> str | None:
    """The spelling used here for a unit, or None where it is not known."""
    unit = ALIASES.get(unit, unit)
    return unit if unit in _UNITS else None


def known_units() -> tuple[str, ...]:
    """All units, as they are spelt."""
    return tuple(_UNITS)


def factor(
    unit: str, target: str, accepted: Mapping[str, Fraction] | None = None
) -> Fraction | None:
    """What a value in `unit` is multiplied by to be in `target`; None where they do not agree.

    `accepted` holds analyte-specific factors to `target`, such as mg/dL of creatinine.
    """
    unit, target = ALIASES.get(unit, unit), ALIASES.get(target, target)
    if unit == target:
        return Fraction(1)
    if accepted and unit in accepted:
        return accepted[unit]
    if unit not in _UNITS or target not in _UNITS or _UNITS[unit][0] != _UNITS[target][0]:
        return None
    return _UNITS[unit][1] / _UNITS[target][1]


def to_decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal of 28 significant digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)
