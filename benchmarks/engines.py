"""The walk beside three state machine libraries, on one flow of thirty steps."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measure import kilobytes, seconds, table, time_words
from benchmarks.synthetic import AS_OF, facts, write
from wizard.definition.loading import load_library
from wizard.engine.walk import walk

STEPS = 30


class Case:
    """What a peer's guards read: items by name, None where unknown."""

    def __init__(self, answers: dict[str, bool | None]) -> None:
        self.answers = answers


def _target(n: int, answer: bool | None) -> str:
    over = n + 2 if n % 10 == 5 and n + 2 < STEPS and answer is False else n + 1
    return f"step_{over}" if over < STEPS else "done"


def _answers() -> dict[str, bool | None]:
    return {f"item_{n}": True for n in range(STEPS)}


def with_transitions() -> Callable[[], Any]:
    """A machine for all cases; a case is added to it and walked event by event."""
    from transitions import Machine

    class Model(Case):
        state: str
        go: Callable[[], bool]

    def reads(n: int, answer: bool | None) -> Callable[[Any], bool]:
        return lambda event: event.model.answers[f"item_{n}"] is answer

    names = [*(f"step_{n}" for n in range(STEPS)), "done"]
    machine = Machine(
        model=None, states=names, initial="step_0", auto_transitions=False, send_event=True
    )
    for n in range(STEPS):
        for answer in (True, False, None):
            machine.add_transition(
                "go", f"step_{n}", _target(n, answer), conditions=[reads(n, answer)]
            )

    def replay() -> Any:
        model = Model(_answers())
        machine.add_model(model)
        for _ in range(STEPS):
            model.go()
        assert model.state == "done"
        machine.remove_model(model)
        return model

    return replay


def with_python_statemachine() -> Callable[[], Any]:
    """A class of machines; a case is an instance of it."""
    from statemachine import State, StateMachine

    states = {f"step_{n}": State(initial=n == 0) for n in range(STEPS)}
    states["done"] = State(final=True)
    space: dict[str, Any] = dict(states)
    event: Any = None
    for n in range(STEPS):
        for answer in (True, False, None):
            guard = f"item_{n}_{answer}"
            space[guard] = _reader(n, answer)
            way = states[f"step_{n}"].to(states[_target(n, answer)], cond=guard)
            event = way if event is None else event | way
    space["go"] = event
    space["__init__"] = _init_of(StateMachine)
    machine_class: Any = type("Flow", (StateMachine,), space)

    def replay() -> Any:
        machine = machine_class(_answers())
        for _ in range(STEPS):
            machine.send("go")
        assert machine.configuration_values == {"done"} or "done" in str(machine.configuration)
        return machine

    return replay


def _reader(n: int, answer: bool | None) -> Callable[[Any], bool]:
    def read(self: Any) -> bool:
        return bool(self.answers[f"item_{n}"] is answer)

    return read


def _init_of(base: Any) -> Callable[..., None]:
    def start(self: Any, answers: dict[str, bool | None]) -> None:
        self.answers = answers
        base.__init__(self)

    return start


def with_sismic() -> Callable[[], Any]:
    """A statechart for all cases; a case is an interpreter with its own context."""
    from sismic.interpreter import Interpreter
    from sismic.model import BasicState, CompoundState, FinalState, Statechart, Transition

    chart = Statechart("flow")
    chart.add_state(CompoundState("root", initial="step_0"), None)
    for n in range(STEPS):
        chart.add_state(BasicState(f"step_{n}"), "root")
    chart.add_state(FinalState("done"), "root")
    for n in range(STEPS):
        for answer in (True, False, None):
            guard = f"answers['item_{n}'] is {answer}"
            way = Transition(f"step_{n}", _target(n, answer), event="go", guard=guard)
            chart.add_transition(way)

    def replay() -> Any:
        interpreter = Interpreter(chart, initial_context={"answers": _answers()})
        interpreter.execute()
        for _ in range(STEPS):
            interpreter.queue("go")
            interpreter.execute()
        assert interpreter.final
        return interpreter

    return replay


def rows() -> list[list[str]]:
    """A row for each engine, and the ratio to ours."""
    with tempfile.TemporaryDirectory() as folder:
        library = load_library(write(Path(folder) / "flow", STEPS, advice=False))
    done, nearly = facts(STEPS), facts(STEPS - 1)
    before = walk(library, "long", nearly, AS_OF)
    assert walk(library, "long", done, AS_OF, before).main.finished
    more = seconds(lambda: walk(library, "long", done, AS_OF, before))
    whole = seconds(lambda: walk(library, "long", done, AS_OF))
    memory = kilobytes(lambda: walk(library, "long", facts(STEPS), AS_OF))
    rows = [
        ["pathwizard, one more fact", time_words(more), f"{1 / more:,.0f}", "", "1"],
        [
            "pathwizard, from nothing",
            time_words(whole),
            f"{1 / whole:,.0f}",
            f"{memory:.0f} kB",
            f"{whole / more:.1f}",
        ],
    ]
    for name, made in (
        ("transitions", with_transitions),
        ("python-statemachine", with_python_statemachine),
        ("sismic", with_sismic),
    ):
        replay = made()
        taken = seconds(replay)
        rows.append(
            [
                f"{name} {version(name)}, replayed",
                time_words(taken),
                f"{1 / taken:,.0f}",
                f"{kilobytes(replay):.0f} kB",
                f"{taken / more:.1f}",
            ]
        )
    return rows


def text() -> str:
    """The table with its heading."""
    heads = [f"{STEPS}-step trail", "time", "a second", "memory a case", "times one more fact"]
    return "### Engines\n\n" + table(heads, rows())
