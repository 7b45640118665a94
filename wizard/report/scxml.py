"""The flow of a pathway as a statechart (SCXML, W3C 2015), for other engines to run.

Everything is translated from the definition's text; nothing that this program's engine has worked
out enters. The chart starts, and starts anew, with the event `facts`, whose data are, for every
data item that it names,

- `item_NAME` and `reason_NAME` as `wizard.guard.scxml` reads them (a multi-choice value holds
  True, False or None for every option), or lists of both, one entry a visit, where a loop asks
  the item again;
- `committed_STATE`, for every decision, a list of 50 of True or False, one entry a visit.

It then rests where the walk rests. The name of the resting state says why: `PATHWAY.STEP` asks,
`PATHWAY.STEP.waits` waits for what is awaited, `PATHWAY.STEP.decides` waits for a commitment; an
endpoint is a final state. The states `PATHWAY.STEP` in the order entered are the trail.
Semantics: docs/semantics.md, section 3.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.definition.library import Library, Pathway
from wizard.definition.models import Step
from wizard.errors import BadInput
from wizard.guard import Absence, Expr, Symbol, names_in
from wizard.guard.scxml import (
    ALWAYS,
    Condition,
    DerivedValue,
    NotExportable,
    all_of,
    any_of,
    applies,
    condition,
    has_value,
    none_of,
)

NAMESPACE = "http://www.w3.org/2005/07/scxml"
_AWAITED, _NOT_ASKED, _OUT_OF_DATE = (
    repr(reason.value) for reason in (Absence.AWAITED, Absence.NOT_ASKED, Absence.OUT_OF_DATE)
)


def scxml(library: Library, pathway_id: str) -> str:
    """The main trail of a pathway with its detours, as an SCXML document.

    Raises KeyError for an unknown pathway and BadInput where a guard of the flow reads a score, or
    a derived value with several formulas or with more than sums, differences and products.
    """
    try:
        chart = _Chart(library, library[pathway_id])
    except NotExportable as error:
        raise BadInput(
            f"'{pathway_id}' cannot be a statechart: {error}",
            mend="Exits can read entered values, and derived values of one formula of + - and *.",
        ) from error
    Xml.indent(chart.root)
    return Xml.tostring(chart.root, encoding="unicode") + "\n"


@dataclass(frozen=True)
class Meanings:
    """What names mean in one pathway, for conditions (`wizard.guard.scxml`)."""

    pathway: Pathway

    def entered(self, name: str) -> Symbol | None:
        """The symbol of a data item; None for what is computed."""
        return self.pathway.symbol(name) if name in self.pathway.items else None

    def derived(self, name: str) -> DerivedValue | None:
        """The one formula of a derived value."""
        found = self.pathway.derived.get(name)
        if found is None or found.formula is None:
            return None
        return DerivedValue(
            self.pathway.guard(found.formula),
            None if found.valid_if is None else self.pathway.guard(found.valid_if),
            found.unit,
            found.decimals,
            found.rounding == "down",
        )

    def finding(self, name: str) -> Expr:
        """The guard of a finding."""
        if name not in self.pathway.findings:
            raise NotExportable(f"`{name}` is no finding")
        return self.pathway.guard(self.pathway.findings[name].if_)

    def applies(self, name: str) -> tuple[Expr, str | None] | None:
        """When an item applies, and its value otherwise."""
        item = self.pathway.items[name]
        if item.applies_if is None:
            return None
        return self.pathway.guard(item.applies_if), item.otherwise


class _Chart:
    def __init__(self, library: Library, main: Pathway) -> None:
        self._library = library
        self._main = main
        self._pathways = _with_detours(library, main)
        self._visits = {
            item: step.loop.visits
            for pathway in self._pathways
            for step in pathway.steps.values()
            if step.loop is not None
            for item in step.loop.ask_again
        }
        self.root = Xml.Element("scxml", {
            "xmlns": NAMESPACE, "version": "1.0", "datamodel": "python",
            "name": main.id, "initial": main.id,
        })  # fmt: skip
        data = Xml.SubElement(self.root, "datamodel")
        self._flow = Xml.SubElement(self.root, "state", {"id": main.id, "initial": "start"})
        self._start()
        for pathway in self._pathways:
            for name, step in pathway.steps.items():
                self._step(pathway, name, step)
            for name in pathway.endpoints:
                self._endpoint(pathway, name)
        for name, initial in self._variables():
            Xml.SubElement(data, "data", {"id": name, "expr": initial})

    # The beginning

    def _start(self) -> None:
        self._given = Xml.SubElement(self._flow, "transition", {"event": "facts", "target": "read"})
        Xml.SubElement(self._flow, "state", {"id": "start"})
        read = Xml.SubElement(self._flow, "state", {"id": "read"})
        entry = Xml.SubElement(read, "onentry")
        self._read_looped(entry, set(self._visits), {})
        for pathway in self._pathways:
            with_trail = [
                condition(self._main.guard(alert.if_), Meanings(self._main)).true
                for alert in self._main.alerts.values()
                if alert.trail == pathway.id != self._main.id
            ]
            entered = "True" if pathway is self._main else any_of(with_trail)
            _assign(entry, f"entered_{_word(pathway.id)}", entered)
        Xml.SubElement(
            read, "transition", {"target": self._door(self._main, self._main.header.start)}
        )

    def _variables(self) -> Iterator[tuple[str, str]]:
        """Every variable with what it holds at first; gives what is asked for to the event."""
        for item in sorted(set().union(*map(_items_of_flow, self._pathways))):
            for kind in ("item", "reason"):
                looped = item in self._visits
                yield f"{kind}_{item}", "None"
                if looped:
                    yield f"visits_{kind}_{item}", "None"
                target = f"visits_{kind}_{item}" if looped else f"{kind}_{item}"
                _assign(self._given, target, f"_event.data.{kind}_{item}")
        for pathway in self._pathways:
            word = _word(pathway.id)
            yield f"entered_{word}", "False"
            yield f"return_from_{word}", "None"
            for name, step in pathway.steps.items():
                place = f"{word}_{name}"
                yield f"visit_{place}", "0"
                _assign(self._given, f"visit_{place}", "0")
                if step.decision is not None:
                    yield f"committed_{place}", "None"
                    _assign(self._given, f"committed_{place}", f"_event.data.committed_{place}")

    # Steps

    def _step(self, pathway: Pathway, name: str, step: Step) -> None:
        state, visit = f"{pathway.id}.{name}", f"visit_{_word(pathway.id)}_{name}"
        names = Meanings(pathway)
        if step.loop is not None:
            door = Xml.SubElement(self._flow, "state", {"id": f"{state}.door"})
            _transition(door, f"{visit} < {step.loop.visits}", state)
            _transition(door, "True", self._door(pathway, step.loop.then))
        pins = dict.fromkeys(step.loop.ask_again, visit) if step.loop is not None else {}
        asks = Xml.SubElement(self._flow, "state", {"id": state})
        entry = Xml.SubElement(asks, "onentry")
        _assign(entry, visit, f"{visit} + 1")
        self._read_looped(entry, _items_of_step(pathway, step), pins)
        answered = [self._answered(item, step, names) for item in step.asks]
        _transition(asks, all_of(answered), f"{state}.waits")
        awaited = [
            all_of([f"item_{item} == None", f"reason_{item} == {_AWAITED}",
                    none_of([applies(item, names).false])])
            for item in step.asks if item not in step.may_await
        ]  # fmt: skip
        waits = Xml.SubElement(self._flow, "state", {"id": f"{state}.waits"})
        decides = step.decision is not None
        onward = f"{state}.decides" if decides else f"{state}.exits"
        _transition(waits, none_of(awaited), onward)
        if decides:
            decision = Xml.SubElement(self._flow, "state", {"id": f"{state}.decides"})
            committed = f"committed_{_word(pathway.id)}_{name}[{visit} - 1] == True"
            _transition(decision, committed, f"{state}.exits")
        self._exits(pathway, step, state, pins)

    def _answered(self, item: str, step: Step, names: Meanings) -> str:
        """That an enquiry holds the walk up no longer with an item."""
        reason = f"reason_{item}"
        said = all_of([
            f"item_{item} == None", f"{reason} != None", f"{reason} != {_NOT_ASKED}",
            f"{reason} != {_OUT_OF_DATE}" if item in step.needs_fresh else "True",
        ])  # fmt: skip
        return any_of([applies(item, names).false, has_value(item, names), said])

    def _exits(self, pathway: Pathway, step: Step, state: str, pins: dict[str, str]) -> None:
        """The exits in the order in which they are read; behind a detour in a state of its own."""
        here = Xml.SubElement(self._flow, "state", {"id": f"{state}.exits"})
        unknown = next((e.unknown for e in step.exits if e.unknown is not None), None)
        for number, exit_ in enumerate(step.exits):
            if exit_.unknown is not None:
                continue
            found = ALWAYS
            if exit_.if_ is not None:
                found = condition(pathway.guard(exit_.if_), Meanings(pathway))
            if exit_.target in self._library.pathways:
                behind = f"{state}.exits.{number + 1}"
                self._detour(here, found, self._library[exit_.target], behind)
            else:
                _transition(here, found.true, self._door(pathway, exit_.target))
            if unknown is not None:
                is_unknown = none_of([found.true, found.false])
                _transition(here, is_unknown, self._door(pathway, unknown))
            if exit_.target in self._library.pathways:
                _transition(here, "True", behind)
                here = Xml.SubElement(self._flow, "state", {"id": behind})
                entry = Xml.SubElement(here, "onentry")
                self._read_looped(entry, _items_of_step(pathway, step), pins)

    def _detour(self, here: Xml.Element, found: Condition, other: Pathway, behind: str) -> None:
        word = _word(other.id)
        first = self._door(other, other.header.start)
        way = _transition(here, all_of([found.true, f"entered_{word} == False"]), first)
        if way is not None:
            _assign(way, f"entered_{word}", "True")
            _assign(way, f"return_from_{word}", repr(behind))

    def _endpoint(self, pathway: Pathway, name: str) -> None:
        if pathway is self._main:
            Xml.SubElement(self._flow, "final", {"id": f"{pathway.id}.{name}"})
            return
        end = Xml.SubElement(self._flow, "state", {"id": f"{pathway.id}.{name}"})
        for behind in self._returns(pathway):
            _transition(end, f"return_from_{_word(pathway.id)} == {behind!r}", behind)

    def _returns(self, pathway: Pathway) -> Iterator[str]:
        for other in self._pathways:
            for name, step in other.steps.items():
                for number, exit_ in enumerate(step.exits):
                    if exit_.target == pathway.id:
                        yield f"{other.id}.{name}.exits.{number + 1}"

    def _door(self, pathway: Pathway, target: str) -> str:
        step = pathway.steps.get(target)
        looped = step is not None and step.loop is not None
        return f"{pathway.id}.{target}.door" if looped else f"{pathway.id}.{target}"

    # Items that loops ask again

    def _read_looped(self, entry: Xml.Element, read: set[str], pins: dict[str, str]) -> None:
        """Items of loops are read at the visit of the step; elsewhere at the latest with a value,
        else at the latest with an answer."""
        for item, visits in self._visits.items():
            if item not in read:
                continue
            values, reasons = f"visits_item_{item}", f"visits_reason_{item}"
            if item in pins:
                _assign(entry, f"item_{item}", f"{values}[{pins[item]} - 1]")
                _assign(entry, f"reason_{item}", f"{reasons}[{pins[item]} - 1]")
                continue
            latest = [
                (any_of([self._value_at(item, n), f"{reasons}[{n}] == {_OUT_OF_DATE}"]), n)
                for n in reversed(range(visits))
            ]
            latest += [(f"{reasons}[{n}] != None", n) for n in reversed(range(visits))]
            choose = Xml.SubElement(entry, "if", {"cond": latest[0][0]})
            for number, (when, n) in enumerate([*latest, ("", 0)]):
                if number and when:
                    Xml.SubElement(choose, "elseif", {"cond": when})
                elif not when:
                    Xml.SubElement(choose, "else")
                _assign(choose, f"item_{item}", f"{values}[{n}]")
                _assign(choose, f"reason_{item}", f"{reasons}[{n}]")

    def _value_at(self, item: str, visit: int) -> str:
        pathway = next(p for p in self._pathways if item in p.items)
        return has_value(item, Meanings(pathway), f"visits_item_{item}[{visit}]")


def _with_detours(library: Library, main: Pathway) -> list[Pathway]:
    """A pathway and every pathway that its trail can lead into."""
    found = [main]
    for pathway in found:
        for step in pathway.steps.values():
            for exit_ in step.exits:
                other = library.pathways.get(exit_.target)
                if other is not None and other not in found:
                    found.append(other)
    return found


def _items_of_flow(pathway: Pathway) -> set[str]:
    """Every item that the chart of a pathway reads."""
    trails = [alert.if_ for alert in pathway.alerts.values() if alert.trail is not None]
    found = _items_behind(pathway, (), trails)
    return found.union(*(_items_of_step(pathway, step) for step in pathway.steps.values()))


def _items_of_step(pathway: Pathway, step: Step) -> set[str]:
    """Every item that a step asks or that its exits read."""
    return _items_behind(pathway, step.asks, [e.if_ for e in step.exits if e.if_ is not None])


def _items_behind(pathway: Pathway, items: Iterable[str], guards: Iterable[str]) -> set[str]:
    """Items, and those that guards read, through findings, formulas and `applies_if`."""
    names = [*items, *(name for guard in guards for name in names_in(pathway.guard(guard)))]
    return set(pathway.names_behind(names) & pathway.items.keys())


def _word(pathway_id: str) -> str:
    return pathway_id.replace("-", "_")


def _assign(parent: Xml.Element, location: str, expr: str) -> None:
    Xml.SubElement(parent, "assign", {"location": location, "expr": expr})


def _transition(parent: Xml.Element, cond: str, target: str) -> Xml.Element | None:
    """A transition without an event; None where the condition can never hold."""
    if cond == "False":
        return None
    attributes = {"target": target} if cond == "True" else {"cond": cond, "target": target}
    return Xml.SubElement(parent, "transition", attributes)
