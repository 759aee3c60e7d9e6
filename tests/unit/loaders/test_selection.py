"""Filters say what they keep: a wrong value is an error, bounds decide, and a slice depends on its countries only."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.dates import DateLike
from socdialog.errors import UsageError
from socdialog.intake.clean import clean
from socdialog.intake.evidence import build_evidence
from socdialog.intake.reading import RawData
from socdialog.loaders.selection import events_within, for_pages, known_countries, of_countries, of_years
from socdialog.store.snapshot import slice_hash
from socdialog.store.study import Notes
from tests.small_site import clean_table

NOTES = Notes(edition="2026-11")
TOLD = pl.DataFrame(
    {
        "start_first": ["1992-01-01", "1992-05-19", "1993-02-01", None],
        "start_last": ["1992-12-31", "1992-05-19", "1993-02-28", None],
    }
).with_columns(pl.all().str.to_date())


def hashes(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    countries = tables["countries"].get_column("country").to_list()
    return {country: slice_hash(for_pages(tables, (country,)), notes=NOTES) for country in countries}


@pytest.mark.parametrize("written", ["Oldland", "oldland", "Ôldland", "Vjetër", "OL", "999"])
def test_a_name_that_the_study_gives_a_country_leads_to_it(written: str) -> None:
    countries = pl.DataFrame({"country": "OLD", "name": "Oldland", "own_name": "Vjetër", "iso2": "OL", "m49": 999})
    tables = {"countries": countries, "reports": pl.DataFrame({"countries": [["OLD"]]})}
    assert known_countries(tables.__getitem__, "events", [written]) == ("OLD",)
    assert known_countries(tables.__getitem__, "events", written) == ("OLD",)


@pytest.mark.parametrize("written", ["KZ", "kaz", "Kaz ", "Kasachstan", "哈萨克斯坦"])
def test_a_country_may_be_written_in_any_way(cleaned: Path, written: str) -> None:
    wanted = sd.load_events(countries=["KAZ"], data=cleaned)
    assert wanted.height > 0
    for countries in (written, [written], [written, "KAZ"]):
        assert sd.load_events(countries=countries, data=cleaned).equals(wanted)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("KAX", "'KAX' is not a known country; known: ARM, AZE, GEO, KAZ, KGZ, TJK, TKM, TUR, UZB"),
        ("Chad", "Chad (TCD): this study has nothing on it"),
        ("Kazakhstn", "did you mean 'KAZ'?"),
    ],
)
def test_a_country_that_is_none_of_the_study_is_no_other(cleaned: Path, wrong: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        sd.load_events(countries=[wrong], data=cleaned)
    assert said in str(raised.value)


def test_every_unknown_country_is_told(cleaned: Path) -> None:
    with pytest.raises(UsageError) as raised:
        sd.load_figures(countries=["KAX", "UZX"], data=cleaned)
    assert "KAX" in str(raised.value)
    assert "UZX" in str(raised.value)


def test_no_country_is_a_mistake_and_neither_nothing_nor_everything(cleaned: Path) -> None:
    with pytest.raises(UsageError, match="countries is an empty list"):
        sd.load_events(countries=[], data=cleaned)


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (None, None, [0, 1, 2, 3]),
        (1992, 1992, [0, 1]),
        ("1992-05-20", None, [0, 2]),
        (None, "1992-05-18", [0]),
        ("1992-05-19", "1992-05-19", [0, 1]),
        ("1993-02-28", None, [2]),
        (1994, None, []),
        ("1992-06", 1993, [0, 2]),
        (date(1992, 5, 20), None, [0, 2]),
        ("1992-05", date(1992, 5, 18), [0]),
    ],
)
def test_bounds_decide_and_undated_rows_go_with_either_end(
    since: DateLike | None, until: DateLike | None, kept: list[int]
) -> None:
    rows = TOLD.with_row_index("row")
    if (since, until) == (None, None):
        assert of_years(rows, "events", since=None, until=None).height == 4
    else:
        assert of_years(rows, "events", since=since, until=until).get_column("row").to_list() == kept


def test_tables_with_a_year_are_chosen_by_it() -> None:
    years = pl.DataFrame({"year": [2017, 2018, 2019]})
    assert of_years(years, "country_years", since="2018-05", until=None).get_column("year").to_list() == [2018, 2019]
    assert of_years(years, "supervision", since=None, until=2018).get_column("year").to_list() == [2017, 2018]


@pytest.mark.parametrize("wrong", ["soon", "2018-13", True, 2018.5, "18", 20181, -5, ""])
def test_what_is_no_date_is_an_error(wrong: object) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        of_years(TOLD, "events", since=wrong, until=None)  # type: ignore[arg-type]


def test_ends_out_of_order_are_an_error() -> None:
    with pytest.raises(UsageError, match="since: 2019 is later than until, 2018-05"):
        of_years(TOLD, "events", since=2019, until="2018-05")


def test_the_loaded_rows_of_a_country_bear_it(cleaned: Path) -> None:
    events = sd.load_events(countries=["KGZ"], since=2018, data=cleaned)
    assert events.height > 0
    assert events.get_column("countries").list.contains("KGZ").all()
    assert events.get_column("start_last").dt.year().min() >= 2018  # type: ignore[operator]
    every = sd.load_events(data=cleaned)
    assert 0 < events.height < every.height
    assert every.get_column("event_id").is_sorted()


def test_cutting_a_cut_changes_nothing(tables: dict[str, pl.DataFrame]) -> None:
    for countries in (("KAZ",), ("AZE", "TKM"), tuple(tables["countries"].get_column("country"))):
        once = of_countries(tables, countries)
        twice = of_countries(once, countries)
        assert once.keys() == twice.keys()
        for name, frame in once.items():
            assert frame.equals(twice[name]), name
        assert slice_hash(once, notes=NOTES) == slice_hash(twice, notes=NOTES)


def test_what_a_slice_refers_to_is_in_it(tables: dict[str, pl.DataFrame]) -> None:
    cut = of_countries(tables, ("TUR",))
    within = {name: set(frame.get_column("row_id")) for name, frame in cut.items() if "row_id" in frame.columns}
    sources = set(cut["citations"].get_column("source_id"))
    evidence = build_evidence(cut)
    assert set(evidence.get_column("source_id")) <= sources
    assert set(cut["reports"].get_column("source_id")) <= set(cut["sources"].get_column("source_id")) <= sources
    assert set(cut["actors"].get_column("org_id").drop_nulls()) <= set(cut["organisations"].get_column("org_id"))
    cited = set(evidence.get_column("row_id"))
    assert {row for name in ("events", "reports", "figures", "ratifications") for row in within[name]} <= cited


def without_report(raw: RawData, report_id: str) -> RawData:
    """The raw data before one report was added."""
    changed = dict(raw.tables)
    for name in ("reports", "actors", "people", "figures"):
        changed[name] = changed[name].filter(pl.col("report_id") != report_id)
    return dataclasses.replace(raw, tables=changed)


def alone(raw: RawData, country: str) -> str:
    """A report about one country, the only one of its source, to which nothing refers."""
    reports = raw.tables["reports"]
    refers = [
        *reports.get_column("recodes").drop_nulls(),
        *raw.tables["decisions"].select("report_a", "report_b").row(0),
    ]
    copied = raw.tables["sources"].get_column("copy_of").drop_nulls()
    one = reports.filter(
        (pl.len().over("source_id") == 1)
        & (pl.col("countries") == country)
        & pl.col("recodes").is_null()
        & ~pl.col("report_id").is_in(refers)
        & ~pl.col("source_id").is_in(copied.implode())
    )
    return str(one.get_column("report_id")[0])


@pytest.mark.parametrize("country", ["GEO", "UZB"])
def test_a_report_about_one_country_changes_no_slice_of_another(
    raw: RawData, tables: dict[str, pl.DataFrame], country: str
) -> None:
    before, after = hashes(clean(without_report(raw, alone(raw, country)))), hashes(tables)
    assert {one for one in after if before[one] != after[one]} == {country}


def test_moving_rows_in_a_raw_file_changes_no_slice(raw: RawData, tables: dict[str, pl.DataFrame]) -> None:
    moved = {
        name: frame.reverse().with_columns(raw_line=pl.int_range(2, pl.len() + 2, dtype=pl.Int64))
        for name, frame in raw.tables.items()
    }
    assert hashes(clean(dataclasses.replace(raw, tables=moved))) == hashes(tables)
    value = tables["figures"].with_columns(value=pl.col("value") + 1)
    assert hashes({**tables, "figures": value}) != hashes(tables), "a value does change it"


def test_events_without_a_date_may_lie_in_any_years() -> None:
    events = clean_table(
        "events",
        {"event_id": "before", "start_date": "2009-12"},
        {"event_id": "within", "start_date": "2010"},
        {"event_id": "after", "start_date": "2013-01-01"},
        {"event_id": "undated"},
    )
    assert set(events_within(events, since=2010, until=2012)["event_id"]) == {"within", "undated"}
    assert set(events_within(events, since=2010)["event_id"]) == {"within", "after", "undated"}
    assert events_within(events, since=None).equals(events)
