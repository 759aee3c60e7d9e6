"""What claims about one action come to: a number where they allow one, a range where they contradict, never a mean."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from socdialog import schemas
from socdialog.codebook.qualifiers import qualifier
from socdialog.intake.disputes import Claim, Claimed, build_disputes, combined


def claim(
    value: float, code: str = "exact", *, high: float | None = None, employer=None, scope=None, days=None
) -> Claim:
    low, top = qualifier(code).bounds(value, high)
    return Claim("figures:a", (employer, scope), days, value, high is not None, code == "exact", low, top)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([claim(600)], Claimed(600, 600, 600)),
        ([claim(600), claim(600)], Claimed(600, 600, 600)),
        # Two exact numbers contradict each other: a range, and no mean.
        ([claim(600), claim(90)], Claimed(None, 90, 600)),
        # 570 to 630 allows 600.
        ([claim(600), claim(600, "about")], Claimed(600, 600, 600)),
        ([claim(500, "about")], Claimed(500, 475, 525)),
        ([claim(400, "more_than")], Claimed(400, 400, None)),
        ([claim(400, "at_least"), claim(500, "about")], Claimed(None, 475, 525)),
        ([claim(60, "range", high=70)], Claimed(None, 60, 70)),
        ([claim(60, "range", high=70), claim(65)], Claimed(65, 65, 65)),
        # "More than 700" and 600 cannot both be right; the first is open above.
        ([claim(700, "more_than"), claim(600)], Claimed(None, 600, None)),
        # A count of one group is no other count of all.
        ([claim(600), claim(90, scope="night shift")], Claimed(600, 600, 600)),
        ([claim(90, scope="night shift"), claim(40, scope="day shift")], Claimed(None, 90, None)),
        ([claim(90, scope="night shift")], Claimed(90, 90, 90)),
        # Two employers are parts; one employer is the whole of its strike.
        ([claim(405, employer="A"), claim(1735, employer="B")], Claimed(None, 1735, None)),
        ([claim(405, employer="A"), claim(1735, employer="B"), claim(2160)], Claimed(2160, 2160, 2160)),
        ([claim(405, employer="A"), claim(500)], Claimed(None, 405, 500)),
        # Working days are not compared with others.
        ([claim(5, days="working"), claim(7, days="calendar"), claim(6)], Claimed(5, 5, 5, "working")),
        ([claim(7, days="calendar"), claim(6)], Claimed(7, 7, 7, "calendar")),
    ],
)
def test_what_claims_come_to(claims: list[Claim], expected: Claimed) -> None:
    for order in (claims, claims[::-1]):
        assert combined(order) == expected


def tables(events: list[dict[str, object]], figures: list[dict[str, object]]) -> dict[str, pl.DataFrame]:
    usual = {"kind": "strike", "status": "held", "label": "x", "countries": ["USA"], "start_date": "2019-05-06"}
    made = {
        "events": [{**usual, "row_id": f"events:{row['event_id']}", **row} for row in events],
        "figures": [{"qualifier": "exact", **row} for row in figures],
    }
    for row in made["events"]:
        day = date.fromisoformat(str(row["start_date"]))
        row |= {"start_first": day, "start_last": day}
    return {
        name: pl.DataFrame(
            {column: [row.get(column) for row in rows] for column in schemas.clean_dtypes(name)},
            schema=schemas.clean_dtypes(name),
        )
        for name, rows in made.items()
    }


def test_only_stoppages_that_took_place_are_disputes() -> None:
    events = [
        {"event_id": "a"},
        {"event_id": "b", "kind": "lockout", "status": "ongoing"},
        {"event_id": "c", "kind": "protest"},
        {"event_id": "d", "kind": "strike_notice"},
        {"event_id": "e", "status": "announced"},
    ]
    found = build_disputes(tables(events, []))
    assert found.select("event_id", "row_id", "completed", "workers").rows() == [
        ("a", "events:a", True, None),
        ("b", "events:b", False, None),
    ]


def test_the_days_of_a_stoppage_go_before_those_of_the_event() -> None:
    begun = {"stoppage_start_date": "2019-05-09", "stoppage_start_first": date(2019, 5, 9)}
    begun |= {"stoppage_start_last": date(2019, 5, 9)}
    events = [{"event_id": "a", **begun}, {"event_id": "b", "countries": ["CAN", "USA"], "end_date": "2019-05-07"}]
    found = build_disputes(tables(events, [])).select("start_date", "start_first", "end_date", "year", "country")
    assert found.rows() == [
        ("2019-05-09", date(2019, 5, 9), None, 2019, "USA"),
        ("2019-05-06", date(2019, 5, 6), "2019-05-07", 2019, None),
    ]


def test_each_number_keeps_its_claims_and_others_are_no_claims() -> None:
    def figure(row_id: str, use: str | None, value: float, **more: object) -> dict[str, object]:
        return {"event_id": "a", "row_id": row_id, "shown_with": use, "value": value, **more}

    figures = [
        figure("figures:r#2|1", "strike_workers", 600),
        figure("figures:r#1|1", "strike_workers", 90),
        figure("figures:r#1|2", "strike_days", 5, day_kind="working"),
        figure("figures:r#1|3", "days_not_worked", 3000),
        figure("figures:r#1|4", None, 7),
    ]
    (row,) = build_disputes(tables([{"event_id": "a"}], figures)).rows(named=True)
    assert (row["workers"], row["workers_low"], row["workers_high"]) == (None, 90, 600)
    assert row["workers_claims"] == ["figures:r#1|1", "figures:r#2|1"]
    assert (row["duration_days"], row["day_kind"], row["days_not_worked"]) == (5, "working", 3000)
