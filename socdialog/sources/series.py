"""Reading series honestly: what was modelled, where a line breaks, shares of one total, and what parts add up to."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.codebook.reviewed_files import reviewed
from socdialog.inputs import Frame, as_polars, choice, column_names

#: What a value can be.
REPORTED, MODELLED, PROJECTED = "reported", "modelled", "projected"
#: Columns that identify a series, whatever survey its values come from.
SERIES = ("area", "indicator", "freq", "sex", "classif1", "classif2")
_CLASSES = ("sex", "classif1", "classif2")
#: A code of a total; a code of the section T (households as employers) is none.
TOTAL = r"(_TOTAL|^SEX_T)$"


def is_modelled(data_set: str, label: str) -> bool:
    """Say whether a data set holds modelled estimates, by its id and its name in the contents."""
    marks = reviewed("ilostat.yaml")["modelled"]
    return bool(pl.select(pl.lit(data_set).str.contains(marks["ids"])).item()) or any(
        name in label.casefold() for name in marks["names"]
    )


def with_kinds(frame: pl.DataFrame, *, modelled: bool, vintage: str) -> pl.DataFrame:
    """Add ``kind``: ``reported``, ``modelled`` or ``projected``.

    Parameters
    ----------
    frame
        A series table.
    modelled
        Whether the data set is one of modelled estimates; else the status of each value decides.
    vintage
        The release: its own year and later ones are projected, where the data set is modelled.
    """
    is_model = pl.lit(modelled) | (pl.col("obs_status") == "M").fill_null(value=False)
    is_ahead = pl.lit(modelled) & (pl.col("year") >= int(vintage[:4]))
    kind = pl.when(is_ahead).then(pl.lit(PROJECTED)).when(is_model).then(pl.lit(MODELLED)).otherwise(pl.lit(REPORTED))
    return frame.with_columns(kind=kind)


def with_lines(frame: Frame) -> pl.DataFrame:
    """Add ``segment``, a number from 1: values of one series with the same number may be joined by a line.

    A new one begins where the survey changes, at a break (status B), at a missing period, and where values stop
    being reported and are modelled or projected.

    Parameters
    ----------
    frame
        A series table, as `read` returns it.

    Returns
    -------
    DataFrame
        The table, sorted, with ``segment``.

    Raises
    ------
    UsageError
        For a table that lacks a column of a series.

    Examples
    --------
    >>> sd.sources.ilostat.with_lines(sd.sources.ilostat.read("ILR_TUMT_NOC_RT_A"))     # doctest: +SKIP
    """
    frame = _with(frame, "freq", "year", "period", "series_source", "kind", "obs_status")
    ordinal = (
        pl.when(pl.col("freq") == "Q")
        .then(pl.col("year") * 4 + pl.col("period").str.extract(r"Q(\d)$").cast(pl.Int64, strict=False))
        .when(pl.col("freq") == "M")
        .then(pl.col("year") * 12 + pl.col("period").str.extract(r"-(\d{2})$").cast(pl.Int64, strict=False))
        .otherwise("year")
    )
    series = [name for name in SERIES if name in frame.columns]
    rows = frame.sort(*series, "period", "series_source", nulls_last=True).with_columns(ordinal.alias("_at"))
    before = [pl.col(name).shift(1).over(series) for name in ("series_source", "kind", "_at")]
    breaks = (
        pl.col("series_source").ne_missing(before[0])
        | pl.col("kind").ne_missing(before[1])
        | (pl.col("_at") - before[2] != 1).fill_null(value=True)
        | (pl.col("obs_status") == "B").fill_null(value=False)
    )
    return rows.with_columns(segment=breaks.cast(pl.Int64).cum_sum().over(series)).drop("_at")


def _scheme(column: str) -> pl.Expr:
    """Return the classification that a code is of, such as ``ECO_ISIC4``: codes of two of them overlap."""
    return pl.col(column).str.extract(r"^([^_]+(?:_[^_]+)*?)_[^_]+$").fill_null(pl.col(column))


def shares(frame: Frame, *, of: str) -> pl.DataFrame:
    """Add ``share_pct``: each part in per cent of the total of the same classification, period and survey.

    Parameters
    ----------
    frame
        A series table of counts.
    of
        The column of the parts: ``sex``, ``classif1`` or ``classif2``.

    Returns
    -------
    DataFrame
        The parts; ``share_pct`` is null where the total is missing, without a value or zero.

    Raises
    ------
    UsageError
        When `of` is not a classification.

    Examples
    --------
    >>> sd.sources.ilostat.shares(sd.sources.ilostat.read("EMP_TEMP_SEX_ECO_NB_A"), of="classif1")     # doctest: +SKIP
    """
    frame, same = _by_class(frame, of)
    is_total = pl.col(of).str.contains(TOTAL)
    rows = frame.drop_nulls(of).with_columns(_scheme(of).alias("_scheme"))
    totals = rows.filter(is_total).select(*same, "_scheme", pl.col("value").alias("_total"))
    share = pl.when(pl.col("_total") > 0).then(pl.col("value") / pl.col("_total") * 100)
    parts = rows.filter(~is_total).join(
        totals, on=[*same, "_scheme"], how="left", nulls_equal=True, maintain_order="left"
    )
    return parts.with_columns(share_pct=share).drop("_scheme", "_total")


def sections_add_up_to(frame: Frame, *, of: str) -> pl.DataFrame:
    """Return what the parts of each classification add up to: a measure of its own, which replaces no total.

    Parameters
    ----------
    frame, of
        As for `shares`.

    Returns
    -------
    DataFrame
        A row per classification, period and survey: ``scheme``, ``sections_add_up_to`` (null where a part has no
        value), ``parts``, and ``total`` as published, or null.

    Raises
    ------
    UsageError
        When `of` is not a classification, or the table lacks it.

    Examples
    --------
    >>> employed = sd.sources.ilostat.read("EMP_TEMP_SEX_ECO_NB_A")     # doctest: +SKIP
    >>> sd.sources.ilostat.sections_add_up_to(employed, of="classif1")     # doctest: +SKIP
    """
    frame, same = _by_class(frame, of)
    is_total = pl.col(of).str.contains(TOTAL)
    rows = frame.drop_nulls(of).with_columns(_scheme(of).alias("scheme"))
    whole = rows.group_by(*same, "scheme").agg(
        pl.when((~is_total & pl.col("value").is_null()).any().not_() & (~is_total).any())
        .then(pl.col("value").filter(~is_total).sum())
        .alias("sections_add_up_to"),
        (~is_total).sum().cast(pl.Int64).alias("parts"),
        pl.col("value").filter(is_total).first().alias("total"),
    )
    return whole.sort(*same, "scheme", nulls_last=True)


def _with(frame: Frame, *needed: str) -> pl.DataFrame:
    """Return a series table of any library, after refusing one that lacks a column."""
    found = as_polars(frame, name="frame")
    column_names(needed, found.columns, name="frame")
    return found


def _by_class(frame: Frame, of: str) -> tuple[pl.DataFrame, Sequence[str]]:
    """Return a series table, and what tells the totals of a classification apart."""
    frame = _with(frame, choice(of, _CLASSES, what="classification"), "value")
    about = ("area", "indicator", "freq", "period", "series_source", "best_source", "vintage", *_CLASSES)
    return frame, [name for name in about if name != of and name in frame.columns]
