"""The part of the shipped study that is about two countries: as varied, and cleaned in a third of the time."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from socdialog import codebook

COUNTRIES = frozenset({"KGZ", "TJK"})
Row = dict[str, str]


def smaller_study(shipped: Path, data: Path) -> Path:
    """Write the smaller study to `data` and return its folder ``raw``."""
    raw = Path(shutil.copytree(shipped, data / "raw"))
    reports = _keep(raw, "reports", lambda row: set(row["countries"].split(";")) <= COUNTRIES)
    ids = {row["report_id"] for row in reports}
    for table in ("actors", "people", "figures"):
        _keep(raw, table, lambda row: row["report_id"] in ids)
    _keep(raw, "decisions", lambda row: {row["report_a"], row["report_b"]} <= ids)
    _keep(raw, "event_ids", lambda row: row["report_id"] in ids)
    used = {row["source_id"] for row in reports}
    sources = _keep(raw, "sources", lambda row: row["source_id"] in used)
    _keep(raw, "sources", lambda row: row.get("copy_of", "") in {"", *(one["source_id"] for one in sources)})
    for table, spec in codebook.tables().items():
        if spec.file and "country" in spec.columns and table not in {"organisations", "organisation_names"}:
            _keep(raw, table, lambda row: row["country"] in COUNTRIES)
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
