"""The example of docs/import.md is imported as it stands there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl

import socdialog as sd
from socdialog.importing.import_file import import_file
from tests.shapes import write

DOCUMENT = Path(__file__).parents[3] / "docs" / "import.md"
ADDRESS = "https://labour.example/case?no={3},2026-11"
COUNTRY = {"country": "GBR", "iso2": "GB", "m49": 826, "name": "United Kingdom", "own_name": "United Kingdom"}


def test_the_example_of_the_document_comes_in(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for kind, name in (("text", "stoppages.csv"), ("yaml", "stoppages.yaml")):
        (block,) = re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)
        (tmp_path / name).write_text(block, encoding="utf-8")
    study = write(tmp_path, {"countries": [COUNTRY]}, "title: Stoppages\nregion: United Kingdom\n")
    found = import_file(
        tmp_path / "stoppages.csv", tmp_path / "stoppages.yaml", data=study, apply=True, today=date(2026, 11, 23)
    )
    assert found.problems == ()
    reports, figures, places = (
        (study / "raw" / file).read_text("utf-8").splitlines()[1:]
        for file in ("activity/reports.csv", "activity/report_figures.csv", "registry/places.csv")
    )
    form = "labour-office#{0},labour-office,{1},GBR,GBR,Leeds,,{2},printed,,,machine,,,{3}," + ADDRESS
    assert reports == [
        form.format("17-1", "strike,held,Stoppage at Mill Ltd", "2019-04-03,2019-04-05", "17/1"),
        form.format("17-2", "lockout,held,Stoppage at Quarry Ltd", "2019-04-09,", "17/2"),
    ]
    assert figures == ["labour-office#17-1,1,,,workers_on_strike,1200,,persons,,exact,,,,"]
    assert places == ["gbr-leeds,GBR,Leeds,"]
    stated = sd.load_evidence(data=study).filter(pl.col("row_id") == "reports:labour-office#17-1")
    assert stated.select("subject", "about", "address", "accessed").rows() == [
        ("Stoppage at Mill Ltd", "17/1", "https://labour.example/case?no=17/1", "2026-11")
    ]
    assert sd.load_disputes(data=study).select("kind", "workers", "completed").sort("kind").rows() == [
        ("lockout", None, True),
        ("strike", 1200.0, True),
    ]
