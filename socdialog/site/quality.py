"""What is open in the data: disagreements, possible duplicates, unidentified names, completeness, warnings.

Where a problem is in a file is listed by ``socdialog check`` and ``socdialog review``, which the data steward runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.addresses import event_anchor, events_page
from socdialog.display.convention_names import in_sentence
from socdialog.display.disagreement_words import explanation
from socdialog.display.link_words import reasons
from socdialog.display.statements import side_by_side
from socdialog.folding import folded
from socdialog.intake.evidence import sources_by_row
from socdialog.intake.problems import Problem

Tables = Mapping[str, pl.DataFrame]
#: Columns that only say where a row stands or was read.
_TECHNICAL = frozenset({"row_id", "raw_file", "raw_line"})
#: What must be known of an event for it to be complete.
_COMPLETE = ("start_date", "place_id", "topics", "outcomes")


class Source(NamedTuple):
    """A source as the page names it."""

    publisher: str
    published: str | None
    url: str | None


class Disagreement(NamedTuple):
    """An unresolved disagreement with its sources; of an event, with the place where it is shown."""

    id: str
    kind: str
    country: str | None
    indicator: str
    values: tuple[str, ...]
    explanation: str
    sources: tuple[Source, ...]
    event: str | None


class Unidentified(NamedTuple):
    """A name of an organisation that is matched to no known one."""

    name: str
    country: str | None
    mentions: int
    suggestions: tuple[str, ...]


class Duplicate(NamedTuple):
    """Two reports that may be about one event."""

    first: tuple[str, Source]
    second: tuple[str, Source]
    why: str


class Filled(NamedTuple):
    """In how many rows of a table a column is filled in."""

    table: str
    column: str
    known: int
    rows: int

    @property
    def title(self) -> str:
        """The title of the table."""
        return codebook.tables()[self.table].title


class DataWarning(NamedTuple):
    """A warning of the checks, without its place on disk."""

    file: str
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What is open in the data.

    Parameters
    ----------
    disagreements, duplicates, names, completeness, warnings
        Each list, whole, what matters most first.
    matched, mentions
        Mentions of organisations that are matched to a known one, and all of them.
    complete, events
        Events with date, place, topics, participants and outcome, and all of them.
    """

    disagreements: tuple[Disagreement, ...]
    duplicates: tuple[Duplicate, ...]
    names: tuple[Unidentified, ...]
    completeness: tuple[Filled, ...]
    warnings: tuple[DataWarning, ...]
    matched: int
    mentions: int
    complete: int
    events: int


def read_quality(tables: Tables, problems: Iterable[Problem], *, countries: frozenset[str] = frozenset()) -> Quality:
    """Return what is open in the data.

    Parameters
    ----------
    tables
        The published tables.
    problems
        What the checks found.
    countries
        The countries that have a page of events, where the events of a disagreement are shown.
    """
    matched, mentions = _matched(tables)
    complete, events = _complete_events(tables)
    return Quality(
        unresolved_disagreements(tables, countries),
        possible_duplicates(tables),
        unidentified_names(tables),
        completeness(tables),
        data_warnings(problems),
        matched,
        mentions,
        complete,
        events,
    )


def unresolved_disagreements(tables: Tables, countries: frozenset[str] = frozenset()) -> tuple[Disagreement, ...]:
    """Return the unresolved disagreements: on national figures before those of single events, between sources first."""
    if not {"disagreements", "evidence", "citations"} <= set(tables):
        return ()
    rank = {kind: place for place, kind in enumerate(codebook.vocabulary("disagreement_kinds"))}
    rows = (
        tables["disagreements"]
        .filter(pl.col("status") == "open")
        .sort(
            pl.col("event_id").is_not_null(),
            pl.col("kind") != "between_sources",
            pl.col("kind").replace_strict(rank, default=None, return_dtype=pl.Int64),
            "country",
            "disagreement_id",
            nulls_last=True,
        )
    )
    cited = _sources(tables)
    evidence = tables["evidence"].filter(pl.col("row_id").is_in(rows.get_column("row_ids").explode().implode()))
    behind = sources_by_row(evidence)
    places = _event_places(tables, countries)
    found = []
    for row in rows.iter_rows(named=True):
        ids = dict.fromkeys(source for row_id in row["row_ids"] for source in behind.get(row_id, ()))
        found.append(
            Disagreement(
                row["disagreement_id"],
                wording.label("disagreement_kinds", row["kind"]),
                wording.label("iso_countries", row["country"]) if row["country"] else None,
                _about(row["indicator"], tables),
                side_by_side(evidence, row["row_ids"], tables["citations"]),
                explanation(row),
                tuple(dict.fromkeys(cited[source] for source in ids if source in cited)),
                places.get(row["event_id"]),
            )
        )
    return tuple(found)


def _event_places(tables: Tables, countries: frozenset[str]) -> dict[str, str]:
    """Return where each event is shown, on the page of the first of its countries that has one."""
    if "events" not in tables:
        return {}
    rows = tables["events"].select("event_id", "countries").iter_rows()
    return {
        event_id: f"{events_page(shown[0])}#{event_anchor(event_id)}"
        for event_id, own in rows
        if (shown := sorted(countries.intersection(own or ())))
    }


def _about(indicator: str | None, tables: Tables) -> str:
    """Name what a disagreement is about: an official series or a convention by its name, a figure in words."""
    if indicator is None:
        return ""
    series, conventions = tables.get("indicators"), tables.get("conventions")
    names = {} if series is None else dict(series.select("indicator", "label").iter_rows())
    if conventions is not None and indicator in conventions.get_column("convention"):
        names[indicator] = in_sentence(indicator)
    name = names.get(indicator) or wording.figure_words(indicator)
    return _sentence(name)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def unidentified_names(tables: Tables) -> tuple[Unidentified, ...]:
    """Return the names of organisations that are matched to no known one, the most frequent first."""
    actors = tables.get("actors")
    if actors is None or "org_id" not in actors.columns:
        return ()
    orgs = dict(tables["organisations"].select("org_id", "name").iter_rows()) if "organisations" in tables else {}
    counted = (
        actors.filter(pl.col("org_id").is_null())
        .group_by("name", "country")
        .agg(pl.len().alias("n"), pl.col("suggestion").drop_nulls().first())
        .sort("n", folded("name"), "name", "country", descending=[True, False, False, False], nulls_last=True)
    )
    return tuple(
        Unidentified(name, country, n, tuple(str(orgs.get(org, org)) for org in suggestion or ()))
        for name, country, n, suggestion in counted.select("name", "country", "n", "suggestion").iter_rows()
    )


def possible_duplicates(tables: Tables) -> tuple[Duplicate, ...]:
    """Return the pairs of reports that need review, those with most evidence for one event first."""
    if "links" not in tables or "reports" not in tables:
        return ()
    reports = {
        row[0]: (row[1], row[2]) for row in tables["reports"].select("report_id", "label", "source_id").iter_rows()
    }
    places = dict(tables["places"].select("place_id", "name").iter_rows()) if "places" in tables else {}
    cited = _sources(tables)
    unknown = Source("", None, None)

    def reported(report_id: str) -> tuple[str, Source]:
        label, source = reports.get(report_id, (report_id, ""))
        return label, cited.get(source, unknown)

    pairs = (
        tables["links"]
        .filter(pl.col("judgement") == "doubtful")
        .sort("score", "report_a", "report_b", descending=[True, False, False], nulls_last=True)
    )
    return tuple(
        Duplicate(reported(one), reported(other), _sentence(reasons(json.loads(features), places)))
        for one, other, features in pairs.select("report_a", "report_b", "features").iter_rows()
    )


def data_warnings(problems: Iterable[Problem]) -> tuple[DataWarning, ...]:
    """Return what the checks warn of, without places on disk."""
    found = {
        DataWarning(one.file.rpartition("raw/")[2], one.column, one.message)
        for one in problems
        if one.level == "warning"
    }
    return tuple(sorted(found))


def completeness(tables: Tables) -> tuple[Filled, ...]:
    """Return for each column of published raw data that may be empty in how many rows it is filled, fewest first."""
    found = []
    for name, spec in codebook.tables().items():
        if not spec.stored or name not in tables or tables[name].is_empty():
            continue
        frame = tables[name]
        columns = [
            column.name
            for column in spec.every_column.values()
            if not column.required and column.name in frame.columns and column.name not in _TECHNICAL
        ]
        counts = frame.select(pl.col(columns).count()).row(0) if columns else ()
        found += [Filled(name, column, int(n), frame.height) for column, n in zip(columns, counts, strict=True)]
    return tuple(sorted(found, key=lambda one: (one.known / one.rows, one.table, one.column)))


def _complete_events(tables: Tables) -> tuple[int, int]:
    if not {"events", "actors"} <= set(tables):
        return 0, 0
    events = tables["events"]
    named = pl.col("event_id").is_in(tables["actors"].get_column("event_id").implode())
    known = [pl.col(name).is_not_null() if name in events.columns else pl.lit(value=False) for name in _COMPLETE]
    return events.filter(named, *known).height, events.height


def _matched(tables: Tables) -> tuple[int, int]:
    actors = tables.get("actors")
    if actors is None or "org_id" not in actors.columns:
        return 0, 0
    return actors.get_column("org_id").count(), actors.height


def _sources(tables: Tables) -> dict[str, Source]:
    frame = tables.get("citations", tables.get("sources"))
    if frame is None:
        return {}
    return {row[0]: Source(*row[1:]) for row in frame.select("source_id", "publisher", "published", "url").iter_rows()}
