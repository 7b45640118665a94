"""The body map: bones drawn in text, and the options of choice items that each stands for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from wizard.definition.fields import Model, Name, Words

Mark = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
"""The capital letter of a bone in its drawing."""
Drawn = Annotated[str, StringConstraints(pattern=r"^[ -~\n]*[A-Z][ -~\n]*$", max_length=4000)]
"""Lines of printable ASCII: capital letters are the cells of bones, the rest is drawn as it is."""
Answers = Annotated[dict[Name, Name], Field(min_length=1)]
"""Choice items, each with one of its options."""
MOST_LINES, MOST_COLUMNS = 18, 42
"""What a drawing may take, so that 80 columns by 24 lines hold it with what is said beside it."""


class Bone(Model):
    """One bone that can be pointed at."""

    words: Words = Field(description="Its name behind the words of its side.")
    answers: Answers


class BodySide(Model):
    """A side on which every part is drawn."""

    words: Words
    answers: Answers
    mirrored: bool = Field(default=False, description="Its drawings stand the other way round.")


class BodyPart(Model):
    """A part of the body with its bones."""

    words: Words
    view: Words = Field(description="From where it is seen, such as *dorsal view*.")
    answers: Answers
    outline: Drawn = Field(description="A small drawing to choose the part by; one letter.")
    drawing: Drawn = Field(description="Every bone, of the side that is not mirrored.")
    bones: dict[Mark, Bone] = Field(min_length=1)

    @model_validator(mode="after")
    def _drawn(self) -> BodyPart:
        if len(marks_in(self.outline)) != 1:
            raise ValueError("an outline has one capital letter, in every cell that is filled")
        for missing in sorted(self.bones.keys() - marks_in(self.drawing)):
            raise ValueError(f"the bone {missing} is not in the drawing")
        for spare in sorted(marks_in(self.drawing) - self.bones.keys()):
            raise ValueError(f"the drawing has a letter {spare} and no bone is called so")
        lines = self.drawing.splitlines()
        if len(lines) > MOST_LINES or max(map(len, lines)) > MOST_COLUMNS:
            raise ValueError(f"a drawing has {MOST_LINES} lines of {MOST_COLUMNS} columns at most")
        return self


class BodyMap(Model):
    """Sides and parts; every option of the items that they answer is drawn or named as not."""

    sides: dict[Name, BodySide] = Field(min_length=1)
    parts: dict[Name, BodyPart] = Field(min_length=1)
    not_drawn: dict[Name, tuple[Name, ...]] = Field(
        default_factory=dict,
        description="Options of these items that no bone stands for: answered from the list.",
    )


def marks_in(drawing: str) -> set[str]:
    """The capital letters of a drawing."""
    return {ch for ch in drawing if ch.isupper()}
