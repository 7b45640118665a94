"""The draft note for the patient is read in both faces, and only where it is chosen."""

from __future__ import annotations

from tests.line.conftest import LABEL, Plain
from tests.line.test_commands import events_of
from tests.tui.test_case_screen import press, settle, shown
from wizard.tui.app import Wizard


async def test_by_choice_in_both_faces(plain: Plain) -> None:
    """The same draft."""
    plain.desk.store.append(LABEL, events_of("3-biopsy", plain.desk.library), 0)
    whole = plain.desk.render(plain.stored(), "patient")
    said = plain.resume(["p", "4", "q"])
    assert "What happens next" in said
    assert all(line in said for line in whole.splitlines())
    app = Wizard(plain.desk, lambda app: app.resume_case(LABEL))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        assert "What happens next" not in shown(app)
        await press(pilot, "n")
        await settle(pilot)
        assert " ".join(whole.split()) in shown(app)
