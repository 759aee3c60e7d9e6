"""Rows are chosen by codes and by labels; a word that nothing has is an error, and never an empty table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError


def test_events_are_chosen_by_type_topic_organisation_and_words(cleaned: Path) -> None:
    every = sd.load_events(data=cleaned)
    strikes = sd.load_events(kind="strike", data=cleaned)
    assert 0 < strikes.height < every.height
    assert strikes.get_column("kind").unique().to_list() == ["strike"]
    assert strikes.equals(sd.load_events(kind="Strike", data=cleaned))
    either = sd.load_events(kind=["strike", "Lockout"], data=cleaned)
    assert either.height >= strikes.height
    wages = sd.load_events(topic="Wages", data=cleaned)
    assert wages.get_column("topics").list.contains("wages").all()
    assert wages.height == every.filter(pl.col("topics").list.contains("wages")).height
    oil = sd.load_events(text="OIL workers", data=cleaned)
    assert 0 < oil.height < every.height


@pytest.mark.parametrize("name", ["kaz-ftrk", "ФПРК", "Federation of Trade Unions of the Republic of Kazakhstan"])
def test_an_organisation_may_be_named_in_any_script(cleaned: Path, name: str) -> None:
    found = sd.load_events(organisation=name, data=cleaned)
    actors = sd.load_actors(data=cleaned).filter(pl.col("org_id") == "kaz-ftrk")
    assert set(found["event_id"]) == set(actors["event_id"].drop_nulls())


def test_figures_series_and_ratifications_are_chosen(cleaned: Path) -> None:
    indicator = sd.load_figures(data=cleaned)["indicator"][0]
    assert sd.load_figures(indicator=indicator, data=cleaned)["indicator"].unique().to_list() == [indicator]
    series = sd.load_country_years(indicator="Trade union density", countries="Kazakhstan", data=cleaned)
    assert series["indicator"].unique().to_list() == ["ILR_TUMT_NOC_RT"]
    ilostat = sd.load_country_years(source="ILOSTAT", data=cleaned)
    assert ilostat["source"].unique().to_list() == ["ILOSTAT"]
    assert sd.load_ratifications(convention="C087", data=cleaned)["convention"].unique().to_list() == ["C087"]


WRONG: list[tuple[Callable[[Path], object], str]] = [
    (lambda data: sd.load_events(kind="strikes", data=data), "did you mean 'strike'"),
    (lambda data: sd.load_events(topic="wage", data=data), r"did you mean 'wages' \(Wages\)"),
    (lambda data: sd.load_events(organisation="Federation of trade unions", data=data), "several organisations"),
    (lambda data: sd.load_events(organisation="Atlantis Union", data=data), "not a known organisation"),
    (lambda data: sd.load_events(text=" ", data=data), "is not a text"),
    (lambda data: sd.load_events(text="…", data=data), "holds no word"),
    (lambda data: sd.load_events(topic=[], data=data), "empty list"),
    (lambda data: sd.load_figures(indicator="strike_worker", data=data), "did you mean"),
    (lambda data: sd.load_country_years(indicator="density", data=data), "Trade union density|Union density"),
    (lambda data: sd.load_country_years(source="ILOSTT", data=data), "did you mean 'ILOSTAT'"),
    (lambda data: sd.load_ratifications(convention="C0877", data=data), "did you mean 'C087'|not a known convention"),
    (lambda data: sd.load_events(labels="xx", data=data), "'xx' is not a known language"),
    (lambda data: sd.load_events(labels=1, data=data), "'1' is not a known language"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("load", "said"), WRONG)
def test_a_word_that_nothing_has_is_an_error(cleaned: Path, load: Callable[[Path], object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load(cleaned)
