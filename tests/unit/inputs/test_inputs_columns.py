"""One's own table: what a metric needs, other names for it, and errors that say what is missing of what was given."""

from __future__ import annotations

from datetime import date

import pandas as pd
import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.inputs import Needed, frame_with, frames_with
from socdialog.metrics import activity, disputes, standards

OWN = pl.DataFrame({"begun": ["2020", "2020-05-03", None], "n_involved": ["500", "20", None]})
NAMES = {"start_date": "begun", "workers": "n_involved"}


def test_ones_own_names_are_mapped() -> None:
    found = disputes.workers_involved(OWN, since=2020, until=2020, basis="beginning", columns=NAMES)
    assert found.value() == 520.0
    assert disputes.workers_involved(OWN, since=2020, basis="beginning", columns=NAMES).value() == 520.0


def test_both_names_of_a_mapped_column_can_be_grouped_by() -> None:
    frame = pl.DataFrame({"land": ["KAZ"], "workers": [5.0], "employees": [10.0]})
    named = {
        "workers_unit": "persons",
        "employees_unit": "persons",
        "denominator_concept": "x",
        "denominator_source": "y",
    }
    for by in ("land", ["land"]):
        assert disputes.workers_involved_rate(frame, by=by, **named).frame["land"].to_list() == ["KAZ"]
    with pytest.raises(UsageError, match="'country' is not a known column"):
        disputes.workers_involved_rate(frame, by="country", **named)


def test_a_date_gives_its_bounds() -> None:
    for begun in (["2020", "2020-05"], [2020, 2020], [2020.0, 2020.0], [date(2020, 1, 1), date(2020, 5, 1)]):
        frame = pl.DataFrame({"start_date": begun})
        assert activity.events_by_year(frame).frame["value"].to_list() == [2.0]
    years = pd.DataFrame({"start_date": [2020, None]})
    assert activity.events_by_year(years).frame["year"].to_list() == [2020, None]
    with pytest.raises(UsageError, match="events, start_date: 'May 2020' is not a date"):
        activity.events_by_year(pl.DataFrame({"start_date": ["May 2020"]}))


def test_what_is_missing_is_named_in_the_terms_of_the_field() -> None:
    with pytest.raises(UsageError) as refused:
        disputes.workers_involved(OWN, since=2020, until=2020, basis="in_effect")
    told = str(refused.value)
    assert "lacks start_date: " in told
    assert "lacks end_date: " in told
    assert "lacks workers: Workers involved" in told
    assert "has: begun, n_involved" in told
    assert 'columns={"start_date": "…"}' in told


def test_a_mapping_in_vain_is_refused() -> None:
    for columns, match in (
        ({"worker": "n_involved"}, "'worker' is not needed; did you mean 'workers'"),
        ({"workers": "n_involvd"}, "no table has a column 'n_involvd'; did you mean 'n_involved'"),
        ("workers", "is not a mapping"),
    ):
        with pytest.raises(UsageError, match=match):
            disputes.workers_involved(OWN, since=2020, until=2020, basis="beginning", columns=columns)  # type: ignore[arg-type]


def test_values_of_another_type_are_refused_or_read() -> None:
    with pytest.raises(UsageError, match="workers: 'many' cannot be read as a number"):
        frame_with(pl.DataFrame({"workers": ["many"]}), "workers", table="disputes")
    with pytest.raises(UsageError, match="cannot be read as a whole number"):
        frame_with(pl.DataFrame({"year": [2020.5]}), "year")
    assert frame_with(pl.DataFrame({"year": [2020.0]}), "year")["year"].to_list() == [2020]
    events = pl.DataFrame({"topics": ["wages; hours", None]})
    assert activity.events_by(events, "topics").frame["topics"].sort().to_list() == ["hours", "wages"]


def test_what_may_be_absent_is_null() -> None:
    (found,) = frames_with(events=Needed(pl.DataFrame({"event_id": [1]}), ("event_id",), ("row_id", "topics")))
    assert found.to_dict(as_series=False) == {"event_id": ["1"], "row_id": [None], "topics": [None]}
    assert found.schema["topics"] == pl.List(pl.String)


def test_a_result_of_rows_without_ids_has_no_evidence() -> None:
    frames = (
        pl.DataFrame(
            {
                "country": ["KAZ"],
                "convention": ["C087"],
                "status": ["in_force"],
                "ratified_on": ["2000"],
                "status_as_of": [2020],
            }
        ),
        pl.DataFrame({"convention": ["C087"], "group": ["fundamental"], "adopted": [1948]}),
    )
    found = standards.conventions_in_force(*frames, country="KZ", group="fundamental", as_of="2024-06")
    assert found.value() == 1.0
    assert found.frame["evidence"].to_list() == [[]]
    assert found.frame["as_of"].to_list() == [date(2024, 6, 30)]
