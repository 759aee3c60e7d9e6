"""Names of countries and laws within a sentence."""

from __future__ import annotations

import pytest

from socdialog.codebook.articles import law_with_article, with_article


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("United States", "the United States"),
        ("Republic of Korea", "the Republic of Korea"),
        ("Czech Republic", "the Czech Republic"),
        ("Netherlands", "the Netherlands"),
        ("Isle of Man", "the Isle of Man"),
        ("United Arab Emirates", "the United Arab Emirates"),
        ("Cocos (Keeling) Islands", "the Cocos (Keeling) Islands"),
        ("Türkiye", "Türkiye"),
        ("Ghana", "Ghana"),
        ("West Africa", "West Africa"),
        ("the region", "the region"),
        ("The Gambia", "The Gambia"),
        ("Türkiye, the South Caucasus and Central Asia", "Türkiye, the South Caucasus and Central Asia"),
        ("", ""),
    ],
)
def test_an_article_stands_where_english_wants_one(name: str, within: str) -> None:
    assert with_article(name) == within


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Labour Code 2004", "the Labour Code of 2004"),
        ("Labour Code of 28 October 2022", "the Labour Code of 28 October 2022"),
        ("Labour Code of 2009", "the Labour Code of 2009"),
        ("Labour Code No. 414-V of 23 November 2015", "the Labour Code No. 414-V of 23 November 2015"),
        ("Constitution", "the Constitution"),
        ("Law No. 6356 on Trade Unions", "Law No. 6356 on Trade Unions"),
        ("Arbeitszeitgesetz", "Arbeitszeitgesetz"),
    ],
)
def test_a_law_has_the_article_unless_it_is_named_by_its_number(name: str, within: str) -> None:
    assert law_with_article(name) == within
