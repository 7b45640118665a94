"""A pathway on paper: the readable outline, and the blank work-up to print."""

from __future__ import annotations

from wizard.case.wording import STAGES, guard_words
from wizard.definition.item import Item
from wizard.definition.library import Pathway
from wizard.report.exits import exit_words
from wizard.text import format_date, wrap

WIDTH = 78


def outline(pathway: Pathway, width: int = WIDTH) -> str:
    """Stages, steps, what is asked and decided, where each way leads, alerts and advice."""
    header = pathway.header
    out = [
        *wrap(f"{header.title} {header.version} ({pathway.hash[:16]}), {header.status}", width),
        *wrap(header.summary, width),
        *wrap(f"For whom: {header.for_whom}", width),
        f"Evidence checked {format_date(header.evidence_checked)}, "
        f"review due {format_date(header.review_due)}",
        f"Advice is given where: {guard_words(pathway, header.population_if)}",
        "",
        "EMERGENCIES",
    ]
    for name, alert in pathway.alerts.items():
        out += wrap(
            f"{alert.title} ({name}): {guard_words(pathway, alert.if_)}", width, "  ", "    "
        )
    stage = ""
    for name, step in pathway.steps.items():
        if step.stage != stage:
            stage = step.stage
            out += ["", STAGES[stage].upper()]
        out += wrap(f"{step.title} ({name})", width, "  ", "    ")
        if step.asks:
            asked = "; ".join(pathway.items[item].label for item in step.asks)
            out += wrap(f"asks: {asked}", width, "    ", "      ")
        if step.decision is not None:
            out += wrap(
                f"decides, {step.decision.selection}: {step.decision.question}",
                width,
                "    ",
                "      ",
            )
            for number, candidate in enumerate(step.decision.candidates.values(), start=1):
                out += wrap(f"{number} {candidate.title}", width, "      ", "        ")
                when = guard_words(pathway, candidate.if_)
                out += wrap(f"when {when}", width, "        ", "          ")
        for exit_ in step.exits:
            out += wrap(exit_words(pathway, exit_), width, "    ", "      ")
    out += ["", "ENDS"]
    for name, endpoint in pathway.endpoints.items():
        out += wrap(f"{endpoint.title} ({name}): {endpoint.text}", width, "  ", "    ")
    out += ["", "ADVICE"]
    for name, advice in pathway.recommendations.items():
        out += wrap(f"{advice.title} ({name})", width, "  ", "    ")
        out += wrap(f"when {guard_words(pathway, advice.if_)}", width, "    ", "      ")
        for contra in advice.contraindicated_if:
            out += wrap(
                f"not when {guard_words(pathway, contra.if_)}: {contra.because}",
                width,
                "    ",
                "      ",
            )
        out += wrap(f"[{', '.join(advice.claims)}]", width, "    ", "      ")
    return "\n".join(out) + "\n"


def blank(pathway: Pathway) -> str:
    """The work-up with boxes to tick, in the order in which it is asked."""
    header = pathway.header
    out = [
        *wrap(f"{header.title} {header.version} ({pathway.hash[:16]}), {header.status}", WIDTH),
        "Paper work-up. A blank line is not a no. Patient, date, name: ____________",
        "",
        "EMERGENCIES, asked first and once more before the end",
    ]
    for alert in pathway.alerts.values():
        out += wrap(
            f"[ ] present  [ ] excluded  [ ] not known   {alert.title}", WIDTH, "  ", "      "
        )
        first = alert.now[0]
        out += wrap(f"if present: {first.do}, {first.by}", WIDTH, "      ", "      ")
    stage = ""
    asked: set[str] = set()
    for step in pathway.steps.values():
        if step.stage != stage:
            stage = step.stage
            out += ["", STAGES[stage].upper()]
        out += ["", *wrap(step.title, WIDTH, "  ")]
        for name in step.asks:
            if name not in asked:
                asked.add(name)
                out += _blank_item(pathway, pathway.items[name])
        if step.decision is not None:
            out += wrap(step.decision.question, WIDTH, "    ")
            for candidate in step.decision.candidates.values():
                out += wrap(f"[ ] {candidate.title}", WIDTH, "      ", "          ")
                when = guard_words(pathway, candidate.if_)
                out += wrap(f"when {when}", WIDTH, "          ", "          ")
            out.append(
                "      Reason if another than the first that applies: ______________________"
            )
    out += ["", "Open items, each with owner and date: " + "_" * 38]
    return "\n".join(out) + "\n"


def _blank_item(pathway: Pathway, item: Item) -> list[str]:
    when = f" (only if {guard_words(pathway, item.applies_if)})" if item.applies_if else ""
    lines = wrap(f"{item.ask.clinician}{when}", WIDTH, "    ", "      ")
    if item.options:
        boxes = "   ".join(f"[ ] {option.label}" for option in item.options.values())
        return lines + wrap(f"{boxes}   [ ] not known", WIDTH, "      ", "      ")
    unit = f" {item.unit}" if item.unit else ""
    return [*lines, f"      ______{unit}   [ ] not known"]
