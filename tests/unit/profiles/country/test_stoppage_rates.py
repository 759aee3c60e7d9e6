"""A register has rates with the series below the line named; a selection of texts has none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socdialog.display.parts import Table, plain
from socdialog.importing.import_file import import_file
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE
from socdialog.profiles import country_profile
from socdialog.profiles.profile import Profile
from socdialog.store.study import DATA_VARIABLE
from tests.registers import empty_study, write_csv

MILL = ("Mill Inc", "Millers Local 5")
#: 700 and 140 workers among 140,000 thousand employees: 840 / 140,000,000 × 1,000 = 0.006.
ROWS = [
    (*MILL, "", "2014N1", "", "31", "Manufacturing", "Toledo, OH", "700", "2014-07-09", "2014-07-10", ""),
    (*MILL, "", "2014N2", "", "", "", "Toledo, OH", "140", "2014-11-03", "2014-11-04", ""),
    (*MILL, "", "2014N3", "", "", "", "Toledo, OH", "", "2014-12-01", "2014-12-02", "2"),
]


def profile(folder: Path, collection: str, monkeypatch: pytest.MonkeyPatch) -> Profile:
    study = empty_study(folder, collection=collection)
    register = write_csv(folder / "r.csv", ROWS)
    import_file(register, Path("fmcs_work_stoppages"), data=study, apply=True, today=date(2026, 11, 23))
    monkeypatch.delenv(SNAPSHOT_VARIABLE, raising=False)
    monkeypatch.setenv(DATA_VARIABLE, str(study))
    return country_profile("USA")


def test_a_register_shows_rates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = profile(tmp_path, "register", monkeypatch)
    rates = made.tables()["rates-workers"]
    assert rates.rows() == [("2014", "840", "2 of 3", "0.006", "0.006", "–")]
    (table,) = [
        part for part in made.section("disputes").parts if isinstance(part, Table) and part.key == "rates-workers"
    ]
    assert (
        "Denominator: Employees (EMPLOYEES_TH, BLS, release 2021). The number is known for 2 of 3 strikes and lockouts"
        in plain(table.note)
    )
    disputes = made.tables()["disputes"]
    assert disputes.get_column("Workers").to_list() == ["not stated", "140", "700"]


def test_a_selection_of_texts_has_no_rates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "rates-workers" not in profile(tmp_path, "selection", monkeypatch).tables()
