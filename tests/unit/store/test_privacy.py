"""What leaves the study is what the data dictionary lets out, column by column."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog import codebook
from socdialog.codebook import PEOPLE
from socdialog.store.privacy import published_columns, scanned_columns, without_people

NAME = "Ayşe Demirtaş"
TABLES = {
    "person_names": pl.DataFrame({"name": [NAME]}),
    "persons": pl.DataFrame({"person_id": ["p-demirtas"], "name": [NAME]}),
    "people": pl.DataFrame({"name": [NAME]}),
    "person_distinct": pl.DataFrame({"reason": ["the same name"]}),
    "name_decisions": pl.DataFrame({"name": [NAME], "means": ["p-demirtas"]}),
    "name_exceptions": pl.DataFrame({"name": [f"{NAME} Foundation"]}),
    "actors": pl.DataFrame({"name": [f"{NAME} Foundation"]}),
    "figures": pl.DataFrame(
        {
            "report_id": ["a#1", "a#1"],
            "attributed_to": [NAME, "FTURK"],
            "scope": ["Kazakhstan", None],
            "claimed_by": ["an official (name withheld)", "FTURK"],
        }
    ),
    "sources": pl.DataFrame({"title": [f"{NAME} speaks"], "note": [f"by {NAME}"]}),
    "decisions": pl.DataFrame({"decision": ["same"], "reason": [f"{NAME} said so"], "decided_by": [NAME]}),
    "disagreements": pl.DataFrame(
        {
            "row_ids": [[f"people:r#1|{NAME}", "figures:r#1|1"], [f"people:r#1|{NAME}", "person_names:x"], []],
            "difference": [1.0, None, 7.0],
        },
        schema_overrides={"row_ids": pl.List(pl.String)},
    ),
}


def test_tables_of_people_and_columns_that_may_name_them_stay() -> None:
    kept = without_people(TABLES)
    assert set(kept) == {"actors", "figures", "sources", "decisions", "disagreements"}
    assert kept["figures"].get_column("attributed_to").to_list() == ["an official (name withheld)", "FTURK"]
    assert kept["figures"].get_column("scope").to_list() == ["Kazakhstan", None]
    assert kept["sources"].row(0) == (f"{NAME} speaks", None), "a title is a citation, a remark is not published"
    assert kept["decisions"].row(0) == ("same", None, None)
    assert kept["actors"].row(0) == (f"{NAME} Foundation",), "a body called after somebody: the check decides"
    assert TABLES["figures"].item(0, "attributed_to") == NAME, "the tables given stay as they were"


def test_rows_about_people_go_and_other_rows_lose_their_ids() -> None:
    kept = without_people(TABLES)
    assert kept["disagreements"].get_column("row_ids").to_list() == [["figures:r#1|1"], []]
    assert kept["disagreements"].get_column("difference").to_list() == [1.0, 7.0]


def test_a_row_about_one_person_goes_and_a_row_about_nobody_stays() -> None:
    rows = pl.DataFrame({"row_ids": [["people:r#1|x"], ["figures:r#1|1"], [], None]})
    kept = without_people({"disagreements": rows})["disagreements"]
    assert kept.get_column("row_ids").to_list() == [["figures:r#1|1"], [], None]


def test_an_attribution_without_its_published_form_is_withheld() -> None:
    raw = {"figures": pl.DataFrame({"report_id": ["a#1"], "attributed_to": [NAME]})}
    assert without_people(raw)["figures"].get_column("attributed_to").to_list() == [None]


def test_what_is_done_twice_is_done_once() -> None:
    once = without_people(TABLES)
    twice = without_people(once)
    assert once.keys() == twice.keys()
    assert all(once[name].equals(twice[name]) for name in once)


def test_a_reader_is_given_no_empty_column_for_what_is_withheld() -> None:
    kept = without_people(TABLES)
    assert published_columns("sources", kept["sources"]).columns == ["title"]
    assert published_columns("decisions", kept["decisions"]).columns == ["decision"]
    assert published_columns("figures", kept["figures"]).columns == ["report_id", "attributed_to", "scope"]


def test_every_text_of_the_dictionary_says_what_it_may_say_of_people() -> None:
    for table in codebook.tables().values():
        for column in (*table.columns.values(), *table.adds.values()):
            if column.type in {"text", "texts"}:
                assert column.people in PEOPLE, f"{table.name}.{column.name}"
            if column.people == "attributed":
                assert column.published_as in table.adds, "its published form is a column of the clean table"


@pytest.mark.parametrize(
    ("entry", "message"), [({"type": "text"}, "does not say"), ({"people": "maybe"}, "does not say")]
)
def test_a_text_that_says_nothing_is_refused(entry: dict[str, str], message: str) -> None:
    table = {"title": "T", "columns": {"remark": {"type": "text", "doc": "d", **entry}}}
    with pytest.raises(TypeError, match=message):
        codebook._columns(table, "columns")
    fine = codebook._columns(
        {**table, "personal": True, "columns": {"remark": {"type": "text", "doc": "d"}}}, "columns"
    )
    assert fine["remark"].people == "withheld"


def test_every_published_word_is_scanned_but_for_citations_and_addresses() -> None:
    assert set(scanned_columns("figures")) == {"organisation", "scope", "claimed_by"}
    assert set(scanned_columns("sources")) == {"source_id", "publisher", "register"}
    assert "source" in scanned_columns("memberships")
    assert scanned_columns("persons") == ()
