"""The agreement of two coders: only the fields asked for are compared."""

from __future__ import annotations

import polars as pl

from socdialog.metrics import agreement


def test_a_column_named_like_the_first_coding_changes_nothing() -> None:
    reports = pl.DataFrame(
        {
            "report_id": ["a#1", "a#2"],
            "recodes": [None, "a#1"],
            "row_id": ["r1", "r2"],
            "kind": ["strike", "protest"],
            "accessed": ["2026-11", "2026-11"],
            "accessed_first": ["2026-11-01", "2026-11-01"],
        }
    )
    found = agreement.coder_agreement(reports, fields=["kind"]).frame.row(0, named=True)
    assert (found["n"], found["known"], found["agreed"]) == (1, 1, 0)
