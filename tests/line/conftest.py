"""The plain face on a store of its own, read and written as text."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import NOW, TODAY
from wizard.case.open_case import OpenCase
from wizard.definition.library import Library
from wizard.desk import Desk
from wizard.line.home import run_lines
from wizard.line.talk import Talk
from wizard.store.store import Store

LABEL = "amber-heron"


class Plain:
    """Runs the face on typed lines; `code` is the last exit code."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.code = -1

    def run(
        self,
        typed: Sequence[str],
        *,
        pathway: str | None = "acrometastasis",
        case: str | None = None,
        unicode: bool = True,
    ) -> str:
        """Everything that is said while these lines are typed, then the input ends."""
        out = io.StringIO()
        source = io.StringIO("".join(f"{line}\n" for line in typed))
        talk = Talk(source, out, unicode=unicode)
        label = LABEL if pathway is not None else None
        self.code = run_lines(self.desk, talk, pathway=pathway, case=case, label=label)
        return out.getvalue()

    def resume(self, typed: Sequence[str], *, unicode: bool = True) -> str:
        """The same with the kept case."""
        return self.run(typed, pathway=None, case=LABEL, unicode=unicode)

    def stored(self) -> OpenCase:
        """The case as it is on the disk."""
        return OpenCase(self.desk.library, self.desk.store.read(LABEL).events)


@pytest.fixture
def plain(library: Library, tmp_path: Path) -> Plain:
    """The face on a new store."""
    return Plain(Desk(library, Store(tmp_path / "plain", lambda: NOW), {}, TODAY, lambda: NOW))


Run = Callable[[Sequence[str]], str]
