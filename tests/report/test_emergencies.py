"""Emergencies: a sign is first in the report, an open question is never read as excluded."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.conftest import TODAY
from wizard.case.explanation import explain, questionable
from wizard.case.keys import KEYS
from wizard.case.open_case import OpenCase, begin
from wizard.case.pages import alarm
from wizard.case.review import open_words
from wizard.definition.library import Library
from wizard.engine.facts import Answer, Fact
from wizard.engine.situation import AlertState
from wizard.guard import Absence, Absent, Choice, Quantity, Truth
from wizard.report.model import Section
from wizard.report.summary import summarise
from wizard.text import capital

SIGNS = {
    "cord_compression": "neuro_signs",
    "sepsis": "sepsis_signs",
    "deep_infection": "deep_infection_signs",
    "limb_threat": "limb_threat_signs",
    "bleeding": "heavy_bleeding",
    "hypercalcaemia": "hypercalcaemia_symptoms",
    "fracture": "fracture_signs",
    "thrombosis": "thrombosis_signs",
}
PATHWAYS = ("acrometastasis", "bone-metastasis")


@pytest.fixture(params=PATHWAYS)
def case(request: pytest.FixtureRequest, library: Library) -> OpenCase:
    """An adult of whom nothing else is known."""
    found = begin(library, str(request.param), "amber-heron", TODAY, lambda _: None)
    found.answer("age", Fact(Quantity(Decimal(53), "years"), TODAY))
    return found


def answer(case: OpenCase, option: str, *names: str) -> None:
    """The same answer to several questions."""
    for name in names:
        case.answer(name, Fact(Choice(option), TODAY))


def calcium(case: OpenCase, total: str) -> None:
    """A calcium of this many mmol/L with a normal albumin."""
    case.answer("albumin", Fact(Quantity(Decimal(40), "g/L"), TODAY))
    case.answer("calcium_total", Fact(Quantity(Decimal(total), "mmol/L"), TODAY))


def state(case: OpenCase, alert: str) -> AlertState:
    """An emergency of the case."""
    return next(s for s in case.situation.alerts if s.id == alert)


def section(case: OpenCase, title: str) -> Section:
    """A section of the report."""
    return next(s for s in summarise(case, {}, "0").sections if s.title == title)


def not_excluded(case: OpenCase) -> str:
    """What the report lists as not yet excluded."""
    (line,) = [x for x in section(case, "EMERGENCIES").lines if x.lead == "Not yet excluded"]
    return line.text


def exclude_now(case: OpenCase) -> str:
    """What DO NOW says to do about them; empty where it says nothing."""
    lines = section(case, "DO NOW").lines
    return " ".join(line.text for line in lines if line.lead == "EXCLUDE NOW")


def test_every_emergency_is_looked_at(library: Library) -> None:
    """The table above has each alert of both pathways."""
    for name in PATHWAYS:
        assert set(library[name].alerts) == set(SIGNS)


@pytest.mark.hazard("HZ-14", "HZ-15", "HZ-16", "HZ-34", "HZ-77", "HZ-78", "HZ-80")
@pytest.mark.invariant("SI-20", "ALWAYS-01")
@pytest.mark.parametrize("alert", SIGNS)
def test_a_sign_comes_first_in_the_report(alert: str, case: OpenCase) -> None:
    """The card is due, and what to do stands at the head with who and by when, before any advice."""
    answer(case, "yes", SIGNS[alert])
    found = state(case, alert)
    assert found.truth is Truth.TRUE
    assert found.speaks
    lines = section(case, "DO NOW").lines
    assert summarise(case, {}, "0").sections[0].title == "DO NOW"
    assert (lines[0].lead, lines[0].text) == ("EMERGENCY", found.title)
    actions = lines[1 : 1 + len(found.now)]
    assert [line.text for line in actions] == [action.do for action in found.now]
    assert all(line.who and line.by for line in actions)


@pytest.mark.hazard("HZ-14", "HZ-15", "HZ-33", "HZ-78")
@pytest.mark.invariant("SI-20")
@pytest.mark.parametrize("alert", SIGNS)
def test_an_open_question_is_not_yet_excluded(alert: str, case: OpenCase) -> None:
    """Not asked, not known, declined: listed with what to find out, and never as excluded."""
    item = SIGNS[alert]
    reasons = [Absence(r) for r in case.pathway.items[item].absence]
    reasons = [r for r in reasons if r is not Absence.AWAITED]
    answer(case, "no", *(name for name in SIGNS.values() if name != item))
    calcium(case, "2.40")
    for reason in (None, *reasons):
        if reason is not None:
            case.answer(item, Fact(Absent(reason), TODAY))
        found = state(case, alert)
        assert found.truth is Truth.UNKNOWN
        assert not_excluded(case) == found.alert.short
        said = exclude_now(case)
        assert said == f"{capital(found.alert.short)}: {found.alert.find_out}"
        assert section(case, "EMERGENCIES").aside == f"not fully assessed: 1 of {len(SIGNS)}"


@pytest.mark.hazard("HZ-33")
def test_no_emergency_is_said_only_when_each_is_excluded(case: OpenCase) -> None:
    """All signs denied and a calcium below the limit."""
    answer(case, "no", *SIGNS.values())
    assert "no emergency" not in section(case, "EMERGENCIES").aside
    calcium(case, "2.40")
    assert section(case, "EMERGENCIES").aside == "no emergency reported"


@pytest.mark.hazard("HZ-15")
def test_calcium_is_open_until_it_is_measured(case: OpenCase) -> None:
    """Without symptoms an unknown calcium is to be measured today; from 3.0 mmol/L it is present."""
    answer(case, "no", *SIGNS.values())
    assert "Measure calcium, albumin and creatinine today" in exclude_now(case)
    for total, truth in (("2.99", Truth.FALSE), ("3.00", Truth.TRUE), ("3.60", Truth.TRUE)):
        calcium(case, total)
        assert state(case, "hypercalcaemia").truth is truth
        assert exclude_now(case) == ""


@pytest.mark.hazard("HZ-33")
def test_no_sign_is_said_the_same_everywhere(library: Library) -> None:
    """Never excluded, and counted: in the header, at the check, when questioned."""
    found = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    answer(found, "no", SIGNS["deep_infection"])
    assert (
        "7 emergencies not yet excluded; 1 with no sign reported" in alarm(found.situation, KEYS)[0]
    )
    said = "No sign reported, which does not exclude (1): septic joint or sheath"
    assert said in open_words(found)
    explained = explain(found, state(found, "deep_infection").alert.title.lower())
    assert explained.state == state(found, "deep_infection").said
    assert not [line for line in explained.would_change if line.endswith(": excluded")]
    assert questionable(found)["deep_infection"] == "no sign reported"
    answer(found, "no", *SIGNS.values())
    calcium(found, "2.40")
    assert (
        alarm(found.situation, KEYS)[0]
        == "No emergency reported; 1 not excluded by that (x: which)"
    )
    answer(found, "yes", "sepsis_signs")
    found.take_in_hand("sepsis", "Dr Singh", "09:05")
    assert "in hand: Dr Singh" in alarm(found.situation, KEYS)[0]


MRI = "MRI of the whole spine; where MRI is impossible CT within the same time"
CONTACT = "Contact the co-ordinator for spinal cord compression"
PROTECT = "Protect the spine where signs suggest instability, with expert advice within 24 hours"
STEROID = "Dexamethasone as soon as possible, "
AT_ONCE = {
    "not_known": [CONTACT, MRI, PROTECT, STEROID],
    "not_done": [CONTACT, MRI, PROTECT, STEROID],
    "compression": [CONTACT, PROTECT, STEROID],
    "metastasis_only": [CONTACT, PROTECT],
    "excluded": [],
}
CALLED = {
    "not_known": "Suspected spinal cord or cauda equina compression",
    "not_done": "Suspected spinal cord or cauda equina compression",
    "compression": "Spinal cord or cauda equina compression, shown on imaging",
    "metastasis_only": "Neurological signs, spinal metastasis without compression on imaging",
    "excluded": "Neurological signs, cord compression excluded by imaging",
}


@pytest.mark.hazard("HZ-14", "HZ-11")
@pytest.mark.parametrize("result", AT_ONCE)
def test_what_is_on_record_is_no_longer_ordered(result: str, case: OpenCase) -> None:
    """Signs: only a result of the spine ends the order to image it, and names the emergency; each
    action stands once in DO NOW; what is unknown ends nothing."""
    answer(case, "yes", "neuro_signs")
    absent = Absent(Absence.NOT_KNOWN)
    case.answer("cord_imaging", Fact(absent if result == "not_known" else Choice(result), TODAY))
    lines = section(case, "DO NOW").lines
    first = lines[0]
    assert first.text == CALLED[result]
    actions = [line.text for line in lines if line.who]
    wanted = AT_ONCE[result]
    for found, words in zip(actions, wanted, strict=False):
        assert found.startswith(words)
    for words in ("MRI of the whole spine", "Dexamethasone", "Protect the spine"):
        assert not [a for a in actions[len(wanted) :] if a.startswith(words)], words
    sheet = summarise(case, {}, "0").call_sheet
    assert first.text in sheet.situation[0]
    assert any(MRI in asked for asked in sheet.request) == (MRI in wanted)
    if result not in ("not_known", "not_done"):
        assert "MRI of the whole spine: " in sheet.situation[0]


def test_already_done_ends_what_an_emergency_says_to_do(case: OpenCase) -> None:
    """The answer to the advice ends the same action of the emergency."""
    answer(case, "yes", "neuro_signs")
    case.respond("dexamethasone", Answer.ALREADY_DONE)
    assert [a.advice for a in state(case, "cord_compression").now][-1] == "protect_spine"


def test_compression_without_signs_is_not_called_excluded(case: OpenCase) -> None:
    """No signs, and imaging shows compression: the list says which of the two is excluded."""
    answer(case, "no", "neuro_signs")
    answer(case, "compression", "cord_imaging")
    (line,) = [x for x in section(case, "EMERGENCIES").lines if x.lead == "Excluded"]
    assert line.text == "neurological signs (imaging shows compression)"


def test_unknown_answers_are_answers(library: Library) -> None:
    """The course does not say that nothing was entered; the numbers are those of the check."""
    found = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    assert section(found, "HOW WE CAME HERE").lines[0].text == "Nothing entered yet."
    found.answer("age", Fact(Absent(Absence.NOT_KNOWN), TODAY))
    said = section(found, "HOW WE CAME HERE").lines[0].text
    assert said == "No value known: 1 question answered without one."
    (counted,) = [line for line in open_words(found) if line.startswith("Not known or not asked")]
    title = next(s.title for s in summarise(found, {}, "0").sections if "NOT KNOWN" in s.title)
    assert re.findall(r"\((\d+)\)", counted)[:1] == re.findall(r"\((\d+)\)", title)


@pytest.mark.hazard("HZ-33")
def test_who_is_least_assessed_has_the_most_to_do(library: Library) -> None:
    """With nothing known every emergency is to be excluded at the head of DO NOW, by rank."""
    found = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    first = section(found, "DO NOW").lines[0]
    assert first.lead == "EXCLUDE NOW"
    ways = [alert.find_out for alert in found.pathway.alerts.values()]
    assert [first.text.index(way) for way in ways] == sorted(first.text.index(w) for w in ways)
    assert [line.lead for line in section(found, "DO NOW").lines].index("NEXT") == 2


@pytest.mark.hazard("HZ-04")
def test_calcium_is_adjusted_once(case: OpenCase) -> None:
    """A total of 2.70 with an albumin of 28 g/L counts as 2.94; no field takes an adjusted value."""
    calcium(case, "2.70")
    case.answer("albumin", Fact(Quantity(Decimal(28), "g/L"), TODAY))
    assert case.situation.values["corrected_calcium"] == Quantity(Decimal("2.94"), "mmol/L")
    calcium_items = [n for n in case.pathway.items if "calcium" in n and case.pathway.items[n].unit]
    assert calcium_items == ["calcium_total"]
