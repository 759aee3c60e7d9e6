"""A reference that resolves to nothing says what was meant, or what there is, and never something else."""

from __future__ import annotations

import pytest

from socdialog.intake.checks.references import unknown_place, unresolved_reference

CONVENTIONS = [{"convention": code} for code in ("C087", "C098", "C187", "P029")]
COUNTRIES = [{"country": code} for code in ("GHA", "NGA")]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("C87", "did you mean 'C087'?"),
        ("87", "did you mean 'C087'?"),
        ("CO87", "did you mean 'C087'?"),
        ("No. 98", "did you mean 'C098'?"),
        ("С087", "did you mean 'C087'? it contains 'С', a Cyrillic letter"),
        ("C88", "it means C088, which is not there either; add it there, or write one of C087, C098, C187, P029"),
        ("C0877", "add it there, or write one of C087"),
    ],
)
def test_a_convention_by_another_writing(judge, written: str, says: str) -> None:
    ((line, column, message),) = judge(
        unresolved_reference, conventions=CONVENTIONS, ratifications=[{"country": "GHA", "convention": written}]
    )
    assert (line, column) == (2, "convention")
    assert says in message


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("Ghana", "did you mean 'GHA'?"),
        ("GH", "did you mean 'GHA'?"),
        ("Nijerya", "did you mean 'NGA'?"),
        ("TG", "it means TGO, which is not there either; add it there, or write one of GHA, NGA"),
        ("GAH", "add it there, or write one of GHA, NGA"),
    ],
)
def test_a_country_by_another_writing(judge, written: str, says: str) -> None:
    ((_, _, message),) = judge(
        unresolved_reference, countries=COUNTRIES, not_published=[{"country": written, "indicator": "X"}]
    )
    assert says in message


def test_a_long_list_is_not_printed(judge) -> None:
    many = [{"convention": f"C{number:03}"} for number in range(1, 14)]
    ((_, _, message),) = judge(
        unresolved_reference, conventions=many, ratifications=[{"country": "GHA", "convention": "C187"}]
    )
    assert message.endswith("add it there, or correct it here")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("#REF!", "'#REF!' is a spreadsheet error; restore the value"),
        ("NULL", "'NULL' is a placeholder for an empty cell; write the value, or delete the line"),
    ],
)
def test_a_word_for_nothing_is_no_reference_to_add(judge, word: str, says: str) -> None:
    rows = [{"country": "GHA", "convention": word}, {"country": "NGA", "convention": word}]
    ((line, _, message),) = judge(unresolved_reference, conventions=CONVENTIONS, ratifications=rows)
    assert (line, message) == (2, f"{says} (so too standards/ratifications.csv:3)")


def test_a_word_for_nothing_is_no_place_to_add(judge) -> None:
    places = [{"country": "GHA", "name": "Accra", "variants": None}]
    reports = [{"report_id": "a#1", "countries": "GHA", "venue_country": "GHA", "place": "NA"}]
    assert judge(unknown_place, places=places, reports=reports) == [
        (2, "place", "'NA' is a placeholder for an empty cell; leave the cell empty where nothing is reported")
    ]
