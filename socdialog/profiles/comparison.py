"""The comparison of a region: the same things side by side, each with its n; nothing is ranked by counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.codebook.cldr import plural
from socdialog.display.parts import Part, Section, Span, Value, sentence, small_print
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import comparisons, disputes, institutions
from socdialog.metrics.releases import release_order
from socdialog.profiles.context import ProfileContext, counted, coverage, found_in, sections_of, warning
from socdialog.profiles.country import about
from socdialog.profiles.country.dialogue import general_agreements, months_covered
from socdialog.profiles.country.disputed import contradictions
from socdialog.profiles.country.official_series import OFFICIAL, indicators_in, newest, none_in
from socdialog.profiles.country.standards import counted_groups, in_force_of, ratifications
from socdialog.profiles.listing import NONE_FOUND, NOT_KNOWN, absence, coded, grid, ids, linked, number, own

_TOP = 12
#: Whole years, up to the edition, over which months under a general agreement are counted.
_YEARS = 10
#: Where series are listed that no section of this page shows.
_LISTED = "on the pages of the countries"


def sections(context: ProfileContext) -> tuple[Section, ...]:
    """Return every section of the comparison, in reading order."""
    return sections_of(context, _SECTIONS)


def _found(context: ProfileContext) -> Iterator[Part]:
    """Say what was found about each country: the base of everything below."""
    yield context.each_country(
        "found",
        f"texts and events found{context.years}",
        [
            "#texts",
            "#events",
            *(["#undated events"] if context.undated.height else []),
            "#told by one source only",
            "#own voice only",
            "#all three sides seen",
        ],
        lambda country: _base(context, country),
        note="In the order of names. An event about several countries stands with each of them. Own voice: "
        "told only by the side that itself takes part. Own voice and all three sides: of the events whose "
        "participants are coded.",
    )
    yield from context.collection_caution()


def _base(context: ProfileContext, country: str) -> tuple[Span, ...]:
    events, undated = context.events_of(country), context.undated
    left_out = (found_in(ids(undated.filter(pl.col("countries").list.contains(country)))),) if undated.height else ()
    if events.height == 0:
        return (NONE_FOUND, NONE_FOUND, *left_out, NONE_FOUND, NONE_FOUND, NONE_FOUND)
    of_events = pl.col("event_id").is_in(events.get_column("event_id").implode())
    reports, actors = context["reports"].filter(of_events), context["actors"].filter(of_events)
    texts = context["sources"].filter(pl.col("source_id").is_in(reports.get_column("source_id").implode()))
    return (
        Value(str(texts.height), ids(texts)),
        Value(str(events.height), ids(events)),
        *left_out,
        _of(activity_metric.single_source_share(events).frame, events),
        _of(activity_metric.self_reported_share(events, reports, texts, actors).frame, events),
        _of(activity_metric.tripartite_share(events, actors, organisations=context["organisations"]).frame, events),
    )


def _of(found: pl.DataFrame, events: pl.DataFrame) -> Value:
    """Show a share as a count of those known; the events it is counted among are its evidence too."""
    count, known = len(found["evidence"][0]), found["known"][0]
    return Value(f"{count or 'none'} of {known}", ids(events), absent=not count)


def _ratified(context: ProfileContext) -> Iterator[Part]:
    groups = counted_groups()
    yield context.each_country(
        "ratified",
        f"conventions in force as of {cldr.date(context.edition)}",
        [f"#{wording.label('convention_groups', group).lower()} conventions in force" for group in groups],
        lambda country: [in_force_of(context, country, group) or (NOT_KNOWN,) for group in groups],
    )
    yield warning("ratifications_partial")


def _matrix(context: ProfileContext) -> Iterator[Part]:
    lines: dict[str, dict[str, Span]] = {}
    for row in ratifications(context).iter_rows(named=True):
        year = f" {row['ratified_on'][:4]}" if row["ratified_on"] and row["value"] is not None else ""
        words = row["status_words"][:1].lower() + row["status_words"][1:] + year
        cell = Value(words, own(row), absent=not row["evidence"])
        lines.setdefault(f"{row['convention']} {row['title']}", {})[row["country"]] = cell
    about = f"{context.about}: fundamental and governance conventions by country"
    yield grid(
        "matrix",
        f"{about}, as of {cldr.date(context.edition)}",
        "convention",
        {code: context.name(code) for code in context.by_name},
        lines,
        note="The year is that of registration with the ILO, where it is known here.",
        separate=True,
    )


def _kinds(context: ProfileContext) -> Iterator[Part]:
    return _by_country(context, "kind", "event_kinds", "kind of event", key="kinds", what="kinds of event")


def _topics(context: ProfileContext) -> Iterator[Part]:
    return _by_country(context, "topics", "topics", "topic", key="topics", what="topics")


def _by_country(
    context: ProfileContext, field: str, vocabulary: str, word: str, *, key: str, what: str
) -> Iterator[Part]:
    """Count one field by country, with n known for each country; `word` is what a row counts."""
    counts: dict[str, dict[str, Span]] = {code: {} for code in codebook.vocabulary(vocabulary)}
    known: dict[str, Span] = {}
    for country in context.by_name:
        events = context.events_of(country)
        found = activity_metric.events_by(events, field).frame
        for row in found.iter_rows(named=True):
            counts[row[field]][country] = number(row)
        known[country] = coverage(found.get_column("known")[0] if found.height else 0, events)
    lines = {wording.label(vocabulary, code): cells for code, cells in counts.items() if cells}
    yield grid(
        key,
        f"{context.about}: {what} by country, events found{context.years}",
        word,
        {code: f"#{context.name(code)}" for code in context.by_name},
        {**lines, "known for": known},
        note="A dash: none found, which is not zero. The last row says for how many events the field is known.",
        separate=True,
    )
    yield from context.collection_caution()


def _linking(context: ProfileContext) -> Iterator[Part]:
    """Organisations met in the events of several of the countries."""
    what = "met in the events of several countries"
    context = context.with_undated
    among = (
        context["events"]
        .select("event_id", "row_id", country="countries")
        .explode("country")
        .filter(pl.col("country").is_in(context.countries))
    )
    met = context["actors"].drop_nulls("org_id").select("event_id", "org_id").unique().join(among, on="event_id")
    several = pl.col("country").list.len()
    linking = (
        met.group_by("org_id")
        .agg(pl.col("country").unique(), pl.col("event_id").n_unique().alias("events"), pl.col("row_id").unique())
        .filter(several > 1)
        .join(context["organisations"].select("org_id", "name", "side"), on="org_id")
        .sort(several, "events", "name", descending=[True, True, False])
    )
    yield from context.listing_or(
        context.none_found(f"organisations {what}"),
        "linking",
        f"organisations {what}",
        linking.head(_TOP),
        {
            "organisation": lambda row: str(row["name"]),
            "side": coded("side", "sides"),
            "countries": lambda row: ", ".join(sorted(context.name(code) for code in row["country"])),
            "#events found": lambda row: linked(str(row["events"]), row),
        },
        note=(
            "Those met in the events of most countries, of ",
            counted(linking.height, ids(linking), "organisation"),
            ". Registered organisations only.",
        ),
    )


def _practice(context: ProfileContext) -> Iterator[Part]:
    """Show the disputes found, what is known of them, and the months under a general agreement."""
    yield context.each_country(
        "disputes",
        f"disputes found{context.years}",
        ["#disputes", "#workers told", "#outcome told"],
        lambda country: _disputes(context, country),
        note="Strikes, notices and protests that texts tell of"
        + ("." if context.represents else ", not how often people strike."),
    )
    first, last = context.as_of.year - _YEARS, context.as_of.year - 1
    covered = _covered(context, date(first, 1, 1), date(last, 12, 31))
    none = absence("no agreement met")
    yield context.each_country(
        "covered",
        f"months under a general agreement, {first} to {last}",
        ["#months covered"],
        lambda country: (covered.get(country, none),),
        note="Two numbers: surely, and possibly covered, as dates of signature are not always told. "
        "Agreements that no source names are missing.",
    )
    yield from context.collection_caution()


def _disputes(context: ProfileContext, country: str) -> tuple[Span, ...]:
    events = context.events_of(country)
    found = disputes.disputes_found(events, context["figures"]).frame
    if found.height == 0:
        return (NONE_FOUND,) * 3
    own = events.filter(pl.col("event_id").is_in(found.get_column("event_id").implode()))
    workers = found.filter(pl.col("known") > 0).height
    outcome = activity_metric.completeness(own, ["outcomes"]).frame.get_column("known")[0]
    return (Value(str(own.height), ids(own)), coverage(workers, own), coverage(outcome, own))


def _covered(context: ProfileContext, since: date, until: date) -> dict[str, Value]:
    agreements = general_agreements(context["institutions"])
    found = institutions.months_covered_by_agreement(agreements, since=since, until=until).frame.drop_nulls("value")
    return {
        row["country"]: Value(months_covered(row), ids(agreements.filter(pl.col("country") == row["country"])))
        for row in found.iter_rows(named=True)
    }


def _official(context: ProfileContext) -> Iterator[Part]:
    """Show the newest official values, each with year and release; the median only where it is allowed."""
    shown = {section: _first(context, section) for section in ("actors", "dialogue", "disputes")}
    for indicator in filter(None, shown.values()):
        yield from _newest(context, indicator)
        yield from _median(context, indicator)
    if not any(shown.values()):
        yield none_in(context, "official series", listed=_LISTED)
    yield warning("vintages_never_spliced")
    if shown["disputes"]:
        yield warning("strike_statistics_scope")


def _first(context: ProfileContext, section: str) -> str | None:
    """Return the series that stands for a section: the first of which anything is known, else the first."""
    bound = indicators_in(context, section)
    known = {code for table in OFFICIAL for code in context[table].get_column("indicator")}
    return next((code for code in bound if code in known), bound[0] if bound else None)


def _compliance(context: ProfileContext) -> Iterator[Part]:
    bound = indicators_in(context, "standards")
    if bound:
        yield warning("sdg_882_not_ranking")
    else:
        yield none_in(context, "scores of compliance with labour rights", listed=_LISTED)
    for indicator in bound:
        yield from _newest(context, indicator)


def _newest(context: ProfileContext, indicator: str) -> Iterator[Part]:
    if indicator not in context["indicators"].get_column("indicator"):
        return
    label, caveat = (context.called("indicators", indicator, column) for column in ("label", "caveat"))
    every = ids(context["country_years"].filter(pl.col("indicator") == indicator))
    yield context.each_country(
        f"newest-{indicator.lower().replace('_', '-')}",
        f"{label}, newest value of each country",
        ["#value", "year", "source, release"],
        lambda country: newest(context, country, indicator)[1:],
        note=(
            Value(caveat, every) if every else caveat,
            " Years and releases differ between countries. Rounded; the evidence has all digits.",
        ),
    )


def _median(context: ProfileContext, indicator: str) -> Iterator[Part]:
    """Compare each country with the median, where enough of them have a value of one release within few years."""
    values = context["country_years"].filter(
        (pl.col("indicator") == indicator)
        & pl.col("country").is_in(context.countries)
        & pl.col("classification").is_null()
        & pl.col("value").is_not_null()
    )
    if values.height == 0 or indicator not in context["indicators"].get_column("indicator"):
        return
    many = values.group_by("source", "vintage").agg(pl.col("country").n_unique())
    many = many.sort("country", release_order(), "vintage", "source")
    source, vintage, _ = many.row(-1)
    of_release = values.filter((pl.col("source") == source) & (pl.col("vintage") == vintage))
    unit = str(of_release["unit"][0])
    sign, apart = _signs(unit)
    for country in context.by_name:
        row = comparisons.difference_from_median(of_release, country=country, unit=unit).frame.row(0, named=True)
        if row["median"] is None:
            yield small_print(
                f"No median is given: with a value of {row['from_year']} to {row['to_year']} in {source}, ",
                f"release {vintage}, there {plural(row['known'], 'is', 'are')} ",
                linked(f"only {row['known']} {plural(row['known'], 'country', 'countries')}", row),
                ", fewer than a median needs.",
            )
            return
        if row["own"] is not None:
            words = comparisons.compare_words(
                context.name(country),
                row["own"],
                f"the median of {row['known']} countries",
                row["median"],
                unit=sign,
                difference_unit=apart,
            )
            yield sentence(linked(words, row), f" ({source}, release {vintage}.)")


def _signs(unit: str) -> tuple[str, str]:
    """Return what stands behind a value and behind a difference of values of a unit."""
    term = codebook.vocabulary("units")[unit]
    short = str(term.more.get("short", ""))
    points = codebook.vocabulary("units").get("percentage_points")
    if term.more.get("family") == "percent" and points is not None:
        return short, str(points.more["short"])
    return ("", "") if term.more.get("family") == "score" else (short, short)


def _disagreements(context: ProfileContext) -> Iterator[Part]:
    found = contradictions(context)

    def cells(country: str) -> tuple[Span]:
        own = found.filter(pl.col("countries").list.contains(country))
        return (Value(str(own.height), ids(own, "evidence")) if own.height else NONE_FOUND,)

    yield sentence(
        counted(found.height, ids(found, "evidence"), "contradiction"),
        f" {plural(found.height, 'stands', 'stand')} on the pages of the countries, the values side by side.",
    )
    yield context.each_country("disagreements", "contradictions found", ["#contradictions"], cells)
    yield small_print("More contradictions found mean more sources told the same, not worse sources.")


def _about(context: ProfileContext) -> Iterator[Part]:
    yield from about.built(context, "comparison of countries")


_SECTIONS = (
    ("found", "What was found", _found),
    ("ratified", "Standards in force", _ratified),
    ("matrix", "Ratification matrix", _matrix),
    ("kinds", "Kinds of event by country", _kinds),
    ("topics", "Topics by country", _topics),
    ("linking", "Organisations that link countries", _linking),
    ("practice", "Disputes and general agreements", _practice),
    ("official", "Official series, newest values", _official),
    ("compliance", "National compliance with labour rights (SDG 8.8.2)", _compliance),
    ("disagreements", "Where sources disagree", _disagreements),
    ("making", "How this page was made", _about),
)
