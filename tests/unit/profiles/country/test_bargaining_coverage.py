"""Bargaining coverage: its latest value, who does not publish it, and shares that are of another population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from small_page import small_page

from socdialog.display.parts import Figure, Folded, Sentence, Table
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import bargaining_coverage

CATALOGUE = [
    {"indicator": "COVER", "label": "Coverage", "shown_with": "bargaining_coverage", "share_of": "employees"},
    {"indicator": "FIRMS", "label": "Firms with an agreement, Peru", "share_of": "enterprises"},
    {"indicator": "RIGHT", "label": "Employees with a right", "share_of": "employees"},
    {"indicator": "HEADS", "label": "Workers covered", "unit": "thousand_persons"},
]


def page(
    values: Mapping[str, Mapping[int, float]], *, absent: Sequence[str] = (), vintages: Sequence[str] = ("2024-01",)
) -> ProfileContext:
    about = {"section": "dialogue", "definition": "Defined.", "caveat": "Limited.", "source": "Office"}
    released = {"country": "PER", "source": "Office", "vintage": "2024-01"}
    units = {row["indicator"]: row.get("unit", "percent") for row in CATALOGUE}
    years = [
        released | {"indicator": code, "unit": units[code], "year": year, "value": value, "vintage": vintage}
        for vintage in vintages
        for code, series in values.items()
        for year, value in series.items()
    ]
    return small_page(
        indicators=[about | {"unit": "percent", "section_order": at} | row for at, row in enumerate(CATALOGUE)],
        country_years=years,
        not_published=[released | {"indicator": code} for code in absent],
    )


def said(context: ProfileContext) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in bargaining_coverage.parts(context) if isinstance(part, Sentence)]


def test_the_latest_value_is_said_with_whom_it_is_a_share_of() -> None:
    assert said(page({"COVER": {2009: 61.2, 2012: 74.7}})) == [
        ("lead", "Collective agreements covered 74.7% of employees in 2012, the latest year published by Office.")
    ]


def test_the_absences_are_said_in_their_words() -> None:
    assert said(page({})) == [("plain", "No data found on collective bargaining coverage.")]
    assert said(page({}, absent=["COVER"])) == [
        ("lead", "Office (January 2024 release) does not publish collective bargaining coverage for Peru.")
    ]


def test_a_share_of_another_population_is_kept_apart_with_its_latest_values() -> None:
    values = {"COVER": {2012: 74.7}, "FIRMS": {2021: 98.1, 2022: 97.0, 2023: 53.1}, "RIGHT": {2020: 80.0}}
    assert said(page(values))[1:] == [
        (
            "not_comparable",
            "Shares published by Office are of enterprises, not of employees: 53.1% in 2023, after 97% in 2022.",
        )
    ]
    assert said(page({"COVER": {2012: 74.7}, "FIRMS": {2021: 98.1}}))[1:] == [
        ("not_comparable", "Shares published by Office are of enterprises, not of employees: 98.1% in 2021.")
    ]
    assert len(said(page({"COVER": {2012: 74.7}, "RIGHT": {2020: 80.0}}))) == 1


def test_the_values_of_two_releases_are_not_taken_for_two_years() -> None:
    made = page({"COVER": {2012: 74.7}, "FIRMS": {2022: 97.5, 2023: 53.1}}, vintages=("2023-01", "2024-01"))
    assert said(made)[1][1].endswith("53.1% in 2023, after 97.5% in 2022.")


def test_further_series_are_folded_with_what_they_measure() -> None:
    values = {"COVER": {2009: 60.0, 2010: 61.0}, "HEADS": {2009: 5.0, 2010: 6.0}, "FIRMS": {2010: 90.0}}
    parts = list(bargaining_coverage.parts(page(values)))
    assert [part.key for part in parts if isinstance(part, Figure)] == ["coverage"]
    (folded,) = [part for part in parts if isinstance(part, Folded)]
    assert folded.summary == "Further series, definitions and limits"
    captions = [table.caption for table in folded.parts if isinstance(table, Table)]
    assert captions[:2] == [
        "Firms with an agreement in Peru: % of enterprises, 2010",
        "Workers covered in Peru: thousand persons, 2009–2010",
    ]
    assert len(captions) == 3
