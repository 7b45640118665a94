"""Which emergencies are present, not yet excluded, and excluded."""

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
            lines.append(Line(alert_words(material, state), lead="Present"))
    missing = [s for s in states if s.truth is Truth.UNKNOWN]
    for state in missing:
        asked = facts_line(material.situation, state.deciding)
        if len(state.deciding) == 1:
            asked = asked.rsplit(": ", 1)[-1]
        lines.append(
            Line(
                f"{state.alert.title}: {asked}. {state.alert.find_out}",
                lead="Not yet excluded",
            )
        )
    excluded = [s.alert.short for s in states if s.truth is Truth.FALSE]
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
    if not missing and all(s.truth is Truth.FALSE for s in states):
        return Section("EMERGENCIES", tuple(lines), "no emergency found")
    aside = f"not fully assessed: {len(missing)} of {len(states)}" if missing else ""
    return Section("EMERGENCIES", tuple(lines), aside)


def alert_words(material: Material, state: AlertState) -> str:
    """An emergency that is present: what shows it, and who has it in hand."""
    words = f"{state.alert.title}: {facts_line(material.situation, state.deciding)}"
    if state.in_hand is not None:
        words += f"; in hand: {state.in_hand.who}, since {state.in_hand.since}"
    if state.continued is not None:
        words += f"; work-up continued beside it on {format_date(state.continued.on)}"
    return words
