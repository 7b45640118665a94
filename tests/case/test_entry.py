"""Typed text: the unit is part of the answer, digits are named, sides are words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import TODAY
from wizard.case.entry import (
    check_value,
    magnitude,
    units_offered,
    units_taken,
    value_from_text,
)
from wizard.case.open_case import begin
from wizard.case.typed import typed_value
from wizard.case.wording import fact_words, plain_words
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import BadInput
from wizard.guard import Absence, Absent, Choice, Multi, Quantity, Truth


@pytest.mark.hazard("HZ-02")
@pytest.mark.invariant("ALWAYS-04")
def test_a_calcium_keeps_its_unit(library: Library) -> None:
    """12.0 mg/dL is 2.99 mmol/L; a bare 12, and 12 mmol/L, are refused."""
    item = library["acrometastasis"].items["calcium_total"]
    value = value_from_text("calcium_total", item, "12.0 mg/dL")
    assert value == Quantity(Decimal("12.0"), "mg/dL")
    assert round(magnitude(item, value), 2) == Decimal("2.99")
    with pytest.raises(BadInput, match="has no unit"):
        value_from_text("calcium_total", item, "12")
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    with pytest.raises(BadInput, match="must lie between"):
        case.answer("calcium_total", Fact(Quantity(Decimal(12), "mmol/L"), TODAY))


@pytest.mark.hazard("HZ-02", "HZ-15")
@pytest.mark.invariant("ALWAYS-04")
@pytest.mark.parametrize(("total", "truth"), [("12.0", Truth.FALSE), ("12.1", Truth.TRUE)])
def test_either_unit_raises_the_same_emergency(total: str, truth: Truth, library: Library) -> None:
    """The limit of 3.0 mmol/L lies between 12.0 and 12.1 mg/dL."""
    case = begin(library, "acrometastasis", "amber-heron", TODAY, lambda _: None)
    items = case.pathway.items
    for name, text in (
        ("hypercalcaemia_symptoms", "no"),
        ("albumin", "4.0 g/dL"),
        ("calcium_total", f"{total} mg/dL"),
    ):
        case.answer(name, Fact(value_from_text(name, items[name], text), TODAY))
    (found,) = [s for s in case.situation.alerts if s.id == "hypercalcaemia"]
    assert found.truth is truth


@pytest.mark.hazard("HZ-09", "HZ-10")
@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("finger_name", "3"),
        ("finger_name", "third"),
        ("finger_name", "digit 2"),
        ("toe_name", "2"),
        ("side", "R"),
        ("side", "L"),
        ("side", "rt"),
    ],
)
def test_a_digit_or_side_by_number_or_letter_is_refused(
    item: str, text: str, library: Library
) -> None:
    """Digits have names and sides are words; what was meant is not guessed."""
    with pytest.raises(BadInput, match="is not an option"):
        value_from_text(item, library["acrometastasis"].items[item], text)


def test_units_are_understood_as_people_type_them(library: Library) -> None:
    """Capitals and short forms; a month of hours is refused with its reason."""
    items = library["acrometastasis"].items
    assert value_from_text(None, items["calcium_total"], "10.2 mg/dl") == value_from_text(
        None, items["calcium_total"], "10.2 mg/dL"
    )
    assert value_from_text(None, items["symptom_duration"], "9 w") == Quantity(Decimal(9), "weeks")
    with pytest.raises(BadInput, match="no fixed number of days") as refused:
        value_from_text(None, items["hours_not_walking"], "2 months")
    assert "minutes" not in str(refused.value.mend)


def test_only_plausible_units_are_offered(library: Library) -> None:
    """All that convert are taken; those that nobody would write are not offered."""
    items = library["acrometastasis"].items
    assert "micrograms" in units_taken(items["weight"])
    assert units_offered(items["weight"]) == ["kg"]
    assert "pmol/L" not in units_offered(items["glucose"])
    assert {"micrograms/L", "ng/mL"} <= set(units_offered(items["psa"]))
    assert "g/L" not in units_offered(items["psa"])


def test_what_a_conversion_leaves_is_shown_with_four_decimals() -> None:
    """As on an emergency card; every digit that can be typed stays."""
    assert plain_words(Quantity(Decimal("3.617764471057884231536926148"), "mmol/L")) == (
        "3.6178 mmol/L"
    )
    assert plain_words(Quantity(Decimal("0.123456789012"), "mmol/L")) == "0.123456789012 mmol/L"


def test_where_an_option_says_what_the_key_says_it_is_named(library: Library) -> None:
    """*Not done* of an item of which that is an answer."""
    pathway = library["acrometastasis"]
    name = next(
        n
        for n, i in pathway.items.items()
        if "not_done" in i.options and "not_done" not in i.absence
    )
    with pytest.raises(BadInput, match=r"is an answer to"):
        check_value(name, pathway.items[name], Fact(Absent(Absence.NOT_DONE), TODAY))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("3 months", "3 months (13.0446 weeks)"), ("2 years", "2 years (104.3571 weeks)")],
)
def test_a_duration_in_months_or_years(library: Library, typed: str, said: str) -> None:
    """As the person says it, with the weeks that the guards read."""
    item = library["acrometastasis"].items["symptom_duration"]
    value = value_from_text("symptom_duration", item, typed)
    assert fact_words(item, Fact(value, TODAY)) == said


@pytest.mark.hazard("HZ-33")
def test_no_beginning_of_an_absence_is_an_answer(library: Library) -> None:
    """Nor is *no*: of every choice item, whatever an answer begins with."""
    said = {*(reason.words for reason in Absence), "unknown", "no"}
    begun = {words[:end] for words in said for end in range(1, len(words) + 1)}
    for name, item in library["acrometastasis"].items.items():
        if item.type != "choice":
            continue
        for typed in begun:
            try:
                value = typed_value(item, Multi(), typed)
            except BadInput:
                continue
            if isinstance(value, Choice):
                label = item.options[value.option].label.casefold()
                assert typed in (label, value.option.replace("_", " ")), (name, typed)


@pytest.mark.parametrize(
    ("typed", "option"), [("foot", "foot"), ("Long", "long_bone"), ("lon", None)]
)
def test_an_answer_by_its_beginning(library: Library, typed: str, option: str | None) -> None:
    """Of four letters at least, and of one answer alone."""
    item = library["acrometastasis"].items["affected_region"]
    if option is None:
        with pytest.raises(BadInput):
            typed_value(item, Multi(), typed)
    else:
        assert typed_value(item, Multi(), typed) == Choice(option)
