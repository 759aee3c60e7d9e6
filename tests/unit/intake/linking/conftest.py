"""Two reports at a time, compared feature by feature."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from socdialog.intake.linking.comparing import compare
from socdialog.intake.linking.facts import gather

TABLES = ("reports", "sources", "actors", "people", "figures")


@pytest.fixture
def points(little):
    """Return the points of each pair of reports, in both orders the same; facts and further columns may be replaced."""

    def of(cases, *, months=None, columns=None):
        told = [report for case in cases for report in case[:2]]
        tables = little(*({"report_id": f"r{n:03}#1"} | report for n, report in enumerate(told)))
        for table, column, values in columns or []:
            tables[table] = tables[table].with_columns(pl.Series(column, values, dtype=pl.String))
        facts = gather(**{name: tables[name] for name in TABLES})
        if months is not None:
            facts = replace(facts, tokens=facts.tokens.with_columns(months=pl.lit(months, dtype=pl.Int32)))
        first = range(0, len(told), 2)
        pairs = [(n, n + 1) for n in first] + [(n + 1, n) for n in first]
        found = compare(pl.DataFrame(pairs, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row"), facts)
        rows = {(row.pop("a"), row.pop("b")): row for row in found.rows(named=True)}
        for one, other in pairs:
            assert rows[one, other] == rows[other, one], "which report is named first must not matter"
        return [rows[n, n + 1] for n in first]

    return of


@pytest.fixture
def check(points):
    """Compare a feature of each pair of reports with what is expected of it."""

    def of(feature, cases, **more):
        found = [row[feature] for row in points(cases, **more)]
        assert [(*case, value) for case, value in zip(cases, found, strict=True) if case[2] != value] == []

    return of
