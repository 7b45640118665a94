"""Which key somebody who walks at random presses next in the full screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from textual.screen import Screen

from tests.walker import Walker
from wizard.tui.app import HomeScreen
from wizard.tui.body_map_screen import BodyMapScreen
from wizard.tui.case_screen import CaseScreen
from wizard.tui.dialogs import AskScreen, ChooseScreen
from wizard.tui.reading import CardScreen, PageScreen
from wizard.tui.search_screen import SearchScreen

T = TypeVar("T")
NONSENSE: tuple[str, ...] = (
    *"abcdefghijklmnoprstuvwxyz0123456789/?=[]{}\\\"'%$;:,.-+*A",
    *("é", "ß", "日", "\u202e", "\u200b"),
    *("enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("f1", "f2", "f3", "f5", "f8", "f9", "f12"),
    *("ctrl+a", "ctrl+c", "ctrl+d", "ctrl+k", "ctrl+l", "ctrl+p", "ctrl+u", "ctrl+w", "ctrl+z"),
    *("ctrl+backslash", "alt+enter", "shift+up"),
)
PASTES = (
    *("53 years", "1", "q", "[/b] [red]", "\x1b[2J\x1b]0;x\x07", "two\nlines", "a\r\nb\r\n", ""),
    *("x" * 5000, "\u202e53", "\t53\t"),
)
SIZES = ((80, 24), (120, 40), (200, 60), (60, 20), (40, 10), (80, 25))
ASIDE = (
    *("b", "g", "w", "e", "h", "v", "t", "m", "c", "slash", "x", "p", "s", "o", "z", "r", "l"),
    *("question_mark", "up", "down", "tab", "shift+tab", "pagedown", "pageup", "=", "z", "r", "a"),
)
AT_END = (*"cccpsotvwezbxm", "shift+tab", "question_mark", "slash")


class Keyer:
    """What is typed in one go waits in `_pending`; another screen forgets it."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.chance = walker, walker.chance
        self._pending: list[str] = []
        self._of: Screen[Any] | None = None

    def key(self, screen: Screen[Any]) -> str:
        """The next key on a screen."""
        if screen is not self._of:
            self._pending, self._of = [], screen
        if self.walker.often(0.03) and not (self.walker.stays and isinstance(screen, HomeScreen)):
            return self.chance.choice(NONSENSE)
        if not self._pending:
            self._pending = self._next(screen)
        return self._pending.pop(0)

    def _next(self, screen: Screen[Any]) -> list[str]:
        often = self.walker.often
        match screen:
            case CaseScreen():
                return self._case(screen)
            case CardScreen():
                return [self._one("cccccggkw")]
            case AskScreen():
                return self._ask(screen)
            case ChooseScreen():
                return self._choose(screen)
            case PageScreen():
                return [
                    self._one(("escape", "escape", "escape", "pagedown", "down", "end", "s", "c"))
                ]
            case SearchScreen():
                words = self._one(("pain", "lung", "zzz", "age", "fracture"))
                keys = self._one(([*words], ["enter"], ["1"], ["down"], ["escape"], ["escape"]))
                return [*keys]
            case BodyMapScreen():
                walk = ("down", "right", "left", "up", "tab")
                return [self._one((*walk, "enter", "enter", "enter", "slash", "r", "escape", "g"))]
            case HomeScreen():
                return [self._one("1111111223/?") if self.walker.stays or often(0.98) else "q"]
        return ["escape"]

    def _one(self, of: Sequence[T]) -> T:
        return self.chance.choice(of)

    def _choose(self, screen: ChooseScreen[Any]) -> list[str]:
        often, many = self.walker.often, len(screen._found)
        if screen._title.startswith("Leave") and often(0.5):
            return ["escape"]
        if not many or often(0.08):
            return [self.chance.choice(("escape", "escape", "slash", "down", "up", "end"))]
        if often(0.85):
            return [str(self.chance.randint(1, min(9, many)))]
        return [*["down"] * self.chance.randint(1, min(many, 12)), "enter"]

    def _ask(self, screen: AskScreen) -> list[str]:
        wrong = screen._wrong
        if "This is needed" in wrong:
            return [*"Dr A", "enter"]
        if wrong:
            return ["ctrl+u", "enter"] if self.walker.often(0.7) else ["escape"]
        return self.chance.choice((["enter"], [*"Dr A", "enter"], [*"2026-12-01", "enter"]))

    def _case(self, screen: CaseScreen) -> list[str]:
        cursor, often = screen._cursor, self.walker.often
        if screen._line is not None:
            unusual = screen._message.startswith("Unusual")
            return ["enter"] if unusual else ["escape"] if screen._message else ["ctrl+u", "escape"]
        if cursor.at_end:
            return [self.chance.choice(AT_END)] if often(0.85) else ["q"]
        if often(0.06):
            return [self.chance.choice(ASIDE)]
        if cursor.decision is not None:
            if cursor.marked is not None and often(0.8):
                return ["enter"]
            return [*self.walker.choice(cursor), "enter"]
        if cursor.item is None:
            return ["enter"]
        name, item = cursor.item
        if not self.walker.open(cursor, name) and often(0.85):
            return ["0", "enter"] if item.type == "multi" and often(0.3) else ["enter"]
        if often(0.12) or (screen._message and often(0.3)):
            return [self.chance.choice("uuuuufindau")]
        typed = self.walker.answer(item)
        return [typed] if item.options else [*typed, "enter"]
