"""How old a study is: of its newest publication or retrieval, and of no day that is yet to come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socdialog.intake.freshness import is_stale, newest
from socdialog.store.study import Study


def study(folder: Path, *, accessed: str, published: str) -> Study:
    made = Study(folder / "data")
    (made.raw / "activity").mkdir(parents=True)
    (made.raw / "activity" / "origin.yaml").write_text(f"accessed: {accessed}\n")
    (made.raw / "activity" / "sources.csv").write_text(f"source_id,published\na,{published}\nb,2019\nc,no date\nd,\n")
    return made


@pytest.mark.parametrize(
    ("accessed", "published", "last"),
    [
        ("2026-03", "2026-02-10", date(2026, 3, 31)),
        ("2025", "2026-02-10", date(2026, 2, 10)),
        ("2026-06", "2030-01-01", date(2026, 6, 10)),  # not yet over; a day ahead is no day
        ("soon", "", date(2019, 12, 31)),
    ],
)
def test_the_newest_day_is_of_publication_or_retrieval(
    tmp_path: Path, accessed: str, published: str, last: date
) -> None:
    assert newest(study(tmp_path, accessed=accessed, published=published), today=date(2026, 6, 10)) == last


def test_a_study_is_old_the_day_after_its_limit(tmp_path: Path) -> None:
    one = study(tmp_path, accessed="2026-03", published="2026-02-10")
    assert is_stale(one, days=90, today=date(2026, 6, 29)) == ""
    told = is_stale(one, days=90, today=date(2026, 6, 30))
    assert told == "data/raw has no data newer than 31 March 2026 (91 days ago); the limit is 90 days"
