"""Which tables of a study have no row yet: no fault, but worth a line while a study is being filled."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path, PurePosixPath

from socdialog import codebook
from socdialog.store.walk import walk


def still_empty(raw: Path) -> str:
    """Name the tables that have a header and no row, by folder, in one line; empty where every table has rows.

    Parameters
    ----------
    raw
        The folder of the raw tables.
    """
    found = walk(raw).files
    named = (spec.file for spec in codebook.tables().values() if spec.file is not None)
    empty = sorted(PurePosixPath(file) for file in named if file in found and _has_no_row(found[file]))
    return "; ".join(
        f"{folder}: {', '.join(file.stem for file in files)}"
        for folder, files in groupby(empty, lambda file: file.parent.as_posix())
    )


def _has_no_row(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(file.readline()) and not file.readline().strip()
    except OSError:
        return False  # the check says what is wrong with it
