"""What a study says of itself, its notebooks and its derived tables name nobody either."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from socdialog.intake.checks.documents import people_in_derived, people_in_notebooks, people_in_texts
from socdialog.intake.names.mentions import PersonalNames

PEOPLE = PersonalNames(frozenset({"Jane Doe"}))


def test_a_document_is_told_by_line_also_where_a_name_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("title: A study\nabout: >-\n  coded by Jane\n  Doe and others\n", encoding="utf-8")
    (found,) = people_in_texts([("data/raw/study.yaml", path)], PEOPLE)
    assert str(found).startswith("data/raw/study.yaml:3: names a person ('Jane\\n  Doe')")
    assert found.level == "error"
    path.write_text("title: A study\n", encoding="utf-8")
    assert list(people_in_texts([("x", path), ("y", tmp_path / "absent.yaml")], PEOPLE)) == []


def test_a_notebook_is_told_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "country_profile.ipynb"
    cells = [{"source": ["# One\n", "by office"]}, {"source": ["# Two\n", "by DOE, Jane"]}]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (found,) = people_in_notebooks([("notebooks/country_profile.ipynb", path)], PEOPLE)
    assert (found.file, found.column) == ("notebooks/country_profile.ipynb", "cell 2")
    path.write_text("{", encoding="utf-8")
    assert list(people_in_notebooks([("x", path)], PEOPLE)) == [], "a build says what is wrong with it"


def test_a_derived_table_is_told_by_column_and_rows_about_people_are_not_published() -> None:
    tables = {
        "links": pl.DataFrame({"report_a": ["a#1"], "features": ["shared: Jane Doe"]}),
        "reports": pl.DataFrame({"label": ["Jane Doe"]}),
    }
    (found,) = people_in_derived(tables, PEOPLE)
    assert (found.file, found.column) == ("links (derived)", "features")
