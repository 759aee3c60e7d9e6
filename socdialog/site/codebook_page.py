"""The codebook as a page: every vocabulary, every table and column, from the one place they are defined in."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from socdialog import codebook
from socdialog.codebook import Column, Table
from socdialog.display.messages import words
from socdialog.folding import alphabetical
from socdialog.site.page_shell import SiteInfo, site_page
from socdialog.store.datapackage import columns

#: Logical types of columns in which an empty cell has a meaning of its own.
_EMPTY = frozenset({"codes", "texts", "refs", "ref", "day"})
#: The column with the units of a table whose rows have one each.
_UNIT = "unit"
#: What may be said of people in a column that does not leave the study as it is.
_UNPUBLISHED = frozenset({"withheld", "attributed"})


class Described(NamedTuple):
    """A column, what an empty cell of it means, and how it is published where that is not as it is."""

    column: Column
    empty: str
    unpublished: str


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
        words("codebook.title"),
        site,
        tables=[
            (table, described(table, with_people=site.with_people), site.notes.known_problems(table))
            for table in alphabetical(codebook.tables().values(), lambda table: table.title, lambda table: table.name)
        ],
        vocabularies=[(name, codebook.vocabulary(name)) for name in codebook.vocabularies()],
        published=published,
        unit=_UNIT,
    )


def described(table: Table, *, with_people: bool) -> tuple[Described, ...]:
    """Return every column of a clean table with what a reader of its cells must know."""
    open_to_all = with_people or table.personal
    return tuple(
        Described(column, _empty(column), "" if open_to_all else _unpublished(column))
        for column in columns(table.name).values()
    )


def _empty(column: Column) -> str:
    if column.required:
        return words("codebook.never_empty")
    return words(f"codebook.empty_{column.type if column.type in _EMPTY else 'other'}")


def _unpublished(column: Column) -> str:
    return words(f"codebook.people_{column.people}") if column.people in _UNPUBLISHED else ""
