"""Countries, terms, columns and options as people write them."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.inputs import at_least, choice, code, codes, column_names, countries, country, within

TERMS = {
    "UD": "Trade union density",
    "ED": "Employer density",
    "COV": "Bargaining coverage",
    "DAYS": "Days not worked",
}


@pytest.mark.parametrize(
    "written",
    ["KAZ", "kaz", " KAZ ", "KZ", "kz", "Kazakhstan", "Казахстан", "Қазақстан", "哈萨克斯坦", "Kasachstan", "398"],
)
def test_a_country_is_known_by_code_and_by_name(written: str) -> None:
    assert country(written) == "KAZ"
    assert country(written, among=["KAZ", "TUR"]) == "KAZ"


def test_a_code_of_the_table_is_taken_as_it_stands() -> None:
    assert country("SUN", among=["SUN"]) == "SUN"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Kazakhstn", "did you mean 'KAZ'"),
        ("Turky", "did you mean 'TUR'"),
        ("KАZ", "Cyrillic"),
        ("Atlantis", "not a known country"),
        ("", "not a country"),
        (5, "not a country"),
        (None, "not a country"),
        (float("nan"), "not a country"),
        (["KAZ"], "not a country"),
    ],
)
def test_what_is_no_country_is_refused(written: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        country(written, among=["KAZ", "TUR"])


def test_one_or_many_countries() -> None:
    assert countries("Turkey") == ("TUR",)
    assert countries(["Turkey", "KZ", "TUR"]) == ("TUR", "KAZ")
    assert countries(pl.Series(["KAZ"])) == ("KAZ",)
    with pytest.raises(UsageError, match="empty list"):
        countries([])
    with pytest.raises(UsageError) as refused:
        countries(["KAZ", "Atlantis", None, "Kazakhstn"])
    assert [line[:20] for line in str(refused.value).splitlines()[:3]] == [
        "countries: 'Atlantis",
        "countries: None is n",
        "countries: 'Kazakhst",
    ]


def test_terms_are_known_by_code_and_by_label() -> None:
    for written in ("UD", "ud", "Trade union density", "trade  union  DENSITY"):
        assert code(written, TERMS, what="indicator", name="indicator") == "UD"
    assert codes(["UD", "Days not worked"], TERMS, what="indicator", name="indicator") == ("UD", "DAYS")
    with pytest.raises(UsageError, match=r"did you mean 'ED' \(Employer density\) or 'UD' \(Trade union density\)\?"):
        code("density", TERMS, what="indicator", name="indicator")
    with pytest.raises(UsageError, match="did you mean 'COV'"):
        code("Bargainig coverage", TERMS, what="indicator", name="indicator")
    with pytest.raises(UsageError, match="known: COV, DAYS, ED, UD"):
        code("wages", TERMS, what="indicator", name="indicator")
    with pytest.raises(UsageError, match="label of ED and UD"):
        code("Density", {"UD": "Density", "ED": "Density"}, what="indicator", name="indicator")
    with pytest.raises(UsageError, match="5 is not"):
        code(5, TERMS, what="indicator", name="indicator")  # type: ignore[arg-type]


def test_a_text_is_one_column() -> None:
    assert column_names("country", ["country", "year"]) == ("country",)
    assert column_names(("year", "country", "year"), ["country", "year"]) == ("year", "country")
    with pytest.raises(UsageError, match="did you mean 'country'"):
        column_names(["contry"], ["country", "year"])
    with pytest.raises(UsageError, match="by: 5 is not a list"):
        column_names(5, ["country"])  # type: ignore[arg-type]


def test_options_and_numbers() -> None:
    assert choice("mean", ("mean", "median"), what="average") == "mean"
    for wrong in ("means", 5, None):
        with pytest.raises(UsageError, match="not a known average"):
            choice(wrong, ("mean", "median"), what="average")  # type: ignore[arg-type]
    for number in (0, -1, 1.5, True, "3", None):
        with pytest.raises(UsageError, match="whole number of 1 or more"):
            at_least(number, 1, name="limit")  # type: ignore[arg-type]
    for number in (0, 1, "0.5", None, float("nan")):
        with pytest.raises(UsageError, match="between 0 and 1"):
            within(number, 0, 1, name="confidence")  # type: ignore[arg-type]
