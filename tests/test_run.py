"""`run.py` finds its way: each way of setting up is really gone, with one small package in the lock.

Needs the package registry, as the set-up itself does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = "import sys, annotated_types; print(sys.argv[1:], sys.prefix)\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that has run.py, a lock of one package, and a program that imports it."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    shutil.copy(ROOT / "run.py", folder)
    lock = (ROOT / "lock.txt").read_text("utf-8")
    found = re.search(r"^annotated-types==(?:.*\\\n)+.*\n", lock, re.MULTILINE)
    assert found
    (folder / "lock.txt").write_text(found[0])
    (folder / "cli.py").write_text(PROGRAM)
    return folder


def run(
    checkout: Path, *arguments: str, without: tuple[str, ...] = (), path: str | None = None
) -> subprocess.CompletedProcess[str]:
    """`run.py` on a Python that lacks some modules, with an empty home."""
    home = checkout.parent / "home"
    home.mkdir(exist_ok=True)
    lacking = checkout.parent / "lacking"
    lacking.mkdir(exist_ok=True)
    for module in without:
        (lacking / f"{module}.py").write_text(f"raise ImportError('no {module}')\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= {"HOME": str(home), "PYTHONPATH": str(lacking)}
    if path is not None:
        environment["PATH"] = path
    return subprocess.run(
        [sys.base_prefix + "/bin/python3", str(checkout / "run.py"), *arguments],
        cwd=checkout.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def environments(checkout: Path) -> list[Path]:
    """The environments that stand in the checkout."""
    return sorted(p for p in checkout.glob(".venv-*") if p.is_dir())


def test_venv_with_its_own_pip_and_once_only(checkout: Path) -> None:
    """The first run sets up, the second only starts; arguments arrive as they were given."""
    first = run(checkout, "report", "two words")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("['report', 'two words'] ")
    assert "Setting up" in first.stderr
    (environment,) = environments(checkout)
    assert str(environment) in first.stdout
    second = run(checkout)
    assert (second.returncode, second.stderr) == (0, "")


def test_without_ensurepip_an_existing_pip(checkout: Path) -> None:
    """A Python as Debian ships it without python3-venv, but with pip."""
    done = run(checkout, without=("ensurepip",))
    assert done.returncode == 0, done.stderr
    (environment,) = environments(checkout)
    assert not list(environment.glob("lib/*/site-packages/pip"))


def test_with_neither_uv(checkout: Path) -> None:
    """A uv on the path builds the environment."""
    uv = checkout.parent / "uv"
    subprocess.run(
        [sys.base_prefix + "/bin/python3", "-m", "pip", "install", "-q", "--target", uv, "uv"],
        check=True,
        capture_output=True,
    )
    path = f"{uv / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = run(checkout, without=("ensurepip", "pip"), path=path)
    assert done.returncode == 0, done.stderr
    assert len(environments(checkout)) == 1


def test_with_none_one_message(checkout: Path) -> None:
    """What to install is said; nothing half-made is left."""
    done = run(checkout, without=("ensurepip", "pip"), path="/nowhere")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert environments(checkout) == []


def test_a_wrong_hash_is_refused(checkout: Path) -> None:
    """A package that is not the locked one is not installed, and nothing is left behind."""
    lock = checkout / "lock.txt"
    lock.write_text(re.sub(r"sha256:.{60}", "sha256:" + "0" * 60, lock.read_text()))
    done = run(checkout)
    assert done.returncode == 1
    assert "HASH" in done.stderr.upper()
    assert "nothing was left behind" in done.stderr
    assert environments(checkout) == []
