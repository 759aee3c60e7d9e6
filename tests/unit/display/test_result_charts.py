"""Each result of the shipped data has the chart that fits it, or says that none does."""

from __future__ import annotations

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, Frozen
from socdialog.results import Result, tidy


@pytest.fixture(autouse=True)
def _shipped(shipped_data: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(shipped_data.snapshot.folder))


def marks(result: Result) -> list[str]:
    return [layer["mark"]["type"] for layer in result.chart().to_dict()["layer"]]


def test_the_chart_fits_the_result() -> None:
    events = sd.load_events(countries="KAZ")
    pairs = sd.metrics.co_participation.participations(events, sd.load_actors())
    ratified = (sd.load_ratifications(), sd.load_conventions())
    assert marks(sd.metrics.activity.events_by(events, "kind")) == ["bar", "text"]
    assert marks(sd.compare(["KAZ", "TUR"], "Trade union density", series=True)) == ["line", "point"]
    assert marks(sd.compare(["KAZ", "TUR"], "Trade union density")) == ["rule", "point"]
    assert marks(sd.metrics.standards.ratification_matrix(*ratified, "KAZ", as_of=2025)) == ["rect", "text"]
    assert marks(sd.metrics.co_participation.shared_events(pairs))[:2] == ["rule", "point"]
    assert marks(sd.metrics.activity.reach_per_activity(sd.load_figures(countries="KAZ"))) == ["rule", "point"]


def test_what_no_chart_fits_is_said() -> None:
    with pytest.raises(UsageError, match="no chart fits"):
        Result("x", tidy(pl.DataFrame({"value": [1.0]}), unit="events"), "d").chart()
