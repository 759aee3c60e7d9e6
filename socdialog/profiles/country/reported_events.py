"""Activity found: by year, kind, topic and side, and every event with its date."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from socdialog.codebook import wording
from socdialog.codebook.cldr import joined, plural
from socdialog.display import charts
from socdialog.display.parts import Evidence, Figure, Part, Sentence, Span, Value, sentence
from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext, among, count, counted, coverage, newest_first, when
from socdialog.profiles.listing import NOT_STATED, Cell, Row, coded, ids, linked, number, rows, text

#: Rows of a short list, and the most that a title names as equally frequent.
_TOP, _TIED = 10, 2
#: What is asked of an event, by field.
_FIELDS = {
    "start_date": "date",
    "venue_country": "country of the venue",
    "place_id": "place",
    "topics": "topics",
    "outcomes": "outcomes",
    "mode": "mode (in person or online)",
}
#: Sides of which single members and organisations are counted apart.
_SPLIT = ("employers:",)
#: That all three sides take part: of one event, of several, and that they do not.
THREE_SIDES = (
    "brings together workers, employers’ organisations and government",
    "bring together workers, employers’ organisations and government",
    "does not bring together workers, employers’ organisations and government",
)
#: Statuses that need no word, as most events have them.
_USUAL = ("held",)


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show what was found, and what is known of it."""
    events = context["events"]
    if events.height == 0:
        yield from context.none_within("events", context.tables["events"])
        if context.undated.height:
            yield _events(context)
        return
    undated = context.and_undated
    yield sentence(
        count(events, "event"),
        context.years,
        *undated,
        f" {plural(events.height + len(undated), 'was', 'were')} found, told by ",
        count(context.with_undated["reports"], "report"),
        ". Counts leave out the undated events, which are listed." if undated else ".",
    )
    yield from context.collection_caution()
    yield _by_year(context)
    by_kind, by_topic = (context.measured(metric.events_by, field=field) for field in ("kind", "topics"))
    by_side = context.measured(metric.events_by_side)
    yield _counted(context, by_kind, "kind of event", lambda code: wording.label("event_kinds", code), "kind")
    yield _counted(context, by_topic, "topic", lambda code: wording.label("topics", code), "topics")
    yield _counted(context, by_side, "side that takes part", _side, "side")
    yield _tripartite(context)
    yield from _active(context)
    yield _known(context)
    yield _events(context)


def _by_year(context: ProfileContext) -> Part:
    found = context.measured(metric.events_by_year)
    dated = found.drop_nulls("year").sort("year")
    undated = found.filter(pl.col("year").is_null())
    listed = context.listing(
        "events-by-year",
        "events found, by year",
        pl.concat([dated, undated]),
        {"year": lambda row: str(row["year"] or "year not known"), "#events found": number},
    )
    if dated.height == 0:
        return listed
    most = dated.sort("value", "year", descending=[True, False]).row(0, named=True)
    left_out = [
        span
        for row in undated.iter_rows(named=True)
        for span in (
            " Left out: ",
            counted(int(row["value"]), tuple(row["evidence"]), "event"),
            " without a certain year.",
        )
    ]
    begins, words = _begins(context)
    ends = f"{dated['year'][0]} to {dated['year'][-1]}"
    best = _most_frequent(dated).sort("year").get_column("year")
    peak = f"{joined(map(str, best))} {plural(len(best), 'has', 'have')} more of the events found than any other year"
    return Figure(
        "events-by-year",
        charts.by_year(
            dated,
            title=f"{context.about}: {peak if len(best) else 'events found, by year'}",
            subtitle=f"Events in the texts collected, {ends}{'' if context.represents else '; not a trend'}",
            begins=begins,
        ).to_dict(validate=False),
        (
            f"Bars of the number of events found in each year, {ends}: ",
            number(most),
            " of ",
            Value(str(found["known"][0]), ids(dated, "evidence")),
            f" dated events are of {most['year']}.",
            *left_out,
            " A year without a bar is one in which none was found.",
            *words,
        ),
        listed,
    )


def _most_frequent(found: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the highest count; none where many are level."""
    best = found.filter(pl.col("value") == pl.col("value").max())
    return best if best.height <= _TIED else best.clear()


def _begins(context: ProfileContext) -> tuple[tuple[int, str] | None, tuple[Span, ...]]:
    """Return the year in which the outlet with most reports begins, and a warning of what that does."""
    biggest = context.with_undated.measured(metric.publishers).head(1).drop_nulls("first_year")
    if biggest.height == 0:
        return None, ()
    row = biggest.row(0, named=True)
    year = row["first_year"]
    words: tuple[Span, ...] = (
        " The dashed line marks the first dated text of ",
        linked(f"{row['publisher']}, {year}", row),
        ", the outlet with most reports here: a new outlet makes more events found, not more events.",
    )
    return (year, f"{year}: biggest outlet begins"), words


def _side(code: str) -> str:
    side, _, level = code.partition(":")
    apart = {"enterprise": "Single enterprises", "not_known": "Employers, not resolved"}
    return apart.get(level) or wording.label("sides", side) + ("’ organisations" if side + ":" in _SPLIT else "")


def _counted(context: ProfileContext, frame: pl.DataFrame, word: str, label: Callable[[str], str], field: str) -> Part:
    """Show counts of the values of one field, as a chart where they differ."""
    if frame.height == 0:
        return context.none_found(f"events with a coded {word}{context.years}")
    frame = frame.with_columns(label=pl.Series([label(code) for code in frame.get_column(field)]))
    key = f"events-by-{field}"
    known = coverage(frame["known"][0], context["events"])
    listed = context.listing(
        key,
        f"events found, by {word}",
        frame,
        {word: lambda row: str(row["label"]), "#events found": number},
        note=("Known for ", known, " events."),
    )
    if frame.height == 1:
        return listed
    best = _most_frequent(frame)
    first = f"{context.about}, {word} found most often: {joined(best.get_column('label'))}"
    return Figure(
        key,
        charts.bars(
            frame.head(_TOP),
            title=first if best.height else listed.caption,
            subtitle=f"Events found, by {word}{context.years}",
            label="label",
        ).to_dict(validate=False),
        (
            f"Bars of the number of events found by {word}, known for ",
            known,
            " events",
            *_most(best),
            ".",
            "" if frame.height <= _TOP else " Only the most frequent are drawn; the table has all.",
        ),
        listed,
    )


def _most(best: pl.DataFrame) -> list[Span]:
    """Say what is found most often, in words from the counts."""
    begin = ("; most often ", " and ")
    return [
        span
        for row, words in zip(best.iter_rows(named=True), begin, strict=False)
        for span in (f"{words}{row['label']} in ", number(row))
    ]


def coded_events(context: ProfileContext) -> pl.DataFrame:
    """Return the events in which at least one participant is coded."""
    by_side = context.measured(metric.events_by_side)
    return context["events"].filter(pl.col("row_id").is_in(ids(by_side, "evidence")))


def all_three_sides(context: ProfileContext) -> tuple[Evidence, pl.DataFrame]:
    """Return the events in which all three sides take part, and the events among which they are counted."""
    return rows(context.measured(metric.tripartite_share)["evidence"][0]), coded_events(context)


def _tripartite(context: ProfileContext) -> Sentence:
    together, coded = all_three_sides(context)
    if coded.height == 0:
        return context.none_found(f"events with coded participants{context.years}")
    return among(
        together,
        coded.height,
        ids(coded),
        ("event", "events", " whose participants are coded"),
        THREE_SIDES,
        " The target of a strike and a single enterprise do not count as taking part. "
        "This is a definition of the project, and lists of participants are lower bounds.",
    )


def _active(context: ProfileContext) -> Iterator[Part]:
    found = context.measured(metric.most_active_organisations, limit=_TOP)
    if found.height:
        known = Value(f"{found['known'][0]} of {found['n'][0]}", ids(coded_events(context)))
        yield context.listing(
            "most-active",
            "organisations met in most of the events found",
            found,
            {"organisation": lambda row: str(row["name"]), "side": coded("side", "sides"), "#events found": number},
            note=(
                "Of those who take part, ",
                known,
                " mentions could be resolved to a registered organisation. Not a ranking.",
            ),
        )


def _known(context: ProfileContext) -> Part:
    events = context.with_undated["events"]
    return context.listing(
        "known-events",
        "what is known of the events",
        metric.completeness(events, list(_FIELDS)).frame,
        {
            "field": lambda row: _FIELDS[row["field"]],
            "#known for events": lambda row: coverage(row["known"], events),
        },
    )


def _events(context: ProfileContext) -> Part:
    places = dict(context["places"].select("place_id", "name").iter_rows())
    reasons = _date_reasons(context)

    def date(row: Row) -> Cell:
        return tuple(linked(words, row) for words in (when(row), reasons.get(row["event_id"])) if words)

    def place(row: Row) -> Span:
        venue = row["venue_country"] and context.name(row["venue_country"])
        return places.get(row["place_id"]) or venue or NOT_STATED

    return context.listing(
        "events",
        "every event found, the newest first",
        newest_first(context.with_undated["events"]),
        {
            "event": text("label"),
            "date": date,
            "kind": _kind,
            "place": place,
            "#independent sources": lambda row: linked(str(row["n_sources"]), row),
        },
        note="A date marked inferred was completed by the coder, for the reason told with it. Copies of a text and "
        "second codings are no further source.",
    )


def _kind(row: Row) -> str:
    status = "" if row["status"] in _USUAL else f" ({wording.label('event_statuses', row['status']).lower()})"
    return wording.label("event_kinds", row["kind"]) + status


def _date_reasons(context: ProfileContext) -> dict[str, str]:
    """Return the reason that coders give for the inferred date of an event."""
    events, reports = (context.with_undated[table] for table in ("events", "reports"))
    inferred = events.filter(pl.col("date_basis") == "inferred").get_column("event_id")
    given = reports.filter(pl.col("event_id").is_in(inferred.implode())).drop_nulls("date_reason")
    first = given.sort("report_id").unique("event_id", keep="first", maintain_order=True)
    return dict(first.select("event_id", "date_reason").iter_rows())
