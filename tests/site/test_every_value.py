"""Every value that a page shows leads to its rows; a number without evidence is found."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from walking import faults, names_of

from socdialog.display.parts import Section, Value, sentence, table
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.fresh import Frozen
from socdialog.profiles import Profile


@pytest.fixture(scope="session")
def evidence(shipped_data: Frozen) -> frozenset[str]:
    return frozenset(build_evidence(shipped_data.tables).get_column("row_id"))


@pytest.fixture(scope="session")
def names(shipped_data: Frozen) -> re.Pattern[str]:
    return names_of(table for _, table in sorted(shipped_data.tables.items()))


def test_every_value_of_every_page_has_its_rows(
    profiles: Mapping[str, Profile], evidence: frozenset[str], names: re.Pattern[str]
) -> None:
    found = [
        f"{name}: {fault}"
        for name, profile in profiles.items()
        for section in profile
        for fault in faults(section, rows=evidence, names=names)
    ]
    assert not found, "\n".join(found[:40])


def test_values_of_a_page_lead_to_sources_with_file_or_publisher(profiles: Mapping[str, Profile]) -> None:
    for name, profile in profiles.items():
        shown = [value for value in profile.values() if value.evidence]
        assert len(shown) > 50, name
        for value in shown[::25]:
            behind = profile.evidence(value)
            assert set(behind.get_column("row_id")) == set(value.evidence)
            assert behind.get_column("publisher").null_count() == 0


ROW = frozenset({"events:a"})
NAMES = re.compile("Law No. 6356")


@pytest.mark.parametrize(
    "part",
    [
        sentence("Strikes: 17."),
        sentence("Strikes: ", Value("17", ("events:b",)), "."),
        sentence("Strikes: ", Value("17")),
        sentence("Strikes: ", Value("17 not told", absent=True)),
        table("t", "Strikes", ["year", "#strikes"], [("2020", "17")]),
        table("t", "Strikes", ["year", "#strikes"], [("2020", "–")], note="Known of 17."),
        table("t", "Strikes, 17 in all", ["year"], [("2020",)]),
    ],
)
def test_a_number_without_evidence_is_found(part: object) -> None:
    assert list(faults(Section("made-up", "Made up", (part,)), rows=ROW, names=NAMES))


@pytest.mark.parametrize("words", ["17 December 2025", "since 2010", "C087 of Law No. 6356", "SDG 8.8.2"])
def test_dates_codes_and_names_are_no_numbers(words: str) -> None:
    assert not list(faults(Section("made-up", "Made up", (sentence(words),)), rows=ROW, names=NAMES))
