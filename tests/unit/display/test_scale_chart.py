"""A scale plot as a file draws the marks of the page: a dot for each value, a bar for each span, words on the right."""

from __future__ import annotations

from socdialog.display.parts import Mark, ScalePlot, ScaleRow, Value
from socdialog.display.scale_chart import scale_chart
from socdialog.display.svg import file_svg

PLOT = ScalePlot(
    "density",
    "Density",
    "%",
    ("Country", "Latest"),
    (0.0, 50.0, 100.0),
    ("none", "half", "all"),
    (
        ScaleRow(Value("Peru"), (Mark(25.0),), (Value("25% (2019)"),)),
        ScaleRow(Value("Bolivia"), (Mark(50.0, 75.0, hollow=True), Mark(80.0, 90.0)), (Value("until 2026"),)),
    ),
)


def test_the_drawing_has_every_name_value_and_tick_of_the_plot() -> None:
    svg = str(file_svg(scale_chart(PLOT), key="density", alt="Density"))
    for words in ("Density", "Peru", "Bolivia", "25% (2019)", "until 2026", "none", "half", "all"):
        assert f">{words}<" in svg, words


def test_dots_and_spans_are_drawn_apart_and_none_is_lost() -> None:
    chart = scale_chart(PLOT)
    dots, bars, _ = chart["layer"]
    assert (dots["mark"]["type"], bars["mark"]["type"]) == ("point", "bar")
    values = chart["datasets"][dots["data"]["name"]]
    assert [(one["label"], one["low"], one["high"], one["hollow"]) for one in values] == [
        ("Peru", 25.0, None, False),
        ("Bolivia", 50.0, 75.0, True),
        ("Bolivia", 80.0, 90.0, False),
    ]
    assert dots["encoding"]["x"]["scale"]["domain"] == [0.0, 100.0]


def test_a_plot_without_rows_is_an_empty_drawing() -> None:
    from dataclasses import replace

    svg = str(file_svg(scale_chart(replace(PLOT, rows=())), key="density", alt="Density"))
    assert ">Density<" in svg
