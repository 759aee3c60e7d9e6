"""The page of data quality: four figures, the first of each list, and the whole lists as files."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from socdialog.display.messages import words
from socdialog.site.page_shell import SiteInfo, site_page
from socdialog.site.quality import DataWarning, Quality


def render_quality(found: Quality, site: SiteInfo) -> str:
    """Return the page of data quality.

    Parameters
    ----------
    found
        What is open; see `read_quality`.
    site
        The site.
    """
    return site_page("quality.html", words("quality.title"), site, found=found)


def quality_frames(found: Quality) -> dict[str, pl.DataFrame]:
    """Return the whole lists as tables, by the names of their files."""
    return {
        "quality_disagreements": _frame(
            ("id", "kind", "country", "about", "values", "explanation", "publishers", "addresses"),
            (
                (
                    *one[:4],
                    "; ".join(one.values),
                    one.explanation,
                    "; ".join(source.publisher for source in one.sources),
                    " ".join(source.url or "" for source in one.sources),
                )
                for one in found.disagreements
            ),
        ),
        "quality_duplicates": _frame(
            ("report", "publisher", "other_report", "other_publisher", "reason"),
            ((one.first[0], one.first[1][0], one.second[0], one.second[1][0], one.why) for one in found.duplicates),
        ),
        "quality_names": _frame(
            ("name", "country", "mentions", "suggestions"),
            ((*one[:2], str(one.mentions), "; ".join(one.suggestions)) for one in found.names),
        ),
        "quality_completeness": _frame(
            ("table", "column", "known", "rows"), (tuple(map(str, one)) for one in found.completeness)
        ),
        "quality_warnings": _frame(DataWarning._fields, found.warnings),
    }


def _frame(columns: Iterable[str], rows: Iterable[tuple[str | None, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.String), orient="row")
