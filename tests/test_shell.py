"""What stands around the program in a shell: completion, the manual page, the exit codes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.test_cli import ROOT, run
from tools.manual import FILE as MANUAL
from tools.manual import manual
from wizard.completion import SHELLS, cases
from wizard.errors import EXIT_WORDS, ExitCode
from wizard.store.store import Store

README = (ROOT / "README.md").read_text("utf-8")
BASH = shutil.which("bash")
ASKED = {
    "pathwizard ru": ["run"],
    "pathwizard run acro": ["acrometastasis"],
    "pathwizard show cord": ["cord-compression"],
    "pathwizard score toku": ["tokuhashi"],
    "pathwizard resume amb": ["amber-heron"],
    "pathwizard completion z": ["zsh"],
}


def test_bash_completes_commands_pathways_cases_and_scores(tmp_path: Path) -> None:
    """By the script as it is printed, in a real bash."""
    if BASH is None:
        pytest.skip("no bash")
    store = Store(tmp_path / "state", lambda: NOW)
    _keep(store)
    program = tmp_path / "pathwizard"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', "utf-8")
    program.chmod(0o755)
    lines = [f'eval "$({program} completion bash)"']
    for words in ASKED:
        lines.append(f"COMP_WORDS=({words}) COMP_CWORD={words.count(' ')}")
        lines.append(f'_pathwizard_completion {program}; echo "${{COMPREPLY[@]}}"')
    done = subprocess.run(
        [BASH, "--norc", "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        env={**os.environ, "PATHWIZARD_STATE": str(store.folder)},
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert [line.split() for line in done.stdout.splitlines()] == list(ASKED.values())


def _keep(store: Store) -> None:
    from wizard.case.open_case import begin
    from wizard.console import open_library

    library = open_library()
    begin(library, "acrometastasis", "amber-heron", NOW.date(), store.writer("amber-heron"))


def test_completion_makes_no_store_and_fails_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is offered where nothing can be found out; files of answers are."""
    monkeypatch.setenv("PATHWIZARD_STATE", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").touch()
    (tmp_path / "other.txt").touch()
    assert cases("o") == ["one.yaml"]
    assert not (tmp_path / "none").exists()
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "cases.sqlite").write_text("no database", "utf-8")
    assert cases("a") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(shell: str, tmp_path: Path) -> None:
    """Another one is refused with those that there are."""
    assert "_PATHWIZARD_COMPLETE=complete_" in run("completion", shell, state=tmp_path).stdout
    if shell == SHELLS[0]:
        refused = run("completion", "tcsh", state=tmp_path)
        assert refused.returncode == ExitCode.BAD_INPUT
        assert "Shells: bash, zsh, fish" in refused.stderr


def test_the_manual_page_is_what_the_program_says() -> None:
    """`python tools/manual.py` makes it again."""
    assert MANUAL.read_text("utf-8") == manual()


def test_the_manual_page_is_in_the_wheel() -> None:
    """The build is told of it by the name that it has."""
    said = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'"share/man/man1" = ["{MANUAL.relative_to(ROOT).as_posix()}"]' in said


def test_the_manual_page_can_be_set() -> None:
    """Without a complaint of the formatter, and with every word in it."""
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("no groff")
    done = subprocess.run(
        [groff, "-man", "-Tascii", "-ww", "-P-c", "-P-b", "-P-u", str(MANUAL)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert "EXIT STATUS" in done.stdout
    assert "self-test failed, or a vignette of test" in " ".join(done.stdout.split())


def test_the_exit_codes_are_documented_alike(tmp_path: Path) -> None:
    """Each has words; README, help and manual page have the same."""
    assert set(EXIT_WORDS) == set(ExitCode)
    rows = dict(re.findall(r"^\| (\d+) \| (.+) \|$", README, re.MULTILINE))
    assert rows == {str(int(code)): words for code, words in EXIT_WORDS.items()}
    shown = " ".join(run("--help", state=tmp_path).stdout.split())
    assert all(f"{int(code)} {words}" in shown for code, words in EXIT_WORDS.items())
