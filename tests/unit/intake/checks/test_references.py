"""A reference that resolves to nothing says what was meant, or what there is, and never something else."""

from __future__ import annotations

import pytest

from socdialog.intake.checks.references import unresolved_reference

CONVENTIONS = [{"convention": code} for code in ("C087", "C098", "C187", "P029")]
COUNTRIES = [{"country": code} for code in ("GHA", "NGA")]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("C87", "did you mean 'C087'?"),
        ("87", "did you mean 'C087'?"),
        ("CO87", "did you mean 'C087'?"),
        ("No. 98", "did you mean 'C098'?"),
        ("С087", "did you mean 'C087'? it holds 'С', a Cyrillic letter"),
        ("C88", "it stands for C088, which is not there either; add it there, or write one of C087, C098, C187, P029"),
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
        ("TG", "it stands for TGO, which is not there either; add it there, or write one of GHA, NGA"),
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
    assert message.endswith("add it there, or mend it here")
