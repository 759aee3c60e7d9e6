"""The data package describes what the tables hold, and says nothing that a checker could refute."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from socdialog import codebook, schemas
from socdialog.store import datapackage


def empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=schemas.clean_dtypes(name))


def described(*names: str, kind: str = "csv") -> dict[str, dict[str, object]]:
    package = datapackage.describe(
        {name: empty(name) for name in names},
        format=kind,
        files={name: (f"{name}.{kind}", 3, "ab") for name in names},
        fingerprint="cd",
        title="A study",
    )
    return {resource["name"]: resource for resource in package["resources"]}


def field(resource: dict[str, object], name: str) -> dict[str, object]:
    return next(entry for entry in resource["schema"]["fields"] if entry["name"] == name)


def test_a_licence_is_named_by_its_identifier_with_its_address() -> None:
    package = datapackage.describe(
        {}, format="csv", files={}, fingerprint="f", title="t", licence="in words", licence_id="CC-BY-4.0"
    )
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "in words"}
    ]


def test_a_file_is_named_with_its_size_and_hash() -> None:
    found = described("countries")["countries"]
    assert (found["path"], found["bytes"], found["hash"]) == ("countries.csv", 3, "sha256:ab")


def test_columns_carry_type_meaning_range_and_codes() -> None:
    found = described("places", "ratification_counts")
    count = field(found["ratification-counts"], "count")
    assert count["type"] == "integer"
    assert count["unit"] == "count"
    assert count["constraints"] == {"required": True, "minimum": 0, "maximum": 250}
    country = field(found["places"], "country")
    assert country["vocabulary"] == "iso_countries"
    assert "KAZ" in country["constraints"]["enum"]
    assert field(found["places"], "variants") | {"description": ""} == {
        "name": "variants",
        "type": "list",
        "delimiter": ";",
        "itemType": "string",
        "description": "",
    }


def test_a_number_without_a_fixed_unit_points_to_the_column_that_holds_it() -> None:
    assert field(described("figures")["figures"], "value")["unitColumn"] == "unit"


def test_dates_are_texts_of_reduced_precision_and_bounds_are_days() -> None:
    found = described("reports")["reports"]
    assert field(found, "start_date")["constraints"]["pattern"] == r"\d{4}(-\d{2}(-\d{2})?)?"
    assert field(found, "start_first")["type"] == "date"


def test_a_foreign_key_stands_only_where_its_table_is_in_the_package() -> None:
    alone = described("reports")["reports"]["schema"]["foreignKeys"]
    assert alone == [{"fields": ["recodes"], "reference": {"resource": "", "fields": ["report_id"]}}]
    with_sources = described("reports", "sources")["reports"]["schema"]["foreignKeys"]
    assert {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}} in with_sources


def test_parquet_is_described_as_a_file_with_a_schema() -> None:
    found = described("countries", kind="parquet")["countries"]
    assert found["type"] == "file"
    assert field(found, "m49")["type"] == "integer"


def test_every_table_of_the_dictionary_can_be_described() -> None:
    names = list(codebook.tables())
    assert len(described(*names)) == len(names)
    for name in names:
        assert all(column.doc for column in datapackage.columns(name).values())


def test_an_undescribed_column_is_refused() -> None:
    with pytest.raises(ValueError, match="height: not in the data dictionary"):
        datapackage.describe(
            {"countries": empty("countries").with_columns(height=pl.lit(1))},
            format="csv",
            files={"countries": ("c.csv", 1, "ab")},
            fingerprint="",
            title="",
        )


def test_the_written_form_is_json_that_ends_in_a_line_feed() -> None:
    text = datapackage.dump({"title": "Türkiye"}).decode()
    assert text.endswith("}\n")
    assert "Türkiye" in text
    assert json.loads(text) == {"title": "Türkiye"}


def test_frictionless_accepts_a_parquet_package_and_sees_a_changed_file(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    content = b"any bytes"
    (tmp_path / "countries.parquet").write_bytes(content)
    package = datapackage.describe(
        {"countries": empty("countries")},
        format="parquet",
        files={"countries": ("countries.parquet", len(content), "0e9a" * 16)},
        fingerprint="",
        title="A study",
    )
    path = tmp_path / "datapackage.json"
    path.write_bytes(datapackage.dump(package))
    assert [kind for (kind,) in frictionless.validate(str(path)).flatten(["type"])] == ["hash-count"]
