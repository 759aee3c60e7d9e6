"""Which parts of a date a text prints: of a date whose year alone was inferred, the day is the text's own."""

from __future__ import annotations

import polars as pl

_YEAR = r"\byear\b"
_SHORTER = r"\b(months?|(week)?days?)\b"


def year_alone_inferred() -> pl.Expr:
    """Return whether the coder inferred the year of a report's date and nothing else of it, by the reason given."""
    reason = pl.col("date_reason").str.to_lowercase().str.replace_all("day printed", "")
    inferred = pl.col("date_basis") == "inferred"
    return (inferred & reason.str.contains(_YEAR) & ~reason.str.contains(_SHORTER)).fill_null(value=False)
