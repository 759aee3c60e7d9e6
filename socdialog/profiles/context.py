"""The context of a page: the clean tables it may use, and what its sections ask of them again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from inspect import signature

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import cldr, wording
from socdialog.codebook.articles import with_article
from socdialog.codebook.attributes import attribute
from socdialog.codebook.cldr import joined, plural
from socdialog.display.addresses import By, event_anchor, events_page, list_anchor, sources_page
from socdialog.display.messages import say, words
from socdialog.display.parts import (
    Evidence,
    Part,
    Section,
    Sentence,
    Span,
    Table,
    Value,
    caution,
    sentence,
    table,
    values,
)
from socdialog.folding import alphabetical
from socdialog.intake.evidence import build_evidence, sources_by_row
from socdialog.profiles.listing import Cell, Columns, Note, Row, absence, ids, rows
from socdialog.results import Result
from socdialog.store.study import Notes


@dataclass(frozen=True, slots=True)
class ProfileContext:
    """What the sections of a page work with.

    Parameters
    ----------
    countries
        The countries it is about.
    tables
        The clean tables of these countries, of all years.
    notes
        What the study says of itself.
    since, until
        First and last year, month or day of activity shown; None = open.
    edition
        Name of the edition, a date of reduced precision.
    fingerprint
        Hash of the slice of data.
    with_people
        Whether officials may be named.
    counted
        Of the tables that the years are about, what lies within them.
    listed
        The same with what has no date: it may lie within the years, and is not counted among what does.
    """

    countries: tuple[str, ...]
    tables: Mapping[str, pl.DataFrame]
    notes: Notes
    since: int | str | None
    until: int | str | None
    edition: str
    fingerprint: str
    with_people: bool = False
    counted: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    listed: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.counted[table] if table in self.counted else self.tables[table]

    @property
    def with_undated(self) -> ProfileContext:
        """The same context, in which events without a date count too: for what says nothing of years."""
        return replace(self, counted=self.listed)

    @property
    def undated(self) -> pl.DataFrame:
        """The events without a date, which are listed and not counted; none where the page is about all years."""
        dated = self["events"].get_column("event_id").implode()
        return self.with_undated["events"].filter(~pl.col("event_id").is_in(dated))

    @property
    def as_of(self) -> date:
        """The last day of the edition: what is dated later is not yet."""
        return dates.bounds(self.edition).last

    def name(self, country: str) -> str:
        """Return the name of a country: the study's own, else the ISO list's."""
        found = self.called("countries", country)
        return wording.label("iso_countries", country) if found == country else found

    @property
    def about(self) -> str:
        """What the page is about, in words."""
        return self.name(self.countries[0]) if len(self.countries) == 1 else self.notes.region

    @property
    def in_prose(self) -> str:
        """What the page is about, as it stands within a sentence."""
        return with_article(self.about)

    @property
    def years(self) -> str:
        """The years of activity shown, in words that follow others: `` since 2010``; nothing for all years."""
        since, until = (None if end is None else cldr.date(str(end)) for end in (self.since, self.until))
        if since is None:
            return "" if until is None else f" until {until}"
        return f" since {since}" if until is None else f" from {since} to {until}"

    @property
    def by_name(self) -> tuple[str, ...]:
        """The countries by name: the order says nothing else."""
        return tuple(alphabetical(self.countries, self.name))

    @property
    def represents(self) -> bool:
        """Whether counts stand for what happened, as those of a register do, or for the collection only."""
        return attribute("collection_kinds", self.notes.collection, "represents") is True

    def collection_caution(self) -> Iterator[Sentence]:
        """Say what may be concluded from counts of this kind of collection; nothing where there are no reports."""
        if self.tables["reports"].height:
            yield warning(str(attribute("collection_kinds", self.notes.collection, "caution")))

    def rows_for(self, table: str, country: str | None = None) -> pl.DataFrame:
        """Return the rows of a table that bear this country; default: the first of the page."""
        return self.with_undated[table].filter(pl.col("country") == (country or self.countries[0]))

    def events_list(self, by: By, code: str | int | None, country: str | None = None) -> str:
        """Return where the events that a count counts are listed; nowhere for a page with other years or no country."""
        page = self.all_events(country)
        return page and f"{page}#{list_anchor(by, code)}"

    def event_entry(self, event_id: str) -> str:
        """Return where an event is described, with all its reports; nowhere for a page of other years or countries."""
        page = self.all_events()
        return page and f"{page}#{event_anchor(event_id)}"

    def all_sources(self) -> str:
        """Return the page with every source on the country; empty for a page of other years or countries."""
        return sources_page(self.countries[0]) if self.all_events() else ""

    def all_events(self, country: str | None = None) -> str:
        """Return the page with the events of a country; empty where this page is about other years than that one."""
        own = country or (self.countries[0] if len(self.countries) == 1 else None)
        whole = self.until is None and self.since in {None, self.notes.first_year}
        return events_page(own) if own and whole else ""

    def events_of(self, country: str) -> pl.DataFrame:
        """Return the events about a country that lie within the years."""
        return self["events"].filter(pl.col("countries").list.contains(country))

    def called(self, table: str, code: str, column: str = "name") -> str:
        """Return how a row of a table is called; its code where the table has none."""
        (key,) = codebook.tables()[table].key
        found = self.tables[table].filter(pl.col(key) == code).get_column(column)
        return str(found[0]) if len(found) else code

    def measured(self, metric: Callable[..., Result], **given: object) -> pl.DataFrame:
        """Return what a metric finds in the tables of the page, which it takes by their names; or in those `given`."""
        tables = {name: self[name] for name in signature(metric).parameters if name in self.tables}
        return metric(**tables | given).frame

    def listing_or(
        self,
        none: Sentence,
        key: str,
        what: str,
        found: pl.DataFrame,
        columns: Columns,
        *,
        note: Note = (),
        also: tuple[Part, ...] = (),
    ) -> tuple[Part, ...]:
        """Show a frame row by row and what goes with it; for an empty one say that there is `none`."""
        return (self.listing(key, what, found, columns, note=note), *also) if found.height else (none,)

    def listing(self, key: str, what: str, found: pl.DataFrame, columns: Columns, *, note: Note = ()) -> Table:
        """Show a frame row by row; its columns say what a cell shows, its caption what of whom."""
        shown = [[show(row) for show in columns.values()] for row in found.iter_rows(named=True)]
        return table(key, f"{self.about}: {what}", list(columns), shown, note=note)

    def each_country(
        self, key: str, what: str, headings: Iterable[str], cells: Callable[[str], Iterable[Cell]], *, note: Note = ()
    ) -> Table:
        """Show the same of each country, side by side."""
        shown = [(self.name(country), *cells(country)) for country in self.by_name]
        return table(key, f"{self.about}: {what}", ["country", *headings], shown, note=note)

    def publishers(self, frame: pl.DataFrame) -> dict[str, str]:
        """Name the publishers that tell each row of a frame."""
        named = dict(self.tables["citations"].select("source_id", "publisher").iter_rows())
        told = sources_by_row(build_evidence(self.tables, ids(frame)))
        return {row_id: joined(dict.fromkeys(named[source] for source in sources)) for row_id, sources in told.items()}

    def publishers_of(self, row_ids: Iterable[str]) -> list[str]:
        """Name the publishers of the sources of some rows, each once, in the order of the rows."""
        by_row = self.publishers(pl.DataFrame({"row_id": list(row_ids)}))
        return list(dict.fromkeys(by_row.values()))

    @property
    def and_undated(self) -> tuple[Span, ...]:
        """How many events have no date, in words that follow those counted within the years; nothing for none."""
        undated = self.undated
        return (" and ", counted(undated.height, ids(undated), "undated event")) if undated.height else ()

    def none_found(self, what: str) -> Sentence:
        """Say that nothing was found in the sources, which is not zero; `what` is a plural."""
        sources = self.tables["sources"]
        none = absence(words("absence.none", what=what))
        if sources.height == 0:
            return sentence(*say("absence.no_sources", none=none, country=self.in_prose))
        searched = Value(words("absence.sources", n=sources.height), ids(sources))
        return sentence(*say("absence.none_found", none=none, sources=searched, country=self.in_prose))

    def none_within(self, what: str, every: pl.DataFrame) -> Iterator[Sentence]:
        """Say that no events were found within the years, and how many such events lie outside or have no date.

        Parameters
        ----------
        what
            The events, as a plural.
        every
            Such events of all years.
        """
        yield self.none_found(f"{what}{self.years}")
        dated, undated = (every.filter(pl.col("start_date").is_null() == missing) for missing in (False, True))
        kinds = ((dated, "event of other years", "events of other years"), (undated, "undated event", None))
        held = [counted(rows.height, ids(rows), one, many) for rows, one, many in kinds if rows.height]
        if held:
            yield sentence(
                "The collection holds ", held[0], *(span for more in held[1:] for span in (" and ", more)), "."
            )
        else:
            yield warning("none_found")

    def no_data(self, what: str) -> Sentence:
        """Say that a table has no row of something, which is not an absence in the world."""
        return sentence(absence(words("absence.no_data", what=what)))


def sections_of(
    context: ProfileContext, described: Iterable[tuple[str, str, Callable[[ProfileContext], Iterable[Part]]]]
) -> tuple[Section, ...]:
    """Return sections from their key, their title, and what yields their parts, in order."""
    made = ((key, title, tuple(parts(context))) for key, title, parts in described)
    return tuple(Section(key, title, parts, _basis(context, parts) if title else ()) for key, title, parts in made)


def _basis(context: ProfileContext, parts: Iterable[Part]) -> tuple[str, ...]:
    """Return what a section is based on, by the tables of the rows behind its values."""
    tables = {row_id.partition(":")[0] for value in values(parts) for row_id in value.evidence}
    found = {spec.basis for name, spec in codebook.tables().items() if name in tables}
    codes = {"official": "official", "law": "law", "reports": context.notes.collection}
    return tuple(words(f"basis.{code}") for basis, code in codes.items() if basis in found)


def warning(key: str) -> Sentence:
    """Return a caution of the codebook."""
    return caution(codebook.vocabulary("usage_warnings")[key].definition)


def counted(number: int, evidence: Evidence, one: str, many: str | None = None) -> Value:
    """Show how many there are of something: ``70 events``."""
    return Value(f"{cldr.number(number)} {plural(number, one, many)}", evidence)


def count(frame: pl.DataFrame, one: str, many: str | None = None) -> Value:
    """Show how many rows a frame has, resting on these rows."""
    if frame.height == 0:
        return absence(f"no {many or one + 's'}")
    return counted(frame.height, ids(frame), one, many)


def among(
    found: Evidence, n: int, every: Evidence, words: tuple[str, str, str], says: tuple[str, str, str], *more: Span
) -> Sentence:
    """Say of how many among several something holds, such as ``None of the 4 events is dated.``.

    Parameters
    ----------
    found
        The rows of which it holds.
    n, every
        How many they are counted among, at least one, and the rows of these.
    words
        What one of them is called, what several are, and the words that tell which are meant.
    says
        What holds: of one, of several, and that it does not hold of one.
    more
        What the sentence goes on with.
    """
    (one, many, those), (singular, several, negated) = words, says
    if n == 1:
        return sentence("The ", Value(f"one {one}", every), f"{those} {singular if found else negated}.", *more)
    number = Value(cldr.number(len(found)), found) if found else absence("None")
    holds = singular if len(found) < 2 else several  # noqa: PLR2004 - none is, one is, two are
    return sentence(number, " of the ", counted(n, every, one, many), f"{those} {holds}.", *more)


def found_in(evidence: Sequence[str], none: str = "none") -> Value:
    """Show how many rows there are; that there is none in words."""
    return Value(cldr.number(len(evidence)), rows(evidence)) if evidence else absence(none)


def coverage(known: float, frame: pl.DataFrame) -> Value:
    """Show for how many rows of a frame something is known: ``67 of 70``, resting on all of them."""
    return Value(f"{cldr.number(known) if known else 'none'} of {frame.height}", ids(frame), absent=not known)


def when(row: Row) -> str:
    """Write the date of an event, and what it rests on where that is not print."""
    if row["start_date"] is None:
        return "date not given"
    words = wording.period(row["start_date"], row["end_date"])
    basis = codebook.vocabulary("date_bases").get(row["date_basis"])
    remark = basis and basis.more.get("remark")
    return f"{words} ({remark})" if remark else words


def newest_first(events: pl.DataFrame) -> pl.DataFrame:
    """Return events by their date, the newest first and those without a date last."""
    return events.sort("start_first", "event_id", descending=[True, False], nulls_last=True)


def age(first: date, *, today: date) -> str:
    """Write how old a piece of evidence is, in whole years."""
    years = today.year - first.year - ((today.month, today.day) < (first.month, first.day))
    return "under 1 year" if years < 1 else f"{years} {plural(years, 'year')}"
