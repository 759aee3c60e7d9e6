"""The page of data quality and its files: ten of each list on the page, all of it in the file."""

from __future__ import annotations

import polars as pl

from socdialog.intake.evidence import build_evidence
from socdialog.site.country_slices import every_table
from socdialog.site.page_shell import SiteInfo, page_faults
from socdialog.site.quality import read_quality
from socdialog.site.quality_page import quality_frames, render_quality
from socdialog.store.study import Notes
from tests.small_events import HOSTILE, TABLES
from tests.small_site import clean_table

SITE = SiteInfo(Notes(title="A study"), "2024-11", "ab")


def test_more_than_ten_rows_are_in_the_file_and_ten_on_the_page() -> None:
    given = every_table(TABLES)
    actors = [
        {"row_id": f"actors:{n}", "report_id": "a#1", "event_id": "ev-1", "name": f"Body {n:02}", "side": "other"}
        for n in range(12)
    ]
    found = read_quality(given | {"actors": clean_table("actors", *actors)}, [])
    html = render_quality(found, SITE)
    assert quality_frames(found)["quality_names"].height == 12
    assert "Body 09" in html
    assert "Body 10" not in html
    assert "The first 10 of 12 names are shown." in html


def test_the_page_is_sound_and_hostile_text_inert() -> None:
    given = every_table(TABLES)
    given["disagreements"] = given["disagreements"].with_columns(disagreement_id=pl.lit("<i>"))
    found = read_quality({**given, "evidence": build_evidence(given)}, [])
    html = render_quality(found, SITE)
    assert page_faults(html) == ()
    assert HOSTILE not in html
    assert 'id="c-&lt;i&gt;"' in html


def test_a_file_has_a_row_for_each_disagreement_with_its_values_and_sources() -> None:
    given = every_table(TABLES)
    frame = quality_frames(read_quality({**given, "evidence": build_evidence(given)}, []))["quality_disagreements"]
    (row,) = frame.iter_rows(named=True)
    assert (row["id"], row["kind"], row["country"]) == ("cf-1", "Figures do not add up", "Kazakhstan")
    assert (row["publishers"], row["addresses"]) == ("kt.kz", "https://kt.example/1")
    assert row["explanation"] == "From 5 to 8 the change is 3, not 4."


def test_without_data_nothing_is_open() -> None:
    html = render_quality(read_quality({}, []), SITE)
    assert "No unresolved disagreements." in html
    assert "The checks give no warning and no error." in html
