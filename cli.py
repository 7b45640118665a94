"""The command line: every command calls what is below and prints its result.

Results go to standard output, everything else to standard error. Exit codes: `wizard.errors`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wizard import __version__
from wizard.errors import BadInput, ExitCode, PathwizardError

if TYPE_CHECKING:
    from wizard.case.open_case import OpenCase
    from wizard.check.proof import Proof
    from wizard.definition.library import Library
    from wizard.store.store import Store

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Work-up of suspected bone metastasis, read from pathway definitions. "
    "Content not clinically reviewed. Without a command the wizard starts.",
)
AsOf = Annotated[str | None, typer.Option(help="The day it is looked at, such as 2026-11-22.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; every fault ends in one message and an exit code."""
    try:
        app(arguments, prog_name="pathwizard")
    except PathwizardError as error:
        _say(error.message())
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.OK)
    except Exception as error:
        _say(f"Internal fault ({type(error).__name__}). Answers already given are saved.")
        sys.exit(ExitCode.FAULT)


def _say(words: str) -> None:
    from wizard.text import safe

    print(safe(words), file=sys.stderr)


def _print(words: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    try:
        words.encode(encoding)
    except UnicodeEncodeError:
        from wizard.text import to_ascii

        words = to_ascii(words)
    print(words, end="" if words.endswith("\n") else "\n")


def _now() -> datetime:
    return datetime.now(UTC)


def _today(as_of: str | None) -> date:
    from wizard.text import parse_date

    return datetime.now().date() if as_of is None else parse_date(as_of)


def _library() -> Library:
    from wizard.definition.loading import load_library

    return load_library()


def _store() -> Store:
    from wizard.store.store import Store, state_folder

    return Store(state_folder(), _now)


def _contacts(library: Library) -> dict[str, str]:
    from wizard.store.site import load_contacts

    pathway = next(iter(library.pathways.values()))
    return load_contacts(pathway.common.contacts)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"pathwizard {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Start the wizard."""
    if context.invoked_subcommand is None:
        _wizard()


def _wizard(
    pathway: str | None = None,
    case: str | None = None,
    as_of: str | None = None,
    label: str | None = None,
) -> None:
    from wizard.tui.terminal import check_terminal

    check_terminal()
    from wizard.store.labels import check_label
    from wizard.tui.app import run_wizard

    library = _library()
    if label is not None:
        check_label(label)
    code = run_wizard(
        library,
        _store(),
        _contacts(library),
        today=_today(as_of),
        pathway=pathway,
        case=case,
        label=label,
        now=_now,
    )
    sys.exit(code)


@app.command()
def run(
    pathway: str,
    as_of: AsOf = None,
    label: Annotated[str | None, typer.Option(help="Two words that identify nobody.")] = None,
) -> None:
    """Start a case of PATHWAY in the wizard."""
    _wizard(pathway=pathway, as_of=as_of, label=label)


@app.command()
def resume(case: Annotated[str | None, typer.Argument()] = None, as_of: AsOf = None) -> None:
    """Go on with CASE in the wizard, by default the one written last."""
    if case is None:
        labels = _store().labels()
        if not labels:
            raise BadInput("there is no case to resume", mend="Start one: pathwizard run PATHWAY.")
        case = labels[0]
    _wizard(case=case, as_of=as_of)


@app.command()
def cases() -> None:
    """List the cases of the store, the one written last first."""
    from wizard.case.open_case import OpenCase
    from wizard.case.resting import resting_words

    library, store = _library(), _store()
    for label in store.labels():
        try:
            case = OpenCase(library, store.read(label).events)
            _print(f"{label:<24} {case.state.pathway:<18} {resting_words(case)}")
        except PathwizardError as error:
            _print(f"{label:<24} {'cannot be read':<18} {error.what}")


@app.command()
def report(
    case: str,
    format: Annotated[
        str, typer.Option(help="text, ascii, markdown, html, json, call-sheet, answers.")
    ] = "text",
    output: Annotated[Path | None, typer.Option(help="A new file; never overwritten.")] = None,
) -> None:
    """Print the report of CASE, or write it to a new file."""
    _write_report(_opened(case), format, _store().read(case).head, output)


def _write_report(case: OpenCase, format: str, head: str, output: Path | None) -> None:
    from wizard.report.render import FORMATS, Generated
    from wizard.report.summary import summarise

    if format not in FORMATS:
        raise BadInput(f"'{format}' is not a format", mend=f"Formats: {', '.join(FORMATS)}.")
    summary = summarise(case, _contacts(case.library), __version__)
    generated = Generated(_now(), case.state.label, head[:4])
    rendered = FORMATS[format](summary, generated)
    if output is None:
        _print(rendered)
        return
    from wizard.store.files import create

    create(output, rendered)
    _say(f"Written: {output}")


@app.command()
def explain(
    case: str,
    name: Annotated[str | None, typer.Argument(help="Advice, alert, score or step.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Question what CASE (a label, or a file of answers) says: why, why not, what would change it.

    Without NAME: what can be named, each with its state.
    """
    from json import dumps

    from wizard.case.explanation import explain as explain_one
    from wizard.case.explanation import next_question_words, questionable

    opened = _opened(case)
    if name is not None:
        found = explain_one(opened, name)
        _print(dumps(found.as_data(), ensure_ascii=False, indent=1) if json else found.as_text())
        return
    states = questionable(opened)
    if json:
        _print(dumps(states, ensure_ascii=False, indent=1))
        return
    for known, state in states.items():
        _print(f"{known:<32} {state}")
    best = next_question_words(opened)
    _say(f"Next best question: {best}." if best else "Nothing is held up by an unknown answer.")


@app.command()
def compare(
    case: str,
    other: Annotated[str | None, typer.Argument(help="Another case; else the same one.")] = None,
    pathways: Annotated[
        Path | None, typer.Option(help="The folder of pathways under which OTHER is walked.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what OTHER says differently than CASE; each is a label or a file of answers.

    With --pathways: the same case, or another, under another version of the pathways.
    """
    from json import dumps

    from wizard.case.compare import compare as compare_cases
    from wizard.definition.loading import load_library

    if other is None and pathways is None:
        raise BadInput("there is nothing to compare with", mend="Name OTHER, or --pathways FOLDER.")
    library = None if pathways is None else load_library(pathways)
    found = compare_cases(_opened(case), _opened(other or case, library))
    _print(dumps(found.as_data(), ensure_ascii=False, indent=1) if json else found.as_text())


def _opened(case: str, library: Library | None = None) -> OpenCase:
    """A case of the store by its label, or the case of a file of answers."""
    from wizard.case.open_case import OpenCase

    library = library or _library()
    if Path(case).suffix in (".yaml", ".yml", ".json"):
        return _replayed(Path(case), library)
    found = OpenCase(library, _store().read(case).events)
    if found.other_version:
        _say(f"{case} was walked with another version of the pathway; this is the loaded one.")
    return found


def _replayed(file: Path, library: Library) -> OpenCase:
    """The case of a file of answers; another version of its pathway is said."""
    from wizard.case.answers_file import read_answers
    from wizard.case.replay import replay as replay_answers
    from wizard.store.files import read_text

    answers = read_answers(read_text(file), str(file), library)
    if answers.other_version:
        _say("The file was walked with another version of the pathway; this is the loaded one.")
    return replay_answers(answers, library)


@app.command("list")
def list_pathways() -> None:
    """List the pathways."""
    for pathway in _library().pathways.values():
        header = pathway.header
        _print(f"{header.id:<18} {header.version:<8} {header.title}, {header.status}")


@app.command()
def show(pathway: str) -> None:
    """Print a readable outline of PATHWAY."""
    from wizard.case.open_case import pathway_named
    from wizard.report.outline import outline

    _print(outline(pathway_named(_library(), pathway)))


@app.command()
def blank(pathway: str) -> None:
    """Print the work-up of PATHWAY with boxes, for the day the terminal is gone."""
    from wizard.case.open_case import pathway_named
    from wizard.report.outline import blank as blank_work_up

    _print(blank_work_up(pathway_named(_library(), pathway)))


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A folder of pathways, or one pathway's folder.")
    ] = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    prove: Annotated[bool, typer.Option("--prove", help="Prove it, over all facts.")] = False,
    save: Annotated[
        Path | None, typer.Option(help="A folder for the counter-examples, as cases.")
    ] = None,
) -> None:
    """Check pathway definitions and print every problem with its place."""
    from json import dumps

    from wizard.check.lints import lint
    from wizard.check.proof_words import proof_lines
    from wizard.definition.loading import load_problems, root_of

    if format not in ("text", "json"):
        raise BadInput(f"'{format}' is not a format", mend="Formats: text, json.")
    root, only = (None, None) if path is None else root_of(path)
    loaded = load_problems(root, only)
    problems = list(loaded.problems)
    if loaded.library is not None:
        problems += lint(loaded.library, loaded.places, _today(None), only)
    errors = sum(problem.severity == "error" for problem in problems)
    count = 1 if only or loaded.library is None else len(loaded.library.pathways)
    found = [_counted(errors, "error"), _counted(len(problems) - errors, "warning")]
    said = f"{' and '.join(found)} in {_counted(count, 'pathway')}."
    proofs = {}
    if prove and loaded.library is not None:
        names = [only] if only else list(loaded.library.pathways)
        proofs = {name: _proofs(loaded.library, name, save) for name in names}
    if format == "json":
        data = {
            "problems": [problem.as_data() for problem in problems],
            "proofs": {name: [proof.as_data() for proof in all_] for name, all_ in proofs.items()},
        }
        _print(dumps(data, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            _print(problem.render())
        _print(said[0].upper() + said[1:])
        for name, all_ in proofs.items():
            _print("\n".join([f"{name}:", *proof_lines(all_)]))
    if errors or not all(proof.holds for all_ in proofs.values() for proof in all_):
        sys.exit(ExitCode.BAD_PATHWAY)


def _proofs(library: Library, name: str, save: Path | None) -> list[Proof]:
    """All proofs of a pathway; with a folder, their patients as files of answers."""
    try:
        from wizard.check.proofs import prove
    except ImportError as error:
        raise PathwizardError(
            "proofs need z3", mend="Install it: pip install 'pathwizard[prove]'."
        ) from error
    from wizard.store.files import create

    proofs = list(prove(library, library[name], _today(None)))
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        refuted = [proof for proof in proofs if proof.answers and not proof.holds]
        for number, proof in enumerate(refuted, start=1):
            file = save / f"{name}-{proof.kind}-{number}.yaml"
            _say(f"Written: {create(file, proof.answers)}")
    return proofs


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun if number == 1 else noun + 's'}"


@app.command("test")
def run_vignettes(
    pathway: Annotated[str, typer.Argument(help="A pathway, or the folder of one.")],
    mutants: Annotated[bool, typer.Option(help="Also move every number and option.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run the vignettes of PATHWAY: what fails, what none reaches, which mutants none notices."""
    from json import dumps

    from wizard.case.open_case import pathway_named
    from wizard.check.strength import strength
    from wizard.check.vignettes import read_vignettes
    from wizard.definition.loading import load_library, root_of, shipped_pathways

    root, only = shipped_pathways(), pathway
    if Path(pathway).is_dir():
        root, named = root_of(Path(pathway))
        only = named or pathway
    library = load_library(root)
    tested = pathway_named(library, only)
    vignettes = read_vignettes(root, tested, library)
    if not vignettes:
        raise BadInput(
            f"{tested.id} has no vignettes",
            mend="Write case files with `expected` into its folder `cases` (docs/authoring.md).",
        )
    found = strength(library, tested, vignettes, mutate=mutants)
    _print(dumps(found.as_data(), ensure_ascii=False, indent=1) if json else found.as_text())
    if found.failed:
        sys.exit(ExitCode.FAILED)


@app.command()
def replay(
    file: Path,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="A new file: .txt, .md, .html, .json or .yaml.")
    ] = None,
) -> None:
    """Walk the answers of FILE without a prompt and print the report."""
    from wizard.case.resting import missing_words
    from wizard.report.render import ENDINGS

    case = _replayed(file, _library())
    format = "json" if json else "text"
    if report is not None:
        if report.suffix not in ENDINGS:
            endings = ", ".join(ENDINGS)
            raise BadInput(f"no format for '{report.name}'", mend=f"End the name in {endings}.")
        _write_report(case, ENDINGS[report.suffix], "none", report)
    if report is None or json:
        _write_report(case, format, "none", None)
    missing = missing_words(case)
    if missing:
        _say(missing)
        sys.exit(ExitCode.INCOMPLETE)


@app.command()
def score(
    name: str,
    values: Annotated[list[str] | None, typer.Argument(metavar="[ITEM=VALUE]...")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compute a score or derived value from ITEM=VALUE pairs."""
    from wizard.case.scoring import compute_score

    result = compute_score(_library(), name, values or [], _today(None))
    _print(result.as_json() if json else result.as_text())


@app.command("self-test")
def self_test() -> None:
    """Check that the store is writable, the pathways load and the terminal fits."""
    from wizard.tui.terminal import check_terminal

    failed = False
    for what, test in (
        ("case store", lambda: _store().check_writable()),
        ("pathways", lambda: _library()),
        ("site file", lambda: _contacts(_library())),
        ("terminal", check_terminal),
    ):
        try:
            test()
        except PathwizardError as error:
            failed = True
            _print(f"{what}: FAILED: {error.message()}")
        else:
            _print(f"{what}: ok")
    if failed:
        sys.exit(ExitCode.FAILED)


if __name__ == "__main__":
    main()
