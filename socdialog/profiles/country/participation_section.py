"""Who is seen to take part: the events of which this is known, and those in which all three sides are seen."""

from __future__ import annotations

import polars as pl

from socdialog.display.parts import Value
from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext, found_in
from socdialog.profiles.listing import ids


def coded_events(context: ProfileContext) -> pl.DataFrame:
    """Return the events in which at least one participant is coded."""
    by_side = context.measured(metric.events_by_side)
    return context["events"].filter(pl.col("row_id").is_in(ids(by_side, "evidence")))


def all_three_sides(context: ProfileContext) -> tuple[Value, pl.DataFrame]:
    """Return the number of events in which all three sides take part, and the events among which they are counted."""
    return found_in(context.measured(metric.tripartite_share)["evidence"][0].to_list()), coded_events(context)
