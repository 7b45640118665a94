"""Text as people read it: the sanitiser, wrapping, numbers with units, dates.

Nothing that was typed or read from a file reaches a terminal or a report but through `safe`.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from wizard.errors import BadInput

_INVISIBLE = frozenset(
    map(
        chr,
        [
            0xAD,
            0x034F,
            0x061C,
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            0x180E,
            0x3164,
            0xFEFF,
            0xFFA0,
        ],
    )
) | frozenset(map(chr, [*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)]))
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
GLUE = "\N{NO-BREAK SPACE}"
"""A space at which `wrap` does not end a line."""
_NUMBER_AND_UNIT = re.compile(
    r"(?<![\w.-])([0-9]+(?:[.,][0-9]+)*) (?=(?:%|[a-zA-Z\u00b5\u00b0][\w/^.\u00b0]*))"
)
_SINGULAR = {
    f"{word}s": word for word in ("minute", "hour", "day", "week", "month", "year", "microgram")
}
_ASCII = {
    "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"',
    "\u201d": '"', "\u2026": "...", "\u2265": ">=", "\u2264": "<=", "\u00b5": "u", "\u03bc": "u",
    "\u00b0": " deg ", "\u00d7": "x", "\u00b7": "-", "\u2022": "-", "\u2192": "->",
    "\u2500": "-", "\u2501": "-", "\u2502": "|", "\u2503": "|", GLUE: " ",
}  # fmt: skip


def safe(text: str) -> str:
    """Text without anything that a terminal would obey: each such character as `<U+XXXX>`.

    Control characters but the newline, bidirectional controls, zero-width, tag, private-use,
    surrogate and unassigned characters are made visible; the rest is in Unicode form NFC.
    """
    return "".join(_visible(ch) for ch in unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    """`safe`, with every run of white space as one space."""
    return safe(" ".join(text.split()))


def _visible(ch: str) -> str:
    code = ord(ch)
    refused = (
        (code < 32 and ch != "\n")
        or 127 <= code < 160
        or ch in _INVISIBLE
        or 0xE0000 <= code <= 0xE007F
        or 0xFE00 <= code <= 0xFE0F
        or unicodedata.category(ch) in ("Cs", "Co", "Cn")
    )
    return f"<U+{code:04X}>" if refused else ch


class _Wrapper(textwrap.TextWrapper):
    """Breaks what is longer than a line, such as an address, between its words only."""

    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        if cur_line:
            return
        chunk, room = reversed_chunks.pop(), max(width, 1)
        end = max((end for end in _ends_of_words(chunk) if end <= room), default=room)
        cur_line.append(chunk[:end])
        reversed_chunks.append(chunk[end:])


def _ends_of_words(chunk: str) -> list[int]:
    return [match.end() for match in re.finditer(r"[/\-_.?=&]+", chunk)]


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most `width` characters; a number is never parted from its unit.

    An address stands whole if a line can hold it; a longer one goes on behind one of its signs.
    `first` begins the first line, `rest` (spaces of the same length by default) the others.
    """
    rest = " " * len(first) if rest is None else rest
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        glued = _NUMBER_AND_UNIT.sub(_glued, paragraph)
        wrapper = _Wrapper(
            width,
            initial_indent=first if number == 0 else rest,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        wrapped = wrapper.wrap(glued)
        lines += wrapped or [(first if number == 0 else rest).rstrip()]
    return [line.replace(GLUE, " ") for line in lines]


def _glued(found: re.Match[str]) -> str:
    """A number with its glue; the last part of an address is no number."""
    word = found.string[: found.start()].rpartition(" ")[2]
    return found[0] if "://" in word else found[1] + GLUE


def to_ascii(text: str) -> str:
    """The same text in ASCII: known signs in words or plain signs, others as `<U+XXXX>`."""
    plain = "".join(_ASCII.get(ch, ch) for ch in text)
    return "".join(ch if ord(ch) < 128 else _without_accent(ch) for ch in plain)


_FRACTION_SLASH = "\u2044"


def _without_accent(ch: str) -> str:
    """A sign that stands for digits must not run into a number before it: 2\u00bd is not 212."""
    apart = unicodedata.normalize("NFKD", ch)
    base = apart.encode("ascii", "ignore").decode()
    if _FRACTION_SLASH in apart:
        return f" {apart.replace(_FRACTION_SLASH, '/')}"
    return base if base and not any(map(str.isdigit, base)) else f"<U+{ord(ch):04X}>"


def format_date(day: date) -> str:
    """22-Nov-2026."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def format_time(moment: datetime) -> str:
    """22-Nov-2026 09:05 UTC; `moment` must be in UTC."""
    return f"{format_date(moment.date())} {moment:%H:%M} UTC"


def format_number(value: Decimal) -> str:
    """A plain decimal with leading zero and thousands comma, digits as they were given."""
    return f"{value:,f}"


def unit_behind(number: str, unit: str) -> str:
    """A unit as it reads behind a number: 1 year, 2 years."""
    return _SINGULAR.get(unit, unit) if number.strip() == "1" else unit


def format_quantity(value: Decimal, unit: str) -> str:
    """A number with its unit."""
    number = format_number(value)
    return f"{number} {unit_behind(number, unit)}"


def parse_number(text: str) -> Decimal:
    """A typed number.

    Raises BadInput for a decimal comma (both readings are offered), exponents, other scripts'
    digits and anything else that is not a plain decimal number.
    """
    typed = text.strip()
    if re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", typed):
        return Decimal(typed)
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", typed):
        point, nothing = typed.replace(",", "."), typed.replace(",", "")
        raise BadInput(
            f"'{typed}' has a comma, which can be read in two ways",
            mend=f"Write {point} if the comma is a decimal point, {nothing} if it parts thousands.",
        )
    raise BadInput(f"'{one_line(typed)}' is not a number", mend="Write digits, such as 0.5 or 12.")


def parse_date(text: str) -> date:
    """A typed date: 22-Nov-2026, 22 Nov 2026 or 2026-11-22.

    Raises BadInput for anything else, days that do not exist and the ambiguous 01/02/2026.
    """
    typed = text.strip()
    example = "Write it as 22-Nov-2026."
    named = re.fullmatch(r"([0-9]{1,2})[- ]([A-Za-z]{3,9})[- ]([0-9]{4})", typed)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", typed)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if named and named[2][:3].title() in _MONTHS:
            return date(int(named[3]), _MONTHS.index(named[2][:3].title()) + 1, int(named[1]))
    except ValueError as error:
        raise BadInput(f"'{typed}' is not a day of the calendar", mend=example) from error
    if signs := re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.][0-9]{2,4}", typed):
        twofold = max(int(signs[1]), int(signs[2])) <= 12 and int(signs[1]) != int(signs[2])
        why = "can be read as two different days" if twofold else "has its month in digits"
        raise BadInput(f"'{typed}' {why}", mend=example)
    raise BadInput(f"'{one_line(typed)}' is not a date", mend=example)


def capital(words: str) -> str:
    """Words with a capital letter first."""
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str], none: str = "none") -> str:
    """Words as one list: a, b, c; with semicolons where a member has a comma of its own."""
    members = list(words)
    return ("; " if any(", " in word for word in members) else ", ").join(members) or none
