"""Who appears together: organisations met in the same events."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.codebook import cldr
from socdialog.display.parts import Part, Value, note
from socdialog.metrics import co_participation as metric
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import ids, linked, number

_TOP = 10


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show which organisations are met in the same events, whenever these were."""
    context = context.with_undated
    pairs = metric.participations(context["events"], context["actors"])
    shared = metric.shared_events(pairs).frame
    if shared.height == 0:
        yield context.none_found("events with two registered organisations")
        return
    names = dict(context["organisations"].select("org_id", "name").iter_rows())
    weights = metric.newman_weights(pairs).frame.select("org_a", "org_b", weight="value")
    ordered = shared.join(weights, on=["org_a", "org_b"]).sort(
        "value", "weight", "org_a", "org_b", descending=[True, True, False, False]
    )
    yield context.listing(
        "co_participation",
        "pairs of organisations met in the same events",
        ordered.head(_TOP),
        {
            "pair": lambda row: f"{names[row['org_a']]} and {names[row['org_b']]}",
            "#shared events": number,
            "#weight": lambda row: linked(cldr.number(row["weight"], decimals=2), row),
        },
        note=(
            "The pairs with most shared events, of ",
            Value(f"{ordered.height} pairs" if ordered.height > 1 else "one pair", ids(ordered, "evidence")),
            ". The weight (Newman 2001) counts a shared event less the more organisations it has.",
        ),
    )
    yield context.listing(
        "event-sizes",
        "events by the number of registered organisations that take part",
        metric.event_sizes(pairs).frame,
        {"registered organisations": lambda row: linked(str(row["organisations"]), row), "#events found": number},
    )
    yield note(
        "Being named in one event is not cooperation: it can be a hearing, a congress with guests, "
        "or a settled dispute."
    )
