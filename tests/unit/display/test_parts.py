"""Parts of a page: what they show, and that no value of theirs is missed."""

from __future__ import annotations

import pytest

from socdialog.display.parts import Figure, Value, note, plain, sentence, spans, table, values

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
    assert list(values([note("n = ", B)])) == [B]


def test_spans_keep_words_and_their_order() -> None:
    shown = table("t", "Caption", ["x"], [(A,)], note="Small print")
    assert list(spans(shown)) == [A, "Small print"]
    assert plain(spans(shown)) == "aSmall print"
