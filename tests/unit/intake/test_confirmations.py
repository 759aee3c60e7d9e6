"""Ratifications confirmed by later comments: which comments confirm, from when, and what stays as it was."""

import pytest

from socdialog.intake.confirmations import comments_on_application, with_confirmations
from tests.small_claims import small_claims

COMMENT = {"country": "KAZ", "body": "ceacr_observation", "convention": "C087", "year": 2023, "topic": "-"} | {
    "summary": "-",
    "source": "https://example.org/comment",
}
RATIFIED = {"country": "KAZ", "convention": "C087", "status": "in_force", "status_as_of": "2018-05-01"}


def confirmed(comments, *ratified):
    tables = small_claims(supervision=[COMMENT | more for more in comments], ratifications=ratified or [RATIFIED])
    return with_confirmations(tables["ratifications"], supervision=tables["supervision"])


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ([{}], ("2023", "https://example.org/comment")),
        ([{"body": "cas"}], ("2023", "https://example.org/comment")),
        ([{"body": "cfa"}], ("2018-05-01", None)),
        ([{"body": "mission"}], ("2018-05-01", None)),
        ([{"year": 2018}], ("2018-05-01", None)),  # not surely later
        ([{"year": 2017}], ("2018-05-01", None)),
        ([{"year": 2019}], ("2019", "https://example.org/comment")),
        ([{"year": None}], ("2018-05-01", None)),
        ([{"convention": None}], ("2018-05-01", None)),
        ([{"country": "UZB"}], ("2018-05-01", None)),
        ([{}, {"year": 2024, "source": "https://example.org/later"}], ("2024", "https://example.org/later")),
        ([], ("2018-05-01", None)),
    ],
)
def test_the_latest_comment_dates_the_status(comments, expected):
    row = confirmed(comments).row(0, named=True)
    assert (row["status_as_of"], row["status_source"]) == expected
    assert str(row["status_as_of_first"]) == ("2018-05-01" if expected[1] is None else f"{expected[0]}-01-01")
    assert str(row["status_as_of_last"]) == ("2018-05-01" if expected[1] is None else f"{expected[0]}-12-31")


@pytest.mark.parametrize("status", ["not_ratified", "law_only", "denounced", "unknown"])
def test_a_comment_makes_no_other_status_be_in_force(status):
    row = confirmed([{}], RATIFIED | {"status": status}).row(0, named=True)
    assert (row["status"], row["status_as_of"], row["status_source"]) == (status, "2018-05-01", None)


def test_no_row_is_added_and_their_order_stays():
    rows = [RATIFIED | {"convention": code} for code in ("C098", "C087", "C029")]
    frame = confirmed([{}, {"year": 2020}, {"convention": "C144"}], *rows)
    given = confirmed([], *rows)
    assert frame.get_column("convention").to_list() == given.get_column("convention").to_list()
    dates = dict(frame.select("convention", "status_as_of").iter_rows())
    assert dates == {"C029": "2018-05-01", "C087": "2023", "C098": "2018-05-01"}


def test_comments_on_application_have_a_convention_and_a_year():
    tables = small_claims(supervision=[COMMENT, COMMENT | {"year": None}, COMMENT | {"convention": None}])
    assert comments_on_application(tables["supervision"]).height == 1
