"""What the supervisory bodies of the ILO said, by convention and year."""

from __future__ import annotations

import polars as pl

from socdialog import dates
from socdialog.codebook import wording
from socdialog.display.parts import Section, Span, Value, sentence, table
from socdialog.profiles.context import ProfileContext, count, ids, plural, warning


def section(context: ProfileContext) -> Section:
    """Show comments, cases and missions, by convention and year."""
    found = context.rows_for("supervision", context.countries[0])
    title = "What the ILO's supervisory bodies said"
    if found.height == 0:
        return Section(
            "supervision", title, (context.no_data("comment of a supervisory body"), warning("supervision_counts"))
        )
    names = dict(context["conventions"].select("convention", "title").iter_rows())
    ordered = found.sort(
        "convention", "year", "body", "row_id", descending=[False, True, False, False], nulls_last=True
    )
    cells = [_comment(row) for row in ordered.iter_rows(named=True)]
    met = [code for code in ordered.get_column("convention").unique(maintain_order=True) if code is not None]
    legend = "; ".join(f"{code}: {names[code]}" for code in sorted(met) if code in names)
    years = sorted(set(found.get_column("year").drop_nulls()))
    period = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}" if years else "no year told"
    on = found.filter(pl.col("convention").is_not_null())
    about = (", on ", Value(f"{len(met)} {plural(len(met), 'convention')}", ids(on))) if met else ()
    return Section(
        "supervision",
        title,
        (
            sentence(
                count(found, "comment, case or mission", "comments, cases and missions"),
                f" of {period} {plural(found.height, 'was', 'were')} read",
                *about,
                ".",
            ),
            table(
                "supervision",
                f"{context.about}: comments of supervisory bodies",
                ["convention", "year", "body", "what it says, in short"],
                cells,
                note=legend,
            ),
            warning("supervision_counts"),
        ),
    )


def _comment(row: dict[str, str]) -> tuple[Span, ...]:
    own = (row["row_id"],)
    body = wording.label("supervisory_bodies", row["body"])
    return (
        row["convention"] or "none or several",
        str(row["year"]),
        Value(f"{body}, case {row['case']}" if row["case"] else body, own),
        Value(row["summary"], own),
    )


def wages(context: ProfileContext) -> Section:
    """Show minimum wages as found."""
    found = context.rows_for("minimum_wages", context.countries[0])
    if found.height == 0:
        return Section("wages", "Minimum wages", (context.no_data("minimum wage"),))
    ordered = found.sort("from_first", "value", "row_id", descending=[True, True, False], nulls_last=True)
    cells = [
        (
            Value(dates.written(row["from"]), (row["row_id"],)) if row["from"] else "in force when the source was read",
            Value(f"{wording.number(row['value'])} {row['currency']}", (row["row_id"],)),
            wording.label("wage_periods", row["per"]).lower(),
            Value(row["scope"], (row["row_id"],)),
        )
        for row in ordered.iter_rows(named=True)
    ]
    return Section(
        "wages",
        "Minimum wages",
        (
            table(
                "wages",
                f"{context.about}: minimum wages, nominal, as found",
                ["from", "#amount", "per", "whom it covers"],
                cells,
            ),
            warning("nominal_wages"),
        ),
    )
