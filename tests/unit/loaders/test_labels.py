"""Labels stand next to codes: of vocabularies, of other tables, of countries in any language."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError


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


def test_languages_and_currencies_are_named_in_any_language_too(cleaned: Path) -> None:
    wages = sd.load_minimum_wages(countries="KAZ", labels="tr", data=cleaned)
    assert wages["currency_label"].unique().to_list() == ["Kazakistan tengesi"]
    sources = sd.load_sources(labels="Russian", data=cleaned).filter(language="tr")
    assert sources["language_label"].unique().to_list() == ["турецкий"]
    assert sd.load_events(labels="ru", data=cleaned).filter(kind="strike")["kind_label"][0] == "Strike", "else English"


def test_countries_and_organisations_are_named_in_their_own_language(cleaned: Path) -> None:
    """Where it is known; otherwise by the name that they have in English."""
    bodies = sd.load_organisations(data=cleaned)
    known = dict(bodies.select("org_id", "native_name").drop_nulls().iter_rows())
    english = dict(bodies.select("org_id", "name").iter_rows())
    actors = sd.load_actors(countries="KAZ", labels="own", data=cleaned).drop_nulls("org_id")
    named = dict(actors.select("org_id", "org_id_label").iter_rows())
    assert named == {one: known.get(one, english[one]) for one in named}
    assert named.keys() & known.keys()
    assert named.keys() - known.keys()
    wages = sd.load_minimum_wages(countries=["KAZ", "TUR"], labels="own", data=cleaned)
    assert set(wages["country_label"]) <= {"Қазақстан", "Türkiye"}


def test_an_unknown_language_is_an_error_that_names_those_that_are_known(cleaned: Path) -> None:
    for wrong in ("Klingonish", "xx", 5, None):
        with pytest.raises(UsageError, match="is not a known language") as refused:
            sd.load_events(labels=wrong, data=cleaned)
        assert " kk, " in refused.value.hint
        assert '"own"' in refused.value.hint
