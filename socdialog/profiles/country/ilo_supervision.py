"""What the supervisory bodies of the ILO said, by convention and year."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import wording
from socdialog.codebook.cldr import plural
from socdialog.display.parts import Part, Span, sentence
from socdialog.profiles.context import ProfileContext, count, counted, warning
from socdialog.profiles.listing import Row, ids, linked, text


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show comments, cases and missions, by convention and year."""
    found = context.rows_for("supervision").sort(
        "convention", "year", "body", "row_id", descending=[False, True, False, False], nulls_last=True
    )
    if found.height:
        yield from _comments(context, found)
        yield warning("supervision_counts")
    else:
        yield context.no_data("comments of supervisory bodies")


def _comments(context: ProfileContext, found: pl.DataFrame) -> Iterator[Part]:
    on = found.drop_nulls("convention")
    met = on.get_column("convention").unique().sort()
    titles = dict(context["conventions"].select("convention", "title").iter_rows())
    years = [str(year) for year in found.get_column("year").drop_nulls()]
    period = wording.period(min(years), max(years)) if years else "no year told"
    yield sentence(
        count(found, "comment, case or mission", "comments, cases and missions"),
        f" of {period} {plural(found.height, 'was', 'were')} read",
        *((", on ", counted(len(met), ids(on), "convention")) if len(met) else ()),
        ".",
    )
    yield context.listing(
        "supervision",
        "comments of supervisory bodies",
        found,
        {
            "convention": lambda row: row["convention"] or "none or several",
            "year": lambda row: str(row["year"]),
            "body": _body,
            "what it says, in short": text("summary"),
        },
        note="; ".join(f"{code}: {titles[code]}" for code in met if code in titles),
    )


def _body(row: Row) -> Span:
    body = wording.label("supervisory_bodies", row["body"])
    return linked(f"{body}, case {row['case']}" if row["case"] else body, row)
