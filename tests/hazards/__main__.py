"""`python -m tests.hazards`: writes docs/hazards.md and docs/invariants.md."""

from __future__ import annotations

from tests.hazards.pages import write
from wizard.definition.loading import load_library

if __name__ == "__main__":
    for path in write(load_library()):
        print(path)
