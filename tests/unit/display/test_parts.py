"""Parts of a page: what they show, and that no value of theirs is missed."""

from __future__ import annotations

import pytest

from socdialog.display.parts import (
    Card,
    Cards,
    Claim,
    Disagreement,
    Figure,
    Folded,
    Value,
    leaves,
    plain,
    sentence,
    small_print,
    spans,
    table,
    values,
)

A, B, C = (Value(text, (f"events:{text}",)) for text in "abc")


def test_a_sentence_is_its_words_and_values() -> None:
    assert sentence("There are ", A, ".").text == "There are a."


def test_a_heading_with_a_hash_heads_numbers() -> None:
    shown = table("t", "Caption", ["country", "#events"], [("X", A)])
    assert [(column.heading, column.numeric) for column in shown.columns] == [("country", False), ("events", True)]


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="do not have 2 cells"):
        table("t", "Caption", ["country", "#events"], [("X",)])


def test_values_in_cells_notes_and_captions_are_all_seen() -> None:
    shown = table("t", "Caption", ["x", "y"], [((A, "word"), B)], note=("Known for ", C, "."))
    figure = Figure("f", {"mark": "bar"}, ("Bars of ", C), table("t2", "Caption", ["x"], [(A,)]))
    assert list(values([shown])) == [A, B, C]
    assert list(values([figure])) == [C, A]
    assert list(values([small_print("n = ", B)])) == [B]


def test_spans_keep_words_and_their_order() -> None:
    shown = table("t", "Caption", ["x"], [(A,)], note="Small print")
    assert list(spans(shown)) == [A, "Small print"]
    assert plain(spans(shown)) == "aSmall print"


def test_values_of_cards_claims_and_folded_parts_are_all_seen() -> None:
    cards = Cards("keys", (Card("Density", A), Card("Coverage", B)))
    claims = Disagreement("d", "How many?", (Claim(B, "X"), Claim(C, "Y")), "One value.", "Open.")
    folded = Folded("more", "More", (sentence(A), claims))
    assert list(values([cards, folded])) == [A, B, A, B, C]
    assert list(leaves([cards, folded])) == [cards, *folded.parts]


def test_a_figure_has_its_table_or_names_the_full_one() -> None:
    with pytest.raises(ValueError, match="neither a table nor a full figure"):
        Figure("f", {"mark": "bar"}, ("Bars.",))
    assert Figure("f", {"mark": "bar"}, ("Bars.",), full="density").table is None


def test_a_figure_says_its_finding_as_text() -> None:
    lines = {"text": ["Density in 2017:", "46.9%"], "subtitle": "% of employees"}
    shown = Figure("f", {"mark": "bar", "title": lines}, ("Bars.",), full="density")
    assert (shown.title, shown.subtitle) == ("Density in 2017: 46.9%", "% of employees")
    assert Figure("f", {"mark": "bar", "title": "Plain"}, ("Bars.",), full="density").title == "Plain"
    assert Figure("f", {"mark": "bar"}, ("Bars.",), full="density").title == ""
