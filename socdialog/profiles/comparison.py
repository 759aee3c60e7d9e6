"""The comparison of a region: the same things side by side, each with its n; nothing is ranked by counts."""

from __future__ import annotations

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Sentence, Span, Value, note, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import comparisons
from socdialog.profiles import disputes_agreements
from socdialog.profiles.context import ProfileContext, counted, coverage, plural, warning
from socdialog.profiles.country import about_page
from socdialog.profiles.country.figures import contradictions
from socdialog.profiles.country.official_section import newest
from socdialog.profiles.country.standards_section import counted_groups, in_force_of, ratifications
from socdialog.profiles.listing import NONE_FOUND, NOT_KNOWN, coded, grid, ids, linked, number, own

_TOP = 12


def sections(context: ProfileContext) -> tuple[Section, ...]:
    """Return every section of the comparison, in reading order."""
    return (
        _found(context),
        _ratified(context),
        _matrix(context),
        _by_country(context, "kinds", "kind", "event_kinds", title="Kinds of event by country", word="kind of event"),
        _by_country(context, "topics", "topics", "topics", title="Topics by country", word="topic"),
        _linking(context),
        disputes_agreements.section(context),
        _official(context),
        _compliance(context),
        _disagreements(context),
        about_page.section(context, title=f"{context.about}: regional comparison"),
    )


def _found(context: ProfileContext) -> Section:
    """Say what was found about each country: the base of everything below."""
    return Section.of(
        "found",
        "What was found",
        context.each_country(
            "found",
            f"texts and events found {context.years}",
            ["#texts", "#events", "#told by one source only", "#own voice only", "#all three sides seen"],
            lambda country: _base(context, country),
            note="In the order of names. An event about several countries stands with each of them. Own voice: "
            "told only by the side that itself takes part. Own voice and all three sides: of the events whose "
            "participants are coded.",
        ),
        warning("convenience_collection"),
    )


def _base(context: ProfileContext, country: str) -> tuple[Span, ...]:
    events = context.events_of(country)
    if events.height == 0:
        return (NONE_FOUND,) * 5
    of_events = pl.col("event_id").is_in(events.get_column("event_id").implode())
    reports, actors = context["reports"].filter(of_events), context["actors"].filter(of_events)
    texts = context["sources"].filter(pl.col("source_id").is_in(reports.get_column("source_id").implode()))
    return (
        Value(str(texts.height), ids(texts)),
        Value(str(events.height), ids(events)),
        _of(activity_metric.single_source_share(events).frame, events),
        _of(activity_metric.self_reported_share(events, reports, texts, actors).frame, events),
        _of(activity_metric.tripartite_share(events, actors, organisations=context["organisations"]).frame, events),
    )


def _of(found: pl.DataFrame, events: pl.DataFrame) -> Value:
    """Show a share as a count of those known; the events it is counted among are its evidence too."""
    count, known = len(found["evidence"][0]), found["known"][0]
    return Value(f"{count or 'none'} of {known}", ids(events), absent=not count)


def _ratified(context: ProfileContext) -> Section:
    groups = counted_groups()
    return Section.of(
        "ratified",
        "Standards in force",
        context.each_country(
            "ratified",
            f"conventions in force as of {dates.written(context.edition)}",
            [f"#{wording.label('convention_groups', group).lower()} conventions in force" for group in groups],
            lambda country: [in_force_of(context, country, group) or (NOT_KNOWN,) for group in groups],
        ),
        warning("ratifications_partial"),
    )


def _matrix(context: ProfileContext) -> Section:
    lines: dict[str, dict[str, Span]] = {}
    for row in ratifications(context).iter_rows(named=True):
        year = f" {row['ratified_on'][:4]}" if row["ratified_on"] and row["value"] is not None else ""
        words = row["status_words"][:1].lower() + row["status_words"][1:] + year
        cell = Value(words, own(row), absent=not row["evidence"])
        lines.setdefault(f"{row['convention']} {row['title']}", {})[row["country"]] = cell
    about = f"{context.about}: fundamental and governance conventions by country"
    return Section.of(
        "matrix",
        "Ratification matrix",
        grid(
            "matrix",
            f"{about}, as of {dates.written(context.edition)}",
            "convention",
            {code: context.name(code) for code in context.by_name},
            lines,
            note="The year is that of registration with the ILO, where it is known here.",
            apart=True,
        ),
    )


def _by_country(context: ProfileContext, key: str, field: str, vocabulary: str, *, title: str, word: str) -> Section:
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
    return Section.of(
        key,
        title,
        grid(
            key,
            f"{context.about}: {title.lower()}, events found {context.years}",
            word,
            {code: f"#{context.name(code)}" for code in context.by_name},
            {**lines, "known for": known},
            note="A dash: none found, which is not zero. The last row says for how many events the field is known.",
            apart=True,
        ),
        warning("convenience_collection"),
    )


def _linking(context: ProfileContext) -> Section:
    """Organisations met in the events of several of the countries."""
    title, what = "Organisations that link countries", "met in the events of several countries"
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
    if linking.height == 0:
        return Section.of("linking", title, context.none_found(f"organisation {what}"))
    return Section.of(
        "linking",
        title,
        context.listing(
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
        ),
    )


def _official(context: ProfileContext) -> Section:
    """Show the newest official values, each with year and release; the median only where it is allowed."""
    first = [codebook.section_indicators()[theme][0] for theme in ("density", "coverage", "strikes")]
    return Section.of(
        "official",
        "Official series, newest values",
        *((*_newest(context, indicator), *_median(context, indicator)) for indicator in first),
        warning("vintages_never_spliced"),
        warning("strike_statistics_scope"),
    )


def _compliance(context: ProfileContext) -> Section:
    indicators = codebook.section_indicators()["compliance"]
    return Section.of(
        "compliance",
        "National compliance with labour rights (SDG 8.8.2)",
        warning("sdg_882_not_ranking"),
        *(_newest(context, indicator) for indicator in indicators),
    )


def _newest(context: ProfileContext, indicator: str) -> list[Part]:
    if indicator not in context["indicators"].get_column("indicator"):
        return []
    label, caveat = (context.called("indicators", indicator, column) for column in ("label", "caveat"))
    every = ids(context["country_years"].filter(pl.col("indicator") == indicator))
    return [
        context.each_country(
            f"newest-{indicator.lower().replace('_', '-')}",
            f"{label}, newest value of each country",
            ["#value", "year", "source, release"],
            lambda country: newest(context, country, indicator)[1:],
            note=(
                Value(caveat, every) if every else caveat,
                " Years and releases differ between countries. Rounded; the evidence has all digits.",
            ),
        )
    ]


def _median(context: ProfileContext, indicator: str) -> list[Sentence]:
    """Compare each country with the median, where enough of them have a value of one release within few years."""
    values = context["country_years"].filter(
        (pl.col("indicator") == indicator)
        & pl.col("country").is_in(context.countries)
        & pl.col("classification").is_null()
        & pl.col("value").is_not_null()
    )
    if values.height == 0 or indicator not in context["indicators"].get_column("indicator"):
        return []
    many = values.group_by("source", "vintage").agg(pl.col("country").n_unique()).sort("country", "vintage", "source")
    source, vintage, _ = many.row(-1)
    of_release = values.filter((pl.col("source") == source) & (pl.col("vintage") == vintage))
    unit = str(of_release["unit"][0])
    sign, apart = _signs(unit)
    sentences: list[Sentence] = []
    for country in context.by_name:
        row = comparisons.difference_from_median(of_release, country=country, unit=unit).frame.row(0, named=True)
        if row["median"] is None:
            return [
                note(
                    f"No median is given: with a value of {row['from_year']} to {row['to_year']} in {source}, ",
                    f"release {vintage}, there {plural(row['known'], 'is', 'are')} ",
                    linked(f"only {row['known']} {plural(row['known'], 'country', 'countries')}", row),
                    ", fewer than a median needs.",
                )
            ]
        if row["own"] is not None:
            words = comparisons.compare_words(
                context.name(country),
                row["own"],
                f"the median of {row['known']} countries",
                row["median"],
                unit=sign,
                difference_unit=apart,
            )
            sentences.append(sentence(linked(words, row), f" ({source}, release {vintage}.)"))
    return sentences


def _signs(unit: str) -> tuple[str, str]:
    """Return what stands behind a value and behind a difference of values of a unit."""
    term = codebook.vocabulary("units")[unit]
    short = str(term.more.get("short", ""))
    points = codebook.vocabulary("units").get("percentage_points")
    if term.more.get("family") == "percent" and points is not None:
        return short, str(points.more["short"])
    return ("", "") if term.more.get("family") == "score" else (short, short)


def _disagreements(context: ProfileContext) -> Section:
    found = contradictions(context)

    def cells(country: str) -> tuple[Span]:
        events = context.events_of(country).get_column("event_id").implode()
        own = found.filter((pl.col("country") == country) | pl.col("event_id").is_in(events))
        return (Value(str(own.height), ids(own, "evidence")) if own.height else NONE_FOUND,)

    return Section.of(
        "disagreements",
        "Where sources disagree",
        sentence(
            counted(found.height, ids(found, "evidence"), "contradiction"),
            f" {plural(found.height, 'stands', 'stand')} on the pages of the countries, the values side by side.",
        ),
        context.each_country("disagreements", "contradictions found", ["#contradictions"], cells),
        note("More contradictions found mean more sources told the same, not worse sources."),
    )
