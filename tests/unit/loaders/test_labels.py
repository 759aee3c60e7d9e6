"""Labels stand next to codes: of vocabularies, of other tables, of countries in any language."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import socdialog as sd


def test_labels_follow_their_codes(cleaned: Path) -> None:
    plain = sd.load_events(data=cleaned)
    labelled = sd.load_events(labels=True, data=cleaned)
    assert labelled.select(plain.columns).equals(plain)
    assert labelled.columns[labelled.columns.index("kind") + 1] == "kind_label"
    strike = labelled.filter(pl.col("kind") == "strike")
    assert strike["kind_label"].unique().to_list() == ["Strike"]
    assert strike["topics_label"].dtype == pl.List(pl.String)
    counts = labelled.select(pl.col("topics").list.len() == pl.col("topics_label").list.len()).to_series()
    assert counts.drop_nulls().all()
    assert (labelled["topics"].null_count()) == labelled["topics_label"].null_count()


def test_ids_are_labelled_by_the_table_that_they_refer_to(cleaned: Path) -> None:
    series = sd.load("country_years", countries="TUR", labels=True, data=cleaned)
    titles = dict(sd.load_indicators(data=cleaned).select("indicator", "label").iter_rows())
    assert all(titles[code] == label for code, label in series.select("indicator", "indicator_label").iter_rows())
    assert series["country_label"].unique().to_list() == ["Türkiye"]


def test_countries_are_named_in_any_language(cleaned: Path) -> None:
    assert sd.load_country_years(countries="TUR", labels="ru", data=cleaned)["country_label"][0] == "Турция"
    assert sd.load_country_years(countries="TUR", labels="en", data=cleaned)["country_label"][0] == "Türkiye"
