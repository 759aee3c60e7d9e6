"""Addresses on the web, and cells that cite several: read here once for the checks and for the evidence."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = ("http://", "https://")
_LABEL, _HOST = 63, 253


def split(cell: str) -> list[str]:
    """Split a source cell into addresses, or leave a named source as it is.

    Several addresses are joined by ``;``, which an address may hold as well; a remark in brackets may
    follow an address.

    Examples
    --------
    >>> split("https://a.org/x;y (page 2);https://b.org")
    ['https://a.org/x;y', 'https://b.org']
    """
    if not cell.startswith(SCHEMES):
        return [cell]
    parts: list[str] = []
    for piece in cell.split(";"):
        if parts and not piece.lstrip().startswith(SCHEMES):
            parts[-1] += ";" + piece
        else:
            parts.append(piece.lstrip())
    return [part.partition(" ")[0] for part in parts]


def host(url: str) -> str:
    """Return the host of an address without ``www.``, or the text itself where it has none.

    Raises
    ------
    ValueError
        When it is no address that a program can read.
    """
    return (urlsplit(url).hostname or url).removeprefix("www.")


def unreadable(url: str) -> str | None:
    """Say what a program cannot read of an address; None when all is well.

    Examples
    --------
    >>> unreadable("https://a.org:99999/")
    'its port is not a number up to 65535'
    """
    try:
        parts = urlsplit(url)
        name = (parts.hostname or "").removesuffix(".")
    except ValueError as problem:
        return f"its host cannot be read ({' '.join(str(problem).split())})"
    try:
        _ = parts.port
    except ValueError:
        return "its port is not a number up to 65535"
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return "its host has letters that no name of a host may have"
    if "@" in parts.netloc:
        return "it holds the name or the password of a user, which would be published"
    if len(name) > _HOST or not all(1 <= len(label) <= _LABEL for label in name.split(".")):
        return f"each part of its host must have 1 to {_LABEL} characters"
    return None
