"""The command line from outside: results, messages, exit codes, and what is imported."""

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from tests.vignettes.test_vignettes import ROOT as PATHWAYS
from wizard.case.answers_file import read_answers
from wizard.case.open_case import begin
from wizard.case.replay import replay
from wizard.definition.library import Library
from wizard.errors import ExitCode
from wizard.store.store import FILE, Store

ROOT = PATHWAYS.parent
CASE = PATHWAYS / "acrometastasis" / "cases" / "acro-thumb-fingertip-lung-antibiotics"
SHORT = "format: 1\npathway: {id: acrometastasis}\nas_of: 2026-11-22\n"


def run(*arguments: str, state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`pathwizard ARGUMENTS` without a terminal."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={
            **os.environ,
            "PATHWIZARD_STATE": str(state),
            "PATHWIZARD_SITE": "",
            **environment,
        },
        check=False,
        timeout=60,
    )


@pytest.mark.hazard("HZ-69")
def test_results_on_stdout(tmp_path: Path) -> None:
    """Lists, outlines and the blank work-up."""
    assert "acrometastasis" in run("list", state=tmp_path).stdout
    shown = run("show", "acrometastasis", state=tmp_path).stdout
    assert "Radiograph, two views" in shown
    assert "if not known" in shown
    printed = run("blank", "cord-compression", state=tmp_path).stdout
    assert "[ ]" in printed
    assert max(map(len, printed.splitlines())) <= 80
    assert run("--version", state=tmp_path).stdout.startswith("pathwizard 0.1")
    assert run("cases", state=tmp_path).stdout == ""


def test_cases_says_where_each_rests(library: Library, tmp_path: Path) -> None:
    """One that is damaged is listed with that."""
    store = Store(tmp_path, lambda: NOW)
    for label in ("amber-heron", "broken-heron"):
        begin(library, "acrometastasis", label, TODAY, store.writer(label))
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE events SET at = '' WHERE label = 'broken-heron'")
    kept, broken = sorted(run("cases", state=tmp_path).stdout.splitlines())
    assert re.match("amber-heron +acrometastasis +asks: ", kept)
    assert re.match("broken-heron +cannot be read +the record .* is damaged", broken)


@pytest.mark.hazard("HZ-30")
def test_check_is_clean(tmp_path: Path) -> None:
    """The shipped pathways have no problem, as a whole and one by one."""
    count = sum(1 for _ in PATHWAYS.glob("*/pathway.yaml"))
    both = f"No errors and no warnings in {count} pathways.\n"
    for arguments, said in (
        ((), both),
        ((str(PATHWAYS),), both),
        ((str(PATHWAYS / "cord-compression"),), "No errors and no warnings in 1 pathway.\n"),
    ):
        done = run("check", *arguments, state=tmp_path)
        assert (done.returncode, done.stdout) == (0, said)


@pytest.mark.hazard("HZ-39", "HZ-43", "HZ-51")
@pytest.mark.parametrize("ending", ["txt", "md", "html", "json"])
def test_replay_writes_every_format_once(ending: str, tmp_path: Path) -> None:
    """By the ending of the name; never over a file; the same bytes but the generated line."""
    file, report = CASE / "5-treatment.yaml", tmp_path / f"report.{ending}"
    assert run("replay", str(file), "--report", str(report), state=tmp_path).returncode == 0
    text = report.read_text("utf-8")
    assert "Adequate analgesia" in text
    assert "not clinically reviewed" in text
    assert report.stat().st_mode & 0o077 == 0
    again = run("replay", str(file), "--report", str(report), state=tmp_path)
    assert again.returncode == ExitCode.STORAGE
    assert "not overwritten" in again.stderr
    other = tmp_path / f"other.{ending}"
    run("replay", str(file), "--report", str(other), state=tmp_path)
    differing = [
        (a, b)
        for a, b in zip(text.splitlines(), other.read_text("utf-8").splitlines(), strict=True)
        if a != b
    ]
    assert all("enerated" in a for a, _ in differing)


def test_replay_json_parses(tmp_path: Path) -> None:
    """JSON on stdout, nothing else."""
    done = run("replay", str(CASE / "5-treatment.yaml"), "--json", state=tmp_path)
    data = json.loads(done.stdout)
    assert data["provenance"]["pathway"] == "acrometastasis"
    assert next(s["title"] for s in data["sections"]) == "DO NOW"


def test_a_report_of_a_file_of_answers(tmp_path: Path) -> None:
    """It is that of a replay; nothing is looked for among the kept cases."""
    file = str(CASE / "5-treatment.yaml")
    told = run("report", file, state=tmp_path)
    assert told.returncode == 0, told.stderr
    replayed = run("replay", file, state=tmp_path)
    assert told.stdout.splitlines()[:-1] == replayed.stdout.splitlines()[:-1]
    wrong = run("report", file, "--format", "docx", state=tmp_path)
    assert wrong.returncode == ExitCode.BAD_INPUT
    assert "'docx' is not a format" in wrong.stderr


def test_replay_names_the_missing_answer(tmp_path: Path) -> None:
    """It never prompts; it stops, says at what, and has an exit code of its own."""
    file = tmp_path / "case.yaml"
    file.write_text(SHORT + "facts: {age: 53 years}\n")
    done = run("replay", str(file), state=tmp_path)
    assert done.returncode == ExitCode.INCOMPLETE
    assert "acrometastasis/scope: no answer for sex" in done.stderr
    assert "WORKING COPY" in done.stdout


BAD_FILES = [
    ("facts: {age: 53}\n", "has no unit", "53 years"),
    ("facts: {age: '53,5 years'}\n", "comma", "53.5"),
    ("facts: {age: {value: 53, unit: kg}}\n", "not a unit", "years"),
    ("facts: {age: 530 years}\n", "between 0 and 120", "Check"),
    ("facts: {sex: woman3}\n", "not an option", "female"),
    ("facts: {sex: [male]}\n", "a list or mapping is not", "present"),
    ("facts: {sex: true}\n", "true is not a value", "absent"),
    ("facts: {smokr: yes}\n", "no data item", "`smoker`"),
    ("facts: {sex: {absent: lost}}\n", "not an absence reason", "not_known"),
    ("facts: {age: {absent: awaited}}\n", "cannot be 'awaited'", "not known"),
    ("facts: {ecog: two}\n", "not a number", "digits"),
    (
        "facts: {benign_features: {present: [tuft_loss], absent: [tuft_loss]}}\n",
        "present and absent",
        "Keep one",
    ),
    ("fakts: {}\n", "not known here", "`facts`"),
    (
        "commitments: [{step: imaging_choice, candidates: [x_ray]}]\n",
        "not a candidate",
        "radiograph",
    ),
    (
        "commitments: [{step: nowhere, candidates: []}]\n",
        "not a step with a decision",
        "imaging_choice",
    ),
    ("alerts: [{id: fire}]\n", "not an alert", "cord_compression"),
    ("alerts: [{id: [a]}]\n", "a text was expected", "quotes"),
    ("alerts: [{id: sepsis, acknowledged: {who: A}}]\n", "who and since", "NAME"),
    ("commitments: [{step: imaging_choice, visit: two}]\n", "whole number", "1 to 99"),
    ("commitments: [{step: imaging_choice, proposal: 5}]\n", "list was expected", "case-format"),
    ("commitments: [{step: imaging_choice, reason: [a]}]\n", "text was expected", "quotes"),
    (
        "commitments: [{step: imaging_choice, statuses: {x: pending}}]\n",
        "`x` is not a candidate",
        "radiograph",
    ),
    ("responses: {no_such_thing: {answer: accepted}}\n", "no advice", "show PATHWAY"),
    ('visits: {film_result: {"\u00b2": normal}}\n', "not a later visit", "Write 2"),
    ("facts: {sex: {value: male, date: 2026-11-23}}\n", "after `as_of`", "Correct"),
    ("facts: {age: 53 years, age: 54 years}\n", "second time", "Keep one"),
]


@pytest.mark.hazard("HZ-02", "HZ-03", "HZ-05", "HZ-49")
@pytest.mark.parametrize(
    ("text", "what", "mend"), BAD_FILES, ids=[row[0][:30].strip() for row in BAD_FILES]
)
def test_bad_case_files(text: str, what: str, mend: str, tmp_path: Path) -> None:
    """One clear message with the place and the mend; no traceback."""
    file = tmp_path / "case.yaml"
    file.write_text(SHORT + text)
    done = run("replay", str(file), state=tmp_path)
    assert done.returncode == ExitCode.BAD_INPUT
    assert re.match(rf"{file}:\d+:\d+: ", done.stderr)
    assert what in done.stderr
    assert mend in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.hazard("HZ-68")
def test_other_bad_input(tmp_path: Path) -> None:
    """Missing files, unknown cases, unknown pathways, no terminal: a message and an exit code."""
    for arguments, code, words in (
        (("replay", str(tmp_path / "none.yaml")), ExitCode.STORAGE, "cannot be read"),
        (("report", "no-case"), ExitCode.UNKNOWN_CASE, "no case is called"),
        (("show", "acrometastases"), ExitCode.BAD_INPUT, "Pathways: acrometastasis"),
        (("check", str(tmp_path / "none")), ExitCode.STORAGE, "cannot be read"),
        (("run", "acrometastasis"), ExitCode.TERMINAL, "needs a terminal"),
        (
            ("replay", str(CASE / "5-treatment.yaml"), "--report", "x.pdf"),
            ExitCode.BAD_INPUT,
            "no format",
        ),
        (("score", "nothing"), ExitCode.BAD_INPUT, "Scores: corrected_calcium"),
        (("score", "corrected_calcium", "calcium_total=2,9 mmol/L"), ExitCode.BAD_INPUT, "comma"),
        (("nonsense",), ExitCode.USAGE, "nonsense"),
    ):
        done = run(*arguments, state=tmp_path / "state")
        assert done.returncode == code, (arguments, done.stderr)
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_an_empty_name_of_a_report_is_refused(library: Library, tmp_path: Path) -> None:
    """`--output ""` gets a message, not a fault of the program."""
    file = CASE / "5-treatment.yaml"
    answers = read_answers(file.read_text("utf-8"), file.name, library)
    case = replay(replace(answers, label="amber-heron"), library)
    Store(tmp_path, lambda: NOW).append("amber-heron", case.events, 0)
    done = run("report", "amber-heron", "--output", "", state=tmp_path)
    assert done.returncode == ExitCode.STORAGE, done.stderr
    assert "the name of the file is empty" in done.stderr


@pytest.mark.hazard("HZ-37")
def test_a_named_site_file_must_exist(tmp_path: Path) -> None:
    """A typing error in PATHWIZARD_SITE does not hide every number."""
    missing = tmp_path / "sitee.toml"
    done = run("self-test", state=tmp_path, PATHWIZARD_SITE=str(missing))
    assert f"site file: FAILED: {missing}: " in done.stdout + done.stderr


def test_pathways_of_the_current_folder_are_not_mixed_in(tmp_path: Path) -> None:
    """`python -m wizard` starts anywhere; a folder that is called `pathways` there is not read."""
    (tmp_path / "pathways" / "other").mkdir(parents=True)
    (tmp_path / "pathways" / "other" / "pathway.yaml").write_text("format: 1\npathway: [\n")
    done = subprocess.run(
        [sys.executable, "-m", "wizard", "list"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "acrometastasis" in done.stdout
    assert "other" not in done.stdout.split()


def test_a_broken_pathway_is_named(tmp_path: Path) -> None:
    """`check` on a broken file: place, fault, mend, exit code."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "pathway.yaml").write_text("format: 1\npathway: [\n")
    done = run("check", str(folder), state=tmp_path)
    assert done.returncode == ExitCode.BAD_PATHWAY
    assert re.search(r"broken/pathway.yaml:\d+:\d+: error: not YAML", done.stdout)


@pytest.mark.hazard("HZ-65")
def test_unwritable_and_full_store(tmp_path: Path) -> None:
    """A store that cannot be written is said plainly; nothing is half-written."""
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("")
    done = run("cases", state=not_a_folder / "below")
    assert done.returncode == ExitCode.STORAGE
    assert "cannot be used" in done.stderr


@pytest.mark.hazard("HZ-65")
def test_a_full_disk(tmp_path: Path) -> None:
    """Nothing half-written is left, and the message says that the disk refused."""

    def no_space() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    for arguments in (
        ["replay", str(CASE / "5-treatment.yaml"), "--report", str(tmp_path / "report.txt")],
        ["cases"],
    ):
        done = subprocess.run(
            [sys.executable, "-B", str(ROOT / "cli.py"), *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "PATHWIZARD_STATE": str(tmp_path / "state")},
            preexec_fn=no_space,
            check=False,
            timeout=60,
        )
        assert done.returncode == ExitCode.STORAGE, done.stderr
        assert "Traceback" not in done.stderr
        assert "cannot be" in done.stderr
    assert not list(tmp_path.glob("*report*"))


@pytest.mark.parametrize(
    "arguments", [["list"], ["--version"], ["--help"], ["blank", "acrometastasis"]]
)
def test_a_full_disk_behind_the_output(arguments: list[str], tmp_path: Path) -> None:
    """A result that cannot be written is said in one message, not as a fault of the program."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PATHWIZARD_STATE": str(tmp_path)},
            check=False,
            timeout=60,
        )
    assert done.returncode == ExitCode.STORAGE
    assert done.stderr.startswith("the result cannot be written: No space left")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.hazard("HZ-69")
def test_self_test_says_what_fails(tmp_path: Path) -> None:
    """Store and pathways are sound, and there is no terminal here."""
    done = run("self-test", state=tmp_path / "state")
    assert done.returncode == ExitCode.FAILED
    assert "case store: ok" in done.stdout
    assert "pathways: ok" in done.stdout
    assert "terminal: FAILED" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["--help"], ["replay", str(CASE / "5-treatment.yaml")], ["list"]]
)
def test_textual_is_not_imported(arguments: list[str], tmp_path: Path) -> None:
    """Help and headless commands do not load the screen."""
    code = (
        "import sys, cli\n"
        "try:\n    cli.main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('TEXTUAL' if 'textual' in sys.modules else 'CLEAN', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PATHWIZARD_STATE": str(tmp_path)},
        check=False,
        timeout=60,
    )
    assert done.stderr.strip().splitlines()[-1] == "CLEAN"


def test_every_command_has_help_and_stands_in_the_readme(tmp_path: Path) -> None:
    """Commands are documented where a reader looks."""
    text = (ROOT / "README.md").read_text("utf-8")
    shown = run("--help", state=tmp_path).stdout
    for name in (
        "run",
        "resume",
        "cases",
        "report",
        "list",
        "show",
        "check",
        "replay",
        "score",
        "search",
        "blank",
        "self-test",
    ):
        assert re.search(rf"^\s+{name}\s+\w", shown, re.MULTILINE), name
        assert f"`{name}" in text, name
    for code in ExitCode:
        assert f"| {int(code)} |" in text, code


@pytest.mark.hazard("HZ-04", "HZ-25")
@pytest.mark.invariant("ALWAYS-04")
def test_scores_of_the_dossier(tmp_path: Path) -> None:
    """Worked examples in SI and US units, intervals, validity."""
    done = run(
        "score", "corrected_calcium", "calcium_total=2.40 mmol/L", "albumin=20 g/L", state=tmp_path
    )
    assert "2.80 mmol/L" in done.stdout
    us = run(
        "score",
        "creatinine_clearance",
        "age=60 years",
        "weight=72 kg",
        "creatinine=1 mg/dL",
        "sex=male",
        "aki_or_dialysis=no",
        "--json",
        state=tmp_path,
    )
    assert json.loads(us.stdout)["low"] == "80.1"
    female = run(
        "score",
        "creatinine_clearance",
        "age=60 years",
        "weight=72 kg",
        "creatinine=88.4 micromol/L",
        "sex=female",
        "aki_or_dialysis=no",
        "--json",
        state=tmp_path,
    )
    assert json.loads(female.stdout)["low"] == "67.7"
    part = run(
        "score",
        "mirels",
        "affected_region=long_bone",
        "bone_broken=no",
        "known_cancer=proven_metastatic",
        "mirels_site=lower_limb",
        "mirels_pain=functional",
        "--json",
        state=tmp_path,
    )
    assert (json.loads(part.stdout)["low"], json.loads(part.stdout)["high"]) == ("7", "11")
    hand = run("score", "mirels", "affected_region=hand", "mirels_site=lower_limb", state=tmp_path)
    assert "does not apply: for intact long bones" in hand.stdout
    sins = run(
        "score",
        "sins",
        "cord_imaging=compression",
        "sins_location=junctional",
        "sins_pain=mechanical",
        "sins_lesion=lytic",
        "sins_alignment=subluxation",
        "sins_collapse=over_half",
        "sins_posterolateral=bilateral",
        "--json",
        state=tmp_path,
    )
    assert (json.loads(sins.stdout)["low"], json.loads(sins.stdout)["high"]) == ("18", "18")
    nothing = run("score", "creatinine_clearance", "age=60 years", state=tmp_path)
    assert "not computable" in nothing.stdout


def test_search_quotes_with_sources_or_finds_nothing(tmp_path: Path) -> None:
    """In text and as JSON; what was recalled is marked in both."""
    text = run("search", "dx-bx-10", state=tmp_path).stdout
    assert text.startswith("claim, UNVERIFIED: recalled, not read in a source")
    assert "Content not clinically reviewed." in text
    data = json.loads(run("search", "dx-bx-10", "--most", "1", "--json", state=tmp_path).stdout)
    (result,) = data["results"]
    assert result["unverified"] == "UNVERIFIED"
    assert result["claims"]["DX-BX-10"]["references"]
    nothing = run("search", "tennis", "elbow", state=tmp_path)
    assert nothing.stdout.startswith("Nothing found that has all of these words")
    assert nothing.returncode == ExitCode.OK
    assert run("search", state=tmp_path).returncode == ExitCode.USAGE
