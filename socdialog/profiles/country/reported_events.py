"""Reported events: how many the collection holds, by year and type, the latest of them, and counts that are links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.codebook.attributes import attributes
from socdialog.display import charts
from socdialog.display.addresses import By
from socdialog.display.messages import counted, say, words
from socdialog.display.parts import Figure, Folded, Part, Sentence, Span, Spans, Table, Value, lead, small_print, table
from socdialog.display.side_words import side_name
from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext, newest_first, when
from socdialog.profiles.listing import DASH, NOT_STATED, Row, ids, linked, listed, own

#: Events that a page shows; all are on the page of events.
_LATEST = 8
#: Statuses that need no word, as most events have them.
_USUAL = ("held",)


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show what the collection holds; every event is on the page of events."""
    events = context.with_undated["events"]
    if context["events"].height == 0:
        yield from context.none_within(words("events.subject"), context.tables["events"])
    if events.height == 0:
        return
    if context["events"].height:
        yield _lead(context, events)
        yield from _by_year(context)
        yield from context.collection_caution()
    yield from _latest(context, events)
    yield from _by_property(context)


def coded_events(context: ProfileContext) -> pl.DataFrame:
    """Return the events in which at least one participant is coded."""
    by_side = context.measured(metric.events_by_side)
    return context["events"].filter(pl.col("row_id").is_in(ids(by_side, "evidence")))


def _lead(context: ProfileContext, events: pl.DataFrame) -> Sentence:
    """Say how many events there are, from when to when, and how many sources and publishers they are based on."""
    sources = context.with_undated["sources"]
    publishers, reports = sources.get_column("publisher").n_unique(), context.with_undated["reports"]
    undated = events.get_column("start_date").null_count()
    said = say(
        "events.lead",
        of=words(f"events.{context.notes.collection}"),
        events=counted("events.events", events.height, ids(events), to=context.all_events()),
        period=_period(events),
        sources=counted("events.sources", sources.height, ids(sources), to=context.all_sources()),
        publishers=counted("events.publishers", publishers, ids(reports), to=context.all_sources()),
    )
    return lead(*said, *(say("events.undated", n=undated) if undated else ()))


def _period(events: pl.DataFrame) -> str:
    first, last = events.select(
        pl.col("start_first").min().dt.year(), pl.col("start_last").max().dt.year().alias("last")
    ).row(0)
    if first == last:
        return words("events.period_year", first=str(first))
    return words("events.period_years", first=str(first), last=str(last))


def _families() -> dict[str, list[str]]:
    """Return the types of each family of events, in the order of the codebook."""
    found: dict[str, list[str]] = {}
    for kind, family in attributes("event_kinds", "family", "other").items():
        found.setdefault(str(family), []).append(kind)
    return found


def _by_year(context: ProfileContext) -> Iterator[Part]:
    """Show the events by year and family; the year in which the largest source starts is marked."""
    every = context.with_undated.measured(metric.events_by_year)
    dated = every.drop_nulls("year")
    if dated.is_empty():
        return
    events = context.with_undated["events"]
    counts = {
        family: context.measured(metric.events_by_year, events=events.filter(pl.col("kind").is_in(kinds)))
        for family, kinds in _families().items()
    }
    counts = {words(f"events.family_{family}"): found for family, found in counts.items() if found.height}
    shown = _table(context, every, counts)
    long = pl.concat(found.select("year", "value", group=pl.lit(name)) for name, found in counts.items())
    first, last = int(dated["year"].min()), int(dated["year"].max())  # type: ignore[arg-type]
    begins, marked = _begins(context, first, last)
    of = words(f"events.{context.notes.collection}")
    number = words("events.reported", n=int(every["value"].sum()))
    period = cldr.date_range(str(first), str(last))
    missing = int(every.filter(pl.col("year").is_null()).get_column("value").sum())
    families = cldr.joined(
        words("events.family_count", family=name, number=cldr.number(float(found.drop_nulls("year")["value"].sum())))
        for name, found in counts.items()
    )
    yield Figure(
        "events-by-year",
        charts.by_year(
            long.drop_nulls("year"),
            title=words("events.by_year", country=context.about, events=number, of=of, years=period),
            subtitle=words(
                "events.by_year_subtitle", caution="" if context.represents else words("events.not_comparable")
            ),
            group="group",
            axis=words("events.axis"),
            begins=begins,
        ).to_dict(validate=False),
        (
            *say(
                "events.caption",
                first=str(first),
                last=str(last),
                families=Value(families, ids(dated, "evidence"), to=context.all_events()),
                missing=words("events.missing", n=missing) if missing else "",
            ),
            *marked,
        ),
        shown,
    )


def _table(context: ProfileContext, every: pl.DataFrame, counts: dict[str, pl.DataFrame]) -> Table:
    """Return the events of each year and family; each year leads to its list."""
    by_family = {name: {row["year"]: row for row in found.iter_rows(named=True)} for name, found in counts.items()}
    rows: list[tuple[Span, ...]] = []
    for row in every.sort("year", descending=True, nulls_last=True).iter_rows(named=True):
        year = row["year"]
        to = context.events_list("year", year)
        cells = (found.get(year) for found in by_family.values())
        families = [DASH if cell is None else Value(cldr.number(cell["value"]), own(cell), to=to) for cell in cells]
        total = Value(cldr.number(row["value"]), own(row), to=to)
        rows.append((words("events.no_year") if year is None else str(year), total, *families))
    heads = [words("events.year"), words("events.every"), *(words("events.number_of", family=one) for one in counts)]
    return table("events-by-year", words("events.by_year_table", country=context.in_prose), heads, rows)


def _begins(context: ProfileContext, first: int, last: int) -> tuple[tuple[int, str] | None, Spans]:
    """Return the year in which the publisher with most reports starts, and what that does, unless it starts first."""
    found = context.with_undated.measured(metric.publishers).head(1).drop_nulls("first_year")
    if found.height == 0 or not first < found["first_year"][0] <= last:
        return None, ()
    row = found.row(0, named=True)
    year = str(row["first_year"])
    said = say("events.begins_caption", year=year, publisher=linked(row["publisher"], row))
    return (row["first_year"], words("events.begins", year=year)), said


def _latest(context: ProfileContext, events: pl.DataFrame) -> Iterator[Part]:
    """Show the latest events; the others are on the page of events."""
    shown = newest_first(events).head(_LATEST)
    places = dict(context["places"].select("place_id", "name").iter_rows())

    def place(row: Row) -> Span:
        venue = row["venue_country"] and context.name(row["venue_country"])
        return places.get(row["place_id"]) or venue or NOT_STATED

    caption = words("events.listed", n=shown.height, country=context.in_prose)
    if events.height > shown.height:
        number, every = str(shown.height), cldr.number(events.height)
        caption = words("events.latest", country=context.in_prose, number=number, all=every)
    yield listed(
        "events",
        caption,
        shown,
        {
            words("events.event"): partial(_event, context),
            words("events.date"): _date,
            words("events.type"): _type,
            words("events.place"): place,
        },
    )
    if events.height > shown.height and context.all_events():
        yield small_print(Value(words("events.all", n=events.height), to=context.all_events()))


def _event(context: ProfileContext, row: Row) -> Value:
    return Value(str(row["label"]), (row["row_id"],), to=context.event_entry(row["event_id"]))


def _date(row: Row) -> Span:
    return linked(when(row) if row["start_date"] else words("events.undated_event"), row)


def _type(row: Row) -> str:
    name = wording.label("event_kinds", row["kind"])
    if row["status"] in _USUAL:
        return name
    return words("events.with_status", type=name, status=wording.label("event_statuses", row["status"]).lower())


def _by_property(context: ProfileContext) -> Iterator[Folded]:
    """Show, folded, the events by type, topic and participating side; each count leads to its list."""
    context = context.with_undated
    by_type, by_topic = (context.measured(metric.events_by, field=field) for field in ("kind", "topics"))
    found: Sequence[tuple[By, pl.DataFrame, str, Callable[[str], str]]] = (
        ("type", by_type, "kind", partial(wording.label, "event_kinds")),
        ("topic", by_topic, "topics", partial(wording.label, "topics")),
        ("side", context.measured(metric.events_by_side), "side", side_name),
    )
    tables = tuple(_counted(context, *one) for one in found if one[1].height)
    if tables:
        yield Folded("events-by-property", words("events.by_property"), tables, context.all_events())


def _counted(context: ProfileContext, by: By, found: pl.DataFrame, field: str, name: Callable[[str], str]) -> Table:
    rows = [
        (name(row[field]), Value(cldr.number(row["value"]), own(row), to=context.events_list(by, row[field])))
        for row in found.iter_rows(named=True)
    ]
    note = words("events.coded", n=found["n"][0], known=cldr.number(found["known"][0]), all=cldr.number(found["n"][0]))
    several = "" if by == "type" else words("events.several")
    caption = words(f"events.by_{by}", country=context.in_prose)
    return table(f"events-by-{by}", caption, [words(f"events.{by}"), words("events.count")], rows, note=note + several)
