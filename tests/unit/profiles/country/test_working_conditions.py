"""Official series that no other section shows are listed by their latest value, four openly."""

from __future__ import annotations

from collections.abc import Mapping

from small_page import small_page

from socdialog.display.parts import Folded, Heading, Sentence, Table, plain
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import working_conditions

Row = Mapping[str, object]


def series(code: str, **cells: object) -> Row:
    return {"indicator": code, "label": code.title(), "caveat": "None", "definition": "It", "unit": "count"} | cells


def value(code: str, number: float | None = 5.0, **cells: object) -> Row:
    about = {"country": "PER", "unit": "count", "source": "INEI", "vintage": "2024-01", "year": 2020}
    return about | {"indicator": code, "value": number} | cells


def page(catalogue: list[Row], values: list[Row], **tables: list[Row]) -> ProfileContext:
    return small_page(indicators=catalogue, country_years=values, **tables)


def table(context: ProfileContext) -> Table:
    (found,) = (part for part in working_conditions.parts(context) if isinstance(part, Table))
    return found


def column(shown: Table, at: int) -> list[str]:
    return [plain([row[at]]) for row in shown.rows]  # type: ignore[list-item]


def test_series_of_other_sections_are_not_listed_and_the_heading_names_series_of_none() -> None:
    bound = [series("pay", section="wages"), series("days", section="disputes")]
    values = [value("pay"), value("days"), value("loose")]
    parts = list(working_conditions.parts(page(bound, values[:2])))
    assert isinstance(parts[0], Heading)
    assert (parts[0].key, parts[0].text) == ("working-conditions", "Working conditions")
    assert column(table(page(bound, values[:2])), 0) == ["Pay"]
    loose = page([*bound, series("loose")], values)
    assert column(table(loose), 0) == ["Pay", "Loose"]
    assert next(iter(working_conditions.parts(loose))).text == "Working conditions and other official statistics"  # type: ignore[union-attr]


def test_four_indicators_are_open_and_the_others_folded() -> None:
    codes = [f"s{place}" for place in range(6)]
    catalogue = [series(code, section="wages", section_order=place) for place, code in enumerate(codes)]
    context = page(catalogue, [value(code) for code in codes])
    assert column(table(context), 0) == ["S0", "S1", "S2", "S3"]
    (folded,) = (part for part in working_conditions.parts(context) if isinstance(part, Folded))
    assert folded.summary == "2 further official indicators"
    assert isinstance(folded.parts[0], Table)
    assert column(folded.parts[0], 0) == ["S4", "S5"]


def test_what_is_not_published_is_said_in_its_words() -> None:
    asked = {"country": "PER", "indicator": "pay", "source": "INEI", "vintage": "2024-01"}
    context = page([series("pay", section="wages")], [], not_published=[asked])
    (said,) = (part.text for part in working_conditions.parts(context) if isinstance(part, Sentence))
    assert said == "INEI (January 2024 release) does not publish pay for Peru."
    (said,) = (part.text for part in working_conditions.parts(page([], [])) if isinstance(part, Sentence))
    assert said == "No data found on official statistics on working conditions."


def test_of_a_source_that_publishes_each_period_by_itself_the_latest_release_is_listed() -> None:
    half_years = [
        value("pay", 7.0, year=2019, vintage="2019-01", classification="MONTH_01"),
        value("pay", 8.0, year=2020, vintage="2020-01", classification="MONTH_01"),
        value("pay", 9.0, year=2019, vintage="2019-07", classification="MONTH_07"),
        value("pay", 6.0, year=2019, vintage="3.1", source="Other"),
    ]
    catalogue = [series("pay", section="wages")]
    assert column(table(page(catalogue, half_years[:3])), 1) == ["8", "9"]
    of_two_sources = page(catalogue, [half_years[3], {**half_years[1], "classification": None}])
    assert column(table(of_two_sources), 1) == ["8", "6"], "sources are never one series"


def test_a_caution_about_one_country_is_shown_with_its_series() -> None:
    cautions = [
        {"country": "PER", "indicator": "pay", "caution": "In Lima only."},
        {"country": "CHL", "indicator": "pay", "caution": "Of another country."},
    ]
    context = page([series("pay", section="wages")], [value("pay")], indicator_cautions=cautions)
    limits = table(context).rows[0][-1]
    assert [span.text for span in limits] == ["None", "In Lima only."]  # type: ignore[union-attr]


def test_a_series_of_the_country_of_the_page_is_named_without_it() -> None:
    named = [
        series("own", label="Members, Peru", section="wages"),
        series("other", label="Pay, Chile", section="wages"),
    ]
    assert column(table(page(named, [value("own"), value("other")])), 0) == ["Pay, Chile", "Members"]


def test_a_series_given_by_many_parts_shows_the_first_of_them_by_name_and_where_all_are() -> None:
    parts = [f"SEX_{'F' if place % 2 else 'M'} AGE_{place:03}" for place in range(600)]
    context = page([series("pay", section="wages")], [value("pay", classification=part) for part in parts])
    shown = table(context)
    assert len(shown.rows) == 10
    assert column(shown, 0)[0] == "Pay, SEX_F AGE_001"
    (said,) = (
        part for part in working_conditions.parts(context) if isinstance(part, Sentence) and part.kind == "small"
    )
    assert plain(said.spans) == "The table shows the first 10 rows. All 600 rows"
