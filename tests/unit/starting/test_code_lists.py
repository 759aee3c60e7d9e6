"""The code lists hold every code that a cell may hold, and every column."""

from __future__ import annotations

import csv

from socdialog import codebook
from socdialog.starting.code_lists import code_lists


def test_every_code_and_every_column_is_listed() -> None:
    lists = {name: list(csv.DictReader(text.splitlines())) for name, text in code_lists()}
    columns = lists.pop("columns")
    assert [row["code"] for row in lists["roles"]] == list(codebook.vocabulary("roles"))
    assert {row["codes_or_rows"] for row in columns if row["type"] in {"code", "codes"}} == set(lists)
    assert ("activity/sources.csv", "url", "yes") in {(row["file"], row["column"], row["required"]) for row in columns}
