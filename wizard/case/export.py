"""A case as a file of answers: docs/case-format.md, read back by `read_answers`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from wizard.case.answers_file import CHECKED, FORMAT
from wizard.case.events import Committed, value_json
from wizard.case.state import AlertEpisode, CaseState
from wizard.engine.facts import Acknowledgement, Fact, Response
from wizard.guard import Absent, Choice, Day, Multi, Number, Quantity, Text


def write_answers(state: CaseState) -> str:
    """A case as a file: YAML whose values are JSON, so that every program reads it.

    The order in which answers were given leaves no trace in it. What a decision has left as it was
    is not written out: it follows from the decision, which says what it kept.
    """
    text = _answers(state)
    return f"{text}{CHECKED}: {json.dumps(digest(text))}\n" if state.checked is not None else text


def digest(answers: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a case's answers.

    The label is left out, and so is the line that says with which digest they were checked.
    """
    left_out = ("label:", f"{CHECKED}:")
    kept = [line for line in answers.splitlines() if not line.startswith(left_out)]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]


def _answers(state: CaseState) -> str:
    data: dict[str, Any] = {
        "format": FORMAT,
        "pathway": {"id": state.pathway, "version": state.version, "hash": state.hash},
        "label": state.label,
        "as_of": state.as_of.isoformat(),
    }
    first = {n: v[1] for n, v in state.facts.facts.items() if 1 in v}
    later = {
        n: {str(k): fact for k, fact in v.items() if k > 1 and fact is not v.get(k - 1)}
        for n, v in state.facts.facts.items()
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    lines += _section("facts", {n: _fact_data(f, state.as_of) for n, f in first.items()})
    lines += _section(
        "visits",
        {n: {k: _fact_data(f, state.as_of) for k, f in v.items()} for n, v in later.items() if v},
    )
    aside = state.facts.set_aside.items()
    lines += _section("set_aside", {n: _visits_data(v, state.as_of) for n, v in aside})
    decided = [state.decided[place] for place in sorted(state.decided)]
    lines += _list_section("commitments", [_commitment_data(event) for event in decided])
    lines += _section("responses", {n: _response_data(r) for n, r in state.facts.responses.items()})
    lines += _list_section("alerts", [_episode_data(e) for e in state.episodes])
    return "\n".join(lines) + "\n"


def _section(name: str, entries: Mapping[str, Any]) -> list[str]:
    if not entries:
        return []
    return [f"{name}:", *(f"  {key}: {_json(entries[key])}" for key in sorted(entries))]


def _list_section(name: str, entries: list[Any]) -> list[str]:
    return [f"{name}:", *(f"  - {_json(entry)}" for entry in entries)] if entries else []


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _fact_data(fact: Fact, as_of: date) -> Any:
    data: dict[str, Any] = {}
    match fact.value:
        case Absent(reason):
            data["absent"] = reason.value
            data["from"] = fact.awaited_from
            data["by"] = fact.due.isoformat() if fact.due else None
            data["chased_by"] = fact.chased_by
        case Choice(option):
            data["value"] = option
        case Multi(present, absent):
            data["present"], data["absent"] = sorted(present), sorted(absent)
        case Number(number):
            data["value"] = str(number)
        case Quantity(number, unit):
            data["value"], data["unit"] = str(number), unit
        case Day(day):
            data["value"] = day.isoformat()
        case Text(text):
            data["value"] = text
    data["date"] = fact.on.isoformat() if fact.on != as_of else None
    data["source"] = fact.source if fact.source != "entered" else None
    kept = {key: value for key, value in data.items() if value is not None}
    return kept["value"] if set(kept) == {"value"} else kept


def _visits_data(visits: Mapping[int, Fact], as_of: date) -> Any:
    """A fact, or where there are several visits all of them."""
    if set(visits) == {1}:
        return _fact_data(visits[1], as_of)
    return {"visits": {str(visit): _fact_data(fact, as_of) for visit, fact in visits.items()}}


def _commitment_data(decided: Committed) -> dict[str, Any]:
    place, made = decided.place, decided.commitment
    return {
        "pathway": place.pathway,
        "step": place.step,
        **({"visit": place.visit} if place.visit > 1 else {}),
        "candidates": list(made.candidates),
        **({"reason": made.reason} if made.reason else {}),
        **({"words": made.words} if made.words else {}),
        "date": made.on.isoformat(),
        "proposal": list(made.proposal),
        "find_out_first": list(made.find_out_first),
        "statuses": {name: str(status) for name, status in sorted(made.statuses.items())},
        "kept": list(decided.kept),
        **({"until": decided.until} if decided.until is not None else {}),
    }


def _response_data(response: Response) -> dict[str, Any]:
    return {
        "answer": str(response.answer),
        **({"reason": response.reason} if response.reason else {}),
        **({"words": response.words} if response.words else {}),
        "date": response.on.isoformat(),
    }


def _episode_data(episode: AlertEpisode) -> dict[str, Any]:
    def said(given: Acknowledgement | None) -> dict[str, Any] | None:
        if given is None:
            return None
        values = {name: value_json(value) for name, value in sorted(given.values.items())}
        date_ = given.on.isoformat()
        return {"who": given.who, "since": given.since, "date": date_, "values": values}

    data = {
        "id": episode.alert,
        "raised": episode.raised.isoformat(),
        "withdrawn": episode.withdrawn.isoformat() if episode.withdrawn else None,
        "acknowledged": said(episode.in_hand),
        "continue": said(episode.continued),
    }
    return {key: value for key, value in data.items() if value is not None}
