"""An official series on a page: its latest value in a sentence, one chart of all releases, and the data behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.codebook.cldr import date_range, listing
from socdialog.display import charts
from socdialog.display.messages import say, words
from socdialog.display.parts import Column, Evidence, Figure, Folded, Sentence, Span, Spans, Table, Value
from socdialog.display.parts import table as shown_table
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.metrics.releases import release_order
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import bundle, in_words, label, latest, lines, point, share_of, whole
from socdialog.profiles.country.official_series import none_in
from socdialog.profiles.detail import MOST
from socdialog.profiles.listing import Row, grid, ids, rows

#: Lines that a chart names at their ends, and lines next to each other in a table.
_DRAWN, _COLUMNS = 4, 5
#: Letters of a title, and gaps that it names.
_TITLE, _GAPS = 90, 2
#: The most values that say of a series as a whole where it is from.
_EVIDENCE = 500
#: The fewest years that make a line.
_LINE = 2


def series_lead(
    context: ProfileContext, indicators: Sequence[str], *, key: str = "series.latest", what: str = ""
) -> Iterator[Sentence]:
    """Say the latest value of series that are shown as one quantity, and who does not publish it.

    Parameters
    ----------
    indicators
        Codes of the series; the first with a value is the one that is said.
    key
        Message for the value, with places for ``value``, ``year``, ``publisher`` and ``what``.
    what
        The quantity as it is written within a sentence; default: the name of the first series.
    """
    named = what or (in_sentence(label(context, indicators[0])) if indicators else "")
    row = latest(context, indicators)
    absences = list(not_published(context, indicators, what=named))
    if row is not None:
        said = {"year": str(row["year"]), "publisher": row["source"], "what": named}
        yield Sentence(say(key, value=share_of(context, row), **said), "lead")
    elif not absences:
        yield Sentence(none_in(context, named).spans, "lead")
    for number, spans in enumerate(absences):
        yield Sentence(spans, "lead" if row is None and number == 0 else "plain")


def not_published(context: ProfileContext, indicators: Sequence[str], *, what: str) -> Iterator[Spans]:
    """Yield who does not publish series, who lists them without a value, and who publishes only parts of them."""
    country = context.countries[0]
    absent: dict[str, dict[str, list[str]]] = {}
    for indicator in indicators:
        found = whole(context, country, indicator)
        if found is None:
            own = context.rows_for("country_years").filter(pl.col("indicator") == indicator)
            latest = own.filter(release_order() == release_order().max().over("source"))
            # Of thousands of parts some are evidence enough that they are published.
            latest = latest.filter(pl.col("year") == pl.col("year").max().over("source")).head(MOST)
            said = [
                (*row[:2], "only_parts", (row[2],)) for row in latest.select("source", "vintage", "row_id").iter_rows()
            ]
        else:
            valued = found.drop_nulls("value").get_column("source").implode()
            kinds = {"not_published": "not_published", "published_without_value": "without_value"}
            chosen = found.filter(pl.col("availability").is_in(list(kinds)) & ~pl.col("source").is_in(valued))
            said = [
                (row["source"], row["vintage"], kinds[row["availability"]], row["evidence"])
                for row in chosen.iter_rows(named=True)
            ]
        for source, vintage, kind, evidence in said:
            publisher = words("series.publisher", source=source, release=release(vintage))
            absent.setdefault(kind, {}).setdefault(publisher, []).extend(evidence)
    for kind, publishers in absent.items():
        evidence = rows(row for each in publishers.values() for row in each)
        names = Value(listing(publishers), evidence, absent=True)
        yield say(f"series.{kind}", n=len(publishers), publishers=names, what=what, country=context.in_prose)


def series_figure(
    context: ProfileContext, indicators: str | Sequence[str], *, key: str, what: str = "", axis: str | None = None
) -> Iterator[Figure | Folded]:
    """Show all releases of series of one quantity: a chart with their data, or the folded data where there is no line.

    Parameters
    ----------
    indicators
        One code, or several in the order in which they are shown. Those in another unit than the first are left out.
    key
        Id of the figure.
    what
        The quantity as a title names it; default: the name of the first series with values.
    axis
        What its axis says, such as which end is better; default: nothing, the unit is in the subtitle.
    """
    found = lines(context, [indicators] if isinstance(indicators, str) else indicators)
    if found.is_empty():
        return
    found = found.filter(pl.col("unit") == pl.col("unit").first())
    what = what or str(found["label"][0])
    tables = _tables(context, found, key=key, what=what)
    known = found.drop_nulls("value")
    if known.group_by("place").agg(pl.len()).filter(pl.col("len") >= _LINE).is_empty():
        yield _folded(tables, key, "series.data", what)
        return
    drawn = _drawn(known)
    chart = charts.series(
        drawn.select("year", "value", release="line"),
        title=_title(context, known, what),
        subtitle=words(
            "series.subtitle",
            unit=unit_of(context, known.row(0, named=True)),
            years=years(known["year"].min(), known["year"].max()),  # type: ignore[arg-type]
            releases="; ".join(drawn.get_column("line").unique(maintain_order=True)),
        ),
        axis=axis,
    )
    yield Figure(key, chart.to_dict(validate=False), _caption(known, drawn, what), tables[0])
    if tables[1:]:
        yield _folded(tables[1:], f"{key}-more", "series.older", what)


def series_tables(context: ProfileContext, indicators: Sequence[str], *, key: str) -> Iterator[Table]:
    """Show the values of series by year as tables, those of a unit next to each other."""
    found = lines(context, indicators)
    if found.is_empty():
        return
    for number, of_unit in enumerate(found.partition_by("unit", maintain_order=True), 1):
        names = of_unit.get_column("label").unique(maintain_order=True)
        what = listing([names[0], *map(in_sentence, names[1:])])
        yield from _tables(context, of_unit, key=f"{key}{f'-{number}' if number > 1 else ''}", what=what)


def limits(context: ProfileContext, indicators: Sequence[str], *, key: str) -> Iterator[Folded]:
    """Show, folded, what series measure and what they do not, those of which the country has anything."""
    catalogue = {row["indicator"]: row for row in context["indicators"].iter_rows(named=True)}
    held = {code: known_rows(context, code) for code in indicators}
    shown = [(catalogue[code], evidence) for code, evidence in held.items() if evidence]
    if not shown:
        return
    cells = [
        (
            label(context, row["indicator"]),
            Value(row["definition"], evidence, bundle=f"limits {row['indicator']}"),
            tuple(
                Value(text, evidence, bundle=f"limits {row['indicator']}")
                for text in (row["caveat"], *cautions(context, row["indicator"]))
            ),
        )
        for row, evidence in shown
    ]
    headings = [words(f"series.limits_{name}") for name in ("series", "definition", "limits")]
    summary = words("series.limits_of")
    yield Folded(f"{key}-limits", summary, (shown_table(f"{key}-limits-of", summary, headings, cells),))


def known_rows(context: ProfileContext, indicator: str) -> Evidence:
    """Return the rows that say anything of a series in the country of the page: of very many those of totals first."""
    total = pl.col("classification").fill_null("").str.contains(f"^$|{codebook.TOTALS}")
    tables = (context.rows_for(name) for name in ("country_years", "not_published"))
    found = (table.filter(pl.col("indicator") == indicator).sort(~total, maintain_order=True) for table in tables)
    return rows(row for table in found for row in ids(table.head(_EVIDENCE)))


def cautions(context: ProfileContext, indicator: str) -> list[str]:
    """Return what must be known of a series in the country of the page only."""
    own = context.rows_for("indicator_cautions").filter(pl.col("indicator") == indicator)
    return own.get_column("caution").sort().to_list()


def unit_of(context: ProfileContext, row: Row) -> str:
    """Return the unit of a series as a heading has it: ``% of employees``, ``Days``."""
    catalogue = context["indicators"].filter(pl.col("indicator") == row["indicator"])
    whom = catalogue.get_column("share_of")[0] if "share_of" in catalogue.columns and catalogue.height else None
    return words("series.percent_of", whom=whom) if whom else wording.label("units", row["unit"])


def years(first: int, last: int) -> str:
    """Write years from a first to a last: ``2013–2016``."""
    return date_range(str(first), str(last))


def gaps(found: pl.DataFrame) -> list[str]:
    """Return the years between the first and the last of a line that have no value, as ranges."""
    have = set(found.get_column("year"))
    missing = [year for year in range(min(have), max(have)) if year not in have]
    runs = (list(run) for _, run in groupby(enumerate(missing), lambda one: one[1] - one[0]))
    return [years(run[0][1], run[-1][1]) for run in runs]


def _folded(tables: tuple[Table, ...], key: str, message: str, what: str) -> Folded:
    return Folded(key, words(message, what=what), tables)


def _drawn(known: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that a chart shows: all, or where they are many the latest release of each series."""
    if known.get_column("place").n_unique() <= _DRAWN:
        return known
    newest = known.filter(pl.col("place") == pl.col("place").min().over("indicator", "classification"))
    return newest.filter(pl.col("place").is_in(newest.get_column("place").unique().sort()[:_DRAWN].implode()))


def _title(context: ProfileContext, known: pl.DataFrame, what: str) -> str:
    first = known.filter(pl.col("place") == pl.col("place").min()).sort("year")
    last = first.row(-1, named=True)
    title = words("series.title", what=what, country=context.in_prose, value=point(last).text, year=str(last["year"]))
    missing = gaps(first)
    longer = words("series.title_gaps", title=title, gaps=listing(missing))
    return longer if 0 < len(missing) <= _GAPS and len(longer) <= _TITLE else title


def _caption(known: pl.DataFrame, drawn: pl.DataFrame, what: str) -> Spans:
    """Say the first, last, lowest and highest value of the first line, and the last value of each other."""
    spans: list[Span] = []
    ends = drawn.partition_by("place", maintain_order=True)
    for number, line in enumerate(ends):
        name, last = str(line["line"][0]), line.sort("year").row(-1, named=True)
        if number:
            spans += say("series.caption_other", line=name, last=point(last), last_year=str(last["year"]))
        else:
            spans += say("series.caption", line=in_words(line, what), release=name)
    broken = any(gaps(line) for line in ends)
    more = say("series.caption_drawn") if drawn.height < known.height else ()
    return (*spans, *say("series.caption_gaps" if broken else "series.caption_complete"), *more)


def _tables(context: ProfileContext, found: pl.DataFrame, *, key: str, what: str) -> tuple[Table, ...]:
    """Return all values by year and line, so many lines in a table as fit next to each other."""
    places = found.get_column("place").unique().sort().to_list()
    chosen = [places[at : at + _COLUMNS] for at in range(0, len(places), _COLUMNS)]
    return tuple(
        _table(context, found.filter(pl.col("place").is_in(some)), key=f"{key}{f'-{n}' if n > 1 else ''}", what=what)
        for n, some in enumerate(chosen, 1)
    )


def _table(context: ProfileContext, found: pl.DataFrame, *, key: str, what: str) -> Table:
    by_year: dict[str, dict[str, Span]] = {}
    for row in found.sort("year", "place", descending=[True, False]).iter_rows(named=True):
        by_year.setdefault(str(row["year"]), {})[row["line"]] = point(row)
    heads = found.sort("place").unique("place", keep="first", maintain_order=True).iter_rows(named=True)
    columns = {row["line"]: Column(row["line"], numeric=True, bundle=bundle(row)) for row in heads}
    span = years(*map(int, found.select(pl.col("year").min(), pl.col("year").max().alias("last")).row(0)))
    caption = words(
        "series.table",
        what=what,
        country=context.in_prose,
        unit=unit_of(context, found.row(0, named=True)).lower(),
        years=span,
    )
    note = words("series.table_note" if len(columns) > 1 else "series.table_note_one")
    return grid(f"{key}-data", caption, words("series.year"), columns, by_year, note=note)
