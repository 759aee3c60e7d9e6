"""A page counts what lies within its years, as ``load_events`` does, and names what has no date."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapes

import socdialog as sd
from socdialog.display.parts import Table, plain
from socdialog.profiles import Profile


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shapes.make("one_country", tmp_path_factory.mktemp("one_country"))


def words(profile: Profile, key: str) -> list[str]:
    return [part.text for part in profile.section(key).parts if hasattr(part, "text")]


def numbers(profile: Profile, key: str) -> list[str]:
    """The numbers of a table, row by row."""
    return [plain([cell]) for row in profile.tables()[key].rows() for cell in row[-1:]]


def test_the_page_and_the_loader_count_the_same(data: Path) -> None:
    for since, n in ((2010, 3), (2015, 2), (2020, 0)):
        assert sd.load_events(since=since, data=data).height == n
        page = words(sd.country_profile("GHA", since=since, data=data), "activity")[0]
        assert page.startswith(f"{n or 'No'} events since {since}"), page


def test_what_has_no_date_is_named_and_listed_and_not_counted(data: Path) -> None:
    profile = sd.country_profile("GHA", since=2015, data=data)
    assert words(profile, "activity")[0] == (
        "2 events since 2015 and 1 undated event were found, told by 3 reports. "
        "Counts leave out the undated events, which are listed."
    )
    assert profile.tables()["events"].height == 3
    assert numbers(profile, "events-by-year") == ["1", "1"]
    assert numbers(profile, "events-by-kind") == ["2"]
    assert words(profile, "disputes")[0].startswith("2 of the 2 events of dispute found since 2015 are strikes.")


def test_the_years_are_those_of_the_study_and_without_any_everything_counts(data: Path, tmp_path: Path) -> None:
    assert sd.country_profile("GHA", data=data).section("activity") == (
        sd.country_profile("GHA", since=2010, data=data).section("activity")
    )
    old = shapes.make("before_2010", tmp_path)
    profile = sd.country_profile("FRA", data=old)
    assert sd.load_events(data=old).height == 6
    assert words(profile, "activity")[0] == "6 events were found, told by 6 reports."
    assert "year not known" in profile.tables()["events-by-year"].get_column("year").to_list()


def test_an_undated_event_alone_is_shown(data: Path) -> None:
    profile = sd.country_profile("GHA", since=2020, data=data)
    assert words(profile, "activity")[:2] == [
        "No events since 2020 found in the 4 sources on Ghana.",
        "The collection holds 3 events of other years and 1 undated event.",
    ]
    (listed,) = (part for part in profile.section("activity").parts if isinstance(part, Table))
    assert [plain([cell]) for row in listed.rows for cell in row[:1]] == ["Strike number 4"]
