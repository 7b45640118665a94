"""The CQL conformance tests as guards: logical, comparison, nullological, aggregate."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.sentence import (
    EXPECTED,
    Differs,
    NotApplicable,
    Outcome,
    Refused,
    Sentence,
    outcome,
)
from wizard.guard import Choice, Context, Multi, Symbol, Text, Truth

_SPACE = "{http://hl7.org/fhirpath/tests}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_UNITS = {"ml": "mL", "min": "minutes", "h": "hours", "d": "days", "wk": "weeks"}
_REASONS = (
    (r"\bTuple\b", "no tuples"),
    (r"\bDateTime\b|\bToday\b|@", "guards do not read dates and times"),
    (r"':", "no ratios"),
    (r"\d '(ms|s)'|second", "no seconds and milliseconds among our units"),
    (r"\d '(mo|a)'", "no month and year of fixed length: ours are calendar ones"),
)


def results(folder: Path) -> Iterator[Outcome]:
    """Every test of the six files."""
    for file, translate in (
        ("Logical", _logical),
        ("Comparison", _comparison),
        ("Nullological", _nullological),
        ("Aggregate", _aggregate),
        ("Conditional", _value_of_a_choice),
        ("ErrorsAndMessaging", _message),
    ):
        suite = f"CQL {file.lower()}" if file != "ErrorsAndMessaging" else "CQL messages"
        (path,) = folder.glob(f"Cql{file}*Test.xml")
        for test in Xml.parse(path).iter(f"{_SPACE}test"):
            expression = test.findtext(f"{_SPACE}expression", "").strip()
            expected = test.findtext(f"{_SPACE}output", "").strip()
            name = test.get("name", "")
            yield _run(suite, name, expression, expected, translate)


def _run(
    suite: str, name: str, expression: str, expected: str, translate: Callable[[str, str], Truth]
) -> Outcome:
    truth = EXPECTED.get(expected, Truth.TRUE)
    return outcome(suite, name, truth, lambda: translate(expression, expected))


def _logical(expression: str, _: str) -> Truth:
    """`xor` and `implies` are written with and, or, not."""
    sentence = Sentence()
    words = [sentence.condition(w) if w in EXPECTED else w for w in expression.split()]
    if "xor" in words:
        a, _, b = words
        return sentence.truth(f"({a} and not {b}) or (not {a} and {b})")
    if "implies" in words:
        a, _, b = words
        return sentence.truth(f"not {a} or {b}")
    return sentence.truth(" ".join(words))


@dataclass(frozen=True)
class _Operand:
    kind: str
    text: str


def _operand(text: str) -> _Operand:
    text = text.strip()
    if text.startswith("null"):
        return _Operand("null", "null")
    if text in EXPECTED:
        return _Operand("boolean", text)
    if re.fullmatch(r"-?\d+(\.\d+)?L?", text):
        return _Operand("number", text.rstrip("L"))
    quoted = re.fullmatch(r"(-?[\d.]+)\s*'(\w+)'|(-?[\d.]+) (\w+)", text)
    if quoted:
        number, unit = quoted[1] or quoted[3], quoted[2] or quoted[4]
        return _Operand("quantity", f"{number} {_UNITS.get(unit, unit)}")
    if re.fullmatch(r"'\w+'", text):
        return _Operand("string", text[1:-1])
    raise AssertionError(f"not read: {text}")


def _comparison(expression: str, expected: str) -> Truth:
    for pattern, reason in _REASONS:
        if re.search(pattern, expression):
            raise NotApplicable(reason)
    between = re.fullmatch(r"(\S+) between (\S+) and (\S+)", expression)
    sentence = Sentence()
    if between:
        value, low, high = between.groups()
        return sentence.truth(f"{value} >= {low} and {value} <= {high}")
    found = re.fullmatch(r"(.+?) (=|!=|>=|<=|>|<|~) (.+)", expression)
    assert found, expression
    left, op, right = _operand(found[1]), found[2], _operand(found[3])
    if op == "~":
        return _equivalent(sentence, left, right)
    if left.kind == right.kind == "null":
        raise NotApplicable("what stands to the right of `=` is an option and never unknown")
    if left.kind == "null" or right.kind == "null":
        known = right if left.kind == "null" else left
        assert known.kind == "boolean"
        return sentence.truth(f"{sentence.yes_no('null')} {op} {_YES_NO[known.text]}")
    return sentence.truth(_compared(sentence, left, op, right))


_YES_NO = {"true": "yes", "false": "no"}


def _compared(sentence: Sentence, left: _Operand, op: str, right: _Operand) -> str:
    if left.kind == "boolean":
        return f"{sentence.yes_no(left.text)} {op} {_YES_NO[right.text]}"
    if left.kind == "string":
        if op not in ("=", "!="):
            raise NotApplicable("options have no order of the alphabet")
        name = sentence.choice((left.text, right.text), Choice(left.text))
        return f"{name} {op} {right.text}"
    return f"{left.text} {op} {right.text}"


def _equivalent(sentence: Sentence, left: _Operand, right: _Operand) -> Truth:
    """Both unknown, or both known and equal: with `is known`, which exits may say."""
    if left.kind == right.kind == "null":
        a, b = sentence.yes_no("null"), sentence.yes_no("null")
        return sentence.truth(f"not {a} is known and not {b} is known", Context.FLOW)
    if "null" in (left.kind, right.kind):
        known = right if left.kind == "null" else left
        name = sentence.yes_no("null")
        return sentence.truth(f"{name} is known and {name} = {_YES_NO[known.text]}", Context.FLOW)
    differ = left.text != right.text
    if left.kind == "string" and differ and left.text.lower() == right.text.lower():
        raise NotApplicable("options are not compared without regard to capitals")
    if left.kind == "number" and _places(left.text) != _places(right.text):
        raise NotApplicable("`~` of decimals rounds to the shorter one; ours are compared exactly")
    try:
        return sentence.truth(_compared(sentence, left, "=", right))
    except Refused as error:
        if not str(error).startswith("units do not agree"):
            raise
        raise NotApplicable("a month or year has no length in days: refused at load") from error


def _places(text: str) -> int:
    return len(text.rstrip("0").partition(".")[2]) if "." in text else 0


def _nullological(expression: str, _: str) -> Truth:
    found = re.fullmatch(r"(IsNull|IsTrue|IsFalse)\((.*)\)", expression)
    if not found:
        raise NotApplicable("Coalesce is a default value, which would make an unknown known")
    function, argument = found.groups()
    sentence = Sentence()
    if function == "IsNull":
        if argument == "null":
            name = sentence.yes_no("null")
        elif argument.startswith("'"):
            name = sentence.item(Symbol("words", "text"), Text(argument[1:-1]))
        else:
            name = sentence.choice((f"n{argument}",), Choice(f"n{argument}"))
        return sentence.truth(f"not {name} is known", Context.FLOW)
    name, option = sentence.yes_no(argument), "yes" if function == "IsTrue" else "no"
    return sentence.truth(f"{name} is known and {name} = {option}", Context.FLOW)


def _aggregate(expression: str, expected: str) -> Truth:
    found = re.fullmatch(r"(\w+)\((?:\{(.*)\}|null)\)", expression, re.DOTALL)
    assert found, expression
    function, inside = found.groups()
    if inside is None:
        raise NotApplicable("no lists, so none that is null itself")
    if "DateTime" in inside or "@" in inside:
        raise NotApplicable("guards do not read dates and times")
    parts = [part.strip().removesuffix("L") for part in inside.split(",") if part.strip()]
    if function in ("AllTrue", "AnyTrue"):
        return _all_or_any(function, parts)
    if function == "Count":
        return _count(parts, expected)
    if any(part.startswith("'") for part in parts):
        raise NotApplicable("options have no order of the alphabet")
    if function in ("Median", "Mode"):
        raise NotApplicable("no function that sorts or counts values of a list")
    return _number(function, parts, expected)


def _all_or_any(function: str, parts: list[str]) -> Truth:
    """They leave out what is null: with `is known`, which exits may say and advice may not."""
    sentence = Sentence()
    if not parts:
        return sentence.truth("always" if function == "AllTrue" else "not always")
    names = [sentence.yes_no(part) for part in parts]
    if function == "AllTrue":
        guard = " and ".join(f"(not {name} is known or {name} = yes)" for name in names)
    else:
        guard = " or ".join(f"({name} is known and {name} = yes)" for name in names)
    return sentence.truth(guard, Context.FLOW)


def _count(parts: list[str], expected: str) -> Truth:
    """How many options are present; an open one makes the count a range."""
    sentence = Sentence()
    options = tuple(f"n{number}" for number in range(len(parts) + 1))
    known = frozenset(o for o, part in zip(options, parts, strict=False) if part != "null")
    open_ = frozenset(o for o, part in zip(options, parts, strict=False) if part == "null")
    rest = frozenset(options) - known - open_
    name = sentence.item(Symbol("many", "multi", options), Multi(known, rest, open_))
    truth = sentence.truth(f"count of {name} = {expected}")
    if open_:
        assert truth is Truth.UNKNOWN
        assert sentence.truth(f"count of {name} >= {expected}") is Truth.TRUE
        raise Differs("an aggregate leaves nulls out; our count and sum stay unknown")
    return truth


def _number(function: str, parts: list[str], expected: str) -> Truth:
    sentence = Sentence()
    terms = [sentence.unknown_number() if "null" in p else p.replace(" 'ml'", " mL") for p in parts]
    known = [part for part in parts if "null" not in part]
    formula = _formula(function, terms)
    wanted = expected.removesuffix("L").replace(" 'ml'", " mL")
    if expected == "null":
        assert not known
        return sentence.truth(f"{formula} >= 0")
    if function in ("StdDev", "PopulationStdDev"):
        # The peer rounds to eight places.
        half = "0.000000005"
        return sentence.truth(f"{formula} >= {wanted} - {half} and {formula} < {wanted} + {half}")
    truth = sentence.truth(f"{formula} >= {wanted} and {formula} <= {wanted}")
    if len(known) < len(parts):
        assert truth is Truth.UNKNOWN
        raise Differs("an aggregate leaves nulls out; our count and sum stay unknown")
    return truth


def _formula(function: str, terms: list[str]) -> str:
    total = " + ".join(terms)
    mean = f"(({total}) / {len(terms)})"
    squares = " + ".join(f"({term} - {mean}) ^ 2" for term in terms)
    return {
        "Sum": f"({total})",
        "Avg": mean,
        "Product": f"({' * '.join(terms)})",
        "Max": f"max({', '.join(terms)})",
        "Min": f"min({', '.join(terms)})",
        "Variance": f"(({squares}) / {len(terms) - 1})",
        "PopulationVariance": f"(({squares}) / {len(terms)})",
        "StdDev": f"(({squares}) / {len(terms) - 1}) ^ 0.5",
        "PopulationStdDev": f"(({squares}) / {len(terms)}) ^ 0.5",
    }[function]


def _value_of_a_choice(expression: str, expected: str) -> Truth:
    raise NotApplicable("yields a value, and a guard is a condition")


def _message(expression: str, expected: str) -> Truth:
    raise NotApplicable("guards write no messages")
