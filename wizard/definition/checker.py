"""Checks of what stands in any definition: guards, names, claims, items, scores, advice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from wizard.definition.computed import Derived, Finding, Score, Table, overlap
from wizard.definition.diagnostics import Problem
from wizard.definition.evidence import Conflict
from wizard.definition.fields import Model
from wizard.definition.item import Item
from wizard.definition.library import Library
from wizard.definition.models import Alert, CommonFile
from wizard.definition.recommendation import Recommendation
from wizard.definition.symbols import symbols_of
from wizard.definition.yaml import Positions
from wizard.guard import (
    Context,
    Expr,
    GuardError,
    Symbol,
    check,
    names_in,
    nearest,
    parse,
    parse_invariant,
)
from wizard.guard.units import canonical, factor, known_units

Path = tuple[str | int, ...]
SITE = "site:"


class _Ground(Protocol):
    """The names that guards at one place may use."""

    def symbol(self, name: str) -> Symbol | None: ...
    def names(self) -> Iterable[str]: ...
    def advice(self) -> Iterable[str]: ...


class CommonGround:
    """What guards of `pathways/common/` may name: the common ground itself."""

    def __init__(self, common: CommonFile) -> None:
        self._symbols = symbols_of(common.items, common.derived, common.scores, common.findings)
        self._advice = tuple(common.recommendations)

    def symbol(self, name: str) -> Symbol | None:
        return self._symbols.get(name)

    def names(self) -> Iterable[str]:
        return self._symbols

    def advice(self) -> Iterable[str]:
        return self._advice


class Checker:
    def __init__(
        self,
        ground: _Ground,
        common: CommonFile,
        positions: Positions,
        library: Library,
        problems: list[Problem],
    ) -> None:
        self._ground = ground
        self._common = common
        self._positions = positions
        self.library = library
        self._problems = problems

    def wrong(self, code: str, path: Path, what: str, mend: str, *, key: bool = True) -> None:
        """Adds an error at a key, or at the value of a key."""
        span = self._positions.key(path) if key else self._positions.at(path).value
        self._problems.append(Problem(code, span, what, mend))

    def unknown(self, path: Path, kind: str, name: str, known: Iterable[str]) -> None:
        """Adds an error for a name that is not defined."""
        near = nearest(name, known)
        mend = f"Did you mean `{near}`?" if near else "Define it or correct the name."
        code = f"unknown-{kind.split()[-1]}"
        self.wrong(code, path, f"no {kind} is called `{name}`", mend, key=False)

    def claims(self, model: Model, path: Path) -> None:
        """Every claim that a model cites must exist."""
        for number, claim in enumerate(getattr(model, "claims", ())):
            if claim not in self._common.claims:
                self.unknown((*path, "claims", number), "claim", claim, self._common.claims)

    def guard(self, text: str, path: Path, context: Context) -> Expr | None:
        """Parses and checks a guard; None where it cannot be parsed."""
        positions = self._positions.at(path)
        try:
            expr = parse(text)
        except GuardError as error:
            span = positions.inside(error.start, error.end, text)
            self._problems.append(Problem("guard-syntax", span, error.message, error.mend))
            return None
        self._guard_problems(expr, text, positions, context)
        return expr

    def _guard_problems(
        self, expr: Expr, text: str, positions: Positions, context: Context
    ) -> None:
        for fault in check(expr, self._ground, context):
            span = positions.inside(fault.start, fault.end, text)
            what = fault.message
            if positions.text_start is None:
                what = f"{what} (in `{text[fault.start : fault.end]}`)"
            self._problems.append(Problem("guard-names", span, what, fault.mend))

    def invariant(self, text: str, path: Path) -> None:
        """Parses and checks `A when B`."""
        positions = self._positions.at(path)
        try:
            invariant = parse_invariant(text)
        except GuardError as error:
            span = positions.inside(error.start, error.end, text)
            self._problems.append(Problem("guard-syntax", span, error.message, error.mend))
            return
        for expr in (invariant.never, invariant.when):
            self._guard_problems(expr, text, positions, Context.INVARIANT)

    def definitions(
        self,
        items: Mapping[str, Item],
        derived: Mapping[str, Derived],
        scores: Mapping[str, Score],
        findings: Mapping[str, Finding],
    ) -> None:
        """Items, derived values, scores and findings, and that none rests on itself."""
        uses: dict[Path, set[str]] = {}
        for name, item in items.items():
            path: Path = ("items", name)
            self.claims(item, path)
            self._item(item, path)
            if item.applies_if is not None:
                context = Context.FLOW if item.otherwise is None else Context.CLINICAL
                self._add(
                    uses,
                    path,
                    self.guard(item.applies_if, (*path, "applies_if"), context),
                )
        for name, value in derived.items():
            path = ("derived", name)
            self.claims(value, path)
            for place, formula in _formulas(value, path):
                self._add(uses, path, self.guard(formula, (*place, "formula"), Context.FORMULA))
            for number, case in enumerate(value.cases):
                when = self.guard(case.if_, (*path, "cases", number, "if"), Context.CLINICAL)
                self._add(uses, path, when)
            if value.valid_if is not None:
                valid = self.guard(value.valid_if, (*path, "valid_if"), Context.CLINICAL)
                self._add(uses, path, valid)
            self._unit(value.unit, (*path, "unit"))
        for name, score in scores.items():
            path = ("scores", name)
            self.claims(score, path)
            for term in score.terms:
                self._add(uses, path, parse(term.item) if term.item else None)
                self._add(uses, path, _parsed(term.if_))
            self._add(
                uses,
                path,
                self.guard(score.valid_if, (*path, "valid_if"), Context.CLINICAL),
            )
            self._score(score, path)
        for name, finding in findings.items():
            path = ("findings", name)
            self.claims(finding, path)
            self._add(uses, path, self.guard(finding.if_, (*path, "if"), Context.CLINICAL))
        self._cycles(uses)

    def _add(self, uses: dict[Path, set[str]], path: Path, expr: Expr | None) -> None:
        uses.setdefault(path, set()).update(names_in(expr) if expr is not None else ())

    def _cycles(self, uses: dict[Path, set[str]]) -> None:
        places = {str(path[1]): path for path in uses}
        for start, path in places.items():
            seen: set[str] = set()
            waiting = list(uses[path])
            while waiting:
                name = waiting.pop()
                if name == start:
                    self.wrong(
                        "rests-on-itself",
                        path,
                        f"`{start}` rests on itself",
                        "Break the circle.",
                    )
                    break
                if name in places and name not in seen:
                    seen.add(name)
                    waiting.extend(uses[places[name]])

    def _unit(self, unit: str | None, path: Path) -> None:
        if unit is not None and canonical(unit) != unit:
            better = canonical(unit) or nearest(unit, known_units())
            mend = f"Write `{better}`." if better else f"Units: {', '.join(known_units())}."
            self.wrong(
                "unknown-unit",
                path,
                f"`{unit}` is not a unit that is used here",
                mend,
                key=False,
            )

    def _item(self, item: Item, path: Path) -> None:
        self._unit(item.unit, (*path, "unit"))
        for unit in item.accepts:
            if canonical(unit) != unit:
                self.wrong(
                    "unknown-unit",
                    (*path, "accepts", unit),
                    f"`{unit}` is not a unit that is used here",
                    f"Units: {', '.join(known_units())}.",
                )
        limits = item.limits
        if limits is not None:
            low, high = limits.hard
            soft = limits.soft or limits.hard
            if not low <= soft[0] <= soft[1] <= high:
                self.wrong(
                    "limits",
                    (*path, "limits"),
                    "the limits do not lie in one another",
                    "Write hard: [lowest, highest] around soft: [low, high].",
                )
        fits = {"down the list": "choice", "up the list": "choice"}
        if item.worse is not None and (item.type == "choice") != (fits.get(item.worse) == "choice"):
            self.wrong(
                "worse",
                (*path, "worse"),
                f"`{item.worse}` does not fit a {item.type} item",
                "Choice items: down the list, up the list; numbers: higher, lower.",
            )

    def _score(self, score: Score, path: Path) -> None:
        low = high = 0
        for number, term in enumerate(score.terms):
            place = (*path, "terms", number)
            if term.item is not None:
                symbol = self._ground.symbol(term.item)
                if symbol is None or symbol.kind != "choice":
                    self.unknown((*place, "item"), "choice item", term.item, self._ground.names())
                    continue
                for option in sorted(set(symbol.options) ^ set(term.points)):
                    known = option in symbol.options
                    what = (
                        f"the option `{option}` of `{term.item}` has no points"
                        if known
                        else f"`{option}` is not an option of `{term.item}`"
                    )
                    self.wrong(
                        "points",
                        (*place, "points"),
                        what,
                        f"Options: {', '.join(symbol.options)}.",
                    )
                low += min(term.points.values())
                high += max(term.points.values())
            elif term.if_ is not None:
                self.guard(term.if_, (*place, "if"), Context.CLINICAL)
                low += min(0, term.adds or 0)
                high += max(0, term.adds or 0)
        covered = [n for band in score.bands for n in range(band.from_, band.to + 1)]
        if sorted(covered) != list(range(low, high + 1)):
            self.wrong(
                "bands",
                (*path, "bands"),
                f"the bands do not cover {low} to {high} once each",
                "Let each band begin where the one before ends.",
            )
        for number, band in enumerate(score.bands):
            self.claims(band, (*path, "bands", number))

    def table(self, table: Table, path: Path) -> None:
        """Claims, input, unit and validity of a table, and that its rows do not overlap."""
        self.claims(table, path)
        symbol = self._ground.symbol(table.input)
        if symbol is None or symbol.kind != "quantity":
            self.unknown((*path, "input"), "quantity", table.input, self._ground.names())
        elif symbol.unit is not None and factor(symbol.unit, table.unit) is None:
            what = f"`{table.input}` is in {symbol.unit}, the table in {table.unit}"
            self.wrong("table-rows", (*path, "unit"), what, f"Write `{symbol.unit}`.", key=False)
        if table.valid_if is not None:
            self.guard(table.valid_if, (*path, "valid_if"), Context.CLINICAL)
        for number, row in enumerate(table.rows):
            if any(overlap(row, other) for other in table.rows[:number]):
                what = "the row overlaps one above it"
                mend = "Let one of them end with `below` or begin with `above`."
                self.wrong("table-rows", (*path, "rows", number), what, mend, key=False)

    def recommendation(
        self, advice: Recommendation, path: Path, conflicts: Mapping[str, Conflict]
    ) -> None:
        """Guards, claims and contacts of a recommendation or candidate."""
        self.claims(advice, path)
        self.guard(advice.if_, (*path, "if"), Context.CLINICAL)
        self._contact(advice.who, (*path, "who"))
        for number, contra in enumerate(advice.contraindicated_if):
            place = (*path, "contraindicated_if", number)
            self.guard(contra.if_, (*place, "if"), Context.CLINICAL)
            self.claims(contra, place)
        for number, argument in enumerate(advice.arguments):
            place = (*path, "arguments", number)
            self.claims(argument, place)
            if argument.if_ is not None:
                self.guard(argument.if_, (*place, "if"), Context.CLINICAL)
        for number, note in enumerate(advice.notes):
            self.claims(note, (*path, "notes", number))
        for number, name in enumerate(advice.tables):
            if name not in self._common.tables:
                self.unknown((*path, "tables", number), "table", name, self._common.tables)
        if advice.result is not None and self._ground.symbol(advice.result) is None:
            self.unknown((*path, "result"), "data item", advice.result, self._ground.names())
        for number, name in enumerate(advice.conflicts):
            if name not in conflicts:
                self.unknown((*path, "conflicts", number), "conflict", name, conflicts)

    def _contact(self, who: str, path: Path) -> None:
        name = who.removeprefix(SITE)
        if who.startswith(SITE) and name not in self._common.contacts:
            self.unknown(path, "contact", name, self._common.contacts)

    def alert(self, alert: Alert, path: Path) -> None:
        """Guards, claims, contact and trail of an alert."""
        self.claims(alert, path)
        self.guard(alert.if_, (*path, "if"), Context.CLINICAL)
        self._contact(SITE + alert.contact, (*path, "contact"))
        if alert.trail is not None and alert.trail not in self.library.pathways:
            self.unknown((*path, "trail"), "pathway", alert.trail, self.library.pathways)
        for number, action in enumerate(alert.now):
            place = (*path, "now", number)
            self.claims(action, place)
            self._contact(action.who, (*place, "who"))
            if action.until is not None:
                self.guard(action.until, (*place, "until"), Context.CLINICAL)
            if action.advice is not None:
                trail = self.library.pathways.get(alert.trail or "")
                known = trail.recommendations if trail is not None else {}
                if action.advice not in known:
                    self.unknown((*place, "advice"), "advice", action.advice, known)
        for number, name in enumerate(alert.names):
            self.guard(name.if_, (*path, "names", number, "if"), Context.CLINICAL)

    def conflicts(self, conflicts: Mapping[str, Conflict]) -> None:
        """Claims of both positions."""
        for name, conflict in conflicts.items():
            for number, position in enumerate(conflict.positions):
                self.claims(position, ("conflicts", name, "positions", number))

    def doubles(self, own: Model, common: CommonFile) -> None:
        """An id of the pathway that the common ground has already."""
        for section in (
            "items",
            "derived",
            "scores",
            "findings",
            "recommendations",
            "alerts",
        ):
            shared = getattr(common, section)
            for name in getattr(own, section):
                if name in shared:
                    self.wrong(
                        "duplicate-id",
                        (section, name),
                        f"`{name}` is defined in common/ already",
                        "Use that one or choose another name.",
                    )
        names: dict[str, str] = {}
        for section in ("items", "derived", "scores", "findings"):
            for name in (*getattr(own, section), *getattr(common, section)):
                if names.setdefault(name, section) != section:
                    self.wrong(
                        "duplicate-id",
                        (section, name),
                        f"`{name}` is also the name of one of the {names[name]}",
                        "Choose another name.",
                    )


def _parsed(guard: str | None) -> Expr | None:
    """The tree of a guard; None where it is left out or cannot be parsed."""
    try:
        return None if guard is None else parse(guard)
    except GuardError:
        return None


def _formulas(value: Derived, path: Path) -> list[tuple[Path, str]]:
    """The formulas of a derived value, each with the place of its mapping."""
    if value.formula is not None:
        return [(path, value.formula)]
    return [((*path, "cases", n), case.formula) for n, case in enumerate(value.cases)]
