"""What the reviewed attributes of codes say, such as ``family`` of a unit or ``takes_part`` of a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from socdialog import codebook


def attribute(vocabulary: str, code: str | None, name: str, default: object = None) -> object:
    """Return a reviewed attribute of a code; `default` where the code or the attribute is not there."""
    term = codebook.known_terms(vocabulary).get(code or "")
    return default if term is None else term.more.get(name, default)


def attributes(vocabulary: str, name: str, default: object = None) -> Mapping[str, object]:
    """Return the reviewed attribute `name` of every code of a vocabulary."""
    return {code: attribute(vocabulary, code, name, default) for code in codebook.known_terms(vocabulary)}


def codes_with(vocabulary: str, name: str, value: object = True, *, default: object = None) -> list[str]:
    """Return the codes of a vocabulary whose attribute `name` is `value`."""
    return [code for code, found in attributes(vocabulary, name, default).items() if found == value]


def with_alike(vocabulary: str, codes: Iterable[str]) -> list[str]:
    """Return codes of the package, each followed by the terms of a study that are like it."""
    likes = attributes(vocabulary, "like")
    return [one for code in codes for one in (code, *(own for own, like in likes.items() if like == code))]
