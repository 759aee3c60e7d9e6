"""Facts that the pages must hold, each with its source; read from the finished pages as a reader would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from reading import blocks, facts, pages_of

from socdialog.profiles import Profile


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("TUR", ("ACTRAV", "17 December 2025")),
        ("KAZ", ("Labour conflicts", "84", "2023")),
        ("KAZ", ("labour conflicts", "68", "2024")),
        ("KAZ", ("49", "68", "2024", "FTURK")),
        ("KAZ", ("Republican Tripartite Commission", "minimum wage", "March 2024")),
        ("KAZ", ("Safe Labour Concept", "2024", "2030")),
        ("KAZ", ("Roadmap", "2025", "2026", "labour conflicts")),
        ("TKM", ("Joint action plan", "National Center of Trade Unions", "ILO-ACTRAV", "2025")),
        ("AZE", ("59", "19 January 2025", "Trade union")),
        ("AZE", ("Lankaran", "23 August 2024 (inferred: year from page order")),
        ("TKM", ("11", "28 April 2025", "News")),
    ],
)
def test_a_fact_of_the_first_texts_is_on_the_pages_of_its_country(
    shipped_site: Path, country: str, words: tuple[str, ...]
) -> None:
    assert list(facts(shipped_site, country, *words))


def test_eleven_conventions_are_reported_for_turkmenistan_only(profiles: Mapping[str, Profile]) -> None:
    totals = {name: profile.tables().get("totals") for name, profile in profiles.items()}
    reported = {name: set(table.get_column("Total")) for name, table in totals.items() if table is not None}
    assert len(reported) > 2
    assert {name for name, found in reported.items() if "11" in found} == {"TKM"}


def test_the_meeting_in_ashgabat_is_one_event_of_several_sources(shipped_site: Path) -> None:
    events = [
        text
        for text in blocks(shipped_site / "countries" / "TKM-events.html")
        if "28 April 2025 ·" in text and "Sources" in text
    ]
    assert len(events) == 1


def test_little_data_is_said_and_never_zero(profiles: Mapping[str, Profile]) -> None:
    for name, profile in profiles.items():
        for section in profile:
            assert section.parts, f"{name}: {section.key} is empty"
        for value in profile.values():
            if value.text.strip() == "0":
                assert value.evidence or value.to, f"{name}: a zero without a source"


def test_a_missing_fact_is_not_found(shipped_site: Path) -> None:
    assert len(pages_of(shipped_site, "TUR")) > 2
    assert list(facts(shipped_site, "TUR", "11 conventions")) == []
    assert list(facts(shipped_site, "TUR", "Türkiye"))
