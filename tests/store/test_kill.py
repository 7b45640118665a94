"""kill -9 at times uniform over a whole run: no answer is lost whose next question was seen."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.small import HEADER, item, load
from tests.terminal.tmux import Terminal
from wizard.case.open_case import OpenCase, begin
from wizard.definition.library import Library
from wizard.engine.facts import Fact
from wizard.errors import PathwizardError
from wizard.guard import Choice
from wizard.store.store import Store

EMERGENCIES = (
    "neuro_signs", "sepsis_signs", "deep_infection_signs", "limb_threat_signs",
    "heavy_bleeding", "hypercalcaemia_symptoms", "fracture_signs", "thrombosis_signs",
)  # fmt: skip
QUESTIONS: list[tuple[str, tuple[str, ...]]] = [
    ("age", ("5", "3", "Enter")),
    ("sex", ("2",)),
    ("affected_region", ("1",)),
    ("side", ("2",)),
    ("bone_hand", ("1",)),
    ("finger_name", ("1", "Enter")),
    *((name, ("2",)) for name in EMERGENCIES),
]
NEVER = float("inf")
SHORT, FULL = 50, 500


def kill_one(library: Library, folder: Path, at: float) -> float:
    """Runs the script in a terminal and kills it after `at` seconds, or once the report stands.

    Gives the seconds that it ran.
    """
    terminal = Terminal(folder)
    seen = -1
    killed = False
    asked = [library["acrometastasis"].items[name].ask.clinician[:34] for name, _ in QUESTIONS]
    start = time.monotonic()

    def due() -> bool:
        return time.monotonic() - start >= at

    def pause(seconds: float) -> None:
        time.sleep(max(0.0, min(seconds, at - (time.monotonic() - start))))

    def shown(text: str) -> bool:
        return " ".join(text.split()) in " ".join(terminal.screen().split())

    try:
        terminal.start("run", "acrometastasis", "--as-of", "2026-11-22", "--label", "amber-heron")
        while not killed:
            try:
                pid = terminal.pid()
                break
            except (IndexError, ValueError):
                time.sleep(0.005)
        for number, (_, keys) in enumerate(QUESTIONS):
            while not due() and not shown(f"> {asked[number]}"):
                time.sleep(0.01)
            if due():
                break
            seen = number
            if number in (0, 3, 6):
                time.sleep(0.25)
            terminal.press(*keys)
        else:
            for key, expected in (("p", "s save to a file"), ("s", "Save the report")):
                while not due() and not shown(expected):
                    terminal.press(key)
                    pause(0.5)
            pause(0.4)
            terminal.press("C-u")
            terminal.type("report.txt")
            terminal.press("Enter")
            while not due() and not (at == NEVER and shown("Report written")):
                assert time.monotonic() - start < 120, terminal.screen()
                time.sleep(0.01)
        lasted = time.monotonic() - start
        os.kill(pid, signal.SIGKILL)
        terminal.exit_code()
    finally:
        terminal.close()
    check_store(library, terminal.state, seen)
    report = folder / "report.txt"
    if report.exists():
        assert report.read_text("utf-8").splitlines()[-1].startswith("Generated ")
    return lasted


def check_store(library: Library, state: Path, seen: int) -> None:
    """Every question that was seen has the answers of those before it; the case can be resumed."""
    store = Store(state, lambda: datetime.now(UTC))
    try:
        stored = store.read("amber-heron")
    except PathwizardError:
        assert seen < 0, "the first question was seen and the case is lost"
        return
    case = OpenCase(library, stored.events, store.writer("amber-heron", len(stored.events)))
    kept = [name for name, _ in QUESTIONS if name in case.state.facts.facts]
    missing = [name for name, _ in QUESTIONS[: max(seen, 0)] if name not in kept]
    assert missing == []
    case.answer("smoker", Fact(Choice("no"), TODAY))


@pytest.mark.hazard("HZ-64")
@pytest.mark.terminal
@pytest.mark.parametrize("chunk", range(10))
def test_kill_in_a_terminal(chunk: int, library: Library, tmp_path: Path) -> None:
    """50 kills, uniform over start-up, answers and report writing."""
    kills(library, tmp_path, range(chunk, SHORT, 10), SHORT)


@pytest.mark.full
@pytest.mark.terminal
@pytest.mark.parametrize("chunk", range(20))
def test_kill_in_a_terminal_500(chunk: int, library: Library, tmp_path: Path) -> None:
    """500 kills, uniform over the run."""
    kills(library, tmp_path, range(chunk, FULL, 20), FULL)


def kills(library: Library, folder: Path, numbers: range, of: int) -> None:
    """Kills at times uniform over a whole run, whose length on this machine is measured first."""
    whole = folder / "whole"
    whole.mkdir()
    seconds = kill_one(library, whole, NEVER)
    assert (whole / "report.txt").exists()
    for number in numbers:
        here = folder / str(number)
        here.mkdir()
        kill_one(library, here, (number + 0.5) / of * seconds)


SMALL = (
    HEADER.format(id="one", start="first")
    + "steps:\n  first:\n    stage: presentation\n    title: First\n    asks: [fever]\n"
    + "    exits: [{otherwise: end}]\nendpoints: {end: {title: End, text: The end.}}\n"
)


@pytest.fixture
def small(tmp_path: Path) -> Library:
    """A pathway of one question, so that the time of an answer is that of its storing."""
    return load(tmp_path / "pathways", {"one": SMALL}, "items:\n" + item("fever", "high", "none"))


def acknowledged_then_killed(library: Library, folder: Path, seed: int) -> int:
    """A child process appends answers and acknowledges each through a pipe until it is killed.

    Every fourth kill falls from the start on, the others after the first to eighth event or inside
    the next one. Gives how many events were acknowledged.
    """
    chance = random.Random(seed)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        store = Store(folder, lambda: NOW)
        case = begin(library, "one", "amber-heron", TODAY, store.writer("amber-heron"))
        os.write(writing, b".")
        for _ in range(1_000):
            for option in ("high", "none"):
                case.answer("fever", Fact(Choice(option), TODAY))
                os.write(writing, b".")
        os._exit(0)
    os.close(writing)
    acknowledged = 0
    for _ in range(chance.randint(1, 8) if seed % 4 else 0):
        acknowledged += len(os.read(reading, 1))
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while chunk := os.read(reading, 65536):
        acknowledged += len(chunk)
    os.close(reading)
    if acknowledged:
        stored = Store(folder, lambda: NOW).read("amber-heron")
        assert acknowledged <= len(stored.events) <= acknowledged + 1
    return acknowledged


def many_direct(library: Library, folder: Path, seeds: range) -> None:
    """Kills a process that drives `case` and `store` directly; most kills fall among answers."""
    counts = [acknowledged_then_killed(library, folder / str(seed), seed) for seed in seeds]
    assert sum(count > 1 for count in counts) > len(counts) / 2


@pytest.mark.hazard("HZ-64", "HZ-65")
def test_kill_direct(small: Library, tmp_path: Path) -> None:
    """100 kills between and inside appends."""
    many_direct(small, tmp_path, range(100))


@pytest.mark.full
@pytest.mark.parametrize("chunk", range(10))
def test_kill_direct_10000(chunk: int, small: Library, tmp_path: Path) -> None:
    """10,000 kills between and inside appends."""
    many_direct(small, tmp_path, range(chunk * 1_000, (chunk + 1) * 1_000))
