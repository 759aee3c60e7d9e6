"""Which state of a series is loaded, and what changed between two."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.loaders.vintages import of_vintage, release_order
from tests.official import DENSITY, ROWS, csv, kept, study


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One value of October 2020, and two states of 2026 that differ in three ways."""
    made = study(tmp_path)
    kept(made, csv(), "26/02/2026")
    kept(
        made, csv([ROWS[0].replace("49.1", "48.0"), ROWS[1].replace(",B", ","), "UZB,A:1," + ROWS[0][9:]]), "01/05/2026"
    )
    return made


def loaded(data: Path, **options: object) -> list[tuple[str, int, str]]:
    frame = sd.load_country_years(data=data, **options)  # type: ignore[arg-type]
    return frame.select("country", "year", "vintage").rows()


def test_the_latest_release_of_each_series_is_the_default_and_is_told(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert loaded(data) == [
        *(("KAZ", 2012, "2026-05-01"), ("KAZ", 2017, "2026-05-01")),
        *(("TUR", 2017, "2026-02-26"), ("UZB", 2012, "2026-05-01")),
    ]
    assert "3 rows of other releases left out" in capsys.readouterr().err
    loaded(data, vintage="all", countries=["TUR"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("vintage", "releases"),
    [
        ("2026-02", {"2026-02-26"}),
        ("2026-02-26", {"2026-02-26"}),
        ("2020", {"2020-10"}),
        (date(2026, 4, 1), {"2026-02-26"}),
        (date(2021, 1, 1), {"2020-10"}),
        ("all", {"2020-10", "2026-02-26", "2026-05-01"}),
    ],
)
def test_a_release_a_month_of_releases_or_what_was_known_on_a_day(
    data: Path, vintage: str | date, releases: set[str]
) -> None:
    assert {release for _, _, release in loaded(data, vintage=vintage)} == releases


@pytest.mark.parametrize("vintage", ["2026-03", "2026-0", "6.1", date(2019, 1, 1)])
def test_a_release_that_nobody_has_is_an_error_that_lists_those_there_are(data: Path, vintage: str | date) -> None:
    with pytest.raises(UsageError, match="releases: 2020-10, 2026-02-26, 2026-05-01"):
        loaded(data, vintage=vintage)


def test_what_changed_between_two_states(data: Path) -> None:
    found = sd.compare_vintages("2026-02", "2026-05-01", indicator=DENSITY, data=data)
    assert found.select("country", "period", "change", "value_a", "value_b", "status_a", "status_b").rows() == [
        ("KAZ", "2012", "changed", 49.1, 48.0, None, None),
        ("KAZ", "2017", "status", 46.9, 46.9, "B", None),
        ("TUR", "2017", "gone", None, None, "U", None),
        ("UZB", "2012", "added", None, 49.1, None, None),
    ]
    assert sd.compare_vintages("2026-02", "2026-02-26", data=data).is_empty()
    with pytest.raises(UsageError, match="not a known indicator"):
        sd.compare_vintages("2026-02", "2026-05", indicator="ILR", data=data)


def test_a_value_keyed_without_a_survey_is_the_same_value(data: Path) -> None:
    """Rows that were typed in by hand name no survey."""
    found = sd.compare_vintages("2020-10", date(2026, 3, 1), data=data)
    assert found.filter(country="KAZ", period="2012").select("change", "value_a", "value_b").row(0) == (
        "changed",
        *(49.0, 49.1),
    )


def test_a_series_is_never_mixed_of_two_releases() -> None:
    told = {"country": "KAZ", "indicator": "X", "classification": None, "source": "S", "freq": None}
    frame = pl.DataFrame(
        [{**told, "vintage": vintage, "row_id": vintage} for vintage in ("6.1", "10.0", "9.9")],
        schema_overrides={"classification": pl.String, "freq": pl.String},
    )
    assert of_vintage(frame, "latest")["vintage"].to_list() == ["10.0"]
    assert frame.sort(release_order())["vintage"].to_list() == ["6.1", "9.9", "10.0"]
