"""Which rows of each clean table belong to a country, and which to a span of years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from socdialog import codebook, dates, schemas
from socdialog.dates import DateLike
from socdialog.errors import UsageError
from socdialog.folding import fold
from socdialog.independent_sources import copies
from socdialog.inputs import countries, listed
from socdialog.intake.evidence import cited
from socdialog.intake.official_snapshots import annual

Tables = Mapping[str, pl.DataFrame]


def known_countries(tables: Callable[[str], pl.DataFrame], table: str, wanted: str | Iterable[str]) -> tuple[str, ...]:
    """Return the codes of countries, sorted, after refusing any of which the data has nothing.

    Parameters
    ----------
    tables
        Gives a table by its name.
    table
        The table that is loaded.
    wanted
        One or several countries: by code, by name in any language, or as the study itself calls them.

    Raises
    ------
    UsageError
        With one line for each unknown country, and the nearest right code.
    """
    listed_here, world = tables("countries"), tables("reports").get_column("countries").explode(empty_as_null=True)
    study = set(listed_here.get_column("country"))
    reported = study | set(world.drop_nulls())
    read = country_codes(listed_here, wanted)
    lacking = [code for code in read if code not in reported]
    if lacking:
        labels = {code: term.label for code, term in codebook.known_terms("iso_countries").items()}
        raise UsageError(
            f"load_{table}: no such country in this study",
            details=[f"{labels.get(code, code)} ({code}): this study has nothing on it" for code in lacking],
            hint=f"countries of this study: {', '.join(sorted(study))}",
        )
    return tuple(sorted(read))


def country_codes(
    listed_here: pl.DataFrame, wanted: str | Iterable[str], *, name: str = "countries"
) -> tuple[str, ...]:
    """Return the codes of countries, each once, in the order given.

    Parameters
    ----------
    listed_here
        The countries of the study.
    wanted
        One or several countries: by code, by name in any language, or as the study itself calls them.
    name
        Name of the argument.

    Raises
    ------
    UsageError
        With one line for each value that is no country.
    """
    own = _own_names(listed_here)
    given = [wanted] if isinstance(wanted, str) else listed(wanted, name=name)
    read = [own.get(fold(one), one) if isinstance(one, str) else one for one in given]
    return countries(read, among=listed_here.get_column("country"), name=name)


def _own_names(listed: pl.DataFrame) -> dict[str, str]:
    """Return the codes of the study's countries by what the study itself calls them, folded."""
    names = [name for name in ("name", "own_name", "iso2", "m49") if name in listed.columns]
    written = {
        fold(str(cell)): row["country"]
        for row in listed.iter_rows(named=True)
        for cell in (row[name] for name in names)
        if cell is not None
    }
    return {form: code for form, code in written.items() if form}


def for_pages(tables: Tables, countries: tuple[str, ...] | None) -> dict[str, pl.DataFrame]:
    """Return what a page about `countries` may depend on; None = about all of them."""
    shown = {name: annual(frame) if name == "country_years" else frame for name, frame in tables.items()}
    chosen = shown if countries is None else of_countries(shown, countries)
    return {name: frame for name, frame in chosen.items() if codebook.tables()[name].on_pages}


def of_countries(tables: Tables, countries: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """Return the rows of every table that belong to `countries`, as the data dictionary says.

    A row belongs to its own countries, or to those of the row to which it belongs: an actor to the countries
    of its report's event. What such rows name goes with them: their sources and the texts these copy, their places,
    organisations and people. A table that belongs to no country is left out.
    """
    kept: dict[str, pl.DataFrame] = {}
    for name in tables:
        _keep_own(name, tables, countries, kept)
    specs = [codebook.tables()[name] for name in tables]
    for spec in (spec for spec in specs if spec.when_named):
        named = _with_originals(tables[spec.name], _naming(f"{spec.name}.{spec.key[0]}", kept))
        _keep_more(spec.name, pl.col(spec.key[0]).is_in(named.implode()), tables, kept)
    for spec in (spec for spec in specs if spec.goes_with is not None):
        table, _, key = str(spec.every_column[str(spec.goes_with)].of).partition(".")
        _keep_more(spec.name, pl.col(str(spec.goes_with)).is_in(kept[table].get_column(key).implode()), tables, kept)
    if "citations" in tables:
        sources = _with_originals(tables["citations"], cited(kept, tables))
        _keep_more("citations", pl.col("source_id").is_in(sources.implode()), tables, kept)
    return kept


def _keep_own(name: str, tables: Tables, countries: tuple[str, ...], kept: dict[str, pl.DataFrame]) -> None:
    """Keep the rows of a table that belong to `countries`, after those of the tables that it belongs to."""
    spec = codebook.tables()[name]
    if name in kept or not spec.belongs_to:
        return
    if spec.belongs_to == ("all",):
        kept[name] = tables[name]
    for column in spec.belongs_to if name not in kept else ():
        table, _, key = str(spec.every_column[column].of).partition(".")
        if table in {"iso_countries", "countries"}:
            own = pl.Series(countries, dtype=pl.String)
        else:
            _keep_own(table, tables, countries, kept)
            own = kept[table].get_column(key)
        several = isinstance(tables[name].schema[column], pl.List)
        found = (
            pl.col(column).list.set_intersection(own.to_list()).list.len() > 0
            if several
            else pl.col(column).is_in(own.implode())
        )
        _keep_more(name, found, tables, kept)


def _keep_more(name: str, wanted: pl.Expr, tables: Tables, kept: dict[str, pl.DataFrame]) -> None:
    """Return the rows of a table already kept, with those `wanted`, in their order."""
    already = kept[name].get_column("row_id") if name in kept else pl.Series([], dtype=pl.String)
    kept[name] = tables[name].filter(wanted.fill_null(value=False) | pl.col("row_id").is_in(already.implode()))


def _naming(referred: str, kept: Tables) -> pl.Series:
    """Return the ids by which kept rows refer to the rows of a table."""
    cells = [
        frame.get_column(column.name)
        for name, frame in kept.items()
        for column in codebook.tables()[name].every_column.values()
        if column.of == referred and column.type == "ref"
    ]
    return pl.concat([pl.Series([], dtype=pl.String), *cells]).drop_nulls().unique()


def _with_originals(frame: pl.DataFrame, named: pl.Series) -> pl.Series:
    """Return the ids that are `named`, and of texts those that they copy too."""
    if "copy_of" not in frame.columns:
        return named
    return copies(frame).filter(pl.col("source_id").is_in(named.implode())).get_column("original")


def of_years(frame: pl.DataFrame, table: str, *, since: DateLike | None, until: DateLike | None) -> pl.DataFrame:
    """Return the rows of `frame` whose date may lie from `since` to `until`.

    Bounds decide: a row of 1992 may lie after 1992-05. A row without a date is left out as soon as
    either end is given.

    Raises
    ------
    UsageError
        When an end is not a date, or the two are out of order.
    """
    if since is None and until is None:
        return frame
    first, last = dates.span(since, until)
    dated_by = codebook.tables()[table].dated_by
    if dated_by is None:
        raise UsageError(f"{table}: no column dates its rows", hint="leave since and until out")
    if codebook.tables()[table].every_column[dated_by].type == "integer":
        low, high = (pl.date(pl.col(dated_by), month, day) for month, day in ((1, 1), (12, 31)))
    else:
        low, high = (pl.col(name) for name in schemas.bound_names(dated_by))
    return frame.filter(high >= first, low <= last)


def events_within(events: pl.DataFrame, *, since: DateLike | None, until: DateLike | None = None) -> pl.DataFrame:
    """Return the events that may lie from `since` to `until`, and those without a date, which may lie anywhere."""
    if since is None and until is None:
        return events
    return pl.concat(
        [of_years(events, "events", since=since, until=until), events.filter(pl.col("start_date").is_null())]
    )
