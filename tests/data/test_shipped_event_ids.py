"""The ids given to the shipped events are the derived ones, and stay when an earlier text is found."""

from __future__ import annotations

import dataclasses

import polars as pl

from socdialog.intake.clean import clean
from socdialog.intake.linking import event_id
from socdialog.intake.reading import RawData


def given(raw: RawData) -> pl.DataFrame:
    return raw.tables["event_ids"].select("event_id", "report_id")


def earlier(raw: RawData, report_id: str) -> RawData:
    """The shipped data with a second text of the same event, published long before the others."""
    tables = dict(raw.tables)
    report = tables["reports"].filter(pl.col("report_id") == report_id)
    source = tables["sources"].filter(pl.col("source_id") == report["source_id"][0])
    added = {"report_id": "early-2001-01-01-a#1", "source_id": "early-2001-01-01-a"}
    tables["reports"] = pl.concat([tables["reports"], report.with_columns(**{k: pl.lit(v) for k, v in added.items()})])
    source = source.with_columns(
        source_id=pl.lit("early-2001-01-01-a"), url=pl.lit("https://example.org/early"), published=pl.lit("2001-01-01")
    )
    tables["sources"] = pl.concat([tables["sources"], source])
    same = (
        tables["decisions"]
        .head(1)
        .with_columns(report_a=pl.lit("early-2001-01-01-a#1"), report_b=pl.lit(report_id), decision=pl.lit("same"))
    )
    tables["decisions"] = pl.concat([tables["decisions"], same])
    return dataclasses.replace(raw, tables=tables)


def test_every_id_is_derived_from_its_anchor_and_leads_to_one_event(raw: RawData) -> None:
    rows = given(raw)
    assert [event_id(report) for report in rows.get_column("report_id")] == rows.get_column("event_id").to_list()
    events = clean(raw)["events"]
    own = events.get_column("event_id").to_list()
    led_on = events.get_column("supersedes").explode(empty_as_null=False).drop_nulls().to_list()
    assert sorted(rows.get_column("event_id")) == sorted(own + led_on), "an id is missing, lost or leads to two events"


def test_ids_stay_when_an_earlier_text_is_found(raw: RawData) -> None:
    dated = raw.tables["sources"].filter(pl.col("published") > "2002").get_column("source_id")
    anchors = raw.tables["reports"].filter(pl.col("source_id").is_in(dated.implode())).join(given(raw), on="report_id")
    anchor, event = anchors.select("report_id", "event_id").row(0)
    more = earlier(raw, anchor)
    stays = dict(clean(more)["reports"].select("report_id", "event_id").iter_rows())
    assert stays[anchor] == stays["early-2001-01-01-a#1"] == event
    lost = dataclasses.replace(more, tables={k: v for k, v in more.tables.items() if k != "event_ids"})
    moved = dict(clean(lost)["reports"].select("report_id", "event_id").iter_rows())
    assert moved[anchor] != event, "without the ids given, it would have changed"
