"""Ids of events are short, and differ also where two digests begin alike."""

from __future__ import annotations

import hashlib

import polars as pl

from socdialog.intake.linking.identity import event_id, identify


def collision(*, digits: int) -> tuple[str, str]:
    """Two reports whose digests begin alike, found by trying."""
    met: dict[str, str] = {}
    for number in range(1_000_000):
        name = f"r{number}#1"
        begin = hashlib.sha256(name.encode()).hexdigest()[:digits]
        if begin in met:
            return met[begin], name
        met[begin] = name
    raise AssertionError("none found")


def clusters(*reports: str) -> pl.DataFrame:
    rows = [(report, place, None) for place, report in enumerate(reports)]
    return pl.DataFrame(rows, schema=["report_id", "cluster", "published_first"], orient="row")


def test_two_events_never_share_an_id_and_the_earlier_keeps_the_short_one() -> None:
    one, other = sorted(collision(digits=8))
    assert event_id(one) == event_id(other)
    events, _ = identify(clusters(other, one), event_ids=None)
    ids = dict(events.iter_rows())
    assert ids[one] == event_id(one)
    assert ids[other] == f"ev-{hashlib.sha256(other.encode()).hexdigest()[:9]}"


def test_an_id_that_was_given_is_taken() -> None:
    one, other = sorted(collision(digits=8))
    given = pl.DataFrame({"event_id": [event_id(one)], "report_id": [other], "given_on": ["2026-01-01"]})
    events, _ = identify(clusters(one, other), event_ids=given)
    ids = dict(events.iter_rows())
    assert ids[other] == event_id(one)
    assert ids[one] != ids[other]
