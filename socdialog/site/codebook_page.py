"""The codebook as a page: every vocabulary, every table and column, from the one place they are defined in."""

from __future__ import annotations

from collections.abc import Collection

from socdialog import codebook
from socdialog.site.page_shell import SiteInfo, site_page
from socdialog.store.datapackage import columns

#: What an empty cell means, by the logical type of a column.
_NULLS = {
    "codes": "not reported or not coded; never an empty list",
    "texts": "not reported; never an empty list",
    "refs": "none",
    "ref": "none or not known",
    "day": "no date known",
    "date": "not reported",
}
#: What is said of columns that do not leave the study as they are, by what they say of people.
_UNPUBLISHED = {
    "withheld": "Not published, because it may name a person.",
    "attributed": "Published as an organisation, an office or “an official (name withheld)”.",
}
#: A vocabulary longer than this is folded up.
_LONG = 60


def render_codebook(published: Collection[str], site: SiteInfo) -> str:
    """Return the page of the codebook.

    Parameters
    ----------
    published
        Names of the tables that are published; the others are described and marked.
    site
        The site.
    """
    return site_page(
        "codebook.html",
        "Codebook",
        site,
        tables=[(table, columns(name)) for name, table in sorted(codebook.tables().items())],
        vocabularies=[(name, codebook.vocabulary(name)) for name in codebook.vocabularies()],
        nulls=_NULLS,
        published=published,
        unpublished={} if site.with_people else _UNPUBLISHED,
        long=_LONG,
    )
