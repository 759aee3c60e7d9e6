"""Activity found: by year, kind, topic and side, and every event with its date."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from socdialog.codebook import wording
from socdialog.display import charts
from socdialog.display.parts import Figure, Part, Section, Span, Value, sentence, table
from socdialog.metrics import activity as metric
from socdialog.profiles.context import (
    ProfileContext,
    count,
    coverage,
    format_count,
    ids,
    joined,
    plural,
    rows,
    warning,
    when,
)
from socdialog.profiles.country.participation_section import coded_events
from socdialog.results import Result

#: Rows of a short list, and the most that a title names as equally frequent.
_TOP, _TIED = 10, 2


def section(context: ProfileContext) -> Section:
    """Show what was found, and what is known of it."""
    events = context["events"]
    if events.height == 0:
        return Section(
            "activity", "Activity found", (context.none_found(f"event {context.years}"), warning("none_found"))
        )
    parts: list[Part] = [
        sentence(
            count(events, "event"),
            f" {plural(events.height, 'was', 'were')} found {context.years}, told by ",
            count(context["reports"], "report"),
            ". Events without a date are counted, and named as such.",
        ),
        warning("convenience_collection"),
        _by_year(context),
        *_by_field(context, "kind", "event_kinds", "kind of event"),
        *_by_field(context, "topics", "topics", "topic"),
        *_by_side(context),
        _tripartite(context),
        *_active(context),
        _known(context),
        _events(context),
    ]
    return Section("activity", "Activity found", tuple(parts))


def _by_year(context: ProfileContext) -> Part:
    found = metric.events_by_year(context["events"]).frame
    dated = found.drop_nulls("year").sort("year")
    undated = found.filter(pl.col("year").is_null())
    cells: list[tuple[str, Value]] = [
        (str(row["year"]), format_count(row["value"], row["evidence"])) for row in dated.iter_rows(named=True)
    ]
    cells += [("year not known", format_count(row["value"], row["evidence"])) for row in undated.iter_rows(named=True)]
    listed = table("events-by-year", f"{context.about}: events found, by year", ["year", "#events found"], cells)
    if dated.height == 0:
        return listed
    most = dated.sort("value", "year", descending=[True, False]).row(0, named=True)
    known = Value(str(found["known"][0]), rows(row for group in dated["evidence"] for row in group))
    left_out: tuple[Span, ...] = ()
    for row in undated.iter_rows(named=True):
        left_out = (
            " Left out: ",
            Value(f"{int(row['value'])} {plural(int(row['value']), 'event')}", rows(row["evidence"])),
            " without a certain year.",
        )
    begins, words = _begins(context)
    ends = f"{dated['year'][0]} to {dated['year'][-1]}"
    return Figure(
        "events-by-year",
        charts.by_year(
            dated,
            title=f"{context.about}: {_peak(dated)}",
            subtitle=f"Events in the texts collected, {ends}; not a trend",
            begins=begins,
        ),
        (
            f"Bars of the number of events found in each year, {ends}: ",
            format_count(most["value"], most["evidence"]),
            " of ",
            known,
            f" dated events are of {most['year']}.",
            *left_out,
            " A year without a bar is one in which none was found.",
            *words,
        ),
        listed,
    )


def _peak(dated: pl.DataFrame) -> str:
    """Say in which years most events found began; nothing where many are level."""
    best = dated.filter(pl.col("value") == pl.col("value").max()).sort("year")
    if best.height > _TIED:
        return "events found, by year"
    years = joined(str(year) for year in best.get_column("year"))
    return f"{years} {plural(best.height, 'has', 'have')} more of the events found than any other year"


def _begins(context: ProfileContext) -> tuple[tuple[int, str] | None, tuple[Span, ...]]:
    """Return the year in which the outlet with most reports begins, and a warning of what that does."""
    biggest = metric.publishers(context["sources"], context["reports"]).frame.head(1)
    if biggest.height == 0 or biggest["first_year"][0] is None:
        return None, ()
    row = biggest.row(0, named=True)
    year = row["first_year"]
    words: tuple[Span, ...] = (
        " The dashed line marks the first dated text of ",
        Value(f"{row['publisher']}, {year}", rows(row["evidence"])),
        ", the outlet with most reports here: a new outlet makes more events found, not more events.",
    )
    return (year, f"{year}: biggest outlet begins"), words


def _by_field(context: ProfileContext, field: str, vocabulary: str, word: str) -> list[Part]:
    result = metric.events_by(context["events"], field)
    return _counted(context, result, word, lambda code: wording.label(vocabulary, code), field)


def _by_side(context: ProfileContext) -> list[Part]:
    result = metric.events_by_side(context["events"], context["actors"], context["organisations"])
    return _counted(context, result, "side that takes part", _side, "side")


def _side(code: str) -> str:
    side, _, level = code.partition(":")
    apart = {"enterprise": "Single enterprises", "not_known": "Employers, not resolved"}
    return apart.get(level) or wording.label("sides", side) + ("’ organisations" if side + ":" in _SPLIT else "")


#: Sides of which single members and organisations are counted apart.
_SPLIT = ("employers:",)


def _counted(context: ProfileContext, result: Result, word: str, label: Callable[[str], str], field: str) -> list[Part]:
    """Show counts of the values of one field, as a chart where they differ."""
    frame = result.frame
    if frame.height == 0:
        return [context.none_found(f"coded {word}")]
    key = f"events-by-{field}"
    about = f"{context.about}: events found, by {word}"
    known = coverage(frame["known"][0], context["events"])
    cells = [(label(row[field]), format_count(row["value"], row["evidence"])) for row in frame.iter_rows(named=True)]
    listed = table(key, about, [word, "#events found"], cells, note=("Known for ", known, " events."))
    if frame.height == 1:
        return [listed]
    top = frame.head(_TOP)
    drawn = top.with_columns(label=pl.Series([label(code) for code in top.get_column(field)]))
    first, caption = _most(frame, field, word, label)
    title = f"{context.about}, {first}" if first else about
    more = "" if frame.height <= _TOP else " Only the most frequent are drawn; the table has all."
    figure = Figure(
        key,
        charts.bars(drawn, title=title, subtitle=f"Events found, by {word}, {context.years}", label="label"),
        (f"Bars of the number of events found by {word}, known for ", known, " events", *caption, ".", more),
        listed,
    )
    return [figure]


def _most(frame: pl.DataFrame, field: str, word: str, label: Callable[[str], str]) -> tuple[str, tuple[Span, ...]]:
    """Say what is found most often, in words from the counts; nothing where many are level."""
    best = frame.filter(pl.col("value") == pl.col("value").max())
    if best.height > _TIED:
        return "", ()
    names = joined(label(code) for code in best.get_column(field))
    spans: list[Span] = ["; most often "]
    for row in best.iter_rows(named=True):
        spans += [
            " and " if len(spans) > 1 else "",
            f"{label(row[field])} in ",
            format_count(row["value"], row["evidence"]),
        ]
    return f"{word} found most often: {names}", tuple(spans)


def _tripartite(context: ProfileContext) -> Part:
    row = metric.tripartite_share(
        context["events"], context["actors"], organisations=context["organisations"]
    ).frame.row(0, named=True)
    if row["value"] is None:
        return context.none_found("event with coded participants")
    together = len(row["evidence"])
    return sentence(
        "Workers, employers’ organisations and government all take part in ",
        Value(str(together), tuple(row["evidence"])) if together else Value("none", absent=True),
        " of the ",
        count(coded_events(context), "event"),
        " whose participants are coded. The target of a strike and a single enterprise do not count as taking part. "
        "This is a definition of the project, and lists of participants are lower bounds.",
    )


def _active(context: ProfileContext) -> list[Part]:
    result = metric.most_active_organisations(
        context["events"], context["actors"], context["organisations"], limit=_TOP
    ).frame
    if result.height == 0:
        return []
    cells = [
        (row["name"], wording.label("sides", row["side"]), format_count(row["value"], row["evidence"]))
        for row in result.iter_rows(named=True)
    ]
    return [
        table(
            "most-active",
            f"{context.about}: organisations met in most of the events found",
            ["organisation", "side", "#events found"],
            cells,
            note=(
                "Of those who take part, ",
                Value(f"{result['known'][0]} of {result['n'][0]}", ids(coded_events(context))),
                " mentions could be resolved to a registered organisation. Not a ranking.",
            ),
        )
    ]


def _known(context: ProfileContext) -> Part:
    fields = {
        "start_date": "date",
        "venue_country": "country of the venue",
        "place_id": "place",
        "topics": "topics",
        "outcomes": "outcomes",
        "mode": "mode (in person or online)",
    }
    found = metric.completeness(context["events"], list(fields)).frame
    cells = [(fields[row["field"]], coverage(row["known"], context["events"])) for row in found.iter_rows(named=True)]
    return table("known-events", f"{context.about}: what is known of the events", ["field", "#known for events"], cells)


def _events(context: ProfileContext) -> Part:
    newest = context["events"].sort("start_first", "event_id", descending=[True, False], nulls_last=True)
    places = dict(context["places"].select("place_id", "name").iter_rows())
    remarks = _remarks(context)
    return table(
        "events",
        f"{context.about}: every event found, the newest first",
        ["event", "date", "kind", "place", "#independent sources"],
        [_event(context, row, places, remarks) for row in newest.iter_rows(named=True)],
        note="A date marked inferred was completed by the coder, for the reason told with it. Copies of a text and "
        "second codings are no further source.",
    )


def _event(
    context: ProfileContext, row: dict[str, str], places: Mapping[str, str], remarks: Mapping[str, str]
) -> tuple[Span | tuple[Span, ...], ...]:
    own = (row["row_id"],)
    status = wording.label("event_statuses", row["status"])
    usual = row["status"] in _USUAL
    venue = "" if row["venue_country"] is None else context.name(row["venue_country"])
    remark = remarks.get(row["event_id"])
    return (
        Value(row["label"], own),
        (Value(when(row), own), *((Value(remark, own),) if remark else ())),
        wording.label("event_kinds", row["kind"]) + ("" if usual else f" ({status.lower()})"),
        places.get(row["place_id"], "") or venue or Value("not told", absent=True),
        Value(str(row["n_sources"]), own),
    )


#: Statuses that need no word, as most events have them.
_USUAL = ("held",)


def _remarks(context: ProfileContext) -> dict[str, str]:
    """Return the reason that coders give for the inferred date of an event."""
    inferred = context["events"].filter(pl.col("date_basis") == "inferred").get_column("event_id")
    given = context["reports"].filter(pl.col("event_id").is_in(inferred.implode())).drop_nulls("date_reason")
    first = given.sort("report_id").unique("event_id", keep="first", maintain_order=True)
    return dict(first.select("event_id", "date_reason").iter_rows())
