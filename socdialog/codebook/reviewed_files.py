"""Read the reviewed YAML files of the codebook: one way in for vocabularies, tables, rules and words."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

import yaml

Model = TypeVar("Model")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def reviewed(*parts: str) -> dict[str, Any]:
    """Return the entries of a reviewed file, named by its path below the codebook: ``"names", "people.yaml"``.

    Raises
    ------
    TypeError
        When the file holds no entries.
    """
    text = files("socdialog.codebook").joinpath(*parts).read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, the C one where built
    if not isinstance(loaded, dict):
        raise TypeError(f"{'/'.join(parts)} is not a mapping")
    return loaded


def reviewed_as(model: type[Model], entries: Mapping[str, object]) -> Model:
    """Return reviewed entries as the dataclass `model`, each as the type that its field has."""
    from pydantic import TypeAdapter  # slow to load, and no command needs it at once

    return TypeAdapter(model).validate_python(entries)
