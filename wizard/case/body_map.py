"""The body map of a step: regions and bones, and the answers that each stands for.

What a bone answers comes from `body_map` of the definitions. Nothing here answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wizard.case.drawing import Drawing, drawing_of
from wizard.case.open_case import OpenCase
from wizard.case.wording import fact_words
from wizard.definition.body_map import BodyMap, BodyPart, BodySide, marks_in
from wizard.engine.facts import Fact, Place
from wizard.errors import BadInput
from wizard.guard import Choice
from wizard.text import listed

WHICH_BONE = "Which bone, in words such as right ring middle, or left mc3? (Enter: none)"
ANSWERED = "{}: answered so already."
NO_BONE = "No bone of hand or foot has these words. Type fewer, or Enter and answer from the list."


@dataclass(frozen=True)
class Target:
    """What can be pointed at: its words, and the option of each item, in the order of asking."""

    words: str
    answers: Mapping[str, str]
    also: str = ""
    """Another name, which finds it and is not shown."""

    def has(self, begun: str) -> bool:
        """Whether each word of a text begins one of its words, or one of its other name.

        Names are not mixed: the third metacarpal is no third finger. Signs and capitals do not
        count.
        """
        sought, *names = (
            re.findall(r"\w+", text.casefold()) for text in (begun, self.words, self.also)
        )
        return any(
            all(any(word.startswith(part) for word in name) for part in sought) for name in names
        )


@dataclass(frozen=True)
class Region:
    """A part of the body on one side, with its bones in the order of the definition."""

    target: Target
    view: str
    outline: Drawing
    drawing: Drawing
    bones: tuple[Target, ...]


def offers(case: OpenCase, place: Place, item: str) -> bool:
    """Whether the body map can answer an item at a step."""
    drawn, asks = _drawn(case, place), case.situation.step(place).asks
    if drawn is None or item not in asks:
        return False
    parts = [part for part in drawn.parts.values() if _asked(drawn, part) <= set(asks)]
    return any(item in _asked(drawn, part) for part in parts)


def regions(case: OpenCase, place: Place) -> tuple[Region, ...]:
    """What the body map shows at a step: the parts of which it asks every item.

    Raises BadInput where there is none.
    """
    drawn, asks = _drawn(case, place), case.situation.step(place).asks
    found = [
        _region(part, side, asks)
        for part in (drawn.parts.values() if drawn is not None else ())
        if drawn is not None and _asked(drawn, part) <= set(asks)
        for side in drawn.sides.values()
    ]
    if not found:
        raise BadInput(
            "there is no body map at this question",
            mend="It is at the questions of region, side and bone.",
        )
    return tuple(found)


def _drawn(case: OpenCase, place: Place) -> BodyMap | None:
    return case.situation.pathway_of(place).common.body_map


def _asked(drawn: BodyMap, part: BodyPart) -> set[str]:
    """Every item that a part answers."""
    answers = [part.answers, *(side.answers for side in drawn.sides.values())]
    return {item for each in (*answers, *(b.answers for b in part.bones.values())) for item in each}


def _region(part: BodyPart, side: BodySide, asks: Sequence[str]) -> Region:
    above = {**part.answers, **side.answers}

    def target(words: str, answers: Mapping[str, str], also: str | None = None) -> Target:
        found = {**above, **answers}
        return Target(
            f"{side.words} {words}",
            {n: found[n] for n in asks if n in found},
            f"{side.words} {part.words} {also}" if also else "",
        )

    return Region(
        target(part.words, {}),
        part.view,
        drawing_of(part.outline, sorted(marks_in(part.outline)), mirrored=side.mirrored),
        drawing_of(part.drawing, list(part.bones), mirrored=side.mirrored),
        tuple(target(bone.words, bone.answers, bone.also) for bone in part.bones.values()),
    )


def named(shown: Iterable[Region], words: str) -> list[tuple[Target, str]]:
    """The bones that have these words, each with its own."""
    return [(bone, bone.words) for region in shown for bone in region.bones if bone.has(words)]


def facts(case: OpenCase, place: Place, target: Target) -> dict[str, Fact]:
    """The answers that a target stands for, without those that are given already."""
    found = {}
    for name, option in target.answers.items():
        held = case.fact(name, place)
        if held is None or held.value != Choice(option):
            found[name] = Fact(Choice(option), case.state.as_of)
    return found


def held(case: OpenCase, place: Place, targets: Sequence[Target]) -> int | None:
    """The number of the target all of whose answers are given already."""
    return next((n for n, target in enumerate(targets) if not facts(case, place, target)), None)


def answer_lines(case: OpenCase, place: Place, target: Target) -> list[str]:
    """Each answer that a target stands for, with what is answered now where that differs."""
    items, new = case.situation.pathway_of(place).items, facts(case, place, target)
    lines = []
    for name, option in target.answers.items():
        label = items[name].options[option].label
        before = case.fact(name, place)
        now = ""
        if name not in new:
            now = " (as it is)"
        elif before is not None and before.is_answer:
            now = f" (now: {fact_words(items[name], before)})"
        lines.append(f"{items[name].label}: {label}{now}")
    return lines


def not_drawn(case: OpenCase, place: Place, names: Iterable[str]) -> list[str]:
    """What of these items is answered from the list only."""
    drawn, items = _drawn(case, place), case.situation.pathway_of(place).items
    left = drawn.not_drawn if drawn is not None else {}
    return [
        f"{items[name].label}: {listed([items[name].options[o].label for o in left[name]])}"
        for name in names
        if name in left
    ]
