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
    """The undated event belongs to every span of years and is said to be undated."""
    for since, n in ((2010, 3), (2015, 2)):
        assert sd.load_events(since=since, data=data).height == n
        page = words(sd.country_profile("GHA", since=since, data=data), "events")[0]
        assert page.startswith(f"The collection holds {n + 1} events from"), page
        assert page.endswith("One event is undated."), page
    assert sd.load_events(since=2020, data=data).height == 0
    assert words(sd.country_profile("GHA", since=2020, data=data), "events")[0].startswith("No events since 2020")


def test_what_has_no_date_is_named_and_has_a_row_of_its_own(data: Path) -> None:
    profile = sd.country_profile("GHA", since=2015, data=data)
    assert words(profile, "events")[0] == (
        "The collection holds 3 events from 2015 to 2019, based on 3 sources from 1 publisher. One event is undated."
    )
    assert profile.tables()["events"].height == 3
    years = profile.tables()["events-by-year"]
    assert years.get_column("Year").to_list() == ["2019", "2015", "Year not stated"]
    assert numbers(profile, "events-by-year") == ["1", "1", "1"]
    assert numbers(profile, "events-by-type") == ["3"]


def test_the_years_are_those_of_the_study_and_without_any_everything_counts(data: Path, tmp_path: Path) -> None:
    assert sd.country_profile("GHA", data=data).section("events") == (
        sd.country_profile("GHA", since=2010, data=data).section("events")
    )
    old = shapes.make("before_2010", tmp_path)
    profile = sd.country_profile("FRA", data=old)
    assert sd.load_events(data=old).height == 6
    assert words(profile, "events")[0].startswith("The collection holds 6 events from 1372 to 2009")


def test_an_undated_event_alone_is_shown(data: Path) -> None:
    profile = sd.country_profile("GHA", since=2020, data=data)
    assert words(profile, "events")[:2] == [
        "No events since 2020 found in the 4 sources on Ghana.",
        "The collection holds 3 events of other years and 1 undated event.",
    ]
    (listed,) = (part for part in profile.section("events").parts if isinstance(part, Table))
    assert [plain([cell]) for row in listed.rows for cell in row[:1]] == ["Strike number 4"]
