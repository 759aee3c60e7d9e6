"""Ratified conventions by country: one sign a cell, with the year; the profiles have the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from socdialog.codebook import cldr
from socdialog.display.addresses import profile_page
from socdialog.display.convention_names import short_name
from socdialog.display.messages import words
from socdialog.display.parts import Cell, Column, Part, Value, table
from socdialog.display.prose import FIXED_SPACE
from socdialog.metrics import standards as metric
from socdialog.profiles.comparison.countries import MANY, linked
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.standards import counted_groups

__all__ = ["counted_groups", "parts", "sign"]

#: The sign of a status; of one without a sign, and of none, a dash.
_SIGNS = {"in_force": "●", "not_in_force": "◔", "not_ratified": "○", "law_only": "◐", "denounced": "✕"}
_NONE = "–"


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show which fundamental and governance conventions are in force in which country."""
    matrix = context.measured(metric.ratification_matrix, countries=list(context.by_name), as_of=context.as_of)
    if matrix.height == 0:
        yield context.no_data(words("comparison.conventions"))
        return
    recorded = context["ratifications"].select("country", "convention", "status").iter_rows()
    known = {(country, convention): status for country, convention, status in recorded}
    cells = {
        (row["country"], row["convention"]): sign(row, known.get((row["country"], row["convention"])))
        for row in matrix.iter_rows(named=True)
    }
    titles = {
        code: short_name(code, title)
        for code, title in matrix.select("convention", "title").unique(maintain_order=True).iter_rows()
    }
    caption = words("comparison.matrix", date=cldr.date(context.edition))
    note = words("comparison.matrix_key")
    if len(context.countries) > MANY:
        heads: list[str | Column] = [words("comparison.country"), *(_short(code) for code in titles)]
        rows: list[list[Cell]] = [
            [linked(context, country, "conventions"), *(cells[country, code] for code in titles)]
            for country in context.by_name
        ]
    else:
        heads = [
            words("comparison.convention_head"),
            *(Column(country, to=f"{profile_page(country)}#conventions") for country in context.by_name),
        ]
        rows = [[title, *(cells[country, code] for country in context.by_name)] for code, title in titles.items()]
        rows.append([words("comparison.in_force_total"), *(_total(matrix, country) for country in context.by_name)])
    yield table("matrix", caption, heads, rows, note=note)


def sign(row: Mapping[str, Any], recorded: str | None) -> str:
    r"""Return the sign of a status on the day, with its year.

    Parameters
    ----------
    row
        A row of the matrix.
    recorded
        The status that the data record, which may be out of date on the day.

    Examples
    --------
    >>> sign({"value": 1, "status": "in_force", "ratified_on": "1992-07-13", "status_as_of": "2024"}, "in_force")
    '●\xa01992'
    """
    if row["value"] == 1:
        return FIXED_SPACE.join(("●", *(_year(row["ratified_on"]) or (_NONE,))))
    if row["value"] is None and recorded in _SIGNS and recorded != "in_force":
        return f"{_NONE} ({FIXED_SPACE.join((_SIGNS[recorded], *_year(row['status_as_of'])))})"
    if row["status"] in _SIGNS and row["value"] is not None:
        return FIXED_SPACE.join((_SIGNS[row["status"]], *_year(row["status_as_of"])))
    return _NONE


def _year(date: str | None) -> tuple[str, ...]:
    return () if date is None else (date[:4],)


def _short(code: str) -> str:
    return words(f"comparison.short_{code[0]}", number=_number(code))


def _number(code: str) -> str:
    return code[1:].lstrip("0")


def _total(matrix: pl.DataFrame, country: str) -> Value:
    """Count the conventions in force; a protocol is listed and not counted."""
    own = matrix.filter((pl.col("country") == country) & ~pl.col("apart"))
    in_force = own.filter(pl.col("value") == 1).height
    text = words("comparison.of", part=str(in_force), whole=str(own.height))
    return Value(text.replace(" ", FIXED_SPACE), to=f"{profile_page(country)}#conventions")
