"""Skip logic of FHIR SDC questionnaires as `applies_if`, read by the engine.

FHIR knows two truth values: `=` over an unanswered question is false, `!=` is true. That is said
here explicitly, with `is known`; what our own `!=` says of an unanswered question is shown beside
it and is the documented difference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.conformance.sentence import Outcome
from tests.conftest import TODAY
from tests.small import HEADER, item, load
from wizard.definition.diagnostics import ProblemsFound
from wizard.definition.library import Library
from wizard.engine.facts import CaseFacts, Fact
from wizard.engine.reading import Reading
from wizard.guard import Choice, Number, Text, Truth, Value, evaluate, parse

SUITE = "SDC enableWhen"
UNANSWERED = "SDC `!=` over an unanswered question, said plainly"
_LOOP = "items that hang on each other are refused when the pathway is loaded"
_NONE = "the data state no expected result"


def results(folder: Path, scratch: Path) -> Iterator[Outcome]:
    """Every answer set and every malformed form of `expected.json`; forms without any are named."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.json")):
        if path.name == "expected.json":
            continue
        form = _Form(json.loads(path.read_text(encoding="utf-8")))
        if path.name not in expected:
            yield Outcome(SUITE, path.name, "not applicable", _NONE)
        for number, wanted in enumerate(expected.get(path.name, ())):
            name = f"{path.stem} {number + 1}"
            place = scratch / re.sub(r"\W+", "-", name)
            if wanted.get("load") == "refused":
                yield _malformed(form, name, wanted["names"], place)
            elif path.stem == "q-enableWhen-with-reference-loop":
                yield _circle(form, name, place)
            else:
                yield from _answers(form, name, wanted, place)


class _Form:
    """The questions of a form, with their own and their groups' conditions."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.questions: dict[str, dict[str, Any]] = {}
        self.conditions: dict[str, list[dict[str, Any]]] = {}
        self._read(data.get("item", ()), [])

    def _read(self, items: list[dict[str, Any]], above: list[dict[str, Any]]) -> None:
        for one in items:
            own = [*above, one] if one.get("enableWhen") else above
            self.questions[one["linkId"]] = one
            self.conditions[one["linkId"]] = own
            self._read(one.get("item", []), own)

    def guard(self, link: str, *, plain: bool = False) -> str | None:
        """When a question is shown; `plain` takes our `!=` as it stands."""
        groups = []
        for one in self.conditions[link]:
            joined = " and " if one.get("enableBehavior") == "all" else " or "
            groups.append(joined.join(self._test(t, plain) for t in one["enableWhen"]))
        return " and ".join(f"({group})" for group in groups) or None

    def _test(self, test: dict[str, Any], plain: bool) -> str:
        name = _word(test.get("question", ""))
        (answer,) = (value for key, value in test.items() if key.startswith("answer"))
        if test["operator"] == "exists":
            return f"{name} is known" if answer else f"(not {name} is known)"
        compared = f"{name} {test['operator']} {self._literal(test.get('question', ''), answer)}"
        if plain:
            return compared
        if test["operator"] == "!=":
            return f"(not {name} is known or {compared})"
        return f"({name} is known and {compared})"

    def _literal(self, link: str, answer: Any) -> str:
        kind = self.questions.get(link, {}).get("type")
        return str(answer) if kind in ("integer", "decimal") else _option(answer)

    def value(self, link: str, answer: Any) -> Value:
        """An answer as a value of ours."""
        kind = self.questions[link]["type"]
        if kind in ("integer", "decimal"):
            return Number(Decimal(answer))
        return Choice(_option(answer)) if self._options(link) else Text(str(answer))

    def _options(self, link: str) -> list[str]:
        one = self.questions[link]
        if one["type"] == "boolean":
            return ["yes", "no"]
        listed = (next(iter(option.values())) for option in one.get("answerOption", ()))
        return [_option(value) for value in listed]

    def item(self, link: str, guard: str | None) -> str:
        """A question as a data item."""
        more = f'    applies_if: "{guard}"\n' if guard else ""
        numeric = self.questions[link]["type"] in ("integer", "decimal")
        if self._options(link) and not numeric:
            return item(_word(link), *self._options(link), more=more)
        kind = "number" if numeric else "text"
        return (
            f"  {_word(link)}:\n    type: {kind}\n    label: {_word(link)}\n"
            f"    ask: {{clinician: {_word(link)}?}}\n    why: For tests.\n{more}"
        )

    def behind(self, links: list[str]) -> list[str]:
        """The questions named and all that their conditions read."""
        found = dict.fromkeys(links)
        waiting = list(links)
        while waiting:
            for one in self.conditions.get(waiting.pop(), ()):
                for test in one["enableWhen"]:
                    link = test.get("question")
                    if link in self.questions and link not in found:
                        found[link] = None
                        waiting.append(link)
        return list(found)


def _answers(form: _Form, name: str, wanted: dict[str, Any], place: Path) -> Iterator[Outcome]:
    shown, hidden = wanted["shown"], wanted["hidden"]
    links = form.behind([*shown, *hidden, *wanted["answers"]])
    library = _loaded(form, links, place)
    facts = {
        _word(link): {1: Fact(form.value(link, answer), TODAY)}
        for link, answer in wanted["answers"].items()
        if answer is not None
    }
    reading = Reading(library["form"], CaseFacts(facts=facts), TODAY)
    wrong = [link for link in shown if reading.applies(_word(link)) is not Truth.TRUE]
    wrong += [link for link in hidden if reading.applies(_word(link)) is not Truth.FALSE]
    yield Outcome(SUITE, name, "failed" if wrong else "passed", ", ".join(wrong))
    for link in shown:
        tests = [t for one in form.conditions[link] for t in one["enableWhen"]]
        silent = [t for t in tests if _word(t["question"]) not in facts and t["operator"] == "!="]
        if silent:
            plain = form.guard(link, plain=True) or "always"
            truth = evaluate(parse(plain), reading)
            kind = "differs as documented" if truth is Truth.UNKNOWN else "failed"
            yield Outcome(UNANSWERED, f"{name} {link}", kind, "unknown in ours, true in FHIR")  # type: ignore[arg-type]


def _malformed(form: _Form, name: str, names: list[str], place: Path) -> Outcome:
    """Our loader must refuse it and name the item; `names` begin with that."""
    try:
        _loaded(form, list(form.questions), place)
    except ProblemsFound as error:
        written = (place / "form" / "pathway.yaml").read_text(encoding="utf-8").splitlines()
        said = {problem.what for problem in error.problems}
        for problem in error.problems:
            above = reversed(written[: problem.span.line])
            said.add(next(line.strip(" :") for line in above if re.fullmatch(r"  \w+:", line)))
        item_, *others = (word for word in names if "." not in word)
        named = item_ in said and all(any(word in one for one in said) for word in others)
        return Outcome(SUITE, name, "passed" if named else "failed", "; ".join(sorted(said)))
    return Outcome(SUITE, name, "failed", "loaded")


def _circle(form: _Form, name: str, place: Path) -> Outcome:
    try:
        _loaded(form, list(form.questions), place)
    except ProblemsFound as error:
        if any("circle" in str(problem) for problem in error.problems):
            return Outcome(SUITE, name, "not applicable", _LOOP)
    return Outcome(SUITE, name, "failed", "items that hang on each other were loaded")


def _loaded(form: _Form, links: list[str], place: Path) -> Library:
    items = "".join(form.item(link, form.guard(link)) for link in links)
    asks = ", ".join(_word(link) for link in links)
    text = (
        HEADER.format(id="form", start="first")
        + f"items:\n{items}steps:\n  first:\n    stage: presentation\n    title: First\n"
        + f"    asks: [{asks}]\n    exits:\n      - {{otherwise: done}}\n"
        + "endpoints:\n  done: {title: Done, text: Nothing.}\n"
    )
    return load(place, {"form": text})


def _word(link: str) -> str:
    return re.sub(r"\W+", "_", link).lower()


def _option(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    text = str(answer.get("code") if isinstance(answer, dict) else answer)
    return "o_" + re.sub(r"\W+", "_", text).lower()
