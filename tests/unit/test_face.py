"""Every public name is there, and the package costs nothing until one is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import socdialog as sd
from socdialog.intake.check_report import CheckReport
from socdialog.intake.problems import Problem

LOADED = (
    "events reports actors people figures disagreements sources organisations memberships institutions places "
    "conventions ratifications legal_framework supervision minimum_wages country_years not_published"
)
NAMES = [f"load_{name}" for name in LOADED.split()]
OTHERS = ["check", "check_parameters", "clean", "metrics", "charts", "tables", "country_profile", "regional_comparison"]


@pytest.mark.parametrize("name", [*NAMES, *OTHERS, "DataError", "UsageError", "BusyError", "SocdialogError"])
def test_a_public_name_resolves_and_is_listed(name: str) -> None:
    assert getattr(sd, name).__doc__
    assert name in dir(sd)


@pytest.mark.parametrize("name", ["load_evnts", "nothing"])
def test_an_unknown_name_is_no_attribute(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(sd, name)


def test_import_loads_nothing_heavy() -> None:
    heavy = "'polars altair pandera papermill yaml'.split()"
    for used, expected in (("", "[]"), (", polars", "['polars']")):
        ended = subprocess.run(
            [sys.executable, "-c", f"import sys, socdialog{used}; print([n for n in {heavy} if n in sys.modules])"],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        assert ended.stdout.strip() == expected


def test_a_check_report_is_a_table_with_scopes_and_nothing_unescaped() -> None:
    shown = CheckReport((Problem("a<b>.csv", 3, "kind", "'<script>' & more", "error", "code"),))._repr_html_()
    assert shown.count('scope="col"') == 4
    assert '<th scope="row">a&lt;b&gt;.csv:3</th>' in shown
    assert "&lt;script&gt;" in shown
    assert "&amp; more" in shown
    assert "<script>" not in shown
    assert "<caption>1 error, 0 warnings</caption>" in shown
    assert CheckReport(())._repr_html_() == "<p>no problem found</p>"
