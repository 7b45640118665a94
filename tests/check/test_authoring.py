"""`new` and docs/authoring.md: every command of the page is run, in its order, outside the tree."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import run
from tests.vignettes.test_vignettes import ROOT as PATHWAYS
from wizard.errors import ExitCode

ROOT = PATHWAYS.parent
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
COMMANDS = [line.strip() for line in re.findall(r"^    ((?:pathwizard|export|cp) .*)$", PAGE, re.M)]


def test_every_command_of_the_page(tmp_path: Path) -> None:
    """Each ends well; the wizard itself says that it needs a terminal."""
    environment = {**os.environ, "PATHWIZARD_STATE": str(tmp_path / "state")}
    said: dict[str, str] = {}
    for command in COMMANDS:
        words = shlex.split(command)
        if words[0] == "export":
            environment.update(dict(word.split("=") for word in words[1:]))
            continue
        if words[0] == "pathwizard":
            words[:1] = [sys.executable, str(ROOT / "cli.py")]
        target = words.pop() if ">" in words else None
        words = [word for word in words if word != ">"]
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
            timeout=120, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        expected = ExitCode.TERMINAL if command == "pathwizard run painful-wrist" else ExitCode.OK
        assert done.returncode == expected, (command, done.stdout, done.stderr)
        said[command] = done.stdout
        if target:
            (tmp_path / target).write_text(done.stdout)
    assert len(said) > 15
    assert said["pathwizard check mine"] == "No errors and no warnings in 1 pathway.\n"
    assert "7 of 7 vignettes hold" in said["pathwizard test painful-wrist"]
    assert "painful-wrist" in said["pathwizard list"]
    assert said["pathwizard diff before mine"] == "Nothing differs.\n"
    assert not (tmp_path / "counter-examples").exists()
    proved = said["pathwizard check mine --prove"]
    assert all(done == total for done, total in re.findall(r"(\d+) of (\d+) proved", proved))
    assert proved.count(" proved: ") >= 4


def test_every_author_command_is_on_the_page() -> None:
    """Whatever an author has is told."""
    for name in ("new", "check", "test", "show", "graph", "diff", "schema", "compare", "explain"):
        assert any(command.startswith(f"pathwizard {name} ") for command in COMMANDS), name


def test_new_beside_what_is_there(tmp_path: Path) -> None:
    """Twice in one folder, and beside the shipped common ground: what is there is used."""
    root = tmp_path / "mine"
    for name in ("one", "two"):
        done = run("new", name, "--folder", str(root), state=tmp_path)
        assert done.returncode == 0, done.stderr
    assert [file.name for file in (root / "common").iterdir()] == ["one.yaml"]
    assert run("check", str(root), state=tmp_path).stdout.startswith("No errors and no warnings")
    shipped = tmp_path / "shipped"
    (shipped / "common").mkdir(parents=True)
    for file in (PATHWAYS / "common").glob("*.yaml"):
        (shipped / "common" / file.name).write_bytes(file.read_bytes())
    led_to = re.findall(r"^    trail: (.+)$", (PATHWAYS / "common/alerts.yaml").read_text(), re.M)
    for name in {"cord-compression", *led_to}:
        (shipped / name).mkdir()
        for file in (PATHWAYS / name).glob("*.yaml"):
            (shipped / name / file.name).write_bytes(file.read_bytes())
    before = sorted((shipped / "common").iterdir())
    run("new", "three", "--folder", str(shipped), state=tmp_path)
    assert sorted((shipped / "common").iterdir()) == before
    done = run("check", str(shipped / "three"), state=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "code"),
    [("one", ExitCode.STORAGE), ("Two Words", ExitCode.BAD_INPUT), ("common", ExitCode.BAD_INPUT),
     ("../up", ExitCode.BAD_INPUT)],
)  # fmt: skip
def test_new_never_overwrites(name: str, code: ExitCode, tmp_path: Path) -> None:
    """A taken name and a name that is none: a message, and no file changed."""
    root = tmp_path / "mine"
    run("new", "one", "--folder", str(root), state=tmp_path)
    file = root / "one" / "pathway.yaml"
    file.write_text(file.read_text() + "# mine\n")
    before = {f: f.read_bytes() for f in tmp_path.rglob("*.yaml")}
    done = run("new", name, "--folder", str(root), state=tmp_path)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert {f: f.read_bytes() for f in tmp_path.rglob("*.yaml")} == before


def expecting(
    tmp_path: Path, old: str, new: str, codes: str = ""
) -> subprocess.CompletedProcess[str]:
    """`test` of the starter with one expectation changed."""
    root = tmp_path / "mine"
    run("new", "one", "--folder", str(root), state=tmp_path)
    file = root / "one" / "cases" / "adult-film-now.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    if codes:
        (root / "expected-codes.yaml").write_text(codes)
    return run("test", str(root / "one"), state=tmp_path)


@pytest.mark.parametrize(
    ("new", "codes", "exit_code", "said"),
    [
        ("must_not: [sepsis_suspected]", "", 0, "7 of 7 vignettes hold"),
        ("must: [plain_film, sepsis_suspected]", "", 1,
         "sepsis_suspected: not present (sepsis_suspected is excluded)"),
        ("must: [calm]", "must: {calm: {by: [sepsis_suspected, plain_film]}}", 0, "7 of 7 vignettes"),
        ("must: [calm]", "must: {calm: {by: [sepsis_suspected]}}", 1, "calm: not present"),
        ("must_not: [calm]", "must_not: {calm: {not: [plain_film]}}", 1, "calm: plain_film is advised"),
        ("must: [calm]", "must: {calm: {by: [plain_flim]}}", 3, "Did you mean `plain_film`"),
        ("must_not: [calm]", "must_not: {calm: {not: [sepsis]}}", 3, "`sepsis` is not advice or an alert"),
    ],
)  # fmt: skip
def test_alerts_are_expected_by_name(
    new: str, codes: str, exit_code: int, said: str, tmp_path: Path
) -> None:
    """An alert is met where it is present; a code that names nothing there is, is refused."""
    old = "must: [plain_film], must_not: [follow_up_after_normal_film, sepsis_suspected]"
    done = expecting(tmp_path, old, new, codes)
    assert done.returncode == exit_code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr


def test_the_starter_leaves_no_mutant(tmp_path: Path) -> None:
    """The pathway that an author begins with shows the goal."""
    run("new", "one", "--folder", str(tmp_path / "mine"), state=tmp_path)
    done = run("test", str(tmp_path / "mine" / "one"), state=tmp_path)
    assert "noticed (100 percent)" in done.stdout
