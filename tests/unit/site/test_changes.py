"""What changed between two editions: each kind of change, where it belongs, and what is no change."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest
from small_site import clean_table

from socdialog import codebook
from socdialog.site.changes import compare_editions, stated_columns
from socdialog.store.privacy import published_columns

Row = Mapping[str, object]
TOLD = {"org_id": "u", "population": "members", "as_of": "2020", "source": "https://a.org", "qualifier": "exact"}


def claims(*values: tuple[str, float], **more: object) -> pl.DataFrame:
    """Claimed memberships by row id and value."""
    return clean_table("memberships", *({**TOLD, "row_id": name, "value": value, **more} for name, value in values))


def unions(*rows: Row) -> dict[str, pl.DataFrame]:
    return {"organisations": clean_table("organisations", *rows)}


def lines(before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]) -> list[tuple[object, ...]]:
    found = compare_editions(before, after)
    return list(found.select("change", "table", "countries", "column", "previous", "current").iter_rows())


def test_two_editions_with_the_same_tables_do_not_differ() -> None:
    tables = {**unions({"org_id": "u", "country": "KAZ", "name": "A"}), "memberships": claims(("m", 5))}
    assert lines(tables, tables) == []
    assert lines({}, {}) == []


def test_a_corrected_cell_a_removed_row_and_a_new_one() -> None:
    before = unions(
        {"row_id": "a", "org_id": "a", "country": "KAZ", "name": "A"},
        {"row_id": "b", "org_id": "b", "country": "PER", "name": "B"},
    )
    after = unions(
        {"row_id": "a", "org_id": "a", "country": "KAZ", "name": "AA"},
        {"row_id": "c", "org_id": "c", "name": "C"},
    )
    assert lines(before, after) == [
        ("corrected", "organisations", ["KAZ"], "name", "A", "AA"),
        ("removed", "organisations", ["PER"], "name", "B", None),
        ("new", "organisations", None, "name", None, "C"),
    ]


def test_what_no_source_states_is_no_change() -> None:
    before, after = (unions({"row_id": "a", "name": "A", "level": level}) for level in ("peak", "sector"))
    assert lines(before, after) == []


def test_a_cell_that_is_emptied_or_filled_is_a_change() -> None:
    row = {"row_id": "r", "country": "KAZ", "convention": "C087", "status": "in_force", "status_as_of": "2020"}
    known, unknown = (
        {"ratifications": clean_table("ratifications", {**row, "ratified_on": day})} for day in ("2000", None)
    )
    assert lines(known, unknown) == [("corrected", "ratifications", ["KAZ"], "ratified_on", "2000", None)]
    assert lines(unknown, known) == [("corrected", "ratifications", ["KAZ"], "ratified_on", None, "2000")]


def test_a_value_in_the_key_is_corrected_where_one_row_of_the_source_stands_for_another() -> None:
    own = unions({"org_id": "u", "country": "KAZ", "name": "U"})
    before, after = ({**own, "memberships": claims((f"m{value}", value))} for value in (100, 120))
    assert lines(before, after) == [("corrected", "memberships", ["KAZ"], "value", "100.0", "120.0")]
    ids = compare_editions(before, after).select("previous_row_id", "row_id").row(0)
    assert ids == ("m100", "m120")


@pytest.mark.parametrize(
    ("more", "after"),
    [({"source": "https://b.org"}, 1), ({"as_of": "2021"}, 1), ({"population": "women"}, 1), ({}, 2)],
)
def test_a_row_of_another_source_date_or_scope_or_one_of_several_is_new(more: Row, after: int) -> None:
    old = {"memberships": claims(("m1", 100))}
    new = {"memberships": claims(*((f"n{number}", 120 + number) for number in range(after)), **more)}
    found = compare_editions(old, new).unique(["change", "previous_row_id", "row_id"])
    assert sorted(found.get_column("change")) == ["new"] * after + ["removed"]


def test_wording_in_the_key_is_corrected_and_a_classification_is_not() -> None:
    law = {"country": "KAZ", "aspect": "strike", "source": "https://a.org"}
    before, after = (
        {"legal_framework": clean_table("legal_framework", {**law, "row_id": text, "provision": text})}
        for text in ("Strikes are lawful.", "Strikes are lawful after notice.")
    )
    assert [line[0] for line in lines(before, after)] == ["corrected"]
    series = {"country": "KAZ", "indicator": "I", "year": 2020, "value": 5.0, "vintage": "2024-01", "source": "S"}
    before, after = (
        {"country_years": clean_table("country_years", {**series, "row_id": sex, "classification": sex})}
        for sex in ("SEX_F", "SEX_M")
    )
    assert {line[0] for line in lines(before, after)} == {"removed", "new"}


def test_a_row_belongs_to_the_countries_of_what_it_names() -> None:
    tables = {
        "events": clean_table("events", {"event_id": "e", "countries": ["UZB", "KAZ"]}),
        "reports": clean_table("reports", {"report_id": "a#1", "event_id": "e", "label": "A"}),
        "actors": clean_table("actors", {"report_id": "a#1", "name": "B"}),
        "countries": clean_table("countries", {"country": "TGO", "name": "Togo"}),
        "conventions": clean_table("conventions", {"convention": "C087", "title": "C"}),
        **unions({"org_id": "o", "country": "PER", "name": "O"}),
        "organisation_names": clean_table("organisation_names", {"org_id": "o", "name": "OO"}),
    }
    found = {table: countries for _, table, countries, *_ in lines({}, tables)}
    assert found == {
        "actors": ["KAZ", "UZB"],
        "reports": ["KAZ", "UZB"],
        "countries": ["TGO"],
        "conventions": None,
        "organisations": ["PER"],
        "organisation_names": ["PER"],
    }


def test_tables_of_people_are_not_compared() -> None:
    tables = {"people": clean_table("people", {"report_id": "a#1", "name": "B"})}
    assert lines({}, tables) == []


def test_every_column_that_is_compared_is_published() -> None:
    for name, spec in codebook.tables().items():
        if spec.states and not spec.personal:
            frame = clean_table(name)
            assert set(stated_columns(spec)) <= set(published_columns(name, frame).columns), name
            assert not [one for one in stated_columns(spec) if isinstance(frame.schema[one], pl.List)]
