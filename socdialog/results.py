"""The tidy result of a metric: each value with its unit, n, known of n, bounds and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import polars as pl

#: Columns every result ends with, after the columns that say what the row is about.
COLUMNS: dict[str, pl.DataType] = {
    "value": pl.Float64(),
    "unit": pl.String(),
    "n": pl.Int64(),
    "known": pl.Int64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "evidence": pl.List(pl.String()),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a metric found.

    Parameters
    ----------
    name
        Name of the metric, with its unit.
    frame
        One row per value: columns that say what the row is about, then ``value`` (null = cannot be
        said), ``unit``, ``n`` (records looked at), ``known`` (those of them in which the field is
        known), ``low`` and ``high`` (bounds, null = none) and ``evidence`` (row ids).
    definition
        What is measured, in one or two sentences, with the source of the definition.
    not_measured
        What it does not measure.
    """

    name: str
    frame: pl.DataFrame
    definition: str
    not_measured: str = ""

    def __post_init__(self) -> None:
        missing = [column for column in COLUMNS if column not in self.frame.columns]
        if missing:
            raise ValueError(f"{self.name}: the result lacks {', '.join(missing)}")

    @property
    def about(self) -> list[str]:
        """Names of the columns that say what a row is about."""
        return [column for column in self.frame.columns if column not in COLUMNS]

    def value(self) -> float | None:
        """Return the one value of a result of one row."""
        if self.frame.height != 1:
            raise ValueError(f"{self.name} has {self.frame.height} values; read .frame")
        found = self.frame.get_column("value")[0]
        return None if found is None else float(found)

    def _repr_html_(self) -> str:
        note = f"<p>{escape(self.definition)}</p>"
        if self.not_measured:
            note += f"<p>Does not measure: {escape(self.not_measured)}</p>"
        return f"<h4>{escape(self.name)}</h4>{note}{self.frame._repr_html_()}"


def tidy(frame: pl.DataFrame, *, unit: str) -> pl.DataFrame:
    """Complete `frame` to the columns of a result, in their order and types.

    `frame` has ``value`` and whatever else is known; what is missing becomes null, and ``evidence``
    an empty list. Rows keep their order.
    """
    about = [column for column in frame.columns if column not in COLUMNS]
    missing = {"unit": pl.lit(unit), "evidence": pl.lit([], dtype=COLUMNS["evidence"])}
    filled = [
        (pl.col(name) if name in frame.columns else missing.get(name, pl.lit(None))).cast(dtype).alias(name)
        for name, dtype in COLUMNS.items()
    ]
    # A row of one's own table may have no id.
    return frame.select(*about, *filled).with_columns(pl.col("evidence").list.drop_nulls())
