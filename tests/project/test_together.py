"""Tests that share what is dear to make are kept together by their paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.together import TOGETHER, scope_of

ROOT = Path(__file__).parents[2]


def test_every_path_of_what_is_kept_together_exists() -> None:
    assert [begin for begin in TOGETHER if not (ROOT / begin).exists()] == []


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/builds/test_identity.py::test_verify_finds_a_changed_byte", "builds"),
        ("tests/notebooks/test_tour.py::test_the_tour_runs[a::b]", "builds"),
        ("tests/builds/test_shapes.py::test_one_country_reads_well", "studies of many kinds"),
        ("tests/unit/test_dates.py::test_a_date[tests/site/]", "tests/unit/test_dates.py"),
    ],
)
def test_a_test_runs_with_those_it_shares_with_or_with_its_file(nodeid: str, scope: str) -> None:
    assert scope_of(nodeid) == scope
