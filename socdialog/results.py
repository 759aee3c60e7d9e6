"""The tidy result of a metric: each value with its unit, n, known of n, bounds and evidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

import polars as pl

import socdialog
from socdialog.errors import UsageError
from socdialog.products import Product

if TYPE_CHECKING:
    import altair as alt

    from socdialog.display.display_block import DisplayBlock

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
class Result(Product):
    """What a metric found.

    Parameters
    ----------
    name
        Name of the metric, with its unit.
    frame
        One row per value: columns that identify the row, then ``value`` (null = cannot be
        computed), ``unit``, ``n`` (records examined), ``known`` (those of them in which the field is
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

    def _exported(self) -> pl.DataFrame:
        return self.frame

    @property
    def keys(self) -> list[str]:
        """Names of the columns that identify a row."""
        return [column for column in self.frame.columns if column not in COLUMNS]

    @property
    def unit(self) -> str:
        """The unit of the values, or the units where there are several."""
        return ", ".join(sorted(filter(None, self.frame.get_column("unit").unique())))

    @property
    def release(self) -> str:
        """The publishers and releases of official values; empty where the values are of the collection."""
        if not {"source", "vintage"} <= set(self.frame.columns):
            return ""
        pairs = self.frame.select("source", "vintage").drop_nulls("source").unique().sort("source", "vintage")
        return "; ".join(
            source if vintage is None else f"{source}, {vintage} release" for source, vintage in pairs.iter_rows()
        )

    @property
    def about(self) -> Mapping[str, str]:
        """What the values are, and how to cite them."""
        told = {
            "definition": self.definition,
            "unit": self.unit,
            "not_measured": self.not_measured,
            "release": self.release,
            "citation": self.cite(),
        }
        return {name: text for name, text in told.items() if text}

    def value(self) -> float | None:
        """Return the one value of a result of one row.

        Raises
        ------
        UsageError
            When it has several values, or none.
        """
        if self.frame.height != 1:
            raise UsageError(f"{self.name} has {self.frame.height} values", hint="read .frame")
        found = self.frame.get_column("value")[0]
        return None if found is None else float(found)

    def sources(self, *, data: str | os.PathLike[str] | None = None) -> pl.DataFrame:
        """Return the sources that the values are based on: titles, publishers, dates, links and rows.

        Parameters
        ----------
        data
            The folder that holds ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

        Raises
        ------
        UsageError
            When the values were made of a table whose rows have no ids.

        Examples
        --------
        >>> sd.metrics.activity.events_by_year(sd.load_events()).sources()     # doctest: +SKIP
        """
        if self.frame.get_column("evidence").list.len().sum() == 0:
            raise UsageError(
                f"{self.name}: no value names the rows that it is based on",
                hint="a table whose rows have a row_id, such as a load function returns, gives its rows as evidence",
            )
        found: pl.DataFrame = _shown_by("loaders.sources_of:sources_of")(self, data=data)
        return found

    def cite(self) -> str:
        """Return how to cite the values: what they are, their release and the version of the library."""
        release = f"Source: {self.release}" if self.release else ""
        parts = (self.definition.rstrip("."), release, f"Computed with socdialog {socdialog.__version__}")
        return f"{'. '.join(filter(None, parts))}."

    def table(self, *, caption: str | None = None) -> DisplayBlock:
        """Return the values as a table for a notebook, with what it does not measure below."""
        block: DisplayBlock = _shown_by("display.tables:result")(self, caption=caption)
        return block

    def chart(self, *, title: str | None = None) -> alt.LayerChart:
        """Return the values as a chart that fits them: a line by year, or a bar or a dot for each value.

        Raises
        ------
        UsageError
            When no single chart fits; `sd.charts` has more.
        """
        drawn: alt.LayerChart = _shown_by("display.result_charts:chart_of")(self, title=title)
        return drawn

    def _repr_html_(self) -> str:
        note = f"<p>{escape(self.definition)}</p>"
        if self.not_measured:
            note += f"<p>Limitations: {escape(self.not_measured)}</p>"
        return f"<h4>{escape(self.name)}</h4>{note}{self.frame._repr_html_()}"


def _shown_by(name: str) -> Callable[..., Any]:
    """Return a function of a room above this one, by its name: a result is made below the rooms that show it."""
    found: Callable[..., Any] = resolve_name(f"socdialog.{name}")
    return found


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


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure of a country: one value with what belongs to it, or which absence it is.

    Parameters
    ----------
    key
        Which key figure it is.
    availability
        ``published``; or the absence: ``not_published``, ``published_without_value``, ``only_parts``, ``no_data``.
    value, total, missing, outdated
        The value; of a count, among how many, for how many of these there are no data, and for how many the data are
        out of date.
    unit, currency, counted, qualifier
        Codes of its unit or period of pay and of its currency; what is counted (gross or net); how its source
        qualifies it.
    start, end, date
        First and last day of what has a period; the day, month or year that it is for. Dates of reduced precision.
    publisher, release
        Who publishes an official value, in which release.
    modelled
        Whether an official value comes from a model.
    whom, direction, group, body
        Of whom a percentage is a share; which way is better; the group of conventions; the agreement or organisation.
    evidence
        The rows that it is based on.
    """

    key: str
    availability: str = "published"
    value: float | None = None
    total: float | None = None
    missing: float | None = None
    outdated: float | None = None
    unit: str | None = None
    currency: str | None = None
    counted: str | None = None
    qualifier: str | None = None
    start: str | None = None
    end: str | None = None
    date: str | None = None
    publisher: str = ""
    release: str = ""
    modelled: bool = False
    whom: str = ""
    direction: str = ""
    group: str = ""
    body: str = ""
    evidence: tuple[str, ...] = ()
