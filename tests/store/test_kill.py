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
NOMINAL_SECONDS = 6.0
SHORT, FULL = 50, 500


def kill_one(library: Library, folder: Path, at: float) -> tuple[int, int]:
    """Runs the script in a terminal, kills it after `at` seconds; (answers seen, answers kept)."""
    terminal = Terminal(folder)
    seen = -1
    killed = False
    asked = [library["acrometastasis"].items[name].ask.clinician[:34] for name, _ in QUESTIONS]
    start = time.monotonic()

    def due() -> bool:
        return time.monotonic() - start >= at

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
            if number in (0, 6):
                time.sleep(0.25)
            terminal.press(*keys)
        else:
            while not due() and not shown("s save to a file"):
                terminal.press("p")
                time.sleep(0.2)
            terminal.press("s")
            time.sleep(0.4)
            terminal.press("C-u")
            terminal.type("report.txt")
            terminal.press("Enter")
            while not due():
                time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        terminal.exit_code()
    finally:
        terminal.close()
    kept = check_store(library, terminal.state, seen)
    report = folder / "report.txt"
    if report.exists():
        assert report.read_text("utf-8").splitlines()[-1].startswith("Generated ")
    return max(seen, 0), kept


def check_store(library: Library, state: Path, seen: int) -> int:
    """Every question that was seen has the answers of those before it; the case can be resumed."""
    store = Store(state, lambda: datetime.now(UTC))
    try:
        stored = store.read("amber-heron")
    except PathwizardError:
        assert seen < 0, "the first question was seen and the case is lost"
        return 0
    case = OpenCase(library, stored.events, store.writer("amber-heron", len(stored.events)))
    kept = [name for name, _ in QUESTIONS if name in case.state.facts.facts]
    missing = [name for name, _ in QUESTIONS[: max(seen, 0)] if name not in kept]
    assert missing == []
    case.answer("smoker", Fact(Choice("no"), TODAY))
    return len(kept)


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
    """Kills at times uniform over the nominal run."""
    for number in numbers:
        here = folder / str(number)
        here.mkdir()
        kill_one(library, here, (number + 0.5) / of * NOMINAL_SECONDS)


def acknowledged_then_killed(library: Library, folder: Path, seed: int) -> None:
    """A child process appends answers and acknowledges each through a pipe until it is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        store = Store(folder, lambda: NOW)
        case = begin(library, "acrometastasis", "amber-heron", TODAY, store.writer("amber-heron"))
        os.write(writing, b".")
        for _ in range(1_000):
            for option in ("yes", "no"):
                case.answer("smoker", Fact(Choice(option), TODAY))
                os.write(writing, b".")
        os._exit(0)
    os.close(writing)
    time.sleep(random.Random(seed).uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    acknowledged = 0
    while chunk := os.read(reading, 65536):
        acknowledged += len(chunk)
    os.close(reading)
    if not acknowledged:
        return
    stored = Store(folder, lambda: NOW).read("amber-heron")
    assert acknowledged <= len(stored.events) <= acknowledged + 1


def many_direct(library: Library, folder: Path, count: int) -> None:
    """Kills a process that drives `case` and `store` directly."""
    for seed in range(count):
        acknowledged_then_killed(library, folder / str(seed), seed)


def test_kill_direct(library: Library, tmp_path: Path) -> None:
    """100 kills between and inside appends."""
    many_direct(library, tmp_path, 100)


@pytest.mark.full
@pytest.mark.parametrize("chunk", range(10))
def test_kill_direct_10000(chunk: int, library: Library, tmp_path: Path) -> None:
    """10,000 kills between and inside appends."""
    for seed in range(chunk, 10_000, 10):
        acknowledged_then_killed(library, tmp_path / str(seed), seed)
