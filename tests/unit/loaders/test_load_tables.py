"""Every table comes by its name, as its own function gives it; what a table cannot serve is refused."""

from __future__ import annotations

from datetime import date
from inspect import signature
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog import codebook
from socdialog.errors import UsageError
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, freeze


@pytest.mark.parametrize("table", codebook.tables())
def test_a_table_by_name_is_what_its_own_function_gives(cleaned: Path, table: str) -> None:
    found, load = sd.load(table, data=cleaned), getattr(sd, f"load_{table}")
    # Of official series one release is taken where no other is asked for.
    every = {"vintage": "all"} if "vintage" in signature(load).parameters else {}
    assert found.equals(load(data=cleaned, **every))
    assert {*codebook.tables()[table].columns} <= {*found.columns}


def test_options_go_with_the_name(cleaned: Path) -> None:
    october = sd.load("events", countries=["KAZ"], since="2021-10", until="2021-10", data=cleaned)
    assert october.equals(sd.load_events(countries=["KAZ"], since="2021-10", until="2021-10", data=cleaned))
    within = (pl.col("start_first") <= date(2021, 10, 31)) & (pl.col("start_last") >= date(2021, 10, 1))
    assert october.equals(sd.load_events(countries=["KAZ"], data=cleaned).filter(within))
    assert october.height >= 3


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ("evnts", {}, "'evnts' is not a known table; did you mean 'events'?"),
        ("events", {"countries": ["Kazakhstn"]}, "did you mean 'KAZ'?"),
        ("events", {"since": "soon"}, "since: 'soon' is not a date"),
        ("conventions", {"countries": ["KAZ"]}, "conventions: its rows belong to no country"),
        ("name_exceptions", {"countries": ["KAZ"]}, "name_exceptions: its rows belong to no country"),
        ("actors", {"since": 2018}, "actors: no column dates its rows"),
        ("actors", {"until": 2018}, "actors: no column dates its rows"),
    ],
)
def test_what_a_table_cannot_serve_is_refused(cleaned: Path, table: str, options: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        sd.load(table, **options, data=cleaned)  # type: ignore[arg-type]
    assert said in str(refused.value)


def test_a_table_of_people_is_not_in_a_build(cleaned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(freeze(cleaned, tmp_path / "frozen").snapshot.folder))
    for table, spec in codebook.tables().items():
        if spec.personal:
            with pytest.raises(UsageError, match=f"this snapshot has no table {table}"):
                sd.load(table)
