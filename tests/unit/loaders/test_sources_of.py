"""The sources behind a disagreement, an event, a result or rows are the same, however these are given."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError


def test_sources_of_a_disagreement(cleaned: Path) -> None:
    every = sd.load_disagreements(data=cleaned)
    one = every.filter(pl.col("report_ids").list.len() > 1)[0]
    reports = sd.load_reports(data=cleaned).filter(pl.col("report_id").is_in(one["report_ids"][0].to_list()))
    wanted = sorted(set(reports["source_id"]))
    forms = (
        one.row(0, named=True),
        one["disagreement_id"][0],
        one["row_id"][0],
        one,
        one.to_arrow(),
        one["row_ids"][0],
    )
    for form in forms:
        found = sd.sources_of(form, data=cleaned)
        assert sorted(found["source_id"]) == wanted
        assert found["publisher"].null_count() == 0
    assert set(found["rows"].explode()) <= set(one["row_ids"][0])


def test_sources_of_an_event_and_of_a_result(cleaned: Path) -> None:
    strikes = sd.load_events(kind="strike", data=cleaned)
    result = sd.metrics.activity.events_by(strikes, "kind")
    found = sd.sources_of(result, data=cleaned)
    assert set(found["source_id"]) == set(sd.sources_of(strikes, data=cleaned)["source_id"])
    assert set(found["source_id"]) == set(sd.sources_of(list(strikes["event_id"]), data=cleaned)["source_id"])


def test_what_names_no_row_is_refused(cleaned: Path) -> None:
    for wrong, said in (
        ("ev-nothing", "not a known id"),
        (pd.DataFrame({"a": [1]}), "does not say which rows"),
        (5, "is not a table"),
    ):
        with pytest.raises(UsageError, match=said):
            sd.sources_of(wrong, data=cleaned)  # type: ignore[arg-type]
