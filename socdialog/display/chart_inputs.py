"""What charts are given: frames of any library, results, columns that exist, names for codes, one value a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl

from socdialog import codebook
from socdialog.display.messages import words
from socdialog.errors import UsageError
from socdialog.inputs import Frame, as_polars, column_names
from socdialog.results import Result

#: So many marks of one place are listed when they contradict each other.
_LISTED = 5
_DOTS = "sd.charts.dots shows a dot for each claim; or choose one value for each, and say which"


def chart_frame(frame: Frame, *columns: str) -> pl.DataFrame:
    """Return a frame of any library with the columns that a chart shows.

    Raises
    ------
    UsageError
        When it is no frame, or lacks a column.
    """
    found = as_polars(frame)
    column_names(columns, found.columns, name="columns")
    return found


def titles(frame: Frame, title: str | None, subtitle: str | None) -> tuple[str, str]:
    """Return the title and subtitle of a chart; those of a result are its definition, unit and release."""
    if isinstance(frame, Result):
        told = [
            words("chart.unit", unit=frame.unit) if frame.unit else "",
            words("chart.source", release=frame.release) if frame.release else "",
        ]
        return (
            frame.definition.partition(". ")[0].rstrip(".") if title is None else title,
            ". ".join(filter(None, told)) if subtitle is None else subtitle,
        )
    return title or "", subtitle or ""


def refuse_several(frame: pl.DataFrame, keys: Sequence[str], value: str, *, mark: str, hint: str = _DOTS) -> None:
    """Refuse several values at one place of a chart: they would be added up, or hide each other.

    Parameters
    ----------
    frame
        What the chart shows.
    keys
        Columns that say where a value is shown.
    value
        Column of the values.
    mark
        What a value is shown as, such as ``bar``.
    hint
        What may be done about it.

    Raises
    ------
    UsageError
        With each such place and its values.
    """
    several = (
        frame.drop_nulls(value)
        .group_by(keys)
        .agg(pl.col(value))
        .filter(pl.col(value).list.len() > 1)
        .sort(keys, nulls_last=True)
    )
    if several.is_empty():
        return
    lines = [
        f"{', '.join(str(row[key]) for key in keys)}: {', '.join(f'{one:g}' for one in row[value])}"
        for row in several.head(_LISTED).iter_rows(named=True)
    ]
    more = [f"and {several.height - _LISTED} more"] if several.height > _LISTED else []
    raise UsageError(
        f"one {mark} would show several values, added up or one over the other",
        details=[*lines, *more],
        hint=hint,
    )


def names_of(frame: pl.DataFrame, column: str) -> pl.Series:
    """Return the cells of a column by name: its labels where the frame has them, else those of its codes."""
    if f"{column}_label" in frame.columns:
        return frame.get_column(f"{column}_label").cast(pl.String).alias(column)
    cells = frame.get_column(column).cast(pl.String)
    labels = _labels(column, frozenset(cells.drop_nulls().unique()))
    return pl.Series(column, [None if cell is None else labels.get(cell, cell) for cell in cells], dtype=pl.String)


@cache
def _labels(column: str, codes: frozenset[str]) -> Mapping[str, str]:
    """Return the labels of codes by the vocabulary that a column of this name may have and that holds most of them."""
    vocabularies = {
        str(one.of)
        for table in codebook.tables().values()
        for name, one in table.every_column.items()
        if name == column and one.type in {"code", "codes"} and one.of is not None
    }
    found: list[dict[str, str]] = [
        {code: term.label for code, term in codebook.known_terms(vocabulary).items() if code in codes}
        for vocabulary in sorted(vocabularies)
    ]
    most = max(map(len, found), default=0)
    best = [labels for labels in found if len(labels) == most]
    # Of two vocabularies that fit as well, neither is taken, unless they say the same.
    return best[0] if best and all(labels == best[0] for labels in best) else {}
