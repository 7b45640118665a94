"""The commonest case by few keys: a cancer known to have spread, and a painful finger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.tui.test_case_screen import press, settle
from wizard.case.open_case import OpenCase
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.engine.facts import Status
from wizard.guard import Absence
from wizard.store.store import Store
from wizard.tui import dialogs
from wizard.tui.app import Wizard

SAID = {
    "age": "64",
    "sex": "male",
    "affected_region": "hand",
    "side": "left",
    "bone_hand": "distal_phalanx",
    "finger_name": "thumb",
    "cancer_history_recorded": "yes",
    "known_cancer": "proven_metastatic",
    "known_primary": "lung",
    "spinal_pain": "no",
    "pain_severity": "severe",
    "treatment_response": "failed",
    "film_result": "destruction",
    "visceral_disease": "disseminated",
}


def keys_for(case: OpenCase) -> tuple[str, list[str]]:
    """What is typed, and what is pressed next where the case rests.

    What was said, *No* to each emergency, *not known* to what stands before something that was
    said, and then the rest of the step at once; the proposal, or none where nothing is proposed.
    """
    stop = case.situation.current.stop
    state = case.situation.decision(stop.place)
    if state is not None:
        if not state.proposal and state.decision.none_label is not None:
            return "", ["0", "enter", "1"]
        able = [a.id for a in state.candidates if a.status is not Status.BLOCKED]
        chosen = [*state.proposal, *able][0]
        number = [a.id for a in state.candidates].index(chosen) + 1
        return "", [str(number), "enter", *([] if chosen in state.proposal else ["1"])]
    name, item = next((n, i) for n, i in case.asked(stop.place) if n in stop.items)
    emergencies = {i for s in case.situation.alerts for i in s.deciding}
    on = ["enter"] if len(stop.items) == 1 else []
    if name in SAID and not item.options:
        return SAID[name], ["enter", *on]
    option = SAID.get(name, "no" if name in emergencies else "")
    if option in item.options:
        return "", [str(list(item.options).index(option) + 1), *on]
    if name in emergencies or SAID.keys() & set(stop.items):
        return "", ["u", *on]
    return "", ["f"]


def not_known(case: OpenCase) -> set[str]:
    """The items whose last answer is *not known*."""
    facts = {name: visits[max(visits)] for name, visits in case.state.facts.facts.items()}
    return {name for name, fact in facts.items() if fact.absence is Absence.NOT_KNOWN}


async def test_the_commonest_case(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most 60 keys to the final report, typed characters not counted; what was left is *not known*."""
    monkeypatch.setattr(dialogs, "ARMING_SECONDS", 0)
    store = Store(tmp_path, lambda: NOW)
    app = Wizard(
        Desk(library, store, {}, TODAY, lambda: NOW),
        lambda a: a.start_case("acrometastasis", "a-case"),
    )
    pressed: list[str] = []
    left: set[str] = set()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        case = app.desk.resume("a-case")
        while case.situation.current.stop.kind != "ends" and len(pressed) < 100:
            typed, keys = keys_for(case)
            await press(pilot, *typed, *keys)
            await settle(pilot)
            pressed += keys
            before, case = case, app.desk.resume("a-case")
            if keys == ["f"]:
                left |= not_known(case) - not_known(before)
                assert not left & {i for s in before.situation.alerts for i in s.deciding}
        for key in ("c", "enter", "1", "p"):
            await press(pilot, key)
            await settle(pilot)
            pressed.append(key)
        assert app.desk.resume("a-case").state.checked == TODAY
    assert case.situation.main.stop.kind == "ends"
    assert len(pressed) <= 60, pressed
    assert len(left) >= 20
