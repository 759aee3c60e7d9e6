"""Files of official series in the one form that the project works with: ILOSTAT's own and SDMX-CSV 1.0 and 2.0.

Columns of a series table, whatever the file:

=================  ==================================================================
column             content
=================  ==================================================================
area               country (ISO 3166-1 alpha-3) or group of countries (X-code)
indicator          code, without the frequency
series_source      survey or register behind the value, as the publisher codes it
freq, period       ``A``, ``Q`` or ``M``; ``2017``, ``2017-Q1`` or ``2017-01``
year               of the period
sex, classif1, …   codes of the classifications
value              as published; null = published without a value
obs_status         letter of the publisher; null = none
notes              codes of notes, joined by ``_``
best_source        ``yes``, ``no`` or null = not stated
unit_mult          power of ten by which the value counts; null = that of the catalogue
line               row of the file, the header being 1
=================  ==================================================================
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Literal

import polars as pl

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.sources.bodies import is_parquet, refuse_ragged, unpacked
from socdialog.sources.sdmx_csv import sdmx_cells
from socdialog.sources.source_error import SourceError

Layout = Literal["ilostat", "sdmx-csv"]
LAYOUTS: tuple[Layout, ...] = ("ilostat", "sdmx-csv")

_TEXTS = ("area", "indicator", "series_source", "freq", "period")
_MORE = ("sex", "classif1", "classif2", "value", "obs_status", "notes", "best_source", "unit_mult", "line")
#: Columns of a series table, in their order.
COLUMNS = (*_TEXTS, "year", *_MORE)
#: Columns that identify a row within one release.
KEY = ("area", "indicator", "period", "sex", "classif1", "classif2", "series_source", "best_source", "notes")
#: Columns of ILOSTAT's code type; those that are empty in all rows are left out of a file.
NEEDED = ("ref_area", "source", "indicator", "time", "obs_value")
_NOTES = ("note_classif", "note_indicator", "note_source")
KNOWN = (*NEEDED, "sex", "classif1", "classif2", "obs_status", *_NOTES, "best_source")
_LABEL = ".label"
#: Rows of a Parquet file that are read at one time.
AT_ONCE = 500_000
#: Forms of a period: of the data service, and of SDMX.
_PERIOD = r"^(\d{4})(?:-?(Q)([1-4])|-?(M)(0[1-9]|1[0-2])|(-)(0[1-9]|1[0-2])|-(A1))?$"
_AREA = r"^[A-Z][A-Z0-9_]{2,}$"
_FLAGS = {"1": "yes", "0": "no", "TRUE": "yes", "FALSE": "no", "true": "yes", "false": "no"}


def read_series(content: bytes, layout: Layout = "ilostat") -> pl.DataFrame:
    """Return the rows of a file as a series table, checked cell by cell.

    Parameters
    ----------
    content
        The file: CSV, CSV packed with gzip, or Parquet.
    layout
        ``ilostat`` (type ``code`` or ``both``) or ``sdmx-csv``.

    Raises
    ------
    SourceError
        With the cause: the file is not whole, a column is missing or unknown, a cell is none of its kind.
    """
    return pl.concat(read_in_parts(content, layout))


def read_in_parts(content: bytes, layout: Layout = "ilostat") -> Iterator[pl.DataFrame]:
    """Yield the rows of a file as series tables, of Parquet `AT_ONCE` rows each: some millions need little memory.

    Whether two rows have one key is known only behind the last part: until then nothing read may be used.

    Raises
    ------
    SourceError
        As `read_series`.
    """
    body = unpacked(content)
    hashes: list[pl.Series] = []
    for part in _typed_parts(body, layout):
        hashes.append(part.select(KEY).hash_rows())
        yield part
    every = pl.concat(hashes)
    if every.n_unique() < len(every):
        met = every.filter(every.is_duplicated()).unique()
        alike = (part.filter(part.select(KEY).hash_rows().is_in(met.implode())) for part in _typed_parts(body, layout))
        _refuse_repeated(pl.concat(alike))


def _typed_parts(body: bytes, layout: Layout) -> Iterator[pl.DataFrame]:
    if layout == "sdmx-csv":
        yield _typed(sdmx_cells(body), may_have_empty=b'"' in body)
    elif is_parquet(body):
        for start, cells in _parquet(body):
            yield _typed(_without_labels(cells), may_have_empty=True, start=start)
    else:
        yield _typed(_without_labels(_csv(body)), may_have_empty=b'"' in body)


def _typed(cells: pl.DataFrame, *, may_have_empty: bool, start: int = 0) -> pl.DataFrame:
    if may_have_empty:
        texts = [name for name, dtype in cells.schema.items() if dtype == pl.String]
        cells = cells.with_columns(pl.col(texts).replace("", None))
    refuse_columns(cells.columns, known=(*KNOWN, "freq", "unit_mult"))
    return typed_series(cells, start=start)


def refuse_columns(given: Sequence[str], *, known: Sequence[str], promised: Sequence[str] = ()) -> None:
    """Refuse a header that lacks a column or has an unknown one.

    Raises
    ------
    SourceError
        Naming the first wrong column.
    """
    for name in given:
        if name not in known:
            raise SourceError("unknown_column", unknown("column of official series", name, known))
    for name in (*NEEDED, *promised):
        if name not in given:
            raise SourceError("missing_column", f"the column {name!r} is missing; the file has {', '.join(given)}")


def _csv(body: bytes) -> pl.DataFrame:
    try:
        cells = pl.read_csv(io.BytesIO(body), infer_schema=False, raise_if_empty=False)
    except pl.exceptions.PolarsError as problem:
        raise SourceError("ragged_lines", f"the lines do not fit the header: {problem}", again=True) from None
    except OSError:
        # Polars unpacks what begins as packed data do, whatever it is.
        raise SourceError("no_text", "the answer is not text but packed data that are no gzip", again=True) from None
    labelled = any(name.endswith(_LABEL) for name in cells.columns)
    refuse_ragged(body, cells.height, width=cells.width, separator=b",", coded=not labelled)
    return cells


def _parquet(body: bytes) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield some rows at a time, each time with the number of rows before them; of an empty file none, once."""
    try:
        rows = pl.scan_parquet(io.BytesIO(body))
        height = rows.select(pl.len()).collect(engine="in-memory").item()
        for start in range(0, max(height, 1), AT_ONCE):
            cells = rows.slice(start, AT_ONCE).collect(engine="in-memory")
            texts = [name for name, dtype in cells.schema.items() if dtype != pl.String and name != "obs_value"]
            yield start, cells.with_columns(_as_text(cells, name) for name in texts)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as problem:
        # With the latter polars ends on bytes inside a page that it did not expect.
        raise SourceError("damaged_parquet", f"the Parquet data cannot be read: {problem}", again=True) from None


def _as_text(cells: pl.DataFrame, name: str) -> pl.Expr:
    """Return a column as text: years and flags may be whole numbers that are kept as floats."""
    column = pl.col(name)
    if cells.schema[name].is_float():
        column = column.cast(pl.Int64, strict=False)
    return column.cast(pl.Int8 if cells.schema[name] == pl.Boolean else cells.schema[name]).cast(pl.String)


def _without_labels(cells: pl.DataFrame) -> pl.DataFrame:
    """Drop columns of labels; a file that has labels only cannot be read."""
    labels = [name for name in cells.columns if name.endswith(_LABEL)]
    if labels and "ref_area" not in cells.columns:
        raise SourceError(
            "labels_only", "the file holds labels without codes", hint="download it with type=code or both"
        )
    return cells.drop(name for name in labels if name.removesuffix(_LABEL) in KNOWN)


def typed_series(cells: pl.DataFrame, *, start: int = 0) -> pl.DataFrame:
    """Return the codes of a file, or of those of its rows that `start` others precede, as a series table.

    Raises
    ------
    SourceError
        With the first cell that is none of its kind, and its row.
    """
    lacking = [name for name in (*KNOWN, "freq", "unit_mult") if name not in cells.columns]
    frame = cells.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking)
    frame = frame.with_columns(line=pl.int_range(start + 2, start + 2 + pl.len(), dtype=pl.Int64))
    frame = _with_periods(frame)
    area, status, best = pl.col("ref_area"), pl.col("obs_status"), pl.col("best_source")
    _refuse_first(frame, "ref_area", ~area.str.contains(_AREA), "is not an area code")
    _refuse_first(
        frame, "obs_status", ~status.is_in(list(codebook.vocabulary("obs_statuses"))), "is not an observation status"
    )
    _refuse_first(frame, "best_source", ~best.is_in(list(_FLAGS)), "is neither 0 nor 1")
    _refuse_first(frame, "unit_mult", ~pl.col("unit_mult").str.contains(r"^-?\d$"), "is not a power of ten")
    for name in ("ref_area", "indicator", "time"):
        if frame[name].null_count():
            line = frame.filter(pl.col(name).is_null())["line"][0]
            raise SourceError("empty_cell", f"row {line}: {name} is empty")
    return frame.select(
        pl.col("ref_area").alias("area"),
        "indicator",
        pl.col("source").alias("series_source"),
        pl.coalesce("freq", "freq_of_time").alias("freq"),
        "period",
        "year",
        "sex",
        "classif1",
        "classif2",
        _numbers(frame),
        "obs_status",
        _joined_notes(frame),
        best.replace_strict(_FLAGS, default=None, return_dtype=pl.String),
        pl.col("unit_mult").cast(pl.Int64),
        "line",
    )


def _with_periods(frame: pl.DataFrame) -> pl.DataFrame:
    """Add what the column ``time`` means: ``year``, ``period`` and ``freq_of_time``."""
    years = frame["time"].cast(pl.Int64, strict=False)
    if (
        years.null_count() == 0
        and years.is_between(1000, 9999).all()
        and (frame["time"].str.len_bytes() == len("2017")).all()
    ):
        return frame.with_columns(years.alias("year"), period="time", freq_of_time=pl.lit("A"))
    return frame.join(_periods(frame), on="time", how="left", maintain_order="left")


def _periods(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what each text of the column ``time`` means; few texts are repeated in many rows."""
    times = frame.select("time").unique().drop_nulls().sort("time")
    parts = pl.col("time").str.extract_groups(_PERIOD)
    found = (
        times.with_columns(part=parts)
        .with_columns(pl.col("part").struct.rename_fields([f"p{place}" for place in range(1, 9)]))
        .unnest("part")
    )
    wrong = found.filter(pl.col("p1").is_null())
    if wrong.height:
        text = wrong["time"][0]
        line = frame.filter(pl.col("time") == text)["line"][0]
        hint = "periods are 2017, 2017Q1 or 2017M01"
        raise SourceError("unknown_period", f"row {line}: time: {text!r} is not a year, quarter or month", hint=hint)
    month = pl.coalesce("p5", "p7")
    return found.select(
        "time",
        pl.when(pl.col("p2").is_not_null())
        .then(pl.lit("Q"))
        .when(month.is_not_null())
        .then(pl.lit("M"))
        .otherwise(pl.lit("A"))
        .alias("freq_of_time"),
        pl.when(pl.col("p2").is_not_null())
        .then(pl.format("{}-Q{}", "p1", "p3"))
        .when(month.is_not_null())
        .then(pl.format("{}-{}", "p1", month))
        .otherwise("p1")
        .alias("period"),
        pl.col("p1").cast(pl.Int64).alias("year"),
    )


def _numbers(frame: pl.DataFrame) -> pl.Expr:
    """Return the values as numbers, once each is known to be one."""
    value = pl.col("obs_value")
    if frame.schema["obs_value"] != pl.String:
        _refuse_first(frame, "obs_value", ~value.is_finite(), "is not a number")
        return value.cast(pl.Float64).alias("value")
    numbers = frame["obs_value"].cast(pl.Float64, strict=False)
    if numbers.null_count() > frame["obs_value"].null_count() or not numbers.is_finite().all():
        _refuse_first(
            frame,
            "obs_value",
            value.cast(pl.Float64, strict=False).is_finite().not_().fill_null(value.is_not_null()),
            "is not a number",
        )
    return pl.lit(numbers).alias("value")


def _joined_notes(frame: pl.DataFrame) -> pl.Expr:
    filled = [name for name in _NOTES if frame[name].null_count() < frame.height]
    if len(filled) == 1:
        return pl.col(filled[0]).alias("notes")
    joined = pl.concat_str(filled, separator="_", ignore_nulls=True) if filled else pl.lit("")
    return joined.replace("", None).alias("notes")


def _refuse_first(frame: pl.DataFrame, column: str, is_wrong: pl.Expr, what: str) -> None:
    """Refuse the first cell of a column for which an expression holds; an empty cell is none."""
    if frame[column].null_count() == frame.height:
        return
    # Few codes are repeated in many rows.
    wrong = frame.select(pl.col(column).unique()).filter(is_wrong.fill_null(value=False))
    if wrong.height:
        line, cell = frame.filter(pl.col(column).is_in(wrong[column].implode())).select("line", column).row(0)
        raise SourceError(f"wrong_{column}", f"row {line}: {column}: {cell!r} {what}")


def _refuse_repeated(alike: pl.DataFrame) -> None:
    """Refuse two values for one area, period, classification and source among rows whose keys have one hash."""
    repeated = alike.filter(alike.select(KEY).is_duplicated())
    if repeated.height:
        first = repeated.row(0, named=True)
        key = ", ".join(str(first[name]) for name in KEY if first[name] is not None)
        raise SourceError("repeated_row", f"row {first['line']}: two rows have the key {key}")
