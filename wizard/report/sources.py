"""What a pathway rests on, as entries: claims with how they were checked, publications in full."""

from __future__ import annotations

from wizard.definition.evidence import Claim, Reference
from wizard.report.entry import Entry, said

CHECKED = {
    "seen": "read in the source",
    "seen in a secondary copy": "read in a copy",
    "recalled": "UNVERIFIED: recalled, not read in a source",
}


def claim_entry(name: str, claim: Claim) -> Entry:
    """A claim: text, certainty, how it was checked, which references."""
    return Entry(
        "claim",
        name,
        "",
        said(
            ("text", claim.text),
            ("certainty", claim.certainty),
            ("checked", CHECKED[claim.checked]),
            ("unverified part", claim.recalled_part),
            ("references", ", ".join(claim.references)),
        ),
    )


def reference_entry(name: str, reference: Reference) -> Entry:
    """A publication in full, with every address."""
    return Entry(
        "reference",
        name,
        reference.title,
        said(
            ("authors", reference.authors),
            ("in", reference.container),
            ("year", str(reference.year) if reference.year else None),
            ("kind", reference.kind),
            ("doi", reference.doi),
            ("pmid", reference.pmid),
            ("address", reference.url),
        ),
    )
