"""What linking knows of reports: names in every printing are one."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.folding import fold
from socdialog.intake.linking.facts import gather


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Қазақмыс", "Казакмыс"),
        ("Ғалымдар", "Галымдар"),
        ("Ørsted", "Orsted"),
        ("TÜRK-İŞ", "Türk–Iş"),
        ("Oʻzmetal", "Ozmetal"),
    ],
)
def test_unresolved_bodies_and_places_are_folded_as_names_are(little, one, other):
    tables = little(
        {"report_id": "a#1", "who": [one], "place": one}, {"report_id": "b#1", "who": [other], "place": other}
    )
    tables.pop("decisions")
    tables["actors"] = tables["actors"].with_columns(org_id=pl.lit(None, dtype=pl.String))
    facts = gather(**tables)
    assert set(facts.tokens.filter(pl.col("type") == "organisation").get_column("token")) == {fold(one)}
    assert set(facts.reports.get_column("place")) == {f"~{fold(one)}"}
