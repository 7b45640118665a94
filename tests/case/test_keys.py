"""Keys that a person chooses: what is taken, what is refused and how it says so."""

from __future__ import annotations

import pytest

from wizard.case.actions import ACTIONS
from wizard.case.keys import FULL_SCREEN, KEYS, MOVABLE, STAYING, chosen_keys
from wizard.errors import BadInput
from wizard.tui.keys import footer_words

REFUSED = [
    ("wyh", "y", "no action is called 'wyh'. Did you mean 'why'? Actions: next"),
    ("none", "y", "the key of 'none' is the digit 0 and stays"),
    ("why", "u", "the key u would call both 'unknown' and 'why'. Choose another key for 'why', or"),
    ("why", "k", "the key k would call both 'up' and 'why'"),
    ("why", "7", "'7' cannot call 'why': digits answer"),
    ("why", "-", "a number may begin with it"),
    ("why", "Y", "do not tell capitals"),
    ("why", "y,enter", "'enter' cannot call 'why': it stays with 'next'"),
    ("why", "y,Esc", "it stays with 'leave'"),
    ("why", "y,ctrl+c", "it stays with 'leave'"),
    ("why", "y,f8", "it stays with 'emergency'"),
    *(
        ("read_on", f"ctrl+{key}", "terminals, shells, tmux or screen take keys with Ctrl")
        for key in ("s", "q", "z", "\\", "b", "a")
    ),
    ("read_on", "f10", "terminals take it"),
    ("read_on", "hyper", "no key is called that. Choose a small letter or a sign"),
    ("emergency", "f6", 'Write one before the others: emergency = "x,f6".'),
    ("leave", "", "no key is named"),
    ("leave", "\x1b", "it cannot be seen"),
]


@pytest.mark.hazard("HZ-72")
@pytest.mark.parametrize(("action", "key", "said"), REFUSED)
def test_a_key_that_cannot_be_chosen_is_refused(action: str, key: str, said: str) -> None:
    """With the place, the reason and the mend."""
    with pytest.raises(BadInput) as caught:
        chosen_keys({action: (key, f"settings.toml, keys.{action}")})
    assert said in caught.value.message()
    assert caught.value.message().startswith(f"settings.toml, keys.{action}: ")
    assert caught.value.mend


def test_two_actions_may_change_their_keys_with_each_other() -> None:
    """Neither is refused for the key that the other leaves."""
    keys = chosen_keys({"why": ("e", "file"), "evidence": ("w", "file")})
    assert keys.action("e") == "why"
    assert keys.action("w") == "evidence"


@pytest.mark.hazard("HZ-72")
def test_whatever_is_chosen_leaving_and_emergencies_are_reached() -> None:
    """By a letter in both faces and by the keys that stay; nothing calls two actions."""
    keys = chosen_keys({a: (chr(0x430 + n), "file") for n, a in enumerate(MOVABLE)})
    for action, staying in STAYING.items():
        assert all(keys.action(key) == action for key in staying)
    for known in ACTIONS:
        assert keys.action(keys.letter(known.id)) == known.id
        assert keys.lettered(keys.letter(known.id)) is known
    owned = [key for action in (*FULL_SCREEN, *(a.id for a in ACTIONS)) for key in keys.of(action)]
    assert len(owned) == len(set(owned))
    assert not set(owned) & set("uwxpq?")


def test_the_footer_fits_whatever_is_chosen() -> None:
    """One line of 80 columns."""
    keys = chosen_keys({a: (chr(0x430 + n), "file") for n, a in enumerate(MOVABLE)})
    for chosen in (KEYS, keys):
        assert all(len(footer_words(chosen, more=more)) <= 80 for more in (True, False))
