"""Evidence for tests of what is made of it: the parts that matter, the others empty."""

from __future__ import annotations

import polars as pl

from socdialog import schemas


def evidence(*rows: dict[str, object]) -> pl.DataFrame:
    """A table of evidence; each row gives ``row_id``, ``source_id`` and the parts of its statement."""
    dtypes = schemas.clean_dtypes("evidence")
    places = {"raw_file": "data/raw/activity/reports.csv"}
    return pl.DataFrame(
        [dict.fromkeys(dtypes) | places | {"table": str(row["row_id"]).partition(":")[0]} | row for row in rows],
        schema=dtypes,
    )
