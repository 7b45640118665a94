"""The body map of the shipped pathways: what is drawn where, what is beside what, what it answers."""

from __future__ import annotations

import re

import pytest

from tests.conftest import TODAY
from wizard.case import body_map
from wizard.case.body_map import Region
from wizard.case.cursor import Cursor
from wizard.case.drawing import Direction
from wizard.case.open_case import OpenCase, begin
from wizard.case.phrases import part_words
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import BadInput
from wizard.guard import Choice

DIRECTIONS: tuple[Direction, ...] = ("left", "right", "up", "down")
REGIONS = ("LEFT hand", "RIGHT hand", "LEFT foot", "RIGHT foot")
FINGERS = ("thumb", "index finger", "middle finger", "ring finger", "little finger")
HAND = {
    *(
        f"{finger}, {bone}"
        for finger in FINGERS
        for bone in ("distal phalanx", "middle phalanx", "proximal phalanx", "metacarpal")
        if (finger, bone) != ("thumb", "middle phalanx")
    ),
    "wrist, carpal bone",
}
RAYS = ("first", "second", "third", "fourth", "fifth")
FOOT = {
    *(f"{toe} toe, phalanx" for toe in ("great", "second", "third", "fourth", "little")),
    *(f"foot, {ray} metatarsal" for ray in RAYS),
    *("midfoot bone", "talus", "calcaneus"),
}


def new(library: Library) -> OpenCase:
    """A case that was just begun."""
    return begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)


def shown(library: Library) -> dict[str, Region]:
    """The regions of the map at the first step."""
    case = new(library)
    return {r.target.words: r for r in body_map.regions(case, Cursor(case).place)}


def test_every_bone_is_a_target(library: Library) -> None:
    """Those that the items name, on both sides; the thumb has no middle phalanx."""
    regions = shown(library)
    assert tuple(regions) == REGIONS
    for words, region in regions.items():
        side, part = words.split()
        bones = HAND if part == "hand" else FOOT
        assert {bone.words for bone in region.bones} == {f"{side} {bone}" for bone in bones}
        assert len(region.bones) == len(bones) == {"hand": 20, "foot": 13}[part]


@pytest.mark.hazard("HZ-09", "HZ-10")
@pytest.mark.parametrize("words", REGIONS)
def test_each_bone_answers_what_its_words_say(words: str, library: Library) -> None:
    """The case then says the part in the same words, whatever their order, and asks nothing of it."""
    said = set[str]()
    for bone in shown(library)[words].bones:
        case = new(library)
        cursor = Cursor(case)
        cursor.take(body_map.facts(case, cursor.place, bone))
        part = part_words(case.situation)
        said.add(part)
        assert sorted(re.findall(r"\w+", bone.words)) == sorted(
            word for word in re.findall(r"\w+", part) if word not in ("of", "the")
        )
        assert {name for name, _ in cursor.items if not cursor.answered(name)} == {"age", "sex"}
        assert body_map.held(case, cursor.place, shown(library)[words].bones) is not None
    assert len(said) == len(shown(library)[words].bones)


@pytest.mark.parametrize("words", REGIONS)
def test_the_answers_are_those_of_the_list(words: str, library: Library) -> None:
    """The same facts as one answer after the other gives, and undone one by one."""
    for bone in shown(library)[words].bones:
        case, other = new(library), new(library)
        cursor = Cursor(case)
        cursor.take(body_map.facts(case, cursor.place, bone))
        for name, option in bone.answers.items():
            Cursor(other).take({name: Fact(Choice(option), TODAY)})
        assert case.events == other.events
        for left in range(len(bone.answers) - 1, -1, -1):
            cursor.undo()
            assert list(case.state.facts.facts) == list(bone.answers)[:left]
        assert case.state.last_done is None


@pytest.mark.parametrize("words", REGIONS)
def test_arrows_reach_every_bone_from_every_other(words: str, library: Library) -> None:
    """And an arrow never goes the other way."""
    drawing = shown(library)[words].drawing
    for start in range(len(drawing.cells)):
        reached, waiting = {start}, [start]
        while waiting:
            at = waiting.pop()
            for direction in DIRECTIONS:
                beside = drawing.beside(at, direction)
                if beside not in reached:
                    reached.add(beside)
                    waiting.append(beside)
                if beside != at:
                    axis = 1 if direction in ("left", "right") else 0
                    before, after = (
                        sum(cell[axis] for cell in drawing.cells[n]) / len(drawing.cells[n])
                        for n in (at, beside)
                    )
                    assert (after > before) == (direction in ("right", "down"))
        assert reached == set(range(len(drawing.cells)))


def test_arrows_walk_between_neighbours(library: Library) -> None:
    """Along a finger, across the hand, and the other way round on the other side."""
    sides: tuple[tuple[str, Direction], ...] = (("RIGHT", "right"), ("LEFT", "left"))
    for side, away in sides:
        region = shown(library)[f"{side} hand"]
        words = [bone.words.removeprefix(f"{side} ") for bone in region.bones]
        walks: tuple[tuple[str, Direction, str], ...] = (
            ("ring finger, distal phalanx", "down", "ring finger, middle phalanx"),
            ("ring finger, middle phalanx", "down", "ring finger, proximal phalanx"),
            ("ring finger, proximal phalanx", "down", "ring finger, metacarpal"),
            ("ring finger, metacarpal", "down", "wrist, carpal bone"),
            ("thumb, distal phalanx", "down", "thumb, proximal phalanx"),
            ("middle finger, distal phalanx", away, "ring finger, distal phalanx"),
            ("index finger, metacarpal", away, "middle finger, metacarpal"),
        )
        for start, direction, end in walks:
            assert words[region.drawing.beside(words.index(start), direction)] == end


@pytest.mark.hazard("HZ-09")
@pytest.mark.parametrize(("part", "first"), [("hand", "thumb"), ("foot", "great toe")])
def test_the_sides_cannot_be_taken_for_each_other(part: str, first: str, library: Library) -> None:
    """Dorsal view: the thumb and great toe of the RIGHT are at the left, of the LEFT at the right."""
    regions = shown(library)
    right, left = regions[f"RIGHT {part}"], regions[f"LEFT {part}"]
    assert right.view == left.view == "dorsal view"

    def columns(region: Region, digit: str) -> list[int]:
        found = [n for n, bone in enumerate(region.bones) if f" {digit}," in bone.words]
        return [column for n in found for _, column in region.drawing.cells[n]]

    last = "little finger" if part == "hand" else "little toe"
    assert max(columns(right, first)) < min(columns(right, last))
    assert min(columns(left, first)) > max(columns(left, last))
    for number, cells in enumerate(right.drawing.cells):
        edge = right.drawing.width - 1
        assert left.drawing.cells[number] == {(row, edge - column) for row, column in cells}
    label = first.removesuffix(" toe")
    assert any(label in line for line in left.drawing.lines), "words are not mirrored"


def test_a_click_finds_its_bone(library: Library) -> None:
    """Every cell of every bone; far from any there is none."""
    for region in shown(library).values():
        for number, cells in enumerate(region.drawing.cells):
            assert cells
            assert {region.drawing.at(*cell) for cell in cells} == {number}
        assert region.drawing.at(50, 50) is None


def test_what_is_answered_already_is_said_and_kept(library: Library) -> None:
    """Only what differs is answered, with what is answered now beside it."""
    case = new(library)
    cursor = Cursor(case)
    cursor.take(
        {"affected_region": Fact(Choice("hand"), TODAY), "side": Fact(Choice("left"), TODAY)}
    )
    thumb = next(
        b for b in shown(library)["RIGHT hand"].bones if b.words == "RIGHT thumb, metacarpal"
    )
    assert body_map.answer_lines(case, cursor.place, thumb) == [
        "Region: Hand or wrist (as it is)",
        "Side: RIGHT (now: LEFT)",
        "Bone of the hand: Metacarpal",
        "Digit of the hand: Thumb",
    ]
    assert list(body_map.facts(case, cursor.place, thumb)) == ["side", "bone_hand", "finger_name"]


def test_there_is_a_map_only_where_its_items_are_asked(library: Library) -> None:
    """In every pathway: a step offers it at the items of the part, or refuses it in words."""
    offered = set()
    for name, pathway in library.pathways.items():
        case = begin(library, name, "amber-heron", TODAY, lambda _: None)
        place = Cursor(case).place
        asks = pathway.steps[place.step].asks
        if any(body_map.offers(case, place, item) for item in asks):
            offered |= {(name, i) for i in asks if body_map.offers(case, place, i)}
            assert len(body_map.regions(case, place)) == 4
        else:
            with pytest.raises(BadInput, match="no body map at this question"):
                body_map.regions(case, place)
    items = ("affected_region", "side", "bone_hand", "finger_name", "bone_foot", "toe_name")
    assert offered == {("acrometastasis", item) for item in items}


def test_what_is_not_drawn_is_named(library: Library) -> None:
    """By the labels of the list."""
    case = new(library)
    place = Cursor(case).place
    assert body_map.not_drawn(case, place, ["side", "bone_hand", "age"]) == [
        "Side: BILATERAL, MIDLINE",
        "Bone of the hand: All phalanges of a digit",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ring mid", ["ring finger, middle phalanx"]),
        ("tal", []),
        ("Ring finger, middle", ["ring finger, middle phalanx"]),
        ("dist thu", ["thumb, distal phalanx"]),
        ("carp", ["wrist, carpal bone"]),
        ("left ring", []),
        ("thumb distal phalanx", ["thumb, distal phalanx"]),
        ("MC3", ["middle finger, metacarpal"]),
        ("mc 3", ["middle finger, metacarpal"]),
        ("3rd metacarpal", ["middle finger, metacarpal"]),
        ("metacarpal 1", ["thumb, metacarpal"]),
        ("right hand fifth metacarpal", ["little finger, metacarpal"]),
        ("3rd finger", []),
        ("finger 3", []),
        ("phalanx 3", []),
        ("mc6", []),
    ],
)
def test_a_filter_finds_words_by_their_beginning(
    typed: str, found: list[str], library: Library
) -> None:
    """So that *tal* is the talus and no distal phalanx."""
    bones = shown(library)["RIGHT hand"].bones
    assert [b.words.removeprefix("RIGHT ") for b in bones if b.has(typed)] == found
    assert [b.words for b in shown(library)["LEFT foot"].bones if b.has("tal")] == ["LEFT talus"]


@pytest.mark.parametrize("typed", ["MT5", "5th metatarsal", "metatarsal 5", "left metatarsal v"])
def test_a_ray_of_the_foot_by_its_number(typed: str, library: Library) -> None:
    """In arabic numbers: a roman one is not guessed."""
    found = body_map.named([shown(library)["LEFT foot"]], typed)
    expected = [] if typed.endswith(" v") else ["LEFT foot, fifth metatarsal"]
    assert [words for _, words in found] == expected
