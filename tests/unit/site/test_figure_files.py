"""Each figure of a page is a file too: its data with their sources, and two drawings."""

from __future__ import annotations

import csv
import io

from nbformat import from_dict

from socdialog.display.evidence_markers import Given, Source
from socdialog.display.notebook_parts import MIME, Shown, as_json
from socdialog.display.parts import Column, Figure, Folded, Mark, ScalePlot, ScaleRow, Section, Value, table
from socdialog.display.statements import Statement
from socdialog.site.figure_files import files_of_figures

CHART = {
    "mark": "bar",
    "data": {"values": [{"a": "2017", "b": 46.9}]},
    "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}},
    "title": {"text": "Density in 2017: 46.9%", "subtitle": "% of employees"},
}
ROWS = [("2017", Value("46.9%", ("country_years:1",), bundle="b")), ("2016", "–")]
FULL = Figure("density", CHART, ("Bars.",), table("density", "Density", ["year", Column("2026", bundle="b")], ROWS))
SMALL = Figure("density-small", CHART, ("Bars.",), full="density")
SHOWN = Shown(
    (Section("a", "A", (SMALL, Folded("more", "More", (FULL,)))),),
    (Given("country_years:1", "s", Statement("country_years", subject="Density", value=46.9)),),
    (Source("s", "ILOSTAT", "Density, by country", None, "2026-02", "en", "ilostat"),),
)


def files(page: str, shown: Shown = SHOWN) -> dict[str, bytes]:
    outputs = [{"output_type": "display_data", "data": {MIME: as_json(shown)}}]
    return dict(files_of_figures(from_dict({"cells": [{"cell_type": "code", "outputs": outputs}]}), page))


def test_a_full_figure_has_three_files_and_a_small_one_none() -> None:
    assert sorted(files("countries/KAZ.html")) == [f"figures/KAZ-density.{end}" for end in ("csv", "png", "svg")]
    assert "figures/comparison-density.csv" in files("comparison.html")


def test_a_scale_plot_has_the_same_three_files() -> None:
    row = ScaleRow(Value("Peru"), (Mark(25.0),), (Value("25%"),))
    plot = ScalePlot("latest", "Density", "%", ("Country", "Latest"), (0.0, 50.0), ("0", "50"), (row,))
    found = files("comparison.html", Shown((Section("a", "A", (plot,)),), (), ()))
    assert sorted(found) == [f"figures/comparison-latest.{end}" for end in ("csv", "png", "svg")]
    assert found["figures/comparison-latest.csv"].decode() == "Country,Latest,source\nPeru,25%,\n"
    assert ">Peru<" in found["figures/comparison-latest.svg"].decode()


def test_the_data_name_the_source_of_each_row() -> None:
    found = list(csv.reader(io.StringIO(files("countries/KAZ.html")["figures/KAZ-density.csv"].decode())))
    assert found == [
        ["year", "2026", "source"],
        ["2017", "46.9%", "ILOSTAT, Density, by country, 2026-02"],
        ["2016", "–", ""],
    ]


def test_drawings_are_whole_files_with_the_title_and_the_same_bytes_again() -> None:
    found = files("countries/KAZ.html")
    svg = found["figures/KAZ-density.svg"].decode()
    assert svg.startswith("<svg ")
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert "Density in 2017: 46.9%" in svg
    assert "var(--" not in svg, "colours of a page do not exist in a file"
    assert found["figures/KAZ-density.png"].startswith(b"\x89PNG")
    assert files("countries/KAZ.html") == found
