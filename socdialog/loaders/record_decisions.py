"""Decisions of a person, written as rows of the raw data: what was decided, who, when and why.

A row is added only if the complete data still passes its checks; the file is replaced in one step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from socdialog import codebook, dates
from socdialog.advice import unknown
from socdialog.codebook.other_writings import meant
from socdialog.errors import DataError, UsageError
from socdialog.intake.checks import check
from socdialog.intake.linking import Linked, new_event_ids
from socdialog.intake.names.name_decisions import NOBODY
from socdialog.intake.reading import RawData, read_raw
from socdialog.loaders.fresh import REFRESH_WAIT, Data, refuse_errors, snapshot, study_lock
from socdialog.loaders.raw_rows import Row, with_rows
from socdialog.store.files import write_atomic
from socdialog.store.locks import locked
from socdialog.store.study import Study, find_study


def decide_link(
    report_a: str, report_b: str, decision: str, *, why: str, by: str, on: str = "", data: Data = None
) -> Path:
    """Record whether two reports are about one event, and return the file changed.

    Parameters
    ----------
    report_a, report_b
        Ids of the reports.
    decision
        ``same``, ``different``, or ``part_of``: the event of `report_a` is a part of that of `report_b`.
    why, by, on
        Why, who decided, and the day; default: this day.
    data
        The folder that contains ``raw/``.

    Raises
    ------
    UsageError
        For an unknown report or decision, no date, or a pair that was decided before.
    DataError
        When the raw data has errors, or would have with this row.
    """
    study = find_study(data)
    with locked(study_lock(study), wait=REFRESH_WAIT):
        raw = load_valid(study)
        known = _column(raw, "reports", "report_id")
        _known("report", (report_a, report_b), known)
        _known("decision", (decision,), codebook.vocabulary("decision_kinds"))
        if report_a == report_b:
            raise UsageError("a report cannot be compared with itself", hint="name two reports")
        for row in raw.tables["decisions"].iter_rows(named=True):
            if {row["report_a"], row["report_b"]} == {report_a, report_b}:
                raise _decided(study, row, str(row["decision"]))
        added = {
            "report_a": report_a,
            "report_b": report_b,
            "decision": decision,
            "reason": why,
            "decided_by": by,
            "decided_on": _day(on),
        }
        return _add(study, raw, "decisions", [added])


def decide_name(
    name: str,
    means: str,
    *,
    why: str,
    by: str,
    country: str | None = None,
    report: str | None = None,
    on: str = "",
    data: Data = None,
) -> Path:
    """Record which organisation or person a published name refers to, and return the file changed.

    Parameters
    ----------
    name
        The name as reported.
    means
        The ID of an organisation or person in the registry, or ``none``.
    country, report
        Scope of the decision; default: everywhere.
    why, by, on, data
        As in `decide_link`.

    Raises
    ------
    UsageError
        For a name in no report, or not in this one; an unknown ID, country or report; or an earlier decision.
    DataError
        When the raw data has errors, or would have with this row.
    """
    study = find_study(data)
    with locked(study_lock(study), wait=REFRESH_WAIT):
        raw = load_valid(study)
        if report is not None:
            _known("report", (report,), _column(raw, "reports", "report_id"))
        where = "" if report is None else f" of report {report}"
        _known(f"name{where}", (name,), _printed(raw, report))
        ids = {*_column(raw, "organisations", "org_id"), *_column(raw, "persons", "person_id"), NOBODY}
        _known("organisation or person", (means,), ids)
        if country is not None:
            _known("country", (country,), {*_column(raw, "countries", "country"), *_column(raw, "actors", "country")})
        earlier = raw.tables.get("name_decisions")
        for row in () if earlier is None else earlier.iter_rows(named=True):
            if (row["name"], row["country"], row["context"]) == (name, country, report):
                raise _decided(study, row, str(row["means"]))
        added = {
            "name": name,
            "country": country,
            "context": report,
            "means": means,
            "reason": why,
            "decided_by": by,
            "decided_on": _day(on),
        }
        return _add(study, raw, "name_decisions", [added])


def give_event_ids(*, on: str, data: Data = None) -> tuple[Path, int]:
    """Give every event that has no id of its own yet the one it goes by, for good.

    Returns
    -------
    tuple
        The file, and how many ids were given.

    Raises
    ------
    DataError
        When the raw data has errors, or would have with these rows.
    """
    study = find_study(data)
    given_on = _day(on)
    found = snapshot(study.data)
    with locked(study_lock(study), wait=REFRESH_WAIT):
        raw = load_valid(study)
        nothing = pl.DataFrame()
        linked = Linked(found.table("reports").select("report_id", "event_id"), nothing, nothing, nothing)
        rows = new_event_ids(linked, given_on=given_on, event_ids=found.table("event_ids"))
        added: list[Row] = list(rows.iter_rows(named=True))
        path = study.raw / str(codebook.tables()["event_ids"].file)
        return (_add(study, raw, "event_ids", added) if added else path), len(added)


def load_valid(study: Study) -> RawData:
    """Return the raw data of a study, after refusing any error in it."""
    raw = read_raw(study.raw)
    refuse_errors(raw, today=date.fromisoformat(_today()))
    return raw


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - the day of the person who decides, where they are


def _day(on: str) -> str:
    """Return the day of a decision: a date as given, or this day."""
    try:
        dates.bounds(on or _today())
    except ValueError as wrong:
        raise UsageError(f"on: {wrong}") from None
    return on or _today()


def _column(raw: RawData, table: str, column: str) -> list[str]:
    return raw.tables[table].get_column(column).drop_nulls().to_list()


def _printed(raw: RawData, report: str | None) -> set[str]:
    """Return the names that reports print, or that one of them does."""
    here = pl.lit(value=True) if report is None else pl.col("report_id") == report
    return {
        text
        for table, column in codebook.columns_that("printed_name")
        for text in raw.tables[table].filter(here).get_column(column).drop_nulls()
    }


def _known(what: str, values: Iterable[str], allowed: Iterable[str]) -> None:
    options = set(allowed)
    writings = "iso_countries" if what == "country" else ""
    wrong = [unknown(what, value, options, meant(writings, value)) for value in values if value not in options]
    if wrong:
        raise UsageError(f"no such {what}", details=wrong)


def _decided(study: Study, row: Mapping[str, object], what: str) -> UsageError:
    return UsageError(
        f"{row['decided_by']} decided this before: {what}, {row['reason']}",
        hint=f"to change it, remove the row at {study.data.resolve().name}/{row['raw_file']}:{row['raw_line']}",
    )


def _add(study: Study, raw: RawData, table: str, rows: Iterable[Row]) -> Path:
    """Add rows to a raw table, sorted by key, after checking the complete data with them."""
    path = study.raw / str(codebook.tables()[table].file)
    found = with_rows(raw, table, list(rows))
    changed = dataclasses.replace(raw, tables={**raw.tables, table: found.frame})
    report = check(changed, today=date.fromisoformat(_today()))
    errors = [str(problem) for problem in report if problem.level == "error"]
    if errors:
        raise DataError("this decision would cause errors in the data; nothing was written", details=errors)
    write_atomic(path, found.content)
    return path
