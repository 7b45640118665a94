"""What is committed is ours and is text."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_nothing_but_text_is_committed() -> None:
    """No wheel, font, library or picture of pixels; asked of Git, so it needs a checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    files = [ROOT / name for name in listed.split("\0") if name]
    assert [file.name for file in files if file.exists() and b"\0" in file.read_bytes()] == []
