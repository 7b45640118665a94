"""docs/pathway-format.md names every key and unit of the language, and no key is undocumented."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from wizard.definition import models
from wizard.definition.fields import Model, key_of
from wizard.guard.units import known_units

TEXT = (Path(__file__).parent.parent.parent / "docs" / "pathway-format.md").read_text("utf-8")


def test_every_key_is_documented() -> None:
    """All fields of all models, by the name an author writes."""
    missing = set()
    for model in vars(models).values():
        if isinstance(model, type) and issubclass(model, Model) and model is not Model:
            for field in fields(model):
                key = key_of(field.name)
                if not re.search(rf"(`|\*\*){re.escape(key)}(`|\*\*|: )", TEXT):
                    missing.add(f"{model.__name__}.{key}")
    assert missing == set()


def test_every_unit_is_documented() -> None:
    """All units by their spelling."""
    assert [unit for unit in known_units() if unit not in TEXT] == []
