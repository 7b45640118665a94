"""A pathway on paper in full, for a reviewer who reads no code: `show --full`."""

from __future__ import annotations

from wizard.definition.library import Pathway
from wizard.report.description import describe
from wizard.report.entry import Entry
from wizard.text import safe, wrap

WIDTH = 72
COMPACT = ("claim", "reference")
"""Kinds that are printed as one paragraph, since there are hundreds of them."""
_PLAIN = ("text", "authors", "in", "year", "address")
"""Aspects that need no label in a paragraph."""
_INTRODUCTION = (
    "Everything the pathway says, for review on paper. Names in brackets are those of the files. "
    "A guard that rests on an unknown answer is unknown, never false. Claims and references stand "
    "once, at the end; everything else cites them by their marks."
)


def review(pathway: Pathway) -> str:
    """Every step, question, decision, emergency, score and claim; 72 columns."""
    header = pathway.header
    claims = [pathway.claims[entry.name] for entry in _claims(pathway)]
    recalled = sum(claim.checked == "recalled" for claim in claims)
    copies = sum(claim.checked == "seen in a secondary copy" for claim in claims)
    out = [
        *wrap(f"{header.title} {header.version} ({pathway.hash[:16]})", WIDTH),
        *wrap(f"Content {header.status}.", WIDTH),
        "",
        *wrap(_INTRODUCTION, WIDTH),
        *wrap(
            f"{len(claims)} claims: {recalled} unverified (recalled), {copies} read in a copy "
            f"only, {len(claims) - recalled - copies} read in the source.",
            WIDTH,
        ),
    ]
    for title, entries in describe(pathway):
        out += ["", "", title, "-" * WIDTH]
        for entry in entries:
            out += ["", *entry_lines(entry)] if entry.aspects else entry_lines(entry)
    return safe("\n".join(line.rstrip() for line in out)) + "\n"


def _claims(pathway: Pathway) -> tuple[Entry, ...]:
    return next((found for title, found in describe(pathway) if title == "CLAIMS"), ())


def entry_lines(entry: Entry) -> list[str]:
    """An entry: its kind, title and name, then every aspect."""
    if entry.kind in COMPACT:
        said = (words if label in _PLAIN else f"{label}: {words}" for label, words in entry.aspects)
        whole = ". ".join(part.rstrip(".") for part in (entry.title, *said) if part)
        return wrap(f"{entry.name}  {whole}", WIDTH, "", "  ")
    lines = wrap(f"{entry.kind.upper()} {entry.title} ({entry.name})", WIDTH, "", "  ")
    for label, words in entry.aspects:
        lines += wrap(f"{label}: {words}", WIDTH, "  ", "    ")
    return lines
