"""Facts that the pages must hold, each with its source; read from the profiles as a reader would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from socdialog.display.parts import Figure, Sentence, Span, Table, Value, plain
from socdialog.profiles import Profile

pytestmark = pytest.mark.xdist_group("site")


def lines(profile: Profile, *sections: str) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """Every sentence and every row of a table as text, with its values."""
    for section in profile:
        if sections and section.key not in sections:
            continue
        for part in section.parts:
            if isinstance(part, Sentence):
                yield _line(part.spans)
                continue
            table = part.table if isinstance(part, Figure) else part
            assert isinstance(table, Table)
            yield from (
                _line([span for cell in row for span in (cell if isinstance(cell, tuple) else (cell,))])
                for row in table.rows
            )


def _line(spans: object) -> tuple[str, tuple[Value, ...]]:
    found: list[Span] = list(spans)  # type: ignore[call-overload]
    return " | ".join(plain([span]) for span in found), tuple(span for span in found if isinstance(span, Value))


def told(profile: Profile, *words: str, section: str) -> set[str]:
    """The publishers behind the lines that hold all these words; fails where there is none."""
    found = [values for text, values in lines(profile, section) if all(word in text for word in words)]
    assert found, f"{profile.name}, {section}: no line with {words}"
    return {
        publisher
        for values in found
        for value in values
        if value.evidence
        for publisher in profile.evidence(value).get_column("publisher")
    }


def test_turkiye_has_the_visit_of_the_ilo_bureau_for_workers(profiles: Mapping[str, Profile]) -> None:
    assert told(profiles["TUR"], "ACTRAV", "17 December 2025", section="activity")


@pytest.mark.parametrize(("count", "year"), [("84", "2023"), ("68", "2024")])
def test_kazakhstan_has_its_labour_conflicts(profiles: Mapping[str, Profile], count: str, year: str) -> None:
    found = [
        text
        for text, _ in lines(profiles["KAZ"], "figures")
        if text.startswith("Labour conflicts:") and f"| {count} |" in text and f"| {year} |" in text
    ]
    assert found
    assert told(profiles["KAZ"], "Labour conflicts:", f"| {count} |", f"| {year} |", section="figures")


def test_kazakhstan_has_the_conflicts_settled_without_a_strike(profiles: Mapping[str, Profile]) -> None:
    assert told(profiles["KAZ"], "FTURK", "2024", "49 of 68 settled without a strike", section="disputes")


def test_kazakhstan_has_the_commissions_decision_on_the_minimum_wage(profiles: Mapping[str, Profile]) -> None:
    words = ("Republican Tripartite Commission", "minimum wage", "March 2024")
    assert told(profiles["KAZ"], *words, section="activity")


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("KAZ", ("Safe Labour Concept", "2024", "2030")),
        ("KAZ", ("Roadmap", "2025", "2026", "labour conflicts")),
        ("TKM", ("Joint action plan", "National Center of Trade Unions", "ILO-ACTRAV", "2025")),
    ],
)
def test_programmes_of_the_first_texts_are_shown(
    profiles: Mapping[str, Profile], country: str, words: tuple[str, ...]
) -> None:
    assert told(profiles[country], *words, "Programme", section="institutions")


def test_azerbaijan_has_59_conventions_as_its_confederation_reports(profiles: Mapping[str, Profile]) -> None:
    assert told(profiles["AZE"], "59 conventions", "January 2025", "Trade union", section="standards")


def test_azerbaijan_has_the_seminar_in_lankaran_with_its_inferred_year(profiles: Mapping[str, Profile]) -> None:
    words = ("Lankaran", "23 August 2024 (inferred)", "year from page order")
    assert told(profiles["AZE"], *words, section="activity")


def test_eleven_conventions_are_reported_for_turkmenistan_only(profiles: Mapping[str, Profile]) -> None:
    assert told(profiles["TKM"], "11 conventions", section="standards")
    for name, profile in profiles.items():
        if name != "TKM":
            assert not [text for text, _ in lines(profile) if "11 conventions" in text], name


def test_the_meeting_in_ashgabat_is_one_event_of_several_sources(profiles: Mapping[str, Profile]) -> None:
    rows = [text for text, _ in lines(profiles["TKM"], "activity") if "28 April 2025" in text]
    assert len(rows) == 1
    assert len(told(profiles["TKM"], "28 April 2025", section="activity")) >= 3


def test_little_data_is_said_and_never_zero(profiles: Mapping[str, Profile]) -> None:
    for name, profile in profiles.items():
        for section in profile:
            assert section.parts, f"{name}: {section.key} is empty"
        for value in profile.values():
            if value.text.strip() == "0":
                assert value.evidence, f"{name}: a zero without a source"


def test_a_missing_fact_is_found(profiles: Mapping[str, Profile]) -> None:
    with pytest.raises(AssertionError, match="no line with"):
        told(profiles["TUR"], "11 conventions", section="standards")
