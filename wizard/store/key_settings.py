"""The keys of a person or a site: a table of the settings file, a variable, `--set keys.ACTION`."""

from __future__ import annotations

from wizard.errors import BadInput

VARIABLE = "PATHWIZARD_KEYS"
"""Pairs with a space between, such as `why=w,f2 emergency=!,f6`."""
WORDS = "the keys of an action, in place of its letter"


def keys_of_table(table: object, where: str) -> dict[str, tuple[str, str]]:
    """By action the keys of a table, and where each stands. Raises BadInput."""
    mend = 'Write a table: [keys], then lines such as why = "w,f2".'
    if not isinstance(table, dict):
        raise BadInput("'keys' is no table", where=where, mend=mend)
    found = {}
    for action, written in table.items():
        words = written if isinstance(written, list) else [written]
        if not words or not all(isinstance(word, str) for word in words):
            raise BadInput(f"'{written}' is no key", where=f"{where}, keys.{action}", mend=mend)
        found[action] = (",".join(words), f"{where}, keys.{action}")
    return found


def keys_of_variable(said: str) -> dict[str, tuple[str, str]]:
    """The same from the words of the variable. Raises BadInput."""
    found = {}
    for pair in said.split():
        action, equals, written = pair.partition("=")
        if not equals:
            raise BadInput(
                f"'{pair}' gives no key to an action",
                where=VARIABLE,
                mend="Write pairs such as why=w,f2 emergency=!,f6.",
            )
        found[action] = (written, f"{VARIABLE}, {action}")
    return found
