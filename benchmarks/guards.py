"""One guard of eight comparisons, compiled once and read again and again, beside peers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version

from benchmarks.measure import seconds, table, time_words
from wizard.guard import Absence, Absent, Choice, Number, Truth, Value, compiled, parse

OURS = (
    "age >= 18 and (egfr < 30 or clearance < 30 or potassium > 6) "
    "and (calcium >= 3 or calcium < 2) and primary = lung and smoker = yes"
)
CEL = (
    "age >= 18.0 && (egfr < 30.0 || clearance < 30.0 || potassium > 6.0) "
    "&& (calcium >= 3.0 || calcium < 2.0) && primary == 'lung' && smoker == 'yes'"
)
FHIRPATH = (
    "age >= 18 and (egfr < 30 or clearance < 30 or potassium > 6) "
    "and (calcium >= 3 or calcium < 2) and primary = 'lung' and smoker = 'yes'"
)
RECORD: dict[str, float | str] = {
    "age": 65.0,
    "egfr": 42.0,
    "clearance": 24.0,
    "potassium": 4.1,
    "calcium": 3.1,
    "primary": "lung",
    "smoker": "yes",
}
MISSING = "clearance"


def ours(record: dict[str, float | str]) -> Callable[[], object]:
    """The guard over typed values."""
    facts: dict[str, Value] = {
        name: Choice(value) if isinstance(value, str) else Number(Decimal(str(value)))
        for name, value in record.items()
    }
    absent = Absent(Absence.NOT_KNOWN)
    test = compiled(parse(OURS)).truth
    return lambda: test(lambda name: facts.get(name, absent))


def rust_cel(record: dict[str, float | str]) -> Callable[[], object]:
    """common-expression-language, a context made anew from the record each time."""
    import cel

    program = cel.compile(CEL)
    return lambda: program.execute(record)


def python_cel(record: dict[str, float | str]) -> Callable[[], object]:
    """cel-python."""
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))
    activation = {name: celpy.json_to_cel(value) for name, value in record.items()}
    return lambda: program.evaluate(activation)


def fhirpath(record: dict[str, float | str]) -> Callable[[], object]:
    """fhirpathpy."""
    from fhirpathpy import compile as compile_path

    program = compile_path(FHIRPATH)
    return lambda: program(record)


PEERS: tuple[tuple[str, Callable[[dict[str, float | str]], Callable[[], object]]], ...] = (
    ("common-expression-language", rust_cel),
    ("cel-python", python_cel),
    ("fhirpathpy", fhirpath),
)


def outcome(action: Callable[[], object]) -> str:
    """What an engine says, an exception as its name."""
    try:
        found = action()
    except Exception as error:
        return f"raises {type(error).__name__}"
    return str(found.value) if isinstance(found, Truth) else str(found)


def text() -> str:
    """The table with its heading."""
    without = {name: value for name, value in RECORD.items() if name != MISSING}
    own = seconds(ours(RECORD))
    rows = [["pathwizard", time_words(own), "1", outcome(ours(RECORD)), outcome(ours(without))]]
    for name, made in PEERS:
        taken = seconds(made(RECORD))
        said, unsaid = outcome(made(RECORD)), outcome(made(without))
        label = f"{name} {version(name)}"
        rows.append([label, time_words(taken), f"{taken / own:.1f}", said, unsaid])
    heads = ["guard of eight comparisons", "time", "times ours", "all known", f"no {MISSING}"]
    return "### Guards\n\n" + table(heads, rows)
