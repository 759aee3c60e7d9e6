"""A study of two countries and one official series, and files of ILOSTAT for it, made up here."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from socdialog.sources.lock import ILOSTAT, data_set_folder, read_lock
from socdialog.sources.reader import read_series
from socdialog.sources.snapshots import Kept, keep
from tests.shapes import write

DENSITY = "ILR_TUMT_NOC_RT"
HEADER = "ref_area,source,indicator,time,obs_value,obs_status"
_COUNTRIES = {
    "KAZ": ("KZ", 398, "Kazakhstan", "Қазақстан"),
    "TUR": ("TR", 792, "Türkiye", "Türkiye"),
    "UZB": ("UZ", 860, "Uzbekistan", "Oʻzbekiston"),
}
#: Two countries of three, one value without a number, one break.
ROWS = (
    f"KAZ,FX:1,{DENSITY},2012,49.1,",
    f"KAZ,FX:1,{DENSITY},2017,46.9,B",
    f"TUR,BA:2,{DENSITY},2017,,U",
    f"X01,XA:9,{DENSITY},2017,20.5,M",
)


def study(folder: Path) -> Path:
    """Write a study whose catalogue has union density; return its data folder."""
    indicator = {
        "indicator": DENSITY,
        "label": "Trade union density",
        "unit": "percent",
        "definition": "Members as a share of employees.",
        "source": "ILOSTAT",
    }
    named = ("iso2", "m49", "name", "own_name")
    countries = [{"country": code, **dict(zip(named, told, strict=True))} for code, told in _COUNTRIES.items()]
    years = [{"country": "KAZ", "indicator": DENSITY, "unit": "percent", "source": "ILOSTAT"}]
    years = [{**years[0], "year": 2012, "value": 49.0, "vintage": "2020-10"}]
    tables = {
        "countries": countries,
        "indicators": [indicator],
        "country_years": years,
    }
    return write(folder, tables, "title: Official series\nregion: Test\n")


def csv(rows: Iterable[str] = ROWS, *, header: str = HEADER, bom: bool = True) -> bytes:
    """A file of the data service, as served."""
    return ("\ufeff" * bom + "\n".join([header, *rows]) + "\n").encode()


def packed(content: bytes) -> bytes:
    """The same packed with gzip, the same bytes each time."""
    return gzip.compress(content, mtime=0)


def parquet(content: bytes) -> bytes:
    """The same as Parquet, as the data service types it."""
    frame = pl.read_csv(io.BytesIO(content), infer_schema=False).with_columns(pl.col("obs_value").cast(pl.Float64))
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def kept(data: Path, content: bytes, last_update: str, data_set: str = f"{DENSITY}_A", **parameters: str) -> Kept:
    """Keep a file as a state of a data set of a study."""
    raw = data / "raw"
    ending = "csv.gz" if content.startswith(b"\x1f\x8b") else "parquet" if content.startswith(b"PAR1") else "csv"
    new = {
        "data_set": data_set,
        "publisher": ILOSTAT,
        "publisher_label": "ILOSTAT",
        "file": ending,
        "last_update": last_update,
        "address": "https://rplumber.ilo.org/files/indicator/",
        "parameters": parameters,
        "retrieved": "2026-11-29",
    }
    return keep(raw, read_lock(data_set_folder(raw, data_set)), content, read_series(content), new)
