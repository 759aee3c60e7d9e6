"""Addresses on the web, and cells that cite several: read here once for the checks and for the evidence."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

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
        When it is not an address that a program can read.
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
        return f"its host name cannot be read ({' '.join(str(problem).split())})"
    try:
        _ = parts.port
    except ValueError:
        return "its port is not a number up to 65535"
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return "its host name has letters that are not allowed"
    if "@" in parts.netloc:
        return "it contains a user name or password, which would be published"
    if len(name) > _HOST or not all(1 <= len(label) <= _LABEL for label in name.split(".")):
        return f"each part of its host name must have 1 to {_LABEL} characters"
    return None


#: Parts of an address that say how a reader came to the page, not which page it is.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gclsrc|yclid|msclkid|twclid|igshid|igsh|mc_[ce]id|_ga|_gl|_openstat|ysclid|"
    r"ref_src|ref_url|cmpid|ocid|spm|share|s_?cid",
    re.IGNORECASE,
)
#: Copies of a page that keep its address in theirs.
_ARCHIVE = re.compile(
    r"https?://(?:web\.archive\.org/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/|archive\.(?:today|is|ph|li|vn|fo|md)/(?:\d{8,14}|newest|o/\w+)/|"
    r"webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]+:)?|(?:www\.)?google\.[a-z.]+/amp/s/)(?P<page>.+)",
    re.IGNORECASE,
)
#: The same page for a small screen, or as the host has it without being asked.
_SAME_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_SAME_PATH = re.compile(r"(?:/(?:index|default)\.(?:html?|php|aspx?|jsp)|/amp)?/*$", re.IGNORECASE)
#: Names of what opens a door, as a whole or behind a hyphen, in the query of an address.
_SECRET = re.compile(
    r"(?:.*[_.-])?(?:token|key|apikey|auth|password|passwd|pwd|pass|secret|signature|sig|session|\w*sess?(?:ion)?_?id|sid)",
    re.IGNORECASE,
)
#: Shorter values open nothing: a chapter, a number of a page.
_SHORT = 8


class Page(NamedTuple):
    """The page of an address, in one writing, and the place on it (empty = the page as a whole)."""

    address: str
    place: str


def page_of(url: str) -> Page | None:
    """Return the page of an address, whatever its writing; None where it cannot be read.

    Scheme, ``www``, case of the host, standard port, closing stroke, marks of a campaign and the copy in an archive
    make no other page; another fragment is another place on it.

    Examples
    --------
    >>> page_of("http://www.A.org:80/x/?utm_source=t").address == page_of("https://a.org/x").address
    True
    """
    while (archived := _ARCHIVE.fullmatch(url)) is not None:
        url = archived["page"] if archived["page"].startswith(SCHEMES) else f"https://{archived['page']}"
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    name = _SAME_HOST.sub("", name.removesuffix("."))
    where = "" if port in {None, 80, 443} else f":{port}"
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    # What a browser marks on a page (#:~:text=…) is not another place.
    place = parts.fragment.partition(":~:")[0]
    return Page(f"{name}{where}{_SAME_PATH.sub('', unquote(parts.path))}{query}", place)


def secret_of(url: str) -> str | None:
    """Return the name of what may open a door in an address; None where it holds nothing of the kind.

    Examples
    --------
    >>> secret_of("https://a.org/x?id=5&access_token=9f8e7d6c5b"), secret_of("https://a.org/x?key=5")
    ('access_token', None)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    given = [pair for text in (parts.query, parts.fragment) for pair in parse_qsl(text)]
    given += [
        (name, value) for name, _, value in (part.partition("=") for part in re.split("[;/]", parts.path)) if value
    ]
    return next((name for name, value in given if _SECRET.fullmatch(name) and len(value) >= _SHORT), None)
