"""Every clean row leads to what each source gave and to its place; source cells are split as they are written."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from socdialog import codebook
from socdialog.intake.addresses import split
from socdialog.intake.clean import clean
from socdialog.intake.evidence import address_id, build_citations, build_evidence
from socdialog.intake.reading import RawData
from tests.small_site import clean_table


@pytest.fixture(scope="module")
def tables(raw: RawData) -> dict[str, pl.DataFrame]:
    return clean(raw)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("https://a.org/1", ["https://a.org/1"]),
        ("https://a.org/1;https://b.org/2", ["https://a.org/1", "https://b.org/2"]),
        ("https://a.org/1; https://b.org/2", ["https://a.org/1", "https://b.org/2"]),
        ("https://a.org/x;y=1;http://b.org", ["https://a.org/x;y=1", "http://b.org"]),
        ("https://a.org/1 (archived; 2024);https://b.org/2", ["https://a.org/1", "https://b.org/2"]),
        ("ILO letter; in the archive", ["ILO letter; in the archive"]),
    ],
)
def test_a_source_cell_is_split_into_addresses(cell: str, expected: list[str]) -> None:
    assert split(cell) == expected


def test_each_row_leads_to_its_file_and_line(raw: RawData, tables: dict[str, pl.DataFrame]) -> None:
    found = build_evidence(tables)
    assert found.select("raw_file", "raw_line", "source_id", "table").null_count().sum_horizontal().item() == 0
    places = {
        (file, line) for frame in raw.tables.values() for file, line in frame.select("raw_file", "raw_line").iter_rows()
    }
    assert set(found.select("raw_file", "raw_line").iter_rows()) <= places
    led = set(found.get_column("row_id"))
    for name in ("reports", "events", "actors", "people", "figures", "ratifications", "country_years", "not_published"):
        assert set(tables[name].get_column("row_id")) <= led, name
    assert set(found.get_column("source_id")) <= set(tables["citations"].get_column("source_id"))


def test_an_unsourced_row_is_seen(tables: dict[str, pl.DataFrame]) -> None:
    sources = codebook.tables()["ratifications"].sources
    bare = tables["ratifications"].with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in sources)
    found = set(build_evidence({**tables, "ratifications": bare}).get_column("row_id"))
    assert not set(bare.get_column("row_id")) & found


def test_official_values_keep_their_parts(tables: dict[str, pl.DataFrame]) -> None:
    one = tables["country_years"].filter(pl.col("value").is_not_null()).head(1)
    rows = pl.concat([one, one]).with_columns(
        row_id=pl.Series(["country_years:a", "country_years:b"]),
        indicator=pl.lit("UNLISTED"),
        value=pl.Series([1353558.5, None], dtype=pl.Float64),
        unit=pl.lit("persons"),
        classification=pl.Series(["X_1", None]),
        year=pl.lit(2019, dtype=pl.Int64),
        vintage=pl.lit("2022-08"),
        source=pl.lit("Stat Office"),
    )
    found = build_evidence({**tables, "country_years": rows}, ["country_years:a", "country_years:b"])
    parts = ("row_id", "source_id", "subject", "scope", "value", "unit", "period", "release", "claimed_by")
    assert found.select(parts).rows() == [
        ("country_years:a", "series-stat-office", "UNLISTED", ["X_1"], 1353558.5, "persons", "2019", "2022-08", None),
        ("country_years:b", "series-stat-office", "UNLISTED", [], None, "persons", "2019", "2022-08", None),
    ]


def test_only_the_rows_asked_for_are_looked_at(tables: dict[str, pl.DataFrame]) -> None:
    ids = [tables[name].get_column("row_id")[0] for name in ("figures", "memberships", "events")]
    found = build_evidence(tables, ids)
    assert found.equals(build_evidence(tables).filter(pl.col("row_id").is_in(ids)))
    assert set(found.get_column("row_id")) == set(ids)


def test_an_event_rests_on_what_its_reports_state(tables: dict[str, pl.DataFrame]) -> None:
    several = tables["events"].filter(pl.col("n_sources") > 1).row(0, named=True)
    found = build_evidence(tables, [several["row_id"]])
    reports = tables["reports"].filter(pl.col("report_id").is_in(several["report_ids"]))
    assert set(found.get_column("source_id")) == set(reports.get_column("source_id"))
    assert set(found.get_column("subject")) <= set(reports.get_column("label"))
    assert found.get_column("table").unique().to_list() == ["events"]


def test_an_address_of_a_coded_text_is_that_text(tables: dict[str, pl.DataFrame]) -> None:
    url, source_id = tables["sources"].select("url", "source_id").row(0)
    row = tables["ratifications"].head(1).with_columns(source=pl.lit(f"{url};https://other.example/x"))
    found = build_evidence(tables | {"ratifications": row}, row.get_column("row_id").to_list())
    wanted = {source_id, address_id("https://other.example/x")}
    assert wanted <= set(found.get_column("source_id"))


def test_an_address_has_one_id() -> None:
    assert address_id("https://a.org") == address_id("https://a.org") != address_id("https://b.org")


def test_the_date_of_a_status_is_stated_by_the_comment_alone(tables: dict[str, pl.DataFrame]) -> None:
    row = tables["ratifications"].filter(pl.col("convention") == "C087").head(1)
    row = row.with_columns(
        ratified_on=pl.lit("1992"),
        status_as_of=pl.lit("2023"),
        source=pl.lit("https://example.org/list"),
        second_source=pl.lit(None, dtype=pl.String),
        status_source=pl.lit("https://example.org/comment"),
    )
    found = build_evidence({**tables, "ratifications": row}, rows=row.get_column("row_id").to_list())
    stated = {source: parts for source, *parts in found.select("source_id", "status", "since", "period").iter_rows()}
    assert stated == {
        address_id("https://example.org/list"): ["In force", "1992", None],
        address_id("https://example.org/comment"): ["In force", None, "2023"],
    }
    same = row.with_columns(status_source="source")
    found = build_evidence({**tables, "ratifications": same}, rows=row.get_column("row_id").to_list())
    assert found.select("status", "since", "period").rows() == [("In force", "1992", "2023")]
    alone = row.with_columns(status_source=pl.lit(None, dtype=pl.String))
    found = build_evidence({**tables, "ratifications": alone}, rows=row.get_column("row_id").to_list())
    assert found.select("status", "since", "period").rows() == [("In force", "1992", "2023")]


def described(**tables: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    """The citations of small tables by address; each table has the columns that its rows fill."""
    found = {name: clean_table(name, *rows) for name, rows in tables.items()}
    every = {name: clean_table(name) for name in ("sources", "indicators")} | found
    return {row["url"]: row for row in build_citations(every).iter_rows(named=True)}


HOST = {"address": "law.example", "publisher": "Ministry of Justice"}
PAGE = {"address": "https://law.example/1", "publisher": "Parliament", "title": "Act", "published": "2020"}
CITING = [
    {"country": "PER", "source": f"https://{page}"} for page in ("law.example/1", "www.en.law.example/2", "b.org")
]


def test_a_source_is_described_by_its_own_row_or_by_its_host() -> None:
    found = described(legal_framework=CITING, source_descriptions=[HOST, PAGE])
    page, other, bare = (found[f"https://{one}"] for one in ("law.example/1", "www.en.law.example/2", "b.org"))
    assert [page[name] for name in ("publisher", "title", "published")] == ["Parliament", "Act", "2020"]
    assert (page["published_first"], page["published_last"]) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (other["publisher"], other["title"]) == ("Ministry of Justice", None)
    assert (bare["publisher"], bare["published"]) == ("b.org", None)


def test_a_host_describes_no_other_host_that_ends_alike() -> None:
    citing = [{"country": "PER", "source": "https://by-law.example/1"}]
    assert described(legal_framework=citing, source_descriptions=[HOST])["https://by-law.example/1"]["publisher"] == (
        "by-law.example"
    )


def test_a_coded_text_keeps_what_it_states_and_is_described_in_the_rest() -> None:
    coded = {"source_id": "a", "url": "https://law.example/1", "publisher": "Paper", "published": "2021-05-01"}
    found = described(sources=[coded], source_descriptions=[PAGE])["https://law.example/1"]
    assert [found[name] for name in ("source_id", "publisher", "title", "published")] == [
        *("a", "Paper", "Act", "2021-05-01")
    ]


def test_a_statement_of_the_context_describes_its_source() -> None:
    row = {"country": "PER", "source_url": "https://b.org/1", "source_title": "Unions", "source_publisher": "Paper"}
    found = described(context=[row | {"source_date": "2024-03", "source_language": "es"}])["https://b.org/1"]
    assert [found[name] for name in ("title", "publisher", "published", "language")] == [
        *("Unions", "Paper", "2024-03", "es")
    ]
