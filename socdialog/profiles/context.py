"""The context of a page: the clean tables it may use, and what its sections ask of them again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Sentence, Value, caution
from socdialog.intake.evidence import build_evidence, sources_by_row
from socdialog.store.study import Notes

#: From here on an official value is shown without decimals, or with one.
_LARGE, _MIDDLE = 1000, 10


@dataclass(frozen=True, slots=True)
class ProfileContext:
    """What the sections of a page work with.

    Parameters
    ----------
    countries
        The countries it is about.
    tables
        The clean tables of these countries, events and what hangs on them already within the years.
    notes
        What the study says of itself.
    since, until
        First and last year, month or day of activity shown; None = open.
    edition
        Name of the edition, a date of reduced precision.
    fingerprint
        Hash of the slice of data.
    """

    countries: tuple[str, ...]
    tables: Mapping[str, pl.DataFrame]
    notes: Notes
    since: int | str | None
    until: int | str | None
    edition: str
    fingerprint: str
    with_people: bool = False

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]

    @property
    def as_of(self) -> date:
        """The last day of the edition: what is dated later is not yet."""
        return dates.bounds(self.edition).last

    def name(self, country: str) -> str:
        """Return the name of a country: the study's own, else the ISO list's."""
        found = self.tables["countries"].filter(pl.col("country") == country).get_column("name")
        return str(found[0]) if len(found) else wording.label("iso_countries", country)

    @property
    def about(self) -> str:
        """What the page is about, in words."""
        return self.name(self.countries[0]) if len(self.countries) == 1 else self.notes.region

    @property
    def texts(self) -> int:
        """Number of texts collected about these countries."""
        return self.tables["sources"].height

    @property
    def years(self) -> str:
        """The years of activity shown, in words."""
        if self.since is None and self.until is None:
            return "all years"
        if self.until is None:
            return f"since {dates.written(str(self.since))}"
        until = dates.written(str(self.until))
        return f"until {until}" if self.since is None else f"{dates.written(str(self.since))} to {until}"

    def rows_for(self, table: str, country: str) -> pl.DataFrame:
        """Return the rows of a table that bear this country."""
        return self.tables[table].filter(pl.col("country") == country)

    def organisation(self, org_id: str) -> str:
        """Return the name of a registered organisation."""
        found = self.tables["organisations"].filter(pl.col("org_id") == org_id).get_column("name")
        return str(found[0]) if len(found) else org_id

    def publishers(self, frame: pl.DataFrame) -> dict[str, str]:
        """Name the publishers that tell each row of a frame."""
        named = dict(self.tables["citations"].select("source_id", "publisher").iter_rows())
        told = sources_by_row(build_evidence(self.tables, ids(frame)))
        return {row_id: joined(dict.fromkeys(named[source] for source in sources)) for row_id, sources in told.items()}

    def none_found(self, what: str) -> Sentence:
        """Say that nothing was found, which is not zero."""
        texts = count(self.tables["sources"], "text")
        return Sentence(
            (
                Value("None found", absent=True),
                f": no {what} is told in the ",
                texts,
                f" collected about {self.about}.",
            )
        )

    def no_data(self, what: str) -> Sentence:
        """Say that a table kept by hand has no row, which is not an absence in the world."""
        return Sentence((Value(f"Not known here: no {what} of {self.about} was met.", absent=True),))


def warning(key: str) -> Sentence:
    """Return a caution of the codebook."""
    return caution(codebook.vocabulary("usage_warnings")[key].definition)


def format_count(number: float | None, evidence: Iterable[str], *, unit: str | None = None) -> Value:
    """Show a number with its evidence; a null as what it is."""
    if number is None:
        return Value("not known here", absent=True)
    return Value(wording.quantity(number, unit), rows(evidence))


def count(frame: pl.DataFrame, one: str, many: str | None = None) -> Value:
    """Show how many rows a frame has: ``70 events``, resting on these rows."""
    if frame.height == 0:
        return Value(f"no {many or one + 's'}", absent=True)
    return Value(f"{frame.height} {plural(frame.height, one, many)}", ids(frame))


def coverage(known: float, frame: pl.DataFrame) -> Value:
    """Show for how many rows of a frame something is known: ``67 of 70``, resting on all of them."""
    return Value(f"{wording.number(known) if known else 'none'} of {frame.height}", ids(frame), absent=not known)


def format_official(value: float, unit: str | None = None) -> str:
    """Write an official value, rounded as far as a reader needs; its evidence has all digits."""
    size = abs(value)
    term = codebook.vocabulary("units").get(unit or "")
    fine = size < _MIDDLE and (term is None or term.more.get("family") != "percent")
    decimals = 0 if size >= _LARGE else 2 if fine else 1
    rounded = round(value, decimals) if round(value, decimals) or not value else value
    return wording.quantity(rounded, unit)


def rows(evidence: Iterable[str]) -> tuple[str, ...]:
    """Return row ids as evidence: each once, sorted."""
    return tuple(sorted(set(evidence)))


def ids(frame: pl.DataFrame) -> tuple[str, ...]:
    """Return the row ids of a frame as evidence."""
    return rows(frame.get_column("row_id"))


def joined(words: Iterable[str]) -> str:
    """Join words as an English list: ``a, b and c``."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return the word that goes with a number."""
    return one if number == 1 else many or f"{one}s"


def when(
    row: Mapping[str, object], *, start: str = "start_date", end: str = "end_date", basis: str = "date_basis"
) -> str:
    """Write the date of an event, and what it rests on where that is not print."""
    first, last = row.get(start), row.get(end)
    if not isinstance(first, str):
        return "date not given"
    words = wording.period(first, last) if isinstance(last, str) else dates.written(first)
    rests = codebook.vocabulary("date_bases").get(str(row.get(basis)))
    remark = "" if rests is None else str(rests.more.get("remark", ""))
    return f"{words} ({remark})" if remark else words


def age(first: date, *, today: date) -> str:
    """Write how old a piece of evidence is, in whole years."""
    years = today.year - first.year - ((today.month, today.day) < (first.month, first.day))
    return "under 1 year" if years < 1 else f"{years} {plural(years, 'year')}"
