"""A checked library as one text, from which it is had without being parsed and checked again."""

from __future__ import annotations

import json

from wizard.definition.fields import Model
from wizard.definition.library import Library, library_of
from wizard.definition.models import CommonFile, PathwayFile


def compiled_text(library: Library) -> str:
    """JSON of everything in a library that was loaded without an error."""
    common = library.common
    return json.dumps(
        {
            "common": _plain(common),
            "pathways": {
                name: {"hash": pathway.hash, "content": _plain(pathway.content)}
                for name, pathway in library.pathways.items()
            },
        },
        ensure_ascii=False,
    )


def _plain(model: Model) -> object:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def library_from(text: str) -> Library:
    """The library of such a text. Raises ValueError or KeyError for any other."""
    data = json.loads(text)
    common = CommonFile.model_validate(data["common"])
    parts = data["pathways"]
    contents = {name: PathwayFile.model_validate(part["content"]) for name, part in parts.items()}
    return library_of(contents, common, {name: part["hash"] for name, part in parts.items()})
