"""Dates and lists within a sentence."""

from __future__ import annotations

import pytest

from socdialog.display.parts import Value
from socdialog.display.prose import in_sentence, listing, on_date


@pytest.mark.parametrize(
    ("date", "words"),
    [("2024-02-29", "on 29 February 2024"), ("2024-02", "in February 2024"), ("2024", "in 2024")],
)
def test_a_date_has_the_preposition_of_its_precision(date: str, words: str) -> None:
    assert on_date(date) == words


def test_a_list_keeps_its_values() -> None:
    values = [Value(f"{at}, and", (f"events:{at}",)) for at in range(3)]
    assert listing(values) == (values[0], ", ", values[1], " and ", values[2])
    assert listing(values[:2]) == (values[0], " and ", values[1])
    assert listing(values[:1]) == (values[0],)
    assert listing([]) == ()


def test_a_label_within_a_sentence_begins_with_a_small_letter_also_where_it_is_an_article() -> None:
    assert in_sentence("A share of a total") == "a share of a total"
    assert in_sentence("Dates of one event") == "dates of one event"
    assert in_sentence("SDG 8.8.2") == "SDG 8.8.2"
