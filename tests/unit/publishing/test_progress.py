"""What a build says at its end of a page that is too long: a line for people, and the same for machines."""

from __future__ import annotations

from socdialog.publishing.progress import Summary

EXCESS = ("section actors: 11 rows in a table, at most 10", "6,001 words, at most 6,000")


def test_a_page_that_is_too_long_is_a_warning_and_no_failure() -> None:
    summary = Summary(built=("PER",), over_caps={"PER": EXCESS})
    assert summary.lines()[:2] == [
        "Built: PER",
        "Warning: page of PER is too long: section actors: 11 rows in a table, at most 10; 6,001 words, at most 6,000",
    ]
    assert summary.record()["over_caps"] == {"PER": list(EXCESS)}
    assert summary.good


def test_without_such_a_page_nothing_is_said() -> None:
    assert not any("too long" in line for line in Summary(built=("PER",)).lines())
