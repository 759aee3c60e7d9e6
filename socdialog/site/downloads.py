"""The data of a site to take away: each table as CSV and as Parquet, described by one data package.

A CSV file is opened in a spreadsheet sooner or later, so a text that a spreadsheet would run as a
formula is written with an apostrophe before it, as readers are told; the Parquet copy has the text as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from socdialog import codebook
from socdialog.display.messages import words
from socdialog.site.page_shell import SiteInfo
from socdialog.store import datapackage
from socdialog.store.datapackage import DataFile
from socdialog.store.files import write_staged
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.snapshot import parquet_bytes
from socdialog.store.study import Notes

_FORMULA = r"^[=+\-@\t\r＝＋－＠]"
_NUMBER = r"^[+\-]?\d+(?:[.,]\d+)?%?$"


def spreadsheet_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` as it is written to CSV: lists joined, texts safe for a spreadsheet."""
    joined = frame.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String).str.replace_all(";", ",", literal=True)).list.join(";")
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.List)
    )
    texts = [name for name, dtype in joined.schema.items() if dtype == pl.String]
    return joined.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA) & ~pl.col(name).str.contains(_NUMBER))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """Write `frame` as CSV, by the rule that readers of the files are given."""
    return spreadsheet_safe(frame).write_csv(line_terminator="\n", float_scientific=False).encode("utf-8")


def write_downloads(
    folder: Path, tables: Mapping[str, pl.DataFrame], site: SiteInfo
) -> dict[str, tuple[DataFile, DataFile]]:
    """Write ``<table>.csv``, ``<table>.parquet`` and ``datapackage.json`` into `folder`.

    Parameters
    ----------
    folder
        The folder ``data`` of a site; made where it is missing.
    tables
        The tables to publish, already without what must not be published.
    site
        What the package says of itself; see `socdialog.store.datapackage.describe`.

    Returns
    -------
    dict
        The CSV and the Parquet file of each table.
    """
    tables = {name: tables[name] for name in sorted(tables)}
    written = {
        name: (
            _write(folder, f"{name}.csv", csv_bytes(frame)),
            _write(folder, f"{name}.parquet", parquet_bytes(frame, compression="zstd", statistics=False)),
        )
        for name, frame in tables.items()
    }
    package = datapackage.describe(
        tables,
        format="csv",
        files={name: files[0] for name, files in written.items()},
        fingerprint=site.fingerprint,
        title=site.notes.title,
        description=words("data.package", rule=words("data.csv_rule")),
        licence=site.notes.data_licence,
        licence_id=site.notes.licence,
        known_problems={name: site.notes.known_problems(codebook.tables()[name]) for name in tables},
        edition=site.edition,
        sources=_origins(site.notes),
    )
    _write(folder, "datapackage.json", datapackage.dump(package))
    return written


def _write(folder: Path, name: str, content: bytes) -> DataFile:
    write_staged(folder / name, content)
    return DataFile(name, len(content), sha256_bytes(content))


def _origins(notes: Notes) -> list[dict[str, str]]:
    """Return the publishers the data were compiled from, each once."""
    found: dict[str, None] = {}
    for _, origin in sorted(notes.origins.items()):
        entries = origin.get("compiled_from")
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and entry.get("publisher"):
                found[" ".join(str(entry["publisher"]).split())] = None
    return [{"title": title} for title in found]
