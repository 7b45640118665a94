"""Checks of the body map: the options that its bones stand for exist, and none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wizard.definition.body_map import BodyMap
from wizard.definition.checker import Checker, Path
from wizard.definition.item import Item
from wizard.guard import nearest


def check_body_map(checker: Checker, drawn: BodyMap, items: Mapping[str, Item]) -> None:
    """Items and options of every bone, bones that answer the same, options left out."""
    answered: dict[str, set[str]] = {}
    for path, answers in _answers(drawn):
        for item, option in answers.items():
            if _known(checker, items, item, option, (*path, item), (*path, item)):
                answered.setdefault(item, set()).add(option)
    for item, options in drawn.not_drawn.items():
        path = ("body_map", "not_drawn", item)
        for number, option in enumerate(options):
            if not _known(checker, items, item, option, path, (*path, number)):
                continue
            if option in answered.get(item, ()):
                what = f"a bone stands for `{option}` of `{item}`"
                checker.wrong("map-option", (*path, number), what, "Take it out here.", key=False)
            answered.setdefault(item, set()).add(option)
    for item, found in answered.items():
        for option in items[item].options:
            if option not in found:
                what = f"no bone stands for the option `{option}` of `{item}`"
                mend = "Draw it, or name it in `not_drawn`."
                checker.wrong("map-option", ("body_map",), what, mend)
    _twice(checker, drawn)


def _answers(drawn: BodyMap) -> Iterator[tuple[Path, Mapping[str, str]]]:
    for name, side in drawn.sides.items():
        yield ("body_map", "sides", name, "answers"), side.answers
    for name, part in drawn.parts.items():
        place = ("body_map", "parts", name)
        yield (*place, "answers"), part.answers
        for mark, bone in part.bones.items():
            yield (*place, "bones", mark, "answers"), bone.answers


def _known(
    checker: Checker,
    items: Mapping[str, Item],
    item: str,
    option: str,
    at_item: Path,
    at_option: Path,
) -> bool:
    """Whether an item is a choice with an option; a problem where it is not."""
    if item not in items or items[item].type != "choice":
        choices = [name for name, known in items.items() if known.type == "choice"]
        checker.unknown(at_item, "choice item", item, choices)
        return False
    if option not in items[item].options:
        near = nearest(option, items[item].options)
        mend = f"Did you mean `{near}`? " if near else ""
        mend += f"Options: {', '.join(items[item].options)}."
        what = f"`{option}` is not an option of `{item}`"
        checker.wrong("unknown-option", at_option, what, mend, key=False)
        return False
    return True


def _twice(checker: Checker, drawn: BodyMap) -> None:
    """Bones of one part that answer the same, and items that are answered twice over."""
    for name, part in drawn.parts.items():
        seen: dict[tuple[tuple[str, str], ...], str] = {}
        above = {*part.answers, *(item for side in drawn.sides.values() for item in side.answers)}
        for mark, bone in part.bones.items():
            path = ("body_map", "parts", name, "bones", mark)
            same = seen.setdefault(tuple(sorted(bone.answers.items())), mark)
            if same != mark:
                what = f"the bones {same} and {mark} answer the same"
                checker.wrong("map-bones", path, what, "Keep one, or answer another option.")
            for item in sorted(above & set(bone.answers)):
                what = f"`{item}` is answered by the part or its side already"
                checker.wrong("map-bones", path, what, "Answer each item once.")
