"""Little collections of reports, written as a person would tell them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from socdialog import codebook
from socdialog.intake.linking import Linked, link
from socdialog.intake.typed import typed

Row = dict[str, Any]
Little = Callable[..., dict[str, pl.DataFrame]]


def _table(name: str, rows: list[Row]) -> pl.DataFrame:
    columns = list(codebook.tables()[name].columns)
    data = {column: [row.get(column) for row in rows] for column in columns}
    raw = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String))
    return typed(name, raw.with_columns(raw_file=pl.lit("x.csv"), raw_line=pl.int_range(2, pl.len() + 2)))


def _little(*told: Row, decisions: list[Row] | None = None) -> dict[str, pl.DataFrame]:
    """Make tables of reports; `who`, `people` and `figures` of a report go to their own tables.

    A body is ``name`` or ``name@side/role``; a figure is ``indicator=value``. The source of a
    report is its own, unless told.
    """
    reports, actors, people, figures = [], [], [], []
    sources: dict[str, Row] = {}
    for row in told:
        name = row["report_id"]
        source = row.get("source_id", name.split("#")[0])
        about = {key: row.get(key) for key in ("published", "copy_of")}
        known = sources.setdefault(source, {"source_id": source, "url": f"https://x.org/{source}", "language": "en"})
        known.update(kind="news", publisher=row.get("publisher", source), **about)
        reports.append(
            {
                "kind": "strike",
                "status": "held",
                "label": "x",
                "countries": "KAZ",
                "coder": "machine",
                "date_basis": "printed",
            }
            | {"venue_country": row.get("countries", "KAZ").split(";")[0]}
            | row
            | {"source_id": source}
        )
        for body in row.get("who", []):
            text, _, rest = body.partition("@")
            side, _, role = rest.partition("/")
            actors.append({"report_id": name, "name": text, "side": side or "workers", "role": role or "participant"})
        people += [{"report_id": name, "name": person} for person in row.get("people", [])]
        for n, figure in enumerate(row.get("figures", []), 1):
            indicator, _, value = figure.partition("=")
            figures.append(
                {"report_id": name, "figure": str(n), "indicator": indicator, "value": value, "unit": "persons"}
                | {"qualifier": "exact"}
            )
    decided = [{"reason": "x", "decided_by": "p"} | row for row in decisions or []]
    return {
        "reports": _table("reports", reports),
        "sources": _table("sources", list(sources.values())),
        # The registry is not asked here: a name is its own id.
        "actors": _table("actors", actors).with_columns(org_id=pl.col("name")),
        "people": _table("people", people).with_columns(person_id=pl.col("name")),
        "figures": _table("figures", figures),
        "decisions": _table("decisions", decided),
    }


@pytest.fixture
def little() -> Little:
    """Make the tables of a little collection."""
    return _little


@pytest.fixture
def events() -> Callable[..., set[frozenset[str]]]:
    """Link a little collection and return its events as sets of report ids."""

    def grouped(*told: Row, decisions: list[Row] | None = None) -> set[frozenset[str]]:
        return groups(link(**_little(*told, decisions=decisions)))

    return grouped


def groups(linked: Linked) -> set[frozenset[str]]:
    """Return the events as sets of report ids."""
    of = linked.events_of.group_by("event_id").agg("report_id").get_column("report_id").to_list()
    return {frozenset(ids) for ids in of}
