"""Keys in the settings: file, environment, flags, in this order and action by action."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wizard.case.keys import KEYS, MORE, STAYING, shown_key
from wizard.errors import BadInput
from wizard.store.key_settings import VARIABLE
from wizard.store.settings import NAMED, SETTINGS, load_settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is named; nothing in the environment."""
    for name in (VARIABLE, *(setting.variable for setting in SETTINGS)):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "settings.toml"
    path.write_text("", "utf-8")
    monkeypatch.setenv(NAMED, str(path))
    return path


def test_flags_go_before_the_environment_and_that_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Action by action, and each says where it came from and what is usual."""
    assert load_settings().keys == KEYS
    assert "the usual" in load_settings().as_text()
    file.write_text('theme = "light"\n[keys]\nwhy = "w,f2"\nemergency = ["!", "f6"]\n', "utf-8")
    found = load_settings()
    assert found.keys.of("why") == ("w", "f2")
    assert found.keys.of("emergency") == ("!", "f6", "f8")
    monkeypatch.setenv(VARIABLE, "why=; read_on=space")
    found = load_settings(["keys.why=&", "theme=contrast"])
    assert found.keys.letter("why") == "&"
    assert found.as_data()["theme"] == {"value": "contrast", "from": "--set"}
    assert found.as_data()["keys"] == {
        "why": {"value": "&", "from": "--set, keys.why"},
        "emergency": {"value": "!,f6", "from": f"{file}, keys.emergency"},
        "read_on": {"value": "space", "from": f"{VARIABLE}, read_on"},
    }
    text = found.as_text()
    assert "keys.why     &          --set, keys.why, usually w" in text
    assert f"keys.emergency ! or F6    {file}, keys.emergency, usually x" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[keys]\nwyh = "y"', "keys.wyh: no action is called 'wyh'. Did you mean 'why'?"),
        ("[keys]\nwhy = 7", "keys.why: '7' is no key. Write a table"),
        ("[keys]\nwhy = []", "keys.why: '[]' is no key"),
        ('keys = "y"', "'keys' is no table"),
        ('[keys]\nleave = ""', "keys.leave: '' cannot call 'leave': no key is named"),
    ],
)
def test_what_is_no_key_is_refused_with_file_and_field(text: str, said: str, file: Path) -> None:
    """As is every other fault of the file."""
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert said in caught.value.message()
    assert caught.value.message().startswith(str(file))


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("light", "--set: 'light' sets nothing. Write it as theme=light"),
        ("colour=light", "--set: no setting is called 'colour'"),
        ("theme=pink", "--set: 'pink' is no value of theme"),
        ("keys.why=u", "--set, keys.why: the key u would call both"),
    ],
)
def test_a_flag_that_sets_nothing_is_refused(flag: str, said: str, file: Path) -> None:
    """With its mend."""
    with pytest.raises(BadInput) as caught:
        load_settings([flag])
    assert said in caught.value.message()


def test_a_variable_without_pairs_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its mend."""
    monkeypatch.setenv(VARIABLE, "why")
    with pytest.raises(BadInput, match=r"PATHWIZARD_KEYS: 'why' gives no key to an action"):
        load_settings()


def test_the_documents_name_the_keys_that_can_be_chosen(file: Path) -> None:
    """The example is taken as it stands; every key to add, every key that stays, the variable."""
    text = DOCS.read_text("utf-8")
    example = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    file.write_text(example, "utf-8")
    assert load_settings().keys.of("emergency") == ("!", "f6", "f8")
    section = text.split("## Keys")[1].split("## ")[0]
    assert set(re.findall(r"`(f\d+|[a-z]{3,6})`", section.split("stay with")[0])) >= set(MORE)
    assert all(shown_key(key) in section for keys in STAYING.values() for key in keys if key != "0")
    assert f'{VARIABLE}="' in section
