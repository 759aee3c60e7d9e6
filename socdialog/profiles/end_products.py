"""A profile, its sections and its tables as end products: frames, charts, tables, sources, citation, exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

import socdialog
from socdialog.advice import unknown
from socdialog.codebook.cldr import listing
from socdialog.display.display_block import DisplayBlock
from socdialog.display.evidence_markers import EvidenceBook
from socdialog.display.html import for_notebook
from socdialog.display.notebook_parts import Shown
from socdialog.display.parts import Cell, Figure, Part, Section, Table, Value, cell_spans, leaves, plain, values
from socdialog.errors import UsageError
from socdialog.products import Product

if TYPE_CHECKING:
    import altair as alt

#: So many publishers are named in a citation.
_NAMED = 5
_SOURCES = ("source_id", "title", "publisher", "published", "language", "url")


@dataclass(frozen=True, slots=True, repr=False)
class PageProduct(DisplayBlock, Product):
    """Sections of a profile, or one table of it: it displays itself and can be taken along.

    Parameters
    ----------
    html, text, shown
        As of a `DisplayBlock`.
    title
        What it is called in a citation.
    sections
        What it shows.
    book
        The numbered evidence of the profile.
    """

    title: str = ""
    sections: tuple[Section, ...] = ()
    book: EvidenceBook | None = None

    @property
    def frame(self) -> pl.DataFrame:
        """Every value with its section, the part that shows it, its text, and the ids of the rows behind it."""
        rows = [
            (section.key, getattr(part, "key", None), value.text, value.absent, list(value.evidence))
            for section in self.sections
            for part in leaves(section.parts)
            for value in values((part,))
        ]
        schema = {"section": pl.String, "part": pl.String, "value": pl.String, "absent": pl.Boolean}
        return pl.DataFrame(rows, schema=schema | {"evidence": pl.List(pl.String)}, orient="row")

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return every table, figures' tables too, as frames of text by key."""
        return {key: table_frame(table) for key, table in self._tables().items()}

    def table(self, key: str | None = None) -> TableProduct:
        """Return one table to look at and to take along; the first where no key is given.

        Raises
        ------
        UsageError
            When there is no such table.
        """
        found = self._tables()
        table = found[_chosen(key, found, "table")]
        return TableProduct.of(table, book=self._book, title=f"{table.caption}. {self.title}")

    def chart(self, key: str | None = None) -> alt.TopLevelMixin:
        """Return one chart; the first where no key is given.

        Raises
        ------
        UsageError
            When there is no such chart.
        """
        found = self.charts()
        return found[_chosen(key, found, "chart")]

    def charts(self) -> dict[str, alt.TopLevelMixin]:
        """Return every chart, by key, to look at or to change."""
        import altair as alt

        # The class of a chart that is read from a specification is that of the first that it is valid for.
        return {part.key: alt.Chart.from_dict(part.chart) for part in self._parts() if isinstance(part, Figure)}

    def sources(self) -> pl.DataFrame:
        """Return the sources that the values are based on: titles, publishers, dates, links and rows."""
        rows = dict.fromkeys(row for section in self.sections for one in values(section.parts) for row in one.evidence)
        behind: dict[str, set[str]] = {}
        for row in rows:
            for given in self._book.statements.get(row, ()):
                behind.setdefault(given.source_id, set()).add(row)
        cited = [
            (*(getattr(source, name) for name in _SOURCES), sorted(behind[source.source_id]))
            for source in self._book.sources
            if source.source_id in behind
        ]
        schema = dict.fromkeys(_SOURCES, pl.String) | {"rows": pl.List(pl.String)}
        return pl.DataFrame(cited, schema=schema, orient="row")

    def cite(self) -> str:
        """Return how to cite it: what it is, its publishers and the version of the library."""
        publishers = list(dict.fromkeys(self.sources()["publisher"].drop_nulls()))
        more = [f"{len(publishers) - _NAMED} more"] if len(publishers) > _NAMED else []
        named = f" Sources: {listing([*publishers[:_NAMED], *more])}." if publishers else ""
        return f"{self.title.rstrip('.')}.{named} Computed with socdialog {socdialog.__version__}."

    @property
    def about(self) -> Mapping[str, str]:
        """What it is, and how to cite it."""
        return {"title": self.title, "citation": self.cite()}

    @property
    def _book(self) -> EvidenceBook:
        assert self.book is not None
        return self.book

    def _exported(self) -> pl.DataFrame:
        return self.frame

    def _sheets(self) -> Mapping[str, pl.DataFrame]:
        return {"data": self.frame, **self.tables()}

    def _parts(self) -> Iterable[Part]:
        return (part for section in self.sections for part in leaves(section.parts))

    def _tables(self) -> dict[str, Table]:
        found = (part.table if isinstance(part, Figure) else part for part in self._parts())
        return {part.key: part for part in found if isinstance(part, Table)}


@dataclass(frozen=True, slots=True, repr=False)
class TableProduct(PageProduct):
    """One table of a profile: its frame has the columns that a reader sees, as text."""

    @classmethod
    def of(cls, table: Table, *, book: EvidenceBook, title: str) -> TableProduct:
        """Return a table of a page as an end product."""
        section = Section(table.key, "", (table,))
        text = f"{table.caption} ({len(table.rows)} rows)"
        return cls(lambda: for_notebook([section], book), text, Shown((section,)), title, (section,), book)

    @property
    def frame(self) -> pl.DataFrame:
        """The cells as text, in the columns that a reader sees."""
        (table,) = self._tables().values()
        return table_frame(table)

    @property
    def about(self) -> Mapping[str, str]:
        """What the table shows, its notes, and how to cite it."""
        (table,) = self._tables().values()
        told = {"title": table.caption, "note": plain(table.note), "citation": self.cite()}
        return {name: text for name, text in told.items() if text}

    def _sheets(self) -> Mapping[str, pl.DataFrame]:
        return {"data": self.frame}


def table_frame(table: Table) -> pl.DataFrame:
    """Return a table of a page as a frame of text; values one below the other stand in lines of one cell."""

    def text(cell: Cell) -> str:
        return "\n".join(span.text if isinstance(span, Value) else span for span in cell_spans(cell))

    headings: list[str] = []
    for column in table.columns:
        # Two columns may be headed alike; a frame tells them apart by their number.
        again = sum(heading.partition(" (")[0] == column.heading for heading in headings)
        headings.append(f"{column.heading} ({again + 1})" if again else column.heading)
    return pl.DataFrame([[text(cell) for cell in row] for row in table.rows], schema=headings, orient="row")


def _chosen(key: str | None, found: Mapping[str, object], what: str) -> str:
    if key is None and found:
        return next(iter(found))
    if key not in found:
        raise UsageError(
            unknown(what, str(key), found) if found else f"there is no {what} here",
            hint=f"{what}s: {', '.join(found)}" if found else "",
        )
    return str(key)
