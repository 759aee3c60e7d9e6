"""States of data sets that were fetched, read back without a network."""

from __future__ import annotations

import os
from datetime import date

import polars as pl

from socdialog.advice import unknown
from socdialog.errors import UsageError
from socdialog.inputs import text
from socdialog.sources.lock import LOCK, Lock, data_set_folder, read_lock, states
from socdialog.sources.reader import read_series
from socdialog.sources.series import is_modelled, with_kinds
from socdialog.sources.source_error import SourceError
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.study import find_study

Data = str | os.PathLike[str] | None
LATEST = "latest"


def read(data_set: str, *, vintage: str | date = LATEST, data: Data = None) -> pl.DataFrame:
    """Read a state of a data set that was fetched, without a network.

    Parameters
    ----------
    data_set
        Id, such as ``"ILR_TUMT_NOC_RT_A"``.
    vintage
        ``"latest"``, a release or its month (``"2026-02"``), or a day: the release that was the latest then.
    data
        The folder that holds ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    DataFrame
        Every row of the files, groups of countries (X-codes) included: ``area``, ``indicator``, ``series_source``,
        ``freq``, ``period``, ``year``, ``sex``, ``classif1``, ``classif2``, ``value`` (null = published without a
        value), ``obs_status``, ``notes``, ``best_source``, ``unit_mult``, ``vintage``, ``kind`` (reported, modelled,
        projected), ``is_group``.

    Raises
    ------
    UsageError
        When there is no such data set or release.
    SourceError
        When a file is not the one that was kept.

    Examples
    --------
    >>> sd.sources.ilostat.read("ILR_TUMT_NOC_RT_A")     # doctest: +SKIP
    """
    raw = find_study(data).raw
    text(data_set, name="data_set")
    lock = read_lock(data_set_folder(raw, data_set))
    if lock is None or not lock.snapshots:
        known = [one.data_set for one in states(raw)]
        hint = f"fetch it: socdialog fetch ilostat {data_set}"
        raise UsageError(unknown("data set in this study", data_set, known), hint=hint)
    chosen = _chosen(lock, vintage)
    frames = []
    for state in (one for one in lock.snapshots if one.vintage == chosen):
        content = (data_set_folder(raw, data_set) / state.file).read_bytes()
        if sha256_bytes(content) != state.sha256:
            raise SourceError("sha256", f"{state.file} is not the file that was kept", hint=f"restore it; see {LOCK}")
        modelled = is_modelled(data_set, state.label)
        frames.append(with_kinds(read_series(content, state.layout), modelled=modelled, vintage=state.vintage))
    found = pl.concat(frames).drop("line").unique(maintain_order=True)
    is_group = pl.col("area").str.starts_with("X")
    return found.with_columns(vintage=pl.lit(chosen), is_group=is_group).sort(found.columns, nulls_last=True)


def _chosen(lock: Lock, vintage: str | date) -> str:
    known = sorted({state.vintage for state in lock.snapshots})
    if isinstance(vintage, date):
        fitting = [one for one in known if one[:10] <= vintage.isoformat()]
    elif vintage == LATEST:
        fitting = known
    else:
        fitting = [one for one in known if one == vintage or one.startswith((f"{vintage}-", f"{vintage}T"))]
    if not fitting:
        raise UsageError(unknown("release", str(vintage), known), hint=f"releases: {', '.join(known)}")
    return fitting[-1]
