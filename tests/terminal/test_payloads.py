"""Escape codes and hidden text from every place from which the program reads: none reaches the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.control import RUN
from tests.terminal.pseudo import Pseudo
from tests.terminal.sequences import refused
from tests.terminal.test_unsafe_for_patients import PAYLOAD
from wizard.errors import ExitCode

RAW = os.fsdecode(b"lab\x9b2J\xff")
"""Bytes that are no text: C1 as a single byte among them."""
NAME = PAYLOAD.replace("/", "-")
Arguments = tuple[list[str], dict[str, str]]
"""Of the command line, and the environment."""


def _named_file(folder: Path) -> Arguments:
    return ["replay", str(folder / NAME)], {}


def _case_file(folder: Path) -> Arguments:
    (folder / "case.yaml").write_text(f"format: {NAME}\n", "utf-8")
    return ["replay", "case.yaml"], {}


def _raw_label(folder: Path) -> Arguments:
    return ["resume", RAW, "--plain"], {}


def _report_name(folder: Path) -> Arguments:
    return ["report", PAYLOAD, "--format", PAYLOAD], {}


def _site_names(folder: Path) -> Arguments:
    (folder / "site.toml").write_text('[contacts]\n"\\u001b]52;c;eA==\\u0007" = "x"\n')
    return [*RUN, "--plain"], {"PATHWIZARD_SITE": "site.toml"}


def _site_file(folder: Path) -> Arguments:
    return [*RUN, "--plain"], {"PATHWIZARD_SITE": NAME}


def _pathways(folder: Path) -> Arguments:
    return ["list"], {"PATHWIZARD_PATHWAYS": f"{folder}/{NAME}"}


def _pathway_text(folder: Path) -> Arguments:
    (folder / "own").mkdir()
    (folder / "own" / "pathway.yaml").write_text(f"pathway:\n  title: {PAYLOAD!r}\n{NAME}", "utf-8")
    return ["check", "own"], {}


def _state(folder: Path) -> Arguments:
    (folder / NAME).write_text("")
    return ["cases"], {"PATHWIZARD_STATE": str(folder / NAME)}


def _searched(folder: Path) -> Arguments:
    return ["search", PAYLOAD, RAW], {}


PLACES: list[Callable[[Path], Arguments]] = [
    *(_named_file, _case_file, _raw_label, _report_name, _site_names, _site_file),
    *(_pathways, _pathway_text, _state, _searched),
]


@pytest.mark.hazard("HZ-56")
@pytest.mark.parametrize("place", PLACES, ids=[p.__name__.strip("_") for p in PLACES])
def test_no_payload_reaches_the_terminal(
    place: Callable[[Path], Arguments], tmp_path: Path
) -> None:
    """Names of files, their texts, the environment, the command line: in messages as well; never a fault."""
    arguments, environment = place(tmp_path)
    terminal = Pseudo(tmp_path, *arguments, environment=environment)
    code = terminal.wait_code()
    terminal.close()
    assert code not in (None, ExitCode.FAULT, ExitCode.FAILED)
    assert b"U+" in terminal.data or code == 0
    assert refused(bytes(terminal.data)) == []
    assert b"Traceback" not in terminal.data


def test_a_payload_is_seen_by_the_scan() -> None:
    """So that the tests above can fail."""
    assert len(refused(PAYLOAD.encode())) >= 7
