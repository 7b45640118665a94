"""What stands open when a window becomes too small is there again when it grows."""

from __future__ import annotations

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle, shown
from tests.tui.test_sizes import resized
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import AskScreen
from wizard.tui.idle import BlankScreen
from wizard.tui.small import SmallScreen


async def test_a_dialog_keeps_what_is_typed(start: Start) -> None:
    """A line begun in a dialog; no key pressed meanwhile reaches it."""
    app = start("sitting-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "a", *"lab")
        await resized(pilot, (40, 10))
        assert isinstance(app.screen, SmallScreen)
        await press(pilot, "x", "escape", "f9")
        await resized(pilot, (80, 24))
        assert isinstance(app.screen, AskScreen)
        assert "Awaited from whom? lab By when?" in shown(app)


async def test_a_blank_screen_over_a_small_window(start: Start) -> None:
    """A window that grows while it is blank is no longer called too small behind it."""
    app = start("sitting-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for grows in (False, True):
            await resized(pilot, (40, 10))
            app._blank()
            await settle(pilot)
            assert isinstance(app.screen, BlankScreen)
            if grows:
                await resized(pilot, (80, 24))
            await press(pilot, "z", "enter")
            await settle(pilot)
            assert isinstance(app.screen, CaseScreen if grows else SmallScreen)
            await resized(pilot, (80, 24))
            assert isinstance(app.screen, CaseScreen)
