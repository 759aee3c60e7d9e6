"""The disputes of a register: imported, checked, loaded, and related to employees in one line."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.importing.import_file import import_file
from tests.registers import EMPLOYEES_TH, LAYOUT, empty_study, generated, write_csv

TODAY = date(2026, 11, 23)
FMCS = Path("fmcs_work_stoppages")
US_STOPPAGES = Path(__file__).parents[4] / "shared" / "studies" / "us-stoppages" / "data"
IDLED, START = LAYOUT.index("# Idled"), LAYOUT.index("Start Date")


@pytest.fixture(scope="module", params=[3_500, pytest.param(14_000, marks=pytest.mark.long)])
def register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[tuple[object, ...]]]:
    """A register of 14,000 stoppages, or of a quarter of that, imported; do not change it."""
    folder, rows = tmp_path_factory.mktemp("register"), generated(request.param)
    study = empty_study(folder)
    begun = time.process_time()
    found = import_file(write_csv(folder / "r.csv", rows), FMCS, data=study, apply=True, today=TODAY)
    assert (found.errors, found.added["reports"]) == ((), len(rows))
    assert time.process_time() - begun < 60 * len(rows) / 14_000
    return study, rows


def test_a_register_of_thousands_of_rows_is_checked_in_seconds_and_gives_its_rates_in_one_line(
    register: tuple[Path, list[tuple[object, ...]]],
) -> None:
    study, rows = register
    begun = time.process_time()
    assert sd.check(study, today=TODAY).errors == ()
    assert time.process_time() - begun < 90 * len(rows) / 14_000
    found = sd.metrics.disputes.rates_by_year(
        sd.load_disputes(data=study), sd.load_country_years(data=study), employees="EMPLOYEES_TH"
    ).frame
    told: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        told[int(str(row[START])[:4])] += [float(str(row[IDLED]))] if row[IDLED] else []
    by_year = {year: sum(numbers) for year, numbers in told.items()}
    assert dict(found.select("year", "counted").iter_rows()) == by_year
    for year, value in found.select("year", "value").iter_rows():
        assert value == pytest.approx(by_year[year] / (EMPLOYEES_TH * 1000) * 1000)
    assert found.get_column("n").sum() == len(rows)
    assert found.get_column("known").sum() == sum(map(len, told.values()))


def test_the_metrics_of_disputes_take_the_table_as_it_is(register: tuple[Path, list[tuple[object, ...]]]) -> None:
    study, rows = register
    disputes = sd.load_disputes(data=study, since=1990, until=1999)
    within = [row for row in rows if "1990" <= str(row[START]) < "2000"]
    metrics = sd.metrics.disputes
    assert metrics.actions(disputes, since=1990, until=1999, basis="beginning").value() == len(within)
    involved = metrics.workers_involved(disputes, since=1990, until=1999, basis="beginning").value()
    assert involved == sum(float(str(row[IDLED])) for row in within if row[IDLED])
    lengths = [float(str(row[-1])) for row in within if row[-1]]
    assert metrics.mean_duration_days(disputes).value() == pytest.approx(sum(lengths) / len(lengths))
    assert metrics.median_duration_days(disputes).value() == pl.Series(lengths).median()
    assert metrics.days_not_worked(disputes, since=1990, until=1999, basis="in_effect").value() is None
    assert sd.load_disputes(data=study, countries=["USA"], since=1990, until=1999).equals(disputes)
    with pytest.raises(UsageError, match="rates_by_year"):
        metrics.workers_involved_rate(
            disputes,
            workers_unit="persons",
            employees_unit="persons",
            denominator_concept="employees",
            denominator_source="x",
        )


@pytest.mark.skipif(not US_STOPPAGES.is_dir(), reason="the study of work stoppages of the United States is not here")
def test_the_register_of_the_united_states_gives_its_rates(tmp_path: Path) -> None:
    data = Path(shutil.copytree(US_STOPPAGES, tmp_path / "data"))
    found = sd.metrics.disputes.rates_by_year(
        sd.load_disputes(data=data), sd.load_country_years(data=data), employees="EMPLOYEES_TH"
    ).frame
    figures = pl.read_csv(data / "raw" / "activity" / "report_figures.csv", infer_schema=False)
    reports = pl.read_csv(data / "raw" / "activity" / "reports.csv", infer_schema=False)
    workers = figures.filter(pl.col("indicator") == "workers_on_strike").join(reports, on="report_id")
    of_2018 = workers.filter(pl.col("start_date").str.starts_with("2018")).get_column("value").cast(pl.Float64)
    # 148,908 thousand employees in 2018 (BLS).
    (value,) = found.filter(pl.col("year") == 2018).get_column("value")
    assert value == pytest.approx(of_2018.sum() / 148_908_000 * 1000)
    assert found.get_column("n").sum() == reports.height
