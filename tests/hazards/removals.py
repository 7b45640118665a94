"""Controls taken out on purpose: an edit of a copy, and the test that must fail there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COPIED = ("wizard", "pathways", "tests", "docs", "cli.py", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Removal:
    """One control: what is taken out in words, and the text that is replaced once in a file."""

    hazard: str
    taken_out: str
    file: str
    replace: str
    by: str
    test: str


@dataclass(frozen=True)
class Run:
    """How a test ended in a copy."""

    tests: int
    failures: int
    errors: int
    said: str


def read_removals() -> tuple[Removal, ...]:
    """The removals in the order written."""
    rows = yaml.safe_load((HERE / "removals.yaml").read_text(encoding="utf-8"))
    return tuple(Removal(**row) for row in rows)


def copy(folder: Path) -> Path:
    """The program, its pathways and its tests below `folder`."""
    leave = shutil.ignore_patterns("__pycache__", "__snapshots__", ".hypothesis")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def take_out(removal: Removal, folder: Path) -> None:
    """Makes the edit in a copy. Raises ValueError where the text does not stand there."""
    path = folder / removal.file
    text = path.read_text("utf-8")
    if removal.replace not in text:
        raise ValueError(f"{removal.hazard}: {removal.replace!r} is not in {removal.file}")
    path.write_text(text.replace(removal.replace, removal.by), "utf-8")


def run(test: str, folder: Path) -> Run:
    """Runs one test of a copy with the copy's own program."""
    result = folder / "result.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        test,
        "-p",
        "no:cacheprovider",
        f"--junitxml={result}",
    ]
    done = subprocess.run(
        command, cwd=folder, env={**_environment(), "PYTHONPATH": str(folder)},
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if not result.exists():
        return Run(0, 0, 1, done.stdout + done.stderr)
    suite = ElementTree.parse(result).getroot().find("testsuite")
    assert suite is not None
    tests, failures, errors = (int(suite.get(n, "0")) for n in ("tests", "failures", "errors"))
    return Run(tests, failures, errors, done.stdout)


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "PATHWIZARD_"))}
