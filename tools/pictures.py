"""Makes the pictures of README and guide from the running program: published cases, a fixed clock.

`python tools/pictures.py [NAME …]` writes docs/pictures/NAME.svg; a test compares what they say.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.definition.loading import load_library
from wizard.desk import Desk
from wizard.line.home import run_lines
from wizard.line.talk import Talk
from wizard.store.store import Store
from wizard.tui.app import Wizard

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
CASE = ROOT / "pathways" / "acrometastasis" / "cases" / "acro-thumb-fingertip-lung-antibiotics"
LABEL = "amber-heron"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
TITLE = "pathwizard"


@dataclass(frozen=True)
class Picture:
    """A screen: the case of a stage (None: a new one), and the keys pressed there.

    `decided` is false where the decisions of the stage are still to be taken.
    """

    size: tuple[int, int]
    stage: str | None
    keys: tuple[str, ...] = ()
    decided: bool = True


@dataclass(frozen=True)
class Lines:
    """What is said while these lines are typed into a new case, from line `first` on."""

    typed: tuple[str, ...]
    first: int
    most: int = 30


NEW = (*"53", "enter", "2", "1", "2", "1", "1")
PICTURES: dict[str, Picture | Lines] = {
    "treatment": Picture((100, 32), "5-treatment", keys=("t", "slash", *"local", "enter")),
    "question": Picture((80, 24), None, keys=(*"53", "enter", "2")),
    "map": Picture(
        (80, 24), None, keys=("g", "slash", *"right", "space", *"ring", "enter", "down")
    ),
    "decision": Picture((80, 24), "2-imaging", keys=("4",), decided=False),
    "emergency": Picture((80, 24), None, keys=(*NEW, "enter", "1")),
    "waiting": Picture((80, 24), "sitting-1"),
    "check": Picture((80, 24), "5-treatment", keys=("c",)),
    "wide": Picture((120, 40), "2-imaging", keys=("2", "h"), decided=False),
    "lines": Lines(("53 years", "2", "1", "2", "1", "1", "w"), first=6),
}


@contextmanager
def _desk(library: Library, shown: Picture | Lines) -> Iterator[Desk]:
    """A desk with the case of a picture."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), lambda: NOW)
        if isinstance(shown, Picture) and shown.stage is not None:
            file = CASE / f"{shown.stage}.yaml"
            answers = read_answers(file.read_text("utf-8"), file.name, library)
            answers = replace(answers, label=LABEL)
            if not shown.decided:
                answers = replace(answers, commitments=[])
            store.append(LABEL, replay(answers, library).events, 0)
        yield Desk(library, store, {}, TODAY, lambda: NOW)


async def _screen(library: Library, picture: Picture) -> str:
    """A screen as SVG."""

    def first(app: Wizard) -> None:
        if picture.stage is None:
            app.start_case("acrometastasis", LABEL)
        else:
            app.resume_case(LABEL)

    with _desk(library, picture) as desk:
        app = Wizard(desk, first)
        async with app.run_test(size=picture.size) as pilot:
            await pilot.pause(0.3)
            for key in picture.keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            await pilot.pause(0.3)
            return app.export_screenshot(title=TITLE)


class _Typed(io.StringIO):
    """Lines that are typed, seen where a terminal shows them."""

    def __init__(self, lines: tuple[str, ...], out: io.StringIO) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self._out = out

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(-1 if size is None else size)
        self._out.write(line.rstrip("\n"))
        return line


def _lines(library: Library, shown: Lines) -> str:
    """A part of the plain lines as SVG."""
    out = io.StringIO()
    talk = Talk(_Typed(shown.typed, out), out, unicode=True)
    with _desk(library, shown) as desk:
        run_lines(desk, talk, pathway="acrometastasis", case=None, label=LABEL)
    said = out.getvalue().splitlines()[shown.first :][: shown.most]
    console = Console(record=True, width=80, file=io.StringIO(), legacy_windows=False)
    console.print(Text("\n".join(said)))
    return console.export_svg(title=f"{TITLE} --plain")


def picture(name: str, library: Library) -> str:
    """The picture of this name, as SVG."""
    shown = PICTURES[name]
    if isinstance(shown, Lines):
        return _lines(library, shown)
    return asyncio.run(_screen(library, shown))


def main() -> None:
    """Writes the pictures that are named, or all."""
    library = load_library()
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        (FOLDER / f"{name}.svg").write_text(picture(name, library), encoding="utf-8")


if __name__ == "__main__":
    main()
