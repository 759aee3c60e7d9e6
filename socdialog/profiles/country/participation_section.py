"""Who is seen to take part: the events of which this is known."""

from __future__ import annotations

import polars as pl

from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext


def coded_events(context: ProfileContext, events: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the events in which at least one participant is coded; default: among all of the page."""
    among = context["events"] if events is None else events
    by_side = metric.events_by_side(among, context["actors"], context["organisations"]).frame
    found = by_side.select("evidence").explode("evidence").get_column("evidence").drop_nulls().unique()
    return among.filter(pl.col("row_id").is_in(found.implode()))
