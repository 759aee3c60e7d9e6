"""The language that a text of the data is in, as HTML names it."""

from __future__ import annotations

import pytest

from socdialog.display.language_tags import LanguageTags, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Union", "Latn"),
        ("Профсоюз OK", "Cyrl"),
        ("საქართველო", "Geor"),
        ("Հայաստան", "Armn"),
        ("中国", "Hani"),
        ("2024 –", None),
        ("", None),
    ],
)
def test_the_script_of_a_text_is_that_of_most_of_its_letters(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_a_title_has_the_language_of_its_source_only_in_a_script_of_that_language() -> None:
    tag = LanguageTags([("Профсоюз", "ru"), ("Union", "en"), ("Kasaba", "uz"), ("Касаба", "uz"), (None, "ru")])
    assert tag("Союз", "ru") == "ru"
    assert tag("Союз", "en") == "und-Cyrl"
    assert tag("Союз", "uz") == "uz"
    assert tag("Союз", None) == "und-Cyrl"
    assert tag("100", "ru") is None
