"""Charts: gaps stay gaps, titles break into lines, and their SVG is stable and stands by itself."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest

from socdialog.display import charts
from socdialog.display.chart_parts import apart, rounded_domain
from socdialog.display.svg import chart_svg, file_png, file_svg, lean, page_drawings, remembering

SERIES = pl.DataFrame(
    {"year": [2010, 2011, 2014, 2014], "value": [1.0, 2.0, 3.0, 9.0], "release": ["old", "old", "old", "new"]}
)


def drawn_rows(chart: object) -> list[dict[str, object]]:
    spec = chart.to_dict()  # type: ignore[attr-defined]
    found = [row for rows in spec["datasets"].values() for row in rows]
    assert found, "a chart without data proves nothing"
    return found


def test_a_missing_year_breaks_the_line() -> None:
    rows = drawn_rows(charts.series(SERIES, title="T", subtitle="S", axis="per cent"))
    runs = {(row["release"], row["year"]): row["run"] for row in rows}
    assert runs["old", 2010] == runs["old", 2011] != runs["old", 2014]
    assert runs["new", 2014] not in {runs["old", 2010], runs["old", 2014]}


def test_a_value_that_is_not_published_is_not_drawn() -> None:
    missing = SERIES.with_columns(value=pl.when(pl.col("year") == 2011).then(None).otherwise("value"))
    rows = drawn_rows(charts.series(missing, title="T", subtitle="S", axis="per cent"))
    assert 2011 not in {row["year"] for row in rows}


def test_a_year_without_events_stays_on_the_axis_without_a_bar() -> None:
    chart = charts.by_year(
        pl.DataFrame({"year": [2010, 2013], "value": [2, 1]}), title="T", subtitle="S", begins=(2013, "begins")
    )
    spec = json.dumps(chart.to_dict())
    assert '"domain": [2010, 2011, 2012, 2013]' in spec
    assert {row["year"] for row in drawn_rows(chart)} == {2010, 2013}
    assert "begins" in spec


def test_a_mark_outside_the_years_is_left_out() -> None:
    frame = pl.DataFrame({"year": [2010, 2013], "value": [2, 1]})
    chart = charts.by_year(frame, title="T", subtitle="S", begins=(2016, "begins"))
    assert "begins" not in json.dumps(chart.to_dict())


def test_a_gap_between_agreements_is_a_gap() -> None:
    frame = pl.DataFrame({"label": ["a", "b"], "start": [2010, 2015], "end": [2012, 2016], "certain": [True, False]})
    rows = drawn_rows(charts.spans(frame, title="T", subtitle="S"))
    assert [(row["start"], row["end"]) for row in rows] == [(2010, 2013), (2015, 2017)]


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_names_of_several_lines_are_inside_the_drawing(width: str) -> None:
    """A letter of a wide system font is up to 0.6 of its height wide: names end at the axis and begin to the left."""
    label = "Republican Collective Agreement (three years)"
    frame = pl.DataFrame({"label": [label], "start": [2010], "end": [2012], "certain": [True]})
    drawn = str(page_drawings(charts.spans(frame, title="T", subtitle="S").to_dict(), key="k", alt="A")[width])
    axis = float(re.search(r"translate\(([\d.]+),", drawn)[1])  # type: ignore[index]
    assert axis > len("Agreement (three years)") * 11 * 0.6


def test_every_line_is_named_however_many_lines_the_names_take() -> None:
    names = [f"Bargaining coverage, adjusted by series {letter}, release 6.1" for letter in "ABCD"]
    frame = pl.DataFrame({"year": [2018] * 4, "value": [7.0, 7.1, 5.9, 6.0], "release": names})
    spec = charts.series(frame, title="T", subtitle="S").to_dict()
    for drawing in page_drawings(spec, key="k", alt="A").values():
        words = " ".join(re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", drawing))
        assert [letter for letter in "ABCD" if f"series {letter}" not in words] == []


def test_two_drawings_of_a_chart_have_its_words_once() -> None:
    spec = charts.series(SERIES, title="T", subtitle="S").to_dict()
    drawn = page_drawings(spec, key="k", alt="What it shows")
    assert [str(one).count('aria-label="What it shows"') for one in drawn.values()] == [1, 0]
    assert 'id="k-wide"' in drawn["wide"]
    assert 'aria-labelledby="k-wide"' in drawn["narrow"]
    (small,) = page_drawings(spec, key="k", alt="What it shows", small=True).values()
    assert small.count('aria-label="What it shows"') == 1


def test_a_long_title_breaks_into_lines() -> None:
    chart = charts.series(SERIES, title="word " * 30, subtitle="S", axis="per cent")
    lines = chart.to_dict()["title"]["text"]
    assert len(lines) > 1
    assert max(len(line) for line in lines) <= 54


def test_svg_is_the_same_each_time_and_asks_for_nothing_outside() -> None:
    chart = charts.series(SERIES, title="T", subtitle="S", axis="per cent")
    first, second = (str(chart_svg(chart.to_dict(), key="k", alt="Words")) for _ in range(2))
    assert first == second
    assert not re.findall(r"(?:href|src|url\()\s*=?\s*[\"']?(?:https?:)?//", first)
    assert "<script" not in first
    assert all(name.startswith("k-") for name in re.findall(r'\bid="([^"]+)"', first))


def test_what_was_drawn_before_is_not_drawn_again_and_looks_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = charts.series(SERIES, title="T", subtitle="S", axis="per cent").to_dict()
    other = charts.series(SERIES, title="Another", subtitle="S", axis="per cent").to_dict()

    def made(chart: dict[str, object]) -> tuple[object, ...]:
        return page_drawings(chart, key="k", alt="A"), file_svg(chart, key="k", alt="A"), file_png(chart, key="k")

    with remembering({}) as drawn:
        first = made(spec)
    assert len(drawn) == 4, "wide, narrow, and one drawing for both files, whose pixels are the fourth"
    monkeypatch.setattr("socdialog.display.svg._draw", None)
    monkeypatch.setattr("socdialog.display.svg._pixels", None)
    with remembering(drawn) as again:
        assert made(spec) == first
        with pytest.raises(TypeError):
            file_svg(other, key="k", alt="A")
    assert again == drawn
    with pytest.raises(TypeError):
        made(spec)


def test_ids_of_two_figures_differ() -> None:
    drawn = '<svg viewBox="0 0 1 1"><clipPath id="clip7"><path d="M0,0h1" fill="red"/></clipPath></svg>'
    assert 'id="a-0"' in lean(drawn, key="a", alt="x")
    assert 'id="b-0"' in lean(drawn, key="b", alt="x")


def test_hostile_words_in_a_chart_stay_words() -> None:
    frame = pl.DataFrame({"label": ["</text><script>alert(1)</script>"], "value": [1]})
    svg = str(
        chart_svg(charts.bars(frame, title="<b>", subtitle="S", label="label").to_dict(), key="k", alt='"><script>')
    )
    assert "<script" not in svg
    assert "<b>" not in svg


def test_marks_that_look_alike_are_joined_and_others_are_not() -> None:
    drawn = (
        '<svg width="9" height="9" viewBox="0 0 9 9"><g><path d="M0,0h1" fill="red"/><path d="M2,0h1" fill="red"/>'
        '<path d="M4,0h1" fill="blue"/><path d=""/></g></svg>'
    )
    svg = str(lean(drawn, key="k", alt="x"))
    assert svg.count("<path") == 2
    assert 'd="M0,0h1M2,0h1"' in svg


def drawing(frame: pl.DataFrame, mode: str = "wide") -> str:
    """A chart of a series as a page draws it."""
    return str(page_drawings(charts.series(frame, title="T", subtitle="S").to_dict(), key="k", alt="x")[mode])


def test_up_to_four_releases_are_named_next_to_their_last_value_and_more_in_a_legend() -> None:
    assert drawing(SERIES).count(">old</text>") == drawing(SERIES).count(">new</text>") == 1
    assert '"legend": {' not in json.dumps(charts.series(SERIES, title="T", subtitle="S").to_dict())
    several = SERIES.filter(pl.col("release") == "old")
    many = pl.concat(several.with_columns(pl.lit(f"release {n}").alias("release")) for n in range(5))
    assert '"legend": {' in json.dumps(charts.series(many, title="T", subtitle="S").to_dict())
    alone = SERIES.filter(pl.col("release") == "new")
    assert ">new</text>" not in drawing(alone), "the subtitle names the only release"


@pytest.mark.parametrize(("mode", "width"), [("wide", "900"), ("narrow", "340")])
def test_long_names_of_releases_take_no_more_than_the_width(mode: str, width: str) -> None:
    long = SERIES.with_columns(pl.col("release") + " release of a very long name, in parts")
    assert re.findall(r'width="(\d+)"', drawing(long, mode))[0] == width


def test_names_at_the_end_of_lines_do_not_overlap() -> None:
    sizes = {"a": 2.0, "b": 2.0, "c": 2.0}
    assert apart({"a": 5.0, "b": 5.0, "c": 1.0}, sizes, within=(0, 10)) == {"c": 1.0, "a": 4.0, "b": 6.0}
    assert apart({"a": 10.0, "b": 10.0}, {"a": 2.0, "b": 2.0}, within=(0, 10)) == {"a": 7.0, "b": 9.0}
    assert apart({"a": 0.0}, {"a": 2.0}, within=(0, 10)) == {"a": 1.0}


@pytest.mark.parametrize(
    ("values", "zero", "ends"),
    [
        ([37.6, 49.2], True, (0.0, 50.0)),
        ([37.6, 49.2], False, (37.5, 50.0)),
        ([-3.0, 4.0], True, (-4.0, 4.0)),
        ([0.0], True, (0.0, 0.2)),
        ([], True, (0.0, 1.0)),
    ],
)
def test_an_axis_ends_at_round_numbers(values: list[float], zero: bool, ends: tuple[float, float]) -> None:
    assert rounded_domain(pl.Series(values, dtype=pl.Float64), zero=zero) == ends


def test_bars_of_groups_are_one_on_the_other_and_share_a_legend() -> None:
    frame = pl.DataFrame({"year": [2010, 2010, 2012], "value": [1, 2, 3], "family": ["b", "a", "a"]})
    spec = charts.by_year(frame, title="T", subtitle="S", group="family").to_dict()
    rows = next(iter(spec["datasets"].values()))
    assert [(row["year"], row["group"], row["place"]) for row in rows] == [
        (2010, "b", 0),
        (2010, "a", 1),
        (2012, "a", 1),
    ]
    svg = str(chart_svg(spec, key="k", alt="x"))
    assert svg.count(">a</text>") == svg.count(">b</text>") == 1
    assert ">2011</text>" in svg, "a year without a row stays on the axis"


def test_points_keep_their_places() -> None:
    drawn = (
        '<svg width="9" height="9" viewBox="0 0 9 9"><g>'
        '<path transform="translate(1,2)" d="M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0" fill="red"/>'
        '<path transform="translate(4,5)" d="M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0" fill="red"/>'
        '<path transform="translate(4,5)" d="M-1,-1h2v2h-2Z" fill="blue"/>'
        '<path transform="translate(4,5)" d="M0,-1L1,1L-1,1Z" fill="blue"/>'
        '<text transform="translate(6,7)">a</text><text transform="translate(1,1)" opacity="0">hidden</text>'
        "</g></svg>"
    )
    svg = str(lean(drawn, key="k", alt="x"))
    assert 'd="M1,2h0M4,5h0"' in svg
    assert 'stroke="red" stroke-width="6" stroke-linecap="round"' in svg
    assert 'd="M3,4h2v2h-2Z"' in svg
    assert 'transform="translate(4,5)" d="M0,-1L1,1L-1,1Z"' in svg
    assert re.search(r'<text x="6" y="7"[^>]*>a</text>', svg)
    assert "hidden" not in svg
