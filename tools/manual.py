"""Writes share/man/man1/pathwizard.1 from the commands, settings and exit codes of the program.

`python tools/manual.py` writes the file; a test compares it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from cli import app
from wizard import __version__
from wizard.console import PATHWAYS
from wizard.errors import EXIT_WORDS
from wizard.store.key_settings import VARIABLE, WORDS
from wizard.store.settings import NAMED, SETTINGS
from wizard.terminal import PLAIN

FILE = Path(__file__).parent.parent / "share" / "man" / "man1" / "pathwizard.1"
ENVIRONMENT = {
    **{s.variable: f"{s.words}: {' or '.join(s.choices) or '0 for never'}" for s in SETTINGS},
    VARIABLE: f"{WORDS}: why=w,f2 emergency=!,f6",
    NAMED: "another settings file than settings.toml in the user's configuration directory",
    "PATHWIZARD_STATE": "the folder of the cases, instead of the user's state directory",
    "PATHWIZARD_SITE": "the site file: whom to call",
    PATHWAYS: "another folder of pathways than the one that comes with the program",
    **dict.fromkeys(PLAIN, "asks for plain lines where it is not empty"),
    "NO_COLOR": "no colour at all where it is not empty",
}


def _text(words: str) -> str:
    """Words with what has a meaning in the language of manual pages made plain."""
    plain = words.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return "\\&" + plain if plain.startswith((".", "'")) else plain


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[str]:
    found = []
    for name, words in pairs:
        found += [".TP", f".B {_text(name)}", _text(" ".join(words.split()))]
    return found


def _command(name: str, command: typer.core.TyperCommand, parent: typer.Context) -> list[str]:
    context = typer.Context(command, info_name=name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    paragraphs = (command.help or "").split("\n\n")
    records = (param.get_help_record(context) for param in command.get_params(context))
    # Help itself is said once, at the top; an argument that the usage says all about, there.
    known = [(n, w) for n, w in filter(None, records) if n != "--help" and w != "[required]"]
    out = [f".SS {_text(name)} {_text(usage)}"]
    for number, words in enumerate(paragraphs):
        out += [".PP"] * (number > 0) + [_text(" ".join(words.split()))]
    return out + _pairs(known)


def manual() -> str:
    """The whole page."""
    group = typer.main.get_group(app)
    context = typer.Context(group, info_name="pathwizard")
    records = (param.get_help_record(context) for param in group.get_params(context))
    out = [
        f'.TH PATHWIZARD 1 "" "pathwizard {__version__}"',
        ".SH NAME",
        "pathwizard \\- work\\-up of suspected bone metastasis in the terminal",
        ".SH SYNOPSIS",
        ".B pathwizard",
        _text(" ".join(group.collect_usage_pieces(context))),
        ".SH DESCRIPTION",
        _text(" ".join((group.help or "").split())),
        "For registered clinicians and supervised trainees; it lists options with their published",
        "basis and decides nothing. Without warranty.",
        ".SH OPTIONS",
        *_pairs(filter(None, records)),
        ".SH COMMANDS",
    ]
    for name, command in group.commands.items():
        assert isinstance(command, typer.core.TyperCommand)
        out += _command(name, command, context)
    out += [
        ".SH EXIT STATUS",
        *_pairs((str(int(code)), words) for code, words in EXIT_WORDS.items()),
        ".SH ENVIRONMENT",
        *_pairs(ENVIRONMENT.items()),
        ".SH KEYS",
        "? or F1 lists them in the program.",
    ]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(manual(), encoding="utf-8")
