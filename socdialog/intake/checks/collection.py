"""Rules about the collection as a whole: countries outside it, lists that are not complete, one report twice."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook.reviewed_files import reviewed
from socdialog.intake.checks.rule_context import CheckContext, Finding

#: What tells two reports apart that are one: neither their ids nor who wrote the row, and what was remarked.
_NOT_COMPARED = frozenset({"report_id", "coder", "recodes", "note", "date_reason", "raw_file", "raw_line"})


def country_outside_study(context: CheckContext) -> Iterator[Finding]:
    """Report when an event is about no country of the study."""
    known = set(context.frame("countries", "country").get_column("country").drop_nulls())
    if not known:
        return
    reports = context.frame("reports", "countries")
    outside = ~pl.col("countries").str.split(";").list.eval(pl.element().is_in(sorted(known))).list.any()
    for line, countries in reports.filter(outside).select("raw_line", "countries").iter_rows():
        what = f"{countries!r} is no country" if ";" not in countries else f"none of {countries!r} is a country"
        message = f"{what} of the study; no page shows the event. Mend it, or add the country to registry/countries.csv"
        yield Finding("reports", line, "countries", message)


def missing_conventions(context: CheckContext) -> Iterator[Finding]:
    """Report when a group of conventions that is counted as a whole is begun and not complete."""
    held = context.frame("conventions", "convention", "group")
    whole = reviewed("convention_groups.yaml")["whole"]
    lost = "\n".join(context.lost.get("conventions", ()))
    known = set(held.get_column("convention").drop_nulls())
    for group, codes in whole.items():
        of_group = held.filter(pl.col("group") == group)
        missing = [code for code in codes if code not in known and code not in lost]
        if missing and of_group.height:
            label = codebook.vocabulary("convention_groups")[group].label.lower()
            message = (
                f"the list of {label} conventions lacks {', '.join(missing)}; counts of the group need all of them"
            )
            yield Finding("conventions", of_group.get_column("raw_line")[-1], "group", message)


def same_report_twice(context: CheckContext) -> Iterator[Finding]:
    """Report when two reports of one source say the same in every cell, and nothing that they name or count differs."""
    reports = context.frame("reports", "report_id", "source_id", "label")
    compared = [name for name in reports.columns if name not in _NOT_COMPARED]
    suspects = reports.filter(reports.select(compared).is_duplicated()).drop_nulls("report_id")
    recoded = set(reports.get_column("recodes").drop_nulls()) if "recodes" in reports.columns else set()
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for row in suspects.sort("raw_line").iter_rows(named=True):
        report = row["report_id"]
        earlier, line = first.setdefault(tuple(row[name] for name in compared), (report, row["raw_line"]))
        if earlier == report or row.get("recodes") or report in recoded:
            continue
        told, told_earlier = _told_by(context, report), _told_by(context, earlier)
        if told <= told_earlier or told_earlier <= told:
            message = f"{report!r} says in every cell what {earlier!r} in line {line} says; delete one of the two"
            yield Finding("reports", row["raw_line"], "report_id", message)


def _told_by(context: CheckContext, report: str) -> frozenset[tuple[str, ...]]:
    """Return everything that rows of other tables say of a report."""
    told = set()
    for table in ("actors", "people", "figures"):
        rows = context.frame(table, "report_id").filter(pl.col("report_id") == report)
        cells = [name for name in rows.columns if name not in {"report_id", "raw_file", "raw_line"}]
        told |= {(table, *map(repr, row)) for row in rows.select(cells).rows()}
    return frozenset(told)
