"""The comparison of a region: the same things side by side, each with its n; nothing is ranked by counts."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, note, sentence, table
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import comparisons
from socdialog.metrics import standards as standards_metric
from socdialog.profiles import disputes_agreements
from socdialog.profiles.context import ProfileContext, coverage, format_count, ids, plural, rows, warning
from socdialog.profiles.country import about_page
from socdialog.profiles.country.figures import contradictions
from socdialog.profiles.country.official_section import newest
from socdialog.profiles.country.standards_section import counted_groups, in_force_of

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


def _each(
    context: ProfileContext, cells: Callable[[str], tuple[Span | tuple[Span, ...], ...]]
) -> list[tuple[Span | tuple[Span, ...], ...]]:
    """Return one row a country, by name: the order says nothing else."""
    return [(context.name(code), *cells(code)) for code in sorted(context.countries, key=context.name)]


def _events_of(context: ProfileContext, country: str) -> pl.DataFrame:
    return context["events"].filter(pl.col("countries").list.contains(country))


def _found(context: ProfileContext) -> Section:
    """Say what was found about each country: the base of everything below."""
    return Section(
        "found",
        "What was found",
        (
            table(
                "found",
                f"{context.about}: texts and events found {context.years}",
                [
                    "country",
                    "#texts",
                    "#events",
                    "#told by one source only",
                    "#own voice only",
                    "#all three sides seen",
                ],
                _each(context, lambda country: _base(context, country)),
                note="In the order of names. An event about several countries stands with each of them. Own voice: "
                "told only by the side that itself takes part. Own voice and all three sides: of the events whose "
                "participants are coded.",
            ),
            warning("convenience_collection"),
        ),
    )


def _base(context: ProfileContext, country: str) -> tuple[Span, ...]:
    events = _events_of(context, country)
    if events.height == 0:
        return (Value("none found", absent=True),) * 5
    reports = context["reports"].filter(pl.col("event_id").is_in(events.get_column("event_id").implode()))
    texts = context["sources"].filter(pl.col("source_id").is_in(reports.get_column("source_id").implode()))
    actors = context["actors"].filter(pl.col("event_id").is_in(events.get_column("event_id").implode()))
    single = activity_metric.single_source_share(events).frame
    own = activity_metric.self_reported_share(events, reports, texts, actors).frame
    three = activity_metric.tripartite_share(events, actors, organisations=context["organisations"]).frame
    return (
        Value(str(texts.height), ids(texts)),
        Value(str(events.height), ids(events)),
        _of(single, events),
        _of(own, events),
        _of(three, events),
    )


def _of(found: pl.DataFrame, events: pl.DataFrame) -> Value:
    """Show a share as a count of those known; the events it is counted among are its evidence too."""
    number, known = len(found["evidence"][0]), found["known"][0]
    return Value(f"{number or 'none'} of {known}", ids(events), absent=not number)


def _ratified(context: ProfileContext) -> Section:
    groups = counted_groups()

    def cells(country: str) -> tuple[tuple[Span, ...], ...]:
        found = (in_force_of(context, country, group) for group in groups)
        return tuple(values or (Value("not known here", absent=True),) for values in found)

    headings = [f"#{wording.label('convention_groups', group).lower()} conventions in force" for group in groups]
    return Section(
        "ratified",
        "Standards in force",
        (
            table(
                "ratified",
                f"{context.about}: conventions in force as of {dates.written(context.edition)}",
                ["country", *headings],
                _each(context, cells),
            ),
            warning("ratifications_partial"),
        ),
    )


def _matrix(context: ProfileContext) -> Section:
    found = standards_metric.ratification_matrix(
        context["ratifications"], context["conventions"], list(context.countries), as_of=context.as_of
    ).frame
    order = sorted(context.countries, key=context.name)
    cells: dict[tuple[str, str], dict[str, Span]] = {}
    for row in found.iter_rows(named=True):
        year = f" {row['ratified_on'][:4]}" if row["ratified_on"] and row["value"] is not None else ""
        cells.setdefault((row["convention"], row["title"]), {})[row["country"]] = Value(
            row["status_words"][:1].lower() + row["status_words"][1:] + year,
            tuple(row["evidence"]),
            absent=not row["evidence"],
        )
    return Section(
        "matrix",
        "Ratification matrix",
        (
            table(
                "matrix",
                f"{context.about}: fundamental and governance conventions by country, "
                f"as of {dates.written(context.edition)}",
                ["convention", *(context.name(code) for code in order)],
                [
                    (f"{code} {title}", *(by_country[country] for country in order))
                    for (code, title), by_country in cells.items()
                ],
                note="The year is that of registration with the ILO, where it is known here.",
                apart=True,
            ),
        ),
    )


def _by_country(context: ProfileContext, key: str, field: str, vocabulary: str, *, title: str, word: str) -> Section:
    """Count one field by country, with n known for each country; `word` is what a row counts."""
    order = sorted(context.countries, key=context.name)
    counts: dict[str, dict[str, Span]] = {}
    known: list[Span] = []
    for country in order:
        events = _events_of(context, country)
        found = activity_metric.events_by(events, field).frame
        for row in found.iter_rows(named=True):
            counts.setdefault(row[field], {})[country] = format_count(row["value"], row["evidence"])
        n = found.get_column("known")[0] if found.height else 0
        known.append(coverage(n, events))
    codes = [code for code in codebook.vocabulary(vocabulary) if code in counts]
    cells = [
        (wording.label(vocabulary, code), *(counts[code].get(country, Value("–", absent=True)) for country in order))
        for code in codes
    ]
    return Section(
        key,
        title,
        (
            table(
                key,
                f"{context.about}: {title.lower()}, events found {context.years}",
                [word, *(f"#{context.name(country)}" for country in order)],
                [*cells, ("known for", *known)],
                note="A dash: none found, which is not zero. The last row says for how many events the field is known.",
                apart=True,
            ),
            warning("convenience_collection"),
        ),
    )


def _linking(context: ProfileContext) -> Section:
    """Organisations met in the events of several of the countries."""
    among = (
        context["events"]
        .select("event_id", "row_id", country=pl.col("countries"))
        .explode("country")
        .filter(pl.col("country").is_in(context.countries))
    )
    met = context["actors"].drop_nulls("org_id").select("event_id", "org_id").unique().join(among, on="event_id")
    linking = (
        met.group_by("org_id")
        .agg(
            pl.col("country").unique().sort(),
            pl.col("event_id").n_unique().alias("events"),
            pl.col("row_id").unique().sort(),
        )
        .filter(pl.col("country").list.len() > 1)
        .join(context["organisations"].select("org_id", "name", "side"), on="org_id")
        .sort(pl.col("country").list.len(), "events", "name", descending=[True, True, False])
    )
    if linking.height == 0:
        return Section(
            "linking",
            "Organisations that link countries",
            (context.none_found("organisation met in the events of several countries"),),
        )
    cells = [
        (
            row["name"],
            wording.label("sides", row["side"]),
            ", ".join(sorted(context.name(code) for code in row["country"])),
            Value(str(row["events"]), rows(row["row_id"])),
        )
        for row in linking.head(_TOP).iter_rows(named=True)
    ]
    return Section(
        "linking",
        "Organisations that link countries",
        (
            table(
                "linking",
                f"{context.about}: organisations met in the events of several countries",
                ["organisation", "side", "countries", "#events found"],
                cells,
                note=(
                    "Those met in the events of most countries, of ",
                    Value(
                        f"{linking.height} {plural(linking.height, 'organisation')}",
                        rows(row_id for group in linking.get_column("row_id") for row_id in group),
                    ),
                    ". Registered organisations only.",
                ),
            ),
        ),
    )


def _official(context: ProfileContext) -> Section:
    """Show the newest official values, each with year and release; the median only where it is allowed."""
    parts: list[Part] = []
    for theme in ("density", "coverage", "strikes"):
        indicator = codebook.section_indicators()[theme][0]
        parts += _newest(context, indicator)
    return Section(
        "official",
        "Official series, newest values",
        (*parts, warning("vintages_never_spliced"), warning("strike_statistics_scope")),
    )


def _compliance(context: ProfileContext) -> Section:
    parts: list[Part] = [warning("sdg_882_not_ranking")]
    for indicator in codebook.section_indicators()["compliance"]:
        parts += _newest(context, indicator, compare=False)
    return Section("compliance", "National compliance with labour rights (SDG 8.8.2)", tuple(parts))


def _newest(context: ProfileContext, indicator: str, *, compare: bool = True) -> list[Part]:
    catalogue = context["indicators"].filter(pl.col("indicator") == indicator)
    if catalogue.height == 0:
        return []

    def cells(country: str) -> tuple[Span, ...]:
        found = newest(context, country, indicator)
        return (found.value, found.year, found.release)

    every = rows(context["country_years"].filter(pl.col("indicator") == indicator).get_column("row_id"))
    caveat = str(catalogue.get_column("caveat")[0])
    return [
        table(
            f"newest-{indicator.lower().replace('_', '-')}",
            f"{context.about}: {catalogue.get_column('label')[0]}, newest value of each country",
            ["country", "#value", "year", "source, release"],
            _each(context, cells),
            note=(
                Value(caveat, every) if every else caveat,
                " Years and releases differ between countries. Rounded; the evidence has all digits.",
            ),
        ),
        *(_median(context, indicator) if compare else ()),
    ]


def _median(context: ProfileContext, indicator: str) -> list[Part]:
    """Compare each country with the median, where enough of them have a value of one release within few years."""
    values = context["country_years"].filter(
        (pl.col("indicator") == indicator)
        & pl.col("country").is_in(context.countries)
        & pl.col("classification").is_null()
        & pl.col("value").is_not_null()
    )
    if values.height == 0:
        return []
    many = values.group_by("source", "vintage").agg(pl.col("country").n_unique()).sort("country", "vintage", "source")
    source, vintage, _ = many.row(-1)
    of_release = values.filter((pl.col("source") == source) & (pl.col("vintage") == vintage))
    unit = str(of_release["unit"][0])
    sign, apart = _signs(unit)
    sentences: list[Part] = []
    for country in sorted(context.countries, key=context.name):
        row = comparisons.difference_from_median(of_release, country=country, unit=unit).frame.row(0, named=True)
        if row["median"] is None:
            few = Value(f"only {row['known']} {plural(row['known'], 'country', 'countries')}", rows(row["evidence"]))
            return [
                note(
                    "No median is given: with a value of ",
                    f"{row['from_year']} to {row['to_year']} in {source}, release {vintage}, there ",
                    plural(row["known"], "is ", "are "),
                    few,
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
            sentences.append(sentence(Value(words, rows(row["evidence"])), f" ({source}, release {vintage}.)"))
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

    def cells(country: str) -> tuple[Span, ...]:
        own = found.filter(
            (pl.col("country") == country)
            | pl.col("event_id").is_in(_events_of(context, country).get_column("event_id").implode())
        )
        if own.height == 0:
            return (Value("none found", absent=True),)
        return (Value(str(own.height), rows(row_id for group in own.get_column("row_ids") for row_id in group)),)

    return Section(
        "disagreements",
        "Where sources disagree",
        (
            sentence(
                Value(
                    f"{found.height} {plural(found.height, 'contradiction')}",
                    rows(row_id for group in found.get_column("row_ids") for row_id in group),
                ),
                f" {plural(found.height, 'stands', 'stand')} on the pages of the countries, the values side by side.",
            ),
            table(
                "disagreements",
                f"{context.about}: contradictions found",
                ["country", "#contradictions"],
                _each(context, cells),
            ),
            note("More contradictions found mean more sources told the same, not worse sources."),
        ),
    )
