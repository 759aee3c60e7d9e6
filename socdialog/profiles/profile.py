"""A profile: frozen sections whose every value leads to its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from socdialog.advice import unknown
from socdialog.codebook.cldr import counted, listing
from socdialog.display.display_block import DisplayBlock
from socdialog.display.evidence_markers import EvidenceBook, number_evidence
from socdialog.display.html import Page, for_notebook
from socdialog.display.notebook_parts import Shown
from socdialog.display.parts import Section, Value, values
from socdialog.display.statements import Statement
from socdialog.errors import UsageError
from socdialog.products import Product
from socdialog.profiles.end_products import PageProduct, TableProduct

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True, slots=True)
class Profile(Product):
    """A page in the making: its sections, and the evidence behind every value they show.

    Parameters
    ----------
    name
        Country or region it is about.
    sections
        Its sections, in reading order.
    book
        Its numbered evidence.
    rows
        What sources state in the rows that its values are based on, for `evidence`.
    citations
        The clean table of this name, of these sources.

    Examples
    --------
    >>> profile = sd.country_profile("KAZ")     # doctest: +SKIP
    >>> profile["standards"]                    # doctest: +SKIP
    """

    name: str
    sections: tuple[Section, ...]
    book: EvidenceBook
    rows: pl.DataFrame
    citations: pl.DataFrame

    def section(self, key: str) -> Section:
        """Return a section as data: its sentences, tables and figures.

        Raises
        ------
        UsageError
            When there is no such section.
        """
        for section in self.sections:
            if section.key == key:
                return section
        raise UsageError(unknown("section", key, [section.key for section in self.sections]))

    def _ipython_key_completions_(self) -> list[str]:
        """Return what Tab offers in the brackets behind a profile."""
        return [section.key for section in self.sections]

    def __getitem__(self, keys: str | tuple[str, ...]) -> PageProduct:
        """Return one or several sections to look at and to take along."""
        chosen = tuple(self.section(key) for key in ((keys,) if isinstance(keys, str) else keys))
        text = "\n".join(f"{one.title or one.key} ({counted(len(one.parts), 'part')})" for one in chosen)
        title = f"{listing(section.title for section in chosen)}. Profile of {self.name}"
        return PageProduct(lambda: for_notebook(chosen, self.book), text, Shown(chosen), title, chosen, self.book)

    @property
    def sources(self) -> SourceList:
        """The numbered sources of the page, to look at; ``profile.sources()`` returns them as a frame."""
        text = counted(len(self.book.sources), "source")
        return SourceList(lambda: Page(self.book).references(), text, self._evidence(), self._whole)

    @property
    def frame(self) -> pl.DataFrame:
        """Every value with its section, the part that shows it, its text, and the ids of the rows behind it."""
        return self._whole.frame

    @property
    def about(self) -> Mapping[str, str]:
        """What the profile is, and how to cite it."""
        return self._whole.about

    def cite(self) -> str:
        """Return how to cite the profile."""
        return self._whole.cite()

    def table(self, key: str) -> TableProduct:
        """Return one table to look at and to take along."""
        return self._whole.table(key)

    def chart(self, key: str) -> alt.TopLevelMixin:
        """Return one chart."""
        return self._whole.chart(key)

    @property
    def _whole(self) -> PageProduct:
        shown, title = Shown(self.sections), f"Profile of {self.name}"
        return PageProduct(
            lambda: for_notebook(self.sections, self.book), title, shown, title, self.sections, self.book
        )

    def _exported(self) -> pl.DataFrame:
        return self.frame

    def _sheets(self) -> Mapping[str, pl.DataFrame]:
        return {"data": self.frame, **self.tables()}

    def _evidence(self, *sections: Section) -> Shown:
        given = tuple(one for told in self.book.statements.values() for one in told)
        return Shown(sections, given, self.book.sources)

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)

    def values(self) -> Iterator[Value]:
        """Yield every value the profile shows."""
        for section in self.sections:
            yield from values(section.parts)

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return every table the profile shows, figures' tables too, as frames of text by key."""
        return self._whole.tables()

    def charts(self) -> dict[str, alt.TopLevelMixin]:
        """Return every chart the profile shows, by key, to look at or to change."""
        return self._whole.charts()

    def evidence(self, value: Value | int | str) -> pl.DataFrame:
        """Return the rows behind a value: what each source gave, with file and line.

        Parameters
        ----------
        value
            A value of a section, a marker (``12``, ``"[12]"`` or ``"[2, 5]"``), or the id of a row that some value is
            based on.

        Returns
        -------
        polars.DataFrame
            ``row_id``, ``source_id``, ``publisher``, ``published``, ``language``, ``url``, ``says`` (the statement in
            words), then its parts as in the table ``evidence``; ``raw_line`` is null in a build, where pages do not
            depend on lines.
        """
        rows = value.evidence if isinstance(value, Value) else self._marked(value)
        cited = self.citations.select("source_id", "publisher", "published", "language", "url")
        found = self.rows.filter(pl.col("row_id").is_in(rows)).join(cited, on="source_id", how="left")
        says = pl.Series("says", [Statement.of(row).words for row in found.iter_rows(named=True)], dtype=pl.String)
        first = ("row_id", *cited.columns, "says")
        return found.with_columns(says).select(*first, pl.exclude(first)).sort("row_id", "source_id")

    def _marked(self, marker: int | str) -> tuple[str, ...]:
        numbers = str(marker).strip("[]").replace(",", " ").split()
        if not numbers or not all(number.isdecimal() for number in numbers):
            return (str(marker),)
        most = len(self.book.sources)
        for number in numbers:
            if not 1 <= int(number) <= most:
                raise UsageError(f"there is no source {number}", hint=f"sources run from 1 to {most}")
        return tuple(row for number in numbers for row in self.book.given_by(int(number)))

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        def html() -> str:
            return for_notebook(self.sections, self.book) + Page(self.book).references()

        return dict(DisplayBlock(html, repr(self), self._evidence(*self.sections))._repr_mimebundle_())

    def __repr__(self) -> str:
        return f"<Profile of {self.name}: {', '.join(section.key for section in self.sections)}>"


@dataclass(frozen=True, slots=True, repr=False)
class SourceList(DisplayBlock):
    """The sources of a profile: it displays itself, and returns them as a frame when it is called."""

    of: PageProduct | None = None

    def __call__(self) -> pl.DataFrame:
        """Return the sources: titles, publishers, dates, links and rows."""
        assert self.of is not None
        return self.of.sources()


def make_profile(
    name: str, sections: tuple[Section, ...], *, evidence: pl.DataFrame, citations: pl.DataFrame
) -> Profile:
    """Give numbers to the evidence of `sections` and freeze them as a profile."""
    book = number_evidence(sections, evidence=evidence, citations=citations)
    cited = citations.filter(pl.col("source_id").is_in(evidence.get_column("source_id").implode()))
    return Profile(name, sections, book, evidence, cited)
