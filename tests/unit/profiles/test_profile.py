"""A profile: sections by key, evidence by value and by marker, and mistakes that are named."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.display.parts import Section, Value, sentence, table
from socdialog.errors import UsageError
from socdialog.profiles.profile import Profile, make_profile
from tests.small_evidence import evidence

EVIDENCE = evidence(
    {"row_id": "events:1", "source_id": "s1", "subject": "one", "raw_line": 2},
    {"row_id": "events:2", "source_id": "s1", "subject": "two", "raw_line": 3},
    {"row_id": "events:2", "source_id": "s2", "subject": "two", "raw_line": 4},
)
CITATIONS = pl.DataFrame(
    {
        "source_id": ["s1", "s2"],
        "publisher": ["A", "B"],
        "title": ["T", "U"],
        "url": ["https://a.example", "https://b.example"],
        "published": ["2024", None],
        "language": ["en", "en"],
        "copy_of": pl.Series([None, None], dtype=pl.String),
    }
)
ONE, BOTH = Value("1 event", ("events:1",)), Value("2 events", ("events:1", "events:2"))


@pytest.fixture
def profile() -> Profile:
    section = Section("found", "Found", (sentence(ONE, "."), table("t", "T", ["a"], [(BOTH,)])))
    return make_profile("Nowhere", (section,), evidence=EVIDENCE, citations=CITATIONS)


def test_a_value_leads_to_its_rows_with_file_and_line(profile: Profile) -> None:
    assert profile.evidence(BOTH).select("row_id", "raw_line").rows() == [
        ("events:1", 2),
        ("events:2", 3),
        ("events:2", 4),
    ]


def test_a_marker_leads_to_the_same_rows(profile: Profile) -> None:
    assert profile.evidence("[1, 2]").equals(profile.evidence(BOTH))
    assert profile.evidence(1).get_column("publisher").to_list() == ["A", "A", "B"]


def test_a_marker_that_is_not_there_is_a_mistake(profile: Profile) -> None:
    with pytest.raises(UsageError, match="no source 4"):
        profile.evidence("[2, 4]")
    with pytest.raises(UsageError, match="no source 3"):
        profile.evidence(3)


def test_an_unknown_section_names_the_nearest(profile: Profile) -> None:
    with pytest.raises(UsageError, match="found"):
        profile["foumd"]


def test_tables_come_as_frames_of_text(profile: Profile) -> None:
    assert profile.tables()["t"].rows() == [("2 events",)]


def test_every_value_is_yielded(profile: Profile) -> None:
    assert list(profile.values()) == [ONE, BOTH]


def test_a_section_in_plain_text_has_a_name_and_its_parts_are_counted() -> None:
    untitled = Section("summary", "", (sentence(ONE, "."),))
    titled = Section("found", "Found", (sentence(ONE, "."), sentence(BOTH, ".")))
    profile = make_profile("Nowhere", (untitled, titled), evidence=EVIDENCE, citations=CITATIONS)
    assert profile["summary", "found"]._repr_mimebundle_()["text/plain"] == "summary (1 part)\nFound (2 parts)"
