"""Files of official series that a person downloaded: the same checks and the same lock as when they are fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from socdialog.advice import unknown
from socdialog.codebook import cldr
from socdialog.errors import UsageError
from socdialog.loaders.fresh import REFRESH_WAIT, Data
from socdialog.sources.bodies import unpacked
from socdialog.sources.descriptions import LANGUAGES, kept_description
from socdialog.sources.lock import ILOSTAT, data_set_folder, moment, read_lock
from socdialog.sources.reader import LAYOUTS, Layout, read_series
from socdialog.sources.sdmx_csv import OWN_AGENCY, flow_of
from socdialog.sources.snapshots import checked_vintage, keep
from socdialog.store.locks import locked
from socdialog.store.study import find_study

#: Parameter of a state of which it is not known whether it is a whole data set.
_PART = "file"


@dataclass(frozen=True, slots=True)
class ImportedSeries:
    """A file of official series, and the state of a data set that it is.

    Parameters
    ----------
    file, rows
        The file and its rows.
    data_set, vintage
        What it is a state of.
    written
        Whether it was kept now; `existed`: whether its content was there already.
    """

    file: str
    rows: int
    data_set: str
    vintage: str
    written: bool = False
    existed: bool = False

    def __str__(self) -> str:
        done = "already present" if self.existed else "kept" if self.written else "to keep; add --apply"
        return f"{self.file}: {cldr.counted(self.rows, 'row')}, {self.data_set}, release {self.vintage}: {done}"


def import_series(
    file: Path, layout: str, *, vintage: str | None = None, data: Data = None, apply: bool = False
) -> ImportedSeries:
    """Keep a downloaded file of official series as a state of its data set.

    Parameters
    ----------
    file
        CSV, CSV packed with gzip, or Parquet.
    layout
        ``ilostat`` or ``sdmx-csv``.
    vintage
        When the publisher last changed the data set; default: as the contents say that were kept, where the file has
        as many rows as they promise.
    data
        The folder that holds ``raw/``; see `find_study`.
    apply
        Whether to write; else the file is only checked.

    Raises
    ------
    UsageError
        For a file that is not there, an unknown layout, or an unknown release.
    SourceError
        With the cause, when the file is not whole or a cell is none of its kind.
    """
    if layout not in LAYOUTS:
        raise UsageError(unknown("layout", layout, LAYOUTS))
    chosen: Layout = "sdmx-csv" if layout == "sdmx-csv" else "ilostat"
    if not file.is_file():
        raise UsageError(f"there is no file {file}", hint="name a file that was downloaded")
    given = checked_vintage(vintage) if vintage is not None else None
    study = find_study(data)
    content = file.read_bytes()
    frame = read_series(content, chosen)
    publisher, label = _publisher(content, chosen)
    data_set = _data_set(frame)
    with locked(study.lock, wait=REFRESH_WAIT):
        last_update = _last_update(study.raw, data_set, frame.height) if publisher == ILOSTAT else None
        is_whole = last_update is not None and given in {None, moment(last_update).date().isoformat()}
        if given is None and last_update is None:
            hint = "add --vintage DATE: the date of the last update that the publisher shows"
            raise UsageError(f"{file.name} does not say when {data_set} was last changed", hint=hint)
        lock = read_lock(data_set_folder(study.raw, data_set, publisher=publisher))
        when = last_update if is_whole and last_update is not None else str(given)
        result = ImportedSeries(file.name, frame.height, data_set, given or moment(when).date().isoformat())
        if not apply:
            return result
        kept = keep(
            study.raw,
            lock,
            content,
            frame,
            {
                "data_set": data_set,
                "publisher": publisher,
                "publisher_label": label,
                "file": _ending(content),
                "layout": chosen,
                "last_update": when,
                "address": file.name,
                "parameters": {} if is_whole else {_PART: file.name},
                "retrieved": date.today().isoformat(),  # noqa: DTZ011 - the day here
                "vintage": given,
            },
        )
    state = kept.state
    return ImportedSeries(file.name, state.rows, data_set, state.vintage, written=kept.is_new, existed=not kept.is_new)


def _publisher(content: bytes, layout: Layout) -> tuple[str, str]:
    """Return the folder and the name of the publisher: ILOSTAT, or the agency of a data flow."""
    agency = flow_of(unpacked(content))[0] if layout == "sdmx-csv" else OWN_AGENCY
    return (ILOSTAT, "ILOSTAT") if agency == OWN_AGENCY else (agency.lower(), agency)


def _data_set(frame: pl.DataFrame) -> str:
    """Return the id of the data set that a file is of: of one indicator, or of one area, and one frequency."""
    frequencies, indicators, areas = (frame[name].unique().sort() for name in ("freq", "indicator", "area"))
    if frame.is_empty() or len(frequencies) != 1:
        reason = "has no rows" if frame.is_empty() else f"holds {len(frequencies)} frequencies"
        raise UsageError(f"the file {reason}", hint="import one data set of one frequency at a time")
    if len(indicators) != 1 and len(areas) != 1:
        raise UsageError(
            f"the file holds {len(indicators)} indicators of {len(areas)} areas", hint="import one at a time"
        )
    return f"{(indicators if len(indicators) == 1 else areas)[0]}_{frequencies[0]}"


def _last_update(raw: Path, data_set: str, rows: int) -> str | None:
    """Return the last change that the kept contents print of a data set of so many rows."""
    for by in ("indicator", "ref_area"):
        for lang in LANGUAGES:
            kept = kept_description(raw, "contents", f"{by}.{lang}")
            found = None if kept is None else kept[0].filter(pl.col("id") == data_set)
            if (
                found is not None
                and found.height
                and "n.records" in found.columns
                and int(float(found["n.records"][0] or 0)) == rows
            ):
                return str(found["last.update"][0])
    return None


def _ending(content: bytes) -> str:
    return "csv.gz" if content.startswith(b"\x1f\x8b") else "parquet" if content.startswith(b"PAR1") else "csv"
