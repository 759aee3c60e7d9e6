"""All clean tables are there, keep their own rules, and do not depend on the order of rows."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from socdialog import codebook, schemas
from socdialog.errors import DataError
from socdialog.intake.clean import clean
from socdialog.intake.reading import RawData


def test_every_table_is_made_sorted_by_key_and_the_raw_data_stays(raw: RawData) -> None:
    before = {name: frame.clone() for name, frame in raw.tables.items()}
    made = clean(raw)
    assert list(made) == [name for name, spec in codebook.tables().items() if spec.stored]
    for name, frame in made.items():
        assert dict(frame.schema) == schemas.clean_dtypes(name)
        assert frame.equals(frame.sort(*codebook.tables()[name].key, nulls_last=True))
    assert all(frame.equals(raw.tables[name]) for name, frame in before.items())


def test_an_absent_optional_table_is_an_empty_one(raw: RawData) -> None:
    optional = [name for name, spec in codebook.tables().items() if spec.optional]
    rest = {name: frame for name, frame in raw.tables.items() if name not in optional}
    made = clean(dataclasses.replace(raw, tables=rest))
    assert optional
    assert all(made[name].is_empty() for name in optional)


def test_a_table_that_breaks_its_rules_is_refused_with_what_is_broken(raw: RawData) -> None:
    reports = clean(raw)["reports"]
    twice = reports.head(1).vstack(reports.head(1))
    with pytest.raises(DataError, match="reports fails its schema") as raised:
        schemas.validate("reports", twice)
    assert any("row_id" in line for line in raised.value.details)


def test_a_catalogue_that_says_nothing_of_uses_has_those_of_the_package_and_any_other_its_own(raw: RawData) -> None:
    told = raw.tables["indicators_reported"]
    bare = dataclasses.replace(raw, tables={**raw.tables, "indicators_reported": told.drop("shown_with")})
    uses = dict(clean(bare)["indicators_reported"].select("indicator", "shown_with").iter_rows())
    assert (uses["workers_on_strike"], uses["days_on_strike"]) == ("strike_workers", "strike_days")
    assert uses["union_members"] is None
    own = told.with_columns(
        shown_with=pl.when(pl.col("indicator") == "union_members").then(pl.lit("reach")).otherwise(None)
    )
    found = clean(dataclasses.replace(raw, tables={**raw.tables, "indicators_reported": own}))["indicators_reported"]
    assert found.drop_nulls("shown_with").get_column("indicator").to_list() == ["union_members"]
