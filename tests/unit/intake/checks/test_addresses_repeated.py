"""One text under two addresses is told, unless the second source is said to copy the first."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog.intake.checks import CheckContext
from socdialog.intake.checks.addresses import same_address


def found(*rows: tuple[str, str] | tuple[str, str, str]) -> list[tuple[int, str]]:
    given = [(*row, None)[:3] for row in rows]
    frame = pl.DataFrame(given, schema=dict.fromkeys(("source_id", "url", "copy_of"), pl.String), orient="row")
    tables = {"sources": frame.with_columns(raw_line=pl.int_range(2, pl.len() + 2))}
    return [(one.line, one.message) for one in same_address(CheckContext(tables, tables, {}, {}, date(2026, 11, 23)))]


def test_a_second_writing_of_an_address_is_told_at_its_line() -> None:
    ((line, message),) = found(
        ("a", "https://a.org/x"), ("b", "https://a.org/y"), ("c", "http://www.a.org/x/?utm_id=t#top")
    )
    assert line == 4
    assert message == (
        "'http://www.a.org/x/?utm_id=t#top' of 'c' is the address of 'a' in line 2 in another writing "
        "('https://a.org/x'); "
        "use one source per article, or name the first in copy_of"
    )


def test_a_copy_that_is_declared_is_silent() -> None:
    assert found(("a", "https://a.org/x"), ("b", "http://a.org/x", "a")) == []
    assert found(("a", "https://a.org/x", "c"), ("b", "http://a.org/x", "c"), ("c", "https://c.org/")) == []


def test_the_lines_of_a_register_are_sources_of_their_own() -> None:
    assert found(("a", "https://a.org/x#L1"), ("b", "https://a.org/x#L2"), ("c", "https://a.org/x")) == []
    assert [
        line for line, _ in found(("a", "https://a.org/x#L1"), ("b", "https://a.org/x#L2"), ("c", "http://a.org/x#L1"))
    ] == [4]


def test_an_address_that_cannot_be_read_is_left_to_its_own_rule() -> None:
    assert found(("a", "https://[x"), ("b", "https://[x")) == []
