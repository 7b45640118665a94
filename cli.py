"""The command line: every command calls what is below and prints its result.

Results go to standard output, everything else to standard error. Exit codes: `wizard.errors`.
"""

# Annotations are not postponed here and in `wizard.author`: Typer would have each of them evaluated
# anew at every start.

import errno
import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wizard import __version__
from wizard import completion as complete
from wizard.author import author
from wizard.console import open_library, put, put_found, put_json, say, today
from wizard.errors import EXIT_WORDS, BadInput, ExitCode, PathwizardError

if TYPE_CHECKING:
    from wizard.case.open_case import OpenCase
    from wizard.definition.library import Library
    from wizard.desk import Desk
    from wizard.store.store import Store

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Work-up of suspected bone metastasis, read from pathway definitions. "
    "Content not clinically reviewed. Without a command the wizard starts.",
    epilog="Exit codes: " + "; ".join(f"{int(c)} {w}" for c, w in EXIT_WORDS.items()) + ".",
)
AsOf = Annotated[str | None, typer.Option(help="The day it is looked at, such as 2026-11-22.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Lines of text in order instead of a full screen.")
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A setting for this once, or keys.ACTION=KEY."
    ),
]
PathwayName = Annotated[str, typer.Argument(autocompletion=complete.pathways)]
Case = Annotated[
    str, typer.Argument(help="A label, or a file of answers.", autocompletion=complete.cases)
]
app.add_typer(author)


DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; every fault ends in one message and an exit code."""
    try:
        try:
            if os.environ.get(complete.VARIABLE):
                complete.prepare()
            app(arguments, prog_name="pathwizard")
        finally:
            sys.stdout.flush()
    except PathwizardError as error:
        say(error.message())
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.OK)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK_FAULTS:
            _discard_output()
            say(f"the result cannot be written: {error.strerror}. Free space; cases are saved.")
            sys.exit(ExitCode.STORAGE)
        say(f"Internal fault ({type(error).__name__}). Answers already given are saved.")
        sys.exit(ExitCode.FAULT)


def _discard_output() -> None:
    """Lets the interpreter end in peace: what is buffered can go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _now() -> datetime:
    return datetime.now(UTC)


def _store() -> "Store":
    from wizard.store.store import Store, state_folder

    return Store(state_folder(), _now)


def _contacts(library: "Library") -> dict[str, str]:
    from wizard.store.site import load_contacts

    return load_contacts(library.common.contacts)


def _desk(as_of: str | None = None) -> "Desk":
    from wizard.desk import Desk

    library = open_library()
    return Desk(library, _store(), _contacts(library), today(as_of), _now, clock=today())


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
    plain: Plain = False,
    set: Set = None,
) -> None:
    """Start the wizard."""
    if context.invoked_subcommand is None:
        _wizard(plain=plain, flags=set)
    elif plain or set:
        flag = "--plain" if plain else "--set"
        raise BadInput(f"{flag} stands behind the command", mend=f"pathwizard run PATHWAY {flag}.")


def _wizard(
    pathway: str | None = None,
    case: str | None = None,
    as_of: str | None = None,
    label: str | None = None,
    plain: bool = False,
    flags: list[str] | None = None,
) -> None:
    # Nothing that is made before the first question is garbage; looking for it takes a tenth of
    # the time.
    gc.disable()
    from wizard.store.labels import check_label
    from wizard.store.settings import load_settings
    from wizard.terminal import check_terminal, wants_lines

    plain = plain or wants_lines()
    if not plain:
        check_terminal()
    settings = load_settings(flags or ())
    desk = _desk(as_of)
    desk.reader, desk.keys = settings["reader"], settings.keys
    desk.offers_note = settings["patient_note"] == "on"
    if label is not None:
        check_label(label)
    if plain:
        from wizard.line.home import run_lines
        from wizard.line.talk import Talk, streams
        from wizard.terminal import takes_unicode

        talk = Talk(*streams(), unicode=takes_unicode())
        gc.enable()
        sys.exit(run_lines(desk, talk, pathway=pathway, case=case, label=label))
    from wizard.tui.app import run_wizard

    sys.exit(run_wizard(desk, settings, pathway=pathway, case=case, label=label))


@app.command()
def run(
    pathway: PathwayName,
    as_of: AsOf = None,
    label: Annotated[str | None, typer.Option(help="Two words that identify nobody.")] = None,
    plain: Plain = False,
    set: Set = None,
) -> None:
    """Start a case of PATHWAY in the wizard."""
    _wizard(pathway=pathway, as_of=as_of, label=label, plain=plain, flags=set)


@app.command()
def resume(
    case: Annotated[
        str | None,
        typer.Argument(help="The label of a case.", autocompletion=complete.labels),
    ] = None,
    as_of: AsOf = None,
    plain: Plain = False,
    set: Set = None,
) -> None:
    """Go on with CASE in the wizard, by default the one written last."""
    if case is None:
        labels = _store().labels()
        if not labels:
            raise BadInput("there is no case to resume", mend="Start one: pathwizard run PATHWAY.")
        case = labels[0]
    _wizard(case=case, as_of=as_of, plain=plain, flags=set)


@app.command()
def settings(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False, set: Set = None
) -> None:
    """Show each setting, its value and where that came from."""
    from wizard.store.settings import load_settings

    put_found(load_settings(set or ()), json)


@app.command()
def cases() -> None:
    """List the cases of the store, the one written last first."""
    desk = _desk()
    for label in desk.store.labels():
        pathway, rests = desk.standing(label)
        put(f"{label:<24} {pathway:<18} {rests}")


@app.command()
def report(
    case: Case,
    format: Annotated[
        str,
        typer.Option(
            help="text, print, ascii, markdown, html, json, call-sheet, answers, patient."
        ),
    ] = "text",
    output: Annotated[Path | None, typer.Option(help="A new file; never overwritten.")] = None,
    identify: Annotated[
        bool, typer.Option("--identify", help="Ask for name and number, for this report only.")
    ] = False,
) -> None:
    """Print the report of CASE (a label, or a file of answers), or write it to a new file."""
    desk = _desk()
    opened = _opened(case, desk.library)
    patient = None
    if identify:
        name = typer.prompt("Name of the patient", err=True)
        patient = (name, typer.prompt("Number or date of birth", err=True))
    rendered = desk.render(opened, format, patient, kept=not _is_file(case))
    if output is None:
        put(rendered)
        return
    from wizard.store.files import create

    say(f"Written: {create(output, rendered)}")


@app.command()
def explain(
    case: Case,
    name: Annotated[str | None, typer.Argument(help="Advice, alert, score or step.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Question what CASE (a label, or a file of answers) says: why, why not, what would change it.

    Without NAME: what can be named, each with its state.
    """
    from wizard.case.explanation import explain as explain_one
    from wizard.case.explanation import next_question_words, questionable

    opened = _opened(case)
    if name is not None:
        found = explain_one(opened, name)
        put_found(found, json)
        return
    states = questionable(opened)
    if json:
        put_json(states)
        return
    for known, state in states.items():
        put(f"{known:<32} {state}")
    best = next_question_words(opened)
    say(f"Next best question: {best}." if best else "Nothing is held up by an unknown answer.")


@app.command()
def compare(
    case: Case,
    other: Annotated[
        str | None,
        typer.Argument(help="Another case; else the same one.", autocompletion=complete.cases),
    ] = None,
    pathways: Annotated[
        Path | None, typer.Option(help="The folder of pathways under which OTHER is walked.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what OTHER says differently than CASE; each is a label or a file of answers.

    With --pathways: the same case, or another, under another version of the pathways.
    """
    from wizard.case.compare import compare as compare_cases
    from wizard.definition.loading import load_library

    if other is None and pathways is None:
        raise BadInput("there is nothing to compare with", mend="Name OTHER, or --pathways FOLDER.")
    library = None if pathways is None else load_library(pathways)
    found = compare_cases(_opened(case), _opened(other or case, library))
    put_found(found, json)


def _is_file(case: str) -> bool:
    return Path(case).suffix in (".yaml", ".yml", ".json")


def _opened(case: str, library: "Library | None" = None) -> "OpenCase":
    """A case of the store by its label, or the case of a file of answers."""
    from wizard.case.open_case import OpenCase

    library = library or open_library()
    if _is_file(case):
        return _replayed(Path(case), library)
    found = OpenCase(library, _store().read(case).events)
    if found.other_version:
        say(f"{case} was walked with another version of the pathway; this is the loaded one.")
    return found


def _replayed(file: Path, library: "Library") -> "OpenCase":
    """The case of a file of answers; another version of its pathway is said."""
    from wizard.case.answers_file import read_answers
    from wizard.case.replay import replay as replay_answers
    from wizard.store.files import read_text

    answers = read_answers(read_text(file), str(file), library)
    if answers.other_version:
        say("The file was walked with another version of the pathway; this is the loaded one.")
    return replay_answers(answers, library)


@app.command("list")
def list_pathways() -> None:
    """List the pathways."""
    for pathway in open_library().pathways.values():
        header = pathway.header
        put(f"{header.id:<18} {header.version:<8} {header.title}, {header.status}")


@app.command()
def blank(pathway: PathwayName) -> None:
    """Print the work-up of PATHWAY with boxes, for the day the terminal is gone."""
    from wizard.case.open_case import pathway_named
    from wizard.report.outline import blank as blank_work_up

    put(blank_work_up(pathway_named(open_library(), pathway)))


@app.command()
def replay(
    file: Path,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(help="A new file: .txt, .prn for pages, .md, .html, .json, .yaml."),
    ] = None,
) -> None:
    """Walk the answers of FILE without a prompt and print the report."""
    from wizard.case.resting import missing_words

    desk = _desk()
    case = _replayed(file, desk.library)
    if report is not None:
        from wizard.store.settings import load_settings

        desk.offers_note = load_settings()["patient_note"] == "on"
        say(f"Written: {desk.save(case, str(report), kept=False)}")
    if report is None or json:
        put(desk.render(case, "json" if json else "text", kept=False))
    missing = missing_words(case)
    if missing:
        say(missing)
        sys.exit(ExitCode.INCOMPLETE)


@app.command()
def score(
    name: Annotated[str, typer.Argument(autocompletion=complete.scores)],
    values: Annotated[list[str] | None, typer.Argument(metavar="[ITEM=VALUE]...")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compute a score or derived value from ITEM=VALUE pairs."""
    from wizard.case.scoring import compute_score

    put_found(compute_score(open_library(), name, values or [], today(None)), json)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="All of them must be met.")],
    most: Annotated[int, typer.Option(min=1, help="How many results are shown.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find claims, steps, questions, scores, advice, words of the glossary and references.

    What has exactly that name, or is found alone, is printed in full with its sources.
    """
    from wizard.report.lookup import search as search_library

    put_found(search_library(open_library(), " ".join(words), most), json)


@app.command()
def completion(
    shell: Annotated[
        str, typer.Argument(help="bash, zsh or fish.", autocompletion=complete.shells)
    ],
) -> None:
    """Print what SHELL reads to complete commands, pathways, cases and scores (docs/shell.md)."""
    put(complete.script(shell))


@app.command("self-test")
def self_test() -> None:
    """Check that the store is writable, the pathways load and the terminal fits."""
    from wizard.terminal import check_terminal

    failed = False
    for what, test in (
        ("case store", lambda: _store().check_writable()),
        ("pathways", lambda: open_library()),
        ("site file", lambda: _contacts(open_library())),
        ("terminal", check_terminal),
    ):
        try:
            test()
        except PathwizardError as error:
            failed = True
            put(f"{what}: FAILED: {error.message()}")
        else:
            put(f"{what}: ok")
    if failed:
        sys.exit(ExitCode.FAILED)


if __name__ == "__main__":
    main()
