"""Settings of a person or a site: file, environment, `--set`; and where each value came from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wizard.case.keys import USUAL, Keys, chosen_keys, shown_key
from wizard.errors import BadInput
from wizard.store.files import read_text
from wizard.store.key_settings import VARIABLE, WORDS, keys_of_table, keys_of_variable

NAMED = "PATHWIZARD_SETTINGS"
"""Names another settings file."""


@dataclass(frozen=True)
class Setting:
    """A setting: its name, what it does, the value without any, and what it may be.

    `choices` is empty for a number of minutes, 0 for never.
    """

    name: str
    words: str
    default: str
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"PATHWIZARD_{self.name.upper()}"


SETTINGS = (
    Setting("reader", "whose wording a case opens with", "clinician", ("clinician", "trainee")),
    Setting(
        "theme",
        "the colours of the full screen; terminal: those of the terminal",
        "dark",
        ("dark", "light", "contrast", "terminal"),
    ),
    Setting("blank_after", "minutes without a key until the full screen goes blank", "0"),
    Setting("end_after", "minutes without a key until the full screen ends", "0"),
    Setting("patient_note", "a draft note for the patient beside the report", "off", ("off", "on")),
)
MOST_MINUTES = 24 * 60
KEYS = "keys"
FLAG = "--set"


@dataclass(frozen=True)
class SettingValue:
    """The value of a setting, and where it came from."""

    setting: Setting
    value: str
    origin: str


@dataclass(frozen=True)
class Settings:
    """Every setting by name; the keys, and where each that was chosen came from."""

    found: Mapping[str, SettingValue]
    keys: Keys
    key_origins: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The value of a setting. Raises KeyError."""
        return self.found[name].value

    def seconds(self, name: str) -> float:
        """A number of minutes, in seconds."""
        return int(self[name]) * 60.0

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        found = {n: {"value": s.value, "from": s.origin} for n, s in self.found.items()}
        keys = {
            action: {"value": ",".join(keys), "from": self.key_origins[action]}
            for action, keys in self.keys.chosen.items()
        }
        return {**found, "keys": keys}

    def as_text(self) -> str:
        """For a terminal: each value, where it came from, and what it does.

        Of the keys those that differ from the usual ones.
        """
        lines = [
            f"{name:<12} {s.value:<10} {s.origin}\n{'':<13}{s.setting.words}: "
            f"{' or '.join(s.setting.choices) or 'a number, 0 for never'}; {s.setting.variable}"
            for name, s in self.found.items()
        ]
        lines += [
            f"{'keys.' + action:<12} {' or '.join(map(shown_key, keys)):<10} "
            f"{self.key_origins[action]}, usually {USUAL.get(action, 'without a letter')}"
            for action, keys in self.keys.chosen.items()
        ]
        if not self.keys.chosen:
            lines.append(f"{'keys':<12} {'the usual':<10} default")
        return "\n".join([*lines, f"{'':<13}{WORDS}; {VARIABLE}"])


def settings_file() -> Path:
    """PATHWIZARD_SETTINGS, else `settings.toml` in the user's configuration directory."""
    named = os.environ.get(NAMED)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("pathwizard", appauthor=False) / "settings.toml"


def load_settings(flags: Sequence[str] = ()) -> Settings:
    """The default of each setting, over it the file, over that the environment, then the flags.

    A flag is `NAME=VALUE`, or `keys.ACTION=KEYS`. Raises BadInput, with the place and the mend,
    for what is no setting or no value of one.
    """
    path = settings_file()
    written = _read(path) if path.exists() or os.environ.get(NAMED) else {}
    set_now = _flags(flags)
    for where, names in ((str(path), written), (FLAG, set_now)):
        for name in names:
            _check_name(name, where)
    found = {}
    for setting in SETTINGS:
        value = SettingValue(setting, setting.default, "default")
        if setting.name in written:
            value = SettingValue(
                setting, _checked(setting, written[setting.name], str(path)), str(path)
            )
        named = os.environ.get(setting.variable)
        if named:
            value = SettingValue(
                setting, _checked(setting, named, setting.variable), setting.variable
            )
        if setting.name in set_now:
            value = SettingValue(setting, _checked(setting, set_now[setting.name], FLAG), FLAG)
        found[setting.name] = value
    keys = {
        **keys_of_table(written.get(KEYS, {}), str(path)),
        **keys_of_variable(os.environ.get(VARIABLE, "")),
        **keys_of_table(set_now.get(KEYS, {}), FLAG),
    }
    return Settings(found, chosen_keys(keys), {a: where for a, (_, where) in keys.items()})


def _flags(flags: Sequence[str]) -> dict[str, object]:
    """What `--set` says, as a file would."""
    keys: dict[str, str] = {}
    found: dict[str, object] = {}
    for flag in flags:
        name, equals, value = flag.partition("=")
        if not equals:
            raise BadInput(
                f"'{flag}' sets nothing",
                where=FLAG,
                mend="Write it as theme=light or keys.why=w,f2.",
            )
        if name.startswith(f"{KEYS}."):
            keys[name.removeprefix(f"{KEYS}.")] = value
        else:
            found[name] = value
    return found | ({KEYS: keys} if keys else {})


def _check_name(name: str, where: str) -> None:
    known = [*(s.name for s in SETTINGS), KEYS]
    if name not in known:
        raise BadInput(
            f"no setting is called '{name}'",
            where=where,
            mend=f"Settings: {', '.join(known)}.",
        )


def _read(path: Path) -> dict[str, object]:
    if not path.exists():
        raise BadInput(
            f"the settings file that {NAMED} names does not exist",
            where=str(path),
            mend=f"Correct or unset {NAMED}.",
        )
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"not a TOML file: {error}", where=str(path), mend="See docs/settings.md."
        ) from error


def _checked(setting: Setting, value: object, where: str) -> str:
    words = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if setting.choices:
        if words not in setting.choices:
            raise BadInput(
                f"'{value}' is no value of {setting.name}",
                where=where,
                mend=f"Write one of: {', '.join(setting.choices)}.",
            )
        return words
    if not (words.isascii() and words.isdigit() and int(words) <= MOST_MINUTES):
        raise BadInput(
            f"'{value}' is no number of minutes for {setting.name}",
            where=where,
            mend=f"Write a whole number from 0 (never) to {MOST_MINUTES}.",
        )
    return str(int(words))
