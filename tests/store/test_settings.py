"""Settings: default, file, environment, in this order; what is none is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.errors import BadInput
from wizard.store.settings import NAMED, SETTINGS, load_settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is named; no setting in the environment."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    path = tmp_path / "settings.toml"
    path.write_text("", "utf-8")
    monkeypatch.setenv(NAMED, str(path))
    return path


def test_the_environment_goes_before_the_file_and_that_before_the_default(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each value says where it came from."""
    assert load_settings().as_data()["theme"] == {"value": "dark", "from": "default"}
    file.write_text('theme = "light"\nblank_after = 10\n', "utf-8")
    assert load_settings().as_data()["theme"] == {"value": "light", "from": str(file)}
    assert load_settings().seconds("blank_after") == 600
    monkeypatch.setenv("PATHWIZARD_THEME", "contrast")
    found = load_settings()
    assert found.as_data()["theme"] == {"value": "contrast", "from": "PATHWIZARD_THEME"}
    assert "PATHWIZARD_THEME" in found.as_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "light"', "no setting is called 'colour'"),
        ('theme = "pink"', "'pink' is no value of theme"),
        ("theme = 1", "'1' is no value of theme"),
        ("blank_after = -1", "'-1' is no number of minutes"),
        ("blank_after = true", "'True' is no number of minutes"),
        ("end_after = 2000", "'2000' is no number of minutes"),
        ("theme = ", "not a TOML file"),
    ],
)
def test_what_is_no_setting_is_refused(text: str, said: str, file: Path) -> None:
    """With the file and the mend."""
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert said in caught.value.message()
    assert str(file) in caught.value.message()


def test_a_file_that_is_named_must_be_there(file: Path) -> None:
    """A typing error in the name hides no setting."""
    file.unlink()
    with pytest.raises(BadInput, match="does not exist"):
        load_settings()


def test_every_setting_stands_in_the_documents() -> None:
    """With its values, its default and its variable."""
    text = DOCS.read_text("utf-8")
    for setting in SETTINGS:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{setting.name}` |"))
        assert f"| {setting.default} | `{setting.variable}` |" in row
        assert all(choice in row for choice in setting.choices)
