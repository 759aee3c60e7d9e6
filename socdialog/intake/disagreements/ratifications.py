"""The dates of one ratification, and the totals of ratifications that sources report.

A national law comes before the registration with the ILO, and a convention enters into force for a
country twelve months after it. No country ratifies before it is a member, or before the convention exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

import polars as pl

from socdialog.codebook import wording
from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.reported_figures import ReportedFigure
from socdialog.intake.disagreements.rules import Rules

ORDER = "law, then registration; in force twelve months after registration"
COUNTS = "reported totals of ratifications agree for one date, never fall, and hold all ratifications known"


def ratification_dates(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    """Find ratifications whose law, registration and status exclude each other."""
    conventions = {row["convention"]: row for row in tables["conventions"].iter_rows(named=True)}
    countries = {row["country"]: row for row in tables["countries"].iter_rows(named=True)}
    for row in tables["ratifications"].sort("row_id").iter_rows(named=True):
        if row["ratified_on"] is None:
            continue
        registered = wording.period(row["ratified_on"], None)
        convention, country = conventions.get(row["convention"]), countries.get(row["country"])
        if row["law_on"] is not None and row["ratified_on_last"] < row["law_on_first"]:
            yield _of_row(
                row,
                values=(f"registration: {registered}", f"national law: {wording.period(row['law_on'], None)}"),
                days=(row["law_on_first"] - row["ratified_on_last"]).days,
                explanation=(
                    f"Registration ({registered}) is dated before the national law "
                    f"({wording.period(row['law_on'], None)}); one of the two dates is another act."
                ),
            )
        if (
            row["law_on"] is not None
            and (row["ratified_on_first"] - row["law_on_last"]).days > rules.law_to_registration_days
        ):
            yield _of_row(
                row,
                values=(f"national law: {wording.period(row['law_on'], None)}", f"registration: {registered}"),
                days=(row["ratified_on_first"] - row["law_on_last"]).days,
                explanation=(
                    f"The national law is of {wording.period(row['law_on'], None)}, the registration of {registered}: "
                    "two acts, so sources that date the ratification by one or the other cannot be compared."
                ),
                status="not_comparable",
            )
        if row["status"] in rules.in_force and _year_later(row["ratified_on_first"]) > row["status_as_of_last"]:
            yield _of_row(
                row,
                values=(f"registration: {registered}", f"in force as of {wording.period(row['status_as_of'], None)}"),
                days=(_year_later(row["ratified_on_first"]) - row["status_as_of_last"]).days,
                explanation=f"Registered {registered}, it enters into force twelve months later, "
                f"not yet by {wording.period(row['status_as_of'], None)}.",
            )
        if row["status"] in rules.not_in_force and _year_later(row["ratified_on_last"]) <= row["status_as_of_first"]:
            yield _of_row(
                row,
                values=(
                    f"registration: {registered}",
                    f"not in force as of {wording.period(row['status_as_of'], None)}",
                ),
                days=(row["status_as_of_first"] - _year_later(row["ratified_on_last"])).days,
                explanation=f"Registered {registered}, it should be in force twelve months later, "
                f"but is called not in force as of {wording.period(row['status_as_of'], None)}.",
            )
        for other, column, words in (
            (convention, "adopted", "the convention was adopted"),
            (country, "ilo_member_since", "the country joined the ILO"),
        ):
            if other is not None and other[column] is not None and row["ratified_on_last"] < other[f"{column}_first"]:
                yield _of_row(
                    row,
                    more=other["row_id"],
                    values=(f"registration: {registered}", f"{words}: {wording.period(other[column], None)}"),
                    days=(other[f"{column}_first"] - row["ratified_on_last"]).days,
                    explanation=(
                        f"Registration ({registered}) is dated before {words} ({wording.period(other[column], None)})."
                    ),
                )


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _of_row(
    row: Mapping[str, object],
    *,
    values: tuple[str, ...],
    days: int,
    explanation: str,
    more: str | None = None,
    status: str = "open",
) -> Finding:
    return Finding(
        kind="ratification",
        rule=ORDER,
        indicator=str(row["convention"]),
        country=str(row["country"]),
        row_ids=(str(row["row_id"]),) if more is None else (str(row["row_id"]), more),
        values=values,
        difference=float(days),
        explanation=explanation,
        status=status,
    )


def ratification_counts(
    figures: Iterable[ReportedFigure], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find reported totals that differ for one date, fall, or hold fewer than the ratifications known here."""
    by_country: dict[str, list[dict[str, object]]] = {}
    moments = _published(tables)
    for row in tables["ratification_counts"].sort("row_id").iter_rows(named=True):
        when = wording.period(row["as_of"], None) if row["as_of"] is not None else "date not told"
        by_country.setdefault(row["country"], []).append(
            {
                "row_id": row["row_id"],
                "count": float(row["count"]),
                "first": row["as_of_first"],
                "last": row["as_of_last"],
                "words": f"{row['count']} ({when}, {wording.label('source_kinds', row['source_kind']).lower()})",
                "told": None,
            }
        )
    for told in figures:
        if told.indicator == rules.ratified and told.country and not told.scope and told.qualifier == "exact":
            first, last = moments.get(told.report_id, (None, None))
            by_country.setdefault(told.country, []).append(
                {
                    "row_id": told.row_id,
                    "count": told.value,
                    "first": first,
                    "last": last,
                    "words": told.words,
                    "told": told,
                }
            )
    known = tables["ratifications"].filter(pl.col("ratified_on").is_not_null()).sort("row_id")
    for country, counts in sorted(by_country.items()):
        yield from _counts_of(country, counts, known.filter(pl.col("country") == country), rules=rules)


def _published(tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[date | None, date | None]]:
    joined = tables["reports"].join(
        tables["sources"].select("source_id", "published_first", "published_last"), on="source_id", how="left"
    )
    return {row["report_id"]: (row["published_first"], row["published_last"]) for row in joined.iter_rows(named=True)}


def _counts_of(
    country: str, counts: list[dict[str, object]], known: pl.DataFrame, *, rules: Rules
) -> Iterator[Finding]:
    undated: dict[str, dict[str, object]] = {}
    dated = {_number(row) for row in counts if row["first"] is not None}
    for one, other in combinations(counts, 2):
        if one["count"] == other["count"]:
            continue
        if one["first"] is None or other["first"] is None:
            if all(row["first"] is not None or _number(row) in dated for row in (one, other)):
                continue
            undated |= {str(one["row_id"]): one, str(other["row_id"]): other}
            continue
        early, late = sorted((one, other), key=lambda row: (str(row["last"]), str(row["first"])))
        days = _days(early, late)
        if days <= rules.same_moment_days:
            yield _of_counts(
                country, [early, late], f"Totals for one date differ: {early['words']} and {late['words']}."
            )
        elif _number(late) < _number(early) and _before(early, late):
            yield _of_counts(
                country,
                [early, late],
                f"The later total is lower: {early['words']}, then {late['words']}; no denunciation is known here.",
            )
    if undated:
        told = " and ".join(str(row["words"]) for row in undated.values())
        yield _of_counts(
            country,
            list(undated.values()),
            f"{told} cannot be compared: not all totals are dated, and sources count by different rules.",
            status="not_comparable",
        )
    yield from _below_known(country, counts, known)


def _below_known(country: str, counts: list[dict[str, object]], known: pl.DataFrame) -> Iterator[Finding]:
    """Find dated totals that are lower than the ratifications known here for that day."""
    for row in counts:
        first = row["first"]
        if not isinstance(first, date):
            continue
        held = known.filter(pl.col("ratified_on_last") <= first)
        if held.height > _number(row):
            yield _of_counts(
                country,
                [row],
                f"The total {row['words']} is lower than the {held.height} ratifications known here that were "
                "registered by then.",
                kind="total",
                more=held.get_column("row_id").to_list(),
            )


def _number(row: Mapping[str, object]) -> float:
    count = row["count"]
    assert isinstance(count, int | float)
    return float(count)


def _days(early: Mapping[str, object], late: Mapping[str, object]) -> int:
    first, last = early["first"], late["last"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    return 0 if (early["first"], early["last"]) == (late["first"], late["last"]) else (last - first).days


def _before(early: Mapping[str, object], late: Mapping[str, object]) -> bool:
    last, first = early["last"], late["first"]
    return isinstance(last, date) and isinstance(first, date) and last < first


def _of_counts(
    country: str,
    rows: list[dict[str, object]],
    explanation: str,
    *,
    kind: str = "between_sources",
    status: str = "open",
    more: Iterable[str] = (),
) -> Finding:
    told = [row["told"] for row in rows if isinstance(row["told"], ReportedFigure)]
    numbers = [_number(row) for row in rows]
    return Finding(
        kind=kind,
        rule=COUNTS,
        indicator="conventions_ratified",
        country=country,
        report_ids=tuple(sorted({figure.report_id for figure in told})),
        figures=tuple(sorted(figure.key for figure in told)),
        row_ids=tuple(sorted([*(str(row["row_id"]) for row in rows), *more])),
        values=tuple(str(row["words"]) for row in rows),
        difference=max(numbers) - min(numbers) if len(numbers) > 1 else None,
        explanation=explanation,
        status=status,
    )
