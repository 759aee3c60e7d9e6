"""Texts of the data are shown in words: no code, no id of a report."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.codebook import wording
from socdialog.display.readable import contradiction_words, report_publishers

CODES = ("labour_conflicts", "labour_conflicts_resolved_pct", "votes_for", "other")
PUBLISHERS = {"otan-2024-01-09-a#1": "Otan (TV)", "otan-2024-01-09-a#12": "Another"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("labour_conflicts_resolved_pct is 28", "labour conflicts resolved is 28"),
        ("my_labour_conflicts and labour_conflicts", "my_labour_conflicts and labour conflicts"),
        ("100 * (votes_for) * 2", "100 × (votes for) × 2"),
        ("9 May 2024 (otan-2024-01-09-a#1)", "9 May 2024 (Otan (TV))"),
        ("9 May 2024 (otan-2024-01-09-a#12)", "9 May 2024 (Another)"),
        ("9 May 2024 (nowhere-a#1)", "9 May 2024 (nowhere-a#1)"),
        ("other things", "other things"),
    ],
)
def test_a_contradiction_is_told_in_words(text: str, shown: str) -> None:
    assert contradiction_words(text, codes=CODES, publishers=PUBLISHERS) == shown


def test_without_codes_a_text_stays_as_it_is() -> None:
    assert contradiction_words("labour_conflicts", codes=("other",), publishers={}) == "labour_conflicts"


def test_acronyms_stand_in_capitals_and_units_with_the_value() -> None:
    assert wording.figure_words("ilo_osh_conventions_pct") == "ILO OSH conventions"


def test_a_report_is_published_by_whoever_published_its_source() -> None:
    tables = {
        "reports": pl.DataFrame({"report_id": ["a#1", "a#2", "b#1"], "source_id": ["a", "a", "b"]}),
        "citations": pl.DataFrame(
            {"source_id": ["a", "b"], "publisher": ["A", None]}, schema_overrides={"publisher": pl.String}
        ),
    }
    assert report_publishers(tables) == {"a#1": "A", "a#2": "A"}
