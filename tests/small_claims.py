"""Builds the clean tables of a small study from the few cells that a test is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from socdialog import codebook
from socdialog.intake.disagreements import find_disagreements
from socdialog.intake.names.attribution import Bodies, with_attributions
from socdialog.intake.names.mentions import personal_names
from socdialog.intake.typed import typed

Row = Mapping[str, object]
Study = Callable[..., dict[str, pl.DataFrame]]

_REPORT = {
    "kind": "strike",
    "status": "held",
    "label": "-",
    "countries": "KAZ",
    "date_basis": "printed",
    "coder": "c1",
}
_FIGURE = {"country": "KAZ", "unit": "persons", "qualifier": "exact"}
_SOURCE = {"url": "https://example.org", "publisher": "-", "language": "en", "kind": "news"}
_MEMBERSHIP = {"qualifier": "exact", "population": "members", "source": "https://example.org"}
_RATIFICATION = {"status": "in_force", "status_as_of": "2026", "source": "https://example.org"}
_SERIES = {"indicator": "X", "unit": "count", "source": "Office", "vintage": "2026-01"}


def _table(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    columns = list(codebook.tables()[name].columns)
    cells = [{column: None if row.get(column) is None else str(row[column]) for column in columns} for row in rows]
    raw = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String))
    return typed(name, raw.with_columns(raw_file=pl.lit(name), raw_line=pl.int_range(2, pl.len() + 2)))


def small_claims(
    figures: Sequence[Row] = (),
    *,
    reports: Sequence[Row] = (),
    sources: Sequence[Row] = (),
    people: Sequence[Row] = (),
    orgs: Mapping[str, str] | None = None,
    persons: Mapping[str, str] | None = None,
    **others: Sequence[Row],
) -> dict[str, pl.DataFrame]:
    """Reports not given are made of the figures and people; each is an event of its own unless `event` says other."""
    figures = [{"report_id": "r#1"} | dict(row) for row in figures]
    people = [{"report_id": "r#1"} | dict(row) for row in people]
    named = {str(row["report_id"]): dict(row) for row in reports}
    for row in (*figures, *people):
        named.setdefault(str(row["report_id"]), {"report_id": row["report_id"]})
    full_reports = [
        _REPORT | {"source_id": report_id.partition("#")[0]} | row for report_id, row in sorted(named.items())
    ]
    seen: dict[str, int] = {}
    numbered = []
    for row in figures:
        number = seen[str(row["report_id"])] = seen.get(str(row["report_id"]), 0) + 1
        numbered.append(_FIGURE | {"figure": number} | dict(row))
    event = {report_id: str(row.get("event", f"ev-{report_id}")) for report_id, row in named.items()}
    known = {str(row["source_id"]): dict(row) for row in sources}
    tables = {name: _table(name, ()) for name, spec in codebook.tables().items() if spec.file is not None}
    tables["reports"] = _table("reports", full_reports)
    tables["sources"] = _table(
        "sources",
        [
            _SOURCE | {"source_id": source_id, "url": f"https://example.org/{source_id}"} | known.get(source_id, {})
            for source_id in sorted({str(row["source_id"]) for row in full_reports})
        ],
    )
    tables["figures"] = _table("figures", numbered)
    tables["people"] = _table("people", people)
    for name, rows in others.items():
        given = {"memberships": _MEMBERSHIP, "ratifications": _RATIFICATION, "country_years": _SERIES}.get(name, {})
        tables[name] = _table(name, [given | dict(row) for row in rows])
    for name in ("reports", "figures", "people"):
        ids = tables[name].get_column("report_id").to_list()
        tables[name] = tables[name].with_columns(pl.Series("event_id", [event[item] for item in ids], dtype=pl.String))
    named_orgs = tables["figures"].with_columns(_looked_up("organisation", orgs or {}, "org_id"))
    tables["figures"] = with_attributions(named_orgs, bodies=Bodies.of(tables), people=personal_names(tables))
    tables["people"] = tables["people"].with_columns(_looked_up("name", persons or {}, "person_id"))
    tables["actors"] = tables["actors"].with_columns(_looked_up("name", orgs or {}, "org_id"))
    return tables


def _looked_up(column: str, known: Mapping[str, str], name: str) -> pl.Expr:
    return pl.col(column).replace_strict(known, default=None, return_dtype=pl.String).alias(name)


def contradictions(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the open disagreements of a small study: those of values that can be compared."""
    return find_disagreements(tables).filter(pl.col("status") == "open")
