"""Official series: density and bargaining coverage, strikes, SDG 8.8.2, and whatever else is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display import charts
from socdialog.display.parts import Column, Figure, Part, Section, Sentence, Span, Value, note, sentence, table
from socdialog.errors import UsageError
from socdialog.metrics import official
from socdialog.profiles.context import ProfileContext, ids, joined, warning
from socdialog.profiles.context import format_official as number
from socdialog.profiles.context import rows as unique


def density(context: ProfileContext) -> Section:
    """Show density and bargaining coverage as published, or that they are not."""
    parts = [part for theme in ("density", "coverage", "employers") for part in themed(context, theme)]
    return Section(
        "density",
        "Trade union density and bargaining coverage",
        (*(parts or [context.no_data("official series")]), warning("vintages_never_spliced")),
    )


def compliance(context: ProfileContext) -> Section:
    """Show SDG indicator 8.8.2 with its release and its caution."""
    parts = themed(context, "compliance")
    return Section(
        "compliance",
        "National compliance with labour rights (SDG 8.8.2)",
        (warning("sdg_882_not_ranking"), *(parts or [context.no_data("score")]), warning("vintages_never_spliced")),
    )


def other(context: ProfileContext) -> Section:
    """Show the newest value of every official series that no other section shows."""
    named = {code for codes in codebook.section_indicators().values() for code in codes}
    rows = [
        row
        for code in context["indicators"].get_column("indicator")
        if code not in named
        for row in _others(context, code)
    ]
    if not rows:
        return Section("official", "Other official series", (context.no_data("further official series"),))
    return Section(
        "official",
        "Other official series",
        (
            table(
                "official",
                f"{context.about}: newest value of each series and release",
                ["series", "#value", "year", "source, release", "what it does not measure"],
                rows,
                note="Rounded; the evidence has all digits.",
            ),
        ),
    )


def _others(context: ProfileContext, code: str) -> list[tuple[Span, ...]]:
    """Return the newest values of a series, as rows."""
    label, caveat = _label(context, code), _caveat(context, code)
    return [
        (
            Value(label, (row["row_id"],)),
            Value(number(row["value"], row["unit"]), (row["row_id"],)),
            str(row["year"]),
            f"{row['source']}, {row['vintage']}",
            Value(caveat, (row["row_id"],)),
        )
        for row in _latest(context, code).iter_rows(named=True)
    ]


class Newest(NamedTuple):
    """The newest official value of a country, or that it is not published or not known here."""

    label: str
    value: Value
    year: str
    release: str


def newest(context: ProfileContext, country: str, indicator: str) -> Newest:
    """Return the newest value of an official series, from its newest release that has one."""
    label = _label(context, indicator)
    found = _whole(context, country, indicator)
    if found is None:
        parts = _parts(context, country, indicator)
        return Newest(label, Value("no total published", ids(parts), absent=True), "", _releases(parts))
    given = found.drop_nulls("value").sort("vintage", "year", "source")
    if given.height:
        row = given.row(-1, named=True)
        shown = Value(number(row["value"], row["unit"]), tuple(row["evidence"]))
        return Newest(label, shown, str(row["year"]), f"{row['source']}, release {row['vintage']}")
    absent = found.filter(pl.col("availability") == official.NOT_PUBLISHED)
    if absent.height:
        evidence = unique(row_id for group in absent.get_column("evidence") for row_id in group)
        return Newest(label, Value("not published", evidence, absent=True), "", joined(dict.fromkeys(absent["source"])))
    return Newest(label, Value("not known here", absent=True), "", "")


def _whole(context: ProfileContext, country: str, indicator: str) -> pl.DataFrame | None:
    """Return a series as a whole; None where a publisher gives parts of it only, which are never added up."""
    try:
        return official.official_series(
            context["country_years"], context["not_published"], country=country, indicator=indicator
        ).frame
    except UsageError:
        return None


def _parts(context: ProfileContext, country: str, indicator: str) -> pl.DataFrame:
    return context.rows_for("country_years", country).filter(pl.col("indicator") == indicator)


def _releases(parts: pl.DataFrame) -> str:
    told = parts.select("source", "vintage").unique().sort("source", "vintage")
    return "; ".join(f"{source}, release {vintage}" for source, vintage in told.iter_rows())


def _in_parts(label: str, parts: pl.DataFrame) -> Part:
    total = Value("no total published", ids(parts), absent=True)
    words = f" ({_releases(parts)}): only parts, by classification, which are never added up."
    return sentence(f"{label}: ", total, words)


def themed(context: ProfileContext, theme: str) -> list[Part]:
    """Return the official series of a theme; the first that makes a line is drawn, all stand as tables."""
    parts: list[Part] = []
    drawn = False
    for indicator in codebook.section_indicators()[theme]:
        found = series(context, indicator, draw=not drawn)
        drawn = drawn or any(isinstance(part, Figure) for part in found)
        parts += found
    return parts


def series(context: ProfileContext, indicator: str, *, draw: bool) -> list[Part]:
    """Return an official series as a table, with its chart where wanted, or the words that it is not published."""
    found = _whole(context, context.countries[0], indicator)
    label = _label(context, indicator)
    if found is None:
        return [_in_parts(label, _parts(context, context.countries[0], indicator))]
    if found.height == 0:
        return []
    parts: list[Part] = []
    absent = found.filter(pl.col("availability") == official.NOT_PUBLISHED)
    if absent.height:
        parts.append(_absent(label, absent))
    given = found.filter(pl.col("year").is_not_null()).with_columns(
        release=pl.col("source")
        + " "
        + pl.col("vintage")
        + pl.when(pl.col("classification").n_unique() > 1)
        .then(pl.lit(", ") + pl.col("classification").fill_null("not classified"))
        .otherwise(pl.lit(""))
    )
    if given.height:
        parts.append(_given(context, indicator, label, given, draw=draw))
        evidence = unique(row_id for group in given.get_column("evidence") for row_id in group)
        parts.append(note(Value(_definition(context, indicator), evidence)))
        parts.append(Sentence((Value(_caveat(context, indicator), evidence),), "caution"))
    return parts


def _given(context: ProfileContext, indicator: str, label: str, given: pl.DataFrame, *, draw: bool) -> Part:
    unit = wording.label("units", given.get_column("unit")[0])
    releases = sorted(set(given.get_column("release")))
    by_year: dict[int, dict[str, Value]] = {}
    for row in given.iter_rows(named=True):
        by_year.setdefault(row["year"], {})[row["release"]] = _point(row, indicator)
    cells: list[tuple[Span, ...]] = [
        (str(year), *(by_year[year].get(release, Value("–", absent=True)) for release in releases))
        for year in sorted(by_year, reverse=True)
    ]
    key = f"series-{indicator.lower().replace('_', '-')}"
    years = f"{min(by_year)} to {max(by_year)}" if len(by_year) > 1 else f"{min(by_year)}"
    shown = table(
        key,
        f"{context.about}: {label}, {unit.lower()}, {years}",
        [Column("year"), *(Column(release, numeric=True, bundle=f"{indicator} {release}") for release in releases)],
        cells,
        note="Rounded; the evidence has all digits."
        + (" A dash: this release gives no row for the year, which is not zero." if len(releases) > 1 else ""),
    )
    known = given.drop_nulls("value").sort("year", "release")
    if not draw or known.get_column("year").n_unique() < 2:  # noqa: PLR2004 - one point makes no line
        return shown
    last = known.row(-1, named=True)
    newest_ = _point(last, indicator)
    return Figure(
        key,
        charts.series(
            given,
            title=f"{context.about}: {label}, {newest_.text} in {last['year']}",
            subtitle=f"{unit}, {years}. {', '.join(releases)}",
            axis=unit.lower(),
        ),
        (
            f"{label}, {years}: ",
            newest_,
            f" in {last['year']} ({last['release']})",
            *_range(known, indicator),
            ". ",
            "Years without a value are gaps."
            if len(releases) == 1
            else "Each release is a line of its own; years without a value are gaps.",
        ),
        shown,
    )


def _point(row: dict[str, str], indicator: str) -> Value:
    """Show one value of a series; all of a release share a marker."""
    words = "no value published" if row["value"] is None else number(float(row["value"]), _suffix(row["unit"]))
    status = f" ({wording.label('obs_statuses', row['obs_status']).lower()})" if row["obs_status"] else ""
    return Value(
        words + status, tuple(row["evidence"]), absent=row["value"] is None, bundle=f"{indicator} {row['release']}"
    )


def _suffix(unit: str) -> str | None:
    """Keep the sign of a percentage behind a number; other units stand in the caption."""
    term = codebook.vocabulary("units").get(unit)
    return unit if term is not None and term.more.get("family") == "percent" else None


def _range(known: pl.DataFrame, indicator: str) -> tuple[Span, ...]:
    """Say between which values a series of one release lies."""
    if known.get_column("release").n_unique() > 1:
        return ()
    low, high = known.sort("value", "year").row(0, named=True), known.sort("value", "year").row(-1, named=True)
    if low["value"] == high["value"]:
        return ()
    return (
        "; lowest ",
        _point(low, indicator),
        f" in {low['year']}, highest ",
        _point(high, indicator),
        f" in {high['year']}",
    )


def _absent(label: str, absent: pl.DataFrame) -> Part:
    where = "; ".join(
        dict.fromkeys(
            f"{row['source']}, release {row['vintage']}" + (f": {row['note']}" if _adds(row) else "")
            for row in absent.iter_rows(named=True)
        )
    )
    evidence = unique(row_id for group in absent.get_column("evidence") for row_id in group)
    return sentence(f"{label}: ", Value("not published", evidence, absent=True), f" ({where}).")


def _adds(row: Mapping[str, str | None]) -> bool:
    """Say whether a remark on what is not published says more than that."""
    return row["note"] not in {None, f"not published by {row['source']} as of {row['vintage']}"}


def _latest(context: ProfileContext, indicator: str) -> pl.DataFrame:
    country = context.countries[0]
    rows = context.rows_for("country_years", country).filter(
        (pl.col("indicator") == indicator) & pl.col("value").is_not_null()
    )
    newest = rows.filter(pl.col("year") == pl.col("year").max().over("source", "vintage", "classification"))
    totals = newest.filter(pl.col("classification").is_null() | pl.col("classification").str.contains("(?:_TOTAL|_T)$"))
    chosen = totals if totals.height else newest
    return chosen.sort("source", "vintage", "classification", nulls_last=True)


def _label(context: ProfileContext, indicator: str) -> str:
    found = context["indicators"].filter(pl.col("indicator") == indicator).get_column("label")
    return str(found[0]) if len(found) else indicator


def _definition(context: ProfileContext, indicator: str) -> str:
    return str(context["indicators"].filter(pl.col("indicator") == indicator).get_column("definition")[0])


def _caveat(context: ProfileContext, indicator: str) -> str:
    return str(context["indicators"].filter(pl.col("indicator") == indicator).get_column("caveat")[0])
