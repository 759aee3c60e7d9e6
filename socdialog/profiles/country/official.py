"""Official series: density and bargaining coverage, strikes, SDG 8.8.2, and whatever else is published."""

from __future__ import annotations

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display import charts
from socdialog.display.parts import Column, Figure, Part, Section, Value, caution, note, sentence, table
from socdialog.metrics import official
from socdialog.profiles.desk import Desk, warning


def density(desk: Desk) -> Section:
    """Show density and bargaining coverage as published, or that they are not."""
    parts = [part for theme in ("density", "coverage", "employers") for part in themed(desk, theme)]
    return Section(
        "density",
        "Trade union density and bargaining coverage",
        (*(parts or [desk.not_met("official series")]), warning("vintages_never_spliced")),
    )


def compliance(desk: Desk) -> Section:
    """Show SDG indicator 8.8.2 with its release and its caution."""
    parts = themed(desk, "compliance")
    return Section(
        "compliance",
        "National compliance with labour rights (SDG 8.8.2)",
        (warning("sdg_882_not_ranking"), *(parts or [desk.not_met("score")]), warning("vintages_never_spliced")),
    )


def other(desk: Desk) -> Section:
    """Show the newest value of every official series that no other section shows."""
    named = {code for codes in codebook.section_indicators().values() for code in codes}
    country = desk.countries[0]
    codes = [code for code in desk["indicators"].get_column("indicator") if code not in named]
    rows: list[tuple[Value | str, ...]] = []
    for code in codes:
        found = desk.of("country_years", country).filter(pl.col("indicator") == code)
        if found.height == 0:
            continue
        for row in _latest(desk, code).iter_rows(named=True):
            if row["value"] is not None:
                rows.append(
                    (
                        _label(desk, code),
                        Value(wording.quantity(row["value"], row["unit"]), tuple(row["evidence"])),
                        str(row["year"]),
                        f"{row['source']}, {row['vintage']}",
                        _caveat(desk, code),
                    )
                )
    if not rows:
        return Section("official", "Other official series", (desk.not_met("further official series"),))
    return Section(
        "official",
        "Other official series",
        (
            table(
                "official",
                f"{desk.about}: newest value of each series and release",
                ["series", "#value", "year", "source, release", "what it does not measure"],
                rows,
            ),
        ),
    )


def themed(desk: Desk, theme: str) -> list[Part]:
    """Return the official series of a theme; the first that makes a line is drawn, all stand as tables."""
    parts: list[Part] = []
    drawn = False
    for indicator in codebook.section_indicators()[theme]:
        found = series(desk, indicator, draw=not drawn)
        drawn = drawn or any(isinstance(part, Figure) for part in found)
        parts += found
    return parts


def series(desk: Desk, indicator: str, *, draw: bool) -> list[Part]:
    """Return an official series as a table, with its chart where wanted, or the words that it is not published."""
    country = desk.countries[0]
    found = official.official_series(
        desk["country_years"], desk["not_published"], country=country, indicator=indicator
    ).frame
    label = _label(desk, indicator)
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
        parts.append(_given(desk, indicator, label, given, draw=draw))
        parts.append(note(_definition(desk, indicator)))
        parts.append(caution(_caveat(desk, indicator)))
    return parts


def _given(desk: Desk, indicator: str, label: str, given: pl.DataFrame, *, draw: bool) -> Part:
    unit = wording.label("units", given.get_column("unit")[0]).lower()
    releases = sorted(set(given.get_column("release")))
    title = f"{desk.about}: {label}, {unit}"
    by_year: dict[int, dict[str, Value]] = {}
    for row in given.iter_rows(named=True):
        value = "no value published" if row["value"] is None else wording.number(row["value"])
        status = f" ({wording.label('obs_statuses', row['obs_status']).lower()})" if row["obs_status"] else ""
        by_year.setdefault(row["year"], {})[row["release"]] = Value(
            value + status, tuple(row["evidence"]), absent=row["value"] is None, bundle=f"{indicator} {row['release']}"
        )
    cells = [
        (str(year), *(by_year[year].get(release, Value("–", absent=True)) for release in releases))
        for year in sorted(by_year, reverse=True)
    ]
    shown = table(
        f"series-{indicator.lower().replace('_', '-')}",
        title,
        [Column("year"), *(Column(release, numeric=True, bundle=f"{indicator} {release}") for release in releases)],
        cells,
        note="A dash: this release gives no row for the year, which is not zero. Releases are never joined.",
    )
    if not draw or given.drop_nulls("value").select("year").n_unique() < 2:  # noqa: PLR2004 - one point makes no line
        return shown
    years = f"{min(by_year)} to {max(by_year)}"
    low, high = (
        wording.number(float(str(given.get_column("value").min()))),
        wording.number(float(str(given.get_column("value").max()))),
    )
    return Figure(
        f"series-{indicator.lower().replace('_', '-')}",
        charts.series(given, title=title, subtitle=f"{', '.join(releases)}; {years}", axis=unit),
        f"Line of {label}, {years}, between {low} and {high} ({unit}); each release is a line of its own and years without a value are gaps.",
        shown,
    )


def _absent(label: str, absent: pl.DataFrame) -> Part:
    where = "; ".join(
        f"{row['source']}, release {row['vintage']}: {row['note']}" for row in absent.iter_rows(named=True)
    )
    evidence = tuple(sorted({row_id for group in absent.get_column("evidence") for row_id in group}))
    return sentence(f"{label}: ", Value("not published", evidence, absent=True), f" ({where}).")


def _latest(desk: Desk, indicator: str) -> pl.DataFrame:
    country = desk.countries[0]
    rows = desk.of("country_years", country).filter((pl.col("indicator") == indicator) & pl.col("value").is_not_null())
    newest = rows.filter(pl.col("year") == pl.col("year").max().over("source", "vintage", "classification"))
    totals = newest.filter(pl.col("classification").is_null() | pl.col("classification").str.contains("(?:_TOTAL|_T)$"))
    chosen = totals if totals.height else newest
    return chosen.with_columns(evidence=pl.concat_list("row_id")).sort(
        "source", "vintage", "classification", nulls_last=True
    )


def _label(desk: Desk, indicator: str) -> str:
    found = desk["indicators"].filter(pl.col("indicator") == indicator).get_column("label")
    return str(found[0]) if len(found) else indicator


def _definition(desk: Desk, indicator: str) -> str:
    return str(desk["indicators"].filter(pl.col("indicator") == indicator).get_column("definition")[0])


def _caveat(desk: Desk, indicator: str) -> str:
    return str(desk["indicators"].filter(pl.col("indicator") == indicator).get_column("caveat")[0])
