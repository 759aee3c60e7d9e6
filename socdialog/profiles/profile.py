"""A profile: frozen sections whose every value leads to its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from socdialog.advice import unknown
from socdialog.display.display_block import DisplayBlock
from socdialog.display.evidence_markers import EvidenceBook, number_evidence
from socdialog.display.html import Page, for_notebook
from socdialog.display.notebook_parts import Shown
from socdialog.display.parts import Figure, Section, Table, Value, leaves, values
from socdialog.display.statements import Statement
from socdialog.errors import UsageError


@dataclass(frozen=True, slots=True)
class Profile:
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

    def __getitem__(self, keys: str | tuple[str, ...]) -> DisplayBlock:
        """Return one or several sections to look at."""
        chosen = [self.section(key) for key in ((keys,) if isinstance(keys, str) else keys)]
        text = "\n".join(f"{section.title} ({len(section.parts)} parts)" for section in chosen)
        return DisplayBlock(lambda: for_notebook(chosen, self.book), text, Shown(tuple(chosen)))

    @property
    def sources(self) -> DisplayBlock:
        """The numbered sources of the page, to look at."""
        return DisplayBlock(lambda: Page(self.book).references(), f"{len(self.book.sources)} sources", self._evidence())

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
        parts = (part for section in self.sections for part in leaves(section.parts))
        found = (part.table if isinstance(part, Figure) else part for part in parts)
        return {part.key: _frame(part) for part in found if isinstance(part, Table)}

    def charts(self) -> dict[str, object]:
        """Return every chart the profile shows, by key, to look at or to change."""
        import altair as alt

        return {
            part.key: alt.Chart.from_dict(part.chart, validate=False)
            for section in self.sections
            for part in leaves(section.parts)
            if isinstance(part, Figure)
        }

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


def make_profile(
    name: str, sections: tuple[Section, ...], *, evidence: pl.DataFrame, citations: pl.DataFrame
) -> Profile:
    """Give numbers to the evidence of `sections` and freeze them as a profile."""
    book = number_evidence(sections, evidence=evidence, citations=citations)
    cited = citations.filter(pl.col("source_id").is_in(evidence.get_column("source_id").implode()))
    return Profile(name, sections, book, evidence, cited)


def _frame(table: Table) -> pl.DataFrame:
    def text(cell: object) -> str:
        if isinstance(cell, tuple):
            return "\n".join(text(span) for span in cell)
        return cell.text if isinstance(cell, Value) else str(cell)

    headings = [column.heading for column in table.columns]
    return pl.DataFrame([[text(cell) for cell in row] for row in table.rows], schema=headings, orient="row")
