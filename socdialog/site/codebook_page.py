"""The codebook as a page: every vocabulary, every table and column, from the one place they are defined in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from socdialog import codebook
from socdialog.site.page_reading import Heading
from socdialog.site.page_shell import Link, finish_page, render
from socdialog.site.pages import PageInfo
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
_SECTIONS = (Heading("tables", "Tables"), Heading("vocabularies", "Vocabularies"))
#: A vocabulary longer than this is folded up.
_LONG = 60


def render_codebook(
    *,
    edition: str,
    site_title: str,
    published: Collection[str],
    with_people: bool,
    neighbours: Sequence[Link],
) -> str:
    """Return the page of the codebook.

    Parameters
    ----------
    edition, site_title
        Of the site.
    published
        Names of the tables that are published; the others are described and marked.
    with_people
        Whether columns that may name a person are published too.
    neighbours
        The pages that exist.
    """
    page = PageInfo("codebook.html", "Codebook", "comparison", None, edition)
    html = render(
        "codebook.html.j2",
        page=page,
        title=page.title,
        site_title=site_title,
        sections=_SECTIONS,
        tables=[(table, columns(name)) for name, table in sorted(codebook.tables().items())],
        vocabularies=[(name, codebook.vocabulary(name)) for name in codebook.vocabularies()],
        nulls=_NULLS,
        published=published,
        unpublished={} if with_people else _UNPUBLISHED,
        long=_LONG,
    )
    return finish_page(html, page, neighbours=neighbours)
