"""What a shell offers behind a command: pathways, cases, scores. Asking for it never fails."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, suppress
from pathlib import Path

from wizard.console import open_library
from wizard.errors import BadInput, PathwizardError

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_PATHWIZARD_COMPLETE"
"""Set by the script of a shell when it asks what to offer."""


def prepare() -> None:
    """Makes Typer answer the scripts of its shells, which it does by itself only with options
    that write into a person's shell files."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def script(shell: str) -> str:
    """What a shell reads to complete `pathwizard`. Raises BadInput for another shell."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    if shell not in SHELLS:
        raise BadInput(f"no completion for '{shell}'", mend=f"Shells: {', '.join(SHELLS)}.")
    return get_completion_script(prog_name="pathwizard", complete_var=VARIABLE, shell=shell)


def pathways(incomplete: str) -> list[str]:
    """The pathways that begin so."""
    return _offered(incomplete, lambda: open_library().pathways)


def cases(incomplete: str) -> list[str]:
    """The cases of the store that begin so, and files of answers."""
    return _offered(incomplete, lambda: [*_labels(), *_answer_files(incomplete)])


def labels(incomplete: str) -> list[str]:
    """The cases of the store that begin so."""
    return _offered(incomplete, _labels)


def scores(incomplete: str) -> list[str]:
    """The scores that begin so."""
    from wizard.case.scoring import score_names

    return _offered(incomplete, lambda: score_names(open_library()))


def shells(incomplete: str) -> list[str]:
    """The shells that begin so."""
    return _offered(incomplete, lambda: SHELLS)


def _offered(incomplete: str, names: Callable[[], Iterable[str]]) -> list[str]:
    """What begins so; nothing, without a word, where it cannot be found out."""
    with suppress(PathwizardError), redirect_stderr(io.StringIO()):
        return [name for name in names() if name.startswith(incomplete)]
    return []


def _labels() -> tuple[str, ...]:
    from datetime import UTC, datetime

    from wizard.store.store import FILE, Store, state_folder

    folder = state_folder()
    if not (folder / FILE).exists():
        return ()
    return Store(folder, lambda: datetime.now(UTC)).labels()


def _answer_files(incomplete: str) -> list[str]:
    """Files of answers, and the folders on the way to them."""
    folder, slash, _ = incomplete.rpartition("/")
    with suppress(OSError):
        return [
            f"{folder}{slash}{found.name}{'/' if found.is_dir() else ''}"
            for found in sorted(Path(folder + slash or ".").iterdir())
            if found.is_dir() or found.suffix in (".yaml", ".yml", ".json")
        ]
    return []
