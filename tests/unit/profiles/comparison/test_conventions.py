"""The matrix of ratified conventions: a sign for each status, an older status in brackets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_page import dated, small_page

from socdialog.display.parts import Table, plain
from socdialog.profiles.comparison import conventions


@pytest.mark.parametrize(
    ("status", "as_of", "shown"),
    [
        ("in_force", "2019", "●\u00a0–"),
        ("not_ratified", "2024-03", "○\u00a02024"),
        ("not_ratified", "2019-05", "– (○\u00a02019)"),
        ("law_only", "2019", "– (◐\u00a02019)"),
        (None, None, "–"),
    ],
)
def test_a_status_that_is_out_of_date_is_in_brackets(status: str | None, as_of: str | None, shown: str) -> None:
    named = {"convention": "C087", "title": "Freedom of Association", "group": "fundamental"}
    row = {"country": "PER", "convention": "C087", "status": status}
    page = small_page(
        conventions=[named | dated("adopted", "1948")],
        ratifications=[row | dated("status_as_of", as_of)] if status else [],
        countries=[{"country": code, "name": code} for code in ("CHL", "PER")],
    )
    (table,) = conventions.parts(replace(page, countries=("CHL", "PER")))
    assert isinstance(table, Table)
    assert [plain((cell,)) for cell in table.rows[0]] == ["No. 87 Freedom of Association", "–", shown]
