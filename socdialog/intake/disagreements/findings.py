"""What a rule finds, and how findings become the table of disagreements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import polars as pl

from socdialog import schemas
from socdialog.intake.disagreements.reported_figures import ReportedFigure

#: The columns of the table, without the row id that the caller gives.
SCHEMA: dict[str, pl.DataType] = {
    name: dtype for name, dtype in schemas.clean_dtypes("disagreements").items() if name != "row_id"
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction, or one pair that looks like one and is not comparable.

    Parameters
    ----------
    kind, rule, explanation
        Where it lies, the rule that is broken, and the contradiction in words.
    row_ids, values
        The rows concerned and their values as told.
    indicator, country, event_id, report_ids, figures
        What, where and by whom; empty where it does not apply.
    difference
        Size of the gap in the unit of the values, where there is one.
    status
        ``open`` or ``not_comparable``.
    """

    kind: str
    rule: str
    explanation: str
    row_ids: tuple[str, ...]
    values: tuple[str, ...]
    indicator: str | None = None
    country: str | None = None
    event_id: str | None = None
    report_ids: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    difference: float | None = None
    status: str = "open"


def of_figures(
    figures: Sequence[ReportedFigure],
    *,
    kind: str,
    rule: str,
    explanation: str,
    indicator: str | None = None,
    difference: float | None = None,
    status: str = "open",
) -> Finding:
    """Return a finding about reported figures, in the order of their reports."""
    rows = sorted(set(figures), key=lambda told: (told.report_id, told.figure))
    countries = {told.country for told in rows if told.country}
    events = {told.event_id for told in rows}
    indicators = {told.indicator for told in rows}
    return Finding(
        kind=kind,
        rule=rule,
        explanation=explanation,
        row_ids=tuple(told.row_id for told in rows),
        values=tuple(told.words for told in rows),
        indicator=indicator or (indicators.pop() if len(indicators) == 1 else None),
        country=countries.pop() if len(countries) == 1 else None,
        event_id=events.pop() if len(events) == 1 else None,
        report_ids=tuple(dict.fromkeys(told.report_id for told in rows)),
        figures=tuple(told.key for told in rows),
        difference=difference,
        status=status,
    )


def disagreement_id(kind: str, row_ids: Iterable[str]) -> str:
    """Return the stable id of a disagreement: it hangs on its kind and its rows, not on their order."""
    text = "\n".join([kind, *sorted(row_ids)])
    return "cf-" + hashlib.sha256(text.encode()).hexdigest()[:8]


def table(findings: Iterable[Finding]) -> pl.DataFrame:
    """Return the table of disagreements, one row a finding, sorted by id; the first of two with one id stays."""
    rows: dict[str, dict[str, object]] = {}
    for found in findings:
        name = disagreement_id(found.kind, found.row_ids)
        cells = {
            field: list(cell) or None if isinstance(cell, tuple) else cell for field, cell in asdict(found).items()
        }
        rows.setdefault(name, cells | {"disagreement_id": name, "row_ids": sorted(found.row_ids)})
    return pl.DataFrame([rows[name] for name in sorted(rows)], schema=SCHEMA)
