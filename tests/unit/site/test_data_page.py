"""The page of the data: each download with size and hash, licences, limits; text from the study is escaped."""

from __future__ import annotations

from socdialog.site.data_page import licences, limits, render_data
from socdialog.site.page_shell import SiteInfo, page_faults
from socdialog.store.datapackage import DataFile
from socdialog.store.study import Notes
from tests.small_site import clean_table

NOTES = Notes(
    title="A study <i>",
    publisher="P",
    data_licence="free",
    origins={
        "law": {"compiled_from": ["odd", {"publisher": "A\n  court", "licence": "CC BY"}, {"publisher": "B"}]},
        "activity": {"limits": "Not\n a sample.", "do_not_conclude": "no rates.", "other": "unseen"},
    },
)


def test_limits_and_licences_are_as_each_folder_says() -> None:
    assert limits(NOTES) == [
        ("activity", "no rates.", [("Limits", "Not a sample.")]),
        ("law", "", []),
    ]
    assert licences(NOTES) == [("law", [("A court", "CC BY"), ("B", "")])]


def test_each_table_is_offered_in_two_formats_with_size_and_hash() -> None:
    files = {"events": (DataFile("events.csv", 2_100, "ab" * 32), DataFile("events.parquet", 900, "cd" * 32))}
    html = render_data({"events": clean_table("events", {"event_id": "a"})}, files, SiteInfo(NOTES, "2024-11", "ef"))
    assert 'href="data/events.csv" download aria-label="Events, CSV, 2 kB">2 kB</a>' in html
    assert 'href="data/events.parquet" download aria-label="Events, Parquet, 900 B">900 B</a>' in html
    assert f'title="SHA-256 {"cd" * 32}">{"cd" * 6}</code>' in html
    assert "P. (2024). A study &lt;i&gt; (November 2024 edition, data ef)." in html
    assert "No rates." in html
    assert "unseen" not in html
    assert page_faults(html) == ()
