"""Makes docs/screenshot.svg from the running program: a decision of a published case.

`python tools/screenshot.py [FILE.svg [COLUMNS LINES [STEP]]]`
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from wizard.case.answers_file import read_answers
from wizard.case.replay import replay
from wizard.definition.loading import load_library
from wizard.store.store import Store
from wizard.tui.app import Wizard
from wizard.tui.case_screen import CaseScreen

ROOT = Path(__file__).parent.parent
CASE = "acro-thumb-fingertip-lung-antibiotics"


async def picture(columns: int, lines: int, step: str) -> str:
    """The screen of the case at a step, as SVG."""
    library = load_library()
    file = ROOT / "pathways" / "acrometastasis" / "cases" / CASE / "5-treatment.yaml"
    answers = read_answers(file.read_text("utf-8"), file.name, library)
    case = replay(replace(answers, label="amber-heron"), library)
    now = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), lambda: now)
        store.append("amber-heron", case.events, 0)
        app = Wizard(
            library,
            store,
            {},
            date(2026, 11, 22),
            lambda: now,
            lambda wizard: wizard.resume_case("amber-heron"),
        )
        async with app.run_test(size=(columns, lines)) as pilot:
            await pilot.pause(0.4)
            screen = app.screen
            assert isinstance(screen, CaseScreen)
            places = case.situation.main.places
            screen.show_place(next(p for p in reversed(places) if p.step == step))
            await pilot.pause(0.4)
            return app.export_screenshot(title="pathwizard")


def main() -> None:
    """Writes the picture."""
    arguments = sys.argv[1:]
    file = Path(arguments[0]) if arguments else ROOT / "docs" / "screenshot.svg"
    columns, lines = (int(n) for n in arguments[1:3]) if len(arguments) > 2 else (100, 32)
    step = arguments[3] if len(arguments) > 3 else "local_treatment"
    file.write_text(asyncio.run(picture(columns, lines, step)), encoding="utf-8")


if __name__ == "__main__":
    main()
