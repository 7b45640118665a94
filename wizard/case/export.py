"""A case as a file of answers: docs/case-format.md, read back by `read_answers`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from wizard.case.answers_file import FORMAT
from wizard.case.events import value_json
from wizard.case.state import AlertEpisode, CaseState
from wizard.engine.facts import Acknowledgement, Commitment, Fact, Place, Response
from wizard.guard import Absent, Choice, Day, Multi, Number, Quantity, Text


def write_answers(state: CaseState) -> str:
    """A case as a file: YAML whose values are JSON, so that every program reads it.

    The order in which answers were given leaves no trace in it.
    """
    data: dict[str, Any] = {
        "format": FORMAT,
        "pathway": {"id": state.pathway, "version": state.version, "hash": state.hash},
        "label": state.label,
        "as_of": state.as_of.isoformat(),
    }
    first = {n: v[1] for n, v in state.facts.facts.items() if 1 in v}
    later = {
        n: {str(k): fact for k, fact in v.items() if k > 1}
        for n, v in state.facts.facts.items()
        if max(v) > 1
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    lines += _section("facts", {n: _fact_data(f, state.as_of) for n, f in first.items()})
    lines += _section(
        "visits",
        {n: {k: _fact_data(f, state.as_of) for k, f in v.items()} for n, v in later.items()},
    )
    aside = state.facts.set_aside.items()
    lines += _section("set_aside", {n: _visits_data(v, state.as_of) for n, v in aside})
    lines += _list_section(
        "commitments", [_commitment_data(p, c) for p, c in sorted(state.facts.commitments.items())]
    )
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


def _commitment_data(place: Place, made: Commitment) -> dict[str, Any]:
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
        "statuses": {name: str(status) for name, status in made.statuses.items()},
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
        values = {name: value_json(value) for name, value in given.values.items()}
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
