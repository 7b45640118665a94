"""Labels of cases: two words that mean nothing, so that no identifier is needed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from wizard.errors import BadInput

_FIRST = (
    "amber azure birch blue bright broad bronze brown calm cedar clear cobalt copper coral crisp "
    "early east fern fine frost gentle gold granite green grey hazel indigo ivory jade keen late "
    "lilac lime linen maple mellow mild misty north olive opal pale pearl pine plain plum quiet "
    "red rose ruby sand silver slate south spring steady still sunny teal warm west willow"
).split()
_SECOND = (
    "badger beaver bittern bluebird crane curlew dove duck eagle egret elk falcon finch fox gannet "
    "goose grouse gull hare harrier hawk heron ibis jay kestrel kite lapwing lark linnet lynx "
    "magpie marten martin merlin otter owl oyster pelican petrel pigeon pipit plover puffin quail "
    "rail raven robin rook seal shrike siskin snipe sparrow starling stork swallow swan swift tern "
    "thrush vole wagtail warbler weasel wren"
).split()


def new_label(taken: Collection[str]) -> str:
    """A label that no case has."""
    for _ in range(10_000):
        label = f"{secrets.choice(_FIRST)}-{secrets.choice(_SECOND)}"
        if label not in taken:
            return label
    raise BadInput("every label is taken", mend="Give one with --label.")


def check_label(label: str) -> str:
    """A label that was given. Raises BadInput for anything but two lower-case words."""
    if not re.fullmatch(r"[a-z]{2,20}-[a-z]{2,20}", label):
        raise BadInput(
            f"'{label[:60]}' is not a label",
            mend="Use two lower-case words that identify nobody, such as amber-heron.",
        )
    return label
