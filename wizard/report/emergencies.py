"""Which emergencies are present, not yet excluded, and excluded; DO NOW says what to do."""

from __future__ import annotations

from wizard.case.wording import facts_line
from wizard.engine.situation import AlertState
from wizard.guard import Truth
from wizard.report.material import Material
from wizard.report.model import Line, Section
from wizard.text import format_date, listed


def emergencies(material: Material) -> Section:
    """Every emergency of the pathway in one of three states, and those withdrawn."""
    states = material.situation.alerts
    lines = []
    for state in states:
        if state.truth is Truth.TRUE:
            lines.append(Line(_in_short(state), lead="Present"))
    missing = [s for s in states if s.truth is Truth.UNKNOWN]
    lines.append(Line(listed(s.short for s in missing), lead="Not yet excluded"))
    lines += [
        Line(f"{s.short}: {s.said}", lead="Not shown")
        for s in states
        if s.truth is Truth.FALSE and s.alert.proviso is not None
    ]
    excluded = [s.short for s in states if s.truth is Truth.FALSE and s.alert.proviso is None]
    lines.append(Line(listed(excluded), lead="Excluded"))
    for episode in material.case.state.episodes:
        if episode.withdrawn is not None and episode.alert in material.case.pathway.alerts:
            title = material.case.pathway.alerts[episode.alert].title
            lines.append(
                Line(
                    f"{title}: {format_date(episode.raised)} to {format_date(episode.withdrawn)}",
                    lead="Raised and withdrawn",
                )
            )
    checked = material.case.state.checked
    if checked is not None:
        lines.append(Line(f"as answered, on {format_date(checked)}", lead="Confirmed once more"))
    if all(s.truth is Truth.FALSE for s in states):
        found = "found" if len(excluded) == len(states) else "reported"
        return Section("EMERGENCIES", tuple(lines), f"no emergency {found}")
    aside = f"not fully assessed: {len(missing)} of {len(states)}" if missing else ""
    return Section("EMERGENCIES", tuple(lines), aside)


def alert_words(material: Material, state: AlertState) -> str:
    """An emergency that is present: what shows it, and who has it in hand."""
    words = f"{state.title}: {facts_line(material.situation, state.facts)}"
    return f"{words}{_held(state)}"


def _in_short(state: AlertState) -> str:
    return f"{state.short}{_held(state)}"


def _held(state: AlertState) -> str:
    """Who has it in hand, and that the work-up goes on beside it."""
    words = ""
    if state.in_hand is not None:
        words += f"; in hand: {state.in_hand.who}, since {state.in_hand.since}"
    if state.continued is not None:
        words += f"; work-up continued beside it on {format_date(state.continued.on)}"
    return words
