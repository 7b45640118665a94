"""The body map: bones drawn in text, and the options of choice items that each stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from wizard.definition.fields import FILLED, Check, Model, Name, Words

Mark = Annotated[str, Check(pattern=r"^[A-Z]$")]
"""The capital letter of a bone in its drawing."""
Drawn = Annotated[str, Check(pattern=r"^[ -~\n]*[A-Z][ -~\n]*$", max_length=4000)]
"""Lines of printable ASCII: capital letters are the cells of bones, the rest is drawn as it is."""
Answers = Annotated[dict[Name, Name], FILLED]
"""Choice items, each with one of its options."""
MOST_LINES, MOST_COLUMNS = 18, 42
"""What a drawing may take, so that 80 columns by 24 lines hold it with what is said beside it."""


@dataclass(frozen=True, kw_only=True)
class Bone(Model):
    """One bone that can be pointed at."""

    words: Words
    """Its name behind the words of its side."""
    also: Words | None = None
    """Another name, in every word that it may be given: these find the bone and are not shown."""
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class BodySide(Model):
    """A side on which every part is drawn."""

    words: Words
    answers: Answers
    mirrored: bool = False
    """Its drawings stand the other way round."""


@dataclass(frozen=True, kw_only=True)
class BodyPart(Model):
    """A part of the body with its bones."""

    words: Words
    view: Words
    """From where it is seen, such as *dorsal view*."""
    answers: Answers
    outline: Drawn
    """A small drawing to choose the part by; one letter."""
    drawing: Drawn
    """Every bone, of the side that is not mirrored."""
    bones: Annotated[dict[Mark, Bone], FILLED]

    def __post_init__(self) -> None:
        if len(marks_in(self.outline)) != 1:
            raise ValueError("an outline has one capital letter, in every cell that is filled")
        for missing in sorted(self.bones.keys() - marks_in(self.drawing)):
            raise ValueError(f"the bone {missing} is not in the drawing")
        for spare in sorted(marks_in(self.drawing) - self.bones.keys()):
            raise ValueError(f"the drawing has a letter {spare} and no bone is called so")
        lines = self.drawing.splitlines()
        if len(lines) > MOST_LINES or max(map(len, lines)) > MOST_COLUMNS:
            raise ValueError(f"a drawing has {MOST_LINES} lines of {MOST_COLUMNS} columns at most")


@dataclass(frozen=True, kw_only=True)
class BodyMap(Model):
    """Sides and parts; every option of the items that they answer is drawn or named as not."""

    sides: Annotated[dict[Name, BodySide], FILLED]
    parts: Annotated[dict[Name, BodyPart], FILLED]
    not_drawn: dict[Name, tuple[Name, ...]] = field(default_factory=dict)
    """Options of these items that no bone stands for: answered from the list."""


def marks_in(drawing: str) -> set[str]:
    """The capital letters of a drawing."""
    return {ch for ch in drawing if ch.isupper()}
