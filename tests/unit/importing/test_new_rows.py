"""What an entry of a map makes of a row, cell by cell."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from socdialog.errors import DataError
from socdialog.importing.map_file import Map, MapFile
from socdialog.importing.new_rows import made_of, new_rows, slug
from socdialog.importing.sheets import ROW, Sheet

SOURCE = {"source_id": "reg", "url": "https://a.org", "publisher": "A", "language": "en", "kind": "government"}


def made(tables: dict, *rows: dict[str, str | None], ids: object = ("A",)) -> dict[str, list[dict[str, str | None]]]:
    """The rows that a map makes of rows of a file, by table, without where they come from."""
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)).with_row_index(ROW, offset=2)
    sheet = Sheet(Path("r.csv"), frame.with_columns(pl.col(ROW).cast(pl.Int64)), 0)
    columns = list(ids) if isinstance(ids, tuple) else ids
    content = MapFile.model_validate({"source": SOURCE, "id": columns, "tables": {"reports": {}, **tables}})
    found = new_rows(sheet, Map(Path("m.yaml"), content))
    return {one.table: one.frame.drop(ROW, "_entry").rows(named=True) for one in found}


def report(entry: dict, **cells: str | None) -> dict[str, str | None]:
    (row,) = made({"reports": entry}, {"A": "1", **cells})["reports"]
    return row


@pytest.mark.parametrize(
    ("cell", "given", "expected"),
    [
        ("strike", {}, "strike"),
        ({"column": "B"}, {"B": "x"}, "x"),
        ({"text": "At {B}, {C}"}, {"B": "x", "C": "y"}, "At x, y"),
        ({"text": "At {B}, {C}"}, {"B": "x", "C": None}, None),
        ({"column": "B", "codes": {"x": "strike", "y": None}}, {"B": "x"}, "strike"),
        ({"column": "B", "codes": {"x": "strike", "y": None}}, {"B": "y"}, None),
        ({"column": "B", "codes": {"x": "strike"}}, {"B": "z"}, "z"),
        ({"text": "naics", "where": "B"}, {"B": "62"}, "naics"),
        ({"text": "naics", "where": "B"}, {"B": None}, None),
        ({"slug": "USA {B}"}, {"B": "St. Louis, MO"}, "usa-st-louis-mo"),
    ],
)
def test_a_cell(cell: object, given: dict[str, str | None], expected: str | None) -> None:
    assert report({"kind": cell}, **given)["kind"] == expected


def test_a_list_is_split_where_the_column_is_one() -> None:
    row = report({"demands": {"column": "B", "split": ","}, "label": {"column": "B", "split": ","}}, B="pay, hours")
    assert (row["demands"], row["label"]) == ("pay;hours", "pay, hours")


def test_ids_are_made_of_cells_and_rows_without_a_needed_cell_are_not_made() -> None:
    figures = [{"indicator": "x", "value": {"column": "B"}}, {"indicator": "y", "value": {"column": "C"}}]
    rows = ({"A": "7 / a", "B": "5", "C": None}, {"A": "8", "B": None, "C": "9"})
    found = made({"figures": figures}, *rows)
    assert [row["report_id"] for row in found["reports"]] == ["reg#7-a", "reg#8"]
    assert [(row["report_id"], row["figure"], row["value"]) for row in found["figures"]] == [
        ("reg#7-a", "1", "5"),
        ("reg#8", "2", "9"),
    ]


def test_rows_of_one_key_are_one_row_and_their_spellings_are_gathered() -> None:
    places = {
        "place_id": {"slug": "{B}"},
        "name": {"column": "B"},
        "country": "USA",
        "variants": {"column": "B", "gather": True},
    }
    found = made({"places": places}, {"A": "1", "B": "Troy"}, {"A": "2", "B": "TROY"}, {"A": "3", "B": None})
    assert found["places"] == [{"place_id": "troy", "name": "Troy", "country": "USA", "variants": "TROY;Troy"}]


def test_what_others_refer_to_comes_first() -> None:
    found = made({"actors": {"name": {"column": "A"}}, "places": {"place_id": {"slug": "{A}"}}}, {"A": "1"})
    assert list(found) == ["sources", "places", "reports", "actors"]


def test_a_row_without_an_id_is_told() -> None:
    with pytest.raises(DataError) as refused:
        made({}, {"A": None, "B": "x"}, {"A": "1", "B": "x"})
    assert refused.value.details == ("r.csv: row 2: id: A: these cells are empty",)


def test_a_hash_tells_cells_apart_that_join_alike() -> None:
    found = made({}, {"A": "a-", "B": "b"}, {"A": "a", "B": "-b"}, ids={"hash": ["A", "B"]})
    assert len({row["report_id"] for row in found["reports"]}) == 2


def test_where_a_cell_comes_from() -> None:
    tables = {"reports": {"label": {"text": "{B} in {C}"}, "kind": "strike"}}
    content = MapFile.model_validate({"source": SOURCE, "id": ["A"], "tables": tables})
    found = Map(Path("m.yaml"), content)
    asked = [made_of(found, "reports", 1, name) for name in ("label", "kind", "report_id")]
    assert asked == [("B", "C"), (), ("A",)]


def test_a_slug_has_small_letters_digits_and_single_signs() -> None:
    assert slug("  Ағаш — №5 / İzmir ") == "агаш-no5-izmir"
