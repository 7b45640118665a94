"""Each finding is shown twice: with its control, and with the control taken away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.terminal.pseudo import Pseudo
from tests.terminal.sequences import refused
from wizard.case.events import Answered, Event
from wizard.store.store import Store

RUN = ("run", "acrometastasis", "--as-of", "2026-11-22", "--label", "amber-heron")
with_and_without = pytest.mark.parametrize("control", [True, False], ids=["on", "off"])
"""A test of a finding ends in `assert fault is not control`: without the control it must see the fault."""
SECRET = "CANARY-53"
FAULT = f"""
from wizard.case import inspection
def fault(*_):
    secret = {SECRET!r}
    raise ValueError(secret)
inspection.why_item = fault
"""
"""A program that fails where w is pressed, with something of a patient in a local variable."""


@contextmanager
def program(
    folder: Path,
    *arguments: str,
    control: bool = True,
    off: str = "",
    columns: int = 80,
    lines: int = 24,
    redirect: dict[int, Path] | None = None,
    clipboard: bool = False,
    **environment: str,
) -> Iterator[Pseudo]:
    """The program in a terminal; `off` is what takes the control away where it is to be off.

    With the control every byte is scanned in the end.
    """
    patch = "" if control else off
    terminal = Pseudo(
        folder,
        *arguments,
        patch=patch,
        columns=columns,
        lines=lines,
        redirect=redirect,
        environment=environment,
    )
    try:
        yield terminal
    finally:
        terminal.close()
    if control:
        assert refused(bytes(terminal.data), clipboard=clipboard) == []


def answer_age(terminal: Pseudo) -> None:
    """53 years; sex is asked next."""
    terminal.wait("> Age?")
    terminal.press("5")
    terminal.wait("Age: 5")
    terminal.press("3", "Enter")
    terminal.wait("> Sex?")


def kept(terminal: Pseudo) -> tuple[Event, ...]:
    """The events of the case as they are on the disk."""
    return Store(terminal.state, lambda: NOW).read("amber-heron").events


def answered(terminal: Pseudo) -> list[str]:
    """The items that were answered, as it is on the disk."""
    return [event.item for event in kept(terminal) if isinstance(event, Answered)]
