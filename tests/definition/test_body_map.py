"""A body map that does not fit its items is an error with place and mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.check.faults.planting import copy_pathways
from tests.small import HEADER, item, write
from wizard.definition.loading import load_problems

PATHWAY = (
    HEADER.format(id="one", start="first")
    + """steps:
  first:
    stage: presentation
    title: First
    asks: [side, bone]
    exits: [{otherwise: end}, {unknown: end}]
endpoints:
  end: {title: End, text: The end.}
"""
)
COMMON = (
    "items:\n"
    + item("side", "right", "left", "both")
    + item("bone", "radius", "ulna")
    + "  note: {type: text, label: Note, ask: {clinician: Note?}, why: For tests.}\n"
)
MAP = """body_map:
  sides:
    right: {words: RIGHT, answers: {side: right}}
    left: {words: LEFT, answers: {side: left}, mirrored: true}
  parts:
    forearm:
      words: forearm
      view: dorsal view
      answers: {region: arm}
      outline: "|A|"
      drawing: "|R| |U|"
      bones:
        R: {words: radius, answers: {bone: radius}}
        U: {words: ulna, answers: {bone: ulna}}
  not_drawn: {side: [both], region: [leg]}
"""
SOUND = COMMON + item("region", "arm", "leg") + MAP
BROKEN = [
    # what is replaced, by what, at which text, the fault, the mend
    ("bone: radius}", "bone: radios}", "radios", "`radios` is not an option of `bone`", "Did you mean `radius`? Options: radius, ulna."),
    ("bone: ulna}", "bome: ulna}", "ulna}", "no choice item is called `bome`", "`bone`"),
    ("bone: ulna}", "note: ulna}", "ulna}", "no choice item is called `note`", "correct the name"),
    ("bone: ulna}", "bone: radius}", "U: {", "the bones R and U answer the same", "another option"),
    ("bone: ulna}", "bone: ulna, side: left}", "U: {", "`side` is answered by the part or its side already", "once"),
    ("side: [both], ", "", "body_map:", "no bone stands for the option `both` of `side`", "`not_drawn`"),
    ("side: [both]", "side: [both, left]", "left], region", "a bone stands for `left` of `side`", "Take it out"),
    ("side: [both]", "side: [none]", "none]", "`none` is not an option of `side`", "both"),
    ('"|R| |U|"', '"|R| |R|"', "words: forearm", "the bone U is not in the drawing", "docs/pathway-format.md"),
    ('"|R| |U|"', '"|R| |U| |X|"', "words: forearm", "the drawing has a letter X", "docs/pathway-format.md"),
    ('"|A|"', '"|AB|"', "words: forearm", "an outline has one capital letter", "docs/pathway-format.md"),
    ('"|R| |U|"', f'"|R| |U|{"-" * 60}"', "words: forearm", "18 lines of 42 columns", "docs/pathway-format.md"),
    ('"|A|"', '"|\u00c4|"', '"|\u00c4|"', "is not", ""),
]  # fmt: skip


def test_the_small_map_is_sound(tmp_path: Path) -> None:
    """What is broken below is sound before."""
    assert load_problems(write(tmp_path / "p", {"one": PATHWAY}, SOUND)).problems == []


@pytest.mark.parametrize(("old", "new", "at", "what", "mend"), BROKEN)
def test_broken(old: str, new: str, at: str, what: str, mend: str, tmp_path: Path) -> None:
    """The problem names the place in the file, the fault and the mend."""
    assert SOUND.count(old) == 1
    root = write(tmp_path / "p", {"one": PATHWAY}, SOUND.replace(old, new))
    loaded = load_problems(root)
    assert loaded.library is None
    found = [p for p in loaded.problems if what in p.what]
    assert found, [p.render() for p in loaded.problems]
    assert mend in found[0].mend
    assert found[0].span.file == "common/common.yaml"
    whole = (root / "common" / "common.yaml").read_text("utf-8")
    assert found[0].span.line == whole.count("\n", 0, whole.index(at)) + 1


@pytest.mark.parametrize(
    ("item_name", "option"), [("bone_hand", "middle_phalanx"), ("finger_name", "ring"), ("bone_foot", "talus")]
)  # fmt: skip
def test_a_renamed_option_of_the_shipped_items_is_an_error(
    item_name: str, option: str, tmp_path: Path
) -> None:
    """Twice: the bones that name it no longer find it, and nothing is drawn for the new name."""
    pathways = copy_pathways(tmp_path)
    for file in pathways.rglob("*.yaml"):
        if file.name != "body-map.yaml":
            text = file.read_text("utf-8")
            file.write_text(re.sub(rf"\b{option}\b", f"{option}_x", text), encoding="utf-8")
    found = [p for p in load_problems(pathways).problems if p.span.file == "common/body-map.yaml"]
    said = {p.what for p in found}
    assert f"`{option}` is not an option of `{item_name}`" in said
    assert f"no bone stands for the option `{option}_x` of `{item_name}`" in said
