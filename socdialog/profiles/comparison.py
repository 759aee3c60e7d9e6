"""The comparison of a region: the same things side by side, each with its n; nothing is ranked by counts."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, note, sentence, table
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import official
from socdialog.metrics import standards as standards_metric
from socdialog.profiles.country import making
from socdialog.profiles.country.standards import counted_groups
from socdialog.profiles.desk import Desk, ids, plural, rows, shown, warning

_TOP = 12


def sections(desk: Desk) -> tuple[Section, ...]:
    """Return every section of the comparison, in reading order."""
    return (
        _found(desk),
        _ratified(desk),
        _matrix(desk),
        _by_country(desk, "kinds", "Kinds of event by country", "kind", "event_kinds"),
        _by_country(desk, "topics", "Topics by country", "topics", "topics"),
        _linking(desk),
        _official(desk),
        _compliance(desk),
        _disagreements(desk),
        making.section(desk, title=f"{desk.about}: regional comparison"),
    )


def _each(
    desk: Desk, cells: Callable[[str], tuple[Span | tuple[Span, ...], ...]]
) -> list[tuple[Span | tuple[Span, ...], ...]]:
    """Return one row a country, by name: the order says nothing else."""
    return [(desk.name(code), *cells(code)) for code in sorted(desk.countries, key=desk.name)]


def _events_of(desk: Desk, country: str) -> pl.DataFrame:
    return desk["events"].filter(pl.col("countries").list.contains(country))


def _found(desk: Desk) -> Section:
    """What was found about each country: the base of everything below."""

    def cells(country: str) -> tuple[Span, ...]:
        events = _events_of(desk, country)
        reports = desk["reports"].filter(pl.col("event_id").is_in(events.get_column("event_id").implode()))
        texts = desk["sources"].filter(pl.col("source_id").is_in(reports.get_column("source_id").implode()))
        actors = desk["actors"].filter(pl.col("event_id").is_in(events.get_column("event_id").implode()))
        if events.height == 0:
            return (Value("none found", absent=True),) * 5
        single = activity_metric.single_source_share(events).frame.row(0, named=True)
        tripartite = activity_metric.tripartite_share(events, actors, organisations=desk["organisations"]).frame.row(
            0, named=True
        )
        return (
            Value(str(texts.height), ids(texts)),
            Value(str(events.height), ids(events)),
            _of(single["evidence"], single["known"]),
            _of(tripartite["evidence"], tripartite["known"]),
            f"{activity_metric.known_of_n(events, ['start_date']).frame.get_column('known')[0]} of {events.height}",
        )

    return Section(
        "found",
        "What was found",
        (
            table(
                "found",
                f"{desk.about}: texts and events found {desk.years}",
                ["country", "#texts", "#events", "#told by one source only", "#all three sides seen", "#dated"],
                _each(desk, cells),
                note="In the order of names. An event about several countries stands with each of them. All three sides: of the events "
                "with coded participants.",
            ),
            warning("convenience_collection"),
        ),
    )


def _of(evidence: list[str], n: int) -> Span:
    return Value(f"{len(evidence)} of {n}", tuple(evidence)) if evidence else Value(f"none of {n}", absent=True)


def _ratified(desk: Desk) -> Section:
    groups = counted_groups()

    def cells(country: str) -> tuple[Span, ...]:
        found: list[Span] = []
        for group in groups:
            row = standards_metric.conventions_in_force(
                desk["ratifications"], desk["conventions"], country=country, group=group, as_of=desk.as_of
            ).frame.row(0, named=True)
            unknown = f" ({row['not_known']} not known here)" if row["not_known"] else ""
            found.append(
                Value("not known here", absent=True)
                if row["value"] is None
                else Value(f"{wording.number(row['value'])} of {row['n']}{unknown}", tuple(row["evidence"]))
            )
        return tuple(found)

    headings = [f"#{wording.label('convention_groups', group).lower()} conventions in force" for group in groups]
    return Section(
        "ratified",
        "Standards in force",
        (
            table(
                "ratified",
                f"{desk.about}: conventions in force as of {dates.written(desk.edition)}",
                ["country", *headings],
                _each(desk, cells),
            ),
            warning("ratifications_partial"),
        ),
    )


def _matrix(desk: Desk) -> Section:
    found = standards_metric.ratification_matrix(
        desk["ratifications"], desk["conventions"], list(desk.countries), as_of=desk.as_of
    ).frame
    order = sorted(desk.countries, key=desk.name)
    cells: dict[tuple[str, str], dict[str, Span]] = {}
    for row in found.iter_rows(named=True):
        year = f" {row['ratified_on'][:4]}" if row["ratified_on"] and row["value"] is not None else ""
        words = {
            "in_force": "in force",
            "not_in_force": "not yet in force",
            "not_ratified": "not ratified",
            "denounced": "denounced",
        }
        text = words.get(row["status"], "national law only" if row["status"] == "law_only" else "not known here")
        cells.setdefault((row["convention"], row["title"]), {})[row["country"]] = Value(
            text + year, tuple(row["evidence"]), absent=not row["evidence"]
        )
    return Section(
        "matrix",
        "Ratification matrix",
        (
            table(
                "matrix",
                f"{desk.about}: fundamental and governance conventions by country, as of {dates.written(desk.edition)}",
                ["convention", *(desk.name(code) for code in order)],
                [
                    (f"{code} {title}", *(by_country[country] for country in order))
                    for (code, title), by_country in cells.items()
                ],
                note="The year is that of registration with the ILO, where it is known here.",
            ),
        ),
    )


def _by_country(desk: Desk, key: str, title: str, field: str, vocabulary: str) -> Section:
    """Counts of one field by country: a table of counts, with n known for each country."""
    order = sorted(desk.countries, key=desk.name)
    counts: dict[str, dict[str, Span]] = {}
    known: list[Span] = []
    for country in order:
        events = _events_of(desk, country)
        found = activity_metric.events_by(events, field).frame
        for row in found.iter_rows(named=True):
            counts.setdefault(row[field], {})[country] = shown(row["value"], row["evidence"])
        n = found.get_column("known")[0] if found.height else 0
        known.append(f"{n} of {events.height}")
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
                f"{desk.about}: {title.lower()}, events found {desk.years}",
                ["", *(f"#{desk.name(country)}" for country in order)],
                [*cells, ("known for", *known)],
                note="A dash: none found, which is not zero. The last row says for how many events the field is known.",
            ),
            warning("convenience_collection"),
        ),
    )


def _linking(desk: Desk) -> Section:
    """Organisations met in events about several of the countries."""
    among = (
        desk["events"]
        .select("event_id", "row_id", country=pl.col("countries"))
        .explode("country")
        .filter(pl.col("country").is_in(desk.countries))
    )
    met = desk["actors"].drop_nulls("org_id").select("event_id", "org_id").unique().join(among, on="event_id")
    linking = (
        met.group_by("org_id")
        .agg(
            pl.col("country").unique().sort(),
            pl.col("event_id").n_unique().alias("events"),
            pl.col("row_id").unique().sort(),
        )
        .filter(pl.col("country").list.len() > 1)
        .join(desk["organisations"].select("org_id", "name", "side"), on="org_id")
        .sort(pl.col("country").list.len(), "events", "name", descending=[True, True, False])
    )
    if linking.height == 0:
        return Section(
            "linking",
            "Organisations that link countries",
            (desk.none_found("organisation met in events about several countries"),),
        )
    cells = [
        (
            row["name"],
            wording.label("sides", row["side"]),
            ", ".join(sorted(desk.name(code) for code in row["country"])),
            Value(str(row["events"]), tuple(row["row_id"])),
        )
        for row in linking.head(_TOP).iter_rows(named=True)
    ]
    return Section(
        "linking",
        "Organisations that link countries",
        (
            table(
                "linking",
                f"{desk.about}: organisations met in events about several countries",
                ["organisation", "side", "countries", "#events found"],
                cells,
                note=f"The first {len(cells)} of {linking.height}, those with most countries first. Registered organisations only.",
            ),
        ),
    )


def _official(desk: Desk) -> Section:
    """The newest official values, each with year and release; the median only where it is allowed."""
    parts: list[Part] = []
    for theme in ("density", "coverage", "strikes"):
        indicator = codebook.section_indicators()[theme][0]
        parts += _newest(desk, indicator)
    return Section(
        "official",
        "Official series, newest values",
        (*parts, warning("vintages_never_spliced"), warning("strike_statistics_scope")),
    )


def _compliance(desk: Desk) -> Section:
    parts: list[Part] = [warning("sdg_882_not_ranking")]
    for indicator in codebook.section_indicators()["compliance"]:
        parts += _newest(desk, indicator)
    return Section("compliance", "National compliance with labour rights (SDG 8.8.2)", tuple(parts))


def _newest(desk: Desk, indicator: str) -> list[Part]:
    catalogue = desk["indicators"].filter(pl.col("indicator") == indicator)
    if catalogue.height == 0:
        return []
    label = catalogue.get_column("label")[0]

    def cells(country: str) -> tuple[Span, ...]:
        found = official.official_series(
            desk["country_years"], desk["not_published"], country=country, indicator=indicator
        ).frame
        given = found.drop_nulls("value").sort("vintage", "year")
        if given.height:
            row = given.row(-1, named=True)
            return (
                Value(wording.quantity(row["value"], row["unit"]), tuple(row["evidence"])),
                str(row["year"]),
                f"{row['source']}, {row['vintage']}",
            )
        absent = found.filter(pl.col("availability") == official.NOT_PUBLISHED)
        if absent.height:
            evidence = rows(row_id for group in absent.get_column("evidence") for row_id in group)
            return (
                Value("not published", evidence, absent=True),
                "",
                ", ".join(dict.fromkeys(absent.get_column("source"))),
            )
        return (Value("not known here", absent=True), "", "")

    return [
        table(
            f"newest-{indicator.lower().replace('_', '-')}",
            f"{desk.about}: {label}, newest value of each country",
            ["country", "#value", "year", "source, release"],
            _each(desk, cells),
            note=f"{catalogue.get_column('caveat')[0]} Years and releases differ between countries.",
        )
    ]


def _disagreements(desk: Desk) -> Section:
    found = desk["conflicts"].filter(pl.col("status") != "not_comparable")

    def cells(country: str) -> tuple[Span, ...]:
        own = found.filter(
            (pl.col("country") == country)
            | pl.col("event_id").is_in(_events_of(desk, country).get_column("event_id").implode())
        )
        if own.height == 0:
            return (Value("none found", absent=True),)
        return (Value(str(own.height), rows(row_id for group in own.get_column("row_ids") for row_id in group)),)

    return Section(
        "conflicts",
        "Where sources disagree",
        (
            sentence(
                f"{found.height} {plural(found.height, 'contradiction')} {plural(found.height, 'stands', 'stand')} on the pages of the countries, with the values side by side."
            ),
            table(
                "conflicts", f"{desk.about}: contradictions found", ["country", "#contradictions"], _each(desk, cells)
            ),
            note("More contradictions found mean more sources told the same, not worse sources."),
        ),
    )
