"""Why a date was inferred is said with it; a study whose reports have no such column is read all the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from socdialog.intake.checks import check
from socdialog.intake.reading import RawData, read_raw
from socdialog.intake.typed import typed


def test_every_inferred_date_says_why(raw: RawData) -> None:
    reports = raw.tables["reports"]
    unsaid = reports.filter((pl.col("date_basis") == "inferred") & pl.col("date_reason").is_null())
    assert unsaid.get_column("report_id").to_list() == []


def test_a_reason_stands_with_inferred_dates_only(raw: RawData) -> None:
    reports = raw.tables["reports"].drop_nulls("date_reason")
    assert set(reports.get_column("date_basis")) == {"inferred"}


def test_reports_may_lack_the_column(clean_copy: Path) -> None:
    file = clean_copy / "activity" / "reports.csv"
    pl.read_csv(file, infer_schema=False).drop("date_reason").write_csv(file)
    found = read_raw(clean_copy)
    assert not [problem for problem in check(found, today=date(2026, 12, 31)) if problem.level == "error"]
    clean = typed("reports", found.tables["reports"])
    assert clean.get_column("date_reason").null_count() == clean.height
