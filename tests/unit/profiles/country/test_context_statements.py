"""The summary paragraph: the latest statement of each aspect, in order, dated where it is old, within its room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from small_page import dated, small_page

from socdialog.display.parts import Value
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.context_statements import paragraph, statements

Row = Mapping[str, object]


def statement(aspect: str, order: int, as_of: str, text: str | None = None, **more: object) -> Row:
    words = f"Statement {order} on {aspect}." if text is None else text
    about = {"country": "PER", "aspect": aspect, "order": order, "statement": words or None, "source_url": f"u{order}"}
    return about | dated("as_of", as_of) | more


def page(*rows: Row) -> ProfileContext:
    return small_page(edition="2026-11", context=rows)


def said(*rows: Row) -> str:
    made = page(*rows)
    return " ".join(part.text for part in paragraph(made, statements(made)))


def test_aspects_have_one_order_and_an_aspect_without_a_row_is_left_out() -> None:
    text = said(statement("current", 1, "2026"), statement("unions", 2, "2026"), statement("rights", 3, "2026"))
    assert text == "Statement 2 on unions. Statement 3 on rights. Statement 1 on current."
    assert said() == ""


def test_the_latest_statement_of_an_aspect_is_chosen_and_a_vague_date_is_not_later_than_a_day_in_it() -> None:
    assert said(statement("unions", 1, "2024"), statement("unions", 2, "2025")) == "Statement 2 on unions."
    assert said(statement("unions", 1, "2025-10-24"), statement("unions", 2, "2025")) == "Statement 1 on unions."


def test_what_is_older_than_five_years_has_its_date() -> None:
    assert said(statement("unions", 1, "2019")) == "Statement 1 on unions (as of 2019)."
    assert said(statement("unions", 1, "2021-11-29")) == "Statement 1 on unions (as of 29 November 2021)."
    assert said(statement("unions", 1, "2021-11-30")) == "Statement 1 on unions."


def test_further_sources_of_a_statement_are_its_evidence_too() -> None:
    made = page(
        statement("unions", 1, "2026", row_id="context:a"),
        statement("unions", 1, "2026", "", row_id="context:b", source_url="other"),
        statement("rights", 2, "2026", row_id="context:c"),
    )
    (sentence,) = paragraph(made, statements(made))
    evidence = [span.evidence for span in sentence.spans if isinstance(span, Value)]
    assert evidence == [("context:a", "context:b"), ("context:c",)]


def _long(words: int) -> str:
    return " ".join(["word"] * words) + "."


def test_where_room_is_short_the_aspects_needed_first_are_shown() -> None:
    names = ("unions", "employers", "institutions", "bargaining", "strikes", "rights", "current")
    rows = [statement(name, order, "2026", _long(30)) for order, name in enumerate(names)]
    made = statements(page(*rows))
    assert made.get_column("aspect").to_list() == ["unions", "bargaining", "strikes", "rights", "current"]
    short: Sequence[Row] = [statement(name, order, "2026", _long(5)) for order, name in enumerate(names)]
    assert statements(page(*short)).height == 6
    assert "institutions" not in statements(page(*short)).get_column("aspect")
    assert statements(page(statement("unions", 1, "2026", _long(200)))).height == 1
