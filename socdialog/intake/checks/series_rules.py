"""Rules about official series: range, publisher, what is said not to be published, jumps."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from socdialog.advice import advice
from socdialog.codebook.attributes import attribute
from socdialog.intake.checks.rule_context import CheckContext, Finding, each

_SERIES = ("country", "indicator", "classification", "source", "vintage")
#: More than there are years.
_YEARS_APART = 2**16
#: Years at the beginning of a note.
_YEARS = r"^([0-9]{4}(?:[,; ]+[0-9]{4})*)\b"
#: A jump: at least this many times as large, or as small, as both the year before and the year after …
JUMP_FACTOR = 3.0
#: … and at least this many times the usual (median) yearly change of the series, on the scale of logarithms …
JUMP_USUAL = 5.0
#: … in a series with at least this many yearly changes, so that the usual change is known.
JUMP_YEARS = 4


def value_out_of_range(context: CheckContext) -> Iterator[Finding]:
    """Report when an official value lies out of the range of its unit."""
    if not context.has("country_years", "value", "unit"):
        return
    frame = context.tables["country_years"]
    number = pl.col("value").cast(pl.Float64)
    for unit in context.cells("country_years").get_column("unit").drop_nulls().unique().sort():
        low, high = attribute("units", unit, "min", -math.inf), attribute("units", unit, "max", math.inf)
        assert isinstance(low, (int, float))
        assert isinstance(high, (int, float))
        # Of a unit whose only bound is zero the sign tells, without a look at the number.
        may = pl.col("value").str.starts_with("-") if (low, high) == (0, math.inf) else pl.col("value").is_not_null()
        outside = frame.filter(pl.col("unit") == unit, may).filter(~number.is_between(low, high))
        must = f"from {low} to {high}" if high < math.inf else f"at least {low}"
        message = f"{{value}} is out of the range of {unit!r}; it must be {must}"
        yield from each("country_years", outside, "value", message)


def wrong_publisher(context: CheckContext) -> Iterator[Finding]:
    """Report when the source of a value is not one of its indicator's publishers."""
    indicators = context.frame("indicators", "indicator", "source")
    known = dict(indicators.filter(pl.col("source").is_not_null()).select("indicator", "source").iter_rows())
    pairs = [(indicator, source) for indicator, sources in known.items() for source in sources.split(";")]
    good = pl.DataFrame(pairs, schema={"indicator": pl.String, "source": pl.String}, orient="row")
    blamed: set[str] = set()
    for table in ("country_years", "not_published"):
        if not context.has(table, "indicator", "source"):
            continue
        found = context.together(table, "indicator", "source").filter(pl.col("indicator").is_in(list(known)))
        if found.join(good, on=["indicator", "source"], how="anti").is_empty():
            continue
        # Where the unit is wrong, the indicator itself may be.
        frame = context.rows_right_in(table, "unit", "indicator", "source")
        rows = frame.select("raw_line", "indicator", "source").drop_nulls()
        rows = rows.filter(pl.col("indicator").is_in(list(known)))
        wrong = rows.join(good, on=["indicator", "source"], how="anti").sort("raw_line")
        for (indicator, source), group in sorted(wrong.group_by("indicator", "source"), key=lambda pair: str(pair[0])):
            allowed = known[str(indicator)].split(";")
            used = set(rows.filter(pl.col("indicator") == indicator).get_column("source"))
            if (group.height > 1 or indicator in blamed) and not set(allowed) <= used:
                if indicator not in blamed:
                    line = indicators.filter(pl.col("indicator") == indicator).get_column("raw_line")[0]
                    message = (
                        f"{group.height} rows of {indicator!r} have the publisher {source!r}, which is not listed "
                        "here; add it or correct the rows"
                    )
                    yield Finding("indicators", line, "source", message)
                blamed.add(str(indicator))
                continue
            fix = advice(str(source), allowed) or f"known: {', '.join(allowed)}"
            for line in group.get_column("raw_line").sort():
                message = f"{source!r} is not a publisher of {indicator!r} in the catalogue; {fix}"
                yield Finding(table, line, "source", message)


def published_after_all(context: CheckContext) -> Iterator[Finding]:
    """Report when a series is listed as not published and has a value.

    A note that begins with years (``2021 only: …``) is about these years alone.
    """
    if not context.has("country_years", *_SERIES, "year", "value"):
        return
    frame, absent = context.tables["country_years"], context.frame("not_published", *_SERIES, "note")
    whole = absent.select(
        *_SERIES,
        pl.col("raw_line").alias("absent_line"),
        pl.col("note").str.extract(_YEARS).alias("years"),
    )
    wrong = {line for line, _ in context.wrong.get("not_published", ())}
    whole = whole.filter(~pl.col("absent_line").is_in(list(wrong)))
    pair = ("country", "indicator")
    if context.together("country_years", *pair).join(whole, on=pair, how="semi").is_empty():
        return
    same = (pl.col(name).is_in(whole.get_column(name).unique().implode()) for name in pair)
    rows = frame.filter(*same, pl.col("value").is_not_null()).join(whole, on=list(_SERIES), nulls_equal=True)
    rows = rows.filter(pl.col("years").is_null() | pl.col("years").str.contains(pl.col("year"), literal=True))
    by_line: dict[int, list[int]] = defaultdict(list)
    for line, found in rows.select("absent_line", "raw_line").iter_rows():
        by_line[line].append(found)
    for line, found in sorted(by_line.items()):
        more = f" and {len(found) - 1} more lines" if len(found) > 1 else ""
        message = (
            f"the series has a value in line {min(found)}{more} of country_years.csv; "
            "delete one, or begin the note with the year that is missing"
        )
        yield Finding("not_published", line, "indicator", message)


def series_jump(context: CheckContext) -> Iterator[Finding]:
    """Report when a value stands far off both its neighbours, and farther than the series usually moves."""
    frame = context.frame("country_years", *_SERIES, "year", "value")
    value = pl.col("value").cast(pl.Float64)
    cells = frame.select("raw_line", value=value, year=pl.col("year").cast(pl.Int64))
    cells = cells.with_columns(series=frame.select(_SERIES).hash_rows() // _YEARS_APART)
    cells = cells.filter(pl.col("value") > 0, pl.col("year").is_between(0, _YEARS_APART - 1))
    # Any order will do that brings the years of a series together, and one column of numbers sorts soonest. Two series
    # of one hash, of which there is next to none, would be read as one in a warning.
    place = pl.col("series") * _YEARS_APART + pl.col("year").cast(pl.UInt64)
    rows = cells.select("raw_line", "series", "year", height=pl.col("value").log(), place=place)
    rows = rows.sort("place", maintain_order=True)
    next_year = (pl.col("series") == pl.col("series").shift(1)) & (pl.col("year") - pl.col("year").shift(1) == 1)
    step = pl.when(next_year).then(pl.col("height") - pl.col("height").shift(1))
    rows = rows.with_columns(step.alias("back")).with_columns(pl.col("back").shift(-1).alias("ahead"))
    sharp = (
        (pl.col("back") * pl.col("ahead") < 0)
        & (pl.col("back").abs() >= math.log(JUMP_FACTOR))
        & (pl.col("ahead").abs() >= math.log(JUMP_FACTOR))
    )
    suspects = rows.filter(sharp)
    if suspects.is_empty():
        return
    usual = (
        rows.filter(pl.col("series").is_in(suspects.get_column("series").implode()))
        .group_by("series")
        .agg(pl.col("back").abs().median().alias("usual"), pl.col("back").count().alias("steps"))
    )
    found = suspects.join(usual, on="series").filter(
        pl.col("steps") >= JUMP_YEARS,
        pl.min_horizontal(pl.col("back").abs(), pl.col("ahead").abs()) >= JUMP_USUAL * pl.col("usual"),
    )
    texts = frame.select("raw_line", pl.col("value").alias("text"))
    for row in found.join(texts, on="raw_line").sort("raw_line").iter_rows(named=True):
        factor = math.exp(min(abs(row["back"]), abs(row["ahead"])))
        how = "times as high as" if row["back"] > 0 else "times below"
        by = f"{math.floor(factor * 10 + 1e-6) / 10:g}"
        message = (
            f"{row['text']} is at least {by} {how} the year before and the year after; check it against the source"
        )
        yield Finding("country_years", row["raw_line"], "value", message)
