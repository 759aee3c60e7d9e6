"""Official strike statistics: the latest number, a reported zero, series that nobody publishes, one figure of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from small_page import small_page

from socdialog.display.parts import Figure, Folded, Heading, Sentence, Table, Value, plain
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import disputes, official_strikes
from socdialog.store.study import Notes

Row = Mapping[str, object]
CATALOGUE = [
    {"indicator": "STRIKES", "label": "Strikes and lockouts", "unit": "count", "shown_with": "strikes"},
    {"indicator": "WORKERS", "label": "Workers involved", "unit": "thousand_persons"},
    {"indicator": "DAYS", "label": "Days not worked", "unit": "days"},
]
UNITS = {row["indicator"]: row["unit"] for row in CATALOGUE}


def page(
    values: Mapping[str, Mapping[int, float | None]],
    *,
    absent: Sequence[str] = (),
    before: Mapping[int, float] | None = None,
    **tables: Sequence[Row],
) -> ProfileContext:
    """A page about Peru with series of one release, ``{"STRIKES": {2020: 5}}``, and strikes of one `before` it."""
    about = {"section": "disputes", "definition": "Defined.", "caveat": "Lawful only.", "source": "Office"}
    released = {"country": "PER", "source": "Office", "vintage": "2024-01"}
    years = [
        released | {"indicator": code, "unit": UNITS[code], "year": year, "value": value}
        for code, series in values.items()
        for year, value in series.items()
    ]
    years += [
        released | {"indicator": "STRIKES", "unit": "count", "vintage": "2020-01", "year": year, "value": value}
        for year, value in (before or {}).items()
    ]
    return small_page(
        indicators=[about | row | {"section_order": at} for at, row in enumerate(CATALOGUE)],
        country_years=years,
        not_published=[released | {"indicator": code, "note": "looked for"} for code in absent],
        **tables,
    )


def said(context: ProfileContext) -> list[str]:
    return [part.text for part in official_strikes.parts(context) if isinstance(part, Sentence)]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({2019: 7, 2020: 29}, "Office reports 29 strikes and lockouts in 2020, the latest year published."),
        ({2020: 1}, "Office reports 1 strike or lockout in 2020, the latest year published."),
        ({2020: 1234}, "Office reports 1,234 strikes and lockouts in 2020, the latest year published."),
        ({2020: 0}, "Office reports no strikes or lockouts in 2020, the latest year published."),
        ({2019: 3, 2020: None}, "Office reports 3 strikes and lockouts in 2019, the latest year published."),
    ],
)
def test_the_latest_number_is_said_and_a_zero_is_reported(values: Mapping[int, float | None], text: str) -> None:
    assert said(page({"STRIKES": values})) == [text]


def test_not_published_is_said_once_for_the_section_and_of_each_other_series() -> None:
    every = ["STRIKES", "WORKERS", "DAYS"]
    none = said(page({}, absent=every))
    assert none == ["Office (January 2024 release) does not publish strike statistics for Peru."]
    assert said(page({"STRIKES": {2020: 5}}, absent=["WORKERS"]))[1:] == [
        "Office (January 2024 release) does not publish workers involved for Peru."
    ]


def test_without_anything_no_data_was_found() -> None:
    assert said(page({})) == ["No data found on official strike statistics."]


def test_what_must_be_known_of_the_series_of_the_country_is_next_to_it() -> None:
    caution = {"indicator": "STRIKES", "country": "PER", "caution": "Counts of one town."}
    made = page({"STRIKES": {2020: 5}}, indicator_cautions=[caution])
    assert said(made)[1] == "Counts of one town."


def test_each_series_of_three_years_has_a_panel_and_every_value_is_in_the_table() -> None:
    values = {"STRIKES": {2018: 5, 2019: 6, 2021: 3}, "WORKERS": {2018: 1.5, 2019: 2}}
    made = page(values | {"DAYS": {2000: 1, 2001: 2, 2002: 9}})
    (figure,) = [part for part in official_strikes.parts(made) if isinstance(part, Figure)]
    assert (figure.key, figure.title) == ("strikes", "Strikes and lockouts in Peru: 3 in 2021")
    assert figure.subtitle == "2000–2021. Office, January 2024 release"
    panels = figure.chart["hconcat"]
    assert [" ".join(panel["title"]["text"]) for panel in panels] == [
        "Strikes and lockouts (number)",
        "Days not worked (days)",
    ]
    assert plain(figure.caption) == (
        "Strikes and lockouts: 5 in 2018 and 3 in 2021 (lowest); the highest value is 6 (2019). "
        "Days not worked: 1 in 2000 (lowest) and 9 in 2002 (highest)."
    )
    assert figure.table is not None
    assert [column.heading for column in figure.table.columns] == [
        "Year",
        "Strikes and lockouts, January 2024 release (number)",
        "Workers involved, January 2024 release (thousand persons)",
        "Days not worked, January 2024 release (days)",
    ]
    lines = {row[0]: [plain((cell,)) for cell in row[1:]] for row in figure.table.rows}
    assert lines["2019"] == ["6", "2", "–"]
    assert list(lines) == ["2021", "2019", "2018", "2002", "2001", "2000"]


def test_a_panel_shows_the_latest_release_and_the_table_all() -> None:
    latest = {2018: 5.0, 2019: 6.0, 2020: 7.0}
    made = page({"STRIKES": latest}, before={2018: 50.0, 2019: 60.0, 2020: 70.0})
    (figure,) = [part for part in official_strikes.parts(made) if isinstance(part, Figure)]
    assert plain(figure.caption).startswith("Strikes and lockouts: 5 in 2018 (lowest) and 7 in 2020 (highest).")
    assert figure.table is not None
    assert [plain((cell,)) for cell in figure.table.rows[0]] == ["2020", "7", "70"]


def test_a_panel_of_one_value_has_neither_a_lowest_nor_a_highest() -> None:
    made = page({"STRIKES": {2018: 5.0, 2019: 5.0, 2020: 5.0}})
    (figure,) = [part for part in official_strikes.parts(made) if isinstance(part, Figure)]
    said = "Strikes and lockouts: 5 in each year from 2018 to 2020."
    assert plain(figure.caption) == said


def test_two_years_make_no_line_and_their_values_are_folded() -> None:
    parts = list(official_strikes.parts(page({"STRIKES": {2009: 0, 2010: 0}})))
    assert not [part for part in parts if isinstance(part, Figure)]
    folded = [part for part in parts if isinstance(part, Folded)]
    assert [part.key for part in folded] == ["strikes-list", "strikes-limits"]
    (table,) = folded[0].parts
    assert isinstance(table, Table)
    assert [[plain((cell,)) for cell in row] for row in table.rows] == [["2010", "0"], ["2009", "0"]]


@pytest.mark.parametrize(
    ("years", "collection", "boxes"), [(3, "selection", 1), (1, "selection", 0), (3, "register", 0)]
)
def test_one_box_keeps_the_two_ways_of_counting_apart(years: int, collection: str, boxes: int) -> None:
    event = {"event_id": "ev-1", "label": "Strike", "kind": "strike", "countries": ["PER"], "n_sources": 1}
    made = page({"STRIKES": {2000 + year: 2.0 for year in range(years)}}, events=[event])
    notes = Notes(collection=collection)
    made = ProfileContext(made.countries, made.tables, notes, None, None, "2024", "")
    parts = list(disputes.parts(made))
    assert len([part for part in parts if isinstance(part, Sentence) and part.kind == "not_comparable"]) == boxes
    assert [part.key for part in parts if isinstance(part, Heading)] == ["official-strikes", "reported-disputes"]


def test_values_of_one_release_share_a_marker() -> None:
    lead = next(part for part in official_strikes.parts(page({"STRIKES": {2020: 5}})) if isinstance(part, Sentence))
    assert [one.bundle for one in lead.spans if isinstance(one, Value)] == ["STRIKES Office 2024-01"]
