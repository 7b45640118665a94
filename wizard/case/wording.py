"""Facts, values and advice in words, as every face and report shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from wizard.case.entry import magnitude
from wizard.definition.computed import Band, Score
from wizard.definition.evidence import Claim, Conflict, Reference
from wizard.definition.item import Item
from wizard.definition.library import Pathway
from wizard.definition.models import GlossaryTerm, Header, TeachingNote
from wizard.engine.facts import Fact
from wizard.engine.situation import Advice, Situation
from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Day,
    Expr,
    Interval,
    Multi,
    Number,
    Quantity,
    Text,
    Truth,
    Value,
    english,
)
from wizard.guard.units import to_decimal
from wizard.text import format_date, format_number, format_quantity, listed

SITE = "site:"
NOTHING_AT_ONCE = "what is done at once is on record; the advice says what follows"
NO_CONTACT = "not set at this site, use the switchboard"
STAGES = {
    "presentation": "Presentation",
    "imaging": "Imaging",
    "biopsy": "Biopsy",
    "staging": "Staging",
    "palliation": "Palliative options",
}


def option_words(item: Item, option: str) -> str:
    """An option in the short form of reports: its `says`, else its label."""
    found = item.options.get(option)
    return option if found is None else found.says or _lower(found.label)


def _lower(label: str) -> str:
    first, rest = label[:1], label[1:]
    return label if rest[:1].isupper() else first.lower() + rest


def value_words(item: Item, value: Value) -> str:
    """A value of an item in words."""
    match value:
        case Choice(option):
            return option_words(item, option)
        case Multi(present, absent):
            return _multi_words(item, present, absent)
    return plain_words(value)


def plain_words(value: Value) -> str:
    """A value without options in words."""
    match value:
        case Absent(reason, why):
            return f"{reason.words}: {why}" if why else reason.words
        case Quantity(number, unit):
            return format_quantity(_readable(number), unit)
        case Number(number):
            return format_number(number)
        case Interval(low, high):
            return _interval(low, high)
        case Day(day):
            return format_date(day)
        case Text(text):
            return text
        case Choice(option):
            return option
        case Multi(present, _):
            return listed(sorted(present))


def _readable(number: Decimal) -> Decimal:
    """A number with more decimals than can be typed (a conversion left them) to four of them."""
    exponent = number.as_tuple().exponent
    return round(number, 4).normalize() if isinstance(exponent, int) and exponent < -12 else number


def computed_words(value: Value) -> str:
    """A score or derived value in words: how far it is known, or why it is not computed."""
    if isinstance(value, Absent) and value.reason is Absence.NOT_APPLICABLE:
        return f"does not apply: {value.why}"
    return plain_words(value)


def bands_of(score: Score, value: Value) -> tuple[Band, ...]:
    """Every band that a score, known or as an interval, may lie in."""
    if not isinstance(value, Interval):
        return ()
    return tuple(b for b in score.bands if b.from_ <= value.high and b.to >= value.low)


def band_words(band: Band) -> str:
    """A band with what it says."""
    return f"{_interval(band.from_, band.to)}: {band.says}"


def _interval(low: object, high: object) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _multi_words(item: Item, present: frozenset[str], absent: frozenset[str]) -> str:
    parts = []
    if present:
        parts.append(listed(option_words(item, o) for o in item.options if o in present))
    missing = [o for o in item.options if o not in present | absent]
    if absent and not missing and not present:
        return item.none_of_the_others or "none of these"
    if absent:
        parts.append("not: " + listed(option_words(item, o) for o in item.options if o in absent))
    if missing:
        parts.append("not asked: " + listed(option_words(item, o) for o in missing))
    return "; ".join(parts) or "not asked"


def fact_words(item: Item, fact: Fact) -> str:
    """A fact in words, with what belongs to an awaited result; the conversion is echoed."""
    words = value_words(item, fact.value)
    if isinstance(fact.value, Quantity) and item.unit and fact.value.unit != item.unit:
        converted = round(to_decimal(magnitude(item, fact.value)), 4).normalize()
        words = f"{words} ({format_quantity(converted, item.unit)})"
    if fact.awaited_from:
        words += f" from {fact.awaited_from}"
    if fact.due:
        words += f", by {format_date(fact.due)}"
    if fact.chased_by:
        words += f", chased by {fact.chased_by}"
    return words


def statement(item: Item, fact: Fact) -> str:
    """An item and its fact as one short statement."""
    return f"{item.label}: {fact_words(item, fact)}"


def labels(pathway: Pathway, items: tuple[str, ...]) -> str:
    """The labels of items as a list."""
    return listed(pathway.items[name].label for name in items if name in pathway.items)


def name_words(pathway: Pathway, name: str) -> str:
    """What a name in a guard is called: its label, a finding's sentence, the title of advice."""
    if name in pathway.items:
        return pathway.items[name].label
    if name in pathway.findings:
        return pathway.findings[name].text.rstrip(".")
    if name in pathway.derived:
        return pathway.derived[name].label
    if name in pathway.scores:
        return pathway.scores[name].label
    return advice_title(pathway, name)


def advice_title(pathway: Pathway, name: str) -> str:
    """The title of a recommendation or candidate; the name itself where there is none."""
    if name in pathway.recommendations:
        return pathway.recommendations[name].title
    return pathway.candidates[name][1].title if name in pathway.candidates else name


def guard_words(pathway: Pathway, guard: str) -> str:
    """A guard of a pathway in English."""
    return expr_words(pathway, pathway.guard(guard))


def expr_words(pathway: Pathway, expr: Expr) -> str:
    """A part of a guard of a pathway in English."""

    def option(name: str, choice: str) -> str:
        return option_words(pathway.items[name], choice) if name in pathway.items else choice

    return english(expr, lambda name: name_words(pathway, name), option)


def who_words(who: str, pathway: Pathway, contacts: Mapping[str, str]) -> str:
    """Who does it: a role, or a contact of this site with the number to call."""
    if not who.startswith(SITE):
        return who
    name = who.removeprefix(SITE)
    return f"{pathway.common.contacts[name]}: {contacts.get(name, NO_CONTACT)}"


def topic_words(conflict: Conflict) -> str:
    """What a conflict is about, and that the house has to settle it where that is so."""
    open_words = " (no house position yet)" if conflict.house_decides else ""
    return f"{conflict.topic}{open_words}"


def note_words(pathway: Pathway, note: GlossaryTerm | TeachingNote) -> str:
    """A teaching note or the meaning of a term, with its claims; recalled ones are marked."""
    words = note.text if isinstance(note, TeachingNote) else note.meaning
    unread = any(pathway.claims[claim].checked == "recalled" for claim in note.claims)
    marks = f" [{', '.join(note.claims)}{'; UNVERIFIED' if unread else ''}]" if note.claims else ""
    return f"{words}{marks}"


def claim_marks(claim: Claim) -> tuple[str, ...]:
    """How sure a claim is and how it was checked, one sentence each."""
    marks = [f"{claim.certainty}."]
    if claim.checked == "recalled":
        marks.append("UNVERIFIED: recalled, not read in a source.")
    elif claim.checked == "seen in a secondary copy":
        marks.append("Read in a secondary copy.")
    if claim.recalled_part:
        marks.append(f"Unverified part: {claim.recalled_part.rstrip('.')}.")
    return tuple(marks)


def reference_words(reference: Reference) -> str:
    """A publication in one sentence, with where it can be found."""
    authors = (reference.authors or "").split("; ")
    others = " and others" if len(authors) > 1 else ""
    source = [reference.container, str(reference.year) if reference.year else None]
    parts = [
        f"{authors[0]}{others}" if authors[0] else "",
        reference.title,
        ", ".join(filter(None, source)),
    ]
    where = reference.url or ""
    if reference.doi or reference.pmid:
        where = f"doi:{reference.doi}" if reference.doi else f"PMID {reference.pmid}"
    return f"{'. '.join(part.rstrip('.') for part in parts if part)}. {where}".strip()


def short_reference_words(reference: Reference) -> str:
    """A publication as a list names it: the title only where nothing else tells which it is."""
    authors = (reference.authors or "").split("; ")
    others = " and others" if len(authors) > 1 else ""
    source = ", ".join(filter(None, [reference.container, str(reference.year or "")]))
    where = f"doi:{reference.doi}" if reference.doi else ""
    if reference.pmid and not where:
        where = f"PMID {reference.pmid}"
    named = where and (authors[0] or reference.container)
    parts = [
        f"{authors[0]}{others}" if authors[0] else "",
        "" if named else reference.title,
        source,
    ]
    return f"{'. '.join(part.rstrip('.') for part in parts if part)}. {where}".strip()


def review_words(header: Header, as_of: date) -> str:
    """Whether anybody has reviewed the content, and that it is overdue for review."""
    if as_of <= header.review_due:
        return header.status
    return f"{header.status}, review overdue since {format_date(header.review_due)}"


def advice_reason(situation: Situation, advice: Advice) -> str:
    """The deciding reason of a piece of advice, as a phrase that follows its status."""
    pathway = next(p for p in situation.pathways if p.id == advice.pathway)
    blocked = [c.because for c in advice.concerns if c.truth is Truth.TRUE]
    if blocked and advice.status.value == "blocked":
        return f"because {'; '.join(blocked)}"
    if advice.status.value == "check first":
        return f"to check: {labels(pathway, advice.blocked_by)}"
    if advice.status.value == "pending":
        return why_open(situation, advice.pathway, advice.blocked_by)
    if advice.status.value == "not indicated":
        return f"because {facts_line(situation, advice.because)}" if advice.because else ""
    return advice.recommendation.why


def why_open(situation: Situation, pathway: str, items: Iterable[str]) -> str:
    """Items that keep something open, by the reason of each: not asked, not known, awaited."""
    return situation.readings.of(pathway).why_open(items)


def facts_line(situation: Situation, items: tuple[str, ...]) -> str:
    """Items with their present values, as one list."""
    parts = []
    for name in items:
        for pathway in situation.pathways:
            if name in pathway.items:
                item = pathway.items[name]
                parts.append(f"{item.label}: {value_words(item, situation.values[name])}")
                break
    return "; ".join(parts)
