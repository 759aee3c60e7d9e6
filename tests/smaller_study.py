"""The part of the shipped study that is about some of its countries: as varied, and checked and cleaned sooner."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from socdialog import codebook

Row = dict[str, str]
_BODIES = ("organisations", "organisation_names")


def smaller_study(shipped: Path, data: Path, *, about: frozenset[str], every_country: bool = False) -> Path:
    """Write to `data` the part of the shipped study that is about some countries, and return its folder ``raw``.

    With `every_country` the registry stays whole, and reports that name other countries too are kept: there is a page
    for each country.
    """
    raw = Path(shutil.copytree(shipped, data / "raw"))

    def wanted(row: Row) -> bool:
        named = set(row["countries"].split(";"))
        return bool(named & about) if every_country else named <= about

    reports = _keep(raw, "reports", wanted)
    ids = {row["report_id"] for row in reports}
    for table in ("actors", "people", "figures"):
        _keep(raw, table, lambda row: row["report_id"] in ids)
    _keep(raw, "decisions", lambda row: {row["report_a"], row["report_b"]} <= ids)
    _keep(raw, "event_ids", lambda row: row["report_id"] in ids)
    used = {row["source_id"] for row in reports}
    sources = _keep(raw, "sources", lambda row: row["source_id"] in used)
    _keep(raw, "sources", lambda row: row.get("copy_of", "") in {"", *(one["source_id"] for one in sources)})
    for table, spec in codebook.tables().items():
        whole = every_country and spec.file and spec.file.startswith("registry/")
        if spec.file and "country" in spec.columns and not whole and table not in _BODIES:
            _keep(raw, table, lambda row: row["country"] in about)
    return raw


def _keep(raw: Path, table: str, wanted: Callable[[Row], bool]) -> list[Row]:
    path = raw / str(codebook.tables()[table].file)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if wanted(row)]
        names = list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows
