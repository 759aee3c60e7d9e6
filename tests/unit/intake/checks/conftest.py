"""Little tables as a rule sees them, of the cells that matter alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from socdialog.intake.checks import CheckContext, Rule

Row = dict[str, str | None]
#: What a rule says of tables: by line, column and message.
Judge = Callable[..., list[tuple[int, str, str]]]
TODAY = date(2026, 11, 23)


@pytest.fixture
def judge() -> Judge:
    """Return what a rule finds in tables whose rows are given; lines count from 2."""

    def judged(
        rule: Callable[[CheckContext], object], first_year: int | None = None, **tables: list[Row]
    ) -> list[tuple[int, str, str]]:
        frames = {}
        for name, rows in tables.items():
            columns = dict.fromkeys((column for row in rows for column in row), pl.String)
            frame = pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)
            frames[name] = frame.with_columns(raw_line=pl.int_range(2, len(rows) + 2))
        context = CheckContext(frames, frames, {}, {}, TODAY, first_year=first_year)
        return [(one.line, one.column, one.message) for one in Rule(rule).find(context)]  # type: ignore[arg-type]

    return judged
