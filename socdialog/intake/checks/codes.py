"""The rule about codes: each is in its vocabulary, and what is offered instead fits the line that it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.codebook import Column
from socdialog.codebook.money import currency_use
from socdialog.codebook.other_writings import meant
from socdialog.codebook.terms import declared_under
from socdialog.intake.checks.rule_context import CheckContext, Finding
from socdialog.intake.nothing import nothing_message

_SINGULAR = {"countries": "country", "topics": "topic", "outcomes": "outcome"}


class _Line(NamedTuple):
    """What a line says that decides which codes fit it: its year, its countries, the unit due."""

    year: int | None
    countries: tuple[str, ...]
    unit: str | None


def unknown_code(context: CheckContext) -> Iterator[Finding]:
    """Report when a code is not in its vocabulary."""
    for table, column, frame in context.columns("code", "codes"):
        assert column.of is not None
        known = codebook.vocabulary(column.of)
        if column.type == "code":
            suspect = ~pl.col(column.name).is_in(list(known))
        else:
            suspect = ~pl.col(column.name).str.split(";").list.eval(pl.element().is_in(list(known))).list.all()
        if not context.cells(table).select(suspect.any()).item():
            continue
        lines = _lines(context, table)
        for line, cell in frame.filter(suspect).select("raw_line", column.name).iter_rows():
            for item in [cell] if column.type == "code" else cell.split(";"):
                if item not in known:
                    yield Finding(table, line, column.name, _message(column, item, lines[line]))


def _message(column: Column, item: str, line: _Line) -> str:
    assert column.of is not None
    nothing = nothing_message(item, required=column.required)
    codes = meant(column.of, item, year=line.year, countries=line.countries)
    if nothing is not None:
        return f"{nothing}, or write {' or '.join(codes)} if that is meant" if codes else nothing
    fitting = [code for code in codebook.vocabulary(column.of) if _fits(column.of, code, line)]
    what = _SINGULAR.get(column.name, column.name.replace("_", " "))
    message, entry = unknown(what, item, fitting, codes), declared_under(column.of)
    if entry and "did you mean" not in message and len(fitting) == len(codebook.vocabulary(column.of)):
        message += f"; declare a code of your own in study.yaml, {entry}"
    return message


def _fits(vocabulary: str, code: str, line: _Line) -> bool:
    """Say whether the rules about money and units allow a code in its line."""
    if vocabulary == "currencies" and code in currency_use():
        return currency_use()[code].covers(line.year)
    return vocabulary != "units" or line.unit == code or line.unit not in codebook.vocabulary("units")


def _lines(context: CheckContext, table: str) -> Mapping[int, _Line]:
    """Return what each line of a table says, a report's row by way of its report."""
    frame = context.tables[table]
    spec = codebook.tables()[table]
    reports = context.frame("reports", "report_id", "start_date", "countries").select(
        "report_id", "start_date", pl.col("countries").alias("report_countries")
    )
    if table != "reports" and "report_id" in frame.columns:
        frame = frame.join(reports.unique("report_id", keep="first"), on="report_id", how="left")
    if "indicator" in frame.columns:
        frame = frame.join(_units(context, table), on="indicator", how="left")
    dated = [name for name in (spec.dated_by, "period_start", "start_date") if name in frame.columns]
    about = [name for name in ("country", "countries", "report_countries") if name in frame.columns]
    empty = pl.lit(None, dtype=pl.String)
    rows = frame.select(
        "raw_line",
        pl.coalesce(*(pl.col(name).cast(pl.String) for name in dated), empty).str.extract("^([0-9]{4})").alias("year"),
        pl.coalesce(*(pl.col(name) for name in about), empty).alias("countries"),
        (pl.col("due_unit") if "due_unit" in frame.columns else empty).alias("unit"),
    )
    return {
        line: _Line(None if year is None else int(year), tuple((countries or "").split(";")), unit)
        for line, year, countries, unit in rows.iter_rows()
    }


def _units(context: CheckContext, table: str) -> pl.DataFrame:
    """Return the unit that each indicator of a table has in its catalogue."""
    column = codebook.tables()[table].columns["indicator"]
    name = str(column.of).partition(".")[0]
    catalogue = context.frame(name, "indicator", "unit")
    return catalogue.select("indicator", pl.col("unit").alias("due_unit")).unique("indicator", keep="first")
