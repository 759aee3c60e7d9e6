"""The dates of one ratification, and the totals of ratifications that sources report.

A national law comes before the registration with the ILO, and a convention enters into force for a
country twelve months after it. No country ratifies before it is a member, or before the convention exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import combinations

import polars as pl

from socdialog.codebook import wording
from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.rules import Rules
from socdialog.intake.disagreements.statements import Statement, amount, published


def ratification_dates(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    """Find ratifications whose law, registration and status exclude each other."""
    conventions = {row["convention"]: row for row in tables["conventions"].iter_rows(named=True)}
    countries = {row["country"]: row for row in tables["countries"].iter_rows(named=True)}
    for row in tables["ratifications"].sort("row_id").iter_rows(named=True):
        if row["ratified_on"] is None:
            continue
        law, as_of = row["law_on"], row["status_as_of"]
        found = partial(_of_row, row, registered=row["ratified_on"])
        if law is not None and row["ratified_on_last"] < row["law_on_first"]:
            yield found("law_after_registration", (row["law_on_first"] - row["ratified_on_last"]).days, law=law)
        if law is not None and (row["ratified_on_first"] - row["law_on_last"]).days > rules.law_to_registration_days:
            yield found("law_long_before", (row["ratified_on_first"] - row["law_on_last"]).days, law=law)
        if row["status"] in rules.in_force and _year_later(row["ratified_on_first"]) > row["status_as_of_last"]:
            days = (_year_later(row["ratified_on_first"]) - row["status_as_of_last"]).days
            yield found("in_force_early", days, as_of=as_of)
        if row["status"] in rules.not_in_force and _year_later(row["ratified_on_last"]) <= row["status_as_of_first"]:
            days = (row["status_as_of_first"] - _year_later(row["ratified_on_last"])).days
            yield found("not_in_force_late", days, as_of=as_of)
        for check, other, column in (
            ("before_adoption", conventions.get(row["convention"]), "adopted"),
            ("before_membership", countries.get(row["country"]), "ilo_member_since"),
        ):
            if other is not None and other[column] is not None and row["ratified_on_last"] < other[f"{column}_first"]:
                days = (other[f"{column}_first"] - row["ratified_on_last"]).days
                yield found(check, days, more=other["row_id"], since=other[column])


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _of_row(row: Mapping[str, object], check: str, days: int, *, more: str | None = None, **details: object) -> Finding:
    return Finding(
        check,
        (str(row["row_id"]),) if more is None else (str(row["row_id"]), more),
        details,
        indicator=str(row["convention"]),
        country=str(row["country"]),
        difference=float(days),
    )


@dataclass(frozen=True, slots=True)
class _Total:
    """A total of ratifications that somebody reports, for a moment or undated."""

    row_id: str
    count: float
    first: date | None
    last: date | None
    shown: dict[str, object]
    told: Statement | None = None


def ratification_counts(
    figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find reported totals that differ for one date, fall, or hold fewer than the ratifications known here."""
    by_country: dict[str, list[_Total]] = {}
    moments = published(tables)
    for row in tables["ratification_counts"].sort("row_id").iter_rows(named=True):
        shown = amount(row["count"], beside=[row["as_of"], wording.label("source_kinds", row["source_kind"]).lower()])
        total = _Total(row["row_id"], float(row["count"]), row["as_of_first"], row["as_of_last"], shown)
        by_country.setdefault(row["country"], []).append(total)
    for told in figures:
        if told.indicator == rules.ratified and told.country and not told.scope and told.qualifier == "exact":
            first, last = moments.get(told.report_id, (None, None))
            total = _Total(told.row_id, told.value, first, last, told.amount, told)
            by_country.setdefault(told.country, []).append(total)
    known = tables["ratifications"].filter(pl.col("ratified_on").is_not_null()).sort("row_id")
    for country, counts in sorted(by_country.items()):
        yield from _counts_of(country, counts, known.filter(pl.col("country") == country), rules=rules)


def _counts_of(country: str, counts: list[_Total], known: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    undated: dict[str, _Total] = {}
    dated = {total.count for total in counts if total.first is not None}
    for one, other in combinations(counts, 2):
        early, late = sorted((one, other), key=lambda total: (str(total.last), str(total.first)))
        if one.count == other.count:
            continue
        if one.first is None or other.first is None:
            if not all(total.first is not None or total.count in dated for total in (one, other)):
                undated |= {one.row_id: one, other.row_id: other}
        elif _days(early, late) <= rules.same_moment_days:
            yield _of_counts("counts_of_one_date", country, [early, late])
        elif late.count < early.count and _before(early, late):
            yield _of_counts("count_falls", country, [early, late])
    if undated:
        yield _of_counts("undated_counts", country, list(undated.values()))
    for total in (total for total in counts if total.first is not None):
        held = known.filter(pl.col("ratified_on_last") <= total.first).get_column("row_id").to_list()
        if len(held) > total.count:
            yield _of_counts("count_below_known", country, [total], more=held, known=len(held))


def _days(early: _Total, late: _Total) -> int:
    assert early.first is not None
    assert late.last is not None
    return 0 if (early.first, early.last) == (late.first, late.last) else (late.last - early.first).days


def _before(early: _Total, late: _Total) -> bool:
    return early.last is not None and late.first is not None and early.last < late.first


def _of_counts(
    check: str, country: str, totals: Sequence[_Total], *, more: Iterable[str] = (), **details: object
) -> Finding:
    told = [total.told for total in totals if total.told is not None]
    numbers = [total.count for total in totals]
    return Finding(
        check,
        tuple(sorted([*(total.row_id for total in totals), *more])),
        {"amounts": [total.shown for total in totals], **details},
        indicator="conventions_ratified",
        country=country,
        report_ids=tuple(sorted({figure.report_id for figure in told})),
        figures=tuple(sorted(figure.key for figure in told)),
        difference=max(numbers) - min(numbers) if len(numbers) > 1 else None,
    )
