"""The site file: whom to call here. Without one every contact says *use the switchboard*."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from wizard.errors import BadInput
from wizard.store.files import read_text
from wizard.text import one_line


def site_file() -> Path:
    """PATHWIZARD_SITE, else `site.toml` in the user's configuration directory."""
    named = os.environ.get("PATHWIZARD_SITE")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("pathwizard", appauthor=False) / "site.toml"


def load_contacts(known: Mapping[str, str], path: Path | None = None) -> dict[str, str]:
    """The contacts of this site: `[contacts]` with one `name = "whom, number"` a line.

    Raises BadInput for a file that PATHWIZARD_SITE names and that is not there, is not such a
    table or names a contact that no pathway uses.
    """
    named = path is None and bool(os.environ.get("PATHWIZARD_SITE"))
    path = site_file() if path is None else path
    if not path.exists():
        if named:
            raise BadInput(
                "the site file that PATHWIZARD_SITE names does not exist",
                where=str(path),
                mend="Correct or unset PATHWIZARD_SITE.",
            )
        return {}
    try:
        data = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"not a TOML file: {error}", where=str(path), mend="See docs/site-file.md."
        ) from error
    contacts = data.get("contacts", {})
    if not isinstance(contacts, dict):
        raise BadInput("`contacts` is not a table", where=str(path), mend="Write `[contacts]`.")
    for name, value in contacts.items():
        if name not in known:
            raise BadInput(
                f"no contact is called '{name}'",
                where=str(path),
                mend=f"Contacts: {', '.join(known)}.",
            )
        if not isinstance(value, str):
            raise BadInput(f"'{name}' is not a text", where=str(path), mend='Write name = "whom".')
    return {name: one_line(value) for name, value in contacts.items() if value.strip()}
