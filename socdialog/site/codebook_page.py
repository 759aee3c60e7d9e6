"""The codebook as a page: every vocabulary, every table and column, from the one place they are defined in."""

from __future__ import annotations

from collections.abc import Collection

from socdialog import codebook
from socdialog.site.page_shell import SiteInfo, site_page
from socdialog.store.datapackage import columns


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
        tables=[
            (table, columns(name), site.notes.known_problems(table))
            for name, table in sorted(codebook.tables().items())
        ],
        vocabularies=[(name, codebook.vocabulary(name)) for name in codebook.vocabularies()],
        published=published,
    )
