"""Texts of the catalogue agree with their numbers, in English and in languages with more plural forms."""

from __future__ import annotations

import re
import string
from importlib.resources import files

import pytest
import yaml

from socdialog.codebook import cldr
from socdialog.codebook.messages import filled, message

CATALOGUES = sorted(
    file.name for file in files("socdialog.codebook").joinpath("catalogues").iterdir() if file.name.endswith(".yaml")
)
RUSSIAN = {"one": "{n} событие", "few": "{n} события", "many": "{n} событий", "other": "{n} события"}


@pytest.fixture
def russian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cldr, "LANGUAGE", "ru")
    monkeypatch.setattr(cldr, "_locale", cldr._locale.__wrapped__)


@pytest.mark.parametrize(("n", "expected"), [(0, "events"), (1, "event"), (2, "events"), (21, "events")])
def test_an_english_noun_agrees_with_its_number(n: int, expected: str) -> None:
    assert message("event", n=n) == expected


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "0 событий"), (1, "1 событие"), (3, "3 события"), (5, "5 событий"), (11, "11 событий"), (21, "21 событие")],
)
def test_a_catalogue_has_the_forms_of_its_language(n: int, expected: str) -> None:
    assert filled(RUSSIAN, n=n) == expected


@pytest.mark.usefixtures("russian")
def test_numbers_dates_and_percentages_follow_the_language() -> None:
    assert cldr.number(2140.5) == "2\u00a0140,5"
    assert cldr.percent(46.9) == "46,9\u00a0%"
    assert cldr.date("2025-12-17") == "17 декабря 2025\u202fг."
    assert cldr.joined(["a", "b", "c"]) == "a, b и c"


def test_values_are_written_for_readers() -> None:
    assert (
        filled("{n} of {m} in {year}: {places}", n=1, m=2140, year="2024", places=["a", "b"])
        == "1 of 2,140 in 2024: a and b"
    )


@pytest.mark.parametrize("values", [{}, {"m": 1}])
def test_a_missing_value_or_text_is_an_error(values: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        filled("{n} events", **values)
    with pytest.raises(KeyError):
        message("no such text", **values)


@pytest.mark.parametrize("name", CATALOGUES)
def test_each_text_has_exactly_the_plural_forms_of_its_language_and_the_values_of_the_english_text(name: str) -> None:
    folder = files("socdialog.codebook").joinpath("catalogues")
    entries, english = (yaml.safe_load(folder.joinpath(one).read_text("utf-8")) for one in (name, "en.yaml"))
    from babel import Locale

    categories = {*Locale.parse(name.removesuffix(".yaml")).plural_form.tags, "other"}
    assert set(entries) == set(english)
    for key, entry in entries.items():
        forms = {"other": entry} if isinstance(entry, str) else entry
        assert isinstance(entry, str) or set(forms) == categories, key
        source = english[key] if isinstance(english[key], str) else english[key]["other"]
        assert all(_named(form) <= _named(source) for form in forms.values()), key


def _named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name and re.fullmatch(r"\w+", name)}
