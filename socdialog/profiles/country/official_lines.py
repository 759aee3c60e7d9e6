"""Official series of a country as lines of a chart: each release of a series is one; none is joined to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.messages import say, words
from socdialog.display.official_words import format_official
from socdialog.display.parts import Spans, Value
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.metrics import key_figures as metric
from socdialog.metrics.releases import release_order
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import Row, own

_SERIES = ("indicator", "source", "vintage", "classification")


def used_as(context: ProfileContext, use: str, section: str) -> list[str]:
    """Return the indicators that a study shows as one quantity, such as union density, in its order."""
    return metric.shown_as(context["indicators"], use, section)


def whole(context: ProfileContext, country: str, indicator: str) -> pl.DataFrame | None:
    """Return a series as a whole; None where a publisher gives parts of it only, which are never added up."""
    return metric.series_of(context.tables, indicator, country=country)


def lines(context: ProfileContext, indicators: Iterable[str], country: str | None = None) -> pl.DataFrame:
    """Return the values of series by year, each release of each series as a line of its own.

    Parameters
    ----------
    indicators
        Codes of the series, in the order in which they are shown.
    country
        Default: the first of the page.

    Returns
    -------
    polars.DataFrame
        ``indicator``, ``label``, ``source``, ``vintage``, ``classification``, ``year``, ``value`` (null = published
        without a value), ``unit``, ``obs_status``, ``evidence``; ``series`` and ``publisher`` = places of the series
        and its publisher, ``place`` = place of the line, the latest release of a publisher first; ``line`` = its
        name, as short as tells it apart.
    """
    found = []
    for place, indicator in enumerate(indicators):
        series = whole(context, country or context.countries[0], indicator)
        if series is not None and series.drop_nulls("year").height:
            about = {"indicator": indicator, "label": label(context, indicator), "series": place}
            columns = {name: pl.lit(value) for name, value in about.items()}
            publisher = metric.by_publisher(context["indicators"], indicator)
            found.append(series.drop_nulls("year").with_columns(publisher=publisher, **columns))
    return _named(pl.concat(found)) if found else pl.DataFrame(schema={"indicator": pl.String, "place": pl.Int64})


def _named(values: pl.DataFrame) -> pl.DataFrame:
    """Return lines with a number and a name."""
    every = values.select("series", "label", "publisher", *_SERIES).unique()
    by = ("series", "publisher", "source", release_order(), "vintage", "classification")
    every = every.sort(*by, descending=[False, False, False, True, True, False], nulls_last=True)
    rows = every.rows(named=True)
    releases = [words("series.line", source=row["source"], release=release(row["vintage"])) for row in rows]
    names = [
        words("series.labelled_line", label=row["label"], release=release(row["vintage"]))
        if releases.count(name) > 1 and every.get_column("indicator").n_unique() > 1
        else name
        for row, name in zip(rows, releases, strict=True)
    ]
    names = [
        words("series.classified_line", line=name, classification=class_words(row["classification"]))
        if names.count(name) > 1
        else name
        for row, name in zip(rows, names, strict=True)
    ]
    named = every.with_columns(pl.Series("line", names, dtype=pl.String)).with_row_index("place")
    columns = ["series", "label", "publisher", *_SERIES]
    return values.join(named, on=columns, how="left", nulls_equal=True).sort("place", "year")


def class_words(code: str | None) -> str:
    """Name a classification within a sentence; a dash where there is none."""
    return in_sentence(wording.label("classifications", code)) or "–"


def latest(context: ProfileContext, indicators: Sequence[str], country: str | None = None) -> Row | None:
    """Return the latest value of the first series that has one, of its latest release; None without any."""
    return metric.latest_value(context.tables, indicators, country=country or context.countries[0])


def point(row: Row) -> Value:
    """Show one value of a line; all of a line share a marker."""
    if row["value"] is None:
        return Value(words("series.absent_value"), own(row), absent=True)
    status = f" ({wording.label('obs_statuses', row['obs_status']).lower()})" if row["obs_status"] else ""
    return Value(number(row) + status, own(row), bundle=bundle(row))


def in_words(line: pl.DataFrame, what: str) -> Spans:
    """Say the first, last, lowest and highest value of a line, each once.

    Parameters
    ----------
    line
        Its values, one a year, none missing; see `lines`.
    what
        What they are of.
    """
    by_year = line.sort("year").rows(named=True)
    by_value = line.sort("value", "year").rows(named=True)
    first, last, low, high = by_year[0], by_year[-1], by_value[0], by_value[-1]
    ends, flat = {number(first), number(last)}, number(low) == number(high)
    extremes = {} if flat else {"low": low, "high": high}
    ranks = {number(row): words(f"series.line_{name}") for name, row in extremes.items()}
    elsewhere = [name for name, row in extremes.items() if number(row) not in ends]
    further = "_".join(elsewhere)
    broken = len(by_year) <= last["year"] - first["year"]
    level = ("line_flat_gaps" if broken else "line_flat") if flat else "line_level" if len(ends) == 1 else "line_ends"
    return say(
        f"series.{level}",
        what=what,
        first=point(first),
        first_year=str(first["year"]),
        first_rank=ranks.get(number(first), ""),
        last=point(last),
        last_year=str(last["year"]),
        last_rank=ranks.get(number(last), ""),
        further=say(
            f"series.further_{further}",
            low=point(low),
            low_year=str(low["year"]),
            high=point(high),
            high_year=str(high["year"]),
        )
        if further
        else (),
    )


def bundle(row: Row) -> str:
    """Return what the values of a line share: their marker."""
    return " ".join(str(row[name] or "") for name in _SERIES).strip()


def share_of(context: ProfileContext, row: Row) -> Value:
    """Show a value with whom it is a share of: ``46.9% of employees``."""
    catalogue = context["indicators"].filter(pl.col("indicator") == row["indicator"])
    whom = catalogue.get_column("share_of")[0] if "share_of" in catalogue.columns and catalogue.height else None
    shown = point(row)
    if not whom:
        return shown
    return Value(words("series.of_whom", value=shown.text, whom=whom), shown.evidence, bundle=shown.bundle)


def label(context: ProfileContext, indicator: str) -> str:
    """Return the name of a series, without the country of the page, which some national series end with."""
    return context.called("indicators", indicator, "label").removesuffix(f", {context.about}")


def number(row: Row) -> str:
    """Return a value as it is written where its unit is named elsewhere, without its status."""
    return format_official(row["value"], _suffix(row["unit"]))


def _suffix(unit: str) -> str | None:
    """Keep the sign of a percentage behind a number; other units are in the caption."""
    term = codebook.vocabulary("units").get(unit)
    return unit if term is not None and term.more.get("family") == "percent" else None
