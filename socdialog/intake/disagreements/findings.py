"""What a check finds, and how findings become the table of disagreements."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from socdialog import codebook, schemas
from socdialog.intake.disagreements.statements import Statement

#: The columns of the table, without the row id that the caller gives.
SCHEMA: dict[str, pl.DataType] = {
    name: dtype for name, dtype in schemas.clean_dtypes("disagreements").items() if name != "row_id"
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction, or one pair that looks like one and is not comparable.

    Parameters
    ----------
    check
        The check that found it: a code of ``disagreement_checks``, which says what kind it is, and whether the values
        can be compared.
    row_ids
        The rows concerned.
    details
        What the check compared and computed: numbers, amounts, dates, codes. Words are made of them where they are
        shown; ``also`` names what may be added.
    identity
        The identity that is broken, where the check is one of arithmetic.
    indicator, country, event_id, report_ids, figures
        What, where and by whom; empty where it does not apply.
    difference
        Size of the gap in the unit of the values, where there is one.
    dimension
        The dimension of the comparison that decides, where the engine compared.
    countries
        The countries whose values differ, where they are several; `country` where it is one.
    """

    check: str
    row_ids: tuple[str, ...]
    details: Mapping[str, object] = field(default_factory=dict)
    identity: str | None = None
    indicator: str | None = None
    country: str | None = None
    event_id: str | None = None
    report_ids: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    difference: float | None = None
    dimension: str | None = None
    countries: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Where it lies."""
        return str(codebook.vocabulary("disagreement_checks")[self.check].more["kind"])

    @property
    def status(self) -> str:
        """Whether it is open, or its values cannot be compared."""
        return str(codebook.vocabulary("disagreement_checks")[self.check].more.get("status", "open"))


def of_figures(
    check: str,
    figures: Sequence[Statement],
    *,
    details: Mapping[str, object],
    identity: str | None = None,
    indicator: str | None = None,
    difference: float | None = None,
    dimension: str | None = None,
) -> Finding:
    """Return a finding about reported figures and other statements, in the order of their reports."""
    rows = sorted(set(figures), key=lambda one: (one.report_id, one.figure, one.row_id))
    return Finding(
        check,
        tuple(one.row_id for one in rows),
        details,
        identity=identity,
        indicator=indicator or only(one.indicator for one in rows),
        country=only(one.country for one in rows),
        event_id=None if len({one.event_id for one in rows}) > 1 else rows[0].event_id or None,
        report_ids=tuple(dict.fromkeys(one.report_id for one in rows if one.report_id)),
        figures=tuple(one.key for one in rows if one.report_id),
        difference=difference,
        dimension=dimension,
        countries=tuple(sorted({one.country for one in rows if one.country})),
    )


def joined(pairs: Iterable[tuple[Statement, Statement]]) -> list[list[Statement]]:
    """Join pairs that share a value, so that one disagreement is one finding however many repeat it."""
    groups: list[dict[str, Statement]] = []
    for one, other in pairs:
        pair = {one.row_id: one, other.row_id: other}
        touching = [group for group in groups if group.keys() & pair.keys()]
        groups = [group for group in groups if not group.keys() & pair.keys()]
        groups.append({row_id: row for group in [*touching, pair] for row_id, row in group.items()})
    return [[group[row_id] for row_id in sorted(group)] for group in groups]


def only(values: Iterable[object]) -> str | None:
    """Return the one value that is told, or None when there is none or several."""
    found = {str(value) for value in values if value}
    return found.pop() if len(found) == 1 else None


def distinct(amounts: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Return amounts, each once, in their order."""
    found: list[dict[str, object]] = []
    found.extend(one for one in amounts if one not in found)
    return found


def disagreement_id(kind: str, row_ids: Iterable[str]) -> str:
    """Return the stable id of a disagreement: it hangs on its kind and its rows, not on their order."""
    text = "\n".join([kind, *sorted(row_ids)])
    return "cf-" + hashlib.sha256(text.encode()).hexdigest()[:8]


def table(findings: Iterable[Finding], *, countries: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return the table of disagreements, one row a finding, sorted by id; the first of two with one id stays.

    Parameters
    ----------
    findings
        What was found.
    countries
        The countries of each report: a finding that names none belongs to those of its reports.
    """
    rows: dict[str, dict[str, object]] = {}
    for found in findings:
        name = disagreement_id(found.kind, found.row_ids)
        cells = {column: getattr(found, column) for column in SCHEMA if hasattr(found, column)}
        lists = {column: list(cell) or None for column, cell in cells.items() if isinstance(cell, tuple)}
        details = json.dumps(found.details, ensure_ascii=False, sort_keys=True)
        named = found.countries or tuple(filter(None, [found.country]))
        reported = sorted({country for report in found.report_ids for country in countries.get(report, ())})
        own = {"disagreement_id": name, "row_ids": sorted(found.row_ids), "details": details}
        rows.setdefault(name, cells | lists | own | {"countries": list(named) or reported or None})
    return pl.from_dicts([rows[name] for name in sorted(rows)], schema=SCHEMA)
