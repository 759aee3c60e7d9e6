"""Rules about the collection as a whole: countries outside it, lists that are not complete, one report twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook.reviewed_files import reviewed
from socdialog.independent_sources import originals
from socdialog.intake.checks.rule_context import CheckContext, Finding

#: Words from which a title is that of one text; shorter ones are those of many.
_WORDS = 4
#: What tells two reports apart that are one: neither their ids nor who wrote the row, and what was remarked.
_NOT_COMPARED = frozenset({"report_id", "coder", "recodes", "note", "date_reason", "raw_file", "raw_line"})


def country_outside_study(context: CheckContext) -> Iterator[Finding]:
    """Report when an event is about no country of the study."""
    known = set(context.frame("countries", "country").get_column("country").drop_nulls())
    if not known or _is_damaged(context, "countries", "country"):
        return
    reports = context.frame("reports", "countries")
    outside = ~pl.col("countries").str.split(";").list.eval(pl.element().is_in(sorted(known))).list.any()
    for line, countries in reports.filter(outside).select("raw_line", "countries").iter_rows():
        what = f"{countries!r} is not a country" if ";" not in countries else f"none of {countries!r} is a country"
        message = (
            f"{what} of the study; no page shows the event. "
            "Correct the code, or add the country to registry/countries.csv"
        )
        yield Finding("reports", line, "countries", message)


def missing_conventions(context: CheckContext) -> Iterator[Finding]:
    """Report when a group of conventions that is counted as a whole is begun and not complete."""
    held = context.frame("conventions", "convention", "group")
    whole = reviewed("convention_groups.yaml")["whole"]
    if _is_damaged(context, "conventions", "convention"):
        return
    known = set(held.get_column("convention").drop_nulls())
    for group, codes in whole.items():
        of_group = held.filter(pl.col("group") == group)
        missing = [code for code in codes if code not in known]
        if missing and of_group.height:
            label = codebook.vocabulary("convention_groups")[group].label.lower()
            message = (
                f"the list of {label} conventions lacks {', '.join(missing)}; counts of the group need all of them"
            )
            yield Finding("conventions", of_group.get_column("raw_line")[-1], "group", message)


def _is_damaged(context: CheckContext, table: str, column: str) -> bool:
    """Return whether a cell of a column, or a line of its table, is already reported and has to be corrected first."""
    return bool(context.lost.get(table)) or any(wrong == column for _, wrong in context.wrong.get(table, ()))


def same_report_twice(context: CheckContext) -> Iterator[Finding]:
    """Report when two reports of one source say the same in every cell, and nothing that they name or count differs."""
    reports = context.frame("reports", "report_id", "source_id", "label")
    compared = [name for name in reports.columns if name not in _NOT_COMPARED]
    suspects = reports.filter(reports.select(compared).is_duplicated()).drop_nulls("report_id")
    recoded = set(reports.get_column("recodes").drop_nulls()) if "recodes" in reports.columns else set()
    contents = _contents_by_report(context, suspects.get_column("report_id"))
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for row in suspects.sort("raw_line").iter_rows(named=True):
        report = row["report_id"]
        earlier, line = first.setdefault(tuple(row[name] for name in compared), (report, row["raw_line"]))
        if earlier == report or row.get("recodes") or report in recoded:
            continue
        if contents[report] <= contents[earlier] or contents[earlier] <= contents[report]:
            message = f"{report!r} says in every cell what {earlier!r} in line {line} says; delete one of them"
            yield Finding("reports", row["raw_line"], "report_id", message)


def _contents_by_report(context: CheckContext, reports: pl.Series) -> Mapping[str, set[tuple[object, ...]]]:
    """Return everything that rows of other tables say of each of these reports."""
    contents: dict[str, set[tuple[object, ...]]] = {report: set() for report in reports}
    for table in ("actors", "people", "figures"):
        rows = context.frame(table, "report_id").filter(pl.col("report_id").is_in(reports.implode()))
        cells = [name for name in rows.columns if name not in {"report_id", "raw_file", "raw_line"}]
        for report, *row in rows.select("report_id", *cells).iter_rows():
            contents[report].add((table, *row))
    return contents


def same_text_twice(context: CheckContext) -> Iterator[Finding]:
    """Report when two sources of one publisher have one title and date, and neither is said to copy the other."""
    same = ("publisher", "title", "published")
    sources = context.frame("sources", "source_id", *same).drop_nulls(["source_id", *same])
    long_title = pl.col("title").str.count_matches(r"[\p{L}\p{N}]+") >= _WORDS
    suspects = sources.filter(long_title).filter(pl.struct(same).is_duplicated())
    copied: dict[str, str] = {}
    if "copy_of" in sources.columns:
        copied = dict(sources.select("source_id", "copy_of").drop_nulls().iter_rows())
    first: dict[tuple[str, ...], tuple[str, int]] = {}
    for line, source, *cells in suspects.sort("raw_line").select("raw_line", "source_id", *same).iter_rows():
        earlier, earlier_line = first.setdefault(tuple(cells), (source, line))
        if earlier != source and originals(source, copied)[-1] != originals(earlier, copied)[-1]:
            message = (
                f"{source!r} has the publisher, title and date of {earlier!r} in line {earlier_line}; "
                "use one source per article, or name the first in copy_of"
            )
            yield Finding("sources", line, "title", message)
