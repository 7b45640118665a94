"""The colours of every theme can be read; without a key the screen goes blank, then ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.filter import DimFilter

from tests.tui.conftest import Start
from tests.tui.test_case_screen import press, settle, shown
from wizard.tui.app import Wizard
from wizard.tui.case_screen import CaseScreen
from wizard.tui.idle import BlankScreen
from wizard.tui.themes import THEMES

LEAST = {"dark": 4.5, "light": 4.5, "contrast": 7.0}
"""Of the contrast of text with what is behind it (WCAG 2.2, 1.4.3 and 1.4.6)."""

LINES = " │─╭╮╰╯┃━┏┓┗┛▁▂▃▄▅▆▇█▔▕"


def painted(app: Wizard) -> Iterator[tuple[str, Color, Color]]:
    """Every text of the present page with its colour and the one behind it, dimming included.

    What lies behind a dialog is faint on purpose, and so are lines between parts.
    """
    dim = DimFilter()
    dialogs = app.screen.query(".dialog")
    part = dialogs.first().region if dialogs else app.screen.region
    strips = app.screen._compositor.render_strips()[part.y : part.bottom]
    for strip in (s.crop(part.x, part.right) for s in strips):
        segments: list[Segment] = dim.apply(list(strip), Color.parse("black"))
        for text, style, _ in segments:
            if (
                style is None
                or not text.strip(LINES)
                or style.color is None
                or style.bgcolor is None
            ):
                continue
            front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False)
            if style.reverse:
                front, back = back, front
            yield text, Color(*front), Color(*back)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance)."""

    def luminance(color: Color) -> float:
        parts = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized
        )
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", LEAST)
@pytest.mark.parametrize("keys", [(), ("e",), ("question_mark",), ("f8",)])
async def test_text_stands_out(theme: str, keys: tuple[str, ...], start: Start) -> None:
    """On the page of a decision, beside it, in pages to read and lists to choose from."""
    app = start("2-imaging", decided=False)
    app.theme = THEMES[theme]
    seen = 0
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *keys)
        await settle(pilot)
        for text, front, back in painted(app):
            ratio = contrast(front, back)
            assert ratio >= LEAST[theme], (text, front, back, ratio)
            seen += 1
    assert seen > 10


async def test_every_theme_opens(start: Start) -> None:
    """That of the terminal as well."""
    app = start("2-imaging", decided=False)
    for name in THEMES.values():
        app.theme = name
    assert app.theme == THEMES["terminal"]


async def test_the_screen_goes_blank_and_names_the_case_first(start: Start) -> None:
    """Nothing of the patient stands on it; the first key says the case, Enter goes on there."""
    app = start("5-treatment")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "t", "1")
        before = shown(app)
        app._blank_after = 0.2
        app._wait_for_keys()
        await pilot.pause(0.6)
        assert isinstance(app.screen, BlankScreen)
        assert "53" not in shown(app)
        app._blank_after = 0
        await pilot.press("1")
        await pilot.pause()
        assert "amber-heron is open" in shown(app)
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, BlankScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert shown(app) == before


async def test_the_program_ends_when_no_key_is_pressed(start: Start) -> None:
    """With everything saved."""
    app = start("5-treatment")
    app._end_after = 0.3
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.8)
        assert not app.is_running
