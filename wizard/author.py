"""The commands for those who write and review pathways: check, test, show and their like.

Every command is a few lines that call what is below, as in `cli.py`, which takes them in.
"""

import sys
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wizard import completion
from wizard.console import (
    PATHWAYS,
    open_library,
    pathways_root,
    put,
    put_found,
    put_json,
    say,
    today,
)
from wizard.errors import BadInput, ExitCode, PathwizardError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from wizard.check.proof import Proof
    from wizard.definition.library import Library, Pathway

author = typer.Typer()
PathwayArgument = Annotated[
    str,
    typer.Argument(help="A pathway, or the folder of one.", autocompletion=completion.pathways),
]


def _named(pathway: str) -> "tuple[Path | Traversable, Library, Pathway]":
    """A pathway by its name or its folder, with its library and the folder of that."""
    from wizard.case.open_case import pathway_named
    from wizard.definition.folders import root_of
    from wizard.definition.loading import load_library

    if not Path(pathway).is_dir():
        library = open_library()
        return pathways_root(), library, pathway_named(library, pathway)
    root, only = root_of(Path(pathway))
    library = load_library(root)
    return root, library, pathway_named(library, only or pathway)


@author.command()
def show(
    pathway: PathwayArgument,
    full: Annotated[bool, typer.Option("--full", help="Everything, for a reviewer.")] = False,
) -> None:
    """Print a readable outline of PATHWAY, or with --full everything that a reviewer judges.

    `show glossary` and `show teaching` print the words and the notes for trainees.
    """
    from wizard.report.outline import outline
    from wizard.report.review import review
    from wizard.report.words import COMMON

    if pathway in COMMON:
        put(COMMON[pathway](next(iter(open_library().pathways.values()))))
        return
    found = _named(pathway)[2]
    put(review(found) if full else outline(found))


@author.command()
def graph(
    pathway: PathwayArgument,
    format: Annotated[str, typer.Option(help="outline, mermaid, dot or scxml.")] = "outline",
) -> None:
    """Print the ways through PATHWAY: steps, ends, and the guards between them in English."""
    from wizard.report.graph import FORMATS
    from wizard.report.scxml import scxml

    known = [*FORMATS, "scxml"]
    if format not in known:
        raise BadInput(f"'{format}' is not a format", mend=f"Formats: {', '.join(known)}.")
    _, library, found = _named(pathway)
    put(scxml(library, found.id) if format == "scxml" else FORMATS[format](found))


@author.command()
def diff(
    before: Annotated[Path, typer.Argument(help="A folder of pathways, or one pathway's folder.")],
    after: Annotated[Path, typer.Argument(help="The other version of it.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say in clinical words what AFTER says differently than BEFORE."""
    from wizard.report.difference import difference

    put_found(difference(_version_of(before), _version_of(after)), json)


def _version_of(path: Path) -> "Library":
    """The pathways of a folder, or the one pathway of its own folder."""
    from wizard.definition.folders import root_of
    from wizard.definition.library import Library
    from wizard.definition.loading import load_library

    root, only = root_of(path)
    library = load_library(root)
    return library if only is None else Library({only: library[only]})


@author.command()
def new(
    pathway: Annotated[str, typer.Argument(help="Its name, such as painful-wrist.")],
    folder: Annotated[Path, typer.Option(help="A folder of pathways.")] = Path("pathways"),
) -> None:
    """Write a small working pathway to start from; nothing is overwritten."""
    from wizard.check.starter import starter
    from wizard.definition.loading import load_library
    from wizard.store.files import create_all

    for file in create_all(starter(pathway, folder, load_library(), today())):
        put(str(file))
    say(f"Now: {PATHWAYS}={folder} pathwizard run {pathway}; docs/authoring.md says how to go on.")


@author.command()
def schema(
    kind: Annotated[str, typer.Argument(help="pathway, or common.")] = "pathway",
) -> None:
    """Print the JSON Schema of the files of a pathway, or of common/, for an editor."""
    from wizard.check.schema import KINDS
    from wizard.check.schema import schema as schema_of

    if kind not in KINDS:
        raise BadInput(f"there is no schema of '{kind}'", mend=f"Kinds: {', '.join(KINDS)}.")
    put_json(schema_of(kind))


@author.command()
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
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from wizard.check.examples import example_problems
    from wizard.check.lints import lint
    from wizard.check.proof_words import proof_lines
    from wizard.definition.folders import root_of
    from wizard.definition.loading import load_problems

    if format not in ("text", "json"):
        raise BadInput(f"'{format}' is not a format", mend="Formats: text, json.")
    root, only = (pathways_root(), None) if path is None else root_of(path)
    loaded = load_problems(root, only)
    problems = list(loaded.problems)
    if loaded.library is not None:
        problems += lint(loaded.library, loaded.places, today(), only)
        problems += example_problems(loaded.library, loaded.places, only)
    errors = sum(problem.severity == "error" for problem in problems)
    count = 1 if only or loaded.library is None else len(loaded.library.pathways)
    found = [_counted(errors, "error"), _counted(len(problems) - errors, "warning")]
    said = f"{' and '.join(found)} in {_counted(count, 'pathway')}."
    proofs = {}
    if prove and loaded.library is not None:
        names = [only] if only else list(loaded.library.pathways)
        with ProcessPoolExecutor(1, get_context("spawn")) as beside:
            proofs = {name: _proofs(loaded.library, name, save, beside) for name in names}
    if format == "json":
        data = {
            "problems": [problem.as_data() for problem in problems],
            "proofs": {name: [proof.as_data() for proof in all_] for name, all_ in proofs.items()},
        }
        put_json(data)
    else:
        for problem in problems:
            put(problem.render())
        put(said[0].upper() + said[1:])
        for name, all_ in proofs.items():
            put("\n".join([f"{name}:", *proof_lines(all_)]))
    if errors or not all(proof.holds for all_ in proofs.values() for proof in all_):
        sys.exit(ExitCode.BAD_PATHWAY)


def _proofs(library: "Library", name: str, save: Path | None, beside: "Executor") -> "list[Proof]":
    """All proofs of a pathway; with a folder, their patients as files of answers."""
    try:
        from wizard.check.proofs import prove
    except ImportError as error:
        raise PathwizardError(
            "proofs need z3", mend="Install it: pip install 'pathwizard[prove]'."
        ) from error
    from wizard.store.files import create_all

    proofs = list(prove(library, library[name], today(), beside))
    if save is not None:
        refuted = [proof for proof in proofs if proof.answers and not proof.holds]
        written = create_all({
            save / f"{name}-{proof.kind}-{number}.yaml": proof.answers
            for number, proof in enumerate(refuted, start=1)
        })  # fmt: skip
        for file in written:
            say(f"Written: {file}")
    return proofs


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun if number == 1 else noun + 's'}"


@author.command("test")
def run_vignettes(
    pathway: PathwayArgument,
    mutants: Annotated[bool, typer.Option(help="Also move every number and option.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run the vignettes of PATHWAY: what fails, what none reaches, which mutants none notices."""
    from wizard.check.strength import strength
    from wizard.check.vignettes import read_vignettes

    root, library, tested = _named(pathway)
    vignettes = read_vignettes(root, tested, library)
    if not vignettes:
        raise BadInput(
            f"{tested.id} has no vignettes",
            mend="Write case files with `expected` into its folder `cases` (docs/authoring.md).",
        )
    found = strength(library, tested, vignettes, mutate=mutants)
    put_found(found, json)
    if found.failed:
        sys.exit(ExitCode.FAILED)
