"""A chart displays itself without the network, and as somebody has chosen where somebody has."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import pytest

from socdialog.display.chart_output import MIME, show_offline
from socdialog.display.display_block import PARTS_ONLY

CHART = alt.Chart(alt.Data(values=[{"year": 2020, "n": 3}]), description="Strikes: 3 in 2020").mark_bar()
CHART = CHART.encode(x="year:O", y="n:Q")


@pytest.fixture(autouse=True)
def _default() -> Iterator[None]:
    with alt.renderers.enable("default"):
        yield


def test_a_chart_is_data_for_jupyterlab_and_a_drawing_for_others() -> None:
    show_offline()
    bundle = CHART._repr_mimebundle_()
    assert sorted(bundle) == [MIME, "image/svg+xml", "text/plain"]
    assert bundle[MIME]["$schema"].endswith("/v5.json")
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"] == "Strikes: 3 in 2020"


def test_nothing_asks_the_web_for_a_script() -> None:
    show_offline()
    bundle = CHART._repr_mimebundle_()
    assert "<script" not in str(bundle)
    assert "text/html" not in bundle


def test_data_at_an_address_is_not_fetched_for_a_drawing() -> None:
    show_offline()
    bundle = alt.Chart("https://data.example/strikes.csv").mark_bar().encode(x="year:O")._repr_mimebundle_()
    assert sorted(bundle) == [MIME, "text/plain"]


def test_where_only_a_page_is_made_the_site_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PARTS_ONLY, "1")
    show_offline()
    assert sorted(CHART._repr_mimebundle_()) == [MIME, "text/plain"]


def test_a_way_that_somebody_chose_stays() -> None:
    with alt.renderers.enable("png"):
        show_offline()
        assert alt.renderers.active == "png"
