"""What is handed to the clipboard of a terminal, and what is offered where it cannot be."""

from __future__ import annotations

import pytest

from wizard.errors import BadInput, TerminalUnfit
from wizard.terminal import MOST_FOR_CLIPBOARD, clipboard_offer, copied_words, for_clipboard


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_one_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bare; in tmux in its envelope, every ESC in it doubled."""
    assert for_clipboard("x") == "\x1b]52;c;eA==\a"
    monkeypatch.setenv("TMUX", "/tmp/x")
    assert for_clipboard("x") == "\x1bPtmux;\x1b\x1b]52;c;eA==\a\x1b\\"


def test_too_much_is_a_file() -> None:
    """One byte more than fits is refused, with its size, and a file is all that is offered."""
    assert len(for_clipboard("x" * MOST_FOR_CLIPBOARD)) < 100_010
    with pytest.raises(BadInput, match="74,995 bytes"):
        for_clipboard("x" * (MOST_FOR_CLIPBOARD + 1))
    words, options = clipboard_offer("\u00b5" * MOST_FOR_CLIPBOARD)
    assert "149,988 bytes" in words
    assert [name for name, _ in options] == ["file"]


def test_a_dumb_terminal_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent to it."""
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(TerminalUnfit):
        for_clipboard("x")
    assert [name for name, _ in clipboard_offer("x")[1]] == ["file"]


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY"])
def test_over_ssh_the_risk_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose clipboard it is, before and after; set but empty is not set."""
    monkeypatch.setenv(name, "")
    assert "SSH" not in clipboard_offer("x")[0]
    assert "of this terminal: 1 characters" in copied_words("x")
    monkeypatch.setenv(name, "10.0.0.1 22")
    assert "computer in front of you, not of this one" in clipboard_offer("x")[0]
    assert "of the computer in front of you: 1 char" in copied_words("x")
