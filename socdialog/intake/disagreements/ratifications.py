"""The dates of one ratification, and the totals of ratifications that sources report.

A national law comes before the registration with the ILO, and a convention enters into force for a
country twelve months after it. No country ratifies before it is a member, or before the convention exists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

import polars as pl

from socdialog.codebook import wording
from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.reported_figures import ReportedFigure, published
from socdialog.intake.disagreements.rules import Rules

ORDER = "law, then registration; in force twelve months after registration"
COUNTS = "reported totals of ratifications agree for one date, never fall, and hold all ratifications known"


def ratification_dates(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    """Find ratifications whose law, registration and status exclude each other."""
    others = [
        ("convention", "adopted", "the convention was adopted"),
        ("country", "ilo_member_since", "the country joined the ILO"),
    ]
    rows_of = {
        "convention": {row["convention"]: row for row in tables["conventions"].iter_rows(named=True)},
        "country": {row["country"]: row for row in tables["countries"].iter_rows(named=True)},
    }
    for row in tables["ratifications"].filter(pl.col("ratified_on").is_not_null()).sort("row_id").iter_rows(named=True):
        first, last = row["ratified_on_first"], row["ratified_on_last"]
        registered, law, as_of = (wording.period(row[name], None) for name in ("ratified_on", "law_on", "status_as_of"))
        registration, national = f"registration: {registered}", f"national law: {law}"
        yield from _apart(
            row,
            _days(row["law_on_first"], last),
            1,
            (registration, national),
            f"Registration ({registered}) is dated before the national law ({law}); "
            "one of the two dates is another act.",
        )
        yield from _apart(
            row,
            _days(first, row["law_on_last"]),
            rules.law_to_registration_days + 1,
            (national, registration),
            f"The national law is of {law}, the registration of {registered}: two acts, so sources that date the "
            "ratification by one or the other cannot be compared.",
            status="not_comparable",
        )
        yield from _apart(
            row,
            _days(_year_later(first), row["status_as_of_last"]) if row["status"] in rules.in_force else None,
            1,
            (registration, f"in force as of {as_of}"),
            f"Registered {registered}, it enters into force twelve months later, not yet by {as_of}.",
        )
        yield from _apart(
            row,
            _days(row["status_as_of_first"], _year_later(last)) if row["status"] in rules.not_in_force else None,
            0,
            (registration, f"not in force as of {as_of}"),
            f"Registered {registered}, it should be in force twelve months later, "
            f"but is called not in force as of {as_of}.",
        )
        for key, column, words in others:
            other = rows_of[key].get(row[key], {})
            day = wording.period(other.get(column), None)
            yield from _apart(
                row,
                _days(other.get(f"{column}_first"), last),
                1,
                (registration, f"{words}: {day}"),
                f"Registration ({registered}) is dated before {words} ({day}).",
                more=(other.get("row_id", ""),),
            )


def _days(later: date | None, earlier: date | None) -> int | None:
    """Return the days from one day to the other; None where one is not told."""
    return None if later is None or earlier is None else (later - earlier).days


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _apart(
    row: Mapping[str, object],
    days: int | None,
    least: int,
    values: tuple[str, str],
    explanation: str,
    *,
    more: tuple[str, ...] = (),
    status: str = "open",
) -> Iterator[Finding]:
    """Yield the finding that two dates of a ratification lie at `least` so many days apart, if they do."""
    if days is not None and days >= least:
        yield Finding(
            kind="ratification",
            rule=ORDER,
            indicator=str(row["convention"]),
            country=str(row["country"]),
            row_ids=(str(row["row_id"]), *more),
            values=values,
            difference=float(days),
            explanation=explanation,
            status=status,
        )


class _Count(NamedTuple):
    """A total of ratifications that a source gives, from the registry or from a report."""

    row_id: str
    total: float
    first: date | None
    last: date | None
    words: str
    told: ReportedFigure | None = None


def ratification_counts(
    figures: Iterable[ReportedFigure], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find reported totals that differ for one date, fall, or hold fewer than the ratifications known here."""
    by_country: dict[str, list[_Count]] = defaultdict(list)
    moments = published(tables)
    for row in tables["ratification_counts"].sort("row_id").iter_rows(named=True):
        when = wording.period(row["as_of"], None) or "date not told"
        words = f"{row['count']} ({when}, {wording.label('source_kinds', row['source_kind']).lower()})"
        by_country[row["country"]].append(
            _Count(row["row_id"], float(row["count"]), row["as_of_first"], row["as_of_last"], words)
        )
    for told in figures:
        if told.indicator == rules.ratified and told.country and not told.scope and told.qualifier == "exact":
            first, last = moments.get(told.report_id, (None, None))
            by_country[told.country].append(_Count(told.row_id, told.value, first, last, told.words, told))
    known = tables["ratifications"].filter(pl.col("ratified_on").is_not_null()).sort("row_id")
    for country, counts in sorted(by_country.items()):
        yield from _counts_of(country, counts, rules=rules)
        yield from _below_known(country, counts, known.filter(pl.col("country") == country))


def _counts_of(country: str, counts: Sequence[_Count], *, rules: Rules) -> Iterator[Finding]:
    undated: dict[str, _Count] = {}
    dated = {one.total for one in counts if one.first is not None}
    for one, other in combinations(counts, 2):
        if one.total == other.total:
            continue
        if one.first is None or other.first is None:
            if any(count.first is None and count.total not in dated for count in (one, other)):
                undated |= {one.row_id: one, other.row_id: other}
            continue
        early, late = sorted((one, other), key=lambda count: (str(count.last), str(count.first)))
        days = 0 if early[2:4] == late[2:4] else _days(late.last, early.first) or 0
        if days <= rules.same_moment_days:
            yield _of_counts(country, [early, late], f"Totals for one date differ: {early.words} and {late.words}.")
        elif late.total < early.total and (_days(late.first, early.last) or 0) > 0:
            yield _of_counts(
                country,
                [early, late],
                f"The later total is lower: {early.words}, then {late.words}; no denunciation is known here.",
            )
    if undated:
        told = " and ".join(count.words for count in undated.values())
        yield _of_counts(
            country,
            list(undated.values()),
            f"{told} cannot be compared: not all totals are dated, and sources count by different rules.",
            status="not_comparable",
        )


def _below_known(country: str, counts: Sequence[_Count], known: pl.DataFrame) -> Iterator[Finding]:
    """Find dated totals that are lower than the ratifications known here for that day."""
    for one in counts:
        held = known.filter(pl.col("ratified_on_last") <= one.first) if one.first is not None else known.clear()
        if held.height > one.total:
            yield _of_counts(
                country,
                [one],
                f"The total {one.words} is lower than the {held.height} ratifications known here that were "
                "registered by then.",
                kind="total",
                more=held.get_column("row_id").to_list(),
            )


def _of_counts(
    country: str,
    counts: Sequence[_Count],
    explanation: str,
    *,
    kind: str = "between_sources",
    status: str = "open",
    more: Iterable[str] = (),
) -> Finding:
    told = [one.told for one in counts if one.told is not None]
    numbers = [one.total for one in counts]
    return Finding(
        kind=kind,
        rule=COUNTS,
        indicator="conventions_ratified",
        country=country,
        report_ids=tuple(sorted({figure.report_id for figure in told})),
        figures=tuple(sorted(figure.key for figure in told)),
        row_ids=tuple(sorted([*(one.row_id for one in counts), *more])),
        values=tuple(one.words for one in counts),
        difference=max(numbers) - min(numbers) if len(numbers) > 1 else None,
        explanation=explanation,
        status=status,
    )
