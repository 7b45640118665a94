"""The guard language from outside: what it takes, what it refuses and where, that it is total."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.guard import (
    Absence,
    Absent,
    Choice,
    Context,
    GuardError,
    Interval,
    Multi,
    Number,
    Quantity,
    Symbol,
    Truth,
    Value,
    check,
    compiled,
    compute,
    english,
    evaluate,
    names_in,
    parse,
    parse_invariant,
    points,
)

SYMBOLS = {
    "crcl": Symbol("crcl", "quantity", unit="mL/min"),
    "creatinine": Symbol(
        "creatinine", "quantity", unit="micromol/L", accepted={"mg/dL": Fraction("88.4")}
    ),
    "weeks_ill": Symbol("weeks_ill", "quantity", unit="weeks"),
    "age": Symbol("age", "quantity", unit="years"),
    "ecog": Symbol("ecog", "number"),
    "primary": Symbol("primary", "choice", ("lung", "breast", "prostate")),
    "signs": Symbol("signs", "multi", ("pain", "swelling")),
    "mirels": Symbol("mirels", "score"),
    "cord": Symbol("cord", "truth"),
    "note": Symbol("note", "text"),
}


class Names:
    """The names of these tests."""

    def symbol(self, name: str) -> Symbol | None:
        """One of them."""
        return SYMBOLS.get(name)

    def names(self) -> Iterable[str]:
        """All of them."""
        return SYMBOLS

    def advice(self) -> Iterable[str]:
        """One piece of advice."""
        return ["zoledronic_acid"]


def problems(text: str, context: Context = Context.CLINICAL) -> list[tuple[int, str, str]]:
    """Where a guard is wrong, what and how to mend it."""
    try:
        found = check(parse(text), Names(), context)
    except GuardError as error:
        return [(error.start, error.message, error.mend)]
    return [(p.start, p.message, p.mend) for p in found]


@pytest.mark.parametrize(
    "text",
    [
        "crcl < 30 mL/min",
        "crcl < 1.8 L/h",
        "primary in (prostate, breast) and not cord",
        "signs has pain or weeks_ill >= 6 weeks",
        "count of signs >= 1",
        "mirels >= 9",
        "ecog <= 2 and age >= 40 years",
        "not primary = lung",
        "crcl - 5 mL/min < 30 mL/min",
        "2 * crcl < 60 mL/min",
        "always",
    ],
)
def test_taken(text: str) -> None:
    """Guards as clinicians would read them aloud are taken."""
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "column", "what", "mend"),
    [
        ("crcl < 30", 7, "bare number", "Write the unit: mL/min"),
        ("crcl < 30 years", 0, "units do not agree", "mL/min"),
        ("crlc < 30 mL/min", 0, "`crlc`", "Did you mean `crcl`?"),
        (
            "primary = prostrate",
            10,
            "not an option",
            "Did you mean `prostate`? Options: lung, breast, prostate",
        ),
        ("primary in (lung, breest)", 18, "not an option", "`breast`"),
        ("signs has paint", 10, "not an option", "`pain`"),
        ("primary < lung", 0, "between options", "Use = or !="),
        ("signs = pain", 0, "multi-choice", "has pain"),
        ("primary has lung", 0, "needs a multi-choice", "primary = lung"),
        ("signs in (pain)", 0, "needs a choice", "has pain"),
        ("crcl == 30 mL/min", 5, "`==`", "single `=`"),
        ("cord && cord", 5, "`&&`", "Write `and`"),
        ("cord || cord", 5, "`||`", "Write `or`"),
        ("primary = 'lung'", 10, "quotation", "without quotes"),
        ("signs = swelling", 0, "cannot be compared", "has swelling"),
        ("1 < ecog < 3", 9, "chained", "two comparisons"),
        ("crcl", 0, "not a condition", "NUMBER mL/min"),
        ("ecog + 1", 0, "number where a condition", "Compare it"),
        ("crcl * crcl > 3", 0, "between two quantities", "as UNIT"),
        ("crcl + ecog > 3", 7, "bare number", "mL/min"),
        ("note = pain", 0, "free text", "do not read"),
        ("cord = yes", 0, "finding", "`cord` alone"),
        ("crcl is known", 0, "refused in advice", "stay unknown"),
        ("crcl is not known", 8, "`is not`", "not crcl is known"),
        ("crcl is absent because lost", 23, "absence reason", "not_asked"),
        ("recommends(zoledronic_acid)", 0, "outside an invariant", "finding"),
        ("crcl < ", 7, "the end", "NAME"),
        ("(cord or cord", 13, "`)`", "Close"),
        ("cord cord", 5, "neither a unit", "and"),
        ("abs(ecog) > 1", 0, "not a function", "min and max"),
        ("age as fortnights > 3", 7, "not a known unit", "as years"),
        ("ecog ^ 99 > 3", 7, "exponent", "At most 10"),
        ("cord @ cord", 5, "not a sign", "Use names"),
    ],
)
def test_refused_with_place_and_mend(text: str, column: int, what: str, mend: str) -> None:
    """Each kind of mistake is named at its place, with what to write."""
    found = problems(text)
    assert found, text
    start, message, advice = found[0]
    assert start == column
    assert what in message
    assert mend in advice


def test_all_problems_of_a_guard_are_reported() -> None:
    """One run reports everything."""
    assert len(problems("crlc < 3 and primary = lunge and signs has paint")) == 3


def test_bounds() -> None:
    """Size and depth are bounded."""
    assert "characters" in problems("cord or " * 400 + "cord")[0][1]
    assert "levels" in problems("(" * 60 + "cord" + ")" * 60)[0][1]
    assert "levels" in problems("not " * 60 + "cord")[0][1]


def test_invariants_and_their_advice() -> None:
    """`recommends` is known in invariants, with its advice."""
    invariant = parse_invariant("recommends(zoledronic_acid) when not (crcl >= 30 mL/min)")
    assert check(invariant.never, Names(), Context.INVARIANT) == []
    assert names_in(invariant.when) == {"crcl"}
    wrong = check(
        parse_invariant("recommends(zoledronic) when cord").never, Names(), Context.INVARIANT
    )
    assert "`zoledronic_acid`" in wrong[0].mend


def given_facts(**values: Value | Truth):  # type: ignore[no-untyped-def]
    """Facts by name, everything else not asked."""
    return lambda name: values.get(name, Absent(Absence.NOT_ASKED))


@pytest.mark.hazard("HZ-02")
def test_exact_conversion_at_the_edge() -> None:
    """1.8 L/h is exactly 30 mL/min and not below it."""
    facts = given_facts(crcl=Quantity(Decimal("1.8"), "L/h"))
    assert evaluate(parse("crcl < 30 mL/min"), facts) is Truth.FALSE
    assert evaluate(parse("crcl >= 30 mL/min"), facts) is Truth.TRUE


def test_formulae() -> None:
    """Arithmetic is exact, units are turned by `as`, missing and impossible is not computable."""
    formula = parse("(140 - age as years) * 70 * 1.23 / creatinine as micromol/L")
    facts = given_facts(
        age=Quantity(Decimal(53), "years"), creatinine=Quantity(Decimal("107.01"), "micromol/L")
    )
    assert compute(formula, facts) == Number(Decimal(70))
    missing = compute(formula, given_facts(age=Quantity(Decimal(53), "years")))
    assert isinstance(missing, Absent)
    assert "creatinine" in missing.why
    zero = compute(parse("1 / ecog"), given_facts(ecog=Number(Decimal(0))))
    assert zero == Absent(Absence.NOT_COMPUTABLE, "division by zero")
    assert compute(parse("min(ecog, 3) ^ 2"), given_facts(ecog=Number(Decimal(4)))) == Number(
        Decimal(9)
    )


@pytest.mark.hazard("HZ-25")
@pytest.mark.invariant("ALWAYS-09")
def test_points_are_intervals() -> None:
    """A missing item counts from its lowest to its highest points."""
    terms: list[tuple[str, dict[str, int]]] = [("a", {"x": 1, "y": 3}), ("b", {"x": 0, "y": 2})]
    assert points(terms, given_facts(a=Choice("y"))) == Interval(Decimal(3), Decimal(5))
    whole = points(terms, given_facts(a=Choice("y"), b=Choice("x")))
    assert whole == Interval(Decimal(3), Decimal(3))
    by_guard = points([(compiled(parse("ecog >= 3")), 1)], given_facts())
    assert by_guard == Interval(Decimal(0), Decimal(1))


def test_support_names_what_matters() -> None:
    """For an unknown guard the unknown parts, for a true `or` its true parts."""
    guard = parse("crcl < 30 mL/min or ecog >= 3")
    known = given_facts(ecog=Number(Decimal(4)))
    assert compiled(guard).support(known) == {"ecog"}
    assert compiled(guard).support(given_facts(ecog=Number(Decimal(0)))) == {"crcl"}


def test_english_can_be_read_aloud() -> None:
    """A guard in words."""
    said = english(
        parse("crcl < 30 mL/min and not primary in (lung, breast)"),
        {"crcl": "creatinine clearance", "primary": "the primary"}.__getitem__,
        lambda _, option: option,
    )
    assert said == "creatinine clearance is below 30 mL/min and not: the primary is lung or breast"


VALUES: dict[str, st.SearchStrategy[Value | Truth]] = {
    "crcl": st.decimals(0, 200, places=1).map(lambda d: Quantity(d, "mL/min")),
    "ecog": st.integers(0, 4).map(lambda n: Number(Decimal(n))),
    "primary": st.sampled_from(["lung", "breast", "prostate"]).map(Choice),
    "signs": st.sets(st.sampled_from(["pain", "swelling"])).map(
        lambda s: Multi(frozenset(s), frozenset(), frozenset({"pain", "swelling"}) - s)
    ),
    "mirels": st.tuples(st.integers(4, 12), st.integers(0, 4)).map(
        lambda t: Interval(Decimal(t[0]), Decimal(t[0] + t[1]))
    ),
    "cord": st.sampled_from(list(Truth)),
}
ATOMS = st.sampled_from(
    [
        "crcl < 30 mL/min",
        "crcl != 60 mL/min",
        "ecog >= 3",
        "primary = lung",
        "primary != breast",
        "primary in (lung, prostate)",
        "signs has pain",
        "count of signs >= 1",
        "mirels >= 8",
        "cord",
        "always",
    ]
)
GUARDS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]}) and ({p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}) or ({p[1]})"),
        inner.map(lambda g: f"not ({g})"),
    ),
    max_leaves=8,
)
FACTS = st.fixed_dictionaries(VALUES)


@pytest.mark.hazard("HZ-01")
@pytest.mark.invariant("ALWAYS-09")
@given(
    guard=GUARDS,
    facts=FACTS,
    lost=st.sets(st.sampled_from(sorted(VALUES))),
    reason=st.sampled_from(list(Absence)),
)
def test_unknown_never_flips(
    guard: str, facts: dict[str, Value | Truth], lost: set[str], reason: Absence
) -> None:
    """Losing values turns true or false into unknown or leaves it; never one into the other."""
    before = evaluate(parse(guard), facts.__getitem__)
    gone: dict[str, Value | Truth] = {
        name: (Truth.UNKNOWN if name == "cord" else Absent(reason)) if name in lost else value
        for name, value in facts.items()
    }
    after = evaluate(parse(guard), gone.__getitem__)
    assert after in (before, Truth.UNKNOWN)


@given(
    guard=GUARDS,
    facts=st.dictionaries(st.sampled_from(sorted(SYMBOLS)), st.one_of(*VALUES.values())),
)
def test_evaluation_is_total(guard: str, facts: dict[str, Value | Truth]) -> None:
    """Any facts, even of the wrong type, give one of three truths."""

    def lookup(name: str) -> Value | Truth:
        return facts.get(name, Absent(Absence.NOT_ASKED))

    assert evaluate(parse(guard), lookup) in list(Truth)
    compiled(parse(guard)).support(lookup)


@pytest.mark.hazard("HZ-02")
def test_an_accepted_unit_is_refused_in_guards() -> None:
    """Guards are written in the item's own unit; other ones would never compare."""
    found = problems("creatinine > 4.5 mg/dL")
    assert [(message, mend) for _, message, mend in found] == [
        ("units do not agree: micromol/L and mg/dL", "Write it in micromol/L.")
    ]


def test_division_by_zero_is_unknown() -> None:
    """A comparison that cannot be worked out raises nothing."""
    values = {"above": Number(Decimal(3)), "below": Number(Decimal(0))}
    assert evaluate(parse("above / below > 3"), lambda name: values[name]) is Truth.UNKNOWN
    assert evaluate(parse("not below ^ -1 > 3"), lambda name: values[name]) is Truth.UNKNOWN
