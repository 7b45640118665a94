"""The body map: a region first, then its bones, walked by arrows, filtered by words, clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from wizard.case import body_map
from wizard.case.api import OpenCase, Place
from wizard.case.body_map import Region, Target
from wizard.case.drawing import Direction, Drawing, side_by_side
from wizard.text import listed
from wizard.tui.dialogs import NOT_TAKEN, SEVERAL_LINES, Dialog
from wizard.tui.line_editor import LineEditor
from wizard.tui.paint import Page, Painted, content_of
from wizard.tui.real_cursor import at

BESIDE = 30
"""The fewest columns in which what is chosen stands beside the drawing, else above it."""
MOST_FOUND = 5
FILTER = "/ "
NOTHING = "Nothing is marked: arrows, a click, or {} and words mark."
ARROWS: dict[str, Direction] = {"left": "left", "right": "right", "up": "up", "down": "down"}


class BodyMapScreen(Dialog[Target | None]):
    """Gives back the bone that is taken, None where the list is wanted instead.

    Nothing is marked at first but what is answered already. What Enter would answer is always in
    view before it does.
    """

    def __init__(self, case: OpenCase, place: Place, regions: Sequence[Region]) -> None:
        super().__init__()
        self._case, self._place = case, place
        self._regions = list(regions)
        self._region: Region | None = None
        self._mark = body_map.held(case, place, [r.target for r in regions])
        self._filter: LineEditor | None = None
        self._at = 0
        self._wrong = ""
        if self._mark is not None:
            self._enter(self._regions[self._mark])

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(classes="head")
            with Horizontal(id="drawn"):
                with VerticalScroll(id="sheet", can_focus=False):
                    yield Static(id="drawing")
                with VerticalScroll(id="beside", can_focus=False):
                    yield Static(id="chosen")
            yield Static(id="filter")
            yield Static(classes="foot")

    def on_mount(self) -> None:
        """Shows regions, or the bones of the one that is answered."""
        super().on_mount()
        self._show()

    def on_resize(self) -> None:
        """Draws again for the new size."""
        self._show()

    # What is in view

    @property
    def _inside(self) -> int:
        return max(20, self.size.width - 4)

    @property
    def _drawing(self) -> Drawing:
        if self._region is not None:
            return self._region.drawing
        outlines = [(self._title(number), r.outline) for number, r in enumerate(self._regions)]
        return side_by_side(outlines, self._inside)

    def _title(self, number: int) -> str:
        words = self._regions[number].target.words
        return f"> {words} <" if number == self._mark else f"  {words}  "

    def _over(self, region: Region) -> str:
        return f"{region.target.words}, {region.view}"

    @property
    def _targets(self) -> list[Target]:
        """What can be marked: regions, or the bones of one."""
        if self._region is not None:
            return list(self._region.bones)
        return [region.target for region in self._regions]

    @property
    def _found(self) -> list[tuple[int, Target]]:
        """What the filter has found, each with the number that is marked."""
        words = self._filter.text if self._filter is not None else ""
        if not words.strip():
            return []
        bones = (
            list(enumerate(self._region.bones))
            if self._region is not None
            else [(n, bone) for n, region in enumerate(self._regions) for bone in region.bones]
        )
        return [(n, bone) for n, bone in bones if bone.has(words)]

    def _enter(self, region: Region, bone: Target | None = None) -> None:
        """Opens a region, on a bone or on the one that is answered already."""
        self._region = region
        bones = list(region.bones)
        held = body_map.held(self._case, self._place, bones)
        self._mark = bones.index(bone) if bone is not None else held

    # Drawing

    def _show(self) -> None:
        if not self.is_mounted:
            return
        drawing, found = self._drawing, self._found
        self._lay_out(drawing, found)
        self._paint(drawing, {number for number, _ in found})
        self._set_lines()

    def _lay_out(self, drawing: Drawing, found: Sequence[tuple[int, Target]]) -> None:
        """What is chosen stands beside the bones where there is room, else above."""
        level = "Which region?" if self._region is None else "Which bone?"
        views = listed(dict.fromkeys(region.view for region in self._regions))
        head = Content.styled(f"Body map, {views}. {level}", "bold")
        self.query_one(".head", Static).update(head)
        width = self._inside - drawing.width - 4
        beside = width >= BESIDE and self._region is not None
        self.query_one("#drawn").styles.layout = "horizontal" if beside else "vertical"
        sheet, chosen = self.query_one("#sheet"), self.query_one("#beside")
        sheet.styles.width = drawing.width + 3 if beside else "100%"
        sheet.styles.height = "100%" if beside else "1fr"
        chosen.styles.width = "1fr" if beside else "100%"
        chosen.styles.height = "100%" if beside else "auto"
        chosen.styles.max_height = "100%" if beside else "60%"
        page = Page(width if beside else self._inside)
        self._fill(page, found)
        self.query_one("#chosen", Static).update(page.content())

    def _paint(self, drawing: Drawing, found: set[int]) -> None:
        """The drawing with its side in words above it, scrolled to what is marked."""
        title = "" if self._region is None else self._over(self._region).center(drawing.width)
        lines = [Content.styled(title, "bold")]
        for pieces in drawing.painted(self._mark, found):
            parts = [Content.styled(p, "reverse") if here else Content(p) for p, here in pieces]
            lines.append(Content("").join(parts))
        self.query_one("#drawing", Static).update(Content("\n").join(lines))
        if self._mark is not None:
            top = min(row for row, _ in drawing.cells[self._mark]) + 1
            self.call_after_refresh(self._keep_in_view, top)

    def _keep_in_view(self, line: int) -> None:
        sheet = self.query_one("#sheet")
        sheet.scroll_to(y=max(0, line - sheet.size.height // 2), animate=False)

    def cursor_at(self) -> Offset:
        """In the words of the filter, else on what is marked, else on what to do."""
        if self._filter is not None:
            return at(self.query_one("#filter"), 0, self._filter.column(FILTER))
        if self._mark is None:
            return at(self.query_one("#chosen"))
        row, column = min(self._drawing.cells[self._mark])
        return at(self.query_one("#drawing"), row + 1, column)

    def _set_lines(self) -> None:
        """The filter, what is wrong, and the keys."""
        line = self.query_one("#filter", Static)
        line.display = self._filter is not None or bool(self._wrong)
        if self._filter is not None:
            line.update(self._filter.content(FILTER))
        if self._wrong:
            line.update(Content.styled(self._wrong, "bold"))
        a_list = f"{self.case_keys.letter('body_map')} list"
        back = f"Esc regions   {a_list}" if self._region is not None else f"Esc or {a_list}"
        find = self.case_keys.letter("search")
        hint = f"Arrows walk   {find} filter   Enter {self._enter_words}   {back}"
        if self._filter is not None:
            hint = "Words filter   Up Down mark   Enter shows it in the drawing   Esc all"
        self.query_one(".foot", Static).update(content_of([Painted(hint, "dim")]))

    @property
    def _enter_words(self) -> str:
        return "opens" if self._region is None else "takes"

    def _fill(self, page: Page, found: Sequence[tuple[int, Target]]) -> None:
        """The target in view in words, and what it answers; or what to do."""
        if self._filter is not None and self._filter.text.strip():
            self._fill_found(page, found)
        elif self._mark is None:
            page.add(self._nothing)
        elif self._region is None:
            page.add(self._targets[self._mark].words, "bold")
        else:
            self._fill_answers(page, self._targets[self._mark])
        if self._filter is None:
            self._add_not_drawn(page)

    @property
    def _nothing(self) -> str:
        return NOTHING.format(self.case_keys.letter("search"))

    def _fill_answers(self, page: Page, target: Target) -> None:
        page.add(target.words, "bold")
        page.add("Answers:")
        for words in body_map.answer_lines(self._case, self._place, target):
            page.add(words, "", "  ", "    ")

    def _fill_found(self, page: Page, found: Sequence[tuple[int, Target]]) -> None:
        """What the filter has found; inside a region with what the marked one answers."""
        page.add(f"{self._at + 1} of {len(found)} found" if found else "Nothing found.", "dim")
        if found and self._region is not None:
            self._fill_answers(page, found[self._at][1])
        first = max(0, self._at - MOST_FOUND + 1)
        for number, (_, bone) in enumerate(found[first : first + MOST_FOUND], start=first):
            page.add(bone.words, "", "> " if number == self._at else "  ", "    ")
        if len(found) > first + MOST_FOUND:
            page.add(f"{len(found) - first - MOST_FOUND} more", "dim", "  ")

    def _add_not_drawn(self, page: Page) -> None:
        region = self._region
        names = list((region.target if region is not None else self._targets[0]).answers)
        if region is not None:
            names = [n for bone in region.bones for n in bone.answers if n not in names]
        left = body_map.not_drawn(self._case, self._place, dict.fromkeys(names))
        if left:
            page.add()
            page.add("Not drawn, answered from the list:", "dim")
            for words in left:
                page.add(words, "dim", "  ", "    ")

    # Keys and mouse

    def on_key(self, event: events.Key) -> None:
        """Walks, filters, opens a region, takes a bone, or goes back to the list."""
        event.stop()
        event.prevent_default()
        if self.too_early(event):
            self._wrong = NOT_TAKEN
            self._show()
            return
        self._wrong = ""
        action = self.case_keys.action(event.key, event.character)
        if event.key == "ctrl+c" or (action == "body_map" and self._filter is None):
            self.dismiss(None)
            return
        if event.key == "enter":
            self._take()
        elif self._filter is not None:
            self._edit(self._filter, event)
        elif event.key == "escape":
            self._back()
        elif action == "search":
            self._filter, self._at = LineEditor(), 0
        elif event.key in ARROWS:
            self._walk(ARROWS[event.key])
        elif event.key in ("tab", "shift+tab"):
            by = 1 if event.key == "tab" else -1
            first = -1 if by > 0 else 0
            self._mark = ((first if self._mark is None else self._mark) + by) % len(self._targets)
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """One line goes into the filter, several are refused aloud."""
        event.stop()
        if self._filter is not None and not self._filter.paste(event.text):
            self._wrong = SEVERAL_LINES
        self._sought()
        self._show()

    def on_click(self, event: events.Click) -> None:
        """Marks what is clicked; only Enter takes."""
        event.stop()
        place = event.get_content_offset(self.query_one("#drawing"))
        if place is None or self.too_early(event):
            return
        found = self._drawing.at(place.y - 1, place.x)
        if found is not None:
            self._mark, self._filter = found, None
            self._show()

    def _walk(self, direction: Direction) -> None:
        drawing = self._drawing
        self._mark = 0 if self._mark is None else drawing.beside(self._mark, direction)

    def _edit(self, line: LineEditor, event: events.Key) -> None:
        if event.key == "escape":
            self._filter = None
        elif event.key in ("up", "down", "tab", "shift+tab"):
            by = 1 if event.key in ("down", "tab") else -1
            self._at = max(0, min(self._at + by, len(self._found) - 1))
            self._mark_found()
        else:
            line.press(event.key, event.character)
            self._sought()

    def _sought(self) -> None:
        self._at = 0
        self._mark_found()

    def _mark_found(self) -> None:
        """Marks what the filter has found, nothing where it has found nothing."""
        found = self._found
        if found:
            self._mark = found[self._at][0]
        elif self._filter is not None and self._filter.text.strip():
            self._mark = None

    def _back(self) -> None:
        """From the bones to the regions, from these to the list."""
        if self._region is None:
            self.dismiss(None)
            return
        self._mark = self._regions.index(self._region)
        self._region = None
        self.disarm()

    def _take(self) -> None:
        """Enter: ends the filter on what it found, opens a region, or takes a bone."""
        found = self._found
        if self._filter is not None:
            if found and self._region is None:
                number, bone = found[self._at]
                self._enter(self._regions[number], bone)
            self._filter = None
            self.disarm()
        elif self._mark is None:
            self._wrong = self._nothing
        elif self._region is None:
            self._enter(self._regions[self._mark])
            self.disarm()
        else:
            self.dismiss(self._region.bones[self._mark])
