"""Who appears together: organisations met in the same events."""

from __future__ import annotations

import polars as pl

from socdialog.codebook import wording
from socdialog.display.parts import Section, Value, note, table
from socdialog.metrics import co_participation as metric
from socdialog.profiles.context import ProfileContext, format_count, rows

_TOP = 10


def section(context: ProfileContext) -> Section:
    """Show which organisations are met in the same events."""
    title = "Who appears together"
    pairs = metric.participations(context["events"], context["actors"])
    shared = metric.shared_events(pairs).frame
    if shared.height == 0:
        return Section("co_participation", title, (context.none_found("event with two registered organisations"),))
    names = dict(context["organisations"].select("org_id", "name").iter_rows())
    weights = metric.newman_weights(pairs).frame.select("org_a", "org_b", weight=pl.col("value"))
    ordered = shared.join(weights, on=["org_a", "org_b"]).sort(
        "value", "weight", "org_a", "org_b", descending=[True, True, False, False]
    )
    cells = [
        (
            f"{names[row['org_a']]} and {names[row['org_b']]}",
            format_count(row["value"], row["evidence"]),
            Value(wording.number(row["weight"], decimals=2), rows(row["evidence"])),
        )
        for row in ordered.head(_TOP).iter_rows(named=True)
    ]
    every = rows(row_id for group in ordered.get_column("evidence") for row_id in group)
    sizes = metric.event_sizes(pairs).frame
    size_cells = [
        (Value(str(row["organisations"]), rows(row["evidence"])), format_count(row["value"], row["evidence"]))
        for row in sizes.iter_rows(named=True)
    ]
    return Section(
        "co_participation",
        title,
        (
            table(
                "co_participation",
                f"{context.about}: pairs of organisations met in the same events",
                ["pair", "#shared events", "#weight"],
                cells,
                note=(
                    "The pairs with most shared events, of ",
                    Value(f"{ordered.height} pairs" if ordered.height > 1 else "one pair", every),
                    ". The weight (Newman 2001) counts a shared event less the more organisations it has.",
                ),
            ),
            table(
                "event-sizes",
                f"{context.about}: events by the number of registered organisations that take part",
                ["registered organisations", "#events found"],
                size_cells,
            ),
            note(
                "Being named in one event is not cooperation: it can be a hearing, a congress with guests, or a "
                "settled dispute."
            ),
        ),
    )
