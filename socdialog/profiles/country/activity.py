"""Activity found: by year, kind, topic and side, every event with its date, and who appears together."""

from __future__ import annotations

import polars as pl

from socdialog.codebook import wording
from socdialog.display import charts
from socdialog.display.parts import Figure, Part, Section, Value, note, sentence, table
from socdialog.metrics import activity as metric
from socdialog.metrics import together as together_metric
from socdialog.profiles.desk import Desk, ids, plural, shown, warning, when
from socdialog.results import Result

#: Rows of a short list.
_TOP = 10


def section(desk: Desk) -> Section:
    """Show what was found, and what is known of it."""
    events = desk["events"]
    if events.height == 0:
        return Section("activity", "Activity found", (desk.none_found(f"event {desk.years}"), warning("none_found")))
    parts: list[Part] = [
        sentence(
            Value(f"{events.height} {plural(events.height, 'event')}", ids(events)),
            f" {plural(events.height, 'was', 'were')} found {desk.years}, told by ",
            Value(f"{desk['reports'].height} {plural(desk['reports'].height, 'report')}", ids(desk["reports"])),
            ". Events without a date are counted, and named as such.",
        ),
        warning("convenience_collection"),
        _by_year(desk),
        *_by_field(desk, "kind", "event_kinds", "kind of event"),
        *_by_field(desk, "topics", "topics", "topic"),
        *_by_side(desk),
        _tripartite(desk),
        *_active(desk),
        _known(desk),
        _events(desk),
    ]
    return Section("activity", "Activity found", tuple(parts))


def _by_year(desk: Desk) -> Figure:
    found = metric.events_by_year(desk["events"]).frame
    dated = found.drop_nulls("year").sort("year")
    undated = found.filter(pl.col("year").is_null())
    rest = int(undated.get_column("value").sum()) if undated.height else 0
    begins = (
        f" {rest} {plural(rest, 'event')} without a certain year {plural(rest, 'is', 'are')} left out." if rest else ""
    )
    cells: list[tuple[str, Value]] = [
        (str(row["year"]), shown(row["value"], row["evidence"])) for row in dated.iter_rows(named=True)
    ]
    cells += [("year not known", shown(row["value"], row["evidence"])) for row in undated.iter_rows(named=True)]
    title = f"{desk.about}: events found, by year"
    return Figure(
        "events-by-year",
        charts.by_year(
            dated, title=title, subtitle=f"Events in the texts collected; not a trend. Edition {desk.edition}"
        ),
        f"Bars of the number of events found in each year.{begins} A year without a bar is one in which none was found; "
        "new sources make more events, so this is no trend.",
        table("events-by-year", title, ["year", "#events found"], cells),
    )


def _by_field(desk: Desk, field: str, vocabulary: str, word: str) -> list[Part]:
    result = metric.events_by(desk["events"], field)
    key = f"events-by-{field.replace('_', '-')}"
    return _counted(desk, result, key, word, lambda code: wording.label(vocabulary, code), field)


def _by_side(desk: Desk) -> list[Part]:
    result = metric.events_by_side(desk["events"], desk["actors"], desk["organisations"])

    def label(code: str) -> str:
        side, _, level = code.partition(":")
        if side != "employers":
            return wording.label("sides", side)
        return {"": "Employers' organisations", "enterprise": "Single enterprises"}.get(
            level, "Employers, not resolved"
        )

    return _counted(desk, result, "events-by-side", "side that takes part", label, "side")


def _counted(desk: Desk, result: Result, key: str, word: str, label: object, field: str) -> list[Part]:
    frame = result.frame
    if frame.height == 0:
        return [desk.none_found(f"coded {word}")]
    assert callable(label)
    n, known = frame.get_column("n")[0], frame.get_column("known")[0]
    title = f"{desk.about}: events found, by {word}"
    cells = [(label(row[field]), shown(row["value"], row["evidence"])) for row in frame.iter_rows(named=True)]
    drawn = frame.head(_TOP).with_columns(label=pl.Series([label(code) for code in frame.head(_TOP).get_column(field)]))
    more = "" if frame.height <= _TOP else f" The {_TOP} most frequent are drawn; the table has all {frame.height}."
    return [
        Figure(
            key,
            charts.bars(
                drawn, title=title, subtitle=f"Known for {known} of {n} events. Edition {desk.edition}", label="label"
            ),
            f"Bars of the number of events found by {word}, known for {known} of {n} events.{more}",
            table(key, title, [word, "#events found"], cells, note=f"Known for {known} of {n} events."),
        )
    ]


def _tripartite(desk: Desk) -> Part:
    row = metric.tripartite_share(desk["events"], desk["actors"], organisations=desk["organisations"]).frame.row(
        0, named=True
    )
    if row["value"] is None:
        return desk.none_found("event with coded participants")
    count = len(row["evidence"])
    number = Value(f"{count}", tuple(row["evidence"])) if count else Value("none", absent=True)
    return sentence(
        "Workers, employers' organisations and government all take part in ",
        number,
        f" of the {row['known']} events whose participants are coded ({row['n'] - row['known']} are not). "
        "The target of a strike and a single enterprise do not count as taking part. This is a definition of the "
        "project, and lists of participants are lower bounds.",
    )


def _active(desk: Desk) -> list[Part]:
    result = metric.most_active_organisations(desk["events"], desk["actors"], desk["organisations"], limit=_TOP).frame
    if result.height == 0:
        return []
    cells = [
        (row["name"], wording.label("sides", row["side"]), shown(row["value"], row["evidence"]))
        for row in result.iter_rows(named=True)
    ]
    n, known = result.get_column("n")[0], result.get_column("known")[0]
    return [
        table(
            "most-active",
            f"{desk.about}: organisations met in most of the events found",
            ["organisation", "side", "#events found"],
            cells,
            note=f"{known} of {n} mentions of organisations that take part could be resolved to a registered one. Not a ranking.",
        )
    ]


def _known(desk: Desk) -> Part:
    fields = {
        "start_date": "date",
        "venue_country": "country of the venue",
        "place_id": "place",
        "topics": "topics",
        "outcomes": "outcomes",
        "mode": "mode",
    }
    found = metric.known_of_n(desk["events"], list(fields)).frame
    cells = [(fields[row["field"]], f"{row['known']} of {row['n']}") for row in found.iter_rows(named=True)]
    return table("known-events", f"{desk.about}: what is known of the events", ["field", "#known"], cells)


def _events(desk: Desk) -> Part:
    newest = desk["events"].sort("start_first", "event_id", descending=[True, False], nulls_last=True)
    places = dict(desk["places"].select("place_id", "name").iter_rows())
    cells = [
        (
            Value(str(row["label"]), (row["row_id"],)),
            when(row),
            wording.label("event_kinds", row["kind"])
            + ("" if row["status"] == "held" else f" ({wording.label('event_statuses', row['status']).lower()})"),
            places.get(row["place_id"], "")
            or ("" if row["venue_country"] is None else desk.name(row["venue_country"])),
            str(row["n_sources"]),
        )
        for row in newest.iter_rows(named=True)
    ]
    return table(
        "events",
        f"{desk.about}: every event found, the newest first",
        ["event", "date", "kind", "place", "#independent sources"],
        cells,
        note="A date marked inferred was completed by the coder. Copies of a text and second codings are no further source.",
    )


def together(desk: Desk) -> Section:
    """Show which organisations are met in the same events."""
    title = "Who appears together"
    pairs = together_metric.participations(desk["events"], desk["actors"])
    shared = together_metric.shared_events(pairs).frame
    if shared.height == 0:
        return Section("together", title, (desk.none_found("event with two registered organisations"),))
    names = dict(desk["organisations"].select("org_id", "name").iter_rows())
    weights = together_metric.newman_weights(pairs).frame.select("org_a", "org_b", weight=pl.col("value"))
    ordered = shared.join(weights, on=["org_a", "org_b"]).sort(
        "value", "weight", "org_a", "org_b", descending=[True, True, False, False]
    )
    cells = [
        (
            f"{names[row['org_a']]} and {names[row['org_b']]}",
            shown(row["value"], row["evidence"]),
            wording.number(row["weight"], decimals=2),
        )
        for row in ordered.head(_TOP).iter_rows(named=True)
    ]
    sizes = together_metric.event_sizes(pairs).frame
    size_cells = [
        (str(row["organisations"]), shown(row["value"], row["evidence"])) for row in sizes.iter_rows(named=True)
    ]
    return Section(
        "together",
        title,
        (
            table(
                "together",
                f"{desk.about}: pairs of organisations met in the same events",
                ["pair", "#shared events", "#weight"],
                cells,
                note=f"The first {len(cells)} of {ordered.height} pairs. The weight (Newman 2001) counts a shared event less the more "
                "organisations it has. Only registered organisations that take part.",
            ),
            table(
                "event-sizes",
                f"{desk.about}: events by the number of registered organisations that take part",
                ["organisations", "#events found"],
                size_cells,
            ),
            note(
                "Being named in one event is not cooperation: it can be a hearing, a congress with guests, or a dispute settled."
            ),
        ),
    )
