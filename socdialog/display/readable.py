"""Texts of the data as readers read them: codes as words, ids of reports as publishers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import polars as pl

from socdialog.codebook import wording

_REPORT = re.compile(r"\(([^()\s]+#\d+)\)")
_TIMES = re.compile(r"(?<=[\w)]) \* (?=[\w(])")


def contradiction_words(text: str, *, codes: tuple[str, ...], publishers: Mapping[str, str]) -> str:
    """Write what is said of a contradiction in words.

    Parameters
    ----------
    text
        A value, the rule or the explanation of a row of ``disagreements``.
    codes
        Codes of reported figures.
    publishers
        Who published each report, by the report's id; see `report_publishers`.
    """
    text = _pattern(codes).sub(lambda found: wording.figure_words(found[0]), text)
    text = _REPORT.sub(lambda found: f"({publishers.get(found[1], found[1])})", text)
    return _TIMES.sub(" × ", text)


def report_publishers(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Return who published each report, by the report's id."""
    by_source = tables["citations"].select("source_id", "publisher").drop_nulls()
    told = tables["reports"].select("report_id", "source_id").join(by_source, on="source_id")
    return dict(told.select("report_id", "publisher").iter_rows())


@cache
def _pattern(codes: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds codes of several words; the longest first, since one may begin like another."""
    several = sorted({code for code in codes if "_" in code}, key=lambda code: (-len(code), code))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b" if several else r"(?!)")
