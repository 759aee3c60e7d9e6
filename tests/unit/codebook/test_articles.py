"""Names of countries within a sentence."""

from __future__ import annotations

import pytest

from socdialog.codebook.articles import with_article


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
