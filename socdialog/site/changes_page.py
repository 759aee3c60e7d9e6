"""The page of what changed since the edition before, and all changes as a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook import cldr, wording
from socdialog.display.messages import words
from socdialog.display.statements import Statement
from socdialog.folding import alphabetical
from socdialog.site.changes import KINDS, Kind, compare_editions
from socdialog.site.cited_sources import CitedSource, cited_sources
from socdialog.site.country_slices import every_table
from socdialog.site.editions import PastEdition, edition_before
from socdialog.site.page_shell import SiteInfo, edition_words, site_page

PATH = "changes.html"
#: So many entries of a country are shown; the file has all.
_SHOWN = 100
#: The section of rows that belong to no country with a section of its own.
_OTHER = "other"
_NOTE = "note"
#: What tells the rows of `compare_editions` apart, each of which has a line for every cell that differs.
_ROW = ["change", "table", "previous_row_id", "row_id"]
Tables = Mapping[str, pl.DataFrame]


class Entry(NamedTuple):
    """A row that changed, in words.

    Parameters
    ----------
    table
        Title of its table.
    about
        What it is about; of a row that is only in one edition, all that its sources state.
    before, now
        What its sources state in each edition; empty for a row that is only in one.
    sources
        Its sources.
    note
        The remark that the data give together with the change.
    """

    table: str
    about: str
    before: str
    now: str
    sources: tuple[CitedSource, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CountryChanges:
    """The changes of one country.

    Parameters
    ----------
    anchor, name
        Id of its section, which is its code, and its name.
    counts
        Number of rows by what happened to them.
    entries
        The rows that are shown, likewise.
    """

    anchor: str
    name: str
    counts: Mapping[Kind, int]
    entries: Mapping[Kind, Sequence[Entry]]

    @property
    def total(self) -> int:
        """Number of rows that changed."""
        return sum(self.counts.values())

    @property
    def in_words(self) -> str:
        """How many rows changed in which way, as a clause; empty where none did."""
        return cldr.joined(words(f"changes.{kind}", n=n) for kind, n in self.counts.items() if n)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The page, and all changes as a table.

    Parameters
    ----------
    html
        The page.
    cells
        Every cell that changed; see `socdialog.site.changes.compare_editions`.
    """

    html: str
    cells: pl.DataFrame


def render_changes(
    tables: Tables, editions: tuple[PastEdition, ...], site: SiteInfo, *, countries: Collection[str]
) -> ChangesPage:
    """Return the page of what changed since the latest edition before this one.

    Parameters
    ----------
    tables
        The published tables.
    editions
        The past editions, the earliest first.
    site
        The site.
    countries
        Countries that get a section, whether anything changed or not.
    """
    before = edition_before(editions, site.edition)
    comparable = before is not None and before.schema_version == schemas.SCHEMA_VERSION
    old = every_table(before.tables if before is not None and comparable else {})
    new = every_table(tables)
    cells = compare_editions(old, new) if comparable else compare_editions({}, {})
    found = _by_country(cells, old, new, countries)
    rows = cells.unique(_ROW)
    html = site_page(
        PATH,
        words("changes.title"),
        site,
        before=before and edition_words(before.name),
        comparable=comparable,
        whole=CountryChanges("", "", _counts(rows), {}).in_words,
        countries=found,
        kinds=KINDS,
        editions=[(edition_words(one.name), one.path, len(one.content)) for one in reversed(editions)],
    )
    return ChangesPage(html, cells)


def _by_country(cells: pl.DataFrame, old: Tables, new: Tables, countries: Collection[str]) -> list[CountryChanges]:
    """Return the changes of each country in alphabetical order, and last those of none of them."""
    names = dict(old["countries"].select("country", "name").iter_rows())
    names |= {code: name for code, name in new["countries"].select("country", "name").iter_rows() if name}
    every = {code: names.get(code) or wording.label("iso_countries", code) for code in {*countries, *names}}
    rows = cells.unique(_ROW, keep="first", maintain_order=True)
    of_any = pl.col("countries").list.set_intersection(sorted(every)).list.len().fill_null(0) > 0
    parts = [
        (code, name, rows.filter(pl.col("countries").list.contains(code).fill_null(value=False)))
        for code, name in ((code, every[code]) for code in alphabetical(every, every.__getitem__))
    ]
    rest = rows.filter(~of_any)
    if rest.height:
        parts.append((_OTHER, words("changes.other"), rest))
    shown = [_shown(part) for _, _, part in parts]
    ids = pl.concat(shown or [rows])
    before, now = _Stated(old, ids["previous_row_id"]), _Stated(new, ids["row_id"])
    return [
        CountryChanges(code, name, _counts(part), _entries(first, before, now))
        for (code, name, part), first in zip(parts, shown, strict=True)
    ]


def _counts(rows: pl.DataFrame) -> dict[Kind, int]:
    return {kind: rows.filter(change=kind).height for kind in KINDS}


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are shown, corrected ones first: where there are too many, the first of each table."""
    kind, table = pl.col("change").cast(pl.Enum(KINDS)), pl.col("table").cast(pl.Enum(list(codebook.tables())))
    rank = pl.int_range(pl.len()).over("change", "table")
    return rows.sort(kind, rank, table, maintain_order=True).head(_SHOWN).sort(kind, table, maintain_order=True)


def _entries(rows: pl.DataFrame, before: _Stated, now: _Stated) -> dict[Kind, list[Entry]]:
    """Return rows in words, by what happened to them."""
    found: dict[Kind, list[Entry]] = {kind: [] for kind in KINDS}
    for row in rows.iter_rows(named=True):
        found[row["change"]].append(_entry(row["table"], row["previous_row_id"], row["row_id"], before, now))
    return found


def _entry(table: str, old: str | None, new: str | None, before: _Stated, now: _Stated) -> Entry:
    title = codebook.tables()[table].title
    if old is None or new is None:
        edition, row_id = (now, str(new)) if old is None else (before, str(old))
        whole = edition.statement(table, row_id).words
        return Entry(title, whole, "", "", edition.sources(row_id), "")
    first, second = before.statement(table, old), now.statement(table, new)
    about, told = second.heading, (first.details, second.details)
    if first.heading != second.heading:
        # What the row is about was itself corrected; the rest says which row it is, where it stayed the same.
        same = first.details == second.details
        about = (second.details if same else "") or title
        told = (first.heading, second.heading) if same else (first.words, second.words)
    note = now.note(table, new)
    return Entry(title, about, *told, now.sources(new), note if note != before.note(table, old) else "")


class _Stated:
    """What sources state in some rows of one edition."""

    def __init__(self, tables: Tables, row_ids: Iterable[str | None]) -> None:
        self._tables = tables
        self._ids = sorted({one for one in row_ids if one is not None})
        self._cited = cited_sources(tables["citations"])
        found = tables["evidence"].filter(pl.col("row_id").is_in(self._ids)).sort("row_id", "source_id")
        self._rows: dict[str, list[Mapping[str, object]]] = {}
        for row in found.iter_rows(named=True):
            self._rows.setdefault(str(row["row_id"]), []).append(row)
        self._notes: dict[str, dict[str, str]] = {}

    def statement(self, table: str, row_id: str) -> Statement:
        """Return what a row says: of several sources, the one that states most of it."""
        statements = [Statement.of(row) for row in self._rows.get(row_id, ())]
        return max(statements, key=lambda one: sum(part not in (None, ()) for part in one), default=Statement(table))

    def sources(self, row_id: str) -> tuple[CitedSource, ...]:
        """Return the sources of a row."""
        ids = (str(row["source_id"]) for row in self._rows.get(row_id, ()))
        return tuple(self._cited[one] for one in ids if one in self._cited)

    def note(self, table: str, row_id: str) -> str:
        """Return the published remark of a row that is no part of what it states."""
        spec, frame = codebook.tables()[table], self._tables[table]
        if _NOTE not in frame.columns or any(_NOTE in columns for columns in spec.states.values()):
            return ""
        if table not in self._notes:
            own = frame.filter(pl.col("row_id").is_in(self._ids)).select("row_id", pl.col(_NOTE).fill_null(""))
            self._notes[table] = dict(own.iter_rows())
        return self._notes[table].get(row_id, "")
