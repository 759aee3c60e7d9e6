"""An official series on a page: its latest value, who does not publish it, one chart of all releases, its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import pytest

from socdialog import schemas
from socdialog.display.parts import Figure, Folded, Table, cell_spans, plain
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import lines, used_as
from socdialog.profiles.country.series_figure import gaps, limits, series_figure, series_lead
from socdialog.store.study import Notes

#: A rate of two publishers and a score, bound to one section.
CATALOGUE = [
    {"indicator": "RATE", "label": "Union rate", "section_order": 1, "shown_with": "union_density"},
    {"indicator": "RATE_OTHER", "label": "Union rate (Survey)", "section_order": 2, "shown_with": "union_density"},
    {"indicator": "SCORE", "label": "Score", "section_order": 3, "unit": "score_0_10"},
]


def rows(table: str, given: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Rows of a clean table, of which only some cells are given."""
    dtypes = schemas.clean_dtypes(table)
    filled = [{"row_id": f"{table}:{at}"} | dict(row) for at, row in enumerate(given)]
    return pl.DataFrame([{name: row.get(name) for name in dtypes} for row in filled], schema=dtypes, orient="row")


def page(
    values: Mapping[tuple[str, str], Mapping[int, float | None]],
    *,
    absent: Sequence[tuple[str, str]] = (),
    classified: str | None = None,
) -> ProfileContext:
    """A page about Peru with the values of series by year: ``{("RATE", "Office 2024-01"): {2020: 5.0}}``."""
    about = {"definition": "Members in work.", "caveat": "Not members.", "unit": "percent", "section": "actors"}
    shares = {"RATE": "employees"}
    years = [
        {"country": "PER", "indicator": code, "unit": "percent", "classification": classified}
        | dict(zip(("source", "vintage"), told.rsplit(" ", 1), strict=True))
        | {"year": year, "value": value}
        for (code, told), series in values.items()
        for year, value in series.items()
    ]
    missing = [
        {"country": "PER", "indicator": code} | dict(zip(("source", "vintage"), told.rsplit(" ", 1), strict=True))
        for code, told in absent
    ]
    catalogue = [about | row | {"share_of": shares.get(str(row["indicator"]))} for row in CATALOGUE]
    tables = {
        "indicators": rows("indicators", catalogue),
        "country_years": rows("country_years", years),
        "not_published": rows("not_published", missing),
        "indicator_cautions": rows("indicator_cautions", []),
        "countries": rows("countries", [{"country": "PER", "name": "Peru"}]),
    }
    return ProfileContext(("PER",), tables, Notes(), None, None, "2024", "")


RATES = ["RATE", "RATE_OTHER"]
BROKEN = {2009: 40.0, 2010: 42.5, 2013: 41.0}


def said(context: ProfileContext, indicators: Sequence[str] = RATES) -> list[str]:
    return [part.text for part in series_lead(context, indicators, what="the union rate")]


def test_the_latest_value_is_that_of_the_first_series_with_one() -> None:
    made = page({("RATE", "Office 2024-01"): {2018: 41.26, 2019: None}, ("RATE_OTHER", "Survey 6.1"): {2021: 39.0}})
    (sentence,) = series_lead(made, RATES, what="the union rate")
    assert sentence.text.startswith(
        "In 2018, the latest year published by Office, the value for the union rate was 41.3"
    )
    assert sentence.text.endswith("% of employees.")
    assert sentence.kind == "lead"
    assert said(page({("RATE_OTHER", "Survey 6.1"): {2021: 39.0}}))[0].startswith(
        "In 2021, the latest year published by"
    )


def test_the_latest_release_counts_and_not_the_latest_year_of_an_older_one() -> None:
    made = page({("RATE", "Office 2024-01"): {2018: 40.0}, ("RATE", "Office 2020-01"): {2019: 50.0}})
    assert "In 2018" in said(made)[0]


def test_three_absences_have_three_sentences() -> None:
    checked = [("RATE", "Office 2024-01"), ("RATE_OTHER", "Survey 6.1")]
    both = "Office (January 2024 release) and Survey (release 6.1) do not publish the union rate for Peru."
    assert said(page({}, absent=checked)) == [both]
    (one,) = series_lead(page({}, absent=checked[:1]), RATES, what="the union rate")
    assert one.text == "Office (January 2024 release) does not publish the union rate for Peru."
    assert one.kind == "lead"
    empty = page({("RATE", "Office 2024-01"): {2018: None}})
    assert said(empty) == ["Office (January 2024 release) lists the union rate for Peru without a value."]
    assert said(page({})) == ["No data found on the union rate."]
    assert said(page({}), []) == ["No data found on the union rate."]


def test_a_value_and_an_absence_are_both_said() -> None:
    made = page({("RATE", "Office 2024-01"): {2018: 40.0}}, absent=[("RATE_OTHER", "Survey 6.1")])
    assert said(made)[1:] == ["Survey (release 6.1) does not publish the union rate for Peru."]
    older = page({("RATE", "Office 2024-01"): {2018: 40.0}}, absent=[("RATE", "Office 2020-01")])
    assert said(older)[1:] == [], "a publisher with a value in another release publishes it"


def test_parts_without_a_total_are_named_and_never_added_up() -> None:
    made = page({("RATE", "Office 2024-01"): {2018: 40.0}}, classified="SEX_F")
    two = made["country_years"].with_columns(pl.lit("SEX_M").alias("classification"), pl.lit("b").alias("row_id"))
    parts = ProfileContext(
        ("PER",),
        {**made.tables, "country_years": pl.concat([made["country_years"], two])},
        Notes(),
        None,
        None,
        "2024",
        "",
    )
    assert said(parts) == [
        "Office (January 2024 release) publishes the union rate by classification only, without a total."
    ]
    assert list(series_figure(parts, RATES, key="k")) == []


def test_one_chart_shows_every_release_as_a_line_of_its_own() -> None:
    made = page({("RATE", "Office 2024-01"): BROKEN, ("RATE_OTHER", "Survey 6.1"): {2009: 30.0, 2012: 31.0}})
    (figure,) = series_figure(made, RATES, key="rate")
    assert isinstance(figure, Figure)
    assert figure.title.startswith("Union rate in Peru: 41")
    assert figure.title.endswith("in 2013, no values for 2011–2012")
    assert figure.subtitle == "% of employees, 2009–2013. Office, January 2024 release; Survey, release 6.1"
    runs = {row["run"] for row in next(iter(figure.chart["datasets"].values()))}
    assert len(runs) == 4, "each release has a line, and both have a gap"
    assert figure.table is not None
    assert [column.heading for column in figure.table.columns] == [
        "Year",
        "Office, January 2024 release",
        "Survey, release 6.1",
    ]
    assert [plain(cell_spans(row[0])) for row in figure.table.rows] == ["2013", "2012", "2010", "2009"]
    assert plain(cell_spans(figure.table.rows[0][2])) == "–"


def test_the_caption_has_the_first_last_lowest_and_highest_value() -> None:
    (figure,) = series_figure(page({("RATE", "Office 2024-01"): BROKEN}), RATES, key="rate")
    assert isinstance(figure, Figure)
    alt = figure.alt.replace(" %", "%")
    assert "40% in 2009 (lowest) and 41% in 2013; the highest value is 42.5% (2010); Office" in alt
    assert alt.endswith("Years without a value are gaps.")
    whole = {2009: 40.0, 2010: 42.5}
    (figure,) = series_figure(page({("RATE", "Office 2024-01"): whole}), RATES, key="rate")
    assert "gaps" not in figure.alt  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({2009: 40.0, 2010: 42.5}, "40% in 2009 (lowest) and 42.5% in 2010 (highest)"),
        ({2009: 42.5, 2010: 40.0}, "42.5% in 2009 (highest) and 40% in 2010 (lowest)"),
        (
            {2009: 41.0, 2010: 42.5, 2011: 40.0, 2012: 40.0},
            "41% in 2009 and 40% in 2012 (lowest); the highest value is 42.5% (2010)",
        ),
        (
            {2009: 42.5, 2010: 40.0, 2011: 41.0},
            "42.5% in 2009 (highest) and 41% in 2011; the lowest value is 40% (2010)",
        ),
        (
            {2009: 41.0, 2010: 40.0, 2011: 41.0},
            "41% in 2009 and again in 2011 (highest); the lowest value is 40% (2010)",
        ),
        (
            {2009: 41.0, 2010: 40.0, 2011: 43.0, 2012: 42.0},
            "41% in 2009 and 42% in 2012; the lowest value is 40% (2010), the highest 43% (2011)",
        ),
        (
            {2009: 41.0, 2010: 40.0, 2011: 43.0, 2012: 41.0},
            "41% in 2009 and again in 2012; the lowest value is 40% (2010), the highest 43% (2011)",
        ),
        ({2009: 41.01, 2010: 41.04}, "41% in each year from 2009 to 2010"),
    ],
)
def test_a_line_in_words_says_each_value_once(values: dict[int, float], said: str) -> None:
    (figure,) = series_figure(page({("RATE", "Office 2024-01"): values}), RATES, key="rate")
    assert isinstance(figure, Figure)
    assert figure.alt == f"Union rate: {said}; Office, January 2024 release."


def test_a_flat_line_with_gaps_has_its_value_in_the_years_that_have_one() -> None:
    (figure,) = series_figure(page({("RATE", "Office 2024-01"): {2009: 41.0, 2011: 41.0}}), RATES, key="rate")
    assert isinstance(figure, Figure)
    assert figure.alt.startswith("Union rate: 41% in each year with a value from 2009 to 2011; Office")


def test_what_makes_no_line_is_a_folded_table() -> None:
    (part,) = series_figure(page({("RATE", "Office 2024-01"): {2018: 40.0}}), "RATE", key="rate")
    assert isinstance(part, Folded)
    assert isinstance(part.parts[0], Table)
    assert len(part.parts[0].rows) == 1
    assert list(series_figure(page({}), RATES, key="rate")) == []


def test_many_releases_are_drawn_by_the_latest_and_listed_completely() -> None:
    made = page(
        {("RATE", f"Office {year}-01"): {2009: float(at), 2010: 1.0} for at, year in enumerate(range(2015, 2021))}
    )
    figure, more = series_figure(made, ["RATE"], key="rate")
    assert isinstance(figure, Figure)
    assert figure.subtitle.endswith("Office, January 2020 release")
    assert figure.table is not None
    assert len(figure.table.columns) == 6
    assert isinstance(more, Folded)
    assert [len(table.columns) for table in more.parts if isinstance(table, Table)] == [2]
    assert "latest release of each series" in figure.alt


def test_lines_that_share_a_release_have_the_name_of_their_series() -> None:
    made = page({("RATE", "Office 2024-01"): BROKEN, ("RATE_OTHER", "Office 2024-01"): BROKEN})
    names = lines(made, RATES).get_column("line").unique(maintain_order=True).to_list()
    assert names == ["Union rate, January 2024 release", "Union rate (Survey), January 2024 release"]


def test_a_study_says_which_series_are_one_quantity_else_the_first_of_the_section_stands_for_it() -> None:
    made = page({})
    assert used_as(made, "union_density", "actors") == RATES
    assert used_as(made, "bargaining_coverage", "dialogue") == []
    assert used_as(made, "strikes", "actors") == ["SCORE"]


def test_limits_are_those_of_the_series_that_the_country_has() -> None:
    made = page({("RATE", "Office 2024-01"): BROKEN})
    (folded,) = limits(made, RATES, key="rate")
    (table,) = folded.parts
    assert isinstance(table, Table)
    assert [plain(cell_spans(row[0])) for row in table.rows] == ["Union rate"]
    assert list(limits(page({}), RATES, key="rate")) == []


def test_words() -> None:
    assert release("2026-02") == "February 2026 release"
    assert release("2021") == "2021 release"
    assert release("6.1") == "release 6.1"
    assert in_sentence("Union rate") == "union rate"
    assert in_sentence("SDG indicator") == "SDG indicator"
    assert gaps(pl.DataFrame({"year": [2000, 2001, 2003, 2007]})) == ["2002", "2004–2006"]
    assert gaps(pl.DataFrame({"year": [2000]})) == []
