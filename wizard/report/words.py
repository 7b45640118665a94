"""The glossary and the notes for trainees, to read through: `show glossary`, `show teaching`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wizard.case.wording import note_words
from wizard.definition.library import Pathway
from wizard.text import wrap

WIDTH = 72


def glossary(pathway: Pathway) -> str:
    """Every term with its plain meaning, by the alphabet."""
    terms = sorted(pathway.common.glossary.values(), key=lambda term: term.term.lower())
    out = ["Content not clinically reviewed."]
    for term in terms:
        out += ["", *wrap(term.term, WIDTH), *wrap(note_words(pathway, term), WIDTH, "  ")]
    return "\n".join(out)


def teaching(pathway: Pathway) -> str:
    """Every note by topic, with the items beside which it is shown."""
    out = ["Content not clinically reviewed."]
    topic = ""
    for note in sorted(pathway.common.teaching.values(), key=lambda note: note.topic):
        if note.topic != topic:
            topic = note.topic
            out += ["", topic.upper()]
        out += ["", *wrap(note.title, WIDTH), *wrap(note_words(pathway, note), WIDTH, "  ")]
        labels = "; ".join(pathway.items[name].label for name in note.items)
        out += wrap(f"shown with: {labels}", WIDTH, "  ")
    return "\n".join(out)


COMMON: Mapping[str, Callable[[Pathway], str]] = {"glossary": glossary, "teaching": teaching}
