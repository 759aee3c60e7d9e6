"""The period of an agreement: by its dates, else by the years in its name, else by the day that is known."""

from __future__ import annotations

from datetime import date

import pytest
from small_page import rows

from socdialog import dates
from socdialog.profiles.agreement_spans import placed


def agreement(name: str, signed: str | None, end: str | None) -> dict[str, object]:
    row: dict[str, object] = {"country": "PER", "kind": "agreement", "name": name, "date": signed, "period_end": end}
    for column, text in (("date", signed), ("period_end", end)):
        if text is not None:
            row |= dict(zip((f"{column}_first", f"{column}_last"), dates.bounds(text), strict=True))
    return row


@pytest.mark.parametrize(
    ("row", "start", "last", "certain"),
    [
        (agreement("Agreement", "2020-03-02", "2021"), date(2020, 3, 2), date(2021, 12, 31), True),
        (agreement("Agreement 2020-2021", "2019-11", "2021"), date(2020, 1, 1), date(2021, 12, 31), True),
        (agreement("Agreement 2011-2013", None, "2013"), date(2011, 1, 1), date(2013, 12, 31), False),
        (agreement("Agreement", None, "2013"), date(2013, 1, 1), date(2013, 12, 31), False),
        (agreement("Agreement", "2009-04-27", None), date(2009, 4, 27), date(2009, 4, 27), False),
        (agreement("Agreement 2020-2022", "2019-12-01", None), date(2020, 1, 1), date(2020, 1, 1), False),
    ],
)
def test_an_agreement_is_drawn_from_where_it_applies(
    row: dict[str, object], start: date, last: date, certain: bool
) -> None:
    found = placed(rows("institutions", [row]))
    assert found.select("start", "end", "certain").rows() == [(start, last, certain)]


def test_an_agreement_without_any_date_is_not_drawn_and_the_others_are_in_order_of_time() -> None:
    given = [agreement("C", None, None), agreement("B", "2021", "2022"), agreement("A", "2019", "2020")]
    assert placed(rows("institutions", given))["name"].to_list() == ["A", "B"]
