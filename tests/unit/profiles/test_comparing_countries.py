"""An indicator of several countries is what each of them has, as published."""

from __future__ import annotations

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, Frozen

DENSITY = "ILR_TUMT_NOC_RT"


@pytest.fixture(autouse=True)
def _shipped(shipped_data: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(shipped_data.snapshot.folder))


def test_each_country_has_its_own_latest_value() -> None:
    found = sd.compare(["Türkiye", "KZ", "TKM"], "Trade union density")
    assert found.frame["name"].unique(maintain_order=True).to_list() == ["Kazakhstan", "Türkiye", "Turkmenistan"]
    for country in ("KAZ", "TUR", "TKM"):
        own = sd.metrics.official.latest_official(
            sd.load("country_years"),
            sd.load("not_published"),
            country=country,
            indicator=DENSITY,
            indicators=sd.load_indicators(),
        )
        here = found.frame.filter(pl.col("country") == country)
        assert here.drop("country", "name").equals(own.frame)
    assert found.definition.startswith("Trade union density")
    assert "ILOSTAT" in found.release


def test_a_series_has_all_years() -> None:
    assert (
        sd.compare(["TUR", "KAZ"], DENSITY, series=True).frame.height > sd.compare(["TUR", "KAZ"], DENSITY).frame.height
    )


def test_what_cannot_be_compared_is_refused() -> None:
    for countries, indicator, said in (
        (["TUR"], DENSITY, "at least two"),
        ("TUR", DENSITY, "at least two"),
        (["TUR", "BRA"], DENSITY, "nothing on it"),
        (["TUR", "KAZ"], "density", "Trade union density"),
    ):
        with pytest.raises(UsageError, match=said):
            sd.compare(countries, indicator)


def test_pages_take_countries_by_name() -> None:
    assert sd.country_profile("Kazakhstan").name == sd.country_profile("KAZ").name
    with pytest.raises(UsageError, match="did you mean 'KAZ'"):
        sd.country_profile("Kazakhstn")
