"""Text as people read it: nothing a terminal would obey, no number parted from its unit."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wizard.errors import BadInput
from wizard.text import (
    format_date,
    format_number,
    parse_date,
    parse_number,
    safe,
    to_ascii,
    wrap,
)


@pytest.mark.hazard("HZ-56", "HZ-57")
@given(st.text(max_size=200))
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    """Control, bidirectional, zero-width, private and unassigned characters are made visible."""
    for ch in safe(text):
        assert ch == "\n" or unicodedata.category(ch) not in ("Cc", "Cs", "Co", "Cn")
        assert ord(ch) not in {0x200B, 0x200E, 0x202E, 0x2066, 0xFEFF, 0x9B}


@pytest.mark.hazard("HZ-46", "HZ-56")
@pytest.mark.parametrize(
    "payload",
    [
        "\x1b[2J",
        "\x1b]52;c;eA==\x07",
        "\x9b31m",
        "a\u202eb",
        "\x1bPq\x1b\\",
        "x\r\x08y",
        "[/b] [TODO]",
    ],
)
def test_payloads_are_shown(payload: str) -> None:
    """Each payload is shown as what it is; brackets stay."""
    shown = safe(payload)
    assert all(ord(ch) >= 32 for ch in shown)
    assert "[" not in payload or "[" in shown


@pytest.mark.hazard("HZ-45")
@given(st.text(max_size=80))
def test_ascii_is_ascii(text: str) -> None:
    """The ASCII form has nothing else."""
    assert to_ascii(safe(text)).isascii()


@pytest.mark.hazard("HZ-40", "HZ-44")
@given(
    st.lists(
        st.sampled_from(["30 mL/min", "8 Gy", "24 hours", "word", "DX-PRE-07,", "50 x10^9/L"]),
        min_size=1,
        max_size=40,
    )
)
def test_no_number_is_parted_from_its_unit(words: list[str]) -> None:
    """Wrapping keeps them on one line, within the width, and loses nothing."""
    lines = wrap(" ".join(words), 30)
    assert all(len(line) <= 30 for line in lines)
    assert " ".join(lines).split() == " ".join(words).split()
    for unit in ("mL/min", "Gy", "hours"):
        assert not any(line.startswith(unit) for line in lines)


@example(parts=["0"] * 11 + ["0000000"], sign="/", indent=0)
@given(
    st.lists(st.from_regex(r"\A[a-z0-9]{1,20}\Z"), min_size=2, max_size=12),
    st.sampled_from("/-_.?=&"),
    st.integers(0, 12),
)
def test_an_address_is_not_broken_in_a_word(parts: list[str], sign: str, indent: int) -> None:
    """It stands whole where a line can hold it; else every line but its last ends with a sign."""
    address = "https://" + sign.join(parts)
    lines = wrap(f"See {address} now", 40, " " * indent)
    assert "".join("".join(lines).split()) == f"See{address}now"
    assert all(len(line) <= 40 for line in lines)
    if len(address) <= 40 - indent:
        assert sum(address in line for line in lines) == 1
    for line, after in pairwise(lines):
        if not line.endswith("See") and after.strip() != "now":
            assert line.endswith((sign, "/"))


def test_wrapping_ends_where_there_is_no_room() -> None:
    """An indent wider than the line leaves one character a line."""
    assert wrap("abc", 3, "     ") == ["     a", "     b", "     c"]


@pytest.mark.hazard("HZ-03", "HZ-05")
def test_numbers_and_dates() -> None:
    """Plain decimals, days in words; both readings of a comma; no ambiguous day."""
    assert parse_number("0.50") == Decimal("0.50")
    assert format_number(Decimal("12345.50")) == "12,345.50"
    assert format_number(Decimal("1E+3")) == "1,000"
    assert parse_date("2-Nov-2026") == parse_date("2026-11-02") == date(2026, 11, 2)
    assert format_date(date(2026, 11, 2)) == "02-Nov-2026"
    with pytest.raises(BadInput, match=r"Write 36\.7 .* 367"):
        parse_number("36,7")
    for bad in ("1e5", "\u0663", "NaN", ""):
        with pytest.raises(BadInput):
            parse_number(bad)
    with pytest.raises(BadInput, match="two different days"):
        parse_date("01/02/2026")
    with pytest.raises(BadInput, match=r"'27/11/2026' has its month in digits"):
        parse_date("27/11/2026")
    with pytest.raises(BadInput, match="calendar"):
        parse_date("31-Feb-2026")


@pytest.mark.hazard("HZ-02")
@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("2\u00bd tablets", "2 1/2 tablets"),
        ("10\u2075", "10<U+2075>"),
        ("M\u00fcller", "Muller"),
        ("5\u00a0mg", "5 mg"),
    ],
)
def test_no_sign_becomes_digits_of_a_number(text: str, ascii: str) -> None:
    """A dose must not grow where the terminal or the report has ASCII only."""
    assert to_ascii(text) == ascii
