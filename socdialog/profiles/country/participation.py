"""Who is seen to take part: the events of which this is known."""

from __future__ import annotations

import polars as pl

from socdialog.metrics import activity as metric
from socdialog.profiles.desk import Desk


def coded_events(desk: Desk, events: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the events in which at least one participant is coded; default: among all of the page."""
    among = desk["events"] if events is None else events
    by_side = metric.events_by_side(among, desk["actors"], desk["organisations"]).frame
    found = by_side.select("evidence").explode("evidence").get_column("evidence").drop_nulls().unique()
    return among.filter(pl.col("row_id").is_in(found.implode()))
