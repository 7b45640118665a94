"""A summary as plain text, Markdown, HTML or JSON. Nothing is decided here."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import zip_longest

from wizard.errors import BadInput
from wizard.report.model import FIRST_PAGE, INTENDED_USE, Line, Section, Summary
from wizard.text import GLUE, format_time, one_line, safe, to_ascii, wrap

WIDTH = 72
_WHO, _BY = 40, 58
"""The columns in which an action says who does it and by when."""
ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".yaml": "answers",
    ".prn": "print",
    ".note": "patient",
}

PAGE = 60
"""The lines of a printed page."""
ROWS = 24
"""The lines of the smallest terminal that is served."""


@dataclass(frozen=True)
class Generated:
    """What differs between two reports of one case: when, from which record, which label, and
    the two identifiers of the patient where they were given for this report."""

    at: datetime
    label: str
    head: str
    patient: tuple[str, str] | None = None

    def line(self) -> str:
        """The generated line, the only one that may differ."""
        return f"Generated {format_time(self.at)}, case {self.label}, log head {self.head}"


def identity(generated: Generated) -> str:
    """Two identifiers in one line: as given for this report, else blanks to fill in by hand."""
    name, number = generated.patient or ("_" * 22, "_" * 14)
    return f"Patient {one_line(name)}  Number {one_line(number)}"


def footer(summary: Summary) -> str:
    """Provenance in one sentence; the generated line stands apart."""
    p = summary.provenance
    return (
        f"pathwizard {p.tool}; pathway {p.pathway} {p.version}, hash {p.hash}, "
        f"{p.review_status}, review due {p.review_due}; "
        f"as of {p.as_of}; digest of the answers {p.digest}."
    )


def _title(summary: Summary) -> str:
    p = summary.provenance
    return f"{p.title} {p.version} ({p.hash})"


def text(summary: Summary, generated: Generated, *, ascii_only: bool = False) -> str:
    """Plain text of 72 columns."""
    blocks = [*_first_blocks(summary, generated), *_other_blocks(summary, generated)]
    return _finish([line for block in blocks for line in block], ascii_only)


def _first_blocks(summary: Summary, generated: Generated) -> list[list[str]]:
    """What can be handed over by itself; a block is not parted between two pages."""
    p = summary.provenance
    title = [
        *_spread("pathwizard", summary.status, f"content {p.review_status}").split("\n"),
        *wrap(identity(generated), WIDTH),
        *wrap(summary.person, WIDTH),
        *wrap(f"{_title(summary)}, as of {p.as_of}", WIDTH),
    ]
    return [title, *_section_blocks(1, summary.sections[: summary.first_page]), _HANDED_OVER]


def _other_blocks(summary: Summary, generated: Generated) -> list[list[str]]:
    """What follows it, down to the provenance."""
    end = ["", "-" * WIDTH, *wrap(INTENDED_USE, WIDTH), *wrap(footer(summary), WIDTH)]
    behind = summary.sections[summary.first_page :]
    return [*_section_blocks(summary.first_page + 1, behind), [*end, generated.line()]]


_HANDED_OVER = ["", *wrap(FIRST_PAGE, WIDTH)]
_HEAD = 7
"""The lines above the sections of a first page, those at the head of the sheet with them."""


def first_page_fits(sections: Sequence[Section]) -> bool:
    """Whether sections that are handed over by themselves fit on one printed page."""
    blocks = _section_blocks(1, sections)
    return sum(map(len, blocks)) + len(_HANDED_OVER) + _HEAD <= PAGE


def printed(summary: Summary, generated: Generated) -> str:
    """The plain text in pages of `PAGE` lines, parted by form feeds, each with the identifiers and
    its number.

    What can be handed over by itself has its own page, or says that it is continued; no page ends
    with a heading or within an entry that a page can hold.
    """
    head = [*wrap(identity(generated), WIDTH - 18)]
    room = PAGE - len(head) - 1
    first = _pages(_first_blocks(summary, generated), room)
    if len(first) > 1:
        first = _pages(_first_blocks(summary, generated), room - 2)
        for number, page in enumerate(first[:-1], start=2):
            page += ["", f"continued on page {number}".rjust(WIDTH)]
    pages = [*first, *_pages(_other_blocks(summary, generated), room)]
    out = []
    for number, page in enumerate(pages, start=1):
        above = head[0].ljust(WIDTH - 18) + f"page {number} of {len(pages)}".rjust(18)
        out.append(_finish([above, *head[1:], "", *page], False))
    return "\f".join(out)


def _pages(blocks: Sequence[list[str]], room: int) -> list[list[str]]:
    """Blocks in pages; one that is longer than a page goes on on the next."""
    pages: list[list[str]] = [[]]
    for block in blocks:
        if len(pages[-1]) + len(block) > room:
            pages.append([])
        rest = block if pages[-1] else block[not block[0] :]
        while len(rest) > room:
            pages[-1:] = [rest[:room], []]
            rest = rest[room:]
        pages[-1] += rest
    return [page for page in pages if page]


def call_sheet(summary: Summary, generated: Generated, *, ascii_only: bool = False) -> str:
    """One screen of `ROWS` lines for the telephone; the background takes the room that is left.

    Several emergencies at once may need more: neither they nor what to do is ever left out.
    """
    p = summary.provenance
    sheet = summary.call_sheet
    head = [_spread("CALL SHEET (SBAR)", summary.status, f"as of {p.as_of}")]
    head += wrap(identity(generated), WIDTH) if generated.patient else []
    head += wrap(summary.person, WIDTH)
    source = f"pathwizard {p.tool}, {p.pathway} {p.version} ({p.hash})"
    end = wrap(f"Content {p.review_status}; {source}, answers {p.digest}.", WIDTH)
    end.append(generated.line())
    situation = _sbar("S", sheet.situation)
    assessment, request = _sbar("A", sheet.assessment), _sbar("R", sheet.request)
    room = ROWS - sum(map(len, (head, situation, assessment, request, end)))
    out = [*head, *situation, *_background(sheet.background, room), *assessment, *request, *end]
    return _finish(out, ascii_only)


def _sbar(letter: str, lines: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    for line in lines:
        out += wrap(line, WIDTH, f"{' ' if out else letter}  ", "     ")
    return out


def _background(entries: tuple[str, ...], room: int) -> list[str]:
    """As many entries as have room, in one paragraph of two lines or more."""
    for count in range(len(entries), 0, -1):
        more = len(entries) - count
        tail = (f"{more} more answers in the report",) if more else ()
        lines = wrap("; ".join((*entries[:count], *tail)), WIDTH, "B  ", "     ")
        if len(lines) <= max(room, 2):
            return lines
    return []


def _finish(lines: list[str], ascii_only: bool) -> str:
    body = safe("\n".join(line.rstrip() for line in lines)) + "\n"
    return to_ascii(body) if ascii_only else body


def _spread(*parts: str) -> str:
    """Parts over the whole width, the last one to the right; what does not fit wraps."""
    gap = (WIDTH - sum(map(len, parts))) // max(1, len(parts) - 1)
    if gap < 2:
        return "\n".join(wrap("  ".join(parts), WIDTH))
    return (" " * gap).join(parts)


def _heading(number: int, section: Section) -> list[str]:
    head = f"{number:<3}{section.title}"
    if any(line.who for line in section.lines):
        return [head.ljust(_WHO) + "who".ljust(_BY - _WHO) + "by"]
    if section.aside and len(head) + 2 + len(section.aside) <= WIDTH:
        return [head + section.aside.rjust(WIDTH - len(head))]
    lines = wrap(section.title, WIDTH, f"{number:<3}")
    return [*lines, *wrap(section.aside, WIDTH, "   ")] if section.aside else lines


def _section_blocks(start: int, sections: Sequence[Section]) -> list[list[str]]:
    """Sections from number `start` on, an entry a block, the first one with its heading."""
    out: list[list[str]] = []
    for number, section in enumerate(sections, start):
        first, *others = _entries(section) or [[]]
        out += [["", *_heading(number, section), "-" * WIDTH, *first], *others]
    return out


def _entries(section: Section) -> list[list[str]]:
    """The entries of a section; what stands beside its heading where that has columns is below."""
    if section.run_on:
        words = (f"{line.lead}:{GLUE}{line.text}" for line in section.lines)
        return [[line] for line in wrap("; ".join(words), WIDTH, "   ")]
    out = [_text_line(line) for line in section.lines]
    if section.aside and any(line.who for line in section.lines):
        out.append(wrap(section.aside, WIDTH, "   "))
    return out


def _text_line(line: Line) -> list[str]:
    lead = f"{line.lead}  " if line.lead else ""
    cited = f"[{', '.join(line.claims)}]" if line.claims else ""
    if line.who:
        return _action(line, f"{lead}{line.text}", cited)
    out = wrap(f"{lead}{line.text}", WIDTH, "   ", "     ")
    for detail in line.details:
        out += wrap(detail, WIDTH, "     ", "       ")
    return out + (wrap(cited, WIDTH, "     ") if cited else [])


def _action(line: Line, words: str, cited: str) -> list[str]:
    """An action in three columns: what, who, by when."""
    what = wrap(words, _WHO - 1, "   ", "     ")
    for detail in (*line.details, *([cited] if cited else [])):
        what += wrap(detail, _WHO - 1, "     ")
    who = wrap(line.who, _BY - _WHO - 1)
    by = wrap(line.by, WIDTH - _BY)
    return [
        f"{left:<{_WHO}}{middle:<{_BY - _WHO}}{right}"
        for left, middle, right in zip_longest(what, who, by, fillvalue="")
    ]


def _of_action(line: Line) -> list[str]:
    """Who and by when, where there are no columns."""
    return [f"who: {line.who}; by: {line.by}"] if line.who else []


def markdown(summary: Summary, generated: Generated) -> str:
    """Markdown; everything that was typed is escaped."""
    p = summary.provenance
    out = [
        f"# {_md(_title(summary))}",
        "",
        _md(identity(generated)),
        "",
        f"**{summary.status}**, content {p.review_status}. {_md(summary.person)}, as of {p.as_of}.",
    ]
    for number, section in enumerate(summary.sections, start=1):
        aside = f" - {_md(section.aside)}" if section.aside else ""
        out += ["", f"## {number}. {_md(section.title)}{aside}", ""]
        for line in section.lines:
            lead = f"**{_md(line.lead)}** " if line.lead else ""
            cited = f" *[{', '.join(line.claims)}]*" if line.claims else ""
            out.append(f"- {lead}{_md(line.text)}{cited}")
            out += [f"  - {_md(detail)}" for detail in (*_of_action(line), *line.details)]
        if number == summary.first_page:
            out += ["", f"*{_md(FIRST_PAGE)}*"]
    out += [
        "",
        "---",
        "",
        _md(INTENDED_USE),
        "",
        _md(footer(summary)),
        "",
        _md(generated.line()),
        "",
    ]
    return safe("\n".join(out))


def _md(words: str) -> str:
    """Words in which nothing is Markdown."""
    plain = " ".join(words.split())
    for sign in "\\`*_{}[]<>#|":
        plain = plain.replace(sign, "\\" + sign)
    return plain


_STYLE = (
    "body{font:16px/1.45 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "h2{border-bottom:1px solid #888;font-size:1.1em}li{margin:.3em 0}"
    ".c{color:#555;font-size:.85em}footer{border-top:1px solid #888;margin-top:2em}"
)


def _html(words: str) -> str:
    return html.escape(safe(words))


def html_page(summary: Summary, generated: Generated) -> str:
    """One HTML file without script or outside address."""
    p = summary.provenance
    out = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">",
        f"<title>{_html(p.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_html(_title(summary))}</h1>",
        f"<p>{_html(identity(generated))}</p>",
        f"<p><strong>{_html(summary.status)}</strong>, content {_html(p.review_status)}. "
        f"{_html(summary.person)}, as of {_html(p.as_of)}.</p>",
    ]
    for number, section in enumerate(summary.sections, start=1):
        aside = f" <small>{_html(section.aside)}</small>" if section.aside else ""
        out.append(f"<h2>{number}. {_html(section.title)}{aside}</h2><ul>")
        for line in section.lines:
            lead = f"<strong>{_html(line.lead)}</strong> " if line.lead else ""
            cited = (
                f' <span class="c">[{_html(", ".join(line.claims))}]</span>' if line.claims else ""
            )
            more = "".join(
                f"<li>{_html(detail)}</li>" for detail in (*_of_action(line), *line.details)
            )
            inner = f"<ul>{more}</ul>" if more else ""
            out.append(f"<li>{lead}{_html(line.text)}{cited}{inner}</li>")
        out.append("</ul>")
        if number == summary.first_page:
            out.append(f"<p><strong>{_html(FIRST_PAGE)}</strong></p>")
    out.append(
        f"<footer><p>{_html(INTENDED_USE)}</p><p>{_html(footer(summary))}</p>"
        f"<p>{_html(generated.line())}</p></footer></body></html>"
    )
    return "\n".join(out) + "\n"


def json_text(summary: Summary, generated: Generated) -> str:
    """The summary as JSON; `generated` holds what differs between two runs."""
    data = {
        **{key: value for key, value in asdict(summary).items() if key not in ("answers", "note")},
        "patient": list(map(one_line, generated.patient)) if generated.patient else None,
        "intended_use": INTENDED_USE,
        "generated": generated.line(),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def patient_note(summary: Summary, generated: Generated) -> str:
    """The draft for the patient, 72 columns; never final, and only where it is asked for.

    No title of the pathway stands in it: that may name what the patient has not been told.
    """
    note = summary.note
    if note is None:
        raise BadInput("these pathways have no words for a note to the patient", mend="Add them.")
    p = summary.provenance
    out = [*_spread("pathwizard", "DRAFT", f"as of {p.as_of}").split("\n"), "-" * WIDTH]
    for words in note.for_clinician:
        out += wrap(words, WIDTH)
    out += ["-" * WIDTH, "", note.title, *wrap(identity(generated), WIDTH)]
    for title, lines in note.parts:
        out += ["", title]
        for line in lines:
            out += wrap(line.text, WIDTH, "  - ", "    ")
    out += ["", *wrap(note.call_line, WIDTH), "", "-" * WIDTH]
    out += wrap(f"pathwizard {p.tool}, {p.hash}, answers {p.digest}.", WIDTH)
    return _finish([*out, generated.line()], False)


def answers(summary: Summary, generated: Generated) -> str:
    """The case itself, as a file that `replay` takes."""
    return f"# {safe(generated.line())}\n{summary.answers}"


FORMATS: dict[str, Callable[[Summary, Generated], str]] = {
    "text": text,
    "ascii": lambda summary, generated: text(summary, generated, ascii_only=True),
    "print": printed,
    "markdown": markdown,
    "html": html_page,
    "json": json_text,
    "call-sheet": call_sheet,
    "answers": answers,
    "patient": patient_note,
}
"""Every rendering by its name on the command line."""
