"""Where pages of a site and places on them are found, for whoever links to them.

An address follows from what it leads to, and from nothing else: a link made by one page need not know how another
page is made.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from socdialog.folding import fold

#: What the lists of events are by; a ``set`` is one that a metric defines, such as ``single_source``.
By = Literal["year", "type", "topic", "side", "publisher", "set"]
#: The list of the events without a date.
UNDATED = "undated"
_INTERNATIONAL = "international"


def profile_page(country: str | None) -> str:
    """Return the path of the profile of a country (None = the comparison), below the site."""
    return "comparison.html" if country is None else f"countries/{country}.html"


def further_page(notebook: str, country: str | None) -> str:
    """Return the path of the page that a study makes by a notebook of its own, for a country or once (None)."""
    return f"pages/{notebook}{'' if country is None else f'-{country}'}.html"


def page_name(path: str) -> str:
    """Return the name of a page that a notebook makes; no other page bears it.

    Examples
    --------
    >>> page_name("comparison.html"), page_name("countries/KAZ.html"), page_name("pages/wages-KAZ.html")
    ('comparison', 'KAZ', 'wages-KAZ')
    """
    return path.rsplit("/", 1)[-1].removesuffix(".html")


def figure_files(path: str) -> str:
    """Return the beginning of the paths of the figures of a page as files, below the site; a key follows."""
    return f"figures/{page_name(path)}-"


def root_of(path: str) -> str:
    """Return the way from a page up to the root of the site: ``../`` or nothing."""
    return "../" * path.count("/")


def events_page(country: str, part: int | None = None) -> str:
    """Return the path of the page with every event of a country, below the site; or of a part of its entries."""
    return f"countries/{country}-events{'' if part is None else f'-{part}'}.html"


def sources_page(country: str) -> str:
    """Return the path of the page with every source on a country, below the site."""
    return f"countries/{country}-sources.html"


def organisations_page(country: str | None, part: int | None = None) -> str:
    """Return the path of the page with the organisations of a country (None = of no single one), or of a part of it."""
    return f"organisations/{country or _INTERNATIONAL}{'' if part is None else f'-{part}'}.html"


def event_anchor(event_id: str) -> str:
    """Return the id of an event on the pages of events.

    Examples
    --------
    >>> event_anchor("ev-1a2b"), event_anchor("types")
    ('ev-1a2b', 'ev-types')
    """
    return event_id if event_id.startswith("ev-") else f"ev-{event_id}"


def organisation_anchor(org_id: str) -> str:
    """Return the id of an organisation on the pages of organisations."""
    return f"org-{org_id}"


def list_anchor(by: By, code: str | int | None) -> str:
    """Return the id of a list of events on the page of events: ``type-strike``, ``year-2024``, ``undated``.

    Parameters
    ----------
    by
        What the list is by.
    code
        The year, the code of the type, topic or side, or the name of the publisher; a year that is None is not known.

    Examples
    --------
    >>> list_anchor("type", "strike_notice"), list_anchor("year", None), list_anchor("publisher", "Kasip.kz ")
    ('type-strike-notice', 'undated', 'publisher-kasip-kz')
    """
    return UNDATED if code is None else f"{by}-{slug(str(code))}"


def slug(text: str) -> str:
    """Write a name as a part of an address: its words in one form, joined by hyphens.

    Names that differ in case, accents and signs only share it. A name without a letter or digit has a hash of its own.
    """
    return "-".join(fold(text).split()) or hashlib.sha256(text.encode()).hexdigest()[:10]
