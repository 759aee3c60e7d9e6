"""The page of data quality: what checks and disagreements say, what waits for a person, how much is known.

It shows problems of the data as they are; places in files are told by ``socdialog check`` and
``socdialog review``, which the data steward runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.disagreement_words import explanation
from socdialog.display.link_words import reasons
from socdialog.display.statements import side_by_side
from socdialog.intake.evidence import sources_by_row
from socdialog.intake.problems import Problem
from socdialog.site.page_shell import SiteInfo, site_page

#: Columns that only say where a row stands or was read.
_TECHNICAL = frozenset({"row_id", "raw_file", "raw_line"})


class Source(NamedTuple):
    """A source as the page names it."""

    publisher: str
    published: str | None
    url: str | None


class Disagreement(NamedTuple):
    """An open contradiction with the sources behind it."""

    id: str
    kind: str
    country: str | None
    indicator: str
    values: tuple[str, ...]
    explanation: str
    sources: tuple[Source, ...]


class Unresolved(NamedTuple):
    """A name of an organisation that no registered one answers to."""

    name: str
    country: str | None
    mentions: int
    suggestions: tuple[str, ...]


class Doubtful(NamedTuple):
    """Two reports that may tell of one event."""

    first: tuple[str, Source]
    second: tuple[str, Source]
    why: str


class Known(NamedTuple):
    """How often a column is filled in."""

    column: str
    known: int
    rows: int


def render_quality(tables: Mapping[str, pl.DataFrame], problems: Iterable[Problem], site: SiteInfo) -> str:
    """Return the page of data quality.

    Parameters
    ----------
    tables
        The published tables.
    problems
        What the checks found.
    site
        The site.
    """
    return site_page(
        "quality.html",
        "Data quality",
        site,
        disagreements=open_disagreements(tables),
        statuses=_statuses(tables),
        names=unresolved(tables),
        resolved=_resolved(tables),
        links=doubtful(tables),
        warned=warnings(problems),
        known=completeness(tables),
        vocabulary=codebook.vocabulary("disagreement_kinds"),
    )


def open_disagreements(tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[Disagreement, ...]]:
    """Return the open contradictions by kind, each with the sources of the rows concerned."""
    if not {"disagreements", "evidence", "citations"} <= set(tables):
        return {}
    found: dict[str, list[Disagreement]] = {}
    rows = (
        tables["disagreements"]
        .filter(pl.col("status") == "open")
        .sort("kind", "country", "disagreement_id", nulls_last=True)
    )
    cited = _sources(tables)
    evidence = tables["evidence"].filter(pl.col("row_id").is_in(rows.get_column("row_ids").explode().implode()))
    behind = sources_by_row(evidence)
    for row in rows.iter_rows(named=True):
        ids = dict.fromkeys(source for row_id in row["row_ids"] for source in behind.get(row_id, ()))
        found.setdefault(row["kind"], []).append(
            Disagreement(
                row["disagreement_id"],
                wording.label("disagreement_kinds", row["kind"]),
                wording.label("iso_countries", row["country"]) if row["country"] else None,
                _about(row["indicator"], tables),
                side_by_side(evidence, row["row_ids"], tables["citations"]),
                explanation(row),
                tuple(dict.fromkeys(cited[source] for source in ids if source in cited)),
            )
        )
    return {kind: tuple(group) for kind, group in found.items()}


def _about(indicator: str | None, tables: Mapping[str, pl.DataFrame]) -> str:
    """Name what a contradiction is about: an official series by its label, a figure in words."""
    if indicator is None:
        return ""
    series = tables.get("indicators")
    labels = {} if series is None else dict(series.select("indicator", "label").iter_rows())
    return labels.get(indicator) or wording.figure_words(indicator)


def unresolved(tables: Mapping[str, pl.DataFrame]) -> tuple[Unresolved, ...]:
    """Return the names of organisations that stand unresolved, the most frequent first."""
    actors = tables.get("actors")
    if actors is None or "org_id" not in actors.columns:
        return ()
    orgs = dict(tables["organisations"].select("org_id", "name").iter_rows()) if "organisations" in tables else {}
    counted = (
        actors.filter(pl.col("org_id").is_null())
        .group_by("name", "country")
        .agg(pl.len().alias("n"), pl.col("suggestion").drop_nulls().first())
        .sort(pl.col("n"), "name", "country", descending=[True, False, False], nulls_last=True)
    )
    return tuple(
        Unresolved(name, country, n, tuple(str(orgs.get(org, org)) for org in suggestion or ()))
        for name, country, n, suggestion in counted.select("name", "country", "n", "suggestion").iter_rows()
    )


def doubtful(tables: Mapping[str, pl.DataFrame]) -> tuple[Doubtful, ...]:
    """Return the pairs of reports that wait for a person to decide."""
    if "links" not in tables or "reports" not in tables:
        return ()
    reports = {
        row[0]: (row[1], row[2]) for row in tables["reports"].select("report_id", "label", "source_id").iter_rows()
    }
    cited = _sources(tables)
    unknown = Source("", None, None)

    def told(report_id: str) -> tuple[str, Source]:
        label, source = reports.get(report_id, (report_id, ""))
        return label, cited.get(source, unknown)

    pairs = tables["links"].filter(pl.col("judgement") == "doubtful").sort("report_a", "report_b")
    return tuple(
        Doubtful(told(one), told(other), reasons(json.loads(features)))
        for one, other, features in pairs.select("report_a", "report_b", "features").iter_rows()
    )


def warnings(problems: Iterable[Problem]) -> tuple[tuple[str, str, str], ...]:
    """Return what the checks warn of, without places on disk."""
    found = {(one.file.rpartition("raw/")[2], one.column, one.message) for one in problems if one.level == "warning"}
    return tuple(sorted(found))


def completeness(tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[Known, ...]]:
    """Return for each published table of raw data how often its optional columns are filled in."""
    found: dict[str, tuple[Known, ...]] = {}
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
        part = tuple(Known(column, int(n), frame.height) for column, n in zip(columns, counts, strict=True))
        if part:
            found[name] = part
    return found


def _statuses(tables: Mapping[str, pl.DataFrame]) -> tuple[tuple[str, int], ...]:
    if "disagreements" not in tables:
        return ()
    counted = dict(tables["disagreements"].get_column("status").value_counts().iter_rows())
    terms = codebook.vocabulary("disagreement_statuses")
    return tuple((term.label, int(counted[code])) for code, term in terms.items() if code in counted)


def _resolved(tables: Mapping[str, pl.DataFrame]) -> tuple[int, int]:
    actors = tables.get("actors")
    if actors is None or "org_id" not in actors.columns:
        return 0, 0
    return actors.get_column("org_id").count(), actors.height


def _sources(tables: Mapping[str, pl.DataFrame]) -> dict[str, Source]:
    frame = tables.get("citations", tables.get("sources"))
    if frame is None:
        return {}
    return {row[0]: Source(*row[1:]) for row in frame.select("source_id", "publisher", "published", "url").iter_rows()}
