"""Tables for a notebook: a result or a frame with a caption, header scopes, n and known of n; nothing cut."""

from __future__ import annotations

import polars as pl

from socdialog.codebook import cldr
from socdialog.display import messages
from socdialog.display.display_block import DisplayBlock
from socdialog.display.html import render_table
from socdialog.display.parts import Column, Table
from socdialog.errors import UsageError
from socdialog.inputs import Frame, as_polars, text
from socdialog.products import flat
from socdialog.results import COLUMNS, Result

__all__ = ["frame", "result"]
__dir__ = __all__.copy


def result(found: Result, *, caption: str | None = None) -> DisplayBlock:
    """Show a result of a metric as a table, with what it does not measure below.

    Parameters
    ----------
    found
        The result.
    caption
        What the table shows; default: the definition of the metric.

    Returns
    -------
    DisplayBlock
        Displays itself in a notebook. Null values read "no data found", never zero.

    Raises
    ------
    UsageError
        When it is no result.

    Examples
    --------
    >>> sd.tables.result(sd.metrics.activity.events_by_year(sd.load_events(countries="KAZ")))     # doctest: +SKIP
    """
    if not isinstance(found, Result):
        raise UsageError(f"{type(found).__name__} is not a result", hint="sd.tables.frame shows any table")
    words = pl.Series("value", [_number(value) for value in found.frame.get_column("value")], dtype=pl.String)
    shown = found.frame.drop("evidence").with_columns(words)
    empty = [name for name in shown.columns if name in COLUMNS and shown.get_column(name).null_count() == shown.height]
    note = messages.words("chart.limitations", limitations=found.not_measured) if found.not_measured else ""
    return frame(shown.drop(empty), caption=found.definition if caption is None else caption, note=note)


def frame(data: Frame, *, caption: str, note: str = "") -> DisplayBlock:
    """Show a frame as a table, every row and every letter of it.

    Parameters
    ----------
    data
        A frame of any library; lists are joined by semicolons, nulls stay empty.
    caption, note
        What it shows, and small print below.

    Returns
    -------
    DisplayBlock
        Displays itself in a notebook.

    Raises
    ------
    UsageError
        When it is no frame, or has no caption.

    Examples
    --------
    >>> frame(pl.DataFrame({"country": ["KAZ"], "topics": [["wages", "hours"]]}), caption="Topics")
    Topics (1 row)
    """
    rows = flat(as_polars(data, name="data"))
    text(caption, name="caption")
    if note != "":
        text(note, name="note")
    columns = tuple(Column(name.replace("_", " "), numeric=dtype.is_numeric()) for name, dtype in rows.schema.items())
    cells = tuple(tuple(_text(cell) for cell in row) for row in rows.iter_rows())
    table = Table("table", caption, columns, cells, (note,) if note else ())
    return DisplayBlock(lambda: render_table(table), messages.words("chart.rows", n=rows.height, caption=caption))


def _number(value: float | None) -> str:
    return messages.words("chart.no_data") if value is None else cldr.number(value)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return cldr.number(cell) if isinstance(cell, float) else str(cell)
