"""DMN TCK tests: ternary logic, `between` and `in` as guards."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.sentence import EXPECTED, NotApplicable, Outcome, Refused, Sentence, outcome
from wizard.guard import Choice, Truth

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_YES_NO = {"true": "yes", "false": "no"}
_OTHERS = {
    "0016-some-every": "no quantifiers over lists",
    "0032-conditionals": "yields a value, and a guard is a condition",
    "0059-feel-all-function": "no functions over lists",
    "0060-feel-any-function": "no functions over lists",
}
_EXPRESSIONS = (
    "0064-feel-conjunction",
    "0065-feel-disjunction",
    "0066-feel-negation",
    "0071-feel-between",
    "0072-feel-in",
    "0106-feel-ternary-logic",
    "0107-feel-ternary-logic-not",
)


def results(folder: Path) -> Iterator[Outcome]:
    """Every result of the folders whose decisions are expressions."""
    for name in (*_EXPRESSIONS, *_OTHERS):
        model = Xml.parse(next((folder / name).glob("*.dmn")))
        texts = {
            decision.get("name"): decision.findtext(".//{*}text", "").strip()
            for decision in model.iterfind(".//{*}decision")
        }
        suite = f"DMN {name[5:].removeprefix('feel-').replace('-', ' ')}"
        for case in test_cases(folder / name):
            inputs = {n.get("name", ""): value_of(n) for n in case.findall("{*}inputNode")}
            for result in case.findall("{*}resultNode"):
                found = f"{case.get('id')} {result.get('name')}"
                if name in _OTHERS:
                    yield Outcome(suite, found, "not applicable", _OTHERS[name])
                    continue
                expected = EXPECTED[value_of(result)]
                text = texts[result.get("name")]
                yield _run(suite, found, expected, text, inputs)


def test_cases(folder: Path) -> Iterator[Xml.Element]:
    """The test cases of a folder."""
    for path in sorted(folder.glob("*-test-*.xml")):
        yield from Xml.parse(path).iterfind(".//{*}testCase")


def value_of(node: Xml.Element) -> str:
    """The simple value of an input or result, `null` where it has none."""
    value = node.find(".//{*}value")
    return "null" if value is None or value.get(NIL) == "true" else (value.text or "").strip()


def _run(suite: str, name: str, expected: Truth, text: str, inputs: dict[str, str]) -> Outcome:
    for found, value in inputs.items():
        text = re.sub(rf"\b{found}\b", value, text)
    return outcome(suite, name, expected, lambda: _truth(text))


def _truth(text: str) -> Truth:
    sentence = Sentence()
    if " in " in text:
        value, _, tests = text.partition(" in ")
        return sentence.truth(_within(sentence, value.strip(), tests.strip()))
    between = re.fullmatch(r"(.+) between (.+) and (.+)", text)
    if between:
        value, low, high = between.groups()
        return sentence.truth(_within(sentence, value, f"[{low}..{high}]"))
    return _logic(sentence, text)


def _logic(sentence: Sentence, text: str) -> Truth:
    negated = re.fullmatch(r"not\((.+)\)", text)
    words = ["not", negated[1]] if negated else text.split()
    guard = " ".join(
        word if word in ("and", "or", "not") else _condition(sentence, word) for word in words
    )
    try:
        return sentence.truth(guard)
    except Refused as error:
        reason = "an operand that is no condition: refused when the pathway is loaded"
        raise NotApplicable(reason) from error


def _condition(sentence: Sentence, word: str) -> str:
    if word in EXPECTED:
        return sentence.condition(word)
    return sentence.choice(("text",), Choice("text")) if word.startswith('"') else word


def _within(sentence: Sentence, value: str, tests: str) -> str:
    """One guard for a value and a list of tests, a range, a comparison or another value."""
    if value.startswith("["):
        raise NotApplicable("no lists as values")
    if value.startswith("{"):
        raise NotApplicable("no contexts")
    bounds = re.fullmatch(r"([\[(])([^\[\],]+)\.\.([^\[\],]+)([\])])", tests)
    if bounds:
        opened, low, high, closed = bounds.groups()
        above = _compared(sentence, value, ">=" if opened == "[" else ">", low.strip())
        below = _compared(sentence, value, "<=" if closed == "]" else "<", high.strip())
        return f"({above} and {below})"
    if tests[0] in "[(" and _closes(tests):
        return "(" + " or ".join(_within(sentence, value, t) for t in _split(tests[1:-1])) + ")"
    sign = re.match(r"<=|>=|!=|=|<|>", tests)
    op = sign[0] if sign else "="
    return _compared(sentence, value, op, tests.removeprefix(sign[0] if sign else "").strip())


def _closes(text: str) -> bool:
    """Whether the first bracket is closed by the last character."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "[(") - (sign in "])")
        if depth == 0:
            return at == len(text) - 1
    return False


def _split(text: str) -> list[str]:
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "[(") - (sign in "])")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _compared(sentence: Sentence, left: str, op: str, right: str) -> str:
    kinds = {_kind(left), _kind(right)} - {"null"}
    if kinds & {"date", "time", "date and time"}:
        raise NotApplicable("guards do not read dates and times")
    if len(kinds) > 1:
        raise NotApplicable("a comparison of values of two types is refused at load")
    (kind,) = kinds
    if kind == "boolean":
        return f"{sentence.yes_no(left)} {op} {_YES_NO[right]}"
    if kind == "string":
        if op not in ("=", "!="):
            raise NotApplicable("options have no order of the alphabet")
        a, b = left.strip('"'), right.strip('"')
        return f"{sentence.choice((a, b), Choice(a))} {op} {b}"
    unit = _number(right if left == "null" else left).partition(" ")[2] or None
    a, b = (sentence.unknown_number(unit) if t == "null" else _number(t) for t in (left, right))
    return f"{a} {op} {b}"


def _kind(text: str) -> str:
    if text == "null":
        return "null"
    if text in _YES_NO:
        return "boolean"
    if re.fullmatch(r"-?[\d.]+", text):
        return "number"
    if re.fullmatch(r'(duration\(|@)"P\d+[YD]"\)?', text):
        return "years" if "Y" in text else "days"
    if re.match(r'date and time\(|date\(|time\(|@"', text):
        return "date"
    if re.fullmatch(r'"\w+"', text):
        return "string"
    raise AssertionError(f"not read: {text}")


def _number(text: str) -> str:
    duration = re.search(r'"P(\d+)([YD])"', text)
    return f"{duration[1]} {'years' if duration[2] == 'Y' else 'days'}" if duration else text
