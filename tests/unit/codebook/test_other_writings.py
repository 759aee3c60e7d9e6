"""Other writings of codes lead to the code that they stand for, or to all that they may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog import codebook
from socdialog.codebook.other_writings import meant

# ISO 3166-1, ISO 639 and ISO 4217 as published; names as their speakers write them.
COUNTRIES = {
    "KZ": "KAZ",
    "AZ": "AZE",
    "UZ": "UZB",
    "AT": "AUT",
    "GE": "GEO",
    "398": "KAZ",
    "031": "AZE",
    "31": "AZE",
    "804": "UKR",
    "Turkey": "TUR",
    "Türkiye": "TUR",
    "turkiye": "TUR",
    "Турция": "TUR",
    "Türkei": "TUR",
    "Turquie": "TUR",
    "Russia": "RUS",
    "Russian Federation": "RUS",
    "Россия": "RUS",
    "GER": "DEU",
    "SUI": "CHE",
    "UK": "GBR",
    "U.K.": "GBR",
    "Great Britain": "GBR",
    "U.S.": "USA",
    "Holland": "NLD",
    "The Netherlands": "NLD",
    "Côte d\u2019Ivoire": "CIV",
    "Ivory Coast": "CIV",
    "Kirghizia": "KGZ",
    "Republic of Moldova": "MDA",
    "Viet Nam": "VNM",
    "Қазақстан": "KAZ",
    "საქართველო": "GEO",
    "Հայաստան": "ARM",
    "\u4e2d\u56fd": "CHN",
    "مصر": "EGY",
    "Deutschland": "DEU",
    "España": "ESP",
}
LANGUAGES = {
    "eng": "en",
    "geo": "ka",
    "kat": "ka",
    "arm": "hy",
    "kaz": "kk",
    "rus": "ru",
    "ger": "de",
    "deu": "de",
    "ru-RU": "ru",
    "tr_TR": "tr",
    "Russian": "ru",
    "русский": "ru",
    "Türkçe": "tr",
    "Farsi": "fa",
}
MONEY = {
    "TL": "TRY",
    "₺": "TRY",
    "US$": "USD",
    "€": "EUR",
    "tenge": "KZT",
    "тенге": "KZT",
    "Turkish Lira": "TRY",
    "сум": "UZS",
    "US Dollar": "USD",
    "azərbaycan manatı": "AZN",
    "лари": "GEL",
}
CONVENTIONS = {
    "C87": "C087",
    "c 98": "C098",
    "87": "C087",
    "087": "C087",
    "No. 87": "C087",
    "Convention No. 144": "C144",
    "P29": "P029",
    "ILO Convention 154": "C154",
}
ALL = [
    *(("iso_countries", *pair) for pair in COUNTRIES.items()),
    *(("languages", *pair) for pair in LANGUAGES.items()),
    *(("currencies", *pair) for pair in MONEY.items()),
    *(("conventions.convention", *pair) for pair in CONVENTIONS.items()),
]


@pytest.mark.parametrize(("kind", "value", "code"), ALL)
def test_a_writing_stands_for_one_code(kind: str, value: str, code: str) -> None:
    assert meant(kind, value) == (code,)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iso_countries", "KAX"),
        ("iso_countries", "QQ"),
        ("iso_countries", ""),
        ("iso_countries", "."),
        ("iso_countries", "999"),
        ("languages", "kaa"),
        ("languages", "xx"),
        ("currencies", "?"),
        ("currencies", "XX"),
        ("conventions.convention", "C0877"),
        ("conventions.convention", "C877"),
        ("conventions.convention", "C"),
        ("conventions.convention", "0"),
        ("topics", "wages"),
    ],
)
def test_what_stands_for_nothing_is_no_code(kind: str, value: str) -> None:
    assert meant(kind, value) == ()


def test_where_nobody_can_tell_all_are_named() -> None:
    assert set(meant("currencies", "som")) == {"KGS", "UZS"}
    assert set(meant("currencies", "манат")) == {"AZN", "TMT"}
    assert set(meant("iso_countries", "Korea")) == {"KOR", "PRK"}


@pytest.mark.parametrize(
    ("value", "year", "codes"),
    [
        # The new lira came on 1 January 2005, the new manat on 1 January 2006, the new rouble in 1998 (CLDR: RUB 1999).
        ("TL", 1999, {"TRL"}),
        ("TL", 2004, {"TRL"}),
        ("TL", 2005, {"TRL", "TRY"}),
        ("TL", 2006, {"TRY"}),
        ("TL", None, {"TRY"}),
        ("manat", 2004, {"AZM", "TMM"}),
        ("manat", 2015, {"AZN", "TMT"}),
        ("руб", 1993, {"RUR"}),
        ("руб", 2015, {"RUB"}),
    ],
)
def test_money_is_that_of_its_time(value: str, year: int | None, codes: set[str]) -> None:
    assert set(meant("currencies", value, year=year)) == codes


@pytest.mark.parametrize(
    ("value", "year", "countries", "codes"),
    [
        ("som", None, ["KGZ"], {"KGS"}),
        ("som", None, ["UZB"], {"UZS"}),
        ("som", None, ["KGZ", "UZB"], {"KGS", "UZS"}),
        ("som", None, ["TUR"], {"KGS", "UZS"}),  # money of neither
        ("manat", 2004, ["AZE"], {"AZM"}),
        ("manat", 2015, ["TKM"], {"TMT"}),
        ("dollar", None, ["CAN"], {"CAD"}),
        ("pound", None, ["EGY"], {"EGP"}),
    ],
)
def test_of_several_currencies_of_one_name_that_of_the_country_is_meant(
    value: str, year: int | None, countries: list[str], codes: set[str]
) -> None:
    assert set(meant("currencies", value, year=year, countries=countries)) == codes


@pytest.mark.parametrize(
    ("number", "year", "codes"),
    [("949", 2015, {"TRY"}), ("792", 1999, {"TRL"}), ("51", None, {"AMD"}), ("051", None, {"AMD"}), ("0", None, set())],
)
def test_numbers_of_money_are_its_codes(number: str, year: int | None, codes: set[str]) -> None:
    assert set(meant("currencies", number, year=year)) == codes


@given(
    st.sampled_from(sorted({value for _, value, _ in ALL})),
    st.sampled_from(["iso_countries", "languages", "currencies"]),
)
def test_only_codes_of_the_vocabulary_are_meant(value: str, kind: str) -> None:
    assert set(meant(kind, value)) <= set(codebook.vocabulary(kind))


@given(st.integers(1, 199))
def test_a_number_stands_for_no_other_convention(number: int) -> None:
    for written in (f"C{number}", str(number), f"C{number:03}", f"No. {number}"):
        assert [int(code[1:]) for code in meant("conventions.convention", written)] == [number]
